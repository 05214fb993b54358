//! Finds the names of operators in a text: today's, former ones, and those of companies that are gone.

use std::ops::Range;
use std::sync::Arc;

use crate::lint::mentions::Mentions;
use crate::lint::phrases::{JOINTS, is_latin};
use crate::lint::prose::Prose;
use crate::model::date::Date;
use crate::model::operator::{LocalText, Operator, Registry};
use crate::model::vocabulary::OperatorStatus;
use crate::model::word_search::Case;

/// A name that is in the registry.
#[derive(Debug, Clone)]
pub struct Name<'a> {
    pub text: Arc<str>,
    pub operator: &'a Operator,
    /// The operator that is responsible now: this one, or the one that it became part of.
    pub today: &'a Operator,
    pub standing: Standing,
}

impl Name<'_> {
    /// A short name is an abbreviation, so its case has to match.
    pub fn case(&self) -> Case {
        if self.text.len() > 5 { Case::Any } else { Case::AsWritten }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Today,
    Former(Option<Date>, Option<Date>),
    /// The company was merged or closed.
    Gone,
}

/// A name at some place in a text.
#[derive(Debug, Clone)]
pub struct Mention<'n, 'a> {
    pub name: &'n Name<'a>,
    pub range: Range<usize>,
}

/// All names in the registry, the longest first.
#[derive(Debug, Clone)]
pub struct RegistryNames<'a> {
    list: Vec<Name<'a>>,
}

impl<'a> RegistryNames<'a> {
    pub fn new(registry: &'a Registry) -> RegistryNames<'a> {
        let mut list: Vec<Name<'a>> =
            registry.operators.values().flat_map(|operator| names(operator, registry)).collect();
        list.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.text.cmp(&b.text)));
        list.dedup_by(|a, b| a.text == b.text && a.operator.id == b.operator.id);
        RegistryNames { list }
    }

    pub fn all(&self) -> &[Name<'a>] {
        &self.list
    }

    /// Where a text names operators, in order. Of two names at the same place, the longer one counts.
    pub fn find(&self, prose: &Prose, mentions: &Mentions) -> Vec<Mention<'_, 'a>> {
        let mention = |(index, range): &(usize, Range<usize>)| {
            let name = self.list.get(*index)?;
            // A short name must not be broken at the end of a line either.
            let known = name.case() == Case::Any || prose.of(range) == &*name.text;
            (known && stands_alone(&prose.words, range))
                .then(|| Mention { name, range: range.clone() })
        };
        let mut found: Vec<Mention<'_, 'a>> = mentions.names.iter().filter_map(mention).collect();
        found.sort_by(|a, b| a.range.start.cmp(&b.range.start).then(b.range.end.cmp(&a.range.end)));
        let mut end = 0;
        found.retain(|mention| {
            let free = mention.range.start >= end;
            end = if free { mention.range.end } else { end };
            free
        });
        found
    }
}

fn names<'a>(operator: &'a Operator, registry: &'a Registry) -> Vec<Name<'a>> {
    let today = today(operator, registry);
    let standing = match operator.status {
        OperatorStatus::Active => Standing::Today,
        OperatorStatus::Merged | OperatorStatus::Closed => Standing::Gone,
    };
    let own = texts(&operator.name).chain(texts(&operator.short_name));
    let own = own.chain(operator.aliases.iter().cloned()).map(|text| (text, standing));
    let former = operator
        .former_names
        .iter()
        .map(|former| (former.name.clone(), Standing::Former(former.from, former.until)));
    own.chain(former)
        .filter(|(text, _)| is_telling(text))
        .map(|(text, standing)| Name { text, operator, today, standing })
        .collect()
}

fn texts(text: &LocalText) -> impl Iterator<Item = Arc<str>> + '_ {
    text.default.iter().chain(text.by_language.values()).cloned()
}

/// Whether a name is unmistakable. `One` and `Plus` are also ordinary words; `AMC` and `沃达丰` are not.
fn is_telling(name: &str) -> bool {
    let length = name.chars().count();
    let latin = name.chars().all(|c| is_latin(c) || c.is_ascii_digit());
    !latin || length > 5 || (length > 1 && !name.chars().any(char::is_lowercase))
}

/// Follows the chain of successors to its end. A circle has already been reported.
pub fn today<'a>(operator: &'a Operator, registry: &'a Registry) -> &'a Operator {
    let mut today = operator;
    for _ in 0..registry.operators.len() {
        let next = today.successor.as_ref().and_then(|id| registry.operators.get(&id.value));
        let Some(next) = next else { break };
        today = next;
    }
    today
}

/// Whether a name is a separate word and not part of an address.
pub fn stands_alone(words: &str, range: &Range<usize>) -> bool {
    let inside = |c: char| is_latin(c) || c.is_ascii_digit();
    let name = words.get(range.clone()).unwrap_or("");
    let before = words.get(..range.start).and_then(|head| head.chars().next_back());
    let mut behind = words.get(range.end..).unwrap_or("").chars();
    let (after, second) = (behind.next(), behind.next());
    let bound = |c: char| inside(c) || matches!(c, '-' | '@' | '/' | '_' | '.' | '#');
    let begins = !name.starts_with(inside) || !before.is_some_and(bound);
    let ends = !name.ends_with(inside)
        || !(after.is_some_and(inside) || (after == Some('.') && second.is_some_and(inside)));
    begins && ends
}

/// Whether this can stand between two names in a list: commas, “and”, parentheses.
pub fn is_joint(between: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || ",、，;；/&()（）*".contains(c);
    let mut bare = between.trim_matches(marks).to_lowercase();
    // Marks of emphasis around a name are not words.
    bare.retain(|c| c != '*' && c != '_');
    !between.is_empty() && between != " " && (bare.is_empty() || JOINTS.contains(&bare.as_str()))
}
