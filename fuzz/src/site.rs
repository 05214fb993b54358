//! Texts of a small site, from which its pages are drawn.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use cicerone::lint::{self, Linter};
use cicerone::model::config::Config;
use cicerone::model::date::Date;
use cicerone::model::diagnostic::Diagnostic;
use cicerone::model::output::Output;
use cicerone::model::site::Site;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::model::span::Place;
use cicerone::model::theme::Theme;
use cicerone::pipeline::Drafts;
use cicerone::render::{self, RenderContext, Templates};
use cicerone::report::{self, Style};
use cicerone::resolve::{self, Parts, Resolved};
use cicerone::{parse, search};

use super::{page, parts, text};

const SETTINGS: &str = "title: A\nlanguages: [en, zh-Hans]\nbase_url: https://a.example/\n\
                        hosts: [netlify, cloudflare, apache, nginx, github-pages]\nmarkdown: true\ntags: {x: X}\n";
const COUNTRY: &str = "name: {en: Albania, zh-Hans: 阿尔巴尼亚}\ncalling_code: \"+355\"\n\
                       emergency: [{id: all, number: \"112\", label: All}]\n";
const OPERATOR: &str = "name: One Albania\nstatus: active\nchannels:\n  - {id: care, type: phone, value: \"+355692222222\"}\n\
                        sources:\n  one: {title: One, url: \"https://one.al/\"}\n";

struct FixedSite {
    config: Config,
    theme: Theme,
}

static FIXED: LazyLock<FixedSite> = LazyLock::new(|| {
    let config = parse::config(&sources(&[("guides/site.yaml", SETTINGS)])).value;
    let theme = parse::theme(&Sources::default(), &config).value;
    FixedSite { config, theme }
});

static TEMPLATES: LazyLock<Templates<'static>> =
    LazyLock::new(|| render::templates(&FIXED.theme).value);

/// The front matter of a guide, in its original or in a translation.
pub fn front_matter(data: &[u8]) {
    let mut parts = parts(data);
    let original = parts.next().unwrap_or_default();
    let mut files = vec![(
        "guides/a/en.md",
        format!("---\n{original}\n---\nText.\n\n## Part {{#part}}\n\nMore.\n"),
    )];
    if let Some(translation) = parts.next() {
        files.push(("guides/a/zh-Hans.md", format!("---\n{translation}\n---\n文字。\n")));
    }
    files.push(("guides/operators/al/one.yaml", OPERATOR.to_owned()));
    files.push(("guides/operators/al.yaml", COUNTRY.to_owned()));
    fixed(&files, "/a/");
}

/// The body of a guide.
pub fn markdown(data: &[u8]) {
    let body = text(data);
    let files = [
        ("guides/a/en.md", format!("---\ntitle: A\nsteps: [{{id: one}}]\n---\n{body}")),
        ("guides/operators/al/one.yaml", OPERATOR.to_owned()),
    ];
    fixed(&files, "/a/");
}

/// A country, an operator and another.
pub fn registry(data: &[u8]) {
    let mut parts = parts(data);
    let mut next = |other: &str| parts.next().unwrap_or_else(|| other.to_owned());
    let one = next(OPERATOR);
    let files = [
        (
            "guides/a/en.md",
            "---\ntitle: A\noperators: [al/one]\n---\n## One {operator=al/one}\n".to_owned(),
        ),
        ("guides/operators/al/one.yaml", one),
        ("guides/operators/al.yaml", next(COUNTRY)),
        ("guides/operators/al/two.yaml", next("name: Two\nsuccessor: al/one\n")),
        ("guides/glossary.yaml", next("sim: {term: {en: SIM}, text: {en: A card.}}\n")),
    ];
    fixed(&files, "");
}

/// The settings of a site.
pub fn settings(data: &[u8]) {
    let files = [
        ("guides/site.yaml", text(data)),
        ("guides/a/en.md", "---\ntitle: A\naliases: [/old/]\ntags: [x]\n---\nText.\n".to_owned()),
        ("guides/a/zh-Hans.md", "---\ntitle: 甲\n---\n文字。\n".to_owned()),
    ];
    let sources = sources(&files);
    let mut faults = Vec::new();
    let config = parse::config(&sources).drain_into(&mut faults);
    let theme = parse::theme(&sources, &config).drain_into(&mut faults);
    let templates = render::templates(&theme);
    faults.extend(templates.diagnostics);
    draw(&sources, config, (&theme, &templates.value), faults, "/a/");
}

/// Sources from texts by their paths.
pub(super) fn sources<T: AsRef<str>>(texts: &[(&str, T)]) -> Sources {
    let text = |(path, text): &(&str, T)| (SourcePath::new(path), text.as_ref().into());
    Sources { texts: texts.iter().map(text).collect(), ..Sources::default() }
}

/// A site with the settings above; its files, those of pages only where `wanted` is in their path.
pub(super) fn fixed(texts: &[(&str, String)], wanted: &str) -> BTreeMap<String, Vec<u8>> {
    drawn(&sources(texts), wanted)
}

pub(super) fn drawn(sources: &Sources, wanted: &str) -> BTreeMap<String, Vec<u8>> {
    draw(sources, FIXED.config.clone(), (&FIXED.theme, &TEMPLATES), Vec::new(), wanted)
}

pub(super) fn resolved(
    sources: &Sources,
    config: Config,
    theme: &Theme,
    faults: &mut Vec<Diagnostic>,
) -> Resolved {
    let registry = parse::registry(sources, &config).drain_into(faults);
    let files = parse::files(sources, &config).drain_into(faults);
    let translations = files.translations.into_iter().map(|(path, text, language)| {
        let parsed = parse::translation(&path, &text, language, &config);
        Arc::new(parsed.drain_into(faults))
    });
    let parts = Parts {
        registry: Arc::new(registry),
        translations: translations.collect(),
        config: Arc::new(config),
        files: files.assets,
        sizes: files.sizes.into(),
        assets: theme.assets.keys().map(|name| (name.clone(), "0".repeat(8))).collect(),
        refused: files.refused,
        drafts: Drafts::Included,
        today: Date::since_epoch(20_600),
    };
    let resolved = resolve::site(parts, None);
    faults.extend(resolved.diagnostics().cloned());
    resolved
}

fn draw(
    sources: &Sources,
    config: Config,
    (theme, templates): (&Theme, &Templates<'_>),
    mut faults: Vec<Diagnostic>,
    wanted: &str,
) -> BTreeMap<String, Vec<u8>> {
    let resolved = resolved(sources, config, theme, &mut faults);
    let (site, today) = (&resolved.site, Date::since_epoch(20_600));
    let linter = Linter::new(site, sources, today);
    let guides = site.guides.values().map(|guide| linter.guide(guide));
    let found: Vec<_> =
        guides.chain(site.folders.values().map(|folder| linter.folder(folder))).collect();
    faults.extend(linter.site(found.iter()));
    faults.extend(found.iter().flat_map(|found| found.diagnostics.clone()));
    faults.extend(site.guides.values().flat_map(|guide| linter.due(guide)));
    let mut faults = lint::apply(faults, site);
    let context = RenderContext::new(site, theme, templates, today).drain_into(&mut faults);
    let mut files = BTreeMap::new();
    let mut put = |output: Output| {
        let before = files.insert(output.path.to_string(), output.bytes.to_vec());
        // Two files of one path are a fault, which keeps the site from being written.
        let is_told = faults.iter().any(|fault| fault.severity.as_str() == "error");
        assert!(before.is_none() || is_told, "two files go to {}", output.path);
    };
    let mut drawing = Vec::new();
    for page in site.pages.iter() {
        let path = render::path(site, page);
        if path.is_some_and(|path| path.as_str().contains(wanted))
            && let Some(output) = render::page(&context, page).drain_into(&mut drawing)
        {
            put(output);
        }
    }
    render::files(&context).for_each(put);
    faults.extend(drawing);
    // With an error, nothing is written.
    if faults.iter().all(|fault| fault.severity.as_str() != "error") {
        pages(&files);
    }
    searched(site);
    told(&faults, sources);
    files
}

fn pages(files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        if path.ends_with(".html") {
            let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no UTF-8"));
            let breaches = page::breaches(text);
            assert!(breaches.is_empty(), "{path}: {breaches:#?}");
        }
    }
}

/// The words of every page go into an index.
fn searched(site: &Site) {
    for group in search::groups(site) {
        for key in search::subjects(site) {
            if let Some(subject) = search::subject(site, &group, &key) {
                search::PageWords::of(&subject, &group);
            }
        }
    }
}

/// Each fault has a place that there is, and every report can be written.
fn told(faults: &[Diagnostic], sources: &Sources) {
    for fault in faults {
        let related = fault.related.iter().map(|(place, _)| place);
        for place in fault.place.iter().chain(related) {
            assert!(is_there(place, sources), "no such place: {fault:?}");
        }
    }
    let mut out = Vec::new();
    for written in [
        report::human(&mut out, faults, sources, Style::default()),
        report::json(&mut out, faults, sources),
        report::sarif(&mut out, faults, sources),
    ] {
        assert!(written.is_ok());
    }
    let text = String::from_utf8(out);
    assert!(text.is_ok_and(|text| !text.contains('\u{1b}')));
}

fn is_there(place: &Place, sources: &Sources) -> bool {
    match sources.shown(place.path.as_str()) {
        Some((_, text)) => text.get(place.span.range()).is_some(),
        // A file that should be there, or a folder.
        None => place.span.start == 0,
    }
}
