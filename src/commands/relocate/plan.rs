//! Works out everything that a move changes, on the sources in memory, and what would be wrong afterwards.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::project::everything;
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::OpenProject;
use crate::disk::FileEdit;
use crate::model::address::Address;
use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::guide::Role;
use crate::model::site::{Page, PageKey, Site};
use crate::model::source::{SourcePath, Sources};
use crate::model::text::Text;
use crate::model::text_edit::{TextEdit, applied};
use crate::parse;
use crate::pipeline::{self, Prepared};
use crate::resolve::{Relocation, written_pages};

const SETTINGS: &str = "guides/site.yaml";

/// What a move changes.
pub struct MovePlan {
    /// The sources after the move.
    pub sources: Sources,
    /// The files whose texts change, by their paths after the move.
    pub edits: Vec<FileEdit>,
    pub links: usize,
    /// The old addresses that lead on.
    pub addresses: Vec<String>,
    /// How many parts of translations are pinned anew, because only a link of the original has changed.
    pub fresh: usize,
    /// The errors that are not there before the move.
    pub faults: Vec<Diagnostic>,
}

pub fn plan(
    opened: &OpenProject,
    relocation: &Relocation,
    talk: &Talk,
) -> Result<MovePlan, Status> {
    let before = &opened.prepared.site;
    readable(opened, talk)?;
    let sources = &opened.project.sources;
    let (links, sources) = linked(before, sources, relocation, talk)?;
    let mut changed = ChangedSources { sources, relocation, talk };
    let (prepared, _) = changed.prepared();
    let addresses = changed.keep(before, &prepared.site)?;
    let (prepared, _) = changed.prepared();
    let fresh = changed.pin(before, &prepared.site)?;
    let (_, after) = changed.prepared();
    let faults = new_errors(&opened.faults, &after, relocation);
    let sources = changed.sources;
    let mut edits = Vec::new();
    for (path, old) in &opened.project.sources.texts {
        let path = relocation.path(path);
        let new = sources.texts.get(path.as_str()).filter(|new| *new != old);
        edits.extend(new.map(|new| FileEdit {
            path: path.to_string(),
            old: old.to_string(),
            new: new.to_string(),
        }));
    }
    Ok(MovePlan { sources, edits, links, addresses, fresh, faults })
}

/// Links of a file that cannot be read would be left behind.
fn readable(opened: &OpenProject, talk: &Talk) -> Result<(), Status> {
    let broken =
        written_pages(&opened.prepared.site).find(|page| !page.readable).map(|page| &page.path);
    let settings = opened.faults.iter().find_map(|fault| {
        let place = fault.place.as_ref()?;
        (fault.severity == Severity::Error && place.path.as_str() == SETTINGS)
            .then_some(&place.path)
    });
    match broken.or(settings) {
        Some(path) => {
            let reason = format!("`{path}` cannot be read as it is");
            Err(talk.refuse(Status::Refused, &reason, "mend what `cicerone check` tells first"))
        }
        None => Ok(()),
    }
}

/// The sources after the move, with links and settings that lead to the new place; and how many those are.
fn linked(
    site: &Site,
    sources: &Sources,
    relocation: &Relocation,
    talk: &Talk,
) -> Result<(usize, Sources), Status> {
    let (found, fixed) =
        relocation.links(site, &|path| sources.text(path.as_str()).map(|text| &**text));
    if let Some(link) = fixed.first() {
        let text = sources.text(link.path.as_str()).and_then(|text| text.get(..link.start));
        let line = text.map_or(1, |head| head.matches('\n').count() + 1);
        let reason =
            format!("a link in `{}`, line {line}, cannot be changed as it is written", link.path);
        let hint = format!(
            "write its address without escapes first; afterwards it will be `{}`",
            link.target
        );
        return Err(talk.refuse(Status::Refused, &reason, &hint));
    }
    let mut edits: BTreeMap<SourcePath, BTreeSet<TextEdit>> = BTreeMap::new();
    for (path, edit) in found {
        edits.entry(path).or_default().insert(edit);
    }
    let place = |text: &str| relocation.place(text);
    for path in written_pages(site).map(|page| &page.path).chain([&site.config.path]) {
        let Some(text) = sources.text(path.as_str()) else { continue };
        let fields = parse::moved_places(path, text, &site.config, &place);
        edits.entry(path.clone()).or_default().extend(fields);
    }
    let links = edits.values().map(BTreeSet::len).sum();
    let mut after = Sources::default();
    for (path, text) in &sources.texts {
        let new_path = relocation.path(path);
        let mut own = edits.remove(path).unwrap_or_default();
        own.extend(
            parse::schema_comment(text, path.as_str(), new_path.as_str())
                .filter(|_| *path != new_path),
        );
        let own: Vec<TextEdit> = own.into_iter().collect();
        let Some(new) = applied(text, &own) else {
            let reason = format!("two links in `{path}` stand in one another");
            return Err(talk.refuse(Status::Refused, &reason, "write one of them anew first"));
        };
        after.texts.insert(new_path, if own.is_empty() { text.clone() } else { Text::from(new) });
    }
    let assets = sources.assets.iter();
    after.assets = assets.map(|(path, bytes)| (relocation.path(path), bytes.clone())).collect();
    Ok((links, after))
}

/// The sources after the move, while they are changed.
struct ChangedSources<'a> {
    sources: Sources,
    relocation: &'a Relocation,
    talk: &'a Talk,
}

impl ChangedSources<'_> {
    fn prepared(&self) -> (Prepared, Vec<Diagnostic>) {
        let progress = self.talk.progress();
        let mut faults = Vec::new();
        let outcome = pipeline::prepare(&self.sources, &everything(), &progress);
        let prepared = outcome.drain_into(&mut faults);
        progress.finish();
        (prepared, faults)
    }

    fn put(&mut self, path: &SourcePath, text: Option<String>) -> Result<(), Status> {
        let Some(text) = text else {
            let reason = format!("the front matter of `{path}` cannot be edited as it is written");
            let hint = "write `aliases`, `redirects` and `translation` on lines of their own";
            return Err(self.talk.refuse(Status::Refused, &reason, hint));
        };
        self.sources.texts.insert(path.clone(), Text::from(text));
        Ok(())
    }

    /// Writes the addresses that pages had into the files that have them now, and returns them.
    fn keep(&mut self, before: &Site, after: &Site) -> Result<Vec<String>, Status> {
        let moved = moved_pages(before, after, self.relocation);
        let paths: BTreeSet<&str> = moved.iter().map(|page| &*page.new).collect();
        let is_taken = |alias: &str| {
            Address::parse(alias.trim()).is_ok_and(|address| paths.contains(&*address.file()))
        };
        let mut by_file: BTreeMap<SourcePath, Vec<String>> = BTreeMap::new();
        let mut redirects = Vec::new();
        for page in &moved {
            match file(after, &page.key) {
                Some(path) => by_file.entry(path).or_default().push(address(&page.old)),
                None => redirects.push((address(&page.old), address(&page.new))),
            }
        }
        for (path, added) in by_file {
            let text = self.sources.text(path.as_str()).cloned().unwrap_or_default();
            let text = parse::with_aliases(&path, &text, &after.config, &added, &is_taken);
            self.put(&path, text)?;
        }
        self.settings(after, &moved, &redirects)?;
        Ok(moved.iter().map(|page| address(&page.old)).collect())
    }

    /// Redirects lead to the new addresses, and from those of pages without a file.
    fn settings(
        &mut self,
        after: &Site,
        moved: &[MovedPage],
        redirects: &[(String, String)],
    ) -> Result<(), Status> {
        let path = SourcePath::new(SETTINGS);
        let Some(source) = self.sources.text(SETTINGS).cloned() else { return Ok(()) };
        let goal = |text: &str| {
            let (own, part) = text.split_at(text.find('#').unwrap_or(text.len()));
            let file = Address::parse(own.trim()).ok()?.file();
            let page = moved.iter().find(|page| *page.old == *file)?;
            Some(address(&page.new) + part)
        };
        let text = applied(&source, &parse::moved_goals(&source, &after.config, &goal));
        let text = match redirects {
            [] => text,
            added => text.and_then(|text| parse::with_redirects(&text, &after.config, added)),
        };
        self.put(&path, text)
    }

    /// Pins what was fresh to the words that the original has now: only its links are others.
    fn pin(&mut self, before: &Site, after: &Site) -> Result<usize, Status> {
        let mut count = 0;
        for (id, guide) in &before.guides {
            let Some(now) = after.guides.get(&self.relocation.id(id)) else { continue };
            let (old, new) = (guide.original.text.units(), now.original.text.units());
            for edition in now.translations.values().filter(|one| one.converted_from.is_none()) {
                let Role::Translation(words) = &edition.text.role else { continue };
                let mut pins = words.at.clone();
                for (one, other) in old.iter().zip(&new).filter(|(one, other)| one.key == other.key)
                {
                    let is_fresh = pins.get(&one.key) == Some(&one.wording.pin);
                    if is_fresh && one.wording.pin != other.wording.pin {
                        pins.insert(one.key.clone(), other.wording.pin);
                        count += 1;
                    }
                }
                if pins == words.at {
                    continue;
                }
                let path = &edition.text.path;
                let text = self.sources.text(path.as_str()).cloned().unwrap_or_default();
                let text = parse::pin(path, &text, &edition.text.language, &after.config, &pins);
                self.put(path, text)?;
            }
        }
        Ok(count)
    }
}

/// A page whose address is another after the move, with the paths of its file in the output.
struct MovedPage {
    /// What it is about, after the move.
    key: PageKey,
    old: String,
    new: String,
}

fn moved_pages(before: &Site, after: &Site, relocation: &Relocation) -> Vec<MovedPage> {
    let mut moved = Vec::new();
    for page in before.pages.iter() {
        let Page::Of { key, language } = page else { continue };
        let new_key = match key {
            PageKey::Guide(id) => {
                // Nobody has the address of a draft.
                if before.guides.get(id).is_some_and(|guide| guide.original.text.draft) {
                    continue;
                }
                PageKey::Guide(relocation.id(id))
            }
            PageKey::Folder(id) => PageKey::Folder(relocation.id(id)),
            _ => continue,
        };
        let route = after.routes.pages.get(&new_key).and_then(|routes| routes.get(*language));
        if let (Some(old), Some(new)) = (before.path(page), route)
            && *old != *new.path
        {
            moved.push(MovedPage { key: new_key, old: old.to_owned(), new: new.path.to_string() });
        }
    }
    moved
}

/// The file that holds the old addresses of a page.
fn file(site: &Site, key: &PageKey) -> Option<SourcePath> {
    let edition = match key {
        PageKey::Guide(id) => &site.guides.get(id)?.original,
        PageKey::Folder(id) => site.folder_edition(id, &site.config.default_language)?,
        _ => return None,
    };
    edition.text.facts().map(|_| edition.text.path.clone())
}

/// The address of a page, as `aliases` has it.
fn address(path: &str) -> String {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    format!("/{}", path.replace('%', "%25").replace('#', "%23"))
}

/// The errors of which a file has more than before.
fn new_errors(
    before: &[Diagnostic],
    after: &[Diagnostic],
    relocation: &Relocation,
) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(Option<SourcePath>, Code), usize> = BTreeMap::new();
    for fault in before {
        let path = fault.place.as_ref().map(|place| relocation.path(&place.path));
        *known.entry((path, fault.code)).or_default() += 1;
    }
    let mut faults = Vec::new();
    for fault in after.iter().filter(|fault| fault.severity == Severity::Error) {
        let path = fault.place.as_ref().map(|place| place.path.clone());
        match known.get_mut(&(path, fault.code)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => faults.push(fault.clone()),
        }
    }
    faults
}
