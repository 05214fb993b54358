//! Sends requests, and repeats them if that may help.

use std::io;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};

use crate::publish::carrier::Stop;
use crate::publish::s3::headers::Headers;
use crate::publish::s3::requests::{Signed, Verb};

/// The pause before the second attempt; each later pause is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A connection on which nothing happens for this long is given up.
const SILENCE: Duration = Duration::from_secs(60);
const CONNECTING: Duration = Duration::from_secs(10);
/// However slowly data moves, an answer must be complete, or a file sent, by then. A request is signed for
/// fifteen minutes.
const ANSWER: Duration = Duration::from_secs(5 * 60);
const SENDING: Duration = Duration::from_secs(15 * 60);

/// A list of a thousand objects takes half a megabyte, and a ledger of many thousand files a few megabytes.
const LONGEST_ANSWER: u64 = 256 << 20;

const AGAIN: &str = "publish once more: what was sent stays, and the rest follows";
const UNREACHED: &str = "see whether the target's `endpoint` and `region` are right, and whether this machine is online";
const UNTRUSTED: &str = "this machine does not trust that host; the variable SSL_CERT_FILE may name an authority that it is to trust";

#[derive(Debug)]
pub struct Client {
    agent: Agent,
    attempts: u32,
}

/// The storage's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageAnswer {
    pub status: u16,
    /// The storage's name for this version of the object.
    pub tag: String,
    pub body: Vec<u8>,
}

impl Client {
    pub fn new(attempts: u32) -> Client {
        Client::within(attempts, ANSWER)
    }

    fn within(attempts: u32, answer: Duration) -> Client {
        // As in every other program on this machine, the system decides which hosts are trusted.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(tls)
            .timeout_connect(Some(CONNECTING))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .timeout_send_body(Some(SENDING))
            .timeout_recv_response(Some(answer))
            .timeout_recv_body(Some(answer))
            .build();
        Client { agent: config.new_agent(), attempts }
    }

    /// The answer, whatever it says; `what` describes the failure if there is none.
    pub fn ask(
        &self,
        sign: &dyn Fn() -> Signed,
        headers: &Headers,
        body: &[u8],
        what: &str,
    ) -> Result<StorageAnswer, Stop> {
        let mut pause = PAUSE;
        let mut attempt = 1;
        loop {
            // The request is signed again each time, because a signature does not stay valid for long.
            let asked = self.once(sign(), headers, body);
            let again = asked.as_ref().map_or(true, StorageAnswer::may_change);
            if !again || attempt >= self.attempts {
                return asked.map_err(|error| {
                    let (host, why) = (host(&sign().url), told(&error));
                    Stop::failed(format!("{what}, as `{host}` did not answer: {why}"), hint(&error))
                });
            }
            attempt += 1;
            std::thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn once(
        &self,
        signed: Signed,
        headers: &Headers,
        body: &[u8],
    ) -> Result<StorageAnswer, ureq::Error> {
        let Signed { verb, url } = signed;
        let response = match verb {
            Verb::Get => self.agent.get(url).call(),
            Verb::Delete => self.agent.delete(url).call(),
            Verb::Put => {
                let put = headers
                    .iter()
                    .fold(self.agent.put(url), |put, (name, value)| put.header(*name, value));
                put.send(body)
            }
        };
        let mut response = response?;
        let (status, tag) = (response.status(), tag(&response));
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(StorageAnswer { status: StatusCode::as_u16(&status), tag, body })
    }
}

impl StorageAnswer {
    /// The answer if it is positive; `what` describes the failure if it is not.
    pub fn good(self, what: &str) -> Result<StorageAnswer, Stop> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let StorageAnswer { status, .. } = self;
        let (code, message) = (self.code(), self.element("Message"));
        let reason = format!("{what}: {status} {code} {message}");
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        Err(match (status, code.as_str()) {
            (_, "NoSuchBucket") => Stop::refused(reason, "make the bucket first, or mend its name"),
            (_, "RequestTimeTooSkewed") => Stop::refused(reason, "set this machine's clock"),
            (301 | 307, _) | (_, "AuthorizationHeaderMalformed" | "PermanentRedirect") => {
                Stop::refused(reason, "see whether `region` and `endpoint` are those of the bucket")
            }
            (401 | 403, _) => Stop::refused(
                reason,
                "the keys must be allowed to list the bucket and to read, write and delete in it",
            ),
            _ => Stop::failed(reason, AGAIN),
        })
    }

    /// The storage's code for what is wrong.
    pub fn code(&self) -> String {
        self.element("Code")
    }

    /// Whether the same request may get another answer later.
    fn may_change(&self) -> bool {
        let is_passing = matches!(self.status, 408 | 429 | 500 | 502 | 503 | 504);
        is_passing || (self.status == 400 && self.code() == "RequestTimeout")
    }

    fn element(&self, name: &str) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let inside = text.split_once(&format!("<{name}>")).map_or("", |(_, rest)| rest);
        inside.split_once('<').map_or("", |(inside, _)| inside).to_owned()
    }
}

fn tag<T>(response: &Response<T>) -> String {
    let tag = response.headers().get("etag").and_then(|tag| tag.to_str().ok());
    tag.unwrap_or_default().trim_matches('"').to_owned()
}

/// The host of an address, without the signature that follows it.
fn host(url: &str) -> String {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    behind.split(['/', '?']).next().unwrap_or_default().to_owned()
}

/// The error without the address, which contains a signature.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => "this is no address".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

fn hint(error: &ureq::Error) -> &'static str {
    match error {
        error if error.to_string().contains("certificate") => UNTRUSTED,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => UNREACHED,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => UNREACHED,
        _ => AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::carrier::Cause;

    fn answer(status: u16, body: &str) -> StorageAnswer {
        StorageAnswer { status, tag: String::new(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_no_is_told_in_the_words_of_the_storage() {
        let body = "<Error><Code>AccessDenied</Code>\n<Message>Access Denied</Message></Error>";
        let stop = answer(403, body).good("it could not be read").unwrap_err();
        assert_eq!(stop.reason, "it could not be read: 403 AccessDenied Access Denied");
        assert_eq!(stop.cause, Cause::Refused);
        assert_eq!(answer(500, "").good("x").unwrap_err().cause, Cause::Failed);
        assert!(answer(204, "").good("x").is_ok());
    }

    #[test]
    #[allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "storage that drips")]
    fn storage_that_drips_is_given_up() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut drops = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                .iter()
                .chain(std::iter::repeat(&b'x'));
            // Send bytes until the other side hangs up.
            while drops
                .next()
                .is_some_and(|drop| io::Write::write_all(&mut stream, &[*drop]).is_ok())
            {
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let client = Client::within(1, Duration::from_millis(300));
        let url = format!("http://127.0.0.1:{port}/");
        let sign = || Signed { verb: Verb::Get, url: url.clone() };
        let stop = client.ask(&sign, &Headers::new(), &[], "it could not be read").unwrap_err();
        assert!(stop.reason.contains("did not answer: timeout"), "{}", stop.reason);
    }

    #[test]
    fn what_passes_is_asked_again() {
        assert!(answer(503, "<Code>SlowDown</Code>").may_change());
        assert!(answer(400, "<Code>RequestTimeout</Code>").may_change());
        assert!(!answer(400, "<Code>InvalidRequest</Code>").may_change());
        assert!(!answer(403, "").may_change());
    }
}
