//! Makes a project of any size: guides in four languages, operators, sections, a glossary.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::guide;
use crate::manual;
use crate::prose::{Prose, TONGUES};

pub const COUNTRIES: [&str; 6] = ["al", "gb", "hk", "it", "jp", "tw"];
/// Two operators a country.
pub const OPERATORS: [&str; 2] = ["blue", "red"];
/// The guides of one section.
const SECTION: usize = 25;

/// Where a guide stands below `guides/`: countries in turn, sections filled one after another.
pub fn path(guide: usize) -> String {
    let country = guide % COUNTRIES.len();
    let section = guide / COUNTRIES.len() / SECTION;
    format!("{}/topic-{section:03}/guide-{guide:05}", country_name(country))
}

pub fn country_name(index: usize) -> &'static str {
    COUNTRIES.get(index % COUNTRIES.len()).copied().unwrap_or("al")
}

/// What the project's pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Manuals with the words, the constructs and the length of real ones
    Manuals,
    /// Guides that use every field
    Guides,
    /// Prose with a title, a summary and tags: what other generators can be given too
    Articles,
}

/// Writes a project with this many guides below `root`.
pub fn make(root: &Path, guides: usize, kind: Kind) -> io::Result<()> {
    if kind == Kind::Manuals {
        return manual::make(root, guides);
    }
    let below = root.join("guides");
    fs::create_dir_all(&below)?;
    fs::write(below.join("site.yaml"), site(guides))?;
    fs::write(below.join("glossary.yaml"), glossary())?;
    section(&below, "", 1)?;
    for country in COUNTRIES {
        section(&below, country, 2)?;
        operators(&below, country)?;
    }
    for guide in 0..guides {
        let folder = below.join(path(guide));
        fs::create_dir_all(&folder)?;
        if (guide / COUNTRIES.len()).is_multiple_of(SECTION) {
            section(&below, path(guide).rsplit_once('/').map_or("", |(section, _)| section), 3)?;
        }
        for (index, tongue) in TONGUES.iter().enumerate() {
            // Now and then a translation is missing, and its page shows the original.
            if index == 3 && guide % 20 == 19 {
                continue;
            }
            let text = match kind {
                Kind::Articles => guide::article(guide, guides, tongue, index == 0),
                _ => guide::text(guide, guides, tongue, index == 0),
            };
            fs::write(folder.join(format!("{}.md", tongue.tag)), text)?;
        }
    }
    Ok(())
}

/// Turns the search of the project at `root` off, or on again.
pub fn set_search(root: &Path, word: &str) -> io::Result<()> {
    let path = root.join("guides/site.yaml");
    let settings = fs::read_to_string(&path)?;
    let others = settings.lines().filter(|line| !line.starts_with("search: "));
    let others: String = others.map(|line| format!("{line}\n")).collect();
    fs::write(path, format!("{others}search: {word}\n"))
}

fn site(guides: usize) -> String {
    let mut text = "title: Guides\nbase_url: https://guides.example/\n\
                    languages: [en, zh-Hans, zh-Hant, sq]\nreview: {every: 6mo}\n\
                    publish: {beside: {folder: ../published}}\nnavigation:\n"
        .to_owned();
    for country in COUNTRIES {
        let _ = writeln!(text, "  - {country}");
    }
    for guide in (0..guides).take(50) {
        let _ = writeln!(text, "  - {}", path(guide));
    }
    text
}

fn section(below: &Path, path: &str, seed: u64) -> io::Result<()> {
    let folder = below.join(path);
    fs::create_dir_all(&folder)?;
    for tongue in &TONGUES {
        let mut prose = Prose::new(tongue, seed, vec!["/al/".to_owned()]);
        let (title, summary) = (prose.title(3), prose.plain(12));
        let original = match tongue.tag {
            "en" => "",
            _ => "translation: {of: en}\n",
        };
        let text = prose.paragraph(60);
        fs::write(
            folder.join(format!("{}.md", tongue.tag)),
            format!("---\ntitle: {title}\nsummary: {summary}\n{original}---\n\n{text}\n"),
        )?;
    }
    Ok(())
}

/// `{default: …, zh-Hans: …}` in every language.
fn local(seed: u64, words: usize) -> String {
    let each = TONGUES.iter().enumerate().map(|(index, tongue)| {
        let tag = if index == 0 { "default" } else { tongue.tag };
        format!("{tag}: {}", Prose::new(tongue, seed, Vec::new()).title(words))
    });
    format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
}

fn operators(below: &Path, country: &str) -> io::Result<()> {
    let folder = below.join("operators").join(country);
    fs::create_dir_all(&folder)?;
    let numbers = format!(
        "name: {}\ncalling_code: \"+355\"\nemergency:\n  - {{id: general, value: 112, name: {}}}\n",
        local(7, 1),
        local(8, 2)
    );
    fs::write(below.join("operators").join(format!("{country}.yaml")), numbers)?;
    for operator in OPERATORS {
        let mut text = format!(
            "name: {country} {operator}\nstatus: active\nwebsite: https://{operator}.example\n\
             former_names: [{{name: Old {operator}, until: 2015-07}}]\nnote: {}\nchannels:\n",
            local(9, 14)
        );
        for (id, kind, value) in [
            ("care", "phone", "value: 142"),
            ("contracts", "phone", "value: 149"),
            ("text", "sms", "value: 155"),
            ("web", "web", "value: https://care.example/"),
            ("letters", "email", "value: care@care.example"),
            ("shop", "shop", "confidence: press"),
        ] {
            let _ = write!(
                text,
                "  - id: {id}\n    type: {kind}\n    {value}\n    name: {}\n    \
                 verified: 2026-08-22\n    source: https://care.example/\n",
                local(10, 3)
            );
        }
        fs::write(folder.join(format!("{operator}.yaml")), text)?;
    }
    Ok(())
}

fn glossary() -> String {
    let mut text = String::new();
    for (seed, term) in ["number", "iccid", "balance", "contract"].into_iter().enumerate() {
        let seed = seed as u64;
        let _ = writeln!(text, "{term}:\n  term: {}\n  text: {}", local(seed, 2), local(seed, 20));
    }
    text
}
