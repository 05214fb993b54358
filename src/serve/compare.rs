//! The page that shows a guide in two languages, part by part, with what is out of date.

use std::collections::BTreeMap;

use crate::model::coverage::Provenance;
use crate::model::language::Language;
use crate::model::markup::escape;
use crate::model::percent;
use crate::model::unit::{State, UnitKey};
use crate::serve::document::count;
use crate::serve::editor_api::{Before, Cell, Comparison, ComparisonRow, Side};
use crate::serve::overview::named;
use crate::serve::preview::Preview;
use crate::serve::rules::Rules;

/// What the original said when its stale parts were translated, by language.
pub type History = BTreeMap<Language, BTreeMap<UnitKey, Before>>;

/// What the original said before. This asks git, so it may take a while.
pub fn before(comparison: &Comparison, preview: &Preview) -> History {
    let Some(editor) = &preview.editor else { return History::new() };
    let sides = [&comparison.left.language, &comparison.right.language];
    sides.map(|language| (language.clone(), editor.before(&comparison.guide, language))).into()
}

pub fn body(comparison: &Comparison, history: &History, rules: &Rules) -> String {
    let Comparison { title, left, right, rows, .. } = comparison;
    let rows: String = rows.iter().map(|row| part(comparison, row, history, rules)).collect();
    format!(
        "<h1>{}</h1>\n{}{}<div class=\"pair heads\">{}{}</div>\n{rows}",
        named(title),
        choice(comparison),
        left_to_do(comparison),
        head(comparison, left, rules),
        head(comparison, right, rules),
    )
}

/// The form for choosing which two languages are compared.
fn choice(comparison: &Comparison) -> String {
    let select = |name: &str, label: &str, chosen: &Language| {
        let option = |language: &Language| {
            let selected = if language == chosen { " selected" } else { "" };
            format!("<option{selected}>{}</option>", escape(language.tag()))
        };
        let options: String = comparison.languages.iter().map(option).collect();
        format!("<label>{label} <select name=\"{name}\">{options}</select></label>\n")
    };
    format!(
        "<form action=\"/_cicerone/compare/{}\">\n{}{}<button>Compare</button>\n</form>\n",
        escape(&percent::encode(comparison.guide.as_str())),
        select("left", "Left", &comparison.left.language),
        select("right", "Right", &comparison.right.language),
    )
}

/// The state of a part: the worse of its two sides, as one of them may be the original.
fn state(row: &ComparisonRow) -> Option<State> {
    let order = [State::Stale, State::Missing, State::Unpinned, State::Fresh];
    let has = |state: &State| [row.left.state, row.right.state].contains(&Some(*state));
    order.into_iter().find(has)
}

fn left_to_do(comparison: &Comparison) -> String {
    let of = |wanted: State| comparison.rows.iter().filter(move |row| state(row) == Some(wanted));
    let absent = [&comparison.left, &comparison.right].map(|side| side.kind == Provenance::None);
    if absent.contains(&true) {
        return "<p class=\"todo missing\">Not translated yet.</p>\n".to_owned();
    }
    let mut html = String::new();
    for (wanted, words) in
        [(State::Stale, "changed in the original since"), (State::Missing, "not translated")]
    {
        let links = of(wanted).map(|row| {
            let key = escape(row.key.as_str());
            format!(" <a href=\"#{key}\">{key}</a>")
        });
        let links: String = links.collect();
        if !links.is_empty() {
            let parts = count(of(wanted).count(), "part");
            html.push_str(&format!(
                "<p class=\"todo {}\">{parts} {words}:{links}</p>\n",
                wanted.as_str()
            ));
        }
    }
    if html.is_empty() {
        html.push_str("<p class=\"todo fresh\">Nothing is left to do.</p>\n");
    }
    html
}

fn head(comparison: &Comparison, side: &Side, rules: &Rules) -> String {
    let Side { language, kind, url, spot } = side;
    let file = match (&rules.editor, spot) {
        (Some(editor), Some(spot)) => editor.link(spot, "place", &escape(spot.file.as_str())),
        (None, Some(spot)) => {
            format!("<span class=\"place\">{}</span>", escape(spot.file.as_str()))
        }
        (_, None) => {
            let begin = format!("cicerone new translation {} {language}", comparison.guide);
            format!("<code>{}</code>", escape(&begin))
        }
    };
    let kind = match kind.as_str() {
        "none" => "not translated",
        kind => kind,
    };
    format!(
        "<div><b>{}</b> <span class=\"state\">{kind}</span> <a href=\"{}\">Open the page</a> {file}</div>",
        escape(language.tag()),
        escape(url),
    )
}

fn part(comparison: &Comparison, row: &ComparisonRow, history: &History, rules: &Rules) -> String {
    let (key, state) = (escape(row.key.as_str()), state(row));
    let class = state.map_or("plain", State::as_str);
    let (left, right) = (&comparison.left, &comparison.right);
    let badges: String = [(left, &row.left), (right, &row.right)].map(badge).concat();
    let changes: String = [(left, &row.left), (right, &row.right)]
        .map(|(side, cell)| changed(comparison, row, side, cell, history))
        .concat();
    format!(
        "<section class=\"{class}\" id=\"{key}\">\n<h2>{} {badges}</h2>\n{changes}<div class=\"pair\">{}{}</div>\n</section>\n",
        escape(&label(&row.key)),
        words(left, &row.left, rules),
        words(right, &row.right, rules),
    )
}

/// The class names of a cell: `sq stale`.
fn badge((side, cell): (&Side, &Cell)) -> String {
    match cell.state {
        None | Some(State::Fresh) => String::new(),
        Some(state) => {
            format!("<span class=\"state\">{} {}</span> ", side.language, state.as_str())
        }
    }
}

fn label(key: &UnitKey) -> String {
    match key.as_str() {
        "page.title" => "Title".to_owned(),
        "page.summary" => "Summary".to_owned(),
        "page.lead" => "Introduction".to_owned(),
        "page.footnotes" => "Footnotes".to_owned(),
        key => key.strip_prefix("section.").unwrap_or(key).to_owned(),
    }
}

fn words(side: &Side, cell: &Cell, rules: &Rules) -> String {
    let edit = match (&rules.editor, &cell.spot) {
        (Some(editor), Some(spot)) => editor.link(spot, "cicerone-pen", ""),
        _ => String::new(),
    };
    let Side { language, .. } = side;
    let direction = language.direction().as_str();
    let words = match cell.words.as_str() {
        "" => "<p class=\"none\">Nothing here.</p>".to_owned(),
        words => format!(
            "<p class=\"words\" lang=\"{language}\" dir=\"{direction}\">{}</p>",
            escape(words)
        ),
    };
    format!(
        "<div><p class=\"label\"><span>{}</span>{edit}</p>{words}</div>",
        escape(language.tag())
    )
}

/// What the original said when this part was translated, and what it says now.
fn changed(
    comparison: &Comparison,
    row: &ComparisonRow,
    side: &Side,
    cell: &Cell,
    history: &History,
) -> String {
    if cell.state != Some(State::Stale) {
        return String::new();
    }
    let language = &side.language;
    let done = format!("cicerone translations done {} {language} {}", comparison.guide, row.key);
    let done = format!("<p>Once {language} says the same: <code>{}</code></p>\n", escape(&done));
    let original = &comparison.title.language;
    let shown = [(&comparison.left, &row.left), (&comparison.right, &row.right)];
    let now = shown.into_iter().find(|(side, _)| side.language == *original);
    let before = history.get(language).and_then(|before| before.get(&row.key));
    let (Some(before), Some((_, now))) = (before, now) else { return done };
    let (old, new) = marked(&before.words, &now.words);
    let direction = original.direction().as_str();
    format!(
        "<div class=\"change\" lang=\"{original}\" dir=\"{direction}\"><p class=\"words\"><span class=\"label\" lang=\"en\">{} ({})</span>{old}</p>\n\
         <p class=\"words\"><span class=\"label\" lang=\"en\">today</span>{new}</p></div>\n{done}",
        escape(&before.day),
        escape(&before.commit),
    )
}

/// Both texts, with the part between their common beginning and their common end marked.
fn marked(old: &str, new: &str) -> (String, String) {
    let same = |(one, other): &(char, char)| one == other;
    let head: usize =
        old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (begin, old) = old.split_at_checked(head).unwrap_or_default();
    let new = new.get(head..).unwrap_or_default();
    let tail = old.chars().rev().zip(new.chars().rev()).take_while(same);
    let tail: usize = tail.map(|(c, _)| c.len_utf8()).sum();
    let mark = |text: &str, tag: &str| {
        let (middle, end) = text.split_at_checked(text.len() - tail).unwrap_or_default();
        let middle = match middle {
            "" => String::new(),
            middle => format!("<{tag}>{}</{tag}>", escape(middle)),
        };
        format!("{}{middle}{}", escape(begin), escape(end))
    };
    (mark(old, "del"), mark(new, "ins"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked() {
        let (old, new) = marked("Call 140 <now>.", "Call 149 <now>.");
        assert_eq!(old, "Call 14<del>0</del> &lt;now&gt;.");
        assert_eq!(new, "Call 14<ins>9</ins> &lt;now&gt;.");
        assert_eq!(marked("aa", "aaa"), ("aa".to_owned(), "aa<ins>a</ins>".to_owned()));
        assert_eq!(marked("", "注"), (String::new(), "<ins>注</ins>".to_owned()));
        assert_eq!(
            marked("注销", "注册"),
            ("注<del>销</del>".to_owned(), "注<ins>册</ins>".to_owned())
        );
    }
}
