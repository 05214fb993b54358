//! What to do about a template's error: the name that may be meant, among those that the engine and the theme have.

use crate::model::suggest::suggest;
use crate::model::theme::Theme;

/// What follows `|` (Tera 2.4).
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// What follows `is`.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// What is called with brackets behind it.
pub(super) const FUNCTIONS: &[&str] = &["range", "throw"];

/// Filters of other engines, and what is written here.
const FOREIGN: &[(&str, &str)] = &[
    ("count", "write `length`"),
    ("safeHTML", "write `safe`"),
    ("raw", "write `safe`"),
    ("e", "texts are escaped by themselves; take it out"),
    ("date", "dates are finished words already; take it out"),
    ("markdownify", "a text whose name ends in `_html` is HTML already; take it out"),
    ("relative_url", "addresses are finished already; take it out"),
    ("absURL", "addresses are finished already; take it out"),
    ("relURL", "addresses are finished already; take it out"),
    ("url", "addresses are finished already; take it out"),
    ("t", "words of the interface are `site.words.…`"),
    ("trans", "words of the interface are `site.words.…`"),
    ("i18n", "words of the interface are `site.words.…`"),
];

/// The message in our words, and what to do.
pub fn hint(theme: &Theme, told: &str) -> String {
    let name = told.split('`').nth(1).or_else(|| told.split('\'').nth(1)).unwrap_or_default();
    let start = told.to_ascii_lowercase();
    let says = |words: &str| start.starts_with(words);
    if says("unknown filter") {
        let foreign = FOREIGN.iter().find(|(own, _)| *own == name);
        return foreign
            .map_or_else(|| near(name, FILTERS, "filters"), |(_, hint)| (*hint).to_owned());
    }
    if says("unknown test") {
        return near(name, TESTS, "tests");
    }
    if says("unknown function") {
        return near(name, FUNCTIONS, "functions");
    }
    if says("unknown template") || says("template '") {
        let missing = told.split('\'').nth(3).filter(|_| start.contains("inheriting"));
        let name = missing.unwrap_or(name);
        let own = theme.templates.keys().map(String::as_str);
        return match suggest(name, own.chain(bare(theme))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cicerone theme list` names every template".to_owned(),
        };
    }
    if says("unknown component") {
        return "components stand in `components.html`; a theme of its own file has to have each that is used".to_owned();
    }
    if says("block `") {
        return "`cicerone theme show templates/base.html` shows every block".to_owned();
    }
    if let Some((_, list)) =
        told.split_once("Available fields: ").or_else(|| told.split_once("Available variables: "))
    {
        let names = list.trim_end_matches('.').split(", ");
        if let Some(near) = suggest(name, names) {
            return format!("did you mean `{near}`?");
        }
    }
    "see the list of what a template sees in `docs/themes.md`".to_owned()
}

/// The built-in theme's names, as a template writes them.
fn bare(theme: &Theme) -> impl Iterator<Item = &str> {
    theme.templates.keys().filter_map(|name| name.strip_prefix("default/"))
}

fn near(name: &str, names: &[&str], what: &str) -> String {
    match suggest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the {what} are {}", names.join(", ")),
    }
}
