//! The script that reloads a page, and the element that includes it.

use crate::model::markup::escape;
use crate::serve::rules::Rules;

pub const SCRIPT: &str = include_str!("reload.js");

/// The element that includes the script. The script comes from this server, so that even the strictest
/// content security policy lets it run. `links` are those to the sources, which the script puts into the
/// page.
pub fn script(path: &str, version: &str, links: Option<&str>, rules: &Rules) -> String {
    let (path, token) = (escape(path), &rules.token);
    let links =
        links.map_or_else(String::new, |links| format!(" data-links=\"{}\"", escape(links)));
    format!(
        "<script src=\"/_cicerone/reload.js\" data-token=\"{token}\" data-page=\"{path}\" data-version=\"{version}\"{links} defer></script>\n"
    )
}
