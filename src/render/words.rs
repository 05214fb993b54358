//! The words of the interface in one language: looked up, filled in, and in the right plural form.

use crate::model::fingerprint::Table;
use crate::model::language::Language;
use crate::model::plurals::Plurals;
use crate::model::theme::{Message, Messages, Theme};
use crate::render::numbers::{Lists, Numbers};

/// Words in one language. Where it lacks one, the theme's English word is used and marked as such.
#[derive(Debug)]
pub struct Words<'a> {
    own: Option<&'a Messages>,
    messages: Table<&'a str, &'a Message>,
    plurals: Plurals,
    numbers: Numbers,
    lists: Lists,
}

impl<'a> Words<'a> {
    pub fn new(theme: &'a Theme, language: &Language) -> Words<'a> {
        let own = theme.words.get(language);
        let messages = own.into_iter().flat_map(|own| &own.words);
        let messages = messages.map(|(key, message)| (key.as_str(), message)).collect();
        let (plurals, numbers) = (Plurals::of(language), Numbers::new(language));
        Words { own, messages, plurals, numbers, lists: Lists::new(language) }
    }

    /// The language's own name for itself, if the theme has it.
    pub fn name(&self) -> &'a str {
        self.own.map_or("", |messages| &messages.name)
    }

    fn message(&self, key: &str) -> Option<&'a Message> {
        self.messages.get(key).copied()
    }

    /// A word that needs nothing filled in. A key that no language has is returned as it is.
    pub fn get<'k: 'r, 'r>(&self, key: &'k str) -> &'r str
    where
        'a: 'r,
    {
        match self.message(key) {
            Some(Message::One(text)) => text,
            Some(Message::Plural(forms)) => forms.get("other").map_or(key, |text| text),
            None => key,
        }
    }

    /// A word with its `{…}` placeholders filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A word in the plural form for `number`, which is filled in as `{n}`.
    pub fn count(&self, key: &str, number: u64) -> String {
        self.range(key, number, &self.number(&number.to_string()))
    }

    /// A number, given in plain digits, as the language writes it.
    pub fn number(&self, number: &str) -> String {
        self.numbers.write(number)
    }

    /// The same for a range, whose plural form is that of its end (CLDR plural ranges).
    pub fn range(&self, key: &str, last: u64, shown: &str) -> String {
        let text = match self.message(key) {
            Some(Message::Plural(forms)) => {
                let category = self.plurals.category(last);
                forms.get(category).or_else(|| forms.get("other")).map_or(key, |text| text)
            }
            Some(Message::One(text)) => text,
            None => key,
        };
        fill(text, &[("n", shown)])
    }

    /// A list as the language writes it: “A, B and C”.
    pub fn list(&self, entries: &[String]) -> String {
        self.lists.write(entries)
    }

    /// All words that need nothing filled in, for the templates.
    pub fn plain(&self) -> std::collections::BTreeMap<String, String> {
        let words = self.own.into_iter().flat_map(|messages| &messages.words);
        words
            .filter_map(|(key, message)| match message {
                Message::One(text) => Some((key.clone(), text.to_string())),
                Message::Plural(_) => None,
            })
            .collect()
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('{') {
        filled.push_str(head);
        let Some((name, after)) = tail.split_once('}') else {
            filled.push('{');
            rest = tail;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once() {
        assert_eq!(fill("{a} – {b}", &[("a", "{b}"), ("b", "x")]), "{b} – x");
        assert_eq!(fill("{", &[]), "{");
        assert_eq!(fill("{unknown}", &[]), "{unknown}");
    }
}
