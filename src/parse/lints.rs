//! Reads what a site and its guides say about single lints.

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Severity};
use crate::model::globs::Globs;
use crate::model::lints::{Allow, LintRule};
use crate::model::span::Span;
use crate::model::suggest::suggest;
use crate::model::unit::is_in_fence;
use crate::model::vocabulary::LintLevel;
use crate::model::word_search::places;
use crate::parse::fields::{Faults, Fields, text, word};
use crate::parse::yaml::{Entry, Yaml};

/// Reads `lints` in `site.yaml`.
pub fn lints(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(node) = fields.node("lints") else { return };
    if Fields::open(node, "`lints`", faults).is_none() {
        return;
    }
    let Yaml::Map(entries) = &node.value else { return };
    for entry in entries {
        let Some(code) = code(&entry.key, entry.key_span, faults) else { continue };
        if let Some(rule) = rule(entry, code, faults) {
            config.lints.insert(code, rule);
        }
    }
}

fn rule(entry: &Entry, code: Code, faults: &mut Faults<'_>) -> Option<LintRule> {
    let node = &entry.value;
    let (level, except) = match &node.value {
        Yaml::Map(_) => {
            let mut fields = Fields::open(node, "a lint", faults)?;
            let level = fields.text("level", faults);
            let except = fields.texts("except", faults);
            fields.close(faults);
            (level, except)
        }
        _ => (Some(text(node, &entry.key, faults)?), Vec::new()),
    };
    for glob in &except {
        let (_, wrong) = Globs::new(std::slice::from_ref(&glob.value));
        for message in wrong {
            let hint = "write a pattern of paths from `guides/`, like `blog/**`";
            faults.hint(Code::BadValue, glob.span, message, hint);
        }
    }
    let level = match level {
        Some(level) => Some(word::<LintLevel>(&level, "level", faults)?),
        None => None,
    };
    if let Some(level) = &level
        && code.severity() == Severity::Note
        && level.value != LintLevel::Off
    {
        let message = format!("`{}` is a note: only the calendar makes it", entry.key);
        faults.hint(Code::BadValue, level.span, message, "write `off`, or take it out");
        return None;
    }
    let except = except.into_iter().map(|glob| glob.value).collect();
    Some(LintRule { level: level.map(|level| level.value), except })
}

/// The lint with this name; `None`, with a fault, if it cannot be set.
fn code(name: &str, span: Span, faults: &mut Faults<'_>) -> Option<Code> {
    let found = Code::ALL.iter().copied().find(|code| code.as_str() == name);
    let message = match found {
        Some(code) if code.is_lint() => return Some(code),
        Some(_) => format!("`{name}` is an error that nothing can turn off"),
        None => format!("`{name}` is no lint"),
    };
    let lints = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.as_str());
    let hint = match suggest(name, lints).filter(|_| found.is_none()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the name of a warning, as `check` shows it in brackets".to_owned(),
    };
    faults.hint(Code::BadValue, span, message, hint);
    None
}

const MARK: &str = "cicerone allow ";

/// The lines of a guide that allow a finding: comments of Markdown in the body, comments of YAML in the front
/// matter.
pub fn allows(source: &str, body: usize, faults: &mut Faults<'_>) -> Vec<Allow> {
    places(source, MARK).filter_map(|at| allow(source, at, body, faults)).collect()
}

fn allow(source: &str, at: usize, body: usize, faults: &mut Faults<'_>) -> Option<Allow> {
    let (head, tail) = source.split_at_checked(at)?;
    let start = head.rfind('\n').map_or(0, |end| end + 1);
    let line = head.get(start..)?;
    let opening = if at < body { "#" } else { "<!--" };
    let code_span = line.matches('`').count() % 2 == 1;
    if !line.trim_end().ends_with(opening) || code_span || (at >= body && is_in_fence(head)) {
        return None;
    }
    let line_end = at + tail.find('\n').unwrap_or(tail.len());
    let said = source.get(at..line_end)?;
    let said = said.split_once("-->").map_or(said, |(said, _)| said).trim_end();
    let span = Span::new(at, at + said.len());
    let (name, reason) =
        said.get(MARK.len()..)?.split_once(':').unwrap_or((said.get(MARK.len()..)?, ""));
    let code = code(name.trim(), span, faults)?;
    if reason.trim().is_empty() {
        let message = "nothing says why this is allowed";
        let hint = format!("write the reason behind a colon: `{MARK}{}: …`", code.as_str());
        faults.hint(Code::BadValue, span, message, hint);
        return None;
    }
    let below = source.get(line_end..)?;
    let words = below.split_inclusive('\n').scan(line_end, |end, line| {
        *end += line.len();
        Some((*end, line))
    });
    // Several of these lines may stand above the same place.
    let mut words = words.filter(|(_, line)| !line.trim().is_empty() && !line.contains(MARK));
    let end = words.next().map_or(source.len(), |(end, _)| end);
    Some(Allow { code, span, reach: Span::new(start, end) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;

    /// What each line reaches, and how many faults there are.
    fn read(source: &str) -> (Vec<String>, usize) {
        let path = SourcePath::new("guides/x/en.md");
        let mut faults = Faults::new(&path);
        let body = source.find("\n---\n").map_or(0, |at| at + 5);
        let allows = allows(source, body, &mut faults);
        let reach = |allow: Allow| source[allow.reach.range()].replace('\n', "|");
        (allows.into_iter().map(reach).collect(), faults.list.len())
    }

    #[test]
    fn a_line_reaches_the_next_one_with_words() {
        let own = "a <!-- cicerone allow not-nfc: Why. --> b";
        assert_eq!(read(&format!("{own}\n\nc\nd\n")).0, [format!("{own}||c|")]);
        let front = "---\n# cicerone allow todo: Why.\ntitle: TODO\nslug: x\n---\nText\n";
        assert_eq!(read(front).0, ["# cicerone allow todo: Why.|title: TODO|"]);
        let two = "<!-- cicerone allow todo: A. -->\n<!-- cicerone allow not-nfc: B. -->\nx\ny\n";
        let (reach, faults) = read(two);
        assert!(reach.iter().all(|one| one.ends_with("|x|")) && reach.len() == 2 && faults == 0);
    }

    #[test]
    fn only_a_comment_with_a_lint_and_a_reason_allows() {
        for text in [
            "```\n<!-- cicerone allow todo: Why. -->\n```\n",
            "see `<!-- cicerone allow todo: Why. -->`\n",
            "cicerone allow todo: Why.\n",
            "# cicerone allow todo: Why.\n",
        ] {
            assert_eq!(read(text), (Vec::new(), 0), "{text}");
        }
        for text in [
            "<!-- cicerone allow todo -->\n",
            "<!-- cicerone allow todo: -->\n",
            "<!-- cicerone allow toddo: Why. -->\n",
            "<!-- cicerone allow broken-link: Why. -->\n",
        ] {
            assert_eq!(read(text), (Vec::new(), 1), "{text}");
        }
    }
}
