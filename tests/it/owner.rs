//! What an owner sets without a theme: every wrong value is answered, and a site pays only for what it uses.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "these tests are about small sites"
)]

use std::sync::Arc;

use cicerone::model::date::Date;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::pipeline::{self, Options};

use crate::project::{Built, Silent, build, options, sources};

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><path d=\"M0 0h30\"/></svg>";

/// A site with these settings, and with the files that they may name.
fn site(settings: &str, head: &str) -> Sources {
    let settings = format!(
        "title: Help\nlanguages: [en, sq]\nbase_url: https://guides.example/\nhosts: [nginx]\n{settings}\n"
    );
    let mut sources = sources(&[
        ("guides/site.yaml", &settings),
        (
            "guides/al/ask/en.md",
            "---\ntitle: Ask\naliases: [/former/]\n---\nText.\n\n## Form\n\nText.\n",
        ),
    ]);
    let files: &[(&str, &[u8])] = &[
        ("logo.svg", SVG.as_bytes()),
        ("text.woff2", b"wOF2 and so on"),
        ("old.woff", b"wOFF and so on"),
        ("notes.pdf", b"%PDF-1.4"),
        ("head.html", head.as_bytes()),
    ];
    for (name, bytes) in files {
        let named = settings.contains(name);
        if named {
            let path = SourcePath::new(&format!("guides/{name}"));
            sources.assets.insert(path, Arc::new(bytes.to_vec()));
        }
    }
    sources
}

fn built(settings: &str, head: &str) -> Built {
    build(&site(settings, head), &options())
}

/// A setting, a part of what is said about it, and a part of what to do.
const WRONG: &[(&str, &str, &str)] = &[
    ("logo: logo.png", "there is no file `guides/logo.png`", "the file there"),
    ("logo: logo.svgg", "there is no file", "did you mean `logo.svg`?"),
    ("logo: https://x.example/logo.svg", "is no file of the site", "fetch nothing from others"),
    ("logo: notes.pdf", "`notes.pdf` is no picture", "it may be avif, gif"),
    ("logo: {light: logo.svg}", "the `logo` has no field `light`", "its fields are `file`, `dark`"),
    ("logo: {dark: logo.svg}", "the `logo` has no `file`", "add `file: …`"),
    ("logo: [logo.svg]", "`logo` is a text, not a list", "with one text"),
    ("accent: teal", "`teal` cannot be `accent`", "write a colour, like `\"#0b5d66\"`"),
    ("accent: \"#ffcc00\"", "contrast of 1.3 to 1 on light pages", "write `{light: \"#"),
    ("accent: {dark: \"#003366\"}", "to 1 on dark pages", "the nearest that can be read"),
    (
        "accent: {bright: \"#003366\"}",
        "the `accent` has no field `bright`",
        "did you mean `light`?",
    ),
    ("fonts: [old.woff]", "`old.woff` is no font in WOFF2", "turn it into WOFF2"),
    (
        "fonts: [{file: text.woff2, for: body}]",
        "`body` cannot be `for`",
        "write `text`, `headings`",
    ),
    ("fonts: [{file: text.woff2, weight: bold}]", "`bold` cannot be `weight`", "like `400`"),
    (
        "fonts: [{file: text.woff2, languages: [fr]}]",
        "`fr` cannot be in `languages`",
        "of those under",
    ),
    ("fonts: [{for: text}]", "a font has no `file`", "add `file: …`"),
    ("fonts: [fonts.googleapis.com]", "there is no file", "begins below `guides/`"),
    ("menu: [{title: Ask, url: al/ask}]", "`al/ask` cannot be `url`", "a page from the top"),
    (
        "menu: [{title: Ask, url: /al/aks/}]",
        "no guide is called `al/aks`",
        "did you mean `/al/ask`?",
    ),
    ("menu: [{title: Ask, url: \"/al/ask/#from\"}]", "no heading `#from`", "did you mean `#form`?"),
    ("menu: [{title: Ask, url: \"//x.example/\"}]", "cannot be `url`", "a web address"),
    ("footer: \"[Ask](/al/aks/)\"", "no guide is called `al/aks`", "did you mean `/al/ask`?"),
    ("footer: {fr: Bonjour}", "`fr` is no language of this site", "add it to `languages`"),
    ("footer: \"# Ask\"", "a heading stands in `footer`", "take the `#` out"),
    ("footer: \"[x](javascript:1)\"", "is no address that a page may lead to", "link to a page"),
    ("banner: Closed", "the `banner` has fields of its own", "write its fields"),
    ("banner: {until: 2027-01-01}", "the `banner` has no `text`", "add `text: …`"),
    ("banner: {text: Closed, until: soon}", "`soon` cannot be `until`", "a day, like"),
    ("banner: {text: Closed, until: 2027-02-30}", "`2027-02-30` cannot be `until`", "a day, like"),
    ("banner: {text: \"[Ask](/al/ask/#from)\"}", "no heading `#from`", "did you mean `#form`?"),
    ("social: [https://x.example/]", "a social link has fields of its own", "write its fields"),
    ("social: [{name: X, url: x.example}]", "`x.example` cannot be `url`", "a web address"),
    ("social: [{url: https://x.example/}]", "a social link has no `name`", "add `name: …`"),
    (
        "social: [{name: X, url: https://x.example/, icon: x.svg}]",
        "there is no file",
        "below `guides/`",
    ),
    ("contact: me", "`me` cannot be `contact`", "an e-mail address or a web address"),
    ("contact: {title: Write}", "the `contact` has no `to`", "add `to: …`"),
    ("edit: https://code.example/", "cannot be `edit`", "with `{path}`"),
    (
        "redirects: {old: /en/al/ask/}",
        "the old address `old` does not begin with `/`",
        "from the site’s root",
    ),
    (
        "redirects: {/old/: en/al/ask/}",
        "`en/al/ask/` is no address to lead to",
        "begins with `https://`",
    ),
    (
        "redirects: {/old/: /en/al/aks/}",
        "there is no page at `/en/al/aks/`",
        "did you mean `/en/al/ask/`?",
    ),
    (
        "redirects: {/old/: /al/ask/}",
        "there is no page at `/al/ask/`",
        "did you mean `/en/al/ask/`?",
    ),
    ("redirects: {/old/: /old/}", "`/old/` leads to itself", "take it out"),
    (
        "redirects: {/a/: /b/, /b/: /en/al/ask/}",
        "`/b/` is an old address itself",
        "write where it leads: `/en/al/ask/`",
    ),
    ("redirects: {/a/: /b/, /b/: /a/}", "is an old address itself", "lead round in a ring"),
    (
        "redirects: {/a/: /former/}",
        "`/former/` is an old address itself",
        "write where it leads: `/en/al/ask/`",
    ),
    ("redirects: {/en/al/ask/: /en/al/}", "`/en/al/ask/`", "another"),
    (
        "redirects: {/former/: /en/al/}",
        "two things have the address `/former/`",
        "give one of them",
    ),
    ("redirects: {/old/: \"https://x.example/a b\"}", "is no address to lead to", "https://"),
    ("redirects: [/old/]", "`redirects` has fields of its own", "write its fields"),
    ("head: head.htm", "there is no file", "below `guides/`"),
    ("head: logo.svg", "`logo.svg` is no HTML", "name it `….html`"),
    (
        "csp: {allow: [x.example]}",
        "`x.example` cannot be in `allow`",
        "like `https://stats.example.org`",
    ),
    (
        "csp: {allow: [https://x.example/x.js]}",
        "cannot be in `allow`",
        "where the script comes from",
    ),
    ("csp: https://x.example", "the `csp` has fields of its own", "write its fields"),
    // What other generators call it.
    ("url: https://x.example/", "no field `url`", "`base_url: https://example.org/`"),
    ("baseURL: https://x.example/", "no field `baseURL`", "`base_url: https://example.org/`"),
    ("domain: x.example", "no field `domain`", "`base_url: https://example.org/`"),
    ("favicon: logo.svg", "no field `favicon`", "`icons: [icon.svg]`"),
    ("nav: [al]", "no field `nav`", "`navigation: [al, esim]`"),
    ("theme: {palette: teal}", "`theme` is a name, not a map", "colours are `accent:`"),
    ("theme.palette: teal", "no field `theme.palette`", "`accent: \"#0b5d66\"`"),
    ("site_name: x", "no field `site_name`", "`title:`"),
    ("defaultContentLanguage: en", "no field", "`default_language:`"),
    ("copyright: x", "no field `copyright`", "`footer:`"),
    ("googleAnalytics: x", "no field `googleAnalytics`", "`head:`"),
    ("repo_url: x", "no field `repo_url`", "`repository: {url: …}`"),
];

#[test]
fn every_wrong_value_is_answered_at_its_place() {
    let mut unlike = Vec::new();
    for (settings, message, hint) in WRONG {
        // What shares an address cannot be drawn.
        let prepared = pipeline::prepare(&site(settings, ""), &options(), &Silent);
        let faults = prepared.diagnostics;
        let found = faults.iter().any(|fault| {
            let told = fault.message.contains(message);
            told && fault.hints.iter().any(|one| one.contains(hint)) && fault.place.is_some()
        });
        if !found {
            unlike.push(format!("{settings}\n  {faults:?}"));
        }
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

/// What a page, the style sheet and a host's file have.
fn shown(settings: &str, head: &str) -> [String; 3] {
    let built = built(settings, head);
    assert_eq!(built.faults, [], "{settings}");
    let text = |path: &str| {
        let path = built.files.keys().find(|name| name.starts_with(path)).unwrap();
        String::from_utf8(built.files[path].clone()).unwrap()
    };
    [text("sq/al/ask/index.html"), text("assets/style."), text("nginx.conf.example")]
}

#[test]
fn a_setting_is_on_every_page_and_only_its_site_pays_for_it() {
    let plain = shown("", "");
    for (settings, head, page, style, host) in [
        (
            "logo: logo.svg",
            "",
            "<img src=\"/logo.svg\" alt=\"Help\" width=\"30\" height=\"10\">",
            ".brand img{",
            "",
        ),
        ("accent: \"#8a2be2\"", "", "content=\"#8a2be2\"", "--accent:light-dark(#8a2be2,#", ""),
        (
            "fonts: [text.woff2]",
            "",
            "href=\"/text.woff2\" as=\"font\"",
            "src:url(../text.woff2)",
            "font-src 'self'",
        ),
        ("menu: [{title: Pyet, url: /al/ask/}]", "", "<a href=\"/sq/al/ask/\">Pyet</a>", "", ""),
        ("banner: {text: \"**Closed**\"}", "", "<strong>Closed</strong>", ".banner{", ""),
        (
            "footer: {sq: \"[Pyet](/al/ask/)\", en: Ask}",
            "",
            "<a href=\"/sq/al/ask/\">Pyet</a>",
            ".words{",
            "",
        ),
        (
            "social: [{name: Chat, url: https://x.example}]",
            "",
            "<a rel=\"me\" href=\"https://x.example/\">Chat</a>",
            ".reach a{",
            "",
        ),
        (
            "contact: a@x.example",
            "",
            "<a href=\"mailto:a@x.example\">a@x.example</a>",
            ".reach a{",
            "",
        ),
        ("edit: \"https://x.example/{path}\"", "", "https://x.example/guides/al/ask/en.md", "", ""),
        (
            "redirects: {/old/: \"https://x.example/?a=b\"}",
            "",
            "",
            "",
            "{ return 301 \"https://x.example/?a=b\"; }",
        ),
        (
            "head: head.html",
            "<meta name=\"a\" content=\"b\">\n",
            "<meta name=\"a\" content=\"b\">",
            "",
            "",
        ),
        (
            "head: head.html\ncsp: {allow: [https://x.example]}",
            "<script src=\"https://x.example/a.js\"></script>",
            "https://x.example/a.js",
            "",
            "connect-src 'self' https://x.example;",
        ),
        (
            "head: head.html",
            "<script>alert(1)</script>",
            "<script>alert(1)</script>",
            "",
            "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
        ),
    ] {
        let shown = shown(settings, head);
        for (shown, plain, part) in [
            (&shown[0], &plain[0], page),
            (&shown[1], &plain[1], style),
            (&shown[2], &plain[2], host),
        ] {
            assert!(part.is_empty() || shown.contains(part), "{settings}: {part}\n{shown}");
            assert!(part.is_empty() || !plain.contains(part), "{settings}: {part}");
        }
    }
    assert!(plain[2].contains("require-trusted-types-for"));
}

#[test]
fn a_banner_is_shown_to_its_last_day() {
    let settings = "banner: {text: Closed, until: 2027-05-01}";
    for (day, shown) in [("2027-05-01", true), ("2027-05-02", false)] {
        let options = Options { today: Date::parse(day).unwrap(), ..options() };
        let built = build(&site(settings, ""), &options);
        let page = String::from_utf8(built.files["en/index.html"].clone()).unwrap();
        assert_eq!(page.contains("class=\"banner\""), shown, "{day}");
        let noted = built.faults.iter().any(|fault| fault.code.as_str() == "past-banner");
        assert_eq!(noted, !shown, "{day}: {:?}", built.faults);
    }
}

#[test]
fn a_script_that_is_not_allowed_is_reported_where_it_stands() {
    let head =
        "<meta name=\"a\" content=\"b\">\n<script src=\"https://stats.example/x.js\"></script>\n";
    let built = built("head: head.html", head);
    let fault = built.faults.first().unwrap();
    assert_eq!(fault.code.as_str(), "blocked-by-policy");
    let place = fault.place.as_ref().unwrap();
    assert_eq!(place.path.as_str(), "guides/head.html");
    assert!(head[place.span.range()].contains("https://stats.example/x.js"));
    assert_eq!(
        fault.hints,
        ["write `csp: {allow: [https://stats.example]}` in `site.yaml`, or take it out"]
    );
}
