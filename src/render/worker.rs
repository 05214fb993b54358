//! The service worker of a site that is kept for when there is no network, and the one that takes it away again.

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::config::Offline;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::theme::Theme;

/// At the site's root, so that it serves every page.
pub const PATH: &str = "sw.js";
/// The theme's file that it is made of.
pub const ASSET: &str = "worker.js";
/// The theme's file that registers it.
pub const REGISTER: &str = "offline.js";
/// The theme's file that takes its place where the site is kept no more.
pub const REMOVAL: &str = "removal.js";

/// The languages of a search index by their folders, and the files that it has.
pub struct SearchFiles {
    pub languages: Vec<String>,
    pub files: Vec<String>,
}

/// The worker of one build; none where the site has never had one.
pub fn worker(site: &Site, theme: &Theme, build: u64, search: &[SearchFiles]) -> Option<Output> {
    let text = match site.config.offline {
        Offline::Never => return None,
        Offline::Removed => String::from_utf8_lossy(theme.assets.get(REMOVAL)?).into_owned(),
        Offline::Kept => {
            let script = String::from_utf8_lossy(theme.assets.get(ASSET)?).into_owned();
            format!("const SITE = {};\n{script}", settings(site, build, search))
        }
    };
    Some(Output { path: OutputPath::parse(PATH)?, bytes: text.into_bytes().into() })
}

/// On one line, as the worker looks for the build in it.
fn settings(site: &Site, build: u64, search: &[SearchFiles]) -> serde_json::Value {
    let mut operators: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for id in site.registry.operators.keys() {
        operators.entry(id.country()).or_default().push(id.to_string());
    }
    let languages = site.config.languages.iter().map(|language| language.slug());
    let search =
        search.iter().map(|group| json!({ "languages": group.languages, "files": group.files }));
    json!({
        "build": format!("{build:016x}"),
        "root": site.routes.root,
        "languages": languages.collect::<Vec<_>>(),
        "operators": operators,
        "search": search.collect::<Vec<_>>(),
    })
}
