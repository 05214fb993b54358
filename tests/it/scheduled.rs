//! Guides with a first and a last day: where they are and are not, and what is said of links to them.
#![expect(clippy::unwrap_used, reason = "these tests are about small sites")]

use cicerone::model::date::Date;
use cicerone::model::diagnostic::Severity;
use cicerone::model::source::Sources;
use cicerone::pipeline::{Drafts, Options};

use crate::project::{Built, build, options, sources};

fn site() -> Sources {
    sources(&[
        (
            "guides/site.yaml",
            "title: Help\nlanguages: [en, sq]\nbase_url: https://guides.example/\n\
             hosts: [nginx, apache]\nnavigation: [al/fair, al/ask]\n\
             footer: \"[Fair](/al/fair/)\"\nredirects: {/old/: /en/al/fair/}\n",
        ),
        (
            "guides/al/fair/en.md",
            "---\ntitle: Zebra fair\ntags: [zoo]\naliases: [/zebra/]\npublish_from: 2027-03-01\npublish_until: 2027-03-31\n---\nStripes.\n",
        ),
        (
            "guides/al/fair/sq.md",
            "---\ntitle: Panairi\nslug: panairi\ntranslation: {of: en}\n---\nVija.\n",
        ),
        (
            "guides/al/ask/en.md",
            "---\ntitle: Ask\nrelated: [al/fair]\n---\nSee the [fair](../fair/) and its [page](/al/fair/en.md).\n",
        ),
    ])
}

fn on(day: &str, drafts: Drafts) -> Built {
    build(&site(), &Options { today: Date::parse(day).unwrap(), drafts, ..options() })
}

fn notes(built: &Built) -> Vec<&str> {
    built.faults.iter().map(|fault| fault.message.as_str()).collect()
}

#[test]
fn a_guide_is_there_from_its_first_day_to_its_last() {
    for (day, shown) in
        [("2027-02-28", false), ("2027-03-01", true), ("2027-03-31", true), ("2027-04-01", false)]
    {
        let built = on(day, Drafts::LeftOut);
        assert_eq!(built.files.contains_key("en/al/fair/index.html"), shown, "{day}");
        assert_eq!(built.files.contains_key("sq/al/panairi/index.html"), shown, "{day}");
        for (path, bytes) in &built.files {
            // The index of the search is packed; it is made of the pages.
            if let Ok(text) = std::str::from_utf8(bytes) {
                let named = text.contains("Zebra") || text.contains("Panairi");
                assert!(shown || !named, "{day}: {path}");
                let leads = text.contains("\"/en/al/fair/\"") && path.ends_with(".html");
                assert!(shown || !leads, "{day}: {path}");
            }
        }
        assert_eq!(built.files.contains_key("old/index.html"), shown, "{day}");
        assert_eq!(built.files.contains_key("zebra/index.html"), shown, "{day}");
        assert_eq!(built.faults.is_empty(), shown, "{day}: {:?}", built.faults);
        // Only the calendar has changed: that never stops a build.
        assert!(built.faults.iter().all(|fault| fault.severity == Severity::Note), "{day}");
    }
}

#[test]
fn what_leads_to_it_is_told_as_what_it_is() {
    let before = on("2027-02-28", Drafts::LeftOut);
    let own = "this guide is published from 2027-03-01";
    assert!(notes(&before).contains(&own), "{:?}", before.faults);
    let links = notes(&before)
        .iter()
        .filter(|one| **one == "`al/fair` is published from 2027-03-01")
        .count();
    // Two links, `related`, a redirect, and the footer in both languages.
    assert!(links >= 5, "{:?}", before.faults);
    let after = on("2027-04-01", Drafts::LeftOut);
    assert!(
        notes(&after).contains(&"this guide was published until 2027-03-31"),
        "{:?}",
        after.faults
    );
    let text = String::from_utf8(after.files["en/al/ask/index.html"].clone()).unwrap();
    assert!(text.contains("<a>fair</a>"), "{text}");
}

#[test]
fn hosts_say_that_it_is_gone() {
    let host = |day: &str, file: &str| {
        String::from_utf8(on(day, Drafts::LeftOut).files[file].clone()).unwrap()
    };
    let gone = host("2027-04-01", "nginx.conf.example");
    assert!(
        gone.contains(
            "location = \"/sq/al/panairi/\" { error_page 410 /sq/404.html; return 410; }"
        ),
        "{gone}"
    );
    let gone = host("2027-04-01", ".htaccess");
    assert!(gone.contains("RedirectMatch 410 \"^/en/al/fair/?$\""), "{gone}");
    for day in ["2027-02-28", "2027-03-10"] {
        assert!(!host(day, "nginx.conf.example").contains("410"), "{day}");
    }
}

#[test]
fn who_asks_for_drafts_sees_what_is_to_come() {
    let before = on("2027-02-28", Drafts::Included);
    assert!(before.files.contains_key("en/al/fair/index.html"));
    let after = on("2027-04-01", Drafts::Included);
    assert!(!after.files.contains_key("en/al/fair/index.html"));
}
