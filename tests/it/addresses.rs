//! What writers type as addresses: read once, refused with its place, and never more than an address to a host.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use cicerone::model::diagnostic::Diagnostic;
use cicerone::pipeline::prepare;

use crate::project::{Built, Silent, build, options, sources};

const HOSTS: &str = "title: A\nlanguages: [en, sq]\nhosts: [apache, nginx, netlify, cloudflare, github-pages]\nbase_url: https://a.example/\n";

fn site(files: &[(&str, &str)]) -> Built {
    let settings = [("guides/site.yaml", HOSTS)];
    build(&sources(&[&settings, files].concat()), &options())
}

/// What is wrong before anything is drawn.
fn faults(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let settings = [("guides/site.yaml", HOSTS)];
    prepare(&sources(&[&settings, files].concat()), &options(), &Silent).diagnostics
}

fn told(faults: &[Diagnostic]) -> Vec<String> {
    let line = |fault: &Diagnostic| {
        let path = fault.place.as_ref().map_or("nowhere", |place| place.path.as_str());
        format!("{} {}: {}", path.escape_debug(), fault.code.as_str(), fault.message.escape_debug())
    };
    faults.iter().map(line).collect()
}

fn guide(more: &str) -> String {
    format!("---\ntitle: A\n{more}\n---\nText\n")
}

/// The files of hosts.
fn hosts(built: &Built) -> String {
    let names = [".htaccess", "nginx.conf.example", "_redirects", "_headers", "CNAME"];
    let texts = names.iter().filter_map(|name| built.files.get(*name));
    texts.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn nothing_that_is_typed_gets_into_a_hosts_file_but_addresses() {
    let alias =
        |alias: &str| ("guides/a/en.md".to_owned(), guide(&format!("aliases: [\"{alias}\"]")));
    let folder = |name: &str| (format!("guides/{name}/en.md"), guide("aliases: [/old/]"));
    let slug = |slug: &str| ("guides/a/en.md".to_owned(), guide(&format!("slug: \"{slug}\"")));
    for (path, text) in [
        alias("/x\\nHeader always set X-Evil 1\\n#/"),
        alias("/x%0AHeader%20always%20set%20X-Evil%201/"),
        alias("/x\\r\\nX-Evil: 1/"),
        alias("/x\\u2028X-Evil/"),
        alias("/x\\e[31mX-Evil/"),
        alias("/x\\u202eX-Evil/"),
        folder("a\nHeader always set X-Evil 1\n#"),
        folder("a\"\rX-Evil"),
        folder("a\u{200B}X-Evil"),
        slug("x\\nX-Evil"),
        slug("x\\u202eX-Evil"),
    ] {
        let built = site(&[(&path, &text)]);
        // What hides as well is reported as such too.
        assert!((1..=2).contains(&built.faults.len()), "{path:?}: {:?}", told(&built.faults));
        let mut places = built.faults.iter().map(|fault| fault.place.as_ref().unwrap());
        assert!(places.all(|place| place.path.as_str() == path), "{path:?}");
        assert!(!hosts(&built).contains("X-Evil"), "{path:?} {text:?}");
    }
    for base in [
        "https://a.example/x\" evil",
        "https://a.example/$1/",
        "https://a.example/%0Ax/",
        "https://a.example;x/",
        "https://a@b.example/",
        "https://a.example/../",
    ] {
        let settings = format!("title: A\nlanguages: [en]\nbase_url: '{base}'\n");
        let built = build(&sources(&[("guides/site.yaml", &settings)]), &options());
        assert!(
            told(&built.faults)[0].starts_with("guides/site.yaml bad-value"),
            "{base}: {:?}",
            told(&built.faults)
        );
    }
}

#[test]
fn an_old_address_is_read_as_a_browser_shows_it() {
    let text = guide(
        "aliases: [\"/Caf%C3%A9/\", \"/%E4%B8%AD%E6%96%87/\", /wiki/Category:X, /sq/vjetër, /old/index.html, /old.html]",
    );
    let section = "---\ntitle: S\naliases: [/section/, /sq/seksioni/]\n---\n";
    let home = "---\ntitle: H\naliases: [/start/]\n---\n";
    let built =
        site(&[("guides/s/a/en.md", &text), ("guides/s/en.md", section), ("guides/en.md", home)]);
    assert_eq!(told(&built.faults), [""; 0]);
    let redirects = String::from_utf8_lossy(&built.files["_redirects"]).into_owned();
    let lines: Vec<&str> = redirects.lines().filter(|line| line.ends_with(" 301")).collect();
    assert_eq!(
        lines,
        [
            "/Caf%C3%A9/ /en/s/a/ 301",
            "/%E4%B8%AD%E6%96%87/ /en/s/a/ 301",
            "/wiki/Category%3AX/ /en/s/a/ 301",
            "/sq/vjet%C3%ABr/ /sq/s/a/ 301",
            "/old/ /en/s/a/ 301",
            "/old.html /en/s/a/ 301",
            "/start/ /en/ 301",
            "/section/ /en/s/ 301",
            "/sq/seksioni/ /sq/s/ 301",
        ]
    );
    for file in
        ["Café/index.html", "wiki/Category:X/index.html", "section/index.html", "start/index.html"]
    {
        assert!(built.files.contains_key(file), "{file}");
    }
}

#[test]
fn what_no_static_host_can_serve_is_a_fault_at_its_place() {
    for alias in [
        "/?p=3",
        "/old#x",
        "#x",
        "/",
        "//",
        "/a\\\\b",
        "/a//b",
        "/.git/x",
        "/a%2Fb",
        "/100%",
        "/assets/x/",
        "old/",
    ] {
        let found =
            faults(&[("guides/a/en.md", &guide(&format!("aliases: [\"/ok/\", \"{alias}\"]")))]);
        assert_eq!(found.len(), 1, "{alias}: {:?}", told(&found));
        assert!(
            told(&found)[0].starts_with("guides/a/en.md bad-address"),
            "{alias}: {:?}",
            told(&found)
        );
        assert!(found[0].place.as_ref().unwrap().span.start > 20, "{alias}");
    }
    let long = "a".repeat(300);
    for text in [guide(&format!("aliases: [/{long}/]")), guide(&format!("slug: {long}"))] {
        assert_eq!(faults(&[("guides/a/en.md", &text)]).len(), 1);
    }
    for path in ["guides/a:b/en.md", "guides/a/b:c/en.md", "guides/index.html/en.md"] {
        let found = faults(&[(path, &guide(""))]);
        assert_eq!(told(&found).len(), 1, "{path}: {:?}", told(&found));
        assert!(told(&found)[0].starts_with(&format!("{path} bad-address")), "{:?}", told(&found));
    }
    let deep = format!("guides/{}/en.md", ["a".repeat(190).as_str(); 12].join("/"));
    assert!(told(&faults(&[(&deep, &guide(""))]))[0].contains("bad-address"));
}

#[test]
fn an_address_of_the_site_itself_is_named_as_such() {
    for (field, what) in [
        (
            "aliases: [/sitemap.xml]",
            "is a file for search engines, so that nothing can lie below it",
        ),
        (
            "aliases: [/404.html]",
            "the address `/404.html` is taken by the page for what is not there",
        ),
        ("aliases: [/en/feed.xml]", "is the site’s feed, so that nothing can lie below it"),
        ("aliases: [/en/404.html]", "is taken by the page for what is not there"),
        ("aliases: [/en/search/]", "the address `/en/search/` is taken by the site’s search"),
        ("aliases: [/EN/A-Z/]", "the address `/EN/A-Z/` is taken by the A–Z index"),
        ("aliases: [/sq/]", "the address `/sq/` is taken by the first page of a language"),
        ("aliases: [/_redirects]", "`/_redirects` is a file for the host"),
        ("slug: feed.xml", "`/en/feed.xml` is the site’s feed, so that nothing can lie below it"),
        ("slug: search", "the address `/en/search/` is taken by the site’s search"),
        ("slug: 404.html", "`/en/404.html` is the page for what is not there"),
    ] {
        let found = faults(&[("guides/a/en.md", &guide(field))]);
        assert_eq!(found.len(), 1, "{field}: {:?}", told(&found));
        assert!(told(&found)[0].contains(what), "{field}: {:?}", told(&found));
        assert!(found[0].place.as_ref().unwrap().span.start > 10, "{field}");
    }
    // A file and a folder of two writers.
    let found = faults(&[("guides/a/en.md", &guide("aliases: [/old.html, /old.html/more/]"))]);
    assert_eq!(
        told(&found),
        [
            "guides/a/en.md duplicate-address: `/old.html` is a file, so that nothing can lie below it"
        ]
    );
}
