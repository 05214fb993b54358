//! Writes one file of a guide: front matter as a typical guide has it, a body, 600 to 1,200 words in all.

use std::fmt::Write as _;

use crate::corpus::{OPERATORS, country_name, path};
use crate::prose::{Locale, Prose};

const TAGS: [&str; 12] = [
    "sim", "cancel", "prepaid", "contract", "roaming", "transfer", "refund", "lost", "register",
    "complain", "esim", "abroad",
];

/// Items whose words stand in the front matter: id, and whether they have a text too.
const ITEMS: [(&str, bool); 14] = [
    ("debt", true),
    ("lost", false),
    ("id-document", true),
    ("contract", false),
    ("copy-contacts", false),
    ("right-card", false),
    ("in-shop", true),
    ("by-phone", true),
    ("full-name", false),
    ("settle", true),
    ("written", true),
    ("no-network", false),
    ("final", true),
    ("check-account", true),
];

/// Paragraphs of the body, among which its words are shared out.
const PARAGRAPHS: usize = 15;
/// The words that a page shows of the front matter, of headings, lists and the table.
const ELSEWHERE: usize = 380;

pub fn text(guide: usize, guides: usize, tongue: &Locale, original: bool) -> String {
    let seed = (guide as u64) << 8 | tongue.tag.len() as u64;
    let mut prose = Prose::new(tongue, seed, Vec::new());
    prose.targets = targets(guide, guides, &mut prose);
    let mut text = String::with_capacity(12 << 10);
    text.push_str("---\n");
    let (title, summary) = (prose.title(6), prose.plain(20));
    let _ = writeln!(text, "title: {title} {guide}\nsummary: {summary}");
    if original {
        facts(guide, guides, &mut prose, &mut text);
    } else {
        words(&mut prose, &mut text);
    }
    text.push_str("---\n\n");
    body(guide, &mut prose, &mut text);
    text
}

/// The same length with little in its front matter, as an article of any static site has it: title,
/// summary, tags, a review; everything else is prose.
pub fn article(guide: usize, guides: usize, tongue: &Locale, original: bool) -> String {
    let seed = (guide as u64) << 8 | tongue.tag.len() as u64;
    let mut prose = Prose::new(tongue, seed, Vec::new());
    prose.targets = targets(guide, guides, &mut prose);
    // No item has this anchor, and no step.
    prose.targets.retain(|target| !target.ends_with("#faq"));
    for target in &mut prose.targets {
        *target = target.trim_end_matches("#request").to_owned();
    }
    let mut text = String::with_capacity(12 << 10);
    let (title, summary) = (prose.title(6), prose.plain(20));
    let _ = writeln!(text, "---\ntitle: {title} {guide}\nsummary: {summary}");
    if original {
        let tags = (0..3).filter_map(|step| TAGS.get((guide * 5 + step * 4) % 12).copied());
        let tags = tags.collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "tags: [{tags}]\nreview: {{verified: 2026-08-22, every: 6mo}}");
    } else {
        text.push_str("translation: {of: en, status: human}\n");
    }
    text.push_str("---\n\n");
    let each = prose.random.between(600, 1200) / PARAGRAPHS;
    for section in 0..PARAGRAPHS {
        if section > 0 && section % 2 == 1 {
            let _ = writeln!(text, "## {}\n", prose.title(5));
        }
        let _ = writeln!(text, "{}\n", prose.paragraph(each));
        if section == 4 {
            for _ in 0..3 {
                let _ = writeln!(text, "- {}", prose.title(8));
            }
            text.push('\n');
        }
    }
    text
}

/// Other guides, by paths that begin at the root or at the folder above; operators; other sites.
fn targets(guide: usize, guides: usize, prose: &mut Prose<'_>) -> Vec<String> {
    let mut targets = vec![
        "https://example.org/page?a=1".to_owned(),
        format!("/operators/{}/blue", country_name(guide)),
        "#faq".to_owned(),
        "tel:+35542250928".to_owned(),
    ];
    for step in 1..=3 {
        let near = (guide + step * 7) % guides;
        targets.push(format!("../../../{}/", path(near)));
        let far = prose.random.below(guides);
        targets.push(format!("/{}/#request", path(far)));
    }
    targets
}

fn facts(guide: usize, guides: usize, prose: &mut Prose<'_>, text: &mut String) {
    let country = country_name(guide);
    let tags: Vec<&str> =
        (0..3).filter_map(|step| TAGS.get((guide * 5 + step * 4) % 12).copied()).collect();
    let operators: Vec<String> = OPERATORS.iter().map(|name| format!("{country}/{name}")).collect();
    let related: Vec<String> = (1..=3).map(|step| path((guide + step * 11) % guides)).collect();
    let mut item = |id: &str| {
        let has_text = ITEMS.iter().any(|(known, has_text)| *known == id && *has_text);
        let mut item = format!("id: {id}\n    title: {}", prose.title(6));
        if has_text {
            let _ = write!(item, "\n    text: {}", prose.plain(16));
        }
        item
    };
    let _ = write!(
        text,
        "aliases: [/old/guide-{guide}/]\ntags: [{}]\ncountry: {}\naudience: [visitor, resident]\n\
         plans: [prepaid, postpaid]\noperators: [{}]\ntime: {{active: 30min, wait: 1-3d}}\n\
         cost: 0-500 ALL\ndifficulty: easy\n\
         eligibility:\n  - {}\n    effect: costs\n    plans: [postpaid]\n    confidence: unverified\n    remedy: Pay it first\n  - {}\n    effect: delays\n\
         materials:\n  - {}\n    source: operator-terms\n  - id: msisdn\n    term: number\n    where: [account, app]\n  - id: iccid\n    term: iccid\n    unless: lost\n    where: [card, package]\n  - {}\n    optional: true\n\
         before:\n  - id: move-codes\n  - {}\n",
        tags.join(", "),
        country.to_uppercase(),
        operators.join(", "),
        item("debt"),
        item("lost"),
        item("id-document"),
        item("contract"),
        item("copy-contacts"),
    );
    let _ = write!(
        text,
        "steps:\n  - id: find-numbers\n    needs: [msisdn, iccid]\n    duration: 5min\n    checks:\n    - {}\n\
         \x20 - id: contact\n    channels: [phone, web, shop]\n    choose: one\n    needs: [id-document]\n    steps:\n    - {}\n      channels: [shop]\n    - {}\n      channels: [{country}/blue#care, {country}/red#care]\n\
         \x20 - id: request\n    wait: 1-3d\n    cost: unknown\n    fields:\n    - {}\n    - {{id: number-to-close, term: number}}\n\
         \x20 - {}\n    plans: [postpaid]\n\
         \x20 - id: confirm\n    verify:\n    - {}\n      reliability: high\n    - {}\n      reliability: low\n",
        deeper(item("right-card")),
        deeper(item("in-shop")),
        deeper(item("by-phone")),
        deeper(item("full-name")),
        item("settle"),
        deeper(item("written")),
        deeper(item("no-network")),
    );
    let _ = write!(
        text,
        "warnings:\n  - {}\n    severity: danger\n    at: request\n\
         followups:\n  - {}\n    after: 30d\n\
         faq: [reactivate, find-iccid, leave-it]\nrelated: [{}]\n\
         sources:\n  operator-site:\n    title: {country} blue\n    url: https://www.example.org/{guide}\n    accessed: 2026-08-22\n    supports: [{country}/blue#care]\n\
         \x20 operator-terms:\n    title: Terms of {country} red\n    url: https://www.example.org/terms/{guide}\n\
         review: {{verified: 2026-08-22, every: 6mo, by: the editors}}\n",
        item("final"),
        item("check-account"),
        related.join(", "),
    );
}

/// An item as an entry of a list within a step.
fn deeper(item: String) -> String {
    item.replace("\n    ", "\n      ")
}

fn words(prose: &mut Prose<'_>, text: &mut String) {
    text.push_str("translation: {of: en, status: human}\nwords:\n");
    for (id, has_text) in ITEMS {
        let title = prose.title(6);
        if has_text {
            let _ = writeln!(text, "  {id}:\n    title: {title}\n    text: {}", prose.plain(16));
        } else {
            let _ = writeln!(text, "  {id}: {title}");
        }
    }
}

fn body(guide: usize, prose: &mut Prose<'_>, text: &mut String) {
    let country = country_name(guide);
    let each = (prose.random.between(600, 1200) - ELSEWHERE) / PARAGRAPHS;
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    heading(2, "meaning", prose, text);
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    for _ in 0..3 {
        let _ = writeln!(text, "- {}", prose.title(8));
    }
    let _ = writeln!(text, "\n| {} | {} |\n|---|---|", prose.title(2), prose.title(2));
    for _ in 0..4 {
        let _ = writeln!(text, "| {} | {} |", prose.title(5), prose.title(4));
    }
    text.push('\n');
    for id in ["eligibility", "materials"] {
        heading(2, id, prose, text);
        let _ = writeln!(text, "{}\n", prose.paragraph(each));
    }
    heading(2, "before", prose, text);
    heading(3, "move-codes", prose, text);
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    heading(2, "find-numbers", prose, text);
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    heading(2, "contact", prose, text);
    let _ = writeln!(text, "{}\n\n> [!WARNING]\n> {}\n", prose.paragraph(each), prose.plain(12));
    for operator in OPERATORS {
        let attributes = format!("contact-{operator} operator={country}/{operator}");
        heading(3, &attributes, prose, text);
        let _ = writeln!(text, "{}[^pages]\n", prose.paragraph(each));
    }
    heading(2, "request", prose, text);
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    for number in 1..=4 {
        let _ = writeln!(text, "{number}. {}", prose.title(8));
    }
    text.push('\n');
    heading(2, "confirm", prose, text);
    let _ = writeln!(text, "{}\n", prose.paragraph(each));
    heading(2, "faq", prose, text);
    for id in ["reactivate", "find-iccid", "leave-it"] {
        heading(3, id, prose, text);
        let _ = writeln!(text, "{}\n", prose.paragraph(each));
    }
    let _ = writeln!(text, "## {}\n\n{}\n", prose.title(3), prose.paragraph(each));
    let _ = writeln!(text, "[^pages]: {}", prose.plain(12));
}

fn heading(level: usize, attributes: &str, prose: &mut Prose<'_>, text: &mut String) {
    let _ = writeln!(text, "{} {} {{#{attributes}}}\n", "#".repeat(level), prose.title(5));
}
