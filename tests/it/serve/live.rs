//! Pages that reload themselves: those that changed, and no others.

use std::time::Duration;

use super::client::Events;
use super::{Project, Server, guide};

#[test]
fn only_the_page_that_changed_reloads() {
    let project = Project::new();
    let server = Server::start(&project);
    let mut one = Events::of(&server, &server.get("/en/a/"));
    let mut other = Events::of(&server, &server.get("/en/b/"));
    project.write("guides/a/en.md", &guide("Alpha", "Changed."));
    one.expect("reload");
    assert!(server.get("/en/a/").text().contains("Changed."));
    assert_eq!(other.next(Duration::from_millis(500)), None);
}

#[test]
fn a_page_that_changed_before_its_script_ran_reloads() {
    let project = Project::new();
    let server = Server::start(&project);
    let shown = server.get("/en/a/");
    project.write("guides/a/en.md", &guide("Alpha", "Changed."));
    server.shows("/en/a/", "Changed.");
    let (token, version) = (shown.data("token"), shown.data("version"));
    let path = format!("/_cicerone/events?token={token}&page=en/a/index.html&version={version}");
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    use std::io::{Read, Write};
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains("event: reload") {
        let mut buffer = [0; 1024];
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&buffer[..count]);
    }
}

#[test]
fn a_page_that_is_not_there_yet_comes_by_itself() {
    let project = Project::new();
    let server = Server::start(&project);
    let mut pages = ["/en/new/", "/en/new"].map(|path| {
        let missing = server.get(path);
        assert_eq!(missing.status, 404, "{path}");
        Events::of(&server, &missing)
    });
    project.write("guides/b/en.md", &guide("Beta", "Something else."));
    server.shows("/en/b/", "Something else.");
    assert_eq!(pages[0].next(Duration::from_millis(300)), None);
    project.write("guides/new/en.md", &guide("New", "Here."));
    pages.iter_mut().for_each(|page| _ = page.expect("reload"));
    assert!(server.get("/en/new/").text().contains("Here."));
}

#[test]
fn a_style_sheet_is_exchanged_without_reloading() {
    let project = Project::new();
    project.write("themes/default/assets/style.css", "body { color: red }");
    let server = Server::start(&project);
    let mut page = Events::of(&server, &server.get("/en/a/"));
    project.write("themes/default/assets/style.css", "body { color: green }");
    let urls = page.expect("styles");
    let url = urls.split('"').find(|url| url.contains("/style.")).unwrap();
    let sheet = server.get(url);
    assert_eq!(sheet.text(), "body { color: green }");
    assert!(server.get("/en/a/").text().contains(url));
    assert_eq!(page.next(Duration::from_millis(500)), None);
}

#[test]
fn the_stream_needs_its_token() {
    let project = Project::new();
    let server = Server::start(&project);
    let token = server.get("/en/a/").data("token");
    let wrong: String = token.chars().rev().collect();
    for query in [
        String::new(),
        "?page=en/a/index.html&version=0".to_owned(),
        format!("?token={wrong}x&page=en/a/index.html&version=0"),
    ] {
        assert_eq!(server.get(&format!("/_cicerone/events{query}")).status, 403, "{query}");
    }
    assert_eq!(server.get(&format!("/_cicerone/events?token={token}")).status, 400);
}

#[test]
fn the_script_comes_from_the_server_and_never_into_a_build() {
    let project = Project::new();
    let server = Server::start(&project);
    let text = server.get("/en/a/").text();
    assert_eq!(text.matches("/_cicerone/reload.js").count(), 1);
    assert!(!text.contains("<style") && !text.contains("style=\""));
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .arg("--root")
        .arg(project.0.path())
        .args(["-q", "build"])
        .status()
        .unwrap();
    assert!(status.success());
    let built = std::fs::read_to_string(project.path("output/en/a/index.html")).unwrap();
    assert!(built.contains("First.") && !built.contains("_cicerone"), "{built}");
}
