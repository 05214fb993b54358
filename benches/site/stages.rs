//! Goes through a build stage by stage on one thread, and tells what each of them took.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cicerone::model::date::Date;
use cicerone::model::diagnostic::{Diagnostic, Severity};
use cicerone::model::markup::Links;
use cicerone::model::source::Sources;
use cicerone::model::vocabulary::BareLinks;
use cicerone::resolve::{Drafts, Parts};
use cicerone::search::{self, Indexer, PageWords};
use cicerone::{disk, lint, parse, render, resolve};

use crate::runs::thread_time;

/// CPU time by stage, in the order of the stages.
pub type Stages = Vec<(&'static str, Duration)>;

/// The CPU time of `work`, and what it gave.
fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let before = thread_time();
    let value = work();
    *total += thread_time().saturating_sub(before);
    value
}

/// Builds the project at `root` to `output`.
pub fn measure(root: &Path, output: &Path) -> io::Result<Stages> {
    let [mut reading, mut texts, mut resolving, mut scene_time] = [Duration::ZERO; 4];
    let [mut judging, mut viewing, mut drawing, mut writing, mut searching] = [Duration::ZERO; 5];
    let mut faults = Vec::new();
    let sources = timed(&mut reading, || disk::read(root, &[]))?.drain_into(&mut faults);
    let config = Arc::new(parse::config(&sources).drain_into(&mut faults));
    let theme = parse::theme(&sources, &config).drain_into(&mut faults);
    let registry = Arc::new(parse::registry(&sources, &config).drain_into(&mut faults));
    let files = parse::files(&sources, &config).drain_into(&mut faults);
    let (yaml, markdown) = within_parsing(&sources);
    let translations = timed(&mut texts, || {
        let each = files.translations.iter().map(|(path, text, language)| {
            let parsed = parse::translation(path, text, language.clone(), &config);
            Arc::new(parsed.drain_into(&mut faults))
        });
        each.collect()
    });
    let assets: Vec<(String, String)> =
        theme.assets.keys().map(|name| (name.clone(), "0".repeat(8))).collect();
    let today = Date::since_epoch(20_698);
    let parts = Parts {
        config: config.clone(),
        registry,
        translations,
        files: files.assets,
        sizes: files.sizes.into(),
        assets,
        refused: files.refused,
        drafts: Drafts::LeftOut,
        today,
    };
    let resolved = timed(&mut resolving, || resolve::site(parts, None));
    faults.extend(resolved.diagnostics().cloned());
    let site = resolved.site;
    let templates = timed(&mut scene_time, || render::templates(&theme)).drain_into(&mut faults);
    let scene =
        timed(&mut scene_time, || render::RenderContext::new(&site, &theme, &templates, today))
            .drain_into(&mut faults);
    let linter = timed(&mut judging, || lint::Linter::new(&site, &sources, today));
    for guide in site.guides.values() {
        let _ = timed(&mut judging, || linter.guide(guide));
    }
    let options = disk::StageOptions::default();
    let stage = disk::Stage::open(output, root, &options);
    let stage = stage.map_err(|error| io::Error::other(format!("{error:?}")))?;
    for pages in site.pages.chunk_by(|page, next| page.is_akin(next)) {
        let Some(first) = pages.first() else { continue };
        let kin = timed(&mut viewing, || render::PageGroup::of(&scene, first));
        for page in pages {
            let view = timed(&mut viewing, || render::view(&scene, page, &kin, &mut faults));
            let Some(view) = view else { continue };
            let drawn = timed(&mut drawing, || render::draw(&scene, page, view));
            if let Some(output) = drawn.drain_into(&mut faults) {
                timed(&mut writing, || stage.put(&output))?;
            }
        }
    }
    let subjects = search::subjects(&site);
    for group in search::groups(&site) {
        let files = timed(&mut searching, || {
            let mut indexer = Indexer::default();
            let parts = subjects.iter().filter_map(|key| search::subject(&site, &group, key));
            parts.for_each(|subject| indexer.add(PageWords::of(&subject, &group)));
            search::files(&site, &indexer.finish(group))
        });
        for file in files {
            let output = timed(&mut searching, || file.packed());
            timed(&mut writing, || stage.put(&output))?;
        }
    }
    timed(&mut writing, || stage.commit())?;
    sound(&faults)?;
    let other = texts.saturating_sub(yaml).saturating_sub(markdown);
    Ok(vec![
        ("read", reading),
        ("yaml", yaml),
        ("markdown", markdown),
        ("fields", other),
        ("resolve", resolving),
        ("lint", judging),
        ("scene", scene_time),
        ("view", viewing),
        ("template", drawing),
        ("write", writing),
        ("search", searching),
    ])
}

/// What of the reading of a file is YAML, and what is Markdown: each done once more by itself.
fn within_parsing(sources: &Sources) -> (Duration, Duration) {
    let [mut yaml, mut markdown] = [Duration::ZERO; 2];
    for (path, text) in &sources.texts {
        let Some((front, body)) =
            text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"))
        else {
            continue;
        };
        let excerpt = parse::Excerpt { path, text: front, offset: 4 };
        let _ = timed(&mut yaml, || parse::yaml(excerpt, 64));
        let (mut links, mut diagnostics) = (Links::default(), Vec::new());
        let sink = parse::Sink {
            path,
            links: &mut links,
            bare_links: BareLinks::On,
            diagnostics: &mut diagnostics,
        };
        let _ = timed(&mut markdown, || {
            parse::markdown(body, &parse::Origin::From(0), &mut Vec::new(), sink)
        });
    }
    (yaml, markdown)
}

/// A corpus with faults would measure the telling of them.
fn sound(faults: &[Diagnostic]) -> io::Result<()> {
    match faults.iter().find(|fault| fault.severity == Severity::Error) {
        Some(fault) => Err(io::Error::other(format!("the corpus has a fault: {fault:?}"))),
        None => Ok(()),
    }
}
