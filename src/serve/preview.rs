//! A finished site as the preview shows it, with what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::diagnostic::Severity;
use crate::model::fingerprint::Fingerprint;
use crate::model::language::Language;
use crate::model::output::OutputPath;
use crate::model::picture;
use crate::model::source::SourcePath;
use crate::serve::editor_api::{EditorApi, Places};
use crate::serve::rules::Rules;

/// A fault, told as the terminal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub severity: Severity,
    pub file: Option<SourcePath>,
    /// From 1; 0 where no place is known.
    pub line: usize,
    pub column: usize,
    /// Message, place, excerpt and hints, as text.
    pub report: String,
}

/// Whether there is a site to show at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soundness {
    Sound,
    /// `site.yaml` or the theme is broken: there are only faults.
    Broken,
}

/// Whether every page has been drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// Only the pages that somebody looks at; the others are being drawn.
    Part,
}

/// What the files of a site hold.
pub type SiteFiles = BTreeMap<OutputPath, Arc<Vec<u8>>>;

/// Replaced as a whole and never changed.
#[derive(Debug, Clone)]
pub struct Preview {
    pub soundness: Soundness,
    pub extent: Extent,
    /// `/`, or the site's folder: `/guides/`.
    pub root: String,
    pub languages: Vec<Language>,
    pub default_language: Language,
    /// Of pages with scripts or style sheets that their owner adds.
    pub policy: Option<String>,
    pub files: Arc<SiteFiles>,
    /// Of a part: what stood in the site before. What is no page is shown from there until it comes.
    pub older: Arc<SiteFiles>,
    /// The addresses of the theme's style sheets, by name.
    pub styles: Vec<(String, String)>,
    /// Pages that could not be drawn, once all were tried: what stands in `files` is older, if anything does.
    pub undrawn: BTreeSet<OutputPath>,
    pub faults: Vec<Arc<Fault>>,
    /// Who knows the sources; nobody where they cannot be read.
    pub editor: Option<Arc<dyn EditorApi>>,
}

impl Preview {
    /// What a file holds.
    pub fn file(&self, path: &str) -> Option<&Arc<Vec<u8>>> {
        let older = || match self.editor.as_ref().is_some_and(|editor| editor.has(path)) {
            true => None,
            false => self.older.get(path),
        };
        self.files.get(path).or_else(older)
    }

    /// Whether a page is still being drawn.
    pub fn is_coming(&self, path: &str) -> bool {
        let is_page = || self.editor.as_ref().is_some_and(|editor| editor.has(path));
        self.extent == Extent::Part && !self.files.contains_key(path) && is_page()
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.undrawn.contains(path) || self.is_coming(path)
    }

    /// The page that says that there is none, in the language of the path, else in the default one.
    pub fn not_found(&self, below: &str) -> String {
        let segment = below.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let of = |language: &&Language| language.slug() == segment;
        let language = self.languages.iter().find(of).unwrap_or(&self.default_language);
        format!("{}/404.html", language.slug())
    }

    /// A picture of the site. Many are never looked at, so that each is drawn when it is asked for.
    pub fn picture(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let editor = self.editor.as_ref().filter(|_| path.starts_with(picture::FOLDER))?;
        editor.picture(path).map(Arc::from)
    }

    /// What a reader of `path` sees, before anything is added to it.
    pub fn html(&self, path: &str) -> &[u8] {
        let there = self.files.get(path).or_else(|| self.files.get(self.not_found(path).as_str()));
        there.map(|bytes| bytes.as_slice()).unwrap_or_default()
    }

    /// What is to be told on a page: the faults of its own files, and why it was not drawn.
    pub fn faults_of(&self, path: &str) -> Vec<&Fault> {
        let sources = self.editor.as_ref().map(|editor| editor.sources(path)).unwrap_or_default();
        let undrawn = self.undrawn.contains(path);
        let is_asked = |fault: &&Fault| match &fault.file {
            Some(file) => {
                let of_theme = file.as_str().starts_with("themes/");
                sources.contains(file) || (undrawn && of_theme && fault.severity == Severity::Error)
            }
            None => undrawn,
        };
        self.faults.iter().map(|fault| &**fault).filter(is_asked).collect()
    }

    /// Where to change what a page shows.
    pub fn places(&self, path: &str) -> Places {
        self.editor.as_ref().map(|editor| editor.places(path)).unwrap_or_default()
    }

    /// Of what a reader sees on a page, and where its links to an editor lead. The addresses of style
    /// sheets are no part of it: those are exchanged without reloading.
    pub fn version(&self, path: &str, rules: &Rules) -> String {
        let mut seen: Vec<u8> = Vec::new();
        if self.soundness == Soundness::Sound {
            seen.extend(self.without_styles(self.html(path)));
        }
        let faults = match self.soundness {
            Soundness::Sound => self.faults_of(path),
            Soundness::Broken => self.faults.iter().map(|fault| &**fault).collect(),
        };
        for fault in faults {
            seen.push(0);
            seen.extend_from_slice(fault.report.as_bytes());
        }
        if rules.editor.is_some() {
            seen.extend_from_slice(format!("{:?}", self.places(path)).as_bytes());
        }
        Fingerprint::of(&seen).to_string()
    }

    fn without_styles(&self, html: &[u8]) -> Vec<u8> {
        let mut text = String::from_utf8_lossy(html).into_owned();
        for (name, url) in &self.styles {
            text = text.replace(url.as_str(), name);
        }
        text.into_bytes()
    }
}
