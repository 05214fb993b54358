//! Writes manuals as people write them: words as frequent as in real text, and what Markdown has beside prose.
//!
//! There is a long tail of rare words and figures; code, tables, footnotes, lists and links; little front matter.
//! `benches/words/` has the thousand most frequent words of each language, each with how often it was counted in
//! the texts and translations of two large free projects (40,000 to 160,000 words a language).

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::random::Random;

/// A language of the manuals.
struct Locale {
    tag: &'static str,
    counts: &'static str,
    space: &'static str,
    stop: &'static str,
    /// One word in so many is none of the thousand, as it was counted.
    rare: usize,
    /// Words of this language for ten of English.
    per_ten: usize,
}

const LOCALES: [Locale; 4] = [
    Locale {
        tag: "en",
        counts: include_str!("../words/en.txt"),
        space: " ",
        stop: ". ",
        rare: 5,
        per_ten: 10,
    },
    Locale {
        tag: "zh-Hans",
        counts: include_str!("../words/zh-Hans.txt"),
        space: "",
        stop: "。",
        rare: 7,
        per_ten: 9,
    },
    Locale {
        tag: "sq",
        counts: include_str!("../words/sq.txt"),
        space: " ",
        stop: ". ",
        rare: 5,
        per_ten: 10,
    },
    Locale {
        tag: "de",
        counts: include_str!("../words/de.txt"),
        space: " ",
        stop: ". ",
        rare: 4,
        per_ten: 10,
    },
];

/// The guides of one section.
const SECTION: usize = 50;
/// Rare words that there are, the first of them the most frequent.
const RARE: f64 = 400_000.0;
const TAGS: [&str; 8] =
    ["install", "update", "backup", "privacy", "network", "accounts", "printing", "sound"];

/// Writes a project of so many manuals below `root`.
pub fn make(root: &Path, guides: usize) -> io::Result<()> {
    let below = root.join("guides");
    fs::create_dir_all(&below)?;
    fs::write(
        below.join("site.yaml"),
        "title: Manuals\nbase_url: https://manuals.example/\nlanguages: {en: {name: English}, \
         zh-Hans: {name: 中文}, sq: {name: Shqip}, de: {name: Deutsch}}\n\
         publish: {beside: {folder: ../published}}\n",
    )?;
    // The theme has no words of German.
    let words = root.join("themes/default/i18n");
    fs::create_dir_all(&words)?;
    let english = include_str!("../../themes/default/i18n/en.yaml");
    fs::write(words.join("de.yaml"), english.replacen("name: English", "name: Deutsch", 1))?;
    let vocabularies = LOCALES.each_ref().map(Vocabulary::new);
    for guide in 0..guides {
        let folder = below.join(path(guide));
        fs::create_dir_all(&folder)?;
        for vocabulary in &vocabularies {
            let text = Manual::new(guide, guides, vocabulary).write();
            fs::write(folder.join(format!("{}.md", vocabulary.locale.tag)), text)?;
        }
    }
    Ok(())
}

fn path(guide: usize) -> String {
    format!("part-{:03}/manual-{guide:05}", guide / SECTION)
}

/// The words of a language, by how frequent they are.
struct Vocabulary {
    locale: &'static Locale,
    words: Vec<&'static str>,
    /// For each word, how often it and those before it were counted.
    sums: Vec<usize>,
}

impl Vocabulary {
    fn new(locale: &'static Locale) -> Vocabulary {
        let (mut words, mut sums, mut sum) = (Vec::new(), Vec::new(), 0);
        for line in locale.counts.lines() {
            let mut line = line.split(' ');
            let count: usize = line.next().and_then(|count| count.parse().ok()).unwrap_or(1);
            for word in line {
                sum += count;
                words.push(word);
                sums.push(sum);
            }
        }
        Vocabulary { locale, words, sums }
    }

    fn frequent(&self, random: &mut Random) -> &'static str {
        let place = random.below(self.sums.last().copied().unwrap_or(0));
        let at = self.sums.partition_point(|sum| *sum <= place);
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The beginning of one word and the end of another: no dictionary has it, and its letters are usual ones. How
    /// often such a word comes falls with its rank, as it does in any text (Zipf's law).
    fn rare(&self, random: &mut Random) -> String {
        let share = random.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = RARE.powf(share) as u64;
        let mut random = Random::new(rank << 8 | self.locale.tag.len() as u64);
        let (one, other) = (self.any(&mut random), self.any(&mut random));
        let half = |word: &str| {
            let middle = word.chars().count().div_ceil(2);
            word.char_indices().nth(middle).map_or(word.len(), |(at, _)| at)
        };
        let end = other.get(half(other)..).unwrap_or_default();
        one.get(..half(one)).unwrap_or_default().to_owned() + end
    }

    fn any(&self, random: &mut Random) -> &'static str {
        random.pick(&self.words).unwrap_or_default()
    }

    fn word(&self, random: &mut Random) -> String {
        match random.once_in(self.locale.rare) {
            true => self.rare(random),
            false => self.frequent(random).to_owned(),
        }
    }
}

/// One manual in one language.
struct Manual<'a> {
    guide: usize,
    guides: usize,
    vocabulary: &'a Vocabulary,
    random: Random,
    /// What is the same in every language: figures, commands, how many rows a table has.
    facts: Random,
    text: String,
}

impl<'a> Manual<'a> {
    fn new(guide: usize, guides: usize, vocabulary: &'a Vocabulary) -> Manual<'a> {
        let seed = (guide as u64) << 8;
        let random = Random::new(seed | vocabulary.locale.tag.len() as u64);
        let text = String::with_capacity(8 << 10);
        Manual { guide, guides, vocabulary, random, facts: Random::new(seed), text }
    }

    fn write(mut self) -> String {
        let (title, summary) = (self.words(5), self.words(14));
        let _ = writeln!(self.text, "---\ntitle: \"{title}\"\nsummary: \"{summary}\"");
        if self.vocabulary.locale.tag == "en" {
            let tags =
                [self.guide, self.guide / 3].map(|at| TAGS.get(at % 8).unwrap_or(&"install"));
            let _ = writeln!(self.text, "tags: [{}, {}]\n---\n", tags[0], tags[1]);
        } else {
            self.text.push_str("translation: {of: en}\n---\n\n");
        }
        self.paragraph();
        for section in 0..self.facts.between(5, 7) {
            let heading = self.words(4);
            let _ = writeln!(self.text, "## {heading}\n");
            self.paragraph();
            match section {
                0 => self.list(),
                1 => self.table(),
                2 => self.code(),
                _ => self.paragraph(),
            }
            self.link(section);
        }
        let note = self.sentence(12);
        let _ = writeln!(self.text, "[^note]: {}", note.trim_end());
        self.text
    }

    /// Words without a mark: a title, a cell.
    fn words(&mut self, count: usize) -> String {
        let Locale { space, per_ten, .. } = *self.vocabulary.locale;
        let count = (count * per_ten).div_ceil(10);
        let words: Vec<String> =
            (0..count).map(|_| self.vocabulary.word(&mut self.random)).collect();
        let words = words.join(space);
        let mut letters = words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }

    /// About as long as so many words of English, with a name, emphasis or code now and then.
    fn sentence(&mut self, count: usize) -> String {
        let Locale { space, stop, per_ten, .. } = *self.vocabulary.locale;
        let mut sentence = String::new();
        for place in 0..(count * per_ten).div_ceil(10) {
            let word = self.vocabulary.word(&mut self.random);
            if place > 0 {
                sentence.push_str(space);
            }
            let _ = match self.random.below(50) {
                0 => write!(sentence, "**{word}**"),
                1 => write!(sentence, "`{}`", self.vocabulary.frequent(&mut self.random)),
                2 => write!(sentence, "*{word}*"),
                _ => write!(sentence, "{word}"),
            };
        }
        sentence + stop
    }

    /// Three to six sentences, one of them with a figure.
    fn paragraph(&mut self) {
        for _ in 0..self.random.between(3, 6) {
            let length = self.random.between(6, 20);
            let sentence = self.sentence(length);
            self.text.push_str(&sentence);
        }
        let figure = match self.facts.below(3) {
            0 => self.facts.between(10, 9_999).to_string(),
            1 => format!("2025-{:02}-{:02}", self.facts.between(1, 12), self.facts.between(1, 28)),
            _ => format!("{}.{}", self.facts.between(1, 20), self.facts.between(0, 9)),
        };
        let Locale { space, stop, .. } = *self.vocabulary.locale;
        let words = self.words(4);
        let _ = writeln!(self.text, "{words}{space}{figure}{}\n", stop.trim_end());
    }

    fn list(&mut self) {
        for _ in 0..self.facts.between(3, 5) {
            let words = self.words(7);
            let _ = writeln!(self.text, "- {words}");
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        let head = [self.words(1), self.words(2), self.words(1)];
        let _ = writeln!(self.text, "| {} |\n|---|---|---|", head.join(" | "));
        for _ in 0..self.facts.between(3, 6) {
            let row = [self.words(2), self.words(4), self.words(2)];
            let _ = writeln!(self.text, "| {} |", row.join(" | "));
        }
        self.text.push('\n');
    }

    fn code(&mut self) {
        self.text.push_str("```sh\n");
        for _ in 0..self.facts.between(2, 5) {
            let name = self.facts.below(1 << 20);
            let _ = writeln!(self.text, "tool --set name-{name:05x} --verbose | head -n 20");
        }
        self.text.push_str("```\n\n");
    }

    /// To another manual, or to another site; the first has a footnote.
    fn link(&mut self, section: usize) {
        let other = path((self.guide + section * 17 + 1) % self.guides);
        let words = self.words(3);
        let before = self.sentence(8);
        let target = match section {
            2 => "https://example.org/reference".to_owned(),
            _ => format!("/{other}/"),
        };
        let note = if section == 0 { "[^note]" } else { "" };
        let _ = writeln!(self.text, "{before}[{words}]({target}){note}\n");
    }
}
