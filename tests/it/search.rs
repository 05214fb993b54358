//! What the search promises: the same words and hits in both of its languages, and the right page.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "these tests build a site and drive its script"
)]

mod asked;
mod export;
mod joined;
mod languages;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cicerone::disk;
use cicerone::model::date::Date;
use cicerone::model::id::{GuideId, OperatorId};
use cicerone::model::site::{PageKey, Site};
use cicerone::pipeline::{self, Drafts, Options, Prepared, Purpose, Watcher};
use cicerone::search::{self, RankedHit, Variants};
use serde_json::{Value, json};
use tempfile::TempDir;

const QUERIES: &str = include_str!("../search/queries.tsv");

struct Nobody;

impl Watcher for Nobody {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn prepared(root: &Path) -> (Prepared, cicerone::model::source::Sources) {
    let sources = disk::read(root, &[]).unwrap().value;
    let options = Options {
        drafts: Drafts::LeftOut,
        today: Date::since_epoch(20_000),
        base: None,
        jobs: 0,
        purpose: Purpose::Hosting,
    };
    (pipeline::prepare(&sources, &options, &Nobody).value, sources)
}

/// The files of the search, and the script as Node takes it.
fn published(root: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (prepared, sources) = prepared(root);
    let put = |output: &cicerone::model::output::Output| {
        if output.path.as_str().contains("search/") {
            let path = folder.path().join(output.path.as_str());
            fs::create_dir_all(path.parent().unwrap())?;
            fs::write(path, &*output.bytes)?;
        }
        Ok(())
    };
    prepared.render(&sources, &Nobody, &put).unwrap();
    folder
}

/// The answers of the script in Node to these requests.
pub fn drive(folder: &Path, requests: &[Value]) -> Vec<Value> {
    let work = tempfile::tempdir().unwrap();
    let module = work.path().join("search.mjs");
    fs::copy(root().join("themes/default/assets/search.js"), &module).unwrap();
    let mut node = Command::new("node")
        .arg(root().join("tests/search/drive.mjs"))
        .arg(&module)
        .arg(folder.join("search"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("this test drives the script with Node 20 or later: {error}")
        });
    let mut input = node.stdin.take().unwrap();
    let mut lines = String::new();
    requests.iter().for_each(|request| writeln!(lines, "{request}").unwrap());
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "the script failed");
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every string in the guides, and the file of variants that the script is given.
fn texts() -> Vec<String> {
    let sources = disk::read(&root(), &[]).unwrap().value;
    let mut texts = Vec::new();
    for text in sources.texts.values() {
        texts.extend(text.lines().map(str::to_owned));
    }
    texts
}

/// Words of many scripts, put together in many ways; the same on every run.
fn generated() -> Vec<String> {
    let parts = [
        "والشَّريحة",
        "بالك",
        "گوشی ۱۲۹",
        "१२९ ๑๙๑",
        "Çregjistrim",
        "kartën",
        "SIM",
        "註銷",
        "注销",
        "裏",
        "台灣",
        "臺",
        "ＡＢＣ１２",
        "½",
        "①",
        "ﬁn",
        "Straße",
        "ΟΔΟΣ",
        "ὈΔΥΣΣΕΎΣ",
        "İstanbul",
        "ıI",
        "Ёлка",
        "й",
        "שָׁלוֹם",
        "مُحَمَّد",
        "كـتاب",
        "हिन्दी",
        "ไทยนี้",
        "ខ្មែរ",
        "がぎぐ",
        "ガｶﾞ",
        "한국어",
        "각",
        "々〆",
        "𠮷野",
        "e\u{301}\u{327}",
        "a\u{200d}b",
        "x\u{ad}y",
        "👩\u{200d}💻",
        "*100#",
        "+355 69",
        "don't",
        "l’eau",
        "CO₂",
        "№5",
        "Ⅷ",
        "㎏",
        "ǅ",
        "ẞ",
        "ﷺ",
        "_",
        "-",
        " ",
        "·",
        "\u{3000}",
        "，",
        "\n",
        "ñandú",
        "þorn",
        "Łódź",
        "đak",
        "smørrebrød",
        "œuvre",
        "ħobż",
        "Việt Nam",
    ];
    let mut texts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..4000 {
        let count = next() % 6 + 1;
        texts.push((0..count).map(|_| parts[next() as usize % parts.len()]).collect());
    }
    // Every character of blocks that have long been settled: Node and Rust may know different versions
    // of Unicode, which differ in what is new.
    for block in [
        0x20..0x530,
        0x5d0..0x6ff,
        0x900..0x980,
        0xe00..0xf00,
        0x1e00..0x2000,
        0x2070..0x209d,
        0x2100..0x2200,
    ] {
        let chars: Vec<char> = block.filter_map(char::from_u32).collect();
        texts.extend(chars.chunks(8).map(|chars| chars.iter().collect::<String>()));
        texts.extend(chars.iter().map(char::to_string));
    }
    for block in [
        0x3000..0x3100,
        0x3400..0x4db5,
        0x4e00..0x9fa5,
        0xac00..0xad00,
        0xf900..0xfa6d,
        0xff00..0xffe7,
    ] {
        let chars: Vec<char> = block.filter_map(char::from_u32).collect();
        texts.extend(chars.chunks(32).map(|chars| chars.iter().collect::<String>()));
    }
    texts
}

#[test]
fn both_tokenizers_cut_every_text_into_the_same_words() {
    let folder = tempfile::tempdir().unwrap();
    let variants = Variants::packed(|_| true);
    let texts = [texts(), generated()].concat();
    let requests: Vec<Value> =
        texts.chunks(500).map(|texts| json!({"terms": texts, "variants": variants})).collect();
    let answers = drive(folder.path(), &requests);
    let script: Vec<Vec<String>> = answers
        .into_iter()
        .flat_map(|answer| serde_json::from_value::<Vec<Vec<String>>>(answer).unwrap())
        .collect();
    assert_eq!(script.len(), texts.len());
    let all = Variants::all();
    let apart: Vec<_> = texts
        .iter()
        .zip(&script)
        .map(|(text, script)| (text, search::terms(text, all), script))
        .filter(|(_, own, script)| own != *script)
        .collect();
    assert!(
        apart.is_empty(),
        "{} texts are cut otherwise: {:?}",
        apart.len(),
        &apart[..apart.len().min(5)]
    );
}

struct Query {
    language: &'static str,
    kind: &'static str,
    page: &'static str,
    text: &'static str,
}

fn queries() -> Vec<Query> {
    let lines = QUERIES.lines().filter(|line| !line.starts_with('#'));
    let query = |line: &'static str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [language, kind, page, text] = fields.try_into().unwrap();
        Query { language, kind, page, text }
    };
    lines.map(query).collect()
}

fn place(site: &Site, tag: &str) -> usize {
    site.config.languages.iter().position(|language| language.tag() == tag).unwrap()
}

/// Whether the address is that of the page in any language.
fn is_page(site: &Site, url: &str, page: &str) -> bool {
    let key = match page.strip_prefix("operators/") {
        Some(id) => PageKey::Operator(OperatorId::parse(id).unwrap()),
        None => {
            let id = GuideId::parse(page).unwrap();
            if site.guides.contains_key(&id) { PageKey::Guide(id) } else { PageKey::Folder(id) }
        }
    };
    let routes = site.routes.pages.get(&key).unwrap_or_else(|| panic!("no page `{page}`"));
    let url = url.split('#').next().unwrap();
    routes.iter().any(|route| *route.url == *url)
}

#[test]
fn the_right_page_comes_first() {
    let (prepared, _) = prepared(&root());
    let indexes = prepared.indexes();
    let site = &prepared.site;
    let queries = queries();
    assert!(queries.len() >= 150);
    let (mut first, mut near) = (0, 0);
    let mut misses = String::new();
    for query in &queries {
        let found = search::search(&indexes, place(site, query.language), query.text, 8);
        let rank = found.iter().position(|found| is_page(site, &found.url, query.page));
        first += usize::from(rank == Some(0));
        near += usize::from(rank.is_some_and(|rank| rank < 5));
        if rank != Some(0) {
            let urls: Vec<&str> = found.iter().take(3).map(|found| &*found.url).collect();
            writeln!(
                misses,
                "{} {} `{}`: {rank:?} of {urls:?}",
                query.language, query.kind, query.text
            )
            .unwrap();
        }
    }
    let share = |count: usize| count as f64 / queries.len() as f64;
    assert!(
        share(first) >= 0.95 && share(near) >= 0.99,
        "{first} first, {near} in five:\n{misses}"
    );
}

#[test]
fn the_script_ranks_as_the_command_does() {
    let folder = published(&root());
    let (prepared, _) = prepared(&root());
    let indexes = prepared.indexes();
    let site = &prepared.site;
    let queries = queries();
    let requests: Vec<Value> = queries
        .iter()
        .map(|query| json!({"query": query.text, "language": query.language}))
        .collect();
    let answers = drive(folder.path(), &requests);
    assert_eq!(answers.len(), queries.len());
    for (query, answer) in queries.iter().zip(&answers) {
        let own = search::search(&indexes, place(site, query.language), query.text, 8);
        let own: Vec<Value> = own.iter().map(|found| shown(found, site)).collect();
        assert_eq!(Value::from(own), answer["hits"], "`{}` in {}", query.text, query.language);
    }
}

pub fn shown(found: &RankedHit, site: &Site) -> Value {
    let language = site.language(found.language).tag();
    json!({
        "url": found.url, "title": found.title, "section": found.section,
        "language": language, "score": number(found.score),
    })
}

/// A whole number is written without a point by the script.
fn number(score: f64) -> Value {
    if score.fract() == 0.0 { json!(score as u64) } else { json!(score) }
}

#[test]
fn what_must_be_found_is_found_at_its_place() {
    let (prepared, _) = prepared(&root());
    let indexes = prepared.indexes();
    let site = &prepared.site;
    let cases = [
        ("zh-Hans", "注销", "/zh-hans/al/cancel-sim/"),
        ("zh-Hans", "註銷", "/zh-hans/al/cancel-sim/"),
        ("zh-Hans", "zhuxiao", "/zh-hans/al/cancel-sim/"),
        ("zh-Hant", "注销", "/zh-hant/al/cancel-sim/"),
        ("zh-Hant", "註銷", "/zh-hant/al/cancel-sim/"),
        ("zh-Hant", "zhuxiao", "/zh-hant/al/cancel-sim/"),
        ("zh-Hans", "提出注销", "/zh-hans/al/cancel-sim/#request"),
        ("zh-Hant", "撥打客服專線", "/zh-hant/al/cancel-sim/#by-phone"),
        ("en", "ask for the number to be closed", "/en/al/cancel-sim/#request"),
        ("en", "do I have to give the IMEI", "/en/al/cancel-sim/#imei-needed"),
        ("en", "129", "/en/al/emergency-numbers/#emergency"),
        // In the interface of another language the hit is its own language's page.
        ("sq", "zhuxiao", "/zh-hans/al/cancel-sim/"),
    ];
    for (language, query, url) in cases {
        let found = search::search(&indexes, place(site, language), query, 3);
        assert_eq!(found.first().map(|found| &*found.url), Some(url), "`{query}` in {language}");
    }
}

#[test]
fn nonsense_finds_nothing() {
    let (prepared, _) = prepared(&root());
    let indexes = prepared.indexes();
    for query in
        ["xqzt", "purple elephants banana", "量子香蕉", "", "  ", "!?", "🦄", "kxqvw zzzqq"]
    {
        for language in 0..prepared.site.config.languages.len() {
            let found = search::search(&indexes, language, query, 5);
            assert!(found.is_empty(), "`{query}`: {found:?}");
        }
    }
}

#[test]
fn the_files_are_the_same_whatever_the_threads() {
    let sources = disk::read(&root(), &[]).unwrap().value;
    let files = |jobs: usize| {
        let options = Options {
            drafts: Drafts::LeftOut,
            today: Date::since_epoch(20_000),
            base: None,
            jobs,
            purpose: Purpose::Hosting,
        };
        let prepared = pipeline::prepare(&sources, &options, &Nobody).value;
        let indexes = prepared.indexes();
        indexes.iter().flat_map(|index| search::files(&prepared.site, index)).collect::<Vec<_>>()
    };
    assert_eq!(files(1), files(4));
}

/// A page of parts with the anchors and texts given.
fn page(number: usize, language: usize, texts: Vec<String>) -> search::Subject {
    let part = |(at, text): (usize, String)| search::SubjectPart {
        anchor: if at == 0 { String::new() } else { format!("p{at}") },
        heading: format!("page{number} {}", text.split(' ').next().unwrap()),
        text,
        ..search::SubjectPart::default()
    };
    let rendition = search::Rendition {
        language,
        title: format!("page{number}"),
        url: format!("/page{number}/"),
        parts: texts.into_iter().enumerate().map(part).collect(),
    };
    search::Subject { renditions: vec![rendition], ..search::Subject::default() }
}

#[test]
fn the_script_reads_every_posting_of_a_large_index() {
    let (prepared, _) = prepared(&root());
    let groups = search::groups(&prepared.site);
    let group = groups.iter().find(|group| group.name == "en").unwrap();
    let language = group.languages[0];
    let mut state = 7_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % end
    };
    let words = ["straße", "𠮷野家", "한국어", "x", "ёлка", "supercalifragilisticexpialidocious"];
    let mut indexer = search::Indexer::default();
    for number in 0..2_000 {
        // Nearly every page is short; some have as many parts as there may be, and more.
        let parts = if below(40) == 0 { 60 + below(9) } else { 1 + below(7) };
        let mut word = || match below(30) {
            0 => words[below(words.len())].to_owned(),
            1..20 => format!("w{}", below(20)),
            // The larger the rarer.
            _ => {
                let most = 1 + below(20_000);
                format!("v{}", below(most))
            }
        };
        let mut text = || (0..1 + number % 30).map(|_| word()).collect::<Vec<_>>().join(" ");
        let texts = (0..parts).map(|_| text()).collect();
        indexer.add(search::PageWords::of(&page(number, language, texts), group));
    }
    // Other languages are asked for what this one does not know; here they know nothing.
    let mut made = Some(indexer);
    let indexes: Vec<search::Index> = groups
        .iter()
        .map(|one| {
            let full = if one.name == "en" { made.take() } else { None };
            full.unwrap_or_default().finish(one.clone())
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    for file in indexes.iter().flat_map(|index| search::files(&prepared.site, index)) {
        let output = file.packed();
        let path = folder.path().join(output.path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &*output.bytes).unwrap();
    }
    let mut queries: Vec<String> = words.map(str::to_owned).to_vec();
    queries.extend((0..20_000).step_by(61).map(|number| format!("v{number}")));
    queries.extend((0..300).step_by(7).map(|number| format!("v{number} straße v{}", number * 3)));
    queries.extend((0..2_000).step_by(97).map(|number| format!("page{number}")));
    let requests: Vec<Value> =
        queries.iter().map(|query| json!({"query": query, "language": "en"})).collect();
    let answers = drive(folder.path(), &requests);
    for (query, answer) in queries.iter().zip(&answers) {
        let own = search::search(&indexes, language, query, 8);
        let own: Vec<Value> = own.iter().map(|found| shown(found, &prepared.site)).collect();
        assert_eq!(Value::from(own), answer["hits"], "`{query}`");
    }
    // A word on more parts than a tier holds: the weightiest are found without the others.
    let common = drive(folder.path(), &[json!({"query": "w1", "language": "en"})]);
    assert_eq!(common[0]["hits"].as_array().unwrap().len(), 8);
}

#[test]
fn words_on_the_same_thousands_of_pages_share_their_files() {
    let (prepared, _) = prepared(&root());
    let group = search::groups(&prepared.site).into_iter().next().unwrap();
    let mut indexer = search::Indexer::default();
    // More postings than stand in a chunk: each word gets files of its own, here with equal bytes.
    for number in 0..3_100 {
        let part = search::SubjectPart {
            text: format!("alpha beta page{number}"),
            ..search::SubjectPart::default()
        };
        let rendition = search::Rendition { parts: vec![part], ..search::Rendition::default() };
        let subject = search::Subject { renditions: vec![rendition], ..search::Subject::default() };
        indexer.add(search::PageWords::of(&subject, &group));
    }
    let index = indexer.finish(group);
    let mut paths: Vec<String> = search::files(&prepared.site, &index)
        .into_iter()
        .map(|file| file.path.as_str().to_owned())
        .collect();
    let count = paths.len();
    assert_eq!(paths.iter().filter(|path| path.contains("/u")).count(), 1, "{paths:?}");
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), count);
}

/// A guide in a language of its own, by its folder: title and text.
const SCRIPTS: &[(&str, &str, &str)] = &[
    ("cancel/ja", "解約する", "携帯電話の契約を解約します。本人確認書類が必要です。"),
    ("keep/ja", "番号を維持する", "国際電話とローミングの料金。"),
    ("card/ar", "الشَّريحةِ والشرائح", "اتصل على الرقم ٠١٢٣ من هاتفك."),
    ("net/ar", "الإنترنت", "أرقام الطوارئ ١٢٩."),
    ("card/fa", "سیم‌کارت", "با شمارهٔ ۱۲۹ تماس بگیرید."),
    ("help/hi", "पुलिस", "१२९ पर कॉल करें।"),
    ("help/th", "ตำรวจ", "โทร ๑๙๑ ได้ตลอดเวลา"),
    ("abroad/tr", "Yurt dışı kullanımı", "Telefonu yurt dışı için açın. E-imza gerekmez."),
    ("card/de", "Prepaid", "Das WLAN und die E-SIM."),
    (
        "wifi/en",
        "Wi-Fi and e-SIM",
        "A pre-paid plan, a top-up, roll-over, voice mail and a SIM card. Node.js.",
    ),
    ("call/en", "Whom to call", "Call 04 222 3344 or 0800-555-333."),
];

fn site_of_many_scripts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join("guides").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.yaml", "title: A\nlanguages: [en, ja, ar, fa, hi, th, tr, de]\n");
    write("operators/al.yaml", "name: Albania\ncalling_code: \"+355\"\n");
    write(
        "operators/al/one.yaml",
        "name: One\nchannels: [{id: care, type: phone, value: +355 4 2250928}]\n",
    );
    for (place, title, text) in SCRIPTS {
        let country = if *place == "call/en" { "country: al\n" } else { "" };
        write(&format!("{place}.md"), &format!("---\ntitle: {title}\n{country}---\n{text}\n"));
    }
    folder
}

#[test]
fn a_reader_of_any_script_finds_what_they_type_in_both() {
    let folder = site_of_many_scripts();
    let files = published(folder.path());
    let (prepared, _) = prepared(folder.path());
    let (site, indexes) = (&prepared.site, prepared.indexes());
    let cases = [
        // Han characters are folded in every language.
        ("ja", "解約", "cancel"),
        ("ja", "契約を解約", "cancel"),
        ("ja", "国際電話", "keep"),
        ("ja", "ﾛｰﾐﾝｸﾞ", "keep"),
        ("ar", "شريحة", "card"),
        ("ar", "الشرائح", "card"),
        ("ar", "بالشرائح", "card"),
        ("ar", "انترنت", "net"),
        // Digits of all scripts are one.
        ("ar", "0123", "card"),
        ("ar", "١٢٩", "net"),
        ("fa", "129", "card"),
        ("fa", "سيم كارت", "card"),
        ("hi", "129", "help"),
        ("th", "191", "help"),
        ("th", "๑๙๑", "help"),
        // Joined and apart.
        ("tr", "yurtdışı", "abroad"),
        ("tr", "eimza", "abroad"),
        ("de", "esim", "card"),
        ("en", "wifi", "wifi"),
        ("en", "esim", "wifi"),
        ("en", "e sim", "wifi"),
        ("en", "prepaid", "wifi"),
        ("en", "topup", "wifi"),
        ("en", "rollover", "wifi"),
        ("en", "simcard", "wifi"),
        ("en", "voicemail", "wifi"),
        ("en", "nodejs", "wifi"),
        // A number, however it is dialled.
        ("en", "042223344", "call"),
        ("en", "04 222 3344", "call"),
        ("en", "+355 42223344", "call"),
        ("en", "0035542223344", "call"),
        ("en", "4 2223344", "call"),
        ("en", "0800555333", "call"),
        ("en", "0800 555 333", "call"),
        ("en", "+35542250928", "operators/al/one"),
        ("en", "042250928", "operators/al/one"),
    ];
    let requests: Vec<Value> =
        cases.iter().map(|(tag, query, _)| json!({"query": query, "language": tag})).collect();
    let answers = drive(files.path(), &requests);
    let mut faults = Vec::new();
    for ((tag, query, page), answer) in cases.iter().zip(&answers) {
        let own = search::search(&indexes, place(site, tag), query, 8);
        let shown: Vec<Value> = own.iter().map(|found| shown(found, site)).collect();
        if Value::from(shown) != answer["hits"] {
            faults.push(format!("{tag} `{query}`: the script says {}", answer["hits"]));
        }
        if !own.iter().take(2).any(|found| is_page(site, &found.url, page)) {
            let urls: Vec<&str> = own.iter().map(|found| &*found.url).collect();
            faults.push(format!("{tag} `{query}`: not {page}, but {urls:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
