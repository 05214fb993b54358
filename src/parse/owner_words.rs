//! Reads the owner's words that stand on every page: what is below it, and what is announced above it.

use std::sync::Arc;

use crate::model::config::MenuLink;
use crate::model::date::Date;
use crate::model::diagnostic::Code;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::markup::{Link, LinkKind, Links};
use crate::model::owner::{Banner, OwnerText};
use crate::model::source::SourcePath;
use crate::model::span::Located;
use crate::parse::events::{Compiled, Origin, Sink};
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::front_matter::{day, untitled};
use crate::parse::items::ItemReader;
use crate::parse::local;
use crate::parse::markdown;
use crate::parse::source_map::SourceMap;
use crate::parse::yaml::{Node, Yaml};

/// The words under a field; none where it is absent.
pub fn words(
    node: Option<&Node>,
    name: &str,
    source: &str,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> OwnerText {
    let mut words = OwnerText::default();
    let Some(node) = node else { return words };
    let read = |node: &Node, language: &Language, faults: &mut Faults<'_>| {
        let text = text(node, name, faults)?;
        Some(Arc::new(translation(&text, name, language, (source, languages), faults)))
    };
    let Some(first) = languages.first() else { return words };
    let Yaml::Map(entries) = &node.value else {
        words.default = read(node, first, faults);
        return words;
    };
    for entry in entries {
        if entry.key == "default" {
            words.default = read(&entry.value, first, faults);
        } else if let Some(language) = local::language(entry, languages, faults)
            && let Some(text) = read(&entry.value, &language, faults)
        {
            words.by_language.insert(language, text);
        }
    }
    words
}

pub fn banner(
    fields: &mut Fields<'_>,
    source: &str,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Option<Banner> {
    let node = fields.node("banner")?;
    let mut banner = Fields::open(node, "the `banner`", faults)?;
    if banner.node("text").is_none() {
        banner.required("text", faults);
    }
    let text = words(banner.node("text"), "text", source, languages, faults);
    let until: Option<Located<Date>> =
        banner.value("until", "a day, like `2027-06-30`", day, faults);
    banner.close(faults);
    (!text.is_empty()).then_some(Banner { text, until })
}

/// The links of the menu.
pub fn menu(menu: &[MenuLink], language: &Language, path: &SourcePath) -> Option<Arc<Translation>> {
    let mut translation = empty(language, path);
    for MenuLink { url, .. } in menu {
        let link = Link { target: &url.value, kind: LinkKind::Link, span: url.span };
        translation.links.push(link);
    }
    (!menu.is_empty()).then(|| Arc::new(translation))
}

/// As if it were the text of the home page, so that its links lead from the top.
fn translation(
    text: &Located<String>,
    name: &str,
    language: &Language,
    (source, languages): (&str, &[Language]),
    faults: &mut Faults<'_>,
) -> Translation {
    let (mut links, mut regions) = (Links::default(), Vec::new());
    let path = faults.path.clone();
    let mut reader =
        ItemReader { faults, links: &mut links, regions: &mut regions, source, languages };
    reader.judge_end(text);
    let sink = Sink { path: &path, links: reader.links, diagnostics: &mut reader.faults.list };
    let origin = Origin::Within(text.span, SourceMap::new(&text.value, source, text.span));
    let Compiled { lead, sections, .. } =
        markdown::compile(&text.value, &origin, reader.regions, sink);
    if !sections.is_empty() {
        let message = format!("a heading stands in `{name}`");
        let hint = "take the `#` out: these words have no headings";
        reader.faults.hint(Code::BadValue, text.span, message, hint);
    }
    let mut translation = empty(language, &path);
    translation.body.lead = lead;
    translation.links = links;
    translation
}

fn empty(language: &Language, path: &SourcePath) -> Translation {
    let home = GuideId::parse("").unwrap_or_else(|| unreachable!("the home page has an id"));
    Translation { readable: true, ..untitled(home, language.clone(), path) }
}
