//! What a reader asks the search for.

use std::sync::LazyLock;

use cicerone::model::site::Site;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::model::theme::Theme;
use cicerone::parse;
use cicerone::search::{self, Index, Indexer, PageWords, Variants};

use super::text;

/// A site in several scripts, with its indexes.
pub struct Searched {
    pub site: Site,
    pub indexes: Vec<Index>,
}

const GUIDES: &[(&str, &str, &str)] = &[
    (
        "cancel/en",
        "Cancel a SIM card",
        "Close the number: visit a shop, call 142. Wi-Fi, e-SIM, prepaid and top-up.",
    ),
    ("cancel/zh-Hans", "注销手机号", "先解绑银行卡，再去营业厅注销。"),
    ("cancel/zh-Hant", "註銷門號", "先解除綁定，再到門市退租。"),
    ("cancel/ja", "解約する", "携帯電話の契約を解約します。ローミング。"),
    ("keep/en", "Keep a number", "Straße, naïve, 04 222 3344 and +355 42 223 344."),
    ("keep/ar", "الشَّريحةِ والشرائح", "اتصل على الرقم ٠١٢٣ من هاتفك."),
    ("keep/th", "ตำรวจ", "โทร ๑๙๑ ได้ตลอดเวลา"),
    ("keep/tr", "Yurt dışı kullanımı", "Telefonu yurt dışı için açın. E-imza gerekmez."),
];

pub static READERS: LazyLock<Searched> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let settings = "title: A\nlanguages: [en, zh-Hans, zh-Hant, ja, ar, th, tr]\n";
    sources.texts.insert(SourcePath::new("guides/site.yaml"), settings.into());
    for (name, title, body) in GUIDES {
        let path = SourcePath::new(&format!("guides/{name}.md"));
        let of = if name.ends_with("/en") { "" } else { "translation: {of: en}\n" };
        let text = format!("---\ntitle: {title}\n{of}---\n{body}\n\n## {title} 2\n\n{body}\n");
        sources.texts.insert(path, text.as_str().into());
    }
    let config = parse::config(&sources).value;
    let site = super::site::resolved(&sources, config, &Theme::default(), &mut Vec::new()).site;
    let indexes = search::groups(&site).into_iter().map(|group| {
        let mut indexer = Indexer::default();
        for key in search::subjects(&site) {
            if let Some(subject) = search::subject(&site, &group, &key) {
                indexer.add(PageWords::of(&subject, &group));
            }
        }
        indexer.finish(group)
    });
    let indexes = indexes.collect();
    Searched { site, indexes }
});

/// The hits of a query for a reader of each language.
pub fn queried(query: &str) -> Vec<Vec<search::RankedHit>> {
    let languages = 0..READERS.site.config.languages.len();
    languages.map(|language| search::search(&READERS.indexes, language, query, 8)).collect()
}

/// The best come first, each leads somewhere, and a longer list begins with the shorter one.
pub fn search_query(data: &[u8]) {
    let query = text(data);
    let terms = search::terms(&query, Variants::all());
    assert!(terms.iter().all(|term| !term.is_empty()), "{terms:?}");
    for (language, hits) in queried(&query).into_iter().enumerate() {
        assert!(hits.is_sorted_by(|one, next| one.score >= next.score), "{hits:?}");
        assert!(hits.iter().all(|hit| hit.score > 0.0 && hit.score.is_finite()), "{hits:?}");
        assert!(hits.iter().all(|hit| hit.url.starts_with('/')), "{hits:?}");
        let few = search::search(&READERS.indexes, language, &query, 1);
        assert_eq!(few.first(), hits.first());
    }
}
