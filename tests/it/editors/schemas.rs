//! What the schemas accept, the parser accepts, and the other way round.

use std::path::Path;

use cicerone::parse;
use serde_json::Value;

use super::{prepared, sources};

const KINDS: [&str; 4] = ["guide", "translation", "operator", "site"];

#[test]
fn the_schemas_in_the_repository_are_those_of_the_program() {
    for kind in KINDS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{kind}.json"));
        let committed = std::fs::read_to_string(path).unwrap();
        assert_eq!(committed, parse::schema(kind).unwrap(), "run `cicerone schema {kind}`");
    }
    assert_eq!(parse::schema("country"), None);
}

struct Judge {
    schemas: boon::Schemas,
    indices: Vec<(&'static str, boon::SchemaIndex)>,
}

impl Judge {
    fn new() -> Judge {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let mut indices = Vec::new();
        for kind in KINDS {
            let schema: Value = serde_json::from_str(&parse::schema(kind).unwrap()).unwrap();
            let name = format!("http://x/{kind}.json");
            compiler.add_resource(&name, schema).unwrap();
            indices.push((kind, compiler.compile(&name, &mut schemas).unwrap()));
        }
        Judge { schemas, indices }
    }

    fn accepts(&self, kind: &str, yaml: &str) -> bool {
        let value: Value = serde_yaml::from_str(yaml).unwrap();
        let index = self.indices.iter().find(|(own, _)| *own == kind).unwrap().1;
        self.schemas.validate(&value, index).is_ok()
    }
}

/// Whether the parser takes it, whatever the other files say.
fn parses(kind: &str, yaml: &str) -> bool {
    let config = sources(&[("site.yaml", "title: x\nlanguages: [en, sq]\n")]);
    let config = parse::config(&config).value;
    let path = |path: &str| cicerone::model::source::SourcePath::new(path);
    let text = format!("---\n{yaml}---\n");
    let english = config.default_language.clone();
    let faults = match kind {
        "guide" | "translation" => {
            parse::translation(&path("guides/al/x/en.md"), &text, english, &config).diagnostics
        }
        "operator" => {
            let sources = sources(&[("operators/al/one.yaml", yaml)]);
            parse::registry(&sources, &config).diagnostics
        }
        _ => parse::config(&sources(&[("site.yaml", yaml)])).diagnostics,
    };
    faults.is_empty()
}

/// A file's fields that both take, and those that neither takes: each alone, with what must be there.
const TABLE: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "guide",
        "title: A guide\n",
        &[
            "",
            "summary: One line",
            "summary:",
            "slug: a-b.c",
            "draft: true",
            "aliases: [/old/]",
            "aliases: /old/",
            "tags: [sim, a1]",
            "tags: sim",
            "tags: 142",
            "country: AL",
            "country: al",
            "audience: [visitor, resident]",
            "audience: business",
            "plans: [prepaid]",
            "operators: [al/one]",
            "time: {active: 30min, wait: unknown}",
            "time: {active: 1-2 d}",
            "cost: unknown",
            "cost: free",
            "cost: 0-500 ALL",
            "cost: 1.50 EUR",
            "difficulty: hard",
            "eligibility: [An unpaid bill]",
            "eligibility: [{id: debt, effect: costs, title: A bill, remedy: Pay it}]",
            "materials: [{id: iccid, term: iccid, unless: lost, where: [card, bill], optional: true}]",
            "before: [{id: a, title: b, after: 3d}]",
            "steps: [Ask, {title: Wait, wait: 3mo}]",
            "steps: One step",
            "steps: [{id: a, title: b, steps: [c, {title: d, choose: one}]}]",
            "steps: [{title: a, channels: [phone, al/one#care], needs: [iccid], cost: free}]",
            "steps: [{title: a, fields: [Name, {term: iccid, optional: false}], checks: [b]}]",
            "steps: [{title: a, verify: [{title: b, reliability: high}], duration: 5min}]",
            "steps: [{title: a, image: {file: b.png, alt: c}}]",
            "choose: one",
            "warnings: [{severity: danger, at: a, title: b}]",
            "followups: [{after: 2w, title: a}]",
            "faq: [reactivate, {id: b, title: c}]",
            "related: [al/x, /al/y/]",
            "sources: {a: {title: b, url: 'https://c.example/', accessed: 2026-08-22}}",
            "sources: {a: {title: b, supports: [al/one#care]}}",
            "review: {verified: 2026-08-22, every: 6mo, by: editors}",
            "review: {by: {default: editors, en: the editors}}",
            "extra: {anything: [1, {a: null}]}",
            "steps: [{title: 142}]",
            "steps: [{title: true, confidence: law, source: a, plans: postpaid}]",
        ],
        &[
            "titel: x",
            "summary: [a]",
            "summary: ''",
            "slug: a/b",
            "slug: ..",
            "draft: yes please",
            "draft: 1",
            "aliases: [old]",
            "tags: [SIM]",
            "tags: {a: b}",
            "tags: [-a]",
            "country: ALB",
            "audience: [tourist]",
            "plans: pre",
            "operators: [one]",
            "operators: [AL/one]",
            "time: 30min",
            "time: {active: soon}",
            "time: {total: 3d}",
            "cost: 500",
            "cost: cheap",
            "cost: 5 euro",
            "difficulty: 3",
            "eligibility: [{effect: stops}]",
            "materials: [{wher: card}]",
            "materials: [[a]]",
            "before: [{after: later}]",
            "steps: {a: b}",
            "steps: [{titel: a}]",
            "steps: [{steps: [{a: b}]}]",
            "steps: [{channels: [fax]}]",
            "steps: [{channels: [al/one]}]",
            "steps: [{optional: maybe}]",
            "steps: [{verify: [{reliability: sure}]}]",
            "steps: [{fields: [{unless: a}]}]",
            "choose: some",
            "warnings: [{severity: bad}]",
            "followups: [{needs: [a]}]",
            "faq: [{answer: a}]",
            "sources: {a: b}",
            "sources: {a: {url: 'https://c.example/'}}",
            "sources: {a: {title: b, url: c}}",
            "sources: {A: {title: b}}",
            "sources: {a: {title: b, accessed: 2026}}",
            "review: {verified: 2026-8}",
            "review: {every: often}",
            "words: {a: b}",
            "steps: [{title: a, image: {alt: c}}]",
            "steps: [{title: a, image: b.png}]",
            "steps: [{id: a b}]",
        ],
    ),
    (
        "translation",
        "title: A\ntranslation: {of: en}\n",
        &[
            "",
            "summary: b",
            "slug: 注销",
            "words: {a: b, c: {title: d, text: e, remedy: f, alt: g}, review: {by: g}}",
            "words: {a: 142}",
            "words:",
        ],
        &[
            "steps: [a]",
            "draft: true",
            "tags: [a]",
            "words: [a]",
            "words: {a: [b]}",
            "words: {a: {titel: b}}",
            "words: {A: b}",
            "words: {a: }",
            "extra: {a: b}",
        ],
    ),
    (
        "translation",
        "title: A\n",
        &[
            "translation: {of: zh-Hans, status: machine}",
            "translation: {of: en, at: {page.title: 0123456789abcdef, section.注销: 'aaaaaaaaaaaaaaaa'}}",
        ],
        &[
            "translation: en",
            "translation: {status: human}",
            "translation: {of: english language}",
            "translation: {of: en, status: done}",
            "translation: {of: en, at: {a: b}}",
            "translation: {of: en, at: [a]}",
            "translation: {of: en, from: sq}",
        ],
    ),
    (
        "operator",
        "name: One\n",
        &[
            "",
            "short_name: {default: One, sq: One}",
            "aliases: [a, 1]",
            "former_names: [AMC, {name: b, from: 1995, until: 2015-07}]",
            "absorbed: [al/b]",
            "successor: al/b",
            "status: merged",
            "since: 2020-09-01",
            "networks: ['27601']",
            "website: https://one.example/",
            "note: {en: a}",
            "channels: [{id: care, type: phone, value: 142, plans: [prepaid], reach: abroad}]",
            "channels: [{id: shop, type: shop, hours: {sq: a}, languages: [sq, en]}]",
            "channels: [{id: a, type: sms, value: 1, source: 'https://a.example', verified: 2026-08-22}]",
            "sources: {a: {title: b}}",
            "extra: 1",
        ],
        &[
            "nam: One",
            "short_name: [One]",
            "aliases: {a: b}",
            "former_names: [{from: 1995}]",
            "former_names: [{name: b, from: May}]",
            "absorbed: [b]",
            "successor: b",
            "status: dead",
            "since: 2020-13",
            "website: one.example",
            "channels: [142]",
            "channels: [{type: phone, value: 142}]",
            "channels: [{id: a, value: 142}]",
            "channels: [{id: a, type: fax, value: 142}]",
            "channels: [{id: a, type: phone, value: 142, number: 1}]",
            "channels: [{id: a, type: shop, confidence: sure}]",
            "channels: [{id: a, type: shop, verified: 2026}]",
        ],
    ),
    (
        "site",
        "title: A\nlanguages: [en, sq]\n",
        &[
            "",
            "description: {default: a, sq: b}",
            "base_url: https://a.example/b/",
            "theme: default",
            "navigation: [al, al/x]",
            "tags: {sim: {en: a}, b: c}",
            "review: {every: 6mo, grace: 3mo}",
            "exclude: ['*.bak']",
            "limits: {page: 4MiB, front_matter: 64KiB, depth: 32}",
            "links: {allow: [{host: a.example, reason: b}], block: [c.example]}",
            "hosts: [nginx]",
            "precompress: [gzip, brotli]",
            "precompress: gzip",
            "publish: {www: {folder: ../www}}",
            "publish: {www: {folder: /srv/www, base_url: 'https://a.example/'}}",
            "publish: {pages: {git: {branch: gh-pages, remote: origin}}}",
            "publish: {pages: {git: {remote: 'git@a.example:b/c.git', branch: site/live}}}",
            "publish: {a: {s3: {bucket: a.b-c, region: eu-1, prefix: a/b}}, b: {git: {}}}",
            "publish: {a: {s3: {bucket: abc, endpoint: 'https://s3.example', profile: me}}}",
            "publish: {}",
            "publish:",
            "extra: {a: b}",
            "default_language: sq",
            "links: {max: 3}",
            "sources: required",
            "search: 'off'",
            "search: {export: ndjson}",
            "search: {own: 'off', export: ndjson}",
            "search: {own: }",
        ],
        &[
            "titel: A",
            "description: [a]",
            "base_url: a.example",
            "theme: [a]",
            "tags: [a]",
            "review: 6mo",
            "review: {verified: 2026-08-22}",
            "limits: {page: big}",
            "limits: {pages: 4MiB}",
            "links: {allow: [{host: a.example}]}",
            "links: {allow: [a.example]}",
            "hosts: [geocities]",
            "precompress: [zip]",
            "publish: {a: b}",
            "publish: [a]",
            "publish: {A: {folder: a}}",
            "publish: {a: {ftp: b}}",
            "publish: {a: {folder: [b]}}",
            "publish: {a: {git: gh-pages}}",
            "publish: {a: {git: {branch: a b}}}",
            "publish: {a: {git: {branch: -f}}}",
            "publish: {a: {git: {remote: --exec=a}}}",
            "publish: {a: {s3: {region: eu-1}}}",
            "publish: {a: {s3: {bucket: a/b}}}",
            "publish: {a: {s3: {bucket: abc, key: b}}}",
            "publish: {a: {s3: {bucket: abc, endpoint: s3.example}}}",
            "publish: {a: {s3: {bucket: abc, prefix: a//b}}}",
            "links: {max: few}",
            "sources: always",
            "search: ndjson",
            "search: [off]",
            "search: {export: json}",
            "search: {export: [ndjson]}",
            "search: {exports: ndjson}",
            "operators: [a]",
        ],
    ),
    (
        "site",
        "title: A\n",
        &[
            "languages: en",
            "languages: {en: , sq: {name: Shqip}}",
            "languages: {zh-Hans: , zh-Hant: {from: zh-Hans}}",
        ],
        &["languages: {en: English}", "languages: {en: {nam: a}}", "languages: [42]", "summary: a"],
    ),
];

#[test]
fn schema_and_parser_judge_alike() {
    let judge = Judge::new();
    let mut wrong = String::new();
    let mut count = 0;
    for (kind, head, good, bad) in TABLE {
        for (entries, expected) in [(good, true), (bad, false)] {
            for entry in *entries {
                let yaml = format!("{head}{entry}\n");
                let (schema, parser) = (judge.accepts(kind, &yaml), parses(kind, &yaml));
                if (schema, parser) != (expected, expected) {
                    wrong.push_str(&format!(
                        "{kind} `{entry}`: expected {expected}, schema {schema}, parser {parser}\n"
                    ));
                }
                count += 1;
            }
        }
    }
    assert_eq!(wrong, "");
    assert!(count > 150, "{count}");
}

#[test]
fn the_schemas_take_our_own_guides() {
    let judge = Judge::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = cicerone::disk::read(root, &[]).unwrap().value;
    let site = prepared(&sources).value.site;
    for guide in site.guides.values() {
        for edition in guide.translations.values() {
            let text = &edition.text;
            let source = sources.text(text.path.as_str()).unwrap();
            let front = source.split("\n---\n").next().unwrap().trim_start_matches("---\n");
            let kind = if text.facts().is_some() { "guide" } else { "translation" };
            assert!(judge.accepts(kind, front), "{}", text.path);
        }
    }
    for operator in site.registry.operators.values() {
        let source = sources.text(operator.path.as_str()).unwrap();
        assert!(judge.accepts("operator", source), "{}", operator.path);
    }
    assert!(judge.accepts("site", sources.text("guides/site.yaml").unwrap()));
}
