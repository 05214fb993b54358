//! Places that explain a fault, in one excerpt with it or in their own.

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::SourcePath;
use cicerone::model::span::Span;
use cicerone::report::Style;
use snapbox::{IntoData, assert_data_eq, str};

use crate::report::{FILE, assert_shown, shown, sources, span};

#[test]
fn related_places_of_one_file_share_an_excerpt() {
    let path = SourcePath::new(FILE);
    let text =
        "materials:\n  - {id: iccid}\n  - {id: sim}\n  - {id: card}\n  - {id: iccid, x: 1}\n";
    let first = Span::new(text.find("iccid").unwrap(), text.find("iccid").unwrap() + 5);
    let second = span(text, "iccid, x");
    let fault = Diagnostic::new(Code::DuplicateId, "two materials are called `iccid`")
        .at(&path, Span::new(second.start as usize, second.start as usize + 5))
        .related(&path, first, "the first is here")
        .related(&path, span(text, "card"), "and \u{202e}this\nis another");
    assert_shown(
        text,
        &[fault],
        str![[r#"
error[duplicate-id]: two materials are called `iccid`
 --> guides/al/esim/en.md:5:10
  |
2 |   - {id: iccid}
  |          ----- the first is here
3 |   - {id: sim}
4 |   - {id: card}
  |          ---- and <U+202E>this is another
5 |   - {id: iccid, x: 1}
  |          ^^^^^

"#]],
    );
}

#[test]
fn related_places_of_one_line_share_it() {
    let path = SourcePath::new(FILE);
    let text = "{旧: 1, new: 2, 旧 : 3}\n";
    let fault = Diagnostic::new(Code::DuplicateKey, "the key `旧` stands twice")
        .at(&path, span(text, "旧 "))
        .related(&path, span(text, "旧:"), "first here");
    assert_shown(
        text,
        &[fault],
        str![[r#"
error[duplicate-key]: the key `旧` stands twice
 --> guides/al/esim/en.md:1:16
  |
1 | {旧: 1, new: 2, 旧 : 3}
  |  --- first here ^^^

"#]],
    );
}

#[test]
fn related_places_may_be_empty_lines() {
    let path = SourcePath::new(FILE);
    let text = format!("{}title\n\nbody\n", "\n".repeat(8));
    let fault = Diagnostic::new(Code::YamlSyntax, "the front matter does not end")
        .at(&path, span(&text, "title"))
        .related(&path, Span::new(14, 14), "`---` is missing here");
    assert_shown(
        &text,
        &[fault],
        str![[r#"
error[yaml-syntax]: the front matter does not end
  --> guides/al/esim/en.md:9:1
   |
 9 | title
   | ^^^^^
10 |
   | - `---` is missing here

"#]],
    );
}

#[test]
fn related_places_elsewhere_have_excerpts_of_their_own() {
    let path = SourcePath::new(FILE);
    let other = SourcePath::new("guides/al/cancel-sim/en.md");
    let text = format!("slug: cancel\n{}slug: far\n", "\n".repeat(1200));
    let sources = sources(&[(FILE, &text), (other.as_str(), "---\nslug: cancel\n---\n")]);
    let fault = Diagnostic::new(Code::DuplicateAddress, "two guides have one address")
        .at(&path, span(&text, "cancel"))
        .related(&other, Span::new(10, 16), "this guide has it too")
        .related(&path, span(&text, "far"), "and this")
        .related(&SourcePath::new("guides/logo.png"), Span::new(0, 0), "taken by a file")
        .hint("give one of them another `slug`");
    assert_data_eq!(
        shown(&[fault], &sources, Style::default()).into_data().raw(),
        str![[r#"
error[duplicate-address]: two guides have one address
    --> guides/al/esim/en.md:1:7
     |
   1 | slug: cancel
     |       ^^^^^^
     |
    ::: guides/al/cancel-sim/en.md:2:7
     |
   2 | slug: cancel
     |       ------ this guide has it too
     |
    ::: guides/al/esim/en.md:1202:7
     |
1202 | slug: far
     |       --- and this
     |
    ::: guides/logo.png (taken by a file)
     = hint: give one of them another `slug`

"#]]
        .raw()
    );
}
