//! Every component of the theme can be redefined by a site's own `components.html`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use cicerone::model::diagnostic::Code;

use crate::project::{build, options, sources};

/// One item of each kind; none has anything that a template could take for a special case.
const GUIDE: &str = "---
title: A
eligibility: [{id: c1, title: T, text: X}]
materials: [{id: m1, title: T, text: X}]
before: [{id: b1, title: T, text: X}]
steps:
  - id: s1
    title: T
    text: X
    image: {file: https://pictures.example/x.png, alt: X}
    fields: [{id: f1, title: T, text: X}]
    checks: [{id: k1, title: T, text: X}]
    verify: [{id: v1, title: T, text: X}]
    steps: [{id: s2, title: T, text: X}]
warnings:
  - {id: w1, title: T, text: X}
  - {id: w2, title: T, text: X, at: s1}
followups: [{id: u1, title: T, text: X}]
faq: [{id: q1, title: T, text: X}]
---
## One

Text.

### Two

Text.
";

/// The page of the guide and that of the search, with this component of a site's own.
fn drawn(component: &str) -> String {
    let files = [
        ("guides/site.yaml", "title: S\nlanguages: [en, sq]\ntheme: mine\n"),
        ("guides/a/en.md", GUIDE),
        ("themes/mine/templates/components.html", component),
    ];
    let built = build(&sources(&files), &options());
    let others = built.faults.iter().filter(|fault| fault.code != Code::RemoteImage);
    assert_eq!(others.count(), 0, "{:?}", built.faults);
    let page = |path: &str| String::from_utf8(built.files[path].clone()).unwrap();
    page("sq/a/index.html") + &page("sq/search/index.html")
}

/// Each component with its parameters, what a site makes of it, and what then stands on the page.
const COMPONENTS: &[(&str, &str, &[&str])] = &[
    ("lang(of)", " data-lang=\"[{{ of.tag }}]\"", &["[en]", "[sq]"]),
    ("contents(entries)", "[{{ entries | length }} entries]", &["[7 entries]"]),
    (
        "title(item)",
        "[{{ item.id }}]",
        &["[c1]", "[m1]", "[b1]", "[f1]", "[k1]", "[v1]", "[w1]", "[w2]", "[u1]"],
    ),
    (
        "text(item)",
        "[{{ item.id }}]",
        &[
            "[c1]", "[m1]", "[b1]", "[s1]", "[f1]", "[k1]", "[v1]", "[s2]", "[w1]", "[w2]", "[u1]",
            "[q1]",
        ],
    ),
    ("picture(picture)", "[{{ picture.alt }}]", &["[X]"]),
    (
        "marks(item)",
        "[{{ item.id }}]",
        &[
            "[c1]", "[m1]", "[b1]", "[s1]", "[f1]", "[k1]", "[v1]", "[s2]", "[w1]", "[w2]", "[u1]",
            "[q1]",
        ],
    ),
    (
        "which(item)",
        " data-id=\"[{{ item.id }}]\"",
        &[
            "[c1]", "[m1]", "[b1]", "[s1]", "[f1]", "[k1]", "[v1]", "[s2]", "[w1]", "[w2]", "[u1]",
            "[q1]",
        ],
    ),
    ("warning(warning)", "[{{ warning.item.id }}]", &["[w1]", "[w2]"]),
    ("items(label, items, kind)", "[{{ items[0].id }}]", &["[k1]"]),
    (
        "steps(steps, words, site, top: bool = false, report: string = \"\")",
        "[{{ steps.steps[0].item.id }}]",
        &["[s1]"],
    ),
    ("search(site)", " data-search=\"[{{ site.title }}]\"", &["[S]"]),
];

#[test]
fn every_component_of_the_theme_can_be_redefined() {
    for (signature, body, shown) in COMPONENTS {
        let name = signature.split('(').next().unwrap();
        let component = format!("{{% component {signature} %}}{body}{{% endcomponent {name} %}}\n");
        let page = drawn(&component);
        for shown in *shown {
            assert!(page.contains(shown), "{shown} of `{name}`\n{page}");
        }
    }
}

#[test]
fn each_component_is_tested() {
    let theme = include_str!("../../themes/default/templates/components.html");
    let defined = theme.split("{% component ").skip(1);
    let defined: Vec<&str> = defined.filter_map(|text| text.split(" -%}").next()).collect();
    let defined: Vec<&str> =
        defined.iter().filter_map(|text| text.split(" %}").next()?.split("%}").next()).collect();
    let tested: Vec<&str> = COMPONENTS.iter().map(|(signature, ..)| *signature).collect();
    assert_eq!(defined, tested);
}
