//! What a move of a guide or a section changes: paths, and the links that have to lead to the new place.

use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::markup::Link;
use crate::model::percent::{decode_parts, encode};
use crate::model::site::{Edition, Site};
use crate::model::source::SourcePath;
use crate::model::text_edit::TextEdit;
use crate::resolve::links::{has_scheme, place, relative};

/// A folder below `guides/`, and where it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relocation {
    pub from: GuideId,
    pub to: GuideId,
}

/// A link whose address stands in the file in another form than it is read, so that nothing can be put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedLink {
    pub path: SourcePath,
    /// Where the link begins, in bytes.
    pub start: usize,
    /// What has to be written there.
    pub target: String,
}

impl Relocation {
    /// Where what is at `place`, below `guides/`, will be.
    pub fn place(&self, place: &str) -> String {
        match place.strip_prefix(self.from.as_str()) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", self.to),
            _ => place.to_owned(),
        }
    }

    /// Where the file will be.
    pub fn path(&self, path: &SourcePath) -> SourcePath {
        let place = path.as_str().strip_prefix("guides/").map(|place| self.place(place));
        place.map_or_else(|| path.clone(), |place| SourcePath::new(&format!("guides/{place}")))
    }

    /// The id that a guide or section will have.
    pub fn id(&self, id: &GuideId) -> GuideId {
        GuideId::parse(&self.place(id.as_str())).unwrap_or_else(|| id.clone())
    }

    /// What a link of a page in `folder` has to be, where it cannot stay as it is.
    pub fn target(&self, folder: &str, target: &str) -> Option<String> {
        if has_scheme(target) || target.starts_with("//") {
            return None;
        }
        let end = target.find(['?', '#']).unwrap_or(target.len());
        let (written, behind) = target.split_at_checked(end)?;
        if written.is_empty() {
            return None;
        }
        let path = decode_parts(written);
        let old = place(folder, &path)?;
        let new = self.place(old.strip_prefix("guides/").unwrap_or(""));
        let folder = self.place(folder);
        if place(&folder, &path).is_some_and(|stays| stays.strip_prefix("guides/") == Some(&new)) {
            return None;
        }
        let mut address = match path.starts_with('/') {
            true => format!("/{new}"),
            false => relative(&folder, &new),
        };
        if path.ends_with('/') && !address.ends_with('/') {
            address.push('/');
        }
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
        if written.contains('%') || !address.chars().all(is_plain) {
            address = encode(&address);
        }
        Some(address + behind)
    }

    /// What every file of the site has to be changed to for its links, by the old paths; and the links that cannot be.
    pub fn links<'s>(
        &self,
        site: &'s Site,
        text: &dyn Fn(&SourcePath) -> Option<&'s str>,
    ) -> (Vec<(SourcePath, TextEdit)>, Vec<FixedLink>) {
        let (mut edits, mut fixed) = (Vec::new(), Vec::new());
        for page in written_pages(site) {
            let Some(source) = text(&page.path) else { continue };
            for link in page.links.iter() {
                let Some(target) = self.target(page.guide.as_str(), link.target) else { continue };
                let found = places(source, &link);
                for start in &found {
                    let edit = TextEdit::new(*start..start + link.target.len(), target.clone());
                    edits.push((page.path.clone(), edit));
                }
                if found.is_empty() {
                    let start = link.span.range().start;
                    fixed.push(FixedLink { path: page.path.clone(), start, target });
                }
            }
        }
        (edits, fixed)
    }
}

/// Every file that somebody wrote, also of guides that readers do not have today, and the owner's words.
pub fn written_pages(site: &Site) -> impl Iterator<Item = &Translation> {
    let own = |edition: &&Edition| edition.converted_from.is_none();
    let today = site.guides.values().map(|guide| &**guide);
    let other = site.unpublished.values().map(|one| &*one.guide);
    let guides = today.chain(other).flat_map(|guide| guide.translations.values());
    let sections = site.folders.values().flat_map(|folder| folder.words.values());
    let owner = site.owner.footer.values().chain(site.owner.banner.values());
    let editions = guides.chain(sections).chain(owner).filter(own).map(|edition| &*edition.text);
    editions.chain(site.config.owner.menu.as_deref())
}

/// Where the address of a link stands in its file: in the link, or where a reference is defined.
fn places(source: &str, link: &Link<'_>) -> Vec<usize> {
    let range = link.span.range();
    let written = source.get(range.clone()).unwrap_or("");
    if written == link.target {
        return vec![range.start];
    }
    // A value of the front matter, or a link in pointed brackets.
    let inner: Vec<usize> = written.match_indices(link.target).map(|(at, _)| at).collect();
    if let [at] = &*inner {
        return vec![range.start + at];
    }
    defined(source, link.target)
}

/// Where `[…]: target` stands.
fn defined(source: &str, target: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        if let Some((_, behind)) = bare.split_once("]:").filter(|_| bare.starts_with('[')) {
            let words = behind.trim_start().trim_start_matches('<');
            let is_whole =
                |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', '>']);
            if words.strip_prefix(target).is_some_and(is_whole) {
                places.push(start + line.len() - words.len());
            }
        }
        start += line.len();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(from: &str, to: &str) -> Relocation {
        Relocation { from: GuideId::parse(from).unwrap(), to: GuideId::parse(to).unwrap() }
    }

    #[test]
    fn a_link_leads_to_the_same_place_after_the_move() {
        for (folder, target, expected) in [
            // Of other pages.
            ("al/port", "../sim/", Some("../cancel/")),
            ("al/port", "../sim", Some("../cancel")),
            ("al/port", "../sim/sq.md#ask", Some("../cancel/sq.md#ask")),
            ("al/port", "/al/sim/?a#b", Some("/al/cancel/?a#b")),
            ("al", "sim/", Some("cancel/")),
            ("", "al/sim/card%20a.png", Some("al/cancel/card%20a.png")),
            ("xk/port", "../../al/sim/", Some("../../al/cancel/")),
            ("al/port", "../simulate/", None),
            ("al/port", "../../al/sim-2/", None),
            ("al/port", "#ask", None),
            ("al/port", "https://a.example/al/sim/", None),
            // Its own.
            ("al/sim", "../port/", None),
            ("al/sim", "card.png", None),
            ("al/sim", "#ask", None),
            ("al/sim", "../sim/#ask", Some("./#ask")),
        ] {
            let given = moved("al/sim", "al/cancel").target(folder, target);
            assert_eq!(given.as_deref(), expected, "{folder}: {target}");
        }
        for (folder, target, expected) in [
            ("al/sim", "../port/", Some("../../../al/port/")),
            ("al/sim", "../", Some("../../../al/")),
            ("al/sim", "card.png", None),
            ("al/sim", "/al/port/", None),
            ("al/port", "../sim/", Some("../../xk/cards/sim/")),
            ("xk/cards", "../../al/sim/", Some("sim/")),
        ] {
            let given = moved("al/sim", "xk/cards/sim").target(folder, target);
            assert_eq!(given.as_deref(), expected, "{folder}: {target}");
        }
        for (folder, target, expected) in [
            ("al", "sim/", None),
            ("al/sim", "../port/", None),
            ("al/sim", "../../al/port/", Some("../port/")),
            ("xk", "../al/#a", Some("../albania/#a")),
            ("", "al/sim/", Some("albania/sim/")),
        ] {
            let given = moved("al", "albania").target(folder, target);
            assert_eq!(given.as_deref(), expected, "{folder}: {target}");
        }
    }

    #[test]
    fn a_reference_is_changed_where_it_is_defined() {
        let source = "See [x].\n\n[x]: ../sim/ \"Title\"\n> [y]: <../sim/>\n[z]: ../sim/a\n";
        let starts: Vec<&str> =
            defined(source, "../sim/").iter().map(|at| &source[*at..at + 8]).collect();
        assert_eq!(starts, ["../sim/ ", "../sim/>"]);
    }
}
