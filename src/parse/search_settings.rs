//! Reads how a site is searched: `search` in `site.yaml`.

use crate::model::config::Config;
use crate::parse::fields::{Faults, Fields};
use crate::parse::yaml::Yaml;

/// Either whether there is a search of the site's own, or a map that says more.
pub fn search(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(node) = fields.node("search") else { return };
    if !matches!(node.value, Yaml::Map(_)) {
        config.search = fields.word("search", faults).unwrap_or(config.search);
        return;
    }
    let Some(mut search) = Fields::open(node, "the site's `search`", faults) else { return };
    config.search = search.word("own", faults).unwrap_or(config.search);
    config.search_export = search.word("export", faults);
    search.close(faults);
}
