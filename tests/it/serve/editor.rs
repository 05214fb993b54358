//! What the preview adds for those who write: links to the sources, translations side by side, what is due.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::client::Events;
use super::{Project, Server, guide};

/// A guide with every kind of place: items with words in the front matter and in the body, prose.
const GUIDE: &str = "---
title: Alpha
summary: A guide.
materials:
  - {id: card, title: The card}
steps:
  - {id: first, title: Go}
  - {id: second}
sources:
  maker: {title: The maker, url: \"https://maker.example/\"}
review: {verified: 2020-01-31, every: 6mo}
---
Before.

## Why {#why}

Because of this & that.

## Come back {#second}

Later.
";

const TRANSLATION: &str = "---
title: Alfa
translation: {of: en}
words:
  first: {title: Shko}
---
## Pse {#why}

Sepse.
";

fn project() -> Project {
    let project = Project::new();
    project.write("guides/a/en.md", GUIDE);
    project.write("guides/a/sq.md", TRANSLATION);
    project.write("guides/operators/al.yaml", "name: Albania\n");
    let channels = "- {id: care, type: phone, value: \"142\"}\n  - {id: shop, type: shop, verified: 2026-01-01}";
    project.write("guides/operators/al/one.yaml", &format!("name: One\nchannels:\n  {channels}\n"));
    project.write("guides/glossary.yaml", "iccid: {term: ICCID, text: A number.}\n");
    project
}

/// The place that the link of the element with that id opens: `guides/a/en.md:3:1`.
fn place(project: &Project, html: &str, id: &str) -> String {
    assert!(html.contains(&format!(" id=\"{id}\"")), "no {id} in {html}");
    let (_, behind) = html.split_once(" data-links=\"").unwrap_or_else(|| panic!("{html}"));
    let links = behind.split('"').next().unwrap().replace("&quot;", "\"").replace("&amp;", "&");
    let links: serde_json::Value = serde_json::from_str(&links).unwrap();
    let address = links[id][0].as_str().unwrap_or_else(|| panic!("no {id} in {links}"));
    let folder = project.0.path().canonicalize().unwrap();
    let folder = format!("vscode://file{}/", folder.display());
    address.strip_prefix(&folder).unwrap_or_else(|| panic!("{address}")).to_owned()
}

fn cicerone(root: &Path, words: &[&str]) {
    let status =
        Command::new(env!("CARGO_BIN_EXE_cicerone")).arg("--root").arg(root).args(words).status();
    assert!(status.unwrap().success(), "{words:?}");
}

#[test]
fn reviews_are_judged_on_the_day_that_is_asked_for() {
    let days =
        [("2020-02-01", false), ("2020-07-31", false), ("2020-08-01", true), ("2060-02-29", true)];
    for (day, is_due) in days {
        let project = project();
        let server = Server::with(project.0.path(), &["--port", "0", "--as-of", day]);
        let judged = |page: &str| {
            let due = "checked on 2020-01-31, to be checked again by 2020-07-31";
            assert_eq!(server.get("/_cicerone/").text().contains(due), is_due, "{day}");
            assert_eq!(page.contains(" overdue\""), is_due, "{day}: {page}");
        };
        let page = server.get("/en/a/");
        judged(&page.text());
        // What is saved later is judged on the same day.
        let mut events = Events::of(&server, &page);
        project.write("guides/a/en.md", &GUIDE.replace("Later.", "Much later."));
        events.expect("reload");
        judged(&server.get("/en/a/").text());
    }
}

#[test]
fn each_page_and_each_part_leads_to_its_line() {
    let project = project();
    let server = Server::start(&project);
    let page = server.get("/en/a/").text();
    assert!(page.contains("/guides/a/en.md:2:8\" title=\"guides/a/en.md:2\""), "{page}");
    for (id, expected) in [
        ("card", "guides/a/en.md:5:10"),
        ("first", "guides/a/en.md:7:10"),
        // Its words stand in the body.
        ("second", "guides/a/en.md:19:1"),
        ("why", "guides/a/en.md:15:1"),
        ("source-maker", "guides/a/en.md:10:3"),
    ] {
        assert_eq!(place(&project, &page, id), expected, "{id}");
    }
    // A translation leads to its own words, and where it has none to the original's.
    let page = server.get("/sq/a/").text();
    assert!(page.contains("/guides/a/sq.md:2:8\""), "{page}");
    for (id, expected) in [
        ("first", "guides/a/sq.md:5:3"),
        ("why", "guides/a/sq.md:7:1"),
        ("second", "guides/a/en.md:19:1"),
    ] {
        assert_eq!(place(&project, &page, id), expected, "{id}");
    }
    // Pages that are no guides.
    let pages = [
        ("/en/", "guides/en.md:2"),
        ("/en/b/", "guides/b/en.md:2"),
        ("/sq/b/", "guides/b/en.md:2"),
        ("/en/operators/al/one/", "guides/operators/al/one.yaml:1"),
        ("/en/glossary/", "guides/glossary.yaml:1"),
        ("/en/a-z/", "guides/site.yaml:1"),
        ("/en/nope/", "guides/site.yaml:1"),
    ];
    for (page, title) in pages {
        let html = server.get(page).text();
        let link = format!("title=\"{title}\" lang=\"en\" dir=\"ltr\">Edit</a>");
        assert!(html.contains(&link), "{page}: {html}");
    }
    let operator = server.get("/en/operators/al/one/").text();
    assert_eq!(place(&project, &operator, "care"), "guides/operators/al/one.yaml:3:10");
    assert!(
        place(&project, &server.get("/en/glossary/").text(), "iccid")
            .starts_with("guides/glossary.yaml:1")
    );
}

#[test]
fn links_to_the_sources_follow_a_save_and_are_in_no_build() {
    let project = project();
    // A fault would tell its line too.
    let sound = GUIDE.replace("verified: 2020-01-31, ", "");
    project.write("guides/a/en.md", &sound);
    let server = Server::start(&project);
    let mut page = Events::of(&server, &server.get("/en/a/"));
    let mut other = Events::of(&server, &server.get("/en/b/"));
    // Nothing that a reader sees, but every line is another.
    project.write("guides/a/en.md", &sound.replacen("title:", "# a remark\ntitle:", 1));
    page.expect("reload");
    assert_eq!(place(&project, &server.get("/en/a/").text(), "why"), "guides/a/en.md:16:1");
    assert_eq!(other.next(std::time::Duration::from_millis(300)), None);
    cicerone(project.0.path(), &["-q", "build"]);
    let built = fs::read_to_string(project.path("output/en/a/index.html")).unwrap();
    for word in ["cicerone-", "vscode:", "_cicerone"] {
        assert!(!built.contains(word), "{word} in {built}");
    }
}

#[test]
fn another_editor_none_and_a_relative_root() {
    let project = project();
    let with = |words: &[&str]| Server::with(project.0.path(), &[&["--port", "0"], words].concat());
    let server = with(&["--editor", "idea://open?file={file}&line={line}&column={column}"]);
    let page = server.get("/en/a/").text();
    assert!(page.contains("href=\"idea://open?file=/"), "{page}");
    assert!(page.contains("/guides/a/en.md&amp;line=15&amp;column=1&quot;"), "{page}");
    let refused = Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .arg("--root")
        .arg(project.0.path())
        .args(["serve", "--editor", "idea"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("`{file}`"), "{refused:?}");
    let server = with(&["--editor", "none"]);
    for page in ["/en/a/", "/_cicerone/", "/_cicerone/compare/a"] {
        let html = server.get(page).text();
        assert!(
            !html.contains("cicerone-pen")
                && !html.contains("data-links")
                && !html.contains("file://"),
            "{html}"
        );
    }
    // Named from where one stands, the files are still found from everywhere.
    let server = Server::command(|command| {
        command.current_dir(project.0.path()).args(["--root", ".", "serve", "--port", "0"])
    });
    place(&project, &server.get("/en/a/").text(), "why");
}

#[test]
fn strangers_are_led_to_no_file() {
    let project = project();
    let server = Server::with(project.0.path(), &["--port", "0", "--host", "0.0.0.0"]);
    for page in ["/en/a/", "/_cicerone/", "/_cicerone/compare/a?left=en&right=sq"] {
        let answer = server.get(page);
        assert_eq!(answer.status, 200);
        let folder = project.0.path().to_string_lossy().into_owned();
        assert!(!answer.text().contains("vscode:") && !answer.text().contains(&folder), "{page}");
    }
    assert!(server.get("/en/a/").text().contains("Because of"));
}

#[test]
fn the_overview_tells_what_is_left_to_do() {
    let project = project();
    project.write("guides/b/en.md", &guide("Beta <b>", "[x](../nowhere/)"));
    let server = Server::start(&project);
    let overview = server.get("/_cicerone/");
    assert_eq!(overview.status, 200);
    let html = overview.text();
    for told in [
        "guides/b/en.md:4:5",
        "[x](../nowhere/)",
        "= hint:",
        "/guides/b/en.md:4:5\"",
        // Translations.
        "href=\"/_cicerone/compare/a?left=en&amp;right=sq\"",
        "42%, 4 missing, 3 unpinned",
        "not translated",
        "Beta &lt;b&gt;",
        // What is due.
        "checked on 2020-01-31, to be checked again by 2020-07-31",
        "guides/a/en.md:11",
        "<b>al/one#care</b> phone 142",
        "guides/operators/al/one.yaml:3",
    ] {
        assert!(html.contains(told), "{told} in {html}");
    }
    assert!(!html.contains("al/one#shop"), "{html}");
    let policy = overview.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    // It follows what is saved, and stays where nothing of it changes.
    let mut page = Events::of(&server, &overview);
    project.write("guides/b/en.md", &guide("Beta <b>", "[x](../nowhere/) and more"));
    page.expect("reload");
    let mut page = Events::of(&server, &server.get("/_cicerone/"));
    project.write("guides/en.md", "---\ntitle: Home\n---\nMore welcome.\n");
    server.shows("/en/", "More welcome.");
    assert_eq!(page.next(std::time::Duration::from_millis(300)), None);
}

#[test]
fn a_translation_stands_beside_its_original() {
    let project = project();
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(project.0.path()).args(["-c", "user.name=n", "-c", "user.email=e"]);
        assert!(git.args(words).status().unwrap().success(), "{words:?}");
    };
    cicerone(project.0.path(), &["-q", "translations", "done", "a", "sq"]);
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "all"]);
    let server = Server::start(&project);
    let address = "/_cicerone/compare/a?left=en&right=sq";
    let comparison = server.get(address);
    let html = comparison.text();
    assert_eq!(comparison.status, 200);
    assert!(comparison.header("content-security-policy").is_some());
    let row = |html: &str, key: &str| {
        let (_, row) = html.split_once(&format!("id=\"{key}\">")).unwrap();
        row.split("</section>").next().unwrap().to_owned()
    };
    let why = row(&html, "why");
    for told in
        ["Because of this &amp; that.", "lang=\"sq\" dir=\"ltr\">## Pse", "en.md:15:1\"", "sq.md:"]
    {
        assert!(why.contains(told), "{told} in {why}");
    }
    assert!(row(&html, "second").contains("missing"), "{html}");
    assert!(row(&html, "first").contains("Shko"), "{html}");
    // The original changes: it is told what it said, and how to say that it is done.
    let mut page = Events::of(&server, &comparison);
    project.write("guides/a/en.md", &GUIDE.replace("Because of", "On account of"));
    page.expect("reload");
    let why = row(&server.get(address).text(), "why");
    for told in [
        "stale",
        "<del>Because</del>",
        "<ins>On account</ins>",
        "cicerone translations done a sq why",
    ] {
        assert!(why.contains(told), "{told} in {why}");
    }
    // Elsewhere a change is none here.
    let mut page = Events::of(&server, &server.get(address));
    project.write("guides/b/en.md", &guide("Beta", "Changed."));
    server.shows("/en/b/", "Changed.");
    assert_eq!(page.next(std::time::Duration::from_millis(300)), None);
}

#[test]
fn what_cannot_be_compared_is_not_found() {
    let project = project();
    let server = Server::start(&project);
    for path in [
        "compare/",
        "compare/nope",
        "compare/a?left=de&right=en",
        "compare/a?right=%22%3E%3Cscript%3E",
        "compare/..%2fa",
        "compared/a",
    ] {
        let answer = server.get(&format!("/_cicerone/{path}"));
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("<script>"), "{path}");
    }
    // But it comes as soon as it is there.
    let mut page = Events::of(&server, &server.get("/_cicerone/compare/new?left=en&right=sq"));
    project.write("guides/new/en.md", &guide("New", "Here."));
    page.expect("reload");
    assert_eq!(server.get("/_cicerone/compare/new?left=en&right=sq").status, 200);
    // Without languages: the original and the first other one; without a translation: what begins it.
    let html = server.get("/_cicerone/compare/b/").text();
    assert!(html.contains("cicerone new translation b sq"), "{html}");
    assert_eq!(server.get("/_cicerone/compare/a?left=SQ&right=en").status, 200);
    // Each guide's page leads there.
    let page = server.get("/sq/a/").text();
    assert!(page.contains("href=\"/_cicerone/compare/a?left=en&amp;right=sq\""), "{page}");
}

#[test]
fn the_picture_that_a_page_names_is_drawn_when_it_is_asked_for() {
    let project = Project::new();
    let settings = |title: &str| {
        let text = "base_url: https://guides.example/x/\nlanguages: [en, sq]\nimages: {font: fonts/a.ttf}\n";
        project.write("guides/site.yaml", &format!("title: {title}\n{text}"));
    };
    settings("Test");
    fs::create_dir(project.path("guides/fonts")).unwrap();
    let letters: String = (' '..='~').chain(['·', '…', 'ë']).collect();
    fs::write(project.path("guides/fonts/a.ttf"), crate::font::font(&letters)).unwrap();
    let server = Server::start(&project);
    let named = |html: &str| {
        let (_, behind) =
            html.split_once("property=\"og:image\" content=\"https://guides.example").unwrap();
        behind.split_once('"').unwrap().0.to_owned()
    };
    let page = server.get("/x/en/a/");
    let address = named(&page.text());
    let picture = server.get(&address);
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, Some("image/png")),
        "{address}"
    );
    let info = png::Decoder::new(std::io::Cursor::new(&picture.body)).read_info().unwrap();
    assert_eq!((info.info().width, info.info().height), (1200, 630));
    assert_eq!(server.get("/x/assets/og/0123456789abcdef.png").status, 404);
    assert_eq!(server.get("/x/en/assets/og/0123456789abcdef.png").status, 404);
    // Another title is another picture.
    settings("Other");
    let page = server.until("/x/en/a/", |page| page.text().contains("Other"));
    assert_ne!(named(&page.text()), address);
    assert_eq!(server.get(&named(&page.text())).status, 200);
    assert_eq!(server.get(&address).status, 404);
}
