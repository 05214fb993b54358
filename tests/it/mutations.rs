//! Our guides with random slips: no panic, and an answer in time.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that measures time fails loudly"
)]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use cicerone::model::diagnostic::Code;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::pipeline::Options;
use proptest::prelude::{Strategy, any, prop_assert};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::project::{build, home, options, read};

/// Pieces of Markdown, YAML and text that break things.
const PIECES: &[&str] = &[
    "---\n",
    "```\n",
    "> [!NOTE]\n",
    "- ",
    "  - {id: ",
    "}",
    "[",
    "](",
    ")",
    "**",
    "~~",
    "`",
    "|",
    "\n|-|\n",
    "{#",
    "{#steps}",
    "{operator=al/one}",
    "{show=channels}",
    "<",
    "<details>",
    "</span>",
    "<!--",
    "&#x0;",
    "[^1]",
    "[^1]: ",
    ": ",
    "\n: ",
    "#",
    "## \n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{fdd0}",
    "\u{202e}",
    "\u{301}",
    "真",
    "，",
    "「",
    "한",
    "🇦🇱",
    "&x",
    "*x",
    "!!str ",
    "<<: ",
    "? ",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\",
    "%",
    "@",
    "title: ",
    "steps:\n",
    "words:\n",
    "translation: {of: en}\n",
    "id: debt\n",
    "unknown",
    "99999999999999999999",
    "javascript:",
    "../../../",
    "#%ff",
    "operators: [al/one]\n",
    "slug: ..\n",
    "null",
    "[[[[[[[[",
    "{{{{{{{{",
    "}}",
];

static GUIDES: LazyLock<Sources> = LazyLock::new(|| {
    let mut sources = read(home()).value;
    // A part is enough, and quicker: the largest guide in two languages, its section, two operators.
    let wanted = ["glossary", "al/en", "al/zh-Hans", "al/cancel-sim/en", "al/cancel-sim/zh-Hans"];
    let registry = ["operators/al", "operators/al/one", "operators/al/vodafone"];
    let is_wanted = |path: &str| {
        let name = path.strip_prefix("guides/").and_then(|path| path.rsplit_once('.'));
        name.is_some_and(|(name, _)| wanted.contains(&name) || registry.contains(&name))
    };
    sources.texts.retain(|path, _| is_wanted(path.as_str()));
    let settings = "title: A\nlanguages: [en, zh-Hans]\nbase_url: https://a.example/\n";
    sources.texts.insert(SourcePath::new("guides/site.yaml"), settings.into());
    sources
});

#[derive(Debug, Clone)]
enum Slip {
    /// So many bytes are gone.
    Cut(usize),
    /// So many bytes stand there again.
    Twice(usize),
    Piece(usize),
}

/// Which file, where in it (both as parts of a whole), and what.
type Mutation = (f64, f64, Slip);

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let slip = proptest::prop_oneof![
        (1..40_usize).prop_map(Slip::Cut),
        (1..200_usize).prop_map(Slip::Twice),
        (0..PIECES.len()).prop_map(Slip::Piece),
    ];
    let place = || any::<u32>().prop_map(|part| f64::from(part) / f64::from(u32::MAX));
    proptest::collection::vec((place(), place(), slip), 1..12)
}

fn mutate(sources: &Sources, mutations: &[Mutation]) -> Sources {
    let mut sources = sources.clone();
    let paths: Vec<SourcePath> = sources.texts.keys().cloned().collect();
    for (file, place, slip) in mutations {
        let part = |part: f64, whole: usize| ((part * whole as f64) as usize).min(whole);
        let path = &paths[part(*file, paths.len() - 1)];
        let text = sources.texts[path].to_string();
        let start = text.floor_char_boundary(part(*place, text.len()));
        let end = |length: usize| text.floor_char_boundary((start + length).min(text.len()));
        let (before, after) = text.split_at(start);
        let text = match slip {
            Slip::Cut(length) => format!("{before}{}", &text[end(*length)..]),
            Slip::Twice(length) => format!("{before}{}{after}", &text[start..end(*length)]),
            Slip::Piece(piece) => format!("{before}{}{after}", PIECES[*piece]),
        };
        sources.texts.insert(path.clone(), text.into());
    }
    sources
}

/// Far beyond what such a site needs, also on a busy machine and without optimization.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn no_slip_makes_the_program_panic_or_hang() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let result = runner.run(&mutations(), |mutations| {
        let sources = mutate(&GUIDES, &mutations);
        let start = Instant::now();
        let built = build(&sources, &Options { jobs: 1, ..options() });
        let broken: Vec<_> =
            built.faults.iter().filter(|fault| fault.code == Code::Internal).collect();
        prop_assert!(broken.is_empty(), "{broken:#?}");
        prop_assert!(start.elapsed() < LONG, "took {:?}", start.elapsed());
        Ok(())
    });
    if let Err(error) = result {
        std::panic::panic_any(error.to_string());
    }
}
