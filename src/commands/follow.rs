//! Makes the site in memory, and anew when its sources have changed.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Instant;

use crate::commands::args::Format;
use crate::commands::project;
use crate::commands::talk::{Stream, Talk};
use crate::disk;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::output::OutputPath;
use crate::model::site::{PageKey, Site};
use crate::model::source::{SourcePath, Sources};
use crate::parse;
use crate::pipeline::{self, Options, Prepared, Watcher};
use crate::report::{self, Faults, Lines, Style};
use crate::serve::{Changes, Fault, Maker, Preview, Soundness};

/// More reports than anybody reads; the faults beyond are told by their first line.
const REPORTS: usize = 500;

pub struct Follower {
    root: PathBuf,
    options: Options,
    talk: Talk,
    /// What was read last, and the patterns that it was read by.
    read: Outcome<Sources>,
    exclude: Vec<String>,
    /// What stood in the site when it was last whole.
    files: BTreeMap<OutputPath, Arc<[u8]>>,
    faults: Vec<Diagnostic>,
    pages: usize,
    is_broken: bool,
}

impl Follower {
    pub fn new(root: PathBuf, options: Options, talk: Talk) -> Follower {
        Follower {
            root,
            options,
            talk,
            read: Outcome::default(),
            exclude: Vec::new(),
            files: BTreeMap::new(),
            faults: Vec::new(),
            pages: 0,
            is_broken: false,
        }
    }

    /// The site as it is when the preview starts, whatever is wrong with it.
    pub fn first(&mut self) -> Preview {
        match self.everything() {
            Ok(read) => {
                self.read = read;
                self.draw()
            }
            Err(error) => self.unreadable(&error),
        }
    }

    pub fn pages(&self) -> String {
        match self.pages {
            1 => "1 page".to_owned(),
            many => format!("{many} pages"),
        }
    }

    fn everything(&mut self) -> io::Result<Outcome<Sources>> {
        project::read(&self.root)
    }

    fn again(&mut self, changes: &Changes) -> io::Result<Outcome<Sources>> {
        let Changes::Paths(paths) = changes else { return self.everything() };
        // The settings say what is read at all.
        if self.is_broken || paths.contains("guides/site.yaml") {
            return self.everything();
        }
        match disk::reread(&self.root, &self.exclude, &self.read, paths)? {
            Some(read) => Ok(read),
            None => self.everything(),
        }
    }

    fn draw(&mut self) -> Preview {
        let mut faults = self.read.diagnostics.clone();
        let settings = parse::config(&self.read.value);
        self.exclude = settings.value.exclude;
        if pipeline::has_errors(&settings.diagnostics) {
            return self.broken(settings.diagnostics);
        }
        let prepared =
            pipeline::prepare(&self.read.value, &self.options, &Silent).unload(&mut faults);
        let drawn = self.files(&prepared, &mut faults);
        let pages: BTreeSet<OutputPath> = pages(&prepared.site).collect();
        let undrawn: BTreeSet<OutputPath> =
            pages.into_iter().filter(|path| !drawn.contains_key(path)).collect();
        let mut files = drawn;
        for path in &undrawn {
            if let Some(older) = self.files.get(path) {
                files.insert(path.clone(), older.clone());
            }
        }
        self.pages = prepared.counts().pages;
        self.files = files.clone();
        self.tell(faults);
        self.preview(&prepared, files, undrawn)
    }

    fn files(
        &self,
        prepared: &Prepared,
        faults: &mut Vec<Diagnostic>,
    ) -> BTreeMap<OutputPath, Arc<[u8]>> {
        let (sender, outputs) = mpsc::channel();
        // The receiver lives as long as this function.
        let put = |output: &crate::model::output::Output| {
            _ = sender.send(output.clone());
            Ok(())
        };
        faults.extend(prepared.render(&self.read.value, &Silent, &put).unwrap_or_default());
        drop(sender);
        outputs.into_iter().map(|output| (output.path, output.bytes)).collect()
    }

    fn preview(
        &self,
        prepared: &Prepared,
        files: BTreeMap<OutputPath, Arc<[u8]>>,
        undrawn: BTreeSet<OutputPath>,
    ) -> Preview {
        let site = &prepared.site;
        // A theme that does not compile draws nothing at all.
        let drawn_none = pages(site).all(|path| undrawn.contains(&path));
        let styles = site.routes.assets.iter().filter(|(name, _)| name.ends_with(".css"));
        Preview {
            soundness: if drawn_none { Soundness::Broken } else { Soundness::Sound },
            root: site.routes.root.clone(),
            languages: site.config.languages.clone(),
            default_language: site.config.default_language.clone(),
            files,
            styles: styles.map(|(name, route)| (name.clone(), route.url.to_string())).collect(),
            sources: sources(site),
            undrawn,
            faults: self.reports(),
            folder: self.root.to_string_lossy().into_owned(),
        }
    }

    /// Only faults: the site cannot be shown.
    fn broken(&mut self, faults: Vec<Diagnostic>) -> Preview {
        self.tell(faults);
        let config = parse::config(&self.read.value).value;
        Preview {
            soundness: Soundness::Broken,
            root: "/".to_owned(),
            languages: config.languages,
            default_language: config.default_language,
            files: BTreeMap::new(),
            styles: Vec::new(),
            sources: BTreeMap::new(),
            undrawn: BTreeSet::new(),
            faults: self.reports(),
            folder: self.root.to_string_lossy().into_owned(),
        }
    }

    fn unreadable(&mut self, error: &io::Error) -> Preview {
        self.is_broken = true;
        let fault = Diagnostic::new(Code::NotAFile, format!("the guides cannot be read: {error}"));
        self.broken(vec![fault.hint("the preview goes on when they can")])
    }

    fn tell(&mut self, mut faults: Vec<Diagnostic>) {
        faults.sort();
        faults.dedup();
        if faults != self.faults {
            self.talk.faults(Stream::Err, Format::Human, &faults, &self.read.value);
        }
        self.faults = faults;
    }

    fn reports(&self) -> Vec<Fault> {
        let each = |(index, fault): (usize, &Diagnostic)| self.report(fault, index < REPORTS);
        self.faults.iter().enumerate().map(each).collect()
    }

    fn report(&self, fault: &Diagnostic, whole: bool) -> Fault {
        let sources = &self.read.value;
        let mut report = Vec::new();
        let style = Style { color: false, ..Style::default() };
        let told =
            whole.then(|| report::human(&mut report, std::slice::from_ref(fault), sources, style));
        let report = match told {
            Some(Ok(())) => String::from_utf8_lossy(&report).into_owned(),
            _ => format!("{}: {}\n", fault.severity.as_str(), fault.message),
        };
        let place = fault.place.as_ref();
        let position = place.and_then(|place| {
            let text = sources.text(place.path.as_str())?;
            Lines::new(text).position(place.span.range().start)
        });
        let (line, column) = position.map_or((0, 0), |position| (position.line, position.column));
        let file = place.map(|place| place.path.clone());
        Fault { severity: fault.severity, file, line, column, report }
    }
}

impl Maker for Follower {
    fn make(&mut self, changes: &Changes) -> Option<Preview> {
        let started = Instant::now();
        let preview = match self.again(changes) {
            Ok(read) if read == self.read && !self.is_broken => return None,
            Ok(read) => {
                self.is_broken = false;
                self.read = read;
                self.draw()
            }
            Err(error) => self.unreadable(&error),
        };
        let counts = Faults::count(&self.faults);
        let faults = match counts.total() {
            0 => String::new(),
            1 => ", 1 fault".to_owned(),
            many => format!(", {many} faults"),
        };
        self.talk.note(&format!("Made anew in {} ms{faults}.", started.elapsed().as_millis()));
        Some(preview)
    }
}

/// Every page that there should be.
fn pages(site: &Site) -> impl Iterator<Item = OutputPath> {
    let routes = site.routes.pages.values().flatten();
    let paths = routes.filter_map(|route| OutputPath::parse(&route.path));
    paths.chain(OutputPath::parse("index.html"))
}

/// What each page of words is made from: the file in its language, then the original.
fn sources(site: &Site) -> BTreeMap<OutputPath, Vec<SourcePath>> {
    let mut sources = BTreeMap::new();
    for (key, routes) in &site.routes.pages {
        for (index, route) in routes.iter().enumerate() {
            let files = files_of(site, key, index);
            if let Some(path) = OutputPath::parse(&route.path).filter(|_| !files.is_empty()) {
                sources.insert(path, files);
            }
        }
    }
    sources
}

fn files_of(site: &Site, key: &PageKey, language: usize) -> Vec<SourcePath> {
    let language = site.language(language);
    let home = crate::model::id::GuideId::parse("");
    let folder = match key {
        PageKey::Guide(id) => {
            let Some(guide) = site.guides.get(id) else { return Vec::new() };
            let (own, original) = (&guide.edition(language).text.path, &guide.original.text.path);
            let original = Some(original).filter(|original| *original != own);
            return std::iter::once(own).chain(original).cloned().collect();
        }
        PageKey::Folder(id) => Some(id),
        PageKey::Home => home.as_ref(),
        _ => None,
    };
    let words = folder.and_then(|id| site.folders.get(id)).map(|folder| &folder.words);
    let own = words.and_then(|words| words.get(language));
    own.map(|edition| edition.text.path.clone()).into_iter().collect()
}

/// A preview is quick, and nobody watches its terminal.
struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}
