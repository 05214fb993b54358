//! Makes the site in memory, and makes it again when its sources have changed.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::commands::args::Format;
use crate::commands::editor::data::EditorData;
use crate::commands::project::{self, Day};
use crate::commands::talk::{Stream, Talk};
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::output::{Output, OutputPath};
use crate::model::source::Sources;
use crate::model::text::Text;
use crate::pipeline::{self, Cache, Keep, Options, Prepared, Warm, Watcher};
use crate::report::{self, Lines, Progress, Style};
use crate::serve::{Changes, EditorApi, Extent, Fault, Preview, Session, SiteFiles, Soundness};
use crate::{disk, parse};

/// Nobody reads more reports than this; any further faults are reported by their first line.
const REPORTS: usize = 500;

/// How long a site may be left unfinished because the next one is due.
const PATIENCE: Duration = Duration::from_secs(1);

pub struct Follower {
    root: PathBuf,
    day: Day,
    options: Options,
    talk: Talk,
    /// What was read last, and the patterns of files that were left out.
    read: Arc<Outcome<Sources>>,
    exclude: Vec<String>,
    /// The site's files when it was last complete.
    files: Arc<SiteFiles>,
    faults: Vec<Diagnostic>,
    pages: usize,
    is_broken: bool,
    cache: Cache,
    /// The time since which the site has not been drawn to its end.
    unfinished: Option<Instant>,
    /// The faults as they were reported last, in order.
    reported: Vec<Reported>,
    /// The progress of the first build, which may take a while.
    progress: Option<Progress>,
}

impl Follower {
    pub fn new(root: PathBuf, day: Day, options: Options, talk: Talk) -> Follower {
        let progress = Some(talk.progress());
        Follower {
            root,
            day,
            options,
            talk,
            progress,
            reported: Vec::new(),
            read: Arc::default(),
            exclude: Vec::new(),
            files: Arc::default(),
            faults: Vec::new(),
            pages: 0,
            is_broken: false,
            cache: Cache::default(),
            unfinished: None,
        }
    }

    /// The site as it is when the preview starts, whatever is wrong with it.
    pub fn first(&mut self) -> Preview {
        match self.everything() {
            Ok(read) => {
                self.read = Arc::new(read);
                // Nothing has been saved yet that could stop this before its end.
                self.draw(&BTreeSet::new(), &|| false, &|_| {})
                    .unwrap_or_else(|| self.broken(Vec::new()))
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

    /// Reads what is there now; `None` if something was saved before everything was read, in which case it
    /// is read again later.
    fn again(
        &mut self,
        changes: &Changes,
        session: &Session,
    ) -> io::Result<Option<Outcome<Sources>>> {
        let Changes::Paths(paths) = changes else {
            return project::read_unless(&self.root, &|| session.is_outdated());
        };
        // The settings decide what is read at all.
        if self.is_broken || paths.contains("guides/site.yaml") {
            return self.everything().map(Some);
        }
        match disk::reread(&self.root, &self.exclude, &self.read, paths)? {
            Some(read) => Ok(Some(read)),
            None => self.everything().map(Some),
        }
    }

    /// Draws the site from what was read, beginning with the `wanted` pages alone, for `early`. `None` if
    /// finishing is not worthwhile because something has been saved in the meantime.
    fn draw(
        &mut self,
        wanted: &BTreeSet<String>,
        is_outdated: &(dyn Fn() -> bool + Sync),
        early: &dyn Fn(Preview),
    ) -> Option<Preview> {
        let read = self.read.clone();
        let mut faults = read.diagnostics.clone();
        let settings = parse::config(&read.value);
        self.exclude = settings.value.exclude;
        if pipeline::has_errors(&settings.diagnostics) {
            return Some(self.broken(settings.diagnostics));
        }
        let sources = &read.value;
        let progress = self.progress.take();
        let watcher: &dyn Watcher = progress.as_ref().map_or(&Silent, |progress| progress);
        let (prepared, cache) =
            pipeline::prepare_warm(sources, &self.options, &self.cache, watcher);
        let prepared = Arc::new(prepared.drain_into(&mut faults));
        let (sender, outputs) = mpsc::channel();
        let put = |output: &Output| match is_outdated() {
            true => Err(io::ErrorKind::Interrupted.into()),
            // The receiver lives as long as this function.
            false => {
                _ = sender.send(output.clone());
                Ok(())
            }
        };
        let mut files: SiteFiles = SiteFiles::new();
        let mut between = |drawn: &[Diagnostic]| {
            files.extend(outputs.try_iter().map(|output| (output.path, output.bytes)));
            let faults = sorted(faults.iter().chain(drawn));
            let files = Arc::new(files.clone());
            early(self.preview(&prepared, Extent::Part, files, BTreeSet::new(), &faults));
        };
        let warm = Warm { cache: &cache, keep: Keep::Pages, first: wanted, between: &mut between };
        let drawn = prepared.render_warm(sources, warm, watcher, &put);
        drop(sender);
        // What was parsed is worth keeping even if what was drawn is not.
        let Ok((drawn, cache)) = drawn else {
            self.cache = cache;
            return None;
        };
        self.cache = cache;
        faults.extend(drawn);
        files.extend(outputs.into_iter().map(|output| (output.path, output.bytes)));
        let undrawn: BTreeSet<OutputPath> =
            prepared.paths().filter(|path| !files.contains_key(path)).collect();
        for path in &undrawn {
            if let Some(older) = self.files.get(path) {
                files.insert(path.clone(), older.clone());
            }
        }
        self.pages = prepared.counts().pages;
        if let Some(progress) = progress {
            progress.finish();
        }
        let files = Arc::new(files);
        self.files = files.clone();
        let sorted = sorted(&faults);
        let preview = self.preview(&prepared, Extent::Whole, files, undrawn, &sorted);
        self.tell(&sorted);
        Some(preview)
    }

    fn preview(
        &mut self,
        prepared: &Arc<Prepared>,
        extent: Extent,
        files: Arc<SiteFiles>,
        undrawn: BTreeSet<OutputPath>,
        faults: &[&Diagnostic],
    ) -> Preview {
        let site = &prepared.site;
        // A theme that does not compile draws nothing at all.
        let is_broken =
            extent == Extent::Whole && prepared.paths().all(|path| undrawn.contains(&path));
        let styles = site.routes.assets.iter().filter(|(name, _)| name.ends_with(".css"));
        Preview {
            soundness: if is_broken { Soundness::Broken } else { Soundness::Sound },
            extent,
            root: site.routes.root.clone(),
            languages: site.config.languages.clone(),
            default_language: site.config.default_language.clone(),
            policy: prepared.policy(),
            files,
            older: match extent {
                Extent::Whole => Arc::default(),
                Extent::Part => self.files.clone(),
            },
            styles: styles.map(|(name, route)| (name.clone(), route.url.to_string())).collect(),
            undrawn,
            faults: self.reports(faults),
            editor: Some(self.editor(prepared)),
        }
    }

    fn editor(&self, prepared: &Arc<Prepared>) -> Arc<dyn EditorApi> {
        Arc::new(EditorData {
            root: self.root.clone(),
            read: self.read.clone(),
            prepared: prepared.clone(),
            today: self.options.today,
        })
    }

    /// The preview of a site that cannot be shown: it has only faults.
    fn broken(&mut self, faults: Vec<Diagnostic>) -> Preview {
        let faults = sorted(&faults);
        self.tell(&faults);
        let config = parse::config(&self.read.value).value;
        Preview {
            soundness: Soundness::Broken,
            extent: Extent::Whole,
            root: "/".to_owned(),
            languages: config.languages,
            default_language: config.default_language,
            policy: None,
            files: Arc::default(),
            older: Arc::default(),
            styles: Vec::new(),
            undrawn: BTreeSet::new(),
            faults: self.reports(&faults),
            editor: None,
        }
    }

    fn unreadable(&mut self, error: &io::Error) -> Preview {
        self.is_broken = true;
        let fault = Diagnostic::new(Code::NotAFile, format!("the guides cannot be read: {error}"));
        self.broken(vec![fault.hint("the preview goes on when they can")])
    }

    /// Reports the new faults to the terminal.
    fn tell(&mut self, faults: &[&Diagnostic]) {
        let is_new = |fault: &&&Diagnostic| self.faults.binary_search(fault).is_err();
        let new: Vec<Diagnostic> = faults.iter().filter(is_new).map(|one| (*one).clone()).collect();
        self.talk.faults(Stream::Err, Format::Human, &new, &self.read.value);
        if !new.is_empty() || faults.len() != self.faults.len() {
            self.faults = faults.iter().map(|fault| (*fault).clone()).collect();
        }
    }

    /// Reports the faults. A fault whose texts are unchanged keeps its earlier report.
    fn reports(&mut self, faults: &[&Diagnostic]) -> Vec<Arc<Fault>> {
        let mut known = std::mem::take(&mut self.reported).into_iter().peekable();
        let mut reported = Vec::with_capacity(faults.len());
        for (index, fault) in faults.iter().enumerate() {
            let texts = self.texts(fault);
            let whole = index < REPORTS;
            while known.next_if(|before| before.diagnostic < **fault).is_some() {}
            let before = known.next_if(|before| before.diagnostic == **fault);
            let before = before.filter(|before| before.is_of(&texts, whole));
            reported.push(before.unwrap_or_else(|| Reported {
                diagnostic: (*fault).clone(),
                texts,
                whole,
                fault: Arc::new(self.report(fault, whole)),
            }));
        }
        self.reported = reported;
        self.reported.iter().map(|reported| reported.fault.clone()).collect()
    }

    /// The texts that the fault's excerpts show.
    fn texts(&self, fault: &Diagnostic) -> Vec<Text> {
        let places = fault.place.iter().chain(fault.related.iter().map(|(place, _)| place));
        places.filter_map(|place| self.read.value.text(place.path.as_str()).cloned()).collect()
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
            let (_, text) = sources.shown(place.path.as_str())?;
            Lines::new(&text).position(place.span.range().start)
        });
        let (line, column) = position.map_or((0, 0), |position| (position.line, position.column));
        let file = place.map(|place| place.path.clone());
        Fault { severity: fault.severity, file, line, column, report }
    }
}

impl Follower {
    /// Makes the site after `changes`: first the pages that somebody is looking at, then everything.
    pub fn make(&mut self, changes: &Changes, session: &Session) {
        let started = Instant::now();
        // A preview may be left open for days.
        self.options.today = self.day.date();
        let preview = match self.again(changes, session) {
            Ok(None) => return,
            Ok(Some(read))
                if !self.is_broken && self.unfinished.is_none() && read == *self.read =>
            {
                return;
            }
            Ok(Some(read)) => {
                self.is_broken = false;
                self.read = Arc::new(read);
                // Even somebody who never stops saving gets to see every page.
                let since = *self.unfinished.get_or_insert(started);
                let patient = since.elapsed() < PATIENCE;
                let is_outdated = || patient && session.is_outdated();
                let early = |preview| session.publish(preview);
                match self.draw(&session.wanted(), &is_outdated, &early) {
                    Some(preview) => preview,
                    None => return,
                }
            }
            Err(error) => self.unreadable(&error),
        };
        self.unfinished = None;
        session.publish(preview);
        let faults = match self.faults.len() {
            0 => String::new(),
            1 => ", 1 fault".to_owned(),
            many => format!(", {many} faults"),
        };
        self.talk.note(&format!("Made anew in {} ms{faults}.", started.elapsed().as_millis()));
    }
}

/// A fault and its report.
struct Reported {
    diagnostic: Diagnostic,
    texts: Vec<Text>,
    /// Whether the report has its excerpt.
    whole: bool,
    fault: Arc<Fault>,
}

impl Reported {
    fn is_of(&self, texts: &[Text], whole: bool) -> bool {
        let same = |(one, other): (&Text, &Text)| one.is(other);
        let count = self.texts.len() == texts.len();
        count && self.texts.iter().zip(texts).all(same) && self.whole == whole
    }
}

/// Each fault once, in the order of files and places.
fn sorted<'a>(faults: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<&'a Diagnostic> {
    let mut faults: Vec<&Diagnostic> = faults.into_iter().collect();
    faults.sort();
    faults.dedup();
    faults
}

/// Shows no progress: a preview is quick, and nobody watches its terminal.
struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}
