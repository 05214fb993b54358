//! Starts a translation: the original's words without its facts, each marked for replacement.

use crate::model::config::Config;
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::source::SourcePath;
use crate::parse::fields::Faults;
use crate::parse::front_matter::{self, split};
use crate::parse::yaml::{self, Entry, Excerpt, Node, Yaml};

/// The lists of a guide that contain items, and the lists within an item.
const LISTS: &[&str] =
    &["eligibility", "materials", "before", "steps", "warnings", "followups", "faq"];
const INNER: &[&str] = &["fields", "checks", "verify", "steps"];

/// The text of a new translation of the original at `path`, or `None` if its front matter cannot be read.
/// `comment` becomes the first line of the front matter.
pub fn untranslated(
    path: &SourcePath,
    source: &str,
    language: &Language,
    config: &Config,
    comment: &str,
) -> Option<String> {
    let (front, start) = split(source, config, &mut Faults::new(path));
    let front = front?;
    let excerpt = Excerpt { path, text: front.value, offset: front.span.start as usize };
    let root = yaml::parse(excerpt, config.limits.depth).ok()?;
    let original = front_matter::translation(path, source, language.clone(), config).value;
    let mut text = format!("---\n{comment}\n");
    for name in ["title", "summary"] {
        if let Some(words) = field(&root, name).and_then(words) {
            text.push_str(&format!("{name}: {}\n", marked(&words, 0)));
        }
    }
    text.push_str(&format!("translation: {{of: {language}}}\n"));
    let mut items = String::new();
    for list in LISTS.iter().filter_map(|name| field(&root, name)) {
        list_of(list, &mut items);
    }
    if !items.is_empty() {
        text.push_str("words:\n");
        text.push_str(&items);
    }
    text.push_str("---\n");
    text.push_str(&body(source, start, &original));
    Some(text)
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Yaml::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry: &&Entry| entry.key == name).map(|entry| &entry.value)
}

fn words(node: &Node) -> Option<String> {
    match &node.value {
        Yaml::Text(text) | Yaml::Number(text) => Some(text.trim_end().to_owned()),
        Yaml::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn list_of(node: &Node, text: &mut String) {
    let Yaml::List(list) = &node.value else { return };
    for item in list {
        if let Some(id) = field(item, "id").and_then(words) {
            let alt = field(item, "image").and_then(|image| field(image, "alt"));
            let own = ["title", "text", "remedy"].map(|name| (name, field(item, name)));
            let own = own.into_iter().chain([("alt", alt)]);
            let own = own.filter_map(|(name, node)| Some((name, node.and_then(words)?)));
            match own.collect::<Vec<_>>().as_slice() {
                [] => {}
                [("title", title)] => text.push_str(&format!("  {id}: {}\n", marked(title, 2))),
                own => {
                    text.push_str(&format!("  {id}:\n"));
                    for (name, words) in own {
                        text.push_str(&format!("    {name}: {}\n", marked(words, 4)));
                    }
                }
            }
        }
        for inner in INNER.iter().filter_map(|name| field(item, name)) {
            list_of(inner, text);
        }
    }
}

/// `TODO` and the words as a YAML value, below a key that is indented by `indent`.
fn marked(words: &str, indent: usize) -> String {
    if is_marked(words) { scalar(words, indent) } else { scalar(&format!("TODO {words}"), indent) }
}

/// Whether the original has a `TODO` there already. The translation then needs no second one.
fn is_marked(words: &str) -> bool {
    words.trim_start().starts_with("TODO")
}

/// A text as a YAML value, below a key that is indented by `indent`.
pub fn scalar(text: &str, indent: usize) -> String {
    if text.contains('\n') && !text.contains(['\r', '\t']) {
        let lines = text.lines().map(|line| match line {
            "" => String::new(),
            line => format!("\n{:1$}{line}", "", indent + 2),
        });
        let lines: Vec<String> =
            lines.map(|line| if line.is_empty() { "\n".to_owned() } else { line }).collect();
        return format!("|-{}", lines.concat());
    }
    let first = text.chars().next().is_some_and(|c| c.is_alphabetic());
    let plain = first
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.contains(char::is_control)
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        );
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// The body, with a mark in each part that is translated as one.
fn body(source: &str, start: usize, original: &Translation) -> String {
    let mut marks: Vec<(usize, &str)> = Vec::new();
    let lead = source.get(start..).unwrap_or("");
    if !original.wording.lead.is_empty() && !is_marked(lead) {
        marks.push((start + lead.len() - lead.trim_start().len(), "TODO\n\n"));
    }
    for section in &original.body.sections {
        let range = section.span.range();
        let heading = source.get(range.clone()).unwrap_or("");
        if section.id.is_some() {
            let words = heading.trim_start_matches('#').trim_start();
            if !is_marked(words) {
                marks.push((range.end - words.len(), "TODO "));
            }
        } else {
            // Links lead to an anchor made from the heading's words, so these stay, and the mark goes below.
            marks.push((range.start + heading.trim_end().len(), "\n\nTODO"));
        }
    }
    for note in &original.wording.footnotes.spans {
        let text = source.get(note.range()).unwrap_or("");
        if let Some(at) = text.find("]:") {
            marks.push((note.start as usize + at + 2, " TODO"));
        }
    }
    marks.sort_by_key(|(at, _)| *at);
    let mut text = String::new();
    let mut last = start;
    for (at, mark) in marks {
        text.push_str(source.get(last..at).unwrap_or(""));
        text.push_str(mark);
        last = at;
    }
    text.push_str(source.get(last..).unwrap_or(""));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_picture_shows_is_translated() {
        let german = Language::parse("de").unwrap();
        let config = Config::fallback(SourcePath::new("guides/site.yaml"), german.clone());
        let path = SourcePath::new("guides/a/en.md");
        let source = "---\ntitle: A\nsteps:\n  - {id: b, title: B, image: {file: c.png, alt: D}}\n  \
            - {id: e, image: {file: c.png, alt: F}}\n---\n## E {#e}\n";
        let text = untranslated(&path, source, &german, &config, "#").unwrap();
        let expected =
            "words:\n  b:\n    title: TODO B\n    alt: TODO D\n  e:\n    alt: TODO F\n---\n";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn a_text_is_written_as_plainly_as_yaml_allows() {
        assert_eq!(scalar("TODO a card", 2), "TODO a card");
        assert_eq!(scalar("TODO a: b", 2), "\"TODO a: b\"");
        assert_eq!(scalar("TODO a #b \"c\"", 2), "\"TODO a #b \\\"c\\\"\"");
        assert_eq!(scalar("TODO a\n\nb", 2), "|-\n    TODO a\n\n    b");
        assert_eq!(scalar("一", 0), "一");
        assert_eq!(scalar("1", 0), "\"1\"");
    }
}
