//! Storage to publish to: the S3 server of moto (a package of PyPI) on this machine.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use crate::project::not_tested;

/// Says its port, and goes when nobody listens to it any more.
const SERVER: &str = "
import logging, sys
logging.getLogger('werkzeug').setLevel(logging.CRITICAL)
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
print('port', server.get_host_and_port()[1], flush=True)
sys.stdin.read()
";

/// The storage wants to know who asks for what is not public, and believes it.
const OWNER: &str = "AWS4-HMAC-SHA256 Credential=OWNER/20260901/us-east-1/s3/aws4_request, \
                     SignedHeaders=host, Signature=0";

pub struct Moto {
    pub port: u16,
    _child: Child,
    // Closed when the tests end, however they end.
    _stdin: ChildStdin,
}

/// The one that all tests share; `None`, said loudly, where it cannot be had.
pub fn moto() -> Option<&'static Moto> {
    static MOTO: OnceLock<Option<Moto>> = OnceLock::new();
    let moto = MOTO.get_or_init(start);
    if moto.is_none() {
        not_tested(
            "publishing to storage: neither is moto installed, nor can `python3 -m venv` and \
             `pip install moto[server]` get it",
        );
    }
    moto.as_ref()
}

fn start() -> Option<Moto> {
    let mut child = Command::new(python()?)
        .args(["-c", SERVER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let stdin = child.stdin.take()?;
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let port = lines.find_map(|line| line.ok()?.strip_prefix("port ")?.parse().ok())?;
    Some(Moto { port, _child: child, _stdin: stdin })
}

/// One that has moto; if need be, in an environment that is made for it.
fn python() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto");
    let own = folder.join("bin/python3");
    let knows = |python: &Path| runs(python, &["-c", "import moto.server, flask"]);
    let system = PathBuf::from("python3");
    let found = [&own, &system].into_iter().find(|python| knows(python));
    if let Some(found) = found {
        return Some(found.clone());
    }
    let install = ["-m", "pip", "install", "--quiet", "moto[server]==5.*"];
    let is_made = runs(&system, &["-m", "venv", folder.to_str()?]) && runs(&own, &install);
    Some(own).filter(|own| is_made && knows(own))
}

fn runs(program: &Path, words: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Moto {
    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    pub fn make(&self, bucket: &str) {
        ureq::put(self.url(bucket)).send_empty().unwrap();
    }

    pub fn put(&self, bucket: &str, key: &str, text: &str) {
        let url = self.url(&format!("{bucket}/{}", encoded(key)));
        ureq::put(url).header("authorization", OWNER).send(text).unwrap();
    }

    pub fn delete(&self, bucket: &str, key: &str) {
        let url = self.url(&format!("{bucket}/{}", encoded(key)));
        ureq::delete(url).header("authorization", OWNER).call().unwrap();
    }

    pub fn text(&self, bucket: &str, key: &str) -> String {
        let url = self.url(&format!("{bucket}/{}", encoded(key)));
        let mut response = ureq::get(url).header("authorization", OWNER).call().unwrap();
        response.body_mut().read_to_string().unwrap()
    }

    /// What an object is served with.
    pub fn headers(&self, bucket: &str, key: &str) -> BTreeMap<String, String> {
        let url = self.url(&format!("{bucket}/{}", encoded(key)));
        let response = ureq::head(url).header("authorization", OWNER).call().unwrap();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = response.headers().iter();
        headers.map(|(name, value)| (name.to_string(), text(value))).collect()
    }

    /// The sum of every object but the list of them that `publish` keeps.
    pub fn sums(&self, bucket: &str) -> BTreeMap<String, String> {
        let mut sums = BTreeMap::new();
        let mut after = String::new();
        loop {
            let list = self.url(&format!("{bucket}?list-type=2&start-after={after}"));
            let list = ureq::get(list).call().unwrap().body_mut().read_to_string().unwrap();
            for object in list.split("<Contents>").skip(1) {
                let (key, sum) = (element(object, "Key"), element(object, "ETag"));
                let sum = sum.trim_start_matches("&quot;").trim_end_matches("&quot;");
                after = encoded(key);
                sums.insert(key.to_owned(), sum.trim_matches('"').to_owned());
            }
            if list.contains("<IsTruncated>false") {
                sums.retain(|key, _| !key.ends_with(".cicerone-published.json"));
                return sums;
            }
        }
    }
}

fn element<'x>(xml: &'x str, name: &str) -> &'x str {
    let (_, inside) = xml.split_once(&format!("<{name}>")).unwrap();
    inside.split('<').next().unwrap()
}

/// A key as it stands in an address.
pub fn encoded(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encode = |byte: u8| match plain(byte) {
        true => (byte as char).to_string(),
        false => format!("%{byte:02X}"),
    };
    key.bytes().map(encode).collect()
}
