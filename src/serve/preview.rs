//! A finished site as the preview shows it, with its faults.

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

/// A fault, in the words that the terminal shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub severity: Severity,
    pub file: Option<SourcePath>,
    /// Line and column, counted from 1; 0 if the place is not known.
    pub line: usize,
    pub column: usize,
    /// Message, place, excerpt and hints, as text.
    pub report: String,
}

/// Whether there is a site to show at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soundness {
    Sound,
    /// `site.yaml` or the theme is broken, so there is nothing but faults.
    Broken,
}

/// Whether every page has been drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// Only the pages that somebody is looking at are drawn; the others are on their way.
    Part,
}

/// The contents of a site's files.
pub type SiteFiles = BTreeMap<OutputPath, Arc<Vec<u8>>>;

/// The site at one moment. It is replaced as a whole and never changed.
#[derive(Debug, Clone)]
pub struct Preview {
    pub soundness: Soundness,
    pub extent: Extent,
    /// The path of the site: `/`, or its folder, as in `/guides/`.
    pub root: String,
    pub languages: Vec<Language>,
    pub default_language: Language,
    /// Of pages with scripts or style sheets that their owner adds.
    pub policy: Option<String>,
    pub files: Arc<SiteFiles>,
    /// For `Extent::Part`, the previous files. Whatever is not a page is served from there until the new
    /// file comes.
    pub older: Arc<SiteFiles>,
    /// The addresses of the theme's style sheets, by name.
    pub styles: Vec<(String, String)>,
    /// Pages that could not be drawn, once all have been tried. If `files` holds such a page, it is an
    /// older version.
    pub undrawn: BTreeSet<OutputPath>,
    pub faults: Vec<Arc<Fault>>,
    /// Knows the sources; none where they cannot be read.
    pub editor: Option<Arc<dyn EditorApi>>,
}

impl Preview {
    /// The content of a file.
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

    /// The “not found” page in the language of the path, or else in the default language.
    pub fn not_found(&self, below: &str) -> String {
        let segment = below.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let of = |language: &&Language| language.slug() == segment;
        let language = self.languages.iter().find(of).unwrap_or(&self.default_language);
        format!("{}/404.html", language.slug())
    }

    /// A picture of the site. Many are never looked at, so each is drawn when it is requested.
    pub fn picture(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let editor = self.editor.as_ref().filter(|_| path.starts_with(picture::FOLDER))?;
        editor.picture(path).map(Arc::from)
    }

    /// What a reader of `path` sees, before anything is added to it.
    pub fn html(&self, path: &str) -> &[u8] {
        let there = self.files.get(path).or_else(|| self.files.get(self.not_found(path).as_str()));
        there.map(|bytes| bytes.as_slice()).unwrap_or_default()
    }

    /// The faults to be shown on a page: those of its own files, and why it was not drawn.
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

    /// The version of a page: what a reader sees, and where the links to an editor lead. The addresses of
    /// style sheets are left out, because those are exchanged without reloading.
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
