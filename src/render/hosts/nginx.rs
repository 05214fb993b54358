//! Locations for nginx.

use super::{FOREVER, Rules, SECURITY, SHORT, decoded, quoted};

/// A type that nginx does not know by itself.
const MARKDOWN: &str =
    "location ~ \\.md$ { types { } default_type \"text/markdown; charset=utf-8\"; }";

/// nginx compares addresses decoded, and sends those of `return` as they are written.
pub fn locations(rules: &Rules) -> String {
    let root = decoded(&rules.root);
    let place = match root.trim_matches('/') {
        "" => "holds the files of the site".to_owned(),
        below => format!("holds the folder `{below}`, and that the files of the site"),
    };
    let mut text = format!(
        "# Include this in a `server` block that says `listen`, `server_name` and `root`; the folder of\n\
         # `root` {place}.\n"
    );
    text.push_str(&format!("location {} {{\n", quoted(&root)));
    text.push_str(
        "  index index.html;\n  charset utf-8;\n  gzip_static on;\n  gzip_vary on;\n  absolute_redirect off;\n",
    );
    security(&mut text, "  ");
    text.push_str(&format!("  add_header Cache-Control \"{SHORT}\" always;\n"));
    text.push_str(&format!("  error_page 404 {};\n", quoted(&format!("{root}404.html"))));
    text.push_str("  try_files $uri $uri/ =404;\n");
    for (folder, page) in &rules.not_found {
        text.push_str(&format!(
            "  location {} {{\n    error_page 404 {};\n    try_files $uri $uri/ =404;\n    {MARKDOWN}\n  }}\n",
            quoted(&decoded(folder)),
            quoted(&decoded(page)),
        ));
    }
    for manifest in &rules.manifests {
        text.push_str(&format!(
            "  location = {} {{ types {{ }} default_type application/manifest+json; }}\n",
            quoted(&decoded(manifest)),
        ));
    }
    // A location with headers of its own does not inherit the others.
    text.push_str(&format!("  location {} {{\n", quoted(&format!("{root}assets/"))));
    security(&mut text, "    ");
    text.push_str(&format!("    add_header Cache-Control \"{FOREVER}\";\n  }}\n"));
    for (from, to) in &rules.redirects {
        let from = decoded(from);
        let mut names = vec![from.trim_end_matches('/')];
        if from.ends_with('/') {
            names.push(&from);
        }
        for name in names {
            text.push_str(&format!("  location = {} {{ return 301 {to}; }}\n", quoted(name)));
        }
    }
    text.push_str("}\n");
    text
}

fn security(text: &mut String, indent: &str) {
    for (name, value) in SECURITY {
        text.push_str(&format!("{indent}add_header {name} \"{value}\" always;\n"));
    }
}
