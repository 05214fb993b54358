//! nginx and Apache, as Debian packs them, show the site with the files that the program wrote for them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use cicerone::model::output::{Output, OutputPath};
use cicerone::pipeline::Options;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::laws::decode;
use crate::project::{Built, base, build, not_tested, options, sources};

const SHORT: &str = "public, max-age=0, must-revalidate";
const FOREVER: &str = "public, max-age=31536000, immutable";

const SETTINGS: &str = "title: A\nlanguages: [en, sq, zh-Hans]\nhosts: [nginx, apache]\nmarkdown: true\n\
     redirects: {/shop/: 'https://shop.example/a%20b?c=d&e=%24x', /shop/é.html: 'https://shop.example/é;x/',\
     '/q 1$/': '/zh-hans/', /to/part/: '/en/#a%20b'}\n";

const GUIDES: &[(&str, &str)] = &[
    (
        "guides/al/cancel/en.md",
        "---\ntitle: Cancel\naliases: [/old/, /en/old page/, /旧/地址/, /old.html, '/a+b(c)[d]/', '/x$1/']\n---\nText\n",
    ),
    (
        "guides/al/cancel/zh-Hans.md",
        "---\ntitle: 注销\nslug: 注销-号码\ntranslation: {of: en}\n---\n文\n",
    ),
    (
        "guides/al/q\"u;o{te} $1 100% %41 'x' #h/en.md",
        "---\ntitle: Odd\naliases: ['/a\";return 200 x;\"/', '/b\" \"elsewhere.example/', /%7Bx%7D%23/, /Caf%C3%A9/, /wiki/Category:X, '/100%25/', '/%2541/', '/${PATH}/%25{HTTP_HOST}/', '/q (a|b)*^$/']\n---\nText\n",
    ),
    (
        "guides/al/en.md",
        "---\ntitle: Albania\naliases: [/albania/, /en/shqiperia.html]\n---\nText\n",
    ),
    ("guides/al/move/zh-Hans.md", "---\ntitle: 携号\naliases: [/zh-hans/旧/]\n---\n文\n"),
];

/// Where a site may live, at the top of a host and in a folder of it; and the forms in which files lie
/// there, as a browser names them: in gzip put there by hand, and as `precompress` makes them.
const PLACES: [(&str, &[&str]); 3] = [
    ("https://example.org/", &["gzip"]),
    ("https://example.org/gu%20ides/100%25/a/", &["gzip"]),
    ("https://example.org/gu%20ides/a/", &["br", "gzip"]),
];

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn all(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The only header of that name.
    fn one(&self, name: &str) -> &str {
        match self.all(name).as_slice() {
            [] => "",
            [value] => value,
            several => panic!("{name} stands more than once: {several:?}"),
        }
    }

    /// Where it leads, without the host.
    fn location(&self) -> &str {
        let location = self.one("Location");
        let rest = location.split_once("://").map(|(_, rest)| rest);
        rest.map_or(location, |rest| &rest[rest.find('/').unwrap()..])
    }
}

impl Server {
    /// `configure` writes what the server is started with, for a port.
    fn start(built: &Built, configure: impl Fn(&Path, u16) -> Command) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let www = folder.path().join("www");
        let site = www.join(decode(&built.prepared.site.routes.root).trim_matches('/'));
        for (path, bytes) in &built.files {
            let path = site.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            if built.prepared.site.config.precompress.is_empty() && is_packed(&name) {
                fs::write(path.with_file_name(format!("{name}.gz")), gzip(bytes)).unwrap();
            }
            let output =
                Output { path: OutputPath::parse(&name).unwrap(), bytes: bytes.to_vec().into() };
            let put = |output: &Output| {
                fs::write(path.with_file_name(output.path.as_str()), &*output.bytes)
            };
            built.prepared.pack(&output, &put).unwrap();
        }
        open_to_all(folder.path());
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let log = fs::File::create(folder.path().join("log")).unwrap();
            let mut command = configure(folder.path(), port);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
            let mut child = command.spawn().unwrap();
            let until = Instant::now() + Duration::from_secs(20);
            while Instant::now() < until && child.try_wait().unwrap().is_none() {
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return Server { child, port, folder };
                }
                thread::sleep(Duration::from_millis(20));
            }
            _ = child.kill();
            _ = child.wait();
        }
        panic!("it does not start: {}", fs::read_to_string(folder.path().join("log")).unwrap());
    }

    fn get(&self, url: &str, accept: &str) -> Answer {
        self.ask(url, &format!("Accept-Encoding: {accept}"))
    }

    fn ask(&self, url: &str, header: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(
            stream,
            "GET {url} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("{url}: {}", self.log()));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_owned(), value.to_owned()))
        };
        let headers = lines.filter_map(header).collect();
        let mut answer = Answer { status, headers, body: bytes[end + 4..].to_vec() };
        if answer.one("Transfer-Encoding") == "chunked" {
            answer.body = unchunked(&answer.body);
        }
        answer
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Apache reads files as nobody in particular.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

fn is_packed(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".css")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut text = Vec::new();
    match answer.one("Content-Encoding") {
        "gzip" => _ = GzDecoder::new(&*answer.body).read_to_end(&mut text).unwrap(),
        "br" => brotli::BrotliDecompress(&mut &*answer.body, &mut text).unwrap(),
        _ => text.clone_from(&answer.body),
    }
    text
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let length =
            usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        whole.extend(&bytes[end + 2..end + 2 + length]);
        bytes = &bytes[end + 2 + length + 2..];
    }
    whole
}

/// Where the program is, or a note that nobody can overlook that it is not there.
fn program(name: &str) -> Option<PathBuf> {
    let found = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
        .map(|folder| Path::new(folder).join(name))
        .into_iter()
        .find(|path| path.is_file());
    if found.is_none() {
        not_tested(&format!("what {name} makes of a site, as it is not installed"));
    }
    found
}

fn built(at: &str, forms: &[&str]) -> Built {
    let more = if forms.len() > 1 { "precompress: [gzip, brotli]\n" } else { "" };
    let settings = format!("{SETTINGS}{more}");
    let files = [&[("guides/site.yaml", settings.as_str())], GUIDES].concat();
    let built = build(&sources(&files), &Options { base: base(at), ..options() });
    let errors = built.faults.iter().filter(|fault| fault.severity.as_str() == "error");
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&_>::new());
    built
}

/// Everything that a reader, a browser and a search engine meet.
fn served_well(server: &Server, built: &Built, forms: &[&str]) {
    let root = &*built.prepared.site.routes.root;
    let at = |path: &str| format!("{root}{path}");
    for redirect in &built.prepared.site.routes.redirects {
        let to = built.prepared.site.goal(redirect);
        let from = &*redirect.from.url;
        for from in [from, from.trim_end_matches('/')] {
            for accept in ["identity", "br, gzip"] {
                let answer = server.get(from, accept);
                // Which signs need no escape, servers see differently.
                let location = match to.starts_with('/') {
                    true => answer.location(),
                    false => answer.one("Location"),
                };
                assert_eq!((answer.status, decode(location)), (301, decode(to)), "{from}");
                safe(&answer, from);
            }
        }
    }
    let moved: Vec<_> =
        built.prepared.site.routes.redirects.iter().map(|one| one.from.path.to_string()).collect();
    for (path, bytes) in &built.files {
        if path == ".htaccess" || moved.contains(path) {
            continue;
        }
        let name = path.strip_suffix("index.html").filter(|at| at.is_empty() || at.ends_with('/'));
        let encoded: String = name.unwrap_or(path).bytes().map(encoded).collect();
        let url = at(&encoded);
        let answer = server.get(&url, "identity");
        assert_eq!(answer.status, 200, "{url}: {}", server.log());
        assert!(answer.body == *bytes, "{url} has other bytes");
        safe(&answer, &url);
        let is_asset = path.starts_with("assets/");
        let expected = if is_asset { FOREVER } else { SHORT };
        assert_eq!(answer.one("Cache-Control"), expected, "{url}");
        let kind = kind(path);
        assert!(answer.one("Content-Type").starts_with(kind), "{url}: {:?}", answer.headers);
        assert_eq!(answer.one("Content-Encoding"), "", "{url}");
        if !is_packed(path) || bytes.len() < 1024 {
            continue;
        }
        assert!(answer.one("Vary").contains("Accept-Encoding"), "{url}: {:?}", answer.headers);
        for form in forms {
            let answer = server.get(&url, &asking(form));
            assert_eq!(answer.one("Content-Encoding"), *form, "{url}: {:?}", answer.headers);
            assert!(unpacked(&answer) == *bytes, "{url} has other bytes when packed");
            assert!(answer.one("Content-Type").starts_with(kind), "{url}: {:?}", answer.headers);
            assert!(answer.one("Vary").contains("Accept-Encoding"), "{url}: {:?}", answer.headers);
            assert_eq!(answer.one("Content-Language"), "", "{url}");
            assert_eq!(answer.one("Cache-Control"), expected, "{url}");
            safe(&answer, &url);
        }
    }
    welcomes(server, &at);
    let hidden = server.get(&at("en/index.html.br"), "br");
    assert!(hidden.status == 404 || unpacked(&hidden) == built.files["en/index.html"]);
    // One that a browser would not have by any means.
    let answer = server.get(&at("en/"), "br;q=0, gzip;q=0.5");
    assert_ne!(answer.one("Content-Encoding"), "br");
    let answer = server.get(&at("sq/al/cancel"), "gzip");
    assert_eq!((answer.status, answer.location()), (301, &*at("sq/al/cancel/")));
    for (path, language) in
        [("nowhere", "en"), ("sq/nowhere/", "sq"), ("zh-hans/%E4%B8%80", "zh-Hans")]
    {
        for accept in ["identity", "gzip", "br, gzip"] {
            let answer = server.get(&at(path), accept);
            assert_eq!(answer.status, 404, "{path}");
            let body = String::from_utf8(unpacked(&answer)).unwrap();
            assert!(body.contains(&format!("<html lang=\"{language}\"")), "{path}: {body}");
            assert!(!answer.one("Cache-Control").contains("immutable"), "{path}");
            safe(&answer, path);
        }
    }
    let answer = server.get(&at("assets/none.css"), "identity");
    assert_eq!(answer.status, 404);
    assert!(!answer.one("Cache-Control").contains("immutable"));
}

/// The root leads to the reader's language, and nothing else does.
fn welcomes(server: &Server, at: &impl Fn(&str) -> String) {
    let wishes = [
        ("Accept-Language: sq", Some("sq/")),
        ("Accept-Language: zh-CN,zh;q=0.9,en;q=0.8", Some("zh-hans/")),
        ("Accept-Language: de-AT, de;q=0.9, en-GB;q=0.8, sq;q=0.7", Some("en/")),
        ("Accept-Language: SQ-al", Some("sq/")),
        ("Accept-Language: de, fr;q=0.5", None),
        // A longer word that begins alike is another language.
        ("Accept-Language: enm, sqz", None),
        ("Accept-Language: en\r\nCookie: a=b; nf_lang=zh-Hans", Some("zh-hans/")),
        ("Cookie: nf_lang=zh-Hant", None),
    ];
    for (header, expected) in wishes {
        let answer = server.ask(&at(""), header);
        let to = expected.map(at);
        let given = (answer.status == 302).then(|| answer.location().to_owned());
        assert_eq!(given, to, "{header}: {} {}", answer.status, server.log());
        assert!(answer.one("Vary").contains("Accept-Language"), "{header}: {:?}", answer.headers);
        safe(&answer, header);
    }
    assert_eq!(server.ask(&at("en/"), "Accept-Language: sq").status, 200);
}

/// What a browser says that takes the form and those below it.
fn asking(form: &str) -> String {
    match form {
        "br" => "gzip, deflate, br".to_owned(),
        form => form.to_owned(),
    }
}

fn safe(answer: &Answer, url: &str) {
    assert_eq!(answer.one("X-Content-Type-Options"), "nosniff", "{url}");
    assert_eq!(answer.one("Referrer-Policy"), "strict-origin-when-cross-origin", "{url}");
    assert!(answer.one("Permissions-Policy").contains("camera=()"), "{url}");
    let policy = answer.one("Content-Security-Policy");
    for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.split("; ").any(|own| own == rule), "{url}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{url}: {policy}");
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "",
        "md" => "text/markdown; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "",
    }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'/' | b'.' | b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    }
}

#[test]
fn nginx_serves_the_site() {
    let Some(program) = program("nginx") else { return };
    for (at, forms) in PLACES {
        let built = built(at, forms);
        let site = decode(&built.prepared.site.routes.root);
        let server = Server::start(&built, |folder, port| {
            let place = folder.display();
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|kind| format!("{kind}_temp_path \"{place}/{kind}\";"))
                .concat();
            let settings = format!(
                "daemon off; master_process off; pid \"{place}/pid\"; error_log stderr;\nevents {{}}\n\
                 http {{ include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; {temporary}\n\
                 server {{ listen 127.0.0.1:{port}; server_name localhost; root \"{place}/www\";\n\
                 include \"{place}/www{site}nginx.conf.example\"; }} }}\n"
            );
            fs::write(folder.join("nginx.conf"), settings).unwrap();
            let mut command = Command::new(&program);
            command
                .args(["-e", "stderr", "-p"])
                .arg(folder)
                .arg("-c")
                .arg(folder.join("nginx.conf"));
            command
        });
        served_well(&server, &built, forms);
    }
}

#[test]
fn apache_serves_the_site() {
    let Some(program) = program("apache2") else { return };
    for (at, forms) in PLACES {
        let built = built(at, forms);
        let server = Server::start(&built, |folder, port| {
            let place = folder.display();
            let modules = [
                "mpm_prefork",
                "authz_core",
                "alias",
                "dir",
                "headers",
                "mime",
                "rewrite",
                "autoindex",
                "deflate",
                "filter",
            ];
            let modules = modules.map(|name| {
                format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")
            });
            let settings = format!(
                "{}ServerRoot \"{place}\"\nServerName localhost\nListen 127.0.0.1:{port}\n\
                 User www-data\nGroup www-data\nPidFile \"{place}/pid\"\nErrorLog \"{place}/log\"\n\
                 DefaultRuntimeDir \"{place}\"\nMutex file:{place} default\nTypesConfig /etc/mime.types\n\
                 AddLanguage br .br\nAddEncoding x-gzip .gz\nAddOutputFilterByType DEFLATE text/html text/css\n\
                 DocumentRoot \"{place}/www\"\n\
                 <Directory \"{place}/www\">\nOptions Indexes FollowSymLinks\nAllowOverride All\nRequire all granted\n</Directory>\n\
                 <FilesMatch \"^\\.ht\">\nRequire all denied\n</FilesMatch>\n",
                modules.concat()
            );
            fs::write(folder.join("apache.conf"), settings).unwrap();
            let mut command = Command::new(&program);
            command.arg("-X").arg("-f").arg(folder.join("apache.conf"));
            command
        });
        served_well(&server, &built, forms);
        let hidden = format!("{}.htaccess", built.prepared.site.routes.root);
        assert_eq!(server.get(&hidden, "identity").status, 403);
    }
}
