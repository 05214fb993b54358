//! Edits the YAML of sources for a move: fields that name a place, old addresses, redirects. Every other byte stays.

use crate::model::config::Config;
use crate::model::source::SourcePath;
use crate::model::text_edit::{TextEdit, applied};
use crate::model::value::Value;
use crate::parse::config::PATH;
use crate::parse::fields::{self, Faults};
use crate::parse::front_matter::split;
use crate::parse::pins::{column, end, field};
use crate::parse::scaffold::scalar;
use crate::parse::yaml::{self, Entry, Excerpt, Node, Yaml};

/// The fields that name a guide, a section or a file below `guides/`; `*` stands for each item.
const SITE_PLACES: &[&[&str]] = &[
    &["navigation", "*"],
    &["exclude", "*"],
    &["lints", "*", "except", "*"],
    &["logo"],
    &["logo", "*"],
    &["fonts", "*", "file"],
    &["icons", "*"],
    &["images", "font"],
    &["images", "fonts", "*"],
];
const GUIDE_PLACES: &[&[&str]] = &[&["related", "*"]];

/// The changes of a file's fields, where `place` gives what is below `guides/` its new place.
pub fn moved_places(
    path: &SourcePath,
    source: &str,
    config: &Config,
    place: &dyn Fn(&str) -> String,
) -> Vec<TextEdit> {
    let Some(root) = root(path, source, config) else { return Vec::new() };
    let known = if path.as_str() == PATH { SITE_PLACES } else { GUIDE_PLACES };
    let nodes = known.iter().flat_map(|names| {
        let mut found = Vec::new();
        named(&root, names, &mut found);
        found
    });
    let edit = |node: &Node| {
        let Yaml::Text(text) = &node.value else { return None };
        let core = text.trim_matches('/');
        let new = place(core);
        (new != core).then(|| replaced(source, node, text, &text.replacen(core, &new, 1)))
    };
    nodes.filter_map(edit).collect()
}

/// The changes of `redirects`, where `address` gives an old goal its new one.
pub fn moved_goals(
    source: &str,
    config: &Config,
    address: &dyn Fn(&str) -> Option<String>,
) -> Vec<TextEdit> {
    let Some(root) = root(&SourcePath::new(PATH), source, config) else { return Vec::new() };
    let mut found = Vec::new();
    named(&root, &["redirects", "*"], &mut found);
    let edit = |node: &Node| {
        let Yaml::Text(text) = &node.value else { return None };
        Some(replaced(source, node, text, &address(text)?))
    };
    found.into_iter().filter_map(edit).collect()
}

/// The comment that names the schema, of a file that lies deeper or less deep than before.
pub fn schema_comment(source: &str, before: &str, after: &str) -> Option<TextEdit> {
    const SIGN: &str = "# yaml-language-server: $schema=";
    let start = source.find(SIGN)? + SIGN.len();
    let ups = |path: &str| "../".repeat(path.matches('/').count());
    let rest = source.get(start..)?.strip_prefix(&*ups(before))?;
    let is_below =
        !rest.starts_with("../") && before.matches('/').count() != after.matches('/').count();
    is_below.then(|| TextEdit::new(start..start + ups(before).len(), ups(after)))
}

/// The text of an original with these old addresses besides its own, and without those that `is_taken`. `None` if the
/// field cannot be edited as it is written.
pub fn with_aliases(
    path: &SourcePath,
    source: &str,
    config: &Config,
    added: &[String],
    is_taken: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let front = root(path, source, config)?;
    let known = texts(field(&front, "aliases").map(|entry| &entry.value));
    let mut wanted: Vec<String> = known.iter().filter(|one| !is_taken(one)).cloned().collect();
    let new = added.iter().filter(|one| !wanted.contains(one)).cloned();
    wanted.extend(new.collect::<Vec<_>>());
    if wanted == known {
        return Some(source.to_owned());
    }
    let edits = alias_edits(source, &front, &known, &wanted)?;
    let text = applied(source, &edits)?;
    let after = root(path, &text, config)?;
    let is_as_meant = texts(field(&after, "aliases").map(|entry| &entry.value)) == wanted
        && others(&front) == others(&after);
    is_as_meant.then_some(text)
}

fn alias_edits(
    source: &str,
    front: &Node,
    known: &[String],
    wanted: &[String],
) -> Option<Vec<TextEdit>> {
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let list =
        || format!("[{}]", wanted.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", "));
    let lines = |indent: usize, of: &[String]| {
        let line = |one: &String| format!("{:indent$}- {}{newline}", "", quoted(one));
        of.iter().map(line).collect::<String>()
    };
    let Some(entry) = field(front, "aliases") else {
        let title = field(front, "title")?;
        let at = line_end(source, end(source, &title.value)?);
        let text = match wanted {
            [_] | [_, _] => format!("aliases: {}{newline}", list()),
            _ => format!("aliases:{newline}{}", lines(2, wanted)),
        };
        return Some(vec![TextEdit::new(at..at, text)]);
    };
    let start = entry.value.span.range().start;
    let finish = end(source, &entry.value)?;
    let key = line_start(source, entry.key_span.range().start);
    if wanted.is_empty() {
        return Some(vec![TextEdit::new(key..line_end(source, finish), "")]);
    }
    let Yaml::List(nodes) = &entry.value.value else {
        return (known.len() == 1).then(|| vec![TextEdit::new(start..finish, list())]);
    };
    if source.get(start..)?.starts_with('[') {
        return Some(vec![TextEdit::new(start..finish, list())]);
    }
    let mut edits = Vec::new();
    for (node, text) in nodes.iter().zip(known) {
        if !wanted.contains(text) {
            let at = node.span.range();
            edits.push(TextEdit::new(line_start(source, at.start)..line_end(source, at.end), ""));
        }
    }
    let new: Vec<String> = wanted.iter().filter(|one| !known.contains(one)).cloned().collect();
    let last = line_end(source, end(source, nodes.last()?)?);
    let dash = line_start(source, nodes.last()?.span.range().start);
    let indent = source.get(dash..)?.len() - source.get(dash..)?.trim_start_matches(' ').len();
    edits.push(TextEdit::new(last..last, lines(indent, &new)));
    Some(edits)
}

/// The text of `site.yaml` with these redirects besides its own, each an old address and where it leads.
pub fn with_redirects(source: &str, config: &Config, added: &[(String, String)]) -> Option<String> {
    let path = SourcePath::new(PATH);
    let before = root(&path, source, config)?;
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let pair = |(from, to): &(String, String)| format!("{}: {}", quoted(from), quoted(to));
    let lines = |indent: usize| {
        let line = |one: &(String, String)| format!("{:indent$}{}{newline}", "", pair(one));
        added.iter().map(line).collect::<String>()
    };
    let edit = match field(&before, "redirects") {
        None => {
            let gap = if source.is_empty() || source.ends_with('\n') { "" } else { newline };
            let text = format!("{gap}redirects:{newline}{}", lines(2));
            TextEdit::new(source.len()..source.len(), text)
        }
        Some(entry) => {
            let Yaml::Map(entries) = &entry.value.value else { return None };
            let last = entries.last()?;
            if source.get(entry.value.span.range().start..)?.starts_with('{') {
                let at = end(source, &last.value)?;
                let pairs: Vec<String> = added.iter().map(pair).collect();
                TextEdit::new(at..at, format!(", {}", pairs.join(", ")))
            } else {
                let at = line_end(source, end(source, &last.value)?);
                TextEdit::new(at..at, lines(column(source, last.key_span.range().start)))
            }
        }
    };
    let text = applied(source, &[edit])?;
    let after = root(&path, &text, config)?;
    let is_there = |(from, to): &(String, String)| {
        let Yaml::Map(entries) = &field(&after, "redirects")?.value.value else { return None };
        entries.iter().find(|one| one.key == *from && texts(Some(&one.value)) == [to.as_str()])
    };
    let sound =
        added.iter().all(|one| is_there(one).is_some()) && others(&before) == others(&after);
    sound.then_some(text)
}

/// The YAML of `site.yaml`, or of a file's front matter.
fn root(path: &SourcePath, source: &str, config: &Config) -> Option<Node> {
    let (text, offset) = match path.as_str() {
        PATH => (source, 0),
        _ => {
            let front = split(source, config, &mut Faults::new(path)).0?;
            (front.value, front.span.range().start)
        }
    };
    yaml::parse(Excerpt { path, text, offset }, config.limits.depth).ok()
}

fn named<'n>(node: &'n Node, names: &[&str], found: &mut Vec<&'n Node>) {
    let Some((name, rest)) = names.split_first() else { return found.push(node) };
    match &node.value {
        Yaml::List(nodes) if *name == "*" => nodes.iter().for_each(|one| named(one, rest, found)),
        Yaml::Map(entries) => {
            let fits = |entry: &&Entry| *name == "*" || entry.key == *name;
            entries.iter().filter(fits).for_each(|one| named(&one.value, rest, found));
        }
        // A list of one may be written without its dash.
        Yaml::Text(_) if *name == "*" && rest.is_empty() => found.push(node),
        _ => {}
    }
}

/// The change of a value to another text, in the quotes that it has.
fn replaced(source: &str, node: &Node, text: &str, new: &str) -> TextEdit {
    let range = node.span.range();
    let written = source.get(range.clone()).unwrap_or("");
    match written.find(text) {
        Some(at) if written.len() <= text.len() + 2 => {
            TextEdit::new(range.start + at..range.start + at + text.len(), new)
        }
        _ => TextEdit::new(range, scalar(new, 0)),
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let text = |node: &Node| match &node.value {
        Yaml::Text(text) => Some(text.clone()),
        _ => None,
    };
    match node.map(|node| &node.value) {
        Some(Yaml::List(nodes)) => nodes.iter().filter_map(text).collect(),
        Some(_) => node.and_then(text).into_iter().collect(),
        None => Vec::new(),
    }
}

/// All that a move may not change.
fn others(root: &Node) -> Vec<(String, Value)> {
    let Yaml::Map(entries) = &root.value else { return Vec::new() };
    let kept = entries.iter().filter(|entry| !matches!(&*entry.key, "aliases" | "redirects"));
    kept.map(|entry| (entry.key.clone(), fields::plain(&entry.value))).collect()
}

/// An address as a value, also in a list between brackets.
fn quoted(address: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    match address.chars().all(is_plain) {
        true => address.to_owned(),
        false => serde_json::Value::from(address).to_string(),
    }
}

fn line_start(source: &str, at: usize) -> usize {
    at - column(source, at)
}

/// Behind the end of the line that `at` lies in.
fn line_end(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or("");
    rest.find('\n').map_or(source.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;

    fn config() -> Config {
        Config::fallback(SourcePath::new(PATH), Language::parse("en").unwrap())
    }

    fn aliased(front: &str, added: &[&str], taken: &str) -> Option<String> {
        let path = SourcePath::new("guides/al/x/en.md");
        let added: Vec<String> = added.iter().map(|one| (*one).to_owned()).collect();
        let source = format!("---\n{front}---\nText.\n");
        let text = with_aliases(&path, &source, &config(), &added, &|one| one == taken)?;
        Some(text.strip_prefix("---\n")?.strip_suffix("---\nText.\n")?.to_owned())
    }

    #[test]
    fn old_addresses_join_those_that_are_there() {
        for (front, added, expected) in [
            (
                "title: A # a\nplans: [prepaid]\n",
                &["/en/a/"][..],
                "title: A # a\naliases: [/en/a/]\nplans: [prepaid]\n",
            ),
            (
                "summary: S\ntitle: >\n  A\n  b\n",
                &["/a/", "/b/", "/c/"],
                "summary: S\ntitle: >\n  A\n  b\naliases:\n  - /a/\n  - /b/\n  - /c/\n",
            ),
            ("title: A\naliases: [/a/] # old\n", &["/b/"], "title: A\naliases: [/a/, /b/] # old\n"),
            (
                "title: A\naliases:\n- /a/ # first\ntags: [x]\n",
                &["/b/"],
                "title: A\naliases:\n- /a/ # first\n- /b/\ntags: [x]\n",
            ),
            (
                "title: A\naliases:\n    - \"/a/\"\n",
                &["/Café b/"],
                "title: A\naliases:\n    - \"/a/\"\n    - \"/Café b/\"\n",
            ),
            ("title: A\naliases: [/a/]\n", &["/a/"], "title: A\naliases: [/a/]\n"),
            (
                "title: A\r\nplans: [prepaid]\r\n",
                &["/a/"],
                "title: A\r\naliases: [/a/]\r\nplans: [prepaid]\r\n",
            ),
        ] {
            assert_eq!(aliased(front, added, "").as_deref(), Some(expected), "{front}");
        }
        for (front, added, expected) in [
            ("title: A\naliases: [/a/, /t/]\n", &["/b/"][..], "title: A\naliases: [/a/, /b/]\n"),
            (
                "title: A\naliases:\n  - /t/\n  - /a/\n",
                &["/b/"],
                "title: A\naliases:\n  - /a/\n  - /b/\n",
            ),
            (
                "title: A\naliases:\n  - /a/\n  - /t/\n",
                &["/b/"],
                "title: A\naliases:\n  - /a/\n  - /b/\n",
            ),
            ("title: A\naliases: [/t/]\nplans: [prepaid]\n", &[], "title: A\nplans: [prepaid]\n"),
        ] {
            assert_eq!(aliased(front, added, "/t/").as_deref(), Some(expected), "{front}");
        }
    }

    #[test]
    fn fields_that_name_a_place_follow_it() {
        let place = |text: &str| match text.strip_prefix("al/sim") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("al/cancel{rest}"),
            _ => text.to_owned(),
        };
        let site = "title: A\nnavigation: [al, \"/al/sim/\"] # al/sim\nexclude: [al/sim/notes/**, al/simple]\n\
                    lints: {todo: {except: ['al/sim/**']}}\nlogo: {file: al/sim/logo.svg}\nfonts: [{file: al/sim/a.woff2}]\n";
        let edits = moved_places(&SourcePath::new(PATH), site, &config(), &place);
        assert_eq!(edits.len(), 5, "{edits:?}");
        let edited = applied(site, &edits).unwrap();
        assert_eq!(
            edited,
            site.replace("al/sim", "al/cancel")
                .replace("al/cancelple", "al/simple")
                .replace("# al/cancel", "# al/sim")
        );
        let guide = "---\ntitle: A\nrelated: [al/sim, xk/sim]\n---\nal/sim\n";
        let edits = moved_places(&SourcePath::new("guides/x/en.md"), guide, &config(), &place);
        assert_eq!(applied(guide, &edits).unwrap(), guide.replace("[al/sim", "[al/cancel"));
    }

    #[test]
    fn redirects_join_those_that_are_there() {
        let added = [("/en/al/".to_owned(), "/en/albania/".to_owned())];
        for (site, expected) in [
            ("title: A", "title: A\nredirects:\n  /en/al/: /en/albania/\n"),
            (
                "redirects:\n    /x/: /en/y/ # why\ntitle: A\n",
                "redirects:\n    /x/: /en/y/ # why\n    /en/al/: /en/albania/\ntitle: A\n",
            ),
            ("redirects: {/x/: /en/y/}\n", "redirects: {/x/: /en/y/, /en/al/: /en/albania/}\n"),
        ] {
            assert_eq!(with_redirects(site, &config(), &added).as_deref(), Some(expected));
        }
        let goal = |text: &str| (text == "/en/y/").then(|| "/en/z/".to_owned());
        let site = "redirects: {/x/: \"/en/y/\", /v/: /en/w/}\n";
        let edits = moved_goals(site, &config(), &goal);
        assert_eq!(applied(site, &edits).unwrap(), site.replace("/en/y/", "/en/z/"));
    }

    #[test]
    fn the_comment_that_names_the_schema_leads_there_from_another_depth() {
        let text = "---\n# yaml-language-server: $schema=../../../schemas/guide.json\ntitle: A\n";
        let edit = schema_comment(text, "guides/al/sim/en.md", "guides/sim/en.md").unwrap();
        assert_eq!(applied(text, &[edit]).unwrap(), text.replace("../../../", "../../"));
        assert_eq!(schema_comment(text, "guides/al/sim/en.md", "guides/xk/sim/en.md"), None);
        assert_eq!(schema_comment("title: A", "guides/a/en.md", "guides/b/c/en.md"), None);
    }
}
