//! Reports links that are none: references that nothing defines, brackets of another script.

use crate::model::diagnostic::{Code, Diagnostic};
use crate::parse::slips::SlipBlock;

/// How an address begins.
const ADDRESS: &[&str] = &["http://", "https://", "../", "./", "/", "#", "mailto:", "tel:"];

impl<'a> SlipBlock<'a, '_, '_> {
    /// References to links and footnotes that are defined nowhere.
    pub fn references(&mut self) {
        let places: Vec<usize> = self.text.match_indices('[').map(|(at, _)| at).collect();
        for at in places {
            let before = self.text.get(..at).unwrap_or("");
            let label =
                self.text.get(at + 1..).and_then(|rest| rest.split(['[', ']', '\n']).next());
            let Some(label) = label.filter(|label| !label.trim().is_empty()) else { continue };
            let end = at + label.len() + 2;
            if !self.text.get(..end).is_some_and(|text| text.ends_with(']'))
                || before.ends_with('\\')
                || self.is_taken(at)
            {
                continue;
            }
            let range = at..end;
            if let Some(name) = label.strip_prefix('^').filter(|name| !name.is_empty()) {
                // `[^a-z]` is a set of characters to programmers, who write it as code.
                let message = format!("there is no footnote `{name}`");
                let hint = format!("add `[^{name}]: …` below the text, or take the reference out");
                self.report(Code::MissingReference, range, message, hint);
            } else if let Some(words) =
                before.strip_suffix(']').and_then(|text| text.rsplit('[').next())
                && words.chars().filter(|c| c.is_alphabetic()).count() > 1
                && label.chars().any(char::is_alphabetic)
                && !self.is_taken(at - 1)
                && !is_within_word(before.get(..before.len() - words.len() - 2).unwrap_or(""))
            {
                let message = format!("nothing says where `[{label}]` leads");
                let hint = match self.near(label) {
                    Some(near) => {
                        self.refer_to(near);
                        format!("did you mean `[{near}]`?")
                    }
                    None => {
                        format!("write `[{words}](address)`, or add `[{label}]: address` below")
                    }
                };
                self.report(Code::MissingReference, range, message, hint);
            }
        }
    }

    /// That nothing refers to a link is the same slip.
    fn refer_to(&mut self, label: &str) {
        let end = format!("`{label}`");
        let is_it =
            |fault: &Diagnostic| fault.code == Code::UnusedLink && fault.message.ends_with(&end);
        self.faults.list.retain(|fault| !is_it(fault));
    }

    /// A link that is defined, and called nearly so.
    fn near(&self, label: &str) -> Option<&'a str> {
        let lines = self.source.lines();
        let defined = lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:"));
        crate::model::suggest::suggest(label, defined.map(|(label, _)| label))
    }

    /// A link whose brackets are of another script, or apart.
    pub fn brackets(&mut self) {
        let signs = [
            ("]（", '）'),
            ("】(", ')'),
            ("】（", '）'),
            ("］(", ')'),
            ("］（", '）'),
            ("] (", ')'),
        ];
        for (sign, close) in signs {
            let places: Vec<usize> = self.text.match_indices(sign).map(|(at, _)| at).collect();
            for at in places {
                let from = at + sign.len();
                let rest = self.text.get(from..).unwrap_or("");
                let Some(address) = rest.split([close, '\n', ' ']).next() else { continue };
                let is_address = ADDRESS.iter().any(|start| address.starts_with(start));
                let before = self.text.get(..at).unwrap_or("");
                let open = match sign.chars().next() {
                    Some('】') => '【',
                    Some('］') => '［',
                    _ => '[',
                };
                let words = before.rsplit_once(open).map(|(_, words)| words);
                let is_closed =
                    rest.get(address.len()..).is_some_and(|rest| rest.starts_with(close));
                let (Some(words), true, true) = (words, is_address, is_closed) else { continue };
                let start = at - words.len() - open.len_utf8();
                if self.is_taken(at) || self.is_taken(start) || words.contains('\n') {
                    continue;
                }
                let end = from + address.len() + close.len_utf8();
                let message = "this is no link: its brackets are others, or apart".to_owned();
                let hint = format!("write `[{words}]({address})`");
                self.report(Code::AlmostMarkdown, start..end, message, hint);
            }
        }
    }
}

fn is_within_word(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ']' | '\\' | '_'))
}
