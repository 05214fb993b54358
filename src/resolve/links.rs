//! Finds where every link leads, and reports broken links and anchors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Translation;
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::markup::{Link, LinkKind, Links};
use crate::model::percent::decode_parts;
use crate::model::site::{Edition, PageKey, Site, Target};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::model::suggest::Suggester;
use crate::model::unpublished::PublishState;
use crate::resolve::parts::{Absence, Diagnostics, LeftOut};

/// What is needed to find where links lead.
pub struct Finder<'a> {
    pub site: &'a Site,
    pub left_out: &'a LeftOut,
    pub refused: &'a BTreeSet<SourcePath>,
    pub suggester: &'a Suggester,
    pub diagnostics: &'a mut Diagnostics,
}

/// Where the links of each edition lead, in the order of the languages.
pub type Targets = Vec<Arc<[Target]>>;

/// Stores the targets. The links of a converted text lead where those of its source do.
pub fn put(targets: Targets, editions: &mut BTreeMap<Language, Edition>) {
    for (edition, targets) in editions.values_mut().zip(targets) {
        edition.targets = targets;
    }
    let converted = editions.iter().filter_map(|(language, edition)| {
        let from = editions.get(edition.converted_from.as_ref()?)?;
        Some((language.clone(), from.targets.clone()))
    });
    for (language, targets) in converted.collect::<Vec<_>>() {
        if let Some(edition) = editions.get_mut(&language) {
            edition.targets = targets;
        }
    }
}

impl Finder<'_> {
    pub fn targets(&mut self, editions: &BTreeMap<Language, Edition>) -> Targets {
        let mut all = Targets::new();
        let none = Links::default();
        let mut before = &none;
        for edition in editions.values() {
            let text = &*edition.text;
            let links = if edition.converted_from.is_some() { &none } else { &text.links };
            // Most links lead to the same place as the link in the same position in the previous language.
            let known = all.last().cloned().unwrap_or_default();
            let known_target = |(index, link): (usize, &Link<'_>)| {
                let target = known.get(index).filter(|target| target.is_of_all_languages())?;
                before.get(index).filter(|other| other.is_like(link)).map(|_| target)
            };
            let is_known = |(index, link)| known_target((index, &link)).is_some();
            let all_known = links.len() == known.len() && links.iter().enumerate().all(is_known);
            let target = |(index, link)| match known_target((index, &link)) {
                Some(target) => target.clone(),
                None => self.target(text, &link),
            };
            let targets = match all_known {
                true => known.clone(),
                false => links.iter().enumerate().map(target).collect(),
            };
            all.push(targets);
            before = links;
        }
        all
    }

    fn target(&mut self, text: &Translation, link: &Link<'_>) -> Target {
        let target = link.target;
        if target.is_empty() {
            return Target::Nowhere;
        }
        if has_scheme(target) || target.starts_with("//") {
            return Target::Elsewhere;
        }
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => {
                (path, Some(decode_parts(anchor)).filter(|one| !one.is_empty()))
            }
            None => (target, None),
        };
        let path = decode_parts(path.split('?').next().unwrap_or(path));
        if path.is_empty() {
            return self.here(text, link, &anchor.unwrap_or_default());
        }
        let Some(file) = place(text.guide.as_str(), &path) else {
            let message = format!("`{target}` leads out of `guides/`");
            let hint = "link to a guide or a file below `guides/`".to_owned();
            return self.broken(Code::BrokenLink, text, link, message, hint);
        };
        let place = file.strip_prefix("guides/").unwrap_or("");
        if let Some(route) = self.site.routes.files.get(file.as_str()) {
            let size = self.site.routes.sizes.get(file.as_str()).copied();
            return Target::File(route.url.clone(), size);
        }
        // The fault of the file has already been reported.
        if self.refused.contains(file.as_str()) {
            return Target::Nowhere;
        }
        let page = if link.kind == LinkKind::Image { None } else { self.page(place) };
        match page {
            Some(page) => self.anchored(text, link, page, anchor.as_deref()),
            None => self.nothing_there(text, link, place, &path),
        }
    }

    fn here(&mut self, text: &Translation, link: &Link<'_>, anchor: &str) -> Target {
        let known = match self.site.guides.get(&text.guide) {
            Some(guide) => guide.has_anchor(&text.language, anchor),
            None => {
                let edition = self.site.folder_edition(&text.guide, &text.language);
                edition.is_some_and(|edition| edition.has_anchor(anchor))
            }
        };
        if known || anchor.is_empty() {
            return Target::Here(anchor.into());
        }
        self.no_anchor(text, link, &text.guide.clone(), anchor)
    }

    /// The page that a path below `guides/` names, with or without the file of a language.
    fn page(&self, place: &str) -> Option<PageKey> {
        let place = match place.rsplit_once('/') {
            Some((folder, file)) if file.ends_with(".md") => folder,
            None if place.ends_with(".md") => "",
            _ => place,
        };
        if place.is_empty() {
            return Some(PageKey::Home);
        }
        if let Some((id, _)) = self.site.guides.get_key_value(place) {
            return Some(PageKey::Guide(id.clone()));
        }
        if let Some((id, _)) = self.site.folders.get_key_value(place) {
            return Some(PageKey::Folder(id.clone()));
        }
        let key = match place.split_once('/') {
            None if place == "operators" => PageKey::Operators,
            None if place == "tags" => PageKey::Tags,
            None if place == "glossary" => PageKey::Glossary,
            None if place == "a-z" => PageKey::Index,
            None if place == "translations" => PageKey::Translations,
            Some(("operators", operator)) => {
                PageKey::Operator(OperatorId::parse(operator.trim_end_matches(".yaml"))?)
            }
            Some(("tags", tag)) => PageKey::Tag(Id::parse(tag)?),
            _ => return None,
        };
        self.site.routes.pages.get_key_value(&key).map(|(key, _)| key.clone())
    }

    fn anchored(
        &mut self,
        text: &Translation,
        link: &Link<'_>,
        page: PageKey,
        anchor: Option<&str>,
    ) -> Target {
        let routes = self.site.routes.pages.get(&page).cloned().unwrap_or_default();
        let Some(anchor) = anchor else {
            return Target::Page { page, routes, anchor: None };
        };
        let known = match &page {
            PageKey::Guide(id) => self
                .site
                .guides
                .get(id)
                .is_some_and(|guide| guide.has_anchor(&text.language, anchor)),
            PageKey::Folder(id) => {
                let edition = self.site.folder_edition(id, &text.language);
                edition.is_some_and(|edition| edition.has_anchor(anchor))
            }
            PageKey::Glossary => self.site.registry.terms.contains_key(anchor),
            PageKey::Operator(id) => self.site.registry.operators.get(id).is_some_and(|operator| {
                operator.channels.iter().any(|channel| channel.id.value.as_str() == anchor)
            }),
            _ => false,
        };
        if known {
            return Target::Page { page, routes, anchor: Some(anchor.into()) };
        }
        match page {
            PageKey::Guide(id) | PageKey::Folder(id) => self.no_anchor(text, link, &id, anchor),
            _ => {
                let message = format!("the page has no heading `#{anchor}`");
                let hint = "take the part after `#` out".to_owned();
                self.broken(Code::BrokenAnchor, text, link, message, hint)
            }
        }
    }

    fn no_anchor(
        &mut self,
        text: &Translation,
        link: &Link<'_>,
        id: &GuideId,
        anchor: &str,
    ) -> Target {
        let guide = self.site.guides.get(id);
        if guide.is_some_and(|guide| !guide.original.text.readable) {
            return Target::Nowhere;
        }
        let edition = guide
            .map(|guide| guide.edition(&text.language))
            .or_else(|| self.site.folder_edition(id, &text.language));
        let sections = edition.iter().flat_map(|one| &one.text.body.sections);
        let items = guide.iter().flat_map(|guide| &guide.items).map(Id::as_str);
        let known = sections.map(|one| &*one.anchor).chain(items);
        let hint = match self.suggester.suggest(anchor, known.clone()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => match listed(known) {
                listed if listed.is_empty() => "the page has no headings".to_owned(),
                listed => format!("the page has {listed}"),
            },
        };
        let name = match id.as_str() {
            _ if *id == text.guide => "this page".to_owned(),
            "" => "the home page".to_owned(),
            id => format!("`{id}`"),
        };
        let message = format!("{name} has no heading `#{anchor}`");
        self.broken(Code::BrokenAnchor, text, link, message, hint)
    }

    fn nothing_there(
        &mut self,
        text: &Translation,
        link: &Link<'_>,
        place: &str,
        path: &str,
    ) -> Target {
        let what = if link.kind == LinkKind::Image { "file" } else { "guide" };
        let extension = place.rsplit_once('/').map_or(place, |(_, name)| name).contains('.');
        let folder = match place.rsplit_once('/') {
            Some((folder, file)) if file.ends_with(".md") => folder,
            _ => place,
        };
        let hint = match self.left_out.get(folder) {
            Some(Absence::Draft) => {
                "it is a draft; take `draft: true` out of it, or the link out of this guide"
                    .to_owned()
            }
            Some(Absence::Day(why)) => {
                self.diagnostics.push(unpublished(&text.path, link.span, folder, *why));
                return Target::Nowhere;
            }
            None => self.near(text, link.kind, place, path),
        };
        let message = if extension || what == "file" {
            format!("there is no file `{place}`")
        } else {
            format!("no guide is called `{place}`")
        };
        self.broken(Code::BrokenLink, text, link, message, hint)
    }

    /// The nearest thing that exists, written as the writer would: relatively or from the top.
    fn near(&self, text: &Translation, kind: LinkKind, place: &str, path: &str) -> String {
        let guides = self.site.guides.keys().chain(self.site.folders.keys()).map(GuideId::as_str);
        let files =
            self.site.routes.files.keys().filter_map(|file| file.as_str().strip_prefix("guides/"));
        let known = guides.chain(files);
        let operator = place.strip_prefix("operators/").and_then(|operator| {
            let known = self.site.registry.operators.keys().map(OperatorId::as_str);
            Some(format!("operators/{}", self.suggester.suggest(operator, known)?))
        });
        let near = operator.or_else(|| Some(self.suggester.suggest(place, known)?.to_owned()));
        let Some(near) = near else {
            if kind == LinkKind::Image {
                return "put the file beside the guide, or correct its name".to_owned();
            }
            return "a link leads to a guide by its folder (`../port-number/`), or to a file beside".to_owned();
        };
        if path.starts_with('/') {
            return format!("did you mean `/{near}`?");
        }
        let slash = if path.ends_with('/') { "/" } else { "" };
        format!("did you mean `{}{slash}`?", relative(text.guide.as_str(), &near))
    }

    fn broken(
        &mut self,
        code: Code,
        text: &Translation,
        link: &Link<'_>,
        message: String,
        hint: String,
    ) -> Target {
        self.diagnostics.push(Diagnostic::new(code, message).at(&text.path, link.span).hint(hint));
        Target::Nowhere
    }
}

/// A link to a guide that readers do not have today. Only the calendar made it so: it stops nothing.
pub fn unpublished(path: &SourcePath, span: Span, id: &str, why: PublishState) -> Diagnostic {
    let hint = match why {
        PublishState::Coming(_) => "until that day readers see its words without a link",
        PublishState::Over(_) => {
            "readers see its words without a link; take it out, or let it lead elsewhere"
        }
    };
    let message = format!("`{id}` {}", why.words());
    Diagnostic::new(Code::PublicationDate, message).at(path, span).hint(hint)
}

pub fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The path that `path` means in a page of `folder`, starting with `guides`; `None` if it leads out.
pub fn place(folder: &str, path: &str) -> Option<String> {
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut place = String::with_capacity("guides//".len() + folder.len() + path.len());
    place.push_str("guides");
    if !folder.is_empty() {
        place.push('/');
        place.push_str(folder);
    }
    let mut path = path;
    // Most links begin like this.
    while let Some(rest) = path.strip_prefix("../") {
        place.truncate(place.rfind('/')?);
        path = rest;
    }
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => place.truncate(place.rfind('/')?),
            segment => {
                place.push('/');
                place.push_str(segment);
            }
        }
    }
    Some(place)
}

/// How a file in the folder `from` writes a link to `to`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|segment| !segment.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let down = to.iter().skip(shared).copied();
    let path = up.chain(down).collect::<Vec<_>>().join("/");
    // For a link from a guide to itself, an empty path with a slash would lead to the home page.
    if path.is_empty() { ".".to_owned() } else { path }
}

fn listed<'a>(mut anchors: impl Iterator<Item = &'a str>) -> String {
    let shown: Vec<String> =
        anchors.by_ref().take(8).map(|anchor| format!("`#{anchor}`")).collect();
    let more = if anchors.next().is_some() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
