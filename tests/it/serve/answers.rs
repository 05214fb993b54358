//! What stands at an address, and in which words.

use super::{Project, Server, client};

#[test]
fn every_kind_of_address_is_answered() {
    let project = Project::new();
    let server = Server::start(&project);
    let page = server.get("/en/a/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().contains("First."));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("cross-origin-resource-policy"), Some("same-origin"));
    assert_eq!(page.header("access-control-allow-origin"), None);
    // A folder without its slash, and what is not there, in the words of its language.
    let folder = server.get("/en/a");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/en/a/")));
    let missing = server.get("/sq/nope/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("<html lang=\"sq\""), "{}", missing.text());
    assert!(server.get("/nope").text().contains("<html lang=\"en\""));
    // The program's own.
    let script = server.get("/_cicerone/reload.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(
        server.get("/_cicerone/preview.css").header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert!(server.get("/_cicerone/").text().contains("Nothing is wrong"));
    assert_eq!(server.get("/_cicerone/nope").status, 404);
    // Nothing was written.
    assert!(!project.path("output").exists());
}

#[test]
fn the_first_page_speaks_the_readers_language() {
    let project = Project::new();
    let server = Server::start(&project);
    let asked = |languages: &str| server.ask("GET", "/", &[("Accept-Language", languages)]);
    assert_eq!(asked("sq-AL,en;q=0.5").header("location"), Some("/sq/"));
    assert_eq!(asked("de,en-GB;q=0.5").header("location"), Some("/en/"));
    let chooser = asked("de");
    assert_eq!(chooser.status, 200);
    assert!(chooser.text().contains("hreflang=\"sq\""));
}

#[test]
fn only_get_and_head_are_answered() {
    let project = Project::new();
    let server = Server::start(&project);
    let (get, head) = (server.get("/en/a/"), server.ask("HEAD", "/en/a/", &[]));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let answer = server.ask(method, "/en/a/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_part_of_a_file_can_be_had() {
    let project = Project::new();
    let server = Server::start(&project);
    let part = |range: &str| server.ask("GET", "/b/notes.txt", &[("Range", range)]);
    let whole = server.get("/b/notes.txt");
    assert_eq!((whole.status, whole.text().as_str()), (200, "0123456789"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("content-type"), Some("text/plain; charset=utf-8"));
    let some = part("bytes=2-4");
    assert_eq!((some.status, some.text().as_str()), (206, "234"));
    assert_eq!(some.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(part("bytes=-3").text(), "789");
    let beyond = part("bytes=10-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
    assert_eq!(part("bytes=1-2,4-5").status, 200);
}

#[test]
fn no_spelling_of_a_path_leads_out() {
    let project = Project::new();
    project.write("secret.txt", "secret");
    let server = Server::start(&project);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/en/../../secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//secret.txt",
        "//etc/passwd",
        "/./secret.txt",
        "/en/%00",
        "/guides/site.yaml",
        "/_cicerone/../secret.txt",
        "/%ff",
        "/%",
        "/en//a/",
        "/b/%6eotes.txt%00.html",
        "/file:%2f%2f/etc/passwd",
        "/b/notes.txt/",
        "/b/notes.txt/..",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("secret\n") && answer.text() != "secret", "{path}");
    }
}

#[test]
fn another_site_cannot_ask() {
    let project = Project::new();
    let server = Server::start(&project);
    let port = server.port;
    for host in
        ["evil.example", "localhost.evil.example", "192.168.1.9", "", "127.0.0.1@evil.example"]
    {
        let answer = server.ask("GET", "/en/a/", &[("Host", host)]);
        assert!(matches!(answer.status, 400 | 403), "{host}: {}", answer.status);
        assert!(!answer.text().contains("First."));
    }
    for request in [
        "GET /en/a/ HTTP/1.0\r\n\r\n".to_owned(),
        "GET /en/a/ HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(),
        format!(
            "GET /en/a/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        ),
        format!(
            "GET http://evil.example/en/a/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        ),
    ] {
        let answer = client::raw(port, request.as_bytes());
        assert!(matches!(answer.status, 400 | 403), "{request}: {}", answer.status);
    }
    for origin in ["null", "http://evil.example", "http://127.0.0.1:1", "https://evil.example"] {
        let answer = server.ask("GET", "/en/a/", &[("Origin", origin)]);
        assert_eq!(answer.status, 403, "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    // A picture or a script in a page of another site; but a link from there may be followed.
    for (mode, status) in [("no-cors", 403), ("navigate", 200)] {
        let headers = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", mode)];
        assert_eq!(server.ask("GET", "/_cicerone/", &headers).status, status, "{mode}");
    }
    let own = format!("http://127.0.0.1:{port}");
    assert_eq!(server.ask("GET", "/en/a/", &[("Origin", &own)]).status, 200);
    for host in ["localhost", "LOCALHOST:80", "[::1]:4000"] {
        assert_eq!(server.ask("GET", "/en/a/", &[("Host", host)]).status, 200, "{host}");
    }
}

#[test]
fn a_site_in_a_folder_of_its_host_is_shown_there() {
    let project = Project::new();
    let config = "title: Test\nlanguages: [en, sq]\nbase_url: https://example.org/help/\n";
    project.write("guides/site.yaml", config);
    let server = Server::start(&project);
    assert_eq!(server.get("/").header("location"), Some("/help/"));
    assert_eq!(server.get("/help").header("location"), Some("/help/"));
    let home = server.ask("GET", "/help/", &[("Accept-Language", "sq")]);
    assert_eq!(home.header("location"), Some("/help/sq/"));
    assert!(server.get("/help/en/a/").text().contains("First."));
    assert_eq!(server.get("/en/a/").status, 404);
    assert_eq!(server.get("/helper/").status, 404);
}

#[test]
fn no_answer_whatever_may_be_read_by_another_site() {
    let project = Project::new();
    let server = Server::start(&project);
    let token = server.get("/en/a/").data("token");
    let events = format!("/_cicerone/events?token={token}&page=en/a/index.html&version=0");
    let range: &[(&str, &str)] = &[("Range", "bytes=99-")];
    let strange: &[(&str, &str)] = &[("Host", "evil.example")];
    let asked = [
        ("GET", "/en/a/", &[][..], 200),
        ("GET", "/", &[], 200),
        ("GET", "/en/a", &[], 302),
        ("GET", "/b/notes.txt", &[], 200),
        ("GET", "/b/notes.txt", range, 416),
        ("GET", "/nope", &[], 404),
        ("GET", "/%2e%2e/", &[], 400),
        ("GET", "/en/a/", strange, 403),
        ("POST", "/en/a/", &[], 405),
        ("GET", "/_cicerone/", &[], 200),
        ("GET", "/_cicerone/compare/a", &[], 200),
        ("GET", "/_cicerone/reload.js", &[], 200),
        ("GET", "/_cicerone/events", &[], 403),
        ("HEAD", &events, &[], 200),
    ];
    for (method, path, headers, status) in asked {
        let answer = server.ask(method, path, headers);
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("SAMEORIGIN"), "{path}");
        let loose = |(name, _): &&(String, String)| name.starts_with("access-control-");
        assert_eq!(answer.headers.iter().find(loose), None, "{path}");
    }
}

#[test]
fn files_have_the_type_of_their_name() {
    let project = Project::new();
    for (name, bytes) in
        [("p.png", "\u{89}PNG"), ("d.pdf", "%PDF-"), ("i.svg", "<svg/>"), ("t.csv", "a,b")]
    {
        project.write(&format!("guides/b/{name}"), bytes);
    }
    let server = Server::start(&project);
    let page = server.get("/en/a/").text();
    let asset = |extension: &str| {
        let end = page.find(&format!(".{extension}\"")).unwrap() + extension.len() + 1;
        let start = page[..end].rfind('"').unwrap() + 1;
        page[start..end].to_owned()
    };
    for (path, kind) in [
        ("/b/p.png".to_owned(), "image/png"),
        ("/b/d.pdf".to_owned(), "application/pdf"),
        ("/b/i.svg".to_owned(), "image/svg+xml"),
        ("/b/t.csv".to_owned(), "text/csv; charset=utf-8"),
        ("/robots.txt".to_owned(), "text/plain; charset=utf-8"),
        (asset("css"), "text/css; charset=utf-8"),
        (asset("js"), "text/javascript; charset=utf-8"),
        (asset("svg"), "image/svg+xml"),
        ("/_cicerone/pen.svg".to_owned(), "image/svg+xml"),
    ] {
        let answer = server.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
    }
}

/// A file that is no page of ours may look as it was drawn, and do nothing, whoever wrote it.
#[test]
fn files_beside_guides_run_nothing() {
    let project = Project::new();
    for name in ["p.png", "d.pdf", "i.svg", "t.csv"] {
        project.write(&format!("guides/b/{name}"), if name == "i.svg" { "<svg/>" } else { "" });
    }
    let server = Server::start(&project);
    for name in ["p.png", "d.pdf", "i.svg", "t.csv"] {
        let answer = server.get(&format!("/b/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{name}");
        let policy = answer.header("content-security-policy").unwrap();
        let rules: Vec<&str> = policy.split("; ").collect();
        assert!(rules.contains(&"default-src 'none'"), "{name}: {policy}");
        assert!(!policy.contains("script-src") && !policy.contains("unsafe-eval"), "{name}");
        // Browsers do not show a PDF in a sandbox.
        assert_eq!(rules.contains(&"sandbox"), name != "d.pdf", "{name}: {policy}");
    }
    for page in ["/en/a/", "/"] {
        assert_eq!(server.get(page).header("content-security-policy"), None, "{page}");
    }
}
