//! One guide edited after another, most often so that no other page sees it, and sometimes so that some do.

use std::collections::BTreeSet;

use cicerone::model::diagnostic::Diagnostic;
use cicerone::model::source::Sources;
use cicerone::pipeline::Cache;

use super::{Dice, build, write};

const GUIDES: [&str; 5] = ["al/a", "al/b", "al/c", "xk/d", "xk/e"];

/// What a guide says, each part by the number of its version.
#[derive(Clone, Default)]
struct Guide {
    title: usize,
    summary: usize,
    words: usize,
    heading: usize,
    link: usize,
    step: usize,
    item: usize,
    facts: usize,
    draft: bool,
    /// Of the translations.
    albanian: usize,
    chinese: usize,
}

impl Guide {
    fn original(&self, name: &str) -> String {
        let Guide { title, summary, words, step, .. } = self;
        let link = [
            "../a/#contact",
            "../b/#more",
            "/al/c/#more-1",
            "/xk/d/",
            "#contact",
            "#nowhere",
            "../../xk/e/index.html",
        ][self.link % 7];
        // An id of its own, or one made of the words.
        let heading = [
            "## More {#more}".to_owned(),
            "## Much more {#more}".to_owned(),
            format!("## More {}", self.heading),
            "Nothing more.".to_owned(),
        ][self.heading % 4]
            .clone();
        let item = ["contact", "contact", "contact", "call"][self.item % 4];
        let facts = [
            "",
            "tags: [sim]\n",
            "tags: [sim]\noperators: [al/one]\n",
            "related: [al/a]\n",
            "aliases: [/old/]\n",
            "review: {verified: 2026-01-01, every: 30d}\n",
            "materials:\n  - {id: number, term: iccid}\n",
            "sources: {law: {title: The law, url: https://law.example/}}\n",
        ][self.facts % 8];
        let draft = if self.draft { "draft: true\n" } else { "" };
        format!(
            "---\ntitle: Guide {name} {title}\nsummary: About {summary}.\n{facts}{draft}steps:\n  \
             - {{id: {item}, title: Call {step}}}\n---\nWords {words}, [there]({link}).\n\n{heading}\n\nText.\n"
        )
    }

    fn translation(&self, name: &str, turn: usize, word: &str) -> String {
        let items = ["", "words: {contact: {title: Y}}\n", "words: {call: {title: Y}}\n"][turn % 3];
        format!(
            "---\ntitle: {word} {name} {}\ntranslation: {{of: en}}\n{items}---\n{word} {turn}.\n\n\
             ## {word} {{#more}}\n\n[{word}](/al/b/#more)\n",
            turn / 4
        )
    }

    fn edit(&mut self, dice: &mut Dice) {
        match dice.below(16) {
            0..=3 => self.words += 1,
            4 => self.title += 1,
            5 => self.summary += 1,
            6 => self.heading += 1,
            7 | 8 => self.link += 1,
            9 => self.step += 1,
            10 => self.item += 1,
            11 => self.facts += 1,
            12 => self.draft = !self.draft,
            13 | 14 => self.albanian += 1,
            _ => self.chinese += 1,
        }
    }

    fn save(&self, name: &str, sources: &mut Sources) {
        let mut put = |file: &str, text: String| {
            write(sources, &format!("guides/{name}/{file}.md"), text);
        };
        put("en", self.original(name));
        // Some guides lack a language.
        if name != "al/c" {
            put("sq", self.translation(name, self.albanian, "Fjalë"));
        }
        if name.starts_with("al/") {
            put("zh-Hans", self.translation(name, self.chinese, "注销发现"));
        }
        if name == "al/b" {
            put("zh-Hant", self.translation(name, self.chinese, "註銷"));
        }
    }
}

fn site(languages: &str) -> Sources {
    let mut sources = Sources::default();
    let settings = format!(
        "title: Site\nlanguages: {languages}\nbase_url: https://example.org/\nmarkdown: true\n"
    );
    write(&mut sources, "guides/site.yaml", settings);
    let term = "iccid:\n  term: {default: ICCID}\n  text: {default: Its number.}\n";
    write(&mut sources, "guides/glossary.yaml", term);
    write(&mut sources, "guides/operators/al.yaml", "name: {default: Albania}\n");
    write(&mut sources, "guides/operators/al/one.yaml", "name: {default: One}\nstatus: active\n");
    write(&mut sources, "guides/en.md", "---\ntitle: Home\n---\n[A](/al/a/#more)\n");
    write(&mut sources, "guides/al/en.md", "---\ntitle: Albania\n---\n[B](b/#contact)\n");
    sources
}

/// Whether a page that nobody edited is as it was, is seen by those that lead to it.
#[test]
fn an_edit_of_one_guide_is_seen_wherever_it_shows() {
    let converted = "{en: , sq: , zh-Hans: , zh-Hant: {from: zh-Hans}}";
    for (seed, languages) in [(1, "[en, sq, zh-Hans, zh-Hant]"), (2, converted)] {
        let mut dice = Dice(seed);
        let mut sources = site(languages);
        let mut guides = vec![Guide::default(); GUIDES.len()];
        for (guide, name) in guides.iter().zip(GUIDES) {
            guide.save(name, &mut sources);
        }
        let mut cache = Cache::default();
        for turn in 0..80 {
            let at = dice.below(GUIDES.len());
            guides[at].edit(&mut dice);
            guides[at].save(GUIDES[at], &mut sources);
            let (warm, left) = build(&sources, &cache, &BTreeSet::new());
            let (cold, _) = build(&sources, &Cache::default(), &BTreeSet::new());
            assert!(warm.faults == cold.faults, "turn {turn}: {sources:#?}");
            let of_settings = |fault: &&Diagnostic| {
                fault.place.as_ref().is_some_and(|place| place.path.name() == "site.yaml")
            };
            assert_eq!(cold.faults.iter().find(of_settings), None);
            for (path, bytes) in &cold.files {
                assert!(warm.files.get(path) == Some(bytes), "turn {turn}: {path} of {sources:#?}");
            }
            assert_eq!(warm.files.len(), cold.files.len());
            cache = left;
        }
    }
}
