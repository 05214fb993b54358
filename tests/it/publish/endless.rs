//! Storage that never comes to an end: publishing does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Project;

/// Answers every list with a page that says that there is more, and everything else with a no.
fn storage(token: fn(usize) -> String) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), token(count.fetch_add(1, Ordering::Relaxed)));
        }
    });
    (port, asked)
}

fn answer(mut stream: TcpStream, token: String) {
    let mut head = [0; 4096];
    let length = stream.read(&mut head).unwrap_or(0);
    let is_list = String::from_utf8_lossy(&head[..length]).contains("list-type=2");
    let (status, body) = match is_list {
        true => (
            "200 OK",
            format!(
                "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount>\
                 <MaxKeys>1000</MaxKeys><Name>b</Name><Prefix></Prefix><EncodingType>url</EncodingType>\
                 <NextContinuationToken>{token}</NextContinuationToken></ListBucketResult>"
            ),
        ),
        false => ("404 Not Found", "<Error><Code>NoSuchKey</Code></Error>".to_owned()),
    };
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
}

#[test]
fn a_list_that_repeats_itself_is_an_error() {
    let tokens: [fn(usize) -> String; 2] = [|_| "again".to_owned(), |n| format!("t{}", n % 5)];
    for token in tokens {
        let (port, asked) = storage(token);
        let target = format!("{{bucket: bucket, region: eu, endpoint: 'http://127.0.0.1:{port}'}}");
        let mut project = Project::new(&format!("publish: {{a: {{s3: {target}}}}}"));
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            project.variables.push((name.to_owned(), "key".to_owned()));
        }
        let started = Instant::now();
        let run = project.run(&["publish"]);
        assert!(started.elapsed() < Duration::from_secs(20), "{}", run.err);
        assert_eq!(run.code, 3, "{}", run.err);
        assert!(run.err.contains("the storage never comes to the end of its list"), "{}", run.err);
        assert!(asked.load(Ordering::Relaxed) < 10);
    }
}
