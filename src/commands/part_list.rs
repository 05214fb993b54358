//! What a part of a site says of itself: what it was made of, and what is in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::commands::project::{self, Project};
use crate::disk::OutputEntry;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Fingerprint;
use crate::model::output::OutputPath;
use crate::pipeline::Options;

/// The file in which it says so.
pub const LIST: &str = "cicerone-part.json";
/// The folder of its words for the search.
pub const WORDS: &str = "cicerone-words/";

const VERSION: u32 = 1;

/// What a part and the site that it goes into have to be made of alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartGrounds {
    pub program: String,
    pub day: String,
    /// Of `site.yaml` and of what the command was asked for.
    settings: String,
    /// Of everything that was read.
    sources: String,
}

impl PartGrounds {
    pub fn of(project: &Project, options: &Options) -> std::io::Result<PartGrounds> {
        let Options { drafts, today, base, jobs: _, purpose: _ } = options;
        let Project { root: _, sources, faults } = project;
        let settings = (sources.text("guides/site.yaml"), format!("{drafts:?} {base:?}"));
        let all = (&sources.texts, &sources.assets, faults);
        Ok(PartGrounds {
            program: project::program_anywhere()?,
            day: today.to_string(),
            settings: Fingerprint::of_value(&settings).to_string(),
            sources: Fingerprint::of_value(&all).to_string(),
        })
    }

    /// Why a part made of these does not go into a site made of `site`, and what to do about it. `part` is its name.
    pub fn refusal(&self, site: &PartGrounds, part: &str) -> Option<(String, String)> {
        let told = |reason: &str, hint: String| Some((format!("the part `{part}` {reason}"), hint));
        let PartGrounds { program, day, settings, sources } = self;
        if *program != site.program {
            return told(
                &format!("was made by another program ({program}, and this is {})", site.program),
                "make all parts and the site with one program".to_owned(),
            );
        }
        if *day != site.day {
            return told(
                &format!("was made for {day}, and the site is made for {}", site.day),
                format!("give every command the same day: `--as-of {day}`"),
            );
        }
        if *settings != site.settings {
            let hint =
                "give every command the same `guides/site.yaml`, `--base-url` and `--drafts`";
            return told("was made with other settings", hint.to_owned());
        }
        if *sources != site.sources {
            let hint = "make all parts and the site from one commit";
            return told("was made of other guides", hint.to_owned());
        }
        None
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct PartList {
    version: u32,
    pub sections: Vec<String>,
    #[serde(flatten)]
    pub grounds: PartGrounds,
    /// Every file by its path, with its size and fingerprint.
    files: BTreeMap<String, (u64, String)>,
    /// What the lints found in each guide, a line each.
    pub findings: Vec<String>,
    /// What was found when its pages were drawn.
    pub faults: Vec<Diagnostic>,
}

impl PartList {
    pub fn new(sections: Vec<String>, grounds: PartGrounds) -> PartList {
        let (files, findings, faults) = Default::default();
        PartList { version: VERSION, sections, grounds, files, findings, faults }
    }

    pub fn put_files(&mut self, files: &BTreeMap<OutputPath, OutputEntry>) {
        let file = |(path, entry): (&OutputPath, &OutputEntry)| {
            (path.to_string(), (entry.size, entry.fingerprint.to_string()))
        };
        self.files = files.iter().map(file).collect();
    }

    /// `None` unless this program could have written it.
    pub fn parse(bytes: &[u8]) -> Option<PartList> {
        serde_json::from_slice(bytes).ok().filter(|list: &PartList| list.version == VERSION)
    }

    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Its files; `None` if one of them could not be a file of a site.
    pub fn files(&self) -> Option<BTreeMap<OutputPath, OutputEntry>> {
        let file = |(path, (size, digits)): (&String, &(u64, String))| {
            let fingerprint = Fingerprint::parse(digits)?;
            Some((OutputPath::parse(path)?, OutputEntry { size: *size, fingerprint }))
        };
        self.files.iter().map(file).collect()
    }
}
