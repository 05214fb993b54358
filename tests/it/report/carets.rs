//! Carets stand right under what they point at, whatever stands before it.

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::SourcePath;
use cicerone::model::span::Span;
use cicerone::report::Style;
use snapbox::{IntoData, assert_data_eq, str};

use crate::report::{FILE, assert_shown, fault, shown, sources};

#[test]
fn carets_stand_under_chinese_text() {
    let text = "先[注销旧卡](../cancel-sin/)，再办新卡。\n另一行\n";
    assert_shown(
        text,
        &[fault(text, "../cancel-sin/"), fault(text, "注销旧卡")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:3
  |
1 | 先[注销旧卡](../cancel-sin/)，再办新卡。
  |    ^^^^^^^^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:9
  |
1 | 先[注销旧卡](../cancel-sin/)，再办新卡。
  |              ^^^^^^^^^^^^^^

"#]],
    );
}

#[test]
fn carets_stand_under_emoji() {
    let text = "📱👩‍🚒 ❤️👍🏽 🇦🇱 [x](../cancel-sin/)\n";
    assert_shown(
        text,
        &[fault(text, "../cancel-sin/"), fault(text, "👩‍🚒")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:2
  |
1 | 📱👩🚒 ❤👍 🇦🇱 [x](../cancel-sin/)
  |   ^^^^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:18
  |
1 | 📱👩🚒 ❤👍 🇦🇱 [x](../cancel-sin/)
  |                   ^^^^^^^^^^^^^^

"#]],
    );
}

#[test]
fn carets_stand_after_tabs_and_combining_marks() {
    let text = "\tc\u{327}e\u{308}\tx\tkey\n";
    assert_shown(
        text,
        &[fault(text, "key")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:9
  |
1 |     çë    x    key
  |                ^^^

"#]],
    );
}

#[test]
fn a_span_of_several_lines_is_framed() {
    let text = "a\nb [x\ny](../cancel-sin/) c\nd\n";
    assert_shown(
        text,
        &[fault(text, "[x\ny](../cancel-sin/)")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:2:3
  |
2 |   b [x
  |  ___^
3 | | y](../cancel-sin/) c
  | |__________________^

"#]],
    );
}

#[test]
fn the_middle_of_a_longer_span_is_left_out() {
    let text = "a [b\n1\n2\n3\n4\n5\n6\n7\n8\nc](x) d\n";
    assert_shown(
        text,
        &[fault(text, text[2..].trim_end_matches(" d\n"))],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
  --> guides/al/esim/en.md:1:3
   |
 1 |   a [b
   |  ___^
 2 | | 1
 3 | | 2
 4 | | 3
...  |
 9 | | 8
10 | | c](x) d
   | |_____^

"#]],
    );
}

#[test]
fn a_line_end_is_no_line_of_its_own() {
    let text = "title: x\n\nbody\n";
    assert_shown(
        text,
        &[fault(text, "title: x\n\n")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:1
  |
1 | title: x
  | ^^^^^^^^

"#]],
    );
}

#[test]
fn of_a_span_of_many_lines_only_the_first_is_shown() {
    let text = format!("start\n{}end\n", "x\n".repeat(5000));
    assert_shown(
        &text,
        &[fault(&text, text.trim_end())],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:1
  |
1 | start
  | ^^^^^

"#]],
    );
}

#[test]
fn the_end_of_a_file_is_a_place() {
    let path = SourcePath::new(FILE);
    let text = "---\ntitle: x\n";
    let end = Diagnostic::new(Code::YamlSyntax, "the front matter does not end")
        .at(&path, Span::new(text.len(), text.len()));
    assert_shown(
        text,
        std::slice::from_ref(&end),
        str![[r#"
error[yaml-syntax]: the front matter does not end
 --> guides/al/esim/en.md:3:1
  |
3 |
  | ^

"#]],
    );
    let text = "---\ntitle:  ";
    let end = Diagnostic { place: None, ..end }.at(&path, Span::new(text.len(), text.len()));
    assert_shown(
        text,
        &[end],
        str![[r#"
error[yaml-syntax]: the front matter does not end
 --> guides/al/esim/en.md:2:9
  |
2 | title:
  |         ^

"#]],
    );
}

#[test]
fn half_a_character_is_shown_whole() {
    let text = "a注b\n";
    let half =
        Diagnostic::new(Code::RawHtml, "raw HTML").at(&SourcePath::new(FILE), Span::new(2, 3));
    assert_shown(
        text,
        &[half],
        str![[r#"
warning[raw-html]: raw HTML
 --> guides/al/esim/en.md:1:2
  |
1 | a注b
  |  ^^

"#]],
    );
}

#[test]
fn windows_line_ends_are_not_shown() {
    let text = "one\r\n\ttwo x three\r\nfour y\r\n";
    let faults = [fault(text, "x"), fault(text, "y\r\n"), fault(text, "three\r\nfour")];
    assert_shown(
        text,
        &faults,
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:2:6
  |
2 |     two x three
  |         ^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:2:8
  |
2 |       two x three
  |  ___________^
3 | | four y
  | |____^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:3:6
  |
3 | four y
  |      ^

"#]],
    );
}

#[test]
fn a_long_line_is_cut_round_the_place() {
    let text =
        format!("{}[x](../cancel-sin/){}\n", "前 words ".repeat(900), " 后 more".repeat(900));
    assert_shown(
        &text,
        &[fault(&text, "../cancel-sin/")],
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:7205
  |
1 | ...rds 前 words 前 words 前 words [x](../cancel-sin/) 后 more 后 more 后 more 后 more 后 more 后 more 后 more...
  |                                       ^^^^^^^^^^^^^^

"#]],
    );
    let sources = sources(&[(FILE, &text)]);
    let narrow = Style { width: 50, ..Style::default() };
    let faults = [fault(&text, "../cancel-sin/"), fault(&text, text.trim_end())];
    assert_data_eq!(
        shown(&faults, &sources, narrow).into_data().raw(),
        str![[r#"
error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:1
  |
1 | 前 words 前 words 前 words 前 words ...
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error[broken-link]: no guide is called `al/cancel-sin`
 --> guides/al/esim/en.md:1:7205
  |
1 | ... words [x](../cancel-sin/) 后 more ...
  |               ^^^^^^^^^^^^^^

"#]]
        .raw()
    );
}

#[test]
fn hidden_characters_are_shown_and_never_sent() {
    let text = "a\u{1b}[31mred\u{202e}\u{200b}\u{9b}2J [x](y\u{7})\n";
    let fault = fault(text, "y\u{7}").hint("take out \u{1b}]0;title\u{7}");
    let fault = Diagnostic { message: format!("bad {}", &text[..12]), ..fault };
    assert_shown(
        text,
        &[fault],
        str![[r#"
error[broken-link]: bad a<U+001B>[31mred<U+202E>
 --> guides/al/esim/en.md:1:20
  |
1 | a<U+001B>[31mred<U+202E><U+200B><U+009B>2J [x](y<U+0007>)
  |                                                ^^^^^^^^^
  = hint: take out <U+001B>]0;title<U+0007>

"#]],
    );
}
