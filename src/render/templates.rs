//! The template engine: compiles a theme's templates and draws views with them.

use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::{Context, ErrorKind, ReportError, Tera, Value};

use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::fingerprint::Quick;
use crate::model::markup::is_plain;
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::model::theme::Theme;
use crate::render::template_hints::hint;

/// Compiled templates, which every thread may read.
pub struct Templates<'a> {
    tera: Tera,
    theme: &'a Theme,
}

/// A finished value that many pages share, with its Markdown if a twin shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    value: Value,
    /// A hash of what the value was made from, because the engine's values have no hash of their own.
    hash: u64,
    markdown: Arc<str>,
}

impl Shared {
    pub fn new(view: &(impl Serialize + Hash)) -> Shared {
        let mut hasher = Quick::default();
        view.hash(&mut hasher);
        let (value, hash) = (Value::from_serializable(view), hasher.finish());
        Shared { value, hash, markdown: Arc::default() }
    }

    pub fn with_markdown(self, markdown: String) -> Shared {
        Shared { markdown: markdown.into(), ..self }
    }

    pub fn markdown(&self) -> &str {
        &self.markdown
    }
}

impl Hash for Shared {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.hash.hash(hasher);
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes such a value unchanged.
        self.value.serialize(serializer)
    }
}

/// Finished HTML, which templates write as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Html(String);

impl From<String> for Html {
    fn from(html: String) -> Html {
        Html(html)
    }
}

impl Deref for Html {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

pub fn templates(theme: &Theme) -> Outcome<Templates<'_>> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    tera.set_escape_fn(escape);
    let mut diagnostics = Vec::new();
    if let Err(error) = tera.set_fallback_prefixes(["default/"]) {
        diagnostics.push(fault(theme, None, &error));
    }
    let texts = theme.templates.iter().map(|(name, template)| (name.as_str(), &*template.text));
    if let Err(error) = tera.add_raw_templates(texts) {
        diagnostics.extend(faults(theme, &error));
    }
    Outcome::new(Templates { tera, theme }, diagnostics)
}

impl Templates<'_> {
    /// The text of the template `name`, drawn with the values under their names, in UTF-8.
    pub fn draw(
        &self,
        name: &str,
        shared: &[(&'static str, &Shared)],
    ) -> Result<Vec<u8>, Diagnostic> {
        self.write(name, context(shared))
    }

    /// The same, with one more value that is not shared.
    pub fn draw_with(
        &self,
        name: &str,
        shared: &[(&'static str, &Shared)],
        (key, own): (&'static str, &impl Serialize),
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut context = context(shared);
        context.insert(key, own);
        self.write(name, context)
    }

    fn write(&self, name: &str, context: Context) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(32 << 10);
        self.tera
            .render_to(name, &context, &mut bytes)
            .map_err(|error| fault(self.theme, Some(name), &error))?;
        Ok(bytes)
    }
}

fn context(shared: &[(&'static str, &Shared)]) -> Context {
    let mut context = Context::new();
    for (key, shared) in shared {
        context.insert_value(*key, shared.value.clone());
    }
    context
}

/// Escapes as the engine would by itself, but faster where there is nothing to escape.
fn escape(text: &str, html: &mut dyn Write) -> io::Result<()> {
    if is_plain(text) { html.write_all(text.as_bytes()) } else { tera::escape_html(text, html) }
}

/// Every fault that was found in the templates while compiling them. The engine joins several into one
/// text.
fn faults(theme: &Theme, error: &tera::Error) -> Vec<Diagnostic> {
    let text = match error.kind() {
        ErrorKind::Msg(text) => format!("\n{text}"),
        _ => String::new(),
    };
    let reports: Vec<Diagnostic> =
        text.split("\nerror: ").skip(1).filter_map(|report| reported(theme, report)).collect();
    if reports.is_empty() { vec![fault(theme, None, error)] } else { reports }
}

/// Reads a report of the engine, which is text: a message, and below it `--> name:line:column`.
fn reported(theme: &Theme, report: &str) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let told = lines.next()?;
    let (_, place) = lines.next()?.split_once("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let text = &theme.templates.get(name)?.text;
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let within: usize =
        text.get(start..)?.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    let span = Span::new(start + within, start + within);
    let diagnostic = Diagnostic::new(Code::TemplateError, message(told)).hint(hint(theme, told));
    Some(diagnostic.at(&path(theme, name), span))
}

/// A fault of the engine as a diagnostic; `drawn` is the template that was being drawn.
fn fault(theme: &Theme, drawn: Option<&str>, error: &tera::Error) -> Diagnostic {
    let (name, word) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            return placed(theme, report);
        }
        ErrorKind::MissingParent { current, parent } => (Some(current.as_str()), parent.as_str()),
        ErrorKind::CircularExtend { tpl, .. } => (Some(tpl.as_str()), "extends"),
        ErrorKind::CircularInclude { tpl, .. } => (Some(tpl.as_str()), "include"),
        ErrorKind::TemplateNotFound(missing) => (drawn, missing.as_str()),
        _ => (drawn, ""),
    };
    let told = error.to_string();
    let diagnostic = Diagnostic::new(Code::TemplateError, message(&told)).hint(hint(theme, &told));
    let Some(name) = name else { return diagnostic };
    // The place where the template names what is missing, or what leads back to itself.
    let text = theme.templates.get(name).map_or("", |template| &template.text);
    let span = match text.find(word).filter(|_| !word.is_empty()) {
        Some(at) => Span::new(at, at + word.len()),
        None => Span::default(),
    };
    diagnostic.at(&path(theme, name), span)
}

/// The file that a template was read from.
fn path(theme: &Theme, name: &str) -> SourcePath {
    let path = theme.templates.get(name).and_then(|template| template.path.clone());
    path.unwrap_or_else(|| {
        let name = name.strip_prefix("default/").unwrap_or(name);
        SourcePath::new(&format!("themes/default/templates/{name}"))
    })
}

fn placed(theme: &Theme, report: &ReportError) -> Diagnostic {
    let path = path(theme, report.filename());
    let range = report.span().range.clone();
    Diagnostic::new(Code::TemplateError, message(report.message()))
        .at(&path, Span::new(range.start, range.end))
        .hint(hint(theme, report.message()))
}

/// A message on one line, beginning in lower case, as our messages do.
fn message(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "the template cannot be drawn".to_owned(),
    }
}

pub type TemplateFaults = Vec<Diagnostic>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::template_hints::{FILTERS, FUNCTIONS, TESTS};

    /// What the engine says of a template.
    fn told(text: &str) -> String {
        let mut tera = Tera::new();
        tera.add_raw_template("a", text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn hints_name_what_the_engine_has() {
        let texts = FILTERS.iter().map(|name| format!("{{{{ a | {name} }}}}"));
        let tests = TESTS.iter().map(|name| format!("{{% if a is {name} %}}{{% endif %}}"));
        let functions = FUNCTIONS.iter().map(|name| format!("{{{{ {name}() }}}}"));
        for text in texts.chain(tests).chain(functions) {
            assert!(!told(&text).contains("Unknown"), "{text}: {}", told(&text));
        }
        assert!(told("{{ a | shout }}").contains("Unknown filter"));
    }
}
