//! The `location` blocks for nginx.

use crate::model::media::{FOREVER, SHORT, TEXTS, content_type};
use crate::model::vocabulary::Packing;
use crate::render::hosts::reader::{COOKIE, patterns};
use crate::render::hosts::rules::{Goal, HostRules, decoded, encoded, quoted};

/// A type that nginx does not know by default.
const MARKDOWN: &str =
    "location ~ \\.md$ { types { } default_type \"text/markdown; charset=utf-8\"; }";

/// What to append to an address to get the file in Brotli, if the browser accepts it and the file exists.
///
/// This goes into a `server` block, because in a location, `if` is only safe with `rewrite` and `return`.
const CHOICE: &str = "\
set $cicerone_br \"\";
if (-f \"${request_filename}.br\") { set $cicerone_br \".br\"; }
if (-f \"${request_filename}index.html.br\") { set $cicerone_br \"index.html.br\"; }
if ($http_accept_encoding !~ \"(?:^|[ ,])br(?! *; *q=0(?:[.]0*)? *(?:,|$))(?:[ ;,]|$)\") { set $cicerone_br \"\"; }
";
const CHOOSE: &str = "if ($cicerone_br) { rewrite ^ \"${uri}${cicerone_br}\" last; }";

/// nginx compares decoded addresses, but sends those of `return` as they are written.
pub fn locations(rules: &HostRules) -> String {
    let root = decoded(&rules.root);
    let place = match root.trim_matches('/') {
        "" => "holds the files of the site".to_owned(),
        below => format!("holds the folder `{below}`, and that the files of the site"),
    };
    let mut text = format!(
        "# Include this in a `server` block that says `listen`, `server_name` and `root`; the folder of\n\
         # `root` {place}.\n"
    );
    let brotli = rules.packings.contains(&Packing::Brotli);
    if brotli {
        text.push_str("# Files in Brotli (`.br`) are sent without a module of nginx's.\n");
        text.push_str(CHOICE);
    }
    let choose = |indent: &str| {
        if brotli { format!("{indent}{CHOOSE}\n") } else { String::new() }
    };
    text.push_str(&format!("location {} {{\n", quoted(&root)));
    text.push_str("  index index.html;\n  charset utf-8;\n  gzip_static on;\n");
    // With this setting on, nginx adds `Vary` only for files in gzip, which need not exist.
    text.push_str(if brotli { "  gzip_vary off;\n" } else { "  gzip_vary on;\n" });
    text.push_str("  absolute_redirect off;\n");
    headers(&mut text, rules, "  ", SHORT, brotli);
    text.push_str(&format!("  error_page 404 {};\n", quoted(&format!("{root}404.html"))));
    text.push_str(&choose("  "));
    text.push_str("  try_files $uri $uri/ =404;\n");
    for (folder, page) in &rules.not_found {
        text.push_str(&format!(
            "  location {} {{\n    error_page 404 {};\n{}    try_files $uri $uri/ =404;\n    {MARKDOWN}\n  }}\n",
            quoted(&decoded(folder)),
            quoted(&decoded(page)),
            choose("    "),
        ));
    }
    if !rules.homes.is_empty() {
        text.push_str(&format!("  location = {} {{\n", quoted(&root)));
        headers(&mut text, rules, "    ", SHORT, false);
        let vary = "\"Accept-Language, Cookie, Accept-Encoding\"";
        text.push_str(&format!("    gzip_vary off;\n    add_header Vary {vary} always;\n"));
        for home in &rules.homes {
            let chosen = format!("$cookie_{COOKIE} = \"{}\"", home.tag);
            text.push_str(&format!("    if ({chosen}) {{ return 302 {}; }}\n", encoded(&home.url)));
        }
        for (pattern, home) in patterns(rules) {
            text.push_str(&format!(
                "    if ($http_accept_language ~* {}) {{ return 302 {}; }}\n",
                quoted(&pattern),
                encoded(home)
            ));
        }
        text.push_str(&choose("    "));
        text.push_str(&format!(
            "    try_files {} =404;\n  }}\n",
            quoted(&format!("{root}index.html"))
        ));
    }
    for manifest in &rules.manifests {
        text.push_str(&format!(
            "  location = {} {{ {}types {{ }} default_type application/manifest+json; }}\n",
            quoted(&decoded(manifest)),
            if brotli { format!("{CHOOSE} ") } else { String::new() },
        ));
    }
    text.push_str(&format!("  location {} {{\n", quoted(&format!("{root}assets/"))));
    headers(&mut text, rules, "    ", FOREVER, brotli);
    text.push_str(&choose("    "));
    if brotli {
        packed(&mut text, rules, "    ", FOREVER);
    }
    text.push_str("  }\n");
    if brotli {
        packed(&mut text, rules, "  ", SHORT);
    }
    for (from, to) in &rules.redirects {
        let from = decoded(from);
        let mut names = vec![from.trim_end_matches('/')];
        if from.ends_with('/') {
            names.push(&from);
        }
        for name in names {
            let to = match to {
                Goal::Own(address) => encoded(address),
                Goal::Part(_) | Goal::Other(_) => quoted(&to.encoded()),
            };
            text.push_str(&format!("  location = {} {{ return 301 {to}; }}\n", quoted(name)));
        }
    }
    for from in &rules.gone {
        let from = decoded(from);
        let found = |(folder, _): &&(_, _)| from.starts_with(&decoded(folder));
        let page = rules.not_found.iter().find(found).map(|(_, page)| encoded(page));
        let page = page.map(|page| format!("error_page 410 {page}; ")).unwrap_or_default();
        for name in [from.trim_end_matches('/'), &from] {
            text.push_str(&format!("  location = {} {{ {page}return 410; }}\n", quoted(name)));
        }
    }
    text.push_str("}\n");
    text
}

/// A location with headers of its own does not inherit the others.
fn headers(text: &mut String, rules: &HostRules, indent: &str, kept: &str, varies: bool) {
    for (name, value) in rules.headers() {
        text.push_str(&format!("{indent}add_header {name} \"{value}\" always;\n"));
    }
    // A file that does not exist now may exist soon, so no error is kept for ever.
    let always = if kept == FOREVER { "" } else { " always" };
    text.push_str(&format!("{indent}add_header Cache-Control \"{kept}\"{always};\n"));
    if varies {
        text.push_str(&format!("{indent}add_header Vary Accept-Encoding always;\n"));
    }
}

/// The files in Brotli, of which no page knows.
fn packed(text: &mut String, rules: &HostRules, indent: &str, kept: &str) {
    let inner = format!("{indent}  ");
    text.push_str(&format!("{indent}location ~ \\.br$ {{\n{inner}internal;\n{inner}types {{ }}\n"));
    text.push_str(&format!("{inner}gzip_static off;\n"));
    headers(text, rules, &inner, kept, true);
    text.push_str(&format!("{inner}add_header Content-Encoding br always;\n"));
    for extension in TEXTS {
        let kind = content_type(&format!(".{extension}"));
        text.push_str(&format!(
            "{inner}location ~ \\.{extension}\\.br$ {{ default_type \"{kind}\"; }}\n"
        ));
    }
    text.push_str(&format!("{indent}}}\n"));
}
