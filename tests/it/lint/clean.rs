//! Guides without a fault, of which nothing is said.
#![allow(
    clippy::indexing_slicing,
    reason = "the tables of words are as long as they are asked to be"
)]

use std::fmt::Write;

use cicerone::model::diagnostic::Code;
use cicerone::model::source::SourcePath;
use cicerone::pipeline::Options;

use super::report;
use crate::bounded::spent;
use crate::project::{build, build_at, day, home, options, sources};

#[test]
fn nothing_is_said_of_our_own_guides() {
    assert_eq!(report(home()), "");
}

#[test]
fn the_calendar_makes_notes_of_reviews_and_nothing_else() {
    for today in ["2027-03-01", "2028-02-29", "2036-12-31"] {
        let built = build_at(home(), &Options { today: day(today), ..options() });
        assert!(!built.faults.is_empty(), "every review is due on {today}");
        for fault in &built.faults {
            assert_eq!(fault.code, Code::OverdueReview, "on {today}: {fault:?}");
            assert_eq!(fault.severity.as_str(), "note");
        }
    }
}

const LANGUAGES: [&str; 4] = ["en", "sq", "zh-Hans", "zh-Hant"];

/// Words of a step in each language; all of them true of many companies and numbers.
const STEPS: [[&str; 4]; 5] = [
    [
        "Call your operator",
        "Telefononi operatorin",
        "拨打运营商的客服热线",
        "撥打電信業者的客服專線",
    ],
    ["Take your ID to a shop", "Shkoni në dyqan me dokument", "带证件去营业厅", "帶證件至門市"],
    ["Write down the number", "Shënoni numrin", "记下号码", "記下門號"],
    ["Pay the last bill", "Paguani faturën e fundit", "付清最后一期账单", "付清最後一期帳單"],
    ["Ask for it in writing", "Kërkojeni me shkrim", "请对方书面告知", "請對方書面告知"],
];

/// What stands below a heading; the numbers are the same in every language.
const TEXTS: [[&str; 4]; 5] = [
    [
        "Vodafone Albania answers customer care at 140, One Albania at 142. In danger call 112.",
        "Kujdesi ndaj klientit i Vodafone Albania është 140, i One Albania 142. Në rrezik telefononi 112.",
        "Vodafone Albania 的客服热线是 140，One Albania 的是 142。遇到危险请拨打紧急电话 112。",
        "Vodafone Albania 的客服專線是 140，One Albania 的是 142。遇到危險請撥打緊急電話 112。",
    ],
    [
        "Since 1 January 2023 it costs 500 lek, to be paid within 30 days.",
        "Që nga 1 janari 2023 kushton 500 lekë, për t'u paguar brenda 30 ditëve.",
        "自 2023 年 1 月 1 日起收费 500 列克，须在 30 天内付清。",
        "自 2023 年 1 月 1 日起收費 500 列克，須在三十天內付清。",
    ],
    [
        "An old AMC card belongs to One Albania. There is no Orange Albania.",
        "Një kartë e vjetër AMC i përket One Albania. Nuk ka Orange Albania.",
        "以前的 AMC 卡现在归 One Albania。没有 Orange Albania 这家公司。",
        "以前的 AMC 卡現在歸 One Albania。沒有 Orange Albania 這家公司。",
    ],
    [
        "You need the ICCID. The IMEI names the handset, and nobody needs it here.",
        "Ju duhet ICCID. IMEI i përket aparatit dhe këtu nuk i duhet askujt.",
        "你需要 ICCID。IMEI 标识手机，这里用不着。",
        "你需要 ICCID。IMEI 識別手機，這裡用不到。",
    ],
    [
        "Write to care@one.example, or see [the shop](https://one.example/shops?city=2).",
        "Shkruani te care@one.example, ose shihni [dyqanin](https://one.example/shops?city=2).",
        "写信到 care@one.example，或看[营业厅](https://one.example/shops?city=2)。",
        "寫信到 care@one.example，或看[門市](https://one.example/shops?city=2)。",
    ],
];

/// A small generator of numbers (Knuth, MMIX), so that every run tries the same guides.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count
    }
}

fn guide(number: usize, language: usize, dice: &mut Dice) -> String {
    let mut text = match language {
        0 => format!(
            "---\ntitle: Guide {number}\ncountry: AL\noperators: [al/one, al/vodafone]\nsources: {{care: {{title: Care, url: https://one.example/care}}}}\nreview: {{verified: 2026-08-22}}\nsteps:\n"
        ),
        _ => format!("---\ntitle: {number}\ntranslation: {{of: en}}\nwords:\n"),
    };
    let steps: Vec<usize> = (0..2 + dice.below(3)).map(|_| dice.below(STEPS.len())).collect();
    for (index, step) in steps.iter().enumerate() {
        let words = STEPS[*step][language];
        match language {
            0 => writeln!(text, "  - {{id: step-{index}, title: {words}}}").unwrap(),
            _ => writeln!(text, "  step-{index}: {words}").unwrap(),
        }
    }
    text.push_str("---\n");
    for index in 0..2 + dice.below(4) {
        let words = STEPS[dice.below(STEPS.len())][language];
        let below = TEXTS[dice.below(TEXTS.len())][language];
        writeln!(text, "\n{} {words} {{#part-{index}}}\n\n{below}", "#".repeat(2 + index.min(1)))
            .unwrap();
        if dice.below(2) == 0 {
            writeln!(text, "\n1. {words}\n2. {words}\n\n> [!NOTE]\n> {below}").unwrap();
        }
    }
    text
}

#[test]
fn nothing_is_said_of_a_hundred_clean_pages() {
    let channel = "source: https://one.example/care, verified: 2026-08-22";
    let one = format!(
        "name: One Albania\nformer_names: [AMC]\nwebsite: https://one.example\nchannels:\n  - {{id: care, type: phone, value: 142, {channel}}}\n  - {{id: mail, type: email, value: care@one.example, {channel}}}\n"
    );
    let vodafone = format!(
        "name: Vodafone Albania\nchannels:\n  - {{id: care, type: phone, value: 140, {channel}}}\n"
    );
    let mut site = sources(&[
        (
            "guides/site.yaml",
            "title: Clean\nbase_url: https://guides.example/\nlanguages: [en, sq, zh-Hans, zh-Hant]\nsources: required\nreview: {every: 6mo}\nlinks: {allow: [{host: one.example, reason: an operator}], max: 0}\n",
        ),
        (
            "guides/operators/al.yaml",
            "name: Albania\nemergency: [{id: any, value: 112, name: Emergency}]\n",
        ),
        ("guides/operators/al/one.yaml", &one),
        ("guides/operators/al/vodafone.yaml", &vodafone),
    ]);
    for number in 0..25 {
        for (index, language) in LANGUAGES.iter().enumerate() {
            let path = SourcePath::new(&format!("guides/al/g{number}/{language}.md"));
            // The same dice for each language of a guide.
            site.texts.insert(path, guide(number, index, &mut Dice(number as u64)).into());
        }
    }
    let faults = build(&site, &options()).faults;
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Texts that are nothing but what a lint looks for: each is read in time that grows as it does.
#[test]
fn hostile_pages_are_judged_in_time() {
    for piece in [
        "](",
        "![",
        "`",
        "``a",
        "<",
        "AMC, ",
        "@abc ",
        "t.me/",
        "Telekom Albania 129 hotline ",
        "://",
        "Aa ",
        "一、",
        "{#",
        "IMEI card. ",
    ] {
        let head = "---\ntitle: T\noperators: [al/one]\n---\n";
        let text = format!("{head}{}", piece.repeat(300_000 / piece.len()));
        let site = sources(&[
            ("guides/site.yaml", "title: T\nlanguages: [en]\n"),
            (
                "guides/operators/al.yaml",
                "name: Albania\nemergency: [{id: any, value: 129, name: E}]\n",
            ),
            (
                "guides/operators/al/one.yaml",
                "name: One Albania\nformer_names: [AMC, Telekom Albania]\n",
            ),
            ("guides/x/en.md", &text),
        ]);
        // This thread's time, and not the clock's: a machine may do ten other things at once.
        let started = spent();
        let faults = build(&site, &Options { jobs: 1, ..options() }).faults.len();
        let took = spent() - started;
        // A hundredfold of what it takes; quadratic time would be a thousandfold.
        assert!(took < 60.0, "{piece}: {faults} faults in {took} s");
    }
}
