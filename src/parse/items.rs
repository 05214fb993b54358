//! Reads the lists of a guide: conditions, materials, tasks, steps, warnings, questions.

use crate::model::date::{Cost, Duration};
use crate::model::diagnostic::Code;
use crate::model::guide::{
    ChannelChoice, Condition, Field, Item, Material, Step, Task, Verification, Warning,
};
use crate::model::id::{Id, OperatorId};
use crate::model::language::Language;
use crate::model::markup::{Inline, Links, Markup};
use crate::model::region::Region;
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::unit::Wording;
use crate::model::vocabulary::{BareLinks, ChannelKind, Choose, Effect, Gravity, Vocabulary};
use crate::parse::events::{Origin, Sink};
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::source_map::SourceMap;
use crate::parse::yaml::{Node, Yaml};
use crate::parse::{markdown, shape};

pub const DURATION: &str =
    "a number with `min`, `h`, `d`, `w`, `mo` or `y` (`30min`, `1-2d`), or `unknown`";
pub const COST: &str = "`free`, `unknown`, or an amount with its currency and no mark between thousands (`1000 ALL`, `0.5-2 EUR`)";
pub const WORD: &str = "lower-case letters, digits and `-`";
pub const OPERATOR: &str = "a country and a name, like `al/one`";

/// Reads the lists of a guide. The fields are what reading adds to, and what it needs.
pub struct ItemReader<'f, 'p> {
    pub faults: &'f mut Faults<'p>,
    pub links: &'f mut Links,
    pub regions: &'f mut Vec<Region>,
    /// The text of the whole file.
    pub source: &'f str,
    /// The languages of the site.
    pub languages: &'f [Language],
    pub bare_links: BareLinks,
}

impl<'p> ItemReader<'_, 'p> {
    pub fn conditions(&mut self, nodes: &[Node]) -> Vec<Condition> {
        self.list(nodes, "a condition", |reader, mut item, fields| {
            let effect = fields.word("effect", reader.faults).unwrap_or(Effect::Blocks);
            let remedy = fields.text("remedy", reader.faults);
            if let Some(remedy) = &remedy {
                item.wording.add(&remedy.value, remedy.span);
            }
            Condition { effect, remedy: remedy.map(|text| reader.line(&text)), item }
        })
    }

    pub fn materials(&mut self, nodes: &[Node]) -> Vec<Material> {
        self.list(nodes, "a material", |reader, item, fields| Material {
            term: fields.value("term", WORD, Id::parse, reader.faults),
            unless: fields.value("unless", WORD, Id::parse, reader.faults),
            optional: fields.flag("optional", reader.faults),
            places: fields.words("where", reader.faults),
            item,
        })
    }

    pub fn tasks(&mut self, nodes: &[Node]) -> Vec<Task> {
        self.list(nodes, "a task", |reader, item, fields| Task {
            optional: fields.flag("optional", reader.faults),
            after: reader.duration(fields, "after"),
            item,
        })
    }

    pub fn warnings(&mut self, nodes: &[Node]) -> Vec<Warning> {
        self.list(nodes, "a warning", |reader, item, fields| Warning {
            gravity: fields.word("severity", reader.faults).unwrap_or(Gravity::Caution),
            at: fields.value("at", WORD, Id::parse, reader.faults),
            item,
        })
    }

    /// Reads questions. One that is only an id has its words in the body.
    pub fn questions(&mut self, nodes: &[Node]) -> Vec<Item> {
        nodes.iter().filter_map(|node| self.question(node)).collect()
    }

    fn question(&mut self, node: &Node) -> Option<Item> {
        if let Yaml::Text(text) = &node.value
            && let Some(id) = Id::parse(text)
        {
            let id = Some(Located::new(id, node.span));
            return Some(Item { span: node.span, id, ..Item::default() });
        }
        self.list(std::slice::from_ref(node), "a question", |_, item, _| item).pop()
    }

    pub fn steps(&mut self, nodes: &[Node]) -> Vec<Step> {
        self.list(nodes, "a step", |reader, mut item, fields| Step {
            optional: fields.flag("optional", reader.faults),
            channels: reader.channels(fields),
            needs: fields.values("needs", WORD, Id::parse, reader.faults),
            duration: reader.duration(fields, "duration"),
            wait: reader.duration(fields, "wait"),
            cost: fields.value("cost", COST, Cost::parse, reader.faults).map(|cost| cost.value),
            fields: {
                let nodes = fields.list("fields", reader.faults);
                reader.form(nodes)
            },
            picture: reader.picture(fields, &mut item.wording),
            checks: {
                let nodes = fields.list("checks", reader.faults);
                reader.list(nodes, "a check", |_, item, _| item)
            },
            verify: {
                let nodes = fields.list("verify", reader.faults);
                reader.verifications(nodes)
            },
            steps: {
                let nodes = fields.list("steps", reader.faults);
                reader.steps(nodes)
            },
            choose: fields.word("choose", reader.faults).unwrap_or(Choose::All),
            item,
        })
    }

    fn form(&mut self, nodes: &[Node]) -> Vec<Field> {
        self.list(nodes, "a field", |reader, item, fields| Field {
            term: fields.value("term", WORD, Id::parse, reader.faults),
            optional: fields.flag("optional", reader.faults),
            item,
        })
    }

    fn verifications(&mut self, nodes: &[Node]) -> Vec<Verification> {
        self.list(nodes, "a verification", |reader, item, fields| Verification {
            reliability: fields.word("reliability", reader.faults),
            item,
        })
    }

    fn channels(&mut self, fields: &mut Fields<'_>) -> Vec<Located<ChannelChoice>> {
        let form = "a kind of channel (`phone`, `shop`, …) or one channel (`al/one#care`)";
        fields.values("channels", form, channel, self.faults)
    }

    pub fn duration(&mut self, fields: &mut Fields<'_>, name: &'static str) -> Option<Duration> {
        fields.value(name, DURATION, Duration::parse, self.faults).map(|duration| duration.value)
    }

    /// A text without quotes that YAML has cut at what it takes for a comment.
    pub fn judge_end(&mut self, text: &Located<String>) {
        let range = text.span.range();
        let (Some(written), Some(behind)) =
            (self.source.get(range.clone()), self.source.get(range.end..))
        else {
            return;
        };
        let line = behind.split(['\n', '\r']).next().unwrap_or("");
        let Some(comment) = line.strip_prefix(' ').filter(|rest| rest.starts_with('#')) else {
            return;
        };
        if written.starts_with(['"', '\'', '|', '>']) || written != text.value.trim() {
            return;
        }
        let whole = format!("{written} {}", comment.trim_end());
        let quoted = if whole.contains(['"', '\\']) {
            format!("'{}'", whole.replace('\'', "''"))
        } else {
            format!("\"{whole}\"")
        };
        let span = Span::new(range.end + 1, range.end + 1 + comment.trim_end().len());
        let message = "YAML takes this for a comment, and ends the text before it";
        let hint =
            format!("put the text between quotes: `{quoted}`; before a comment, put two spaces");
        self.faults.hint(Code::CommentInText, span, message, hint);
    }

    /// Notes a line that is shown as it is typed, and reports Markdown that was meant to be read.
    pub fn plain(&mut self, name: &str, line: &Located<String>) {
        self.judge_end(line);
        let Inline { html, .. } = markdown::inline(line, self.source, self.regions);
        let value = &line.value;
        if value.contains("<!--") {
            let message = format!("a comment stands in `{name}`, and is shown");
            let hint = "take it out; a comment in the front matter stands behind `#`, on a line of its own";
            self.faults.hint(Code::RawHtml, line.span, message, hint);
        }
        if html.contains("<strong>") {
            let message =
                format!("`{name}` has no Markdown: its signs are shown as they are typed");
            let hint = "write the words alone; bold words stand in the text below";
            self.faults.hint(Code::AlmostMarkdown, line.span, message, hint);
        }
    }

    /// Reads a line of inline Markdown.
    pub fn line(&mut self, text: &Located<String>) -> Inline {
        self.judge_end(text);
        if text.value.contains("](") {
            let message = "a link stands in a title";
            let hint = "put the link into the item's `text`; only the title's words are kept";
            self.faults.hint(Code::LinkInHeading, text.span, message, hint);
        }
        markdown::inline(text, self.source, self.regions)
    }

    /// Reads blocks of Markdown, which may have no headings of their own.
    pub fn blocks(&mut self, text: &Located<String>) -> Markup {
        self.judge_end(text);
        let sink = Sink {
            path: self.faults.path,
            links: self.links,
            bare_links: self.bare_links,
            diagnostics: &mut self.faults.list,
        };
        let map = SourceMap::new(&text.value, self.source, text.span);
        let origin = Origin::Within(text.span, map);
        let compiled = markdown::compile(&text.value, &origin, self.regions, sink);
        if !compiled.sections.is_empty() {
            let message = "a heading stands in a `text`";
            let hint = "put a text with headings into the body, below a heading with this id";
            self.faults.hint(Code::BadValue, text.span, message, hint);
        }
        compiled.lead
    }

    fn list<T>(
        &mut self,
        nodes: &[Node],
        what: &'static str,
        mut build: impl FnMut(&mut ItemReader<'_, 'p>, Item, &mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let mut list = Vec::with_capacity(nodes.len());
        for node in nodes {
            let plain;
            let node = match &node.value {
                // A plain text stands for an item that has only a title.
                Yaml::Text(_) | Yaml::Number(_) | Yaml::Bool(_) => {
                    plain = titled(node);
                    &plain
                }
                _ => match with_colon(node, what, self.source, self.faults) {
                    Some(title) => {
                        plain = title;
                        &plain
                    }
                    None => node,
                },
            };
            let mut reader = ItemReader {
                faults: self.faults,
                links: self.links,
                regions: self.regions,
                ..*self
            };
            let Some(mut fields) = Fields::open(node, what, reader.faults) else { continue };
            let item = reader.item(&mut fields);
            list.push(build(&mut reader, item, &mut fields));
            fields.close(self.faults);
        }
        list
    }

    fn item(&mut self, fields: &mut Fields<'_>) -> Item {
        let id = fields.value("id", WORD, Id::parse, self.faults);
        let title = fields.text("title", self.faults);
        let text = fields.text("text", self.faults);
        let wording = Wording::of([&title, &text]);
        let title = title.map(|text| self.line(&text));
        let text = text.map(|text| self.blocks(&text));
        let span = id.as_ref().map_or(fields.span, |id| id.span);
        Item {
            span,
            id,
            title,
            text,
            wording,
            confidence: fields.word("confidence", self.faults),
            sources: fields.values("source", WORD, Id::parse, self.faults),
            plans: fields.words("plans", self.faults),
            operators: fields.values("operators", OPERATOR, OperatorId::parse, self.faults),
        }
    }
}

/// The item that was meant where a text contains a colon and a space, so that YAML takes its first words for
/// a field.
fn with_colon(
    node: &Node,
    what: &'static str,
    source: &str,
    faults: &mut Faults<'_>,
) -> Option<Node> {
    let Yaml::Map(entries) = &node.value else { return None };
    let [entry] = &**entries else { return None };
    let is_text = matches!(entry.value.value, Yaml::Text(_) | Yaml::Number(_));
    let names =
        || shape::of(what).into_iter().flat_map(|shape| shape.fields).map(|field| field.name);
    let is_field = names().any(|name| name == entry.key) || suggest(&entry.key, names()).is_some();
    let written = source.get(entry.key_span.range().start..entry.value.span.range().end)?;
    if !is_text || is_field || written.contains(['\n', '"', '{']) {
        return None;
    }
    let message = "this text holds a colon and a space, which YAML takes for a field and its value";
    let hint = format!("put it between quotes: `- \"{written}\"`");
    let span = Span { start: entry.key_span.start, end: entry.value.span.end };
    faults.hint(Code::WrongType, span, message, hint);
    Some(titled(&Node { span, value: Yaml::Text(written.to_owned()) }))
}

/// The map `{title: …}` that a plain text stands for.
fn titled(node: &Node) -> Node {
    let entry = crate::parse::yaml::Entry {
        key: "title".to_owned(),
        key_span: node.span,
        value: node.clone(),
    };
    Node { span: node.span, value: Yaml::Map(vec![entry]) }
}

fn channel(text: &str) -> Option<ChannelChoice> {
    match text.split_once('#') {
        Some((operator, id)) => {
            Some(ChannelChoice::One(OperatorId::parse(operator)?, Id::parse(id)?))
        }
        None => ChannelKind::parse(text).map(ChannelChoice::Kind),
    }
}

/// A text that has to be a single line.
pub fn one_line(node: &Node, name: &str, faults: &mut Faults<'_>) -> Option<Located<String>> {
    let text = text(node, name, faults)?;
    let is_suspicious = |c: char| c.is_whitespace() && c != ' ';
    let is_line = text.value.trim() == text.value && !text.value.contains(is_suspicious);
    if is_line && !text.value.contains("  ") {
        return Some(text);
    }
    let line = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Located::new(line, text.span))
}
