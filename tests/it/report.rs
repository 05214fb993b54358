//! Reports as exact text: what people and programs are told about faults.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of tests fails loudly, and `str!` looks for its own file"
)]

mod carets;
mod hostile;
mod programs;
mod related;
mod summary;

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::{SourcePath, Sources};
use cicerone::model::span::Span;
use cicerone::report::{Style, human, stderr, stdout};
use snapbox::{IntoData, assert_data_eq, str};

const FILE: &str = "guides/al/esim/en.md";

fn sources(texts: &[(&str, &str)]) -> Sources {
    let texts = texts.iter().map(|(path, text)| (SourcePath::new(path), (*text).into()));
    Sources { texts: texts.collect(), ..Sources::default() }
}

/// The span of `needle`, which stands once in `text`.
fn span(text: &str, needle: &str) -> Span {
    let at: Vec<_> = text.match_indices(needle).map(|(at, _)| at).collect();
    let [start] = at[..] else { panic!("`{needle}` stands {} times", at.len()) };
    Span::new(start, start + needle.len())
}

fn fault(text: &str, needle: &str) -> Diagnostic {
    let message = "no guide is called `al/cancel-sin`";
    Diagnostic::new(Code::BrokenLink, message).at(&SourcePath::new(FILE), span(text, needle))
}

fn shown(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut out = Vec::new();
    human(&mut out, diagnostics, sources, style).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares byte for byte: no wildcards.
fn assert_shown(text: &str, diagnostics: &[Diagnostic], expected: impl IntoData) {
    let sources = sources(&[(FILE, text)]);
    assert_data_eq!(
        shown(diagnostics, &sources, Style::default()).into_data().raw(),
        expected.raw()
    );
}

#[test]
fn a_fault_shows_its_place_and_its_mend() {
    let text = format!("{}First [cancel the card](../cancel-sin/).\n", "\n".repeat(13));
    let fault = fault(&text, "../cancel-sin/").hint("did you mean `../cancel-sim/`?");
    assert_shown(
        &text,
        &[fault],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
  --> guides/al/esim/en.md:14:25
   |
14 | First [cancel the card](../cancel-sin/).
   |                         ^^^^^^^^^^^^^^
   = hint: did you mean `../cancel-sim/`?

"#]],
    );
}

#[test]
fn a_place_without_text_names_its_file() {
    let at = |path: &str, start, end| {
        Diagnostic::new(Code::NotUtf8, "this file is not UTF-8")
            .at(&SourcePath::new(path), Span::new(start, end))
            .hint("save it as UTF-8")
    };
    let sources = sources(&[("empty.md", ""), ("short.md", "ab\n")]);
    let faults =
        [at("empty.md", 0, 0), at("logo.png", 3, 9), at("short.md", 4, 7), at("short.md", 1, 99)];
    assert_data_eq!(
        shown(&faults, &sources, Style::default()).into_data().raw(),
        str![[r#"
error[not-utf8]: this file is not UTF-8
  --> empty.md
   = hint: save it as UTF-8

error[not-utf8]: this file is not UTF-8
  --> logo.png
   = hint: save it as UTF-8

error[not-utf8]: this file is not UTF-8
 --> short.md:1:2
  |
1 | ab
  |  ^
  = hint: save it as UTF-8

error[not-utf8]: this file is not UTF-8
  --> short.md
   = hint: save it as UTF-8

"#]]
        .raw()
    );
}

#[test]
fn a_fault_without_a_place_stands_first() {
    let text = "x\n";
    let faults = [
        fault(text, "x"),
        Diagnostic::new(Code::MissingConfig, "there is no `guides/site.yaml`")
            .hint("write one with `cicerone new site`:\n    title: My guides\n    languages: [en]"),
    ];
    assert_shown(
        text,
        &faults,
        str![[r#"
error[missing-config]: there is no `guides/site.yaml`
   = hint: write one with `cicerone new site`:
                title: My guides
                languages: [en]

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:1
  |
1 | x
  | ^

"#]],
    );
}

#[test]
fn faults_are_sorted_and_said_once() {
    let text = "a b\n";
    let twice = [fault(text, "b"), fault(text, "a"), fault(text, "b")];
    assert_shown(
        text,
        &twice,
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:1
  |
1 | a b
  | ^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:3
  |
1 | a b
  |   ^

"#]],
    );
}

/// Fifty warnings, then eight errors and two more warnings, one a line.
fn sixty() -> (Sources, Vec<Diagnostic>) {
    let text: String = (1..=60).map(|line| format!("line {line:02}\n")).collect();
    let path = SourcePath::new(FILE);
    let faults = (0..60).map(|line| {
        let code = if (50..58).contains(&line) { Code::BrokenLink } else { Code::RawHtml };
        Diagnostic::new(code, format!("fault {line}")).at(&path, Span::new(line * 8, line * 8 + 4))
    });
    let faults = faults.collect();
    (sources(&[(FILE, &text)]), faults)
}

#[test]
fn faults_beyond_the_limit_are_counted() {
    let (sources, faults) = sixty();
    let shown_by = |limit| shown(&faults, &sources, Style { limit, ..Style::default() });
    assert_data_eq!(
        shown_by(2).into_data().raw(),
        str![[r#"
error[broken-link]: fault 50
  --> guides/al/esim/en.md:51:1
   |
51 | line 51
   | ^^^^

error[broken-link]: fault 51
  --> guides/al/esim/en.md:52:1
   |
52 | line 52
   | ^^^^

… and 58 more faults: 6 errors, 52 warnings; `--format json` lists them all

"#]]
        .raw()
    );
    assert_eq!(shown_by(0), "60 faults: 8 errors, 52 warnings; `--format json` lists them all\n");
    let last = |text: String| text.lines().last().unwrap_or("").to_string();
    assert_eq!(
        last(shown_by(50)),
        "… and 10 more faults: 10 warnings; `--format json` lists them all"
    );
    assert_eq!(last(shown_by(59)), "… and 1 more fault: 1 warning; `--format json` shows it");
    assert!(!shown_by(60).contains('…'));
    assert_eq!(shown_by(60).matches("-->").count(), 60);
}

#[test]
fn errors_are_shown_before_warnings_where_not_all_fit() {
    let (sources, faults) = sixty();
    let text = shown(&faults, &sources, Style { limit: 9, ..Style::default() });
    assert_eq!(text.matches("error[").count(), 8);
    assert_eq!(text.find("warning["), Some(0));
}

#[test]
fn colour_is_only_added() {
    let text = "先[注销旧卡](../cancel-sin/)\nx\n";
    let sources = sources(&[(FILE, text)]);
    let fault = fault(text, "../cancel-sin/").hint("did you mean this?");
    let style = Style { color: true, ..Style::default() };
    let colored = shown(std::slice::from_ref(&fault), &sources, style);
    assert!(colored.starts_with("\u{1b}[1m\u{1b}[91merror[broken-link]\u{1b}[0m"), "{colored:?}");
    let plain = shown(&[fault], &sources, Style::default());
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(without_sequences(&colored), plain);
}

fn without_sequences(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or("").to_string();
    pieces.fold(first, |all, piece| all + piece.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn both_streams_take_bytes() {
    let _: (&mut dyn std::io::Write, &mut dyn std::io::Write) =
        (&mut stdout(false), &mut stderr(true));
}
