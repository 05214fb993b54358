//! How other search engines are to read the documents of a group: which field is what, and how its language is cut.

use serde_json::{Value, json};

use crate::search::languages::Group;

/// The analysers that OpenSearch and Elasticsearch have of themselves, by the languages' tags without region.
const ANALYZERS: &[(&str, &[&str])] = &[
    ("arabic", &["ar"]),
    ("armenian", &["hy"]),
    ("basque", &["eu"]),
    ("bengali", &["bn"]),
    ("brazilian", &["pt-br"]),
    ("bulgarian", &["bg"]),
    ("catalan", &["ca"]),
    ("cjk", &["zh", "ja", "ko"]),
    ("czech", &["cs"]),
    ("danish", &["da"]),
    ("dutch", &["nl"]),
    ("english", &["en"]),
    ("estonian", &["et"]),
    ("finnish", &["fi"]),
    ("french", &["fr"]),
    ("galician", &["gl"]),
    ("german", &["de"]),
    ("greek", &["el"]),
    ("hindi", &["hi"]),
    ("hungarian", &["hu"]),
    ("indonesian", &["id"]),
    ("irish", &["ga"]),
    ("italian", &["it"]),
    ("latvian", &["lv"]),
    ("lithuanian", &["lt"]),
    ("norwegian", &["no", "nb", "nn"]),
    ("persian", &["fa"]),
    ("portuguese", &["pt"]),
    ("romanian", &["ro"]),
    ("russian", &["ru"]),
    ("sorani", &["ckb"]),
    ("spanish", &["es"]),
    ("swedish", &["sv"]),
    ("thai", &["th"]),
    ("turkish", &["tr"]),
];

/// Languages without spaces between words that no analyser of theirs cuts: they are looked up in pairs.
const IN_PAIRS: &[&str] = &["my", "km", "lo", "bo", "dz"];
/// The same for Quickwit, which cuts Chinese alone.
const IN_PAIRS_THERE: &[&str] = &["my", "km", "lo", "bo", "dz", "ja", "th"];

/// What the fields of a document are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldKind {
    /// Words of the language.
    Words,
    /// Something that is one thing or another.
    Word,
    /// Telephone numbers in digits.
    Numbers,
    Day,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Many {
    One,
    Several,
}

const FIELDS: &[(&str, FieldKind, Many)] = &[
    ("id", FieldKind::Word, Many::One),
    ("kind", FieldKind::Word, Many::One),
    ("language", FieldKind::Word, Many::One),
    ("title", FieldKind::Words, Many::One),
    ("heading", FieldKind::Words, Many::One),
    ("summary", FieldKind::Words, Many::One),
    ("text", FieldKind::Words, Many::One),
    ("url", FieldKind::Word, Many::One),
    ("page", FieldKind::Word, Many::One),
    ("anchor", FieldKind::Word, Many::One),
    ("step", FieldKind::Word, Many::One),
    ("section", FieldKind::Word, Many::One),
    ("country", FieldKind::Word, Many::One),
    ("operators", FieldKind::Word, Many::Several),
    ("tags", FieldKind::Word, Many::Several),
    ("names", FieldKind::Words, Many::Several),
    ("synonyms", FieldKind::Words, Many::Several),
    ("about", FieldKind::Words, Many::Several),
    ("labels", FieldKind::Words, Many::Several),
    ("facts", FieldKind::Words, Many::Several),
    ("numbers", FieldKind::Numbers, Many::Several),
    ("spellings", FieldKind::Words, Many::Several),
    ("call", FieldKind::Word, Many::One),
    ("verified", FieldKind::Day, Many::One),
    ("publish_from", FieldKind::Day, Many::One),
    ("publish_until", FieldKind::Day, Many::One),
    ("since", FieldKind::Word, Many::One),
    ("until", FieldKind::Word, Many::One),
];

/// Settings and mapping of the index of a group in OpenSearch and Elasticsearch, as its creation takes them.
pub fn mapping(group: &Group) -> String {
    let analyzer = |name: &str| json!({"type": "text", "analyzer": name});
    let field = |kind: FieldKind| match kind {
        FieldKind::Words => analyzer("words"),
        FieldKind::Numbers => analyzer("numbers"),
        FieldKind::Word => json!({"type": "keyword"}),
        FieldKind::Day => json!({"type": "date", "format": "strict_date"}),
    };
    let fields = FIELDS.iter().map(|(name, kind, _)| ((*name).to_owned(), field(*kind)));
    let mapping = json!({
        "settings": {"analysis": {
            // A number is found however its digits are parted and in whatever script they are.
            "char_filter": {
                "digits": {"type": "pattern_replace", "pattern": "[^\\p{Nd}]+", "replacement": ""},
            },
            "filter": {
                "pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2, "preserve_original": true},
                "some": {"type": "length", "min": 1},
            },
            "analyzer": {
                "words": words(group),
                "numbers": {
                    "type": "custom",
                    "char_filter": ["digits"],
                    "tokenizer": "keyword",
                    "filter": ["decimal_digit", "some"],
                },
            },
        }},
        "mappings": {"dynamic": false, "properties": fields.collect::<serde_json::Map<_, _>>()},
    });
    serde_json::to_string_pretty(&mapping).unwrap_or_default() + "\n"
}

/// Of the language if the engine knows it; otherwise without what cannot be typed on every keyboard.
fn words(group: &Group) -> Value {
    let language = first(&group.name);
    let find = |name: &str| ANALYZERS.iter().find(|(_, tags)| tags.contains(&name));
    if let Some((analyzer, _)) = find(&group.name).or_else(|| find(language)) {
        return json!({"type": analyzer});
    }
    let last = if IN_PAIRS.contains(&language) { "pairs" } else { "asciifolding" };
    json!({
        "type": "custom",
        "tokenizer": "standard",
        "filter": ["lowercase", "decimal_digit", last],
    })
}

/// The language of a group: `pt` for `pt-br`.
fn first(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

/// The configuration of the index of a group in Quickwit. All that stands in it is ours and needs no quotes.
pub fn quickwit(group: &Group) -> String {
    let language = first(&group.name);
    let in_pairs = IN_PAIRS_THERE.contains(&language);
    let tokenizer = match language {
        "en" => "en_stem",
        "zh" => "chinese_compatible",
        _ => "words",
    };
    let mut text = format!("version: 0.8\nindex_id: guides-{}\ndoc_mapping:\n", group.name);
    text.push_str("  mode: lenient\n  store_source: false\n");
    if tokenizer == "words" {
        text.push_str("  tokenizers:\n    - name: words\n");
        text.push_str(match in_pairs {
            true => "      type: ngram\n      min_gram: 1\n      max_gram: 2\n",
            false => "      type: simple\n",
        });
        text.push_str("      filters: [remove_long, lower_caser, ascii_folding]\n");
    }
    text.push_str("  field_mappings:\n");
    for (name, kind, many) in FIELDS {
        let kind_of = if *kind == FieldKind::Day { "datetime" } else { "text" };
        let kind_of = match many {
            Many::One => kind_of.to_owned(),
            Many::Several => format!("array<{kind_of}>"),
        };
        text.push_str(&format!("    - name: {name}\n      type: {kind_of}\n"));
        match kind {
            FieldKind::Words => text.push_str(&format!(
                "      tokenizer: {tokenizer}\n      record: position\n      fieldnorms: true\n"
            )),
            FieldKind::Word | FieldKind::Numbers => text.push_str("      tokenizer: raw\n"),
            FieldKind::Day => text.push_str(
                "      input_formats: [\"%Y-%m-%d\"]\n      output_format: \"%Y-%m-%d\"\n      fast: true\n",
            ),
        }
    }
    text.push_str("  tag_fields: [language, kind, country, section]\nsearch_settings:\n");
    let searched = FIELDS.iter().filter(|(_, kind, _)| *kind == FieldKind::Words);
    let searched: Vec<&str> = searched.map(|(name, ..)| *name).collect();
    text.push_str(&format!("  default_search_fields: [{}, numbers]\n", searched.join(", ")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::search::languages::groups;

    fn groups_of(tags: &[&str]) -> Vec<Group> {
        let languages: Vec<Language> =
            tags.iter().map(|tag| Language::parse(tag).unwrap()).collect();
        let mut config = crate::model::config::Config::fallback(
            crate::model::source::SourcePath::new("guides/site.yaml"),
            languages[0].clone(),
        );
        config.languages = languages;
        groups(&crate::model::site::Site {
            config: config.into(),
            registry: Default::default(),
            guides: Default::default(),
            unpublished: Default::default(),
            folders: Default::default(),
            tags: Default::default(),
            operators: Default::default(),
            terms: Default::default(),
            owner: Default::default(),
            pages: Default::default(),
            routes: Default::default(),
            files: Default::default(),
        })
    }

    #[test]
    fn each_language_is_cut_as_it_is_written() {
        let groups =
            groups_of(&["en", "zh-Hans", "zh-Hant", "sq", "ar", "pt-BR", "pt", "my", "nb"]);
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["en", "zh", "sq", "ar", "pt-br", "pt", "my", "nb"]);
        let analyzer = |group: &Group| {
            let mapping: Value = serde_json::from_str(&mapping(group)).unwrap();
            let words = &mapping["settings"]["analysis"]["analyzer"]["words"];
            let filter = words["filter"].as_array().and_then(|filter| filter.last());
            filter.unwrap_or(&words["type"]).as_str().unwrap().to_owned()
        };
        assert_eq!(
            groups.iter().map(analyzer).collect::<Vec<_>>(),
            [
                "english",
                "cjk",
                "asciifolding",
                "arabic",
                "brazilian",
                "portuguese",
                "pairs",
                "norwegian"
            ]
        );
        let tokenizer = |group: &Group| {
            let text = quickwit(group);
            let cut =
                text.split("- name: title\n      type: text\n      tokenizer: ").nth(1).unwrap();
            let kind = text.split("      type: ").nth(1).unwrap().lines().next().unwrap();
            [cut.lines().next().unwrap(), kind].join(" ")
        };
        assert_eq!(
            groups[..4].iter().map(tokenizer).collect::<Vec<_>>(),
            ["en_stem text", "chinese_compatible text", "words simple", "words simple"]
        );
        assert_eq!(tokenizer(&groups[6]), "words ngram");
    }
}
