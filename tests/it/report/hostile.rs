//! No source and no place can break a report or steer a terminal.

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::SourcePath;
use cicerone::model::span::Span;
use cicerone::report::{Style, json};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};

use crate::report::{FILE, shown, sources};

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a".to_string()),
        Just("\n".to_string()),
        Just("\r\n".to_string()),
        Just("\t    ".to_string()),
        Just("注".to_string()),
        Just("//{".to_string()),
        Just("x".repeat(200)),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever a source holds and wherever a place lies, the report is written, and no control
    /// character but the line end is in it.
    #[test]
    fn no_text_and_no_place_can_harm(
        text in nasty(),
        places in prop::collection::vec((0..300_usize, 0..60_usize), 1..4),
        width in 0..200_usize,
    ) {
        let path = SourcePath::new(FILE);
        let mut fault = Diagnostic::new(Code::RawHtml, text.as_str()).hint(text.as_str());
        for (start, length) in places {
            let span = Span::new(start, start + length);
            fault = match fault.place {
                None => fault.at(&path, span),
                Some(_) => fault.related(&path, span, text.as_str()),
            };
        }
        let sources = sources(&[(FILE, &text)]);
        let out = shown(&[fault.clone()], &sources, Style { width, ..Style::default() });
        assert!(out.chars().all(|one| one == '\n' || !one.is_control()), "{out:?}");
        assert!(out.contains("--> guides/al/esim/en.md"));
        let mut out = Vec::new();
        json(&mut out, &[fault], &sources).unwrap();
        assert!(serde_json::from_slice::<serde_json::Value>(&out).is_ok());
    }
}
