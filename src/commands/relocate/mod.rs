//! `move`: carries a guide or a section to its new place, with every link, setting and old address.

mod plan;

use std::io;
use std::path::PathBuf;

use crate::commands::args::MoveArguments;
use crate::commands::new::place;
use crate::commands::project::{self, failed};
use crate::commands::relocate::plan::{MovePlan, plan};
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::commands::translations::lookup::{OpenProject, guide_id, open};
use crate::disk::{self, RelocationPlan};
use crate::model::id::GuideId;
use crate::model::site::Site;
use crate::model::suggest::suggest;
use crate::resolve::Relocation;

/// As many files and addresses are told one by one.
const TOLD: usize = 10;

pub fn run(root: Option<PathBuf>, arguments: MoveArguments, talk: &Talk) -> Status {
    moved(root, &arguments, talk).unwrap_or_else(|status| status)
}

fn moved(root: Option<PathBuf>, arguments: &MoveArguments, talk: &Talk) -> Result<Status, Status> {
    let asked = (guide_id(&arguments.from), guide_id(&arguments.to));
    let root = project::find(root, talk)?;
    if finished(&root, &asked, arguments.dry_run, talk)? {
        return Ok(Status::Fine);
    }
    let opened = open(Some(root), talk)?;
    let site = &opened.prepared.site;
    let (from, to) = (asked.0.as_str(), asked.1.as_str());
    if from == to || has_moved(site, from, to) {
        talk.note(&format!("Nothing to move: it is at `{to}` already"));
        return Ok(Status::Fine);
    }
    let relocation =
        Relocation { from: source(site, from, talk)?, to: goal(&opened, from, to, talk)? };
    let plan = plan(&opened, &relocation, talk)?;
    if !plan.faults.is_empty() {
        talk.faults(Stream::Err, crate::commands::args::Format::Human, &plan.faults, &plan.sources);
        let reason = format!(
            "moving `{from}` to `{to}` would bring {}",
            counted(plan.faults.len(), "error")
        );
        return Err(talk.refuse(
            Status::Refused,
            &reason,
            "nothing was moved; mend these first, or choose another place",
        ));
    }
    if !arguments.dry_run {
        carry_out(&opened, &relocation, &plan, talk)?;
    }
    tell(&relocation, &plan, arguments.dry_run, talk);
    country(site, &relocation, talk);
    Ok(Status::Fine)
}

/// Finishes what a killed run has begun; whether that is what is asked for now.
fn finished(
    root: &std::path::Path,
    asked: &(String, String),
    dry_run: bool,
    talk: &Talk,
) -> Result<bool, Status> {
    let fail = |error: io::Error| failed(&error, talk);
    let Some(plan) = disk::unfinished_move(root).map_err(fail)? else { return Ok(false) };
    let (from, to) = (plain(&plan.from), plain(&plan.to));
    if dry_run {
        let reason = format!("moving `{from}` to `{to}` was interrupted");
        let hint = format!("finish it with `cicerone move {from} {to}`");
        return Err(talk.refuse(Status::Refused, &reason, &hint));
    }
    let changed = disk::finish_move(root, &plan).map_err(fail)?;
    talk.note(&format!("Finished moving `{from}` to `{to}`, which was interrupted"));
    for path in changed {
        talk.note(&format!("warning: `{path}` was changed since, and stays as it is\n  = hint: `cicerone check` tells which of its links lead nowhere"));
    }
    Ok((from, to) == (&asked.0, &asked.1))
}

fn plain(path: &str) -> &str {
    path.strip_prefix("guides/").unwrap_or(path)
}

/// Whether an earlier run has done it: the page at `to` keeps the address of `from`.
fn has_moved(site: &Site, from: &str, to: &str) -> bool {
    if exists(site, from) {
        return false;
    }
    let guide = site.guides.get(to).map(|guide| &guide.original);
    let words = site.folders.get(to).into_iter().flat_map(|folder| folder.words.values());
    let facts = guide.into_iter().chain(words).filter_map(|edition| edition.text.facts());
    let mut aliases = facts.flat_map(|facts| &facts.aliases);
    let end = format!("/{from}/");
    aliases.any(|alias| alias.value.as_str().ends_with(&end))
}

fn exists(site: &Site, id: &str) -> bool {
    site.guides.contains_key(id)
        || site.folders.contains_key(id)
        || site.unpublished.contains_key(id)
}

fn source(site: &Site, from: &str, talk: &Talk) -> Result<GuideId, Status> {
    if from.is_empty() {
        let hint = "name a guide or a section, like `al/cancel-sim`";
        return Err(talk.refuse(Status::Refused, "the first page stays where it is", hint));
    }
    if let Some(id) = GuideId::parse(from).filter(|id| exists(site, id.as_str())) {
        return Ok(id);
    }
    let known = site.guides.keys().chain(site.folders.keys()).map(GuideId::as_str);
    let hint = match suggest(from, known) {
        _ if ["operators", "glossary", "tags"].contains(&from.split('/').next().unwrap_or("")) => {
            "only guides and sections move: operators, terms and tags are named by their ids"
                .to_owned()
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a folder below `guides/`, like `al/cancel-sim`".to_owned(),
    };
    Err(talk.refuse(Status::Refused, &format!("no guide or section is called `{from}`"), &hint))
}

fn goal(opened: &OpenProject, from: &str, to: &str, talk: &Talk) -> Result<GuideId, Status> {
    let site = &opened.prepared.site;
    let refuse = |reason: String, hint: String| Err(talk.refuse(Status::Refused, &reason, &hint));
    if to.strip_prefix(from).is_some_and(|rest| rest.starts_with('/')) {
        let hint = "choose a place outside of it".to_owned();
        return refuse(format!("`{to}` lies in `{from}` itself"), hint);
    }
    if site.folders.contains_key(to) {
        let name = from.rsplit('/').next().unwrap_or(from);
        let hint = match to {
            "" => format!("to put it at the top, write `cicerone move {from} {name}`"),
            to => format!("to put it in there, write `cicerone move {from} {to}/{name}`"),
        };
        return refuse(format!("there is a section `{to}` already"), hint);
    }
    let id = place(to, site, talk)?;
    let Some(above) = id.parent().filter(|above| !site.folders.contains_key(above)) else {
        return Ok(id);
    };
    // A folder without guides is no section yet, but somebody has made it on purpose.
    if disk::is_folder(&opened.project.root, &format!("guides/{above}")) {
        return Ok(id);
    }
    let known = site.folders.keys().map(GuideId::as_str).filter(|id| !id.is_empty());
    let hint = match suggest(above.as_str(), known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make its folder first: `mkdir guides/{above}`"),
    };
    refuse(format!("there is no section `{above}`"), hint)
}

fn carry_out(
    opened: &OpenProject,
    relocation: &Relocation,
    plan: &MovePlan,
    talk: &Talk,
) -> Result<(), Status> {
    let root = &opened.project.root;
    let steps = RelocationPlan {
        from: format!("guides/{}", relocation.from),
        to: format!("guides/{}", relocation.to),
        edits: plan.edits.clone(),
    };
    // What links of the file system lead to, nobody has looked at.
    let is_right = || {
        let read = project::read(root)?.value;
        let same =
            read.texts == plan.sources.texts && read.assets.keys().eq(plan.sources.assets.keys());
        let words =
            "a file changed meanwhile, or a link of the file system leads there; nothing was moved";
        if same { Ok(()) } else { Err(io::Error::other(words)) }
    };
    disk::relocate(root, &steps, is_right).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let reason = format!("{error}: something is there that is no part of the site");
            talk.refuse(Status::Refused, &reason, "take it away, or choose another place")
        }
        _ => failed(&error, talk),
    })
}

fn tell(relocation: &Relocation, plan: &MovePlan, dry_run: bool, talk: &Talk) {
    let moved = if dry_run { "Would move" } else { "Moved" };
    talk.note(&format!("{moved} guides/{} to guides/{}", relocation.from, relocation.to));
    let paths: Vec<&str> = plan.edits.iter().map(|edit| &*edit.path).collect();
    if plan.links > 0 {
        let follow =
            if plan.links == 1 { "link or setting follows" } else { "links and settings follow" };
        talk.note(&format!("  {} {follow}", plan.links));
    }
    if !plan.addresses.is_empty() {
        let what = counted(plan.addresses.len(), "old address");
        let kept: Vec<&str> = plan.addresses.iter().map(|one| &**one).collect();
        talk.note(&format!("  {what} lead on: {}", listed(&kept)));
    }
    if plan.fresh > 0 {
        let parts = counted(plan.fresh, "part");
        talk.note(&format!("  {parts} of translations stay fresh"));
    }
    if !paths.is_empty() {
        let changes = if dry_run { "would change" } else { "changed" };
        talk.note(&format!("  {} {changes}: {}", counted(paths.len(), "file"), listed(&paths)));
    }
}

/// A section that is called by the code of a country shows its numbers.
fn country(site: &Site, relocation: &Relocation, talk: &Talk) {
    let code = site.folders.get(&relocation.from).and_then(|folder| folder.country.clone());
    let Some(code) = code.filter(|code| site.registry.countries.contains_key(code)) else { return };
    let name = relocation.to.name();
    talk.note(&format!(
        "warning: the page of `{}` is no longer that of `{code}`, with its emergency numbers and operators\n  \
         = hint: to change its address alone, move it back and write `slug: {name}` into its files",
        relocation.to
    ));
}

fn listed(all: &[&str]) -> String {
    let shown = all.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(TOLD) {
        0 => shown,
        more => format!("{shown} and {more} others"),
    }
}

fn counted(count: usize, what: &str) -> String {
    match (count, what.ends_with('s')) {
        (1, _) => format!("1 {what}"),
        (_, true) => format!("{count} {what}es"),
        (_, false) => format!("{count} {what}s"),
    }
}
