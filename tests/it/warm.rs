//! A warm build is a cold build, byte for byte, whatever was edited between.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a test fails loudly, and gathers from many threads"
)]

mod own;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use cicerone::model::diagnostic::Diagnostic;
use cicerone::model::output::Output;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::parse;
use cicerone::pipeline::{Cache, Drafts, Findings, Keep, Options, Warm, Watcher, prepare_warm};

struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

#[derive(Debug, PartialEq)]
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    faults: Vec<Diagnostic>,
}

fn build(sources: &Sources, cache: &Cache, first: &BTreeSet<String>) -> (Built, Cache) {
    let today = parse::day("2026-09-01").unwrap();
    let options = Options {
        drafts: Drafts::LeftOut,
        today,
        base: None,
        jobs: 1,
        purpose: cicerone::pipeline::Purpose::Hosting,
    };
    let (outcome, cache) = prepare_warm(sources, &options, cache, &Silent);
    let mut faults = Vec::new();
    let prepared = outcome.drain_into(&mut faults);
    let files = Mutex::new(BTreeMap::new());
    let put = |output: &Output| {
        files.lock().unwrap().insert(output.path.to_string(), output.bytes.to_vec());
        Ok(())
    };
    let warm = Warm { cache: &cache, keep: Keep::Pages, first, between: &mut |_| {} };
    let (drawn, cache) = prepared.render_warm(sources, warm, &Silent, &put).unwrap();
    faults.extend(drawn);
    faults.sort();
    (Built { files: files.into_inner().unwrap(), faults }, cache)
}

/// A generator of numbers that is the same everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }

    fn of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}

fn write(sources: &mut Sources, path: &str, text: impl AsRef<str>) {
    sources.texts.insert(SourcePath::new(path), text.as_ref().into());
}

fn site() -> Sources {
    let mut sources = Sources::default();
    write(&mut sources, "guides/site.yaml", config(0));
    write(&mut sources, "guides/glossary.yaml", glossary(0));
    write(&mut sources, "guides/operators/al/one.yaml", operator(0));
    write(&mut sources, "guides/en.md", "---\ntitle: Home\n---\nWelcome.\n");
    for name in ["a", "b", "s/c", "s/d"] {
        write(&mut sources, &format!("guides/{name}/en.md"), original(name, 0));
        write(&mut sources, &format!("guides/{name}/sq.md"), translation(name, 0));
        write(&mut sources, &format!("guides/{name}/zh-Hans.md"), chinese(name, 0));
    }
    sources
}

fn config(turn: usize) -> String {
    let converted =
        "{en: {name: English}, zh-Hans: {name: 中文}, zh-Hant: {from: zh-Hans}, sq: {name: Shqip}}";
    let languages = ["[en, sq]", converted, "[en]", "[en, sq, zh-Hans]"][turn % 4];
    let base = ["", "base_url: https://example.org/\n", "base_url: https://example.org/x/\n"];
    let markdown = turn.is_multiple_of(2);
    format!(
        "title: Site {}\nlanguages: {languages}\nmarkdown: {markdown}\n{}",
        turn % 3,
        base[turn % 3]
    )
}

fn glossary(turn: usize) -> String {
    format!("iccid:\n  term: {{default: ICCID {turn}}}\n  text: {{default: Its number.}}\n")
}

fn operator(turn: usize) -> String {
    let status = ["active", "closed"][turn % 2];
    format!(
        "country: AL\nname: {{default: One {}}}\nstatus: {status}\nchannels:\n  \
         - {{id: care, type: phone, value: \"+355{turn}\"}}\n",
        turn % 5
    )
}

fn original(name: &str, turn: usize) -> String {
    let link = ["../a/", "../b/", "/s/c/", "../nowhere/", "#contact"][turn % 5];
    let extra = ["tags: [sim]\n", "operators: [al/one]\n", "draft: true\n", "titel: x\n", ""];
    // Doubtful words, and a stranger whom several guides advertise.
    let doubtful = ["", "", "The ІMEI is on the box. ", "Ask <https://t.me/helper>. "][turn % 4];
    format!(
        "---\ntitle: Guide {name} {}\n{}steps:\n  - {{id: contact, title: Call {turn}}}\n---\n\
         {doubtful}Words {turn}, [there]({link}).\n\n## More {}\n\nAnd more.\n",
        turn % 7,
        extra[turn % 5],
        turn % 3
    )
}

fn translation(name: &str, turn: usize) -> String {
    let front = ["translation: {of: en}", "translation: {of: en}\nslug: tjeter", "title: [", ""];
    format!("---\ntitle: Udhëzues {name}\n{}\n---\nFjalë {turn}.\n", front[turn % 4])
}

/// The addresses of the guides below it depend on it.
fn section(turn: usize) -> String {
    format!("---\ntitle: Section\nslug: part-{}\n---\nGuides.\n", turn % 4)
}

fn chinese(name: &str, turn: usize) -> String {
    format!(
        "---\ntitle: 注销{name}\ntranslation: {{of: en}}\n---\n第{turn}次。\n\n## 余额\n\n退回。\n"
    )
}

/// One thing that an editor does.
fn edit(sources: &mut Sources, dice: &mut Dice, turn: usize) {
    let guides: Vec<SourcePath> =
        sources.texts.keys().filter(|path| path.extension() == "md").cloned().collect();
    let name = dice.of(&["a", "b", "s/c", "s/d", "new", "s/deep/er"]).to_owned();
    match dice.below(12) {
        0..=3 => write(sources, &format!("guides/{name}/en.md"), original(name, turn)),
        4 => write(sources, &format!("guides/{name}/sq.md"), translation(name, turn)),
        5 => write(sources, &format!("guides/{name}/zh-Hans.md"), chinese(name, turn)),
        6 => write(sources, "guides/operators/al/one.yaml", operator(turn)),
        7 if turn.is_multiple_of(2) => write(sources, "guides/glossary.yaml", glossary(turn % 3)),
        7 => write(sources, "guides/s/en.md", section(turn)),
        8 => write(sources, "guides/site.yaml", config(turn)),
        9 => {
            let templates = [
                "{% extends \"default/guide.html\" %}{% block footer %}1{% endblock footer %}",
                "{{ page.title }} {{ site.title }}",
                "{% if %}",
                "{{ page.nothing.at.all }}",
            ];
            let path = "themes/default/templates/guide.html";
            match turn % 5 {
                4 => _ = sources.texts.remove(&SourcePath::new(path)),
                turn => write(sources, path, templates[turn]),
            }
            write(sources, "themes/default/assets/style.css", format!("a {{ top: {turn}px }}"));
        }
        10 if !guides.is_empty() => _ = sources.texts.remove(dice.of(&guides)),
        // A rename.
        _ if !guides.is_empty() => {
            let text = sources.texts.remove(dice.of(&guides)).unwrap();
            sources.texts.insert(SourcePath::new(&format!("guides/{name}/en.md")), text);
        }
        _ => {}
    }
}

#[test]
fn a_thousand_edits_later_a_warm_build_is_a_cold_one() {
    let mut dice = Dice(5);
    let mut sources = site();
    let mut cache = Cache::default();
    let mut findings = Findings::default();
    let (mut found, mut found_again) = (0, 0);
    let wanted = BTreeSet::from(["en/a/index.html".to_owned()]);
    let mut drawn = 0;
    let mut turn = 0;
    while turn < 1000 {
        // Sometimes one file is saved, sometimes a branch is checked out.
        for _ in 0..=dice.below(9) {
            turn += 1;
            edit(&mut sources, &mut dice, turn);
        }
        let first = if turn % 2 == 0 { wanted.clone() } else { BTreeSet::new() };
        let (warm, left) = build(&sources, &cache, &first);
        let (cold, _) = build(&sources, &Cache::default(), &BTreeSet::new());
        assert!(warm == cold, "edit {turn}: {sources:#?}");
        // What another run found, and nothing else that it made.
        let known = Cache::of_findings(findings.clone());
        let (kept, after) = build(&sources, &known, &BTreeSet::new());
        assert!(kept == cold, "edit {turn}, with findings of before: {sources:#?}");
        let after = after.findings().unwrap();
        let doubtful = after.iter().filter(|(_, found)| !found.is_empty());
        found += doubtful.clone().count();
        found_again += doubtful.filter(|(key, _)| findings.contains_key(key)).count();
        findings = after.as_ref().clone();
        cache = left;
        drawn += cold.files.len();
        // Not everything may be gone.
        if dice.below(10) == 0 {
            sources = site();
        }
    }
    assert!(found_again > 100, "{found_again} of {found} findings were known");
    assert!(drawn > 2_000, "the site was hardly ever there: {drawn} files");
}
