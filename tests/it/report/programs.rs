//! Faults for programs, one JSON object a line.

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::{SourcePath, Sources};
use cicerone::model::span::Span;
use cicerone::report::{Style, json};
use snapbox::{IntoData, assert_data_eq, str};

use crate::report::{FILE, fault, shown, sixty, sources};

fn assert_json(diagnostics: &[Diagnostic], sources: &Sources, expected: impl IntoData) {
    let mut out = Vec::new();
    json(&mut out, diagnostics, sources).unwrap();
    assert_data_eq!(String::from_utf8(out).unwrap().into_data().raw(), expected.raw());
}

#[test]
fn programs_get_one_object_a_line() {
    let text = "先[注销\n旧卡](../cancel-sin/)\n";
    let other = SourcePath::new("guides/al/cancel-sim/zh-Hans.md");
    let sources = sources(&[(FILE, text), (other.as_str(), "\u{feff}注销\n")]);
    let faults = [
        fault(text, "注销\n旧卡")
            .hint("did you mean \"this\"?")
            .hint("or \u{1b}that")
            .related(&other, Span::new(3, 9), "the guide")
            .related(&SourcePath::new("logo.png"), Span::new(0, 0), "a file"),
        Diagnostic::new(Code::MissingConfig, "there is no `guides/site.yaml`"),
        Diagnostic::new(Code::RawHtml, "past the end")
            .at(&SourcePath::new(FILE), Span::new(9999, 10000)),
        Diagnostic::new(Code::RawHtml, "to the end").at(&SourcePath::new(FILE), Span::new(0, 9999)),
        Diagnostic::new(Code::MissingConfig, "there is no `guides/site.yaml`"),
    ];
    assert_json(
        &faults,
        &sources,
        str![[r#"
{"severity":"error","code":"missing-config","message":"there is no `guides/site.yaml`","file":null,"line":null,"column":null,"end_line":null,"end_column":null,"hints":[],"related":[]}
{"severity":"warning","code":"raw-html","message":"to the end","file":"guides/al/esim/en.md","line":1,"column":1,"end_line":3,"end_column":1,"hints":[],"related":[]}
{"severity":"error","code":"broken-link","message":"no guide is called `al/cancel-sin`","file":"guides/al/esim/en.md","line":1,"column":3,"end_line":2,"end_column":3,"hints":["did you mean \"this\"?","or \u001bthat"],"related":[{"file":"guides/al/cancel-sim/zh-Hans.md","line":1,"column":2,"end_line":1,"end_column":4,"message":"the guide"},{"file":"logo.png","line":null,"column":null,"end_line":null,"end_column":null,"message":"a file"}]}
{"severity":"warning","code":"raw-html","message":"past the end","file":"guides/al/esim/en.md","line":null,"column":null,"end_line":null,"end_column":null,"hints":[],"related":[]}

"#]],
    );
}

#[test]
fn programs_get_every_fault() {
    let (sources, faults) = sixty();
    let mut out = Vec::new();
    json(&mut out, &faults, &sources).unwrap();
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 60);
}

/// Every fault reads its column from a line of 5 MiB: counting each from the line's start would
/// read 20 GiB.
#[test]
fn many_faults_of_a_large_file_are_told_at_once() {
    let text = "注x ".repeat(1 << 20);
    let path = SourcePath::new(FILE);
    let faults: Vec<_> = (0..10_000)
        .map(|index| {
            Diagnostic::new(Code::RawHtml, "raw HTML")
                .at(&path, Span::new(index * 400, index * 400 + 3))
        })
        .collect();
    let sources = sources(&[(FILE, &text)]);
    let mut out = Vec::new();
    json(&mut out, &faults, &sources).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(
        text.lines().last().is_some_and(|line| line.contains(r#""column":2399761,"#)),
        "{}",
        text.lines().last().unwrap_or("")
    );
    assert_eq!(shown(&faults, &sources, Style::default()).matches("^").count(), 100);
}
