//! Links what a page shows to the place in the sources where it is written.

use std::collections::BTreeMap;

use crate::model::markup::escape;
use crate::model::percent;
use crate::serve::editor_api::{Places, Spot};

pub const PEN: &str = include_str!("pen.svg");

/// The text editor that the reader uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// An address with the placeholders `{file}`, `{line}` and `{column}`.
    pub template: String,
    /// The project's folder.
    pub folder: String,
}

impl Editor {
    /// The address that opens a place in the editor.
    pub fn address(&self, spot: &Spot) -> String {
        let file = percent::encode(&format!("{}/{}", self.folder, spot.file));
        self.template
            .replace("{line}", &spot.line.max(1).to_string())
            .replace("{column}", &spot.column.max(1).to_string())
            .replace("{file}", &file)
    }

    /// The links for the script, which puts one into each element that has a place. This is JSON that
    /// holds, by the element's id, the address and the words of its link.
    pub fn links(&self, places: &Places) -> String {
        let link = |spot: &Spot| [self.address(spot), format!("{}:{}", spot.file, spot.line)];
        let links = places.parts.iter().map(|(id, spot)| (id.as_str(), link(spot)));
        serde_json::json!(links.collect::<BTreeMap<_, _>>()).to_string()
    }

    /// A link with this class; `words` may be empty if the class draws something.
    pub fn link(&self, spot: &Spot, class: &str, words: &str) -> String {
        let Spot { file, line, .. } = spot;
        let place = escape(&format!("{file}:{line}"));
        let label = match words {
            "" => format!(" aria-label=\"Edit {place}\""),
            _ => String::new(),
        };
        let address = escape(&self.address(spot));
        format!(
            "<a class=\"{class}\" href=\"{address}\" title=\"{place}\"{label} lang=\"en\" dir=\"ltr\">{words}</a>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;

    fn spot(line: usize) -> Spot {
        Spot { file: SourcePath::new("guides/注/en.md"), line, column: 0 }
    }

    fn editor(template: &str) -> Editor {
        Editor { template: template.to_owned(), folder: "/a b".to_owned() }
    }

    #[test]
    fn an_editors_address_is_filled_in_and_encoded() {
        let editor = editor("vscode://file{file}:{line}:{column}");
        assert_eq!(editor.address(&spot(3)), "vscode://file/a%20b/guides/%E6%B3%A8/en.md:3:1");
        let parts = [("a".to_owned(), spot(1)), ("b".to_owned(), spot(2))];
        let places = Places { parts: parts.into(), ..Places::default() };
        let expected = r#"{"a":["vscode://file/a%20b/guides/%E6%B3%A8/en.md:1:1","guides/注/en.md:1"],"b":["vscode://file/a%20b/guides/%E6%B3%A8/en.md:2:1","guides/注/en.md:2"]}"#;
        assert_eq!(editor.links(&places), expected);
    }
}
