//! `.htaccess` for Apache.

use super::{FOREVER, Rules, SECURITY, SHORT, decoded, quoted};

/// What may lie there compressed beforehand, with its type.
const COMPRESSED: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml"),
];

pub fn htaccess(rules: &Rules) -> String {
    let mut text = String::from(
        "# Apache reads this where the site's folder has `AllowOverride All`.\n\
         AddDefaultCharset utf-8\nOptions -Indexes\nDirectoryIndex index.html\nDirectorySlash On\n\
         AddType application/manifest+json .webmanifest\nAddType \"text/markdown; charset=utf-8\" .md\n",
    );
    text.push_str(&format!("ErrorDocument 404 {}404.html\n", rules.root));
    for (folder, page) in &rules.not_found {
        text.push_str(&format!("{}  ErrorDocument 404 {page}\n</If>\n", below(folder)));
    }
    for (from, to) in &rules.redirects {
        let from = decoded(from);
        let pattern = match from.strip_suffix('/') {
            Some(from) => format!("^{}/?$", pattern(from)),
            None => format!("^{}$", pattern(&from)),
        };
        // Apache encodes where it leads to, and puts in what the pattern has found.
        let to = decoded(to).replace('\\', "\\\\").replace('$', "\\$");
        text.push_str(&format!("RedirectMatch 301 {} {}\n", quoted(&pattern), quoted(&to)));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in SECURITY {
        text.push_str(&format!("  Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!("  Header set Cache-Control \"{SHORT}\"\n</IfModule>\n"));
    text.push_str(&below(&format!("{}assets/", rules.root)));
    text.push_str(&format!(
        "  <IfModule mod_headers.c>\n    Header set Cache-Control \"{FOREVER}\"\n  </IfModule>\n</If>\n"
    ));
    compressed(&mut text);
    text
}

/// Opens a block for what lies in a folder.
fn below(folder: &str) -> String {
    format!("<If \"%{{REQUEST_URI}} =~ m#^{}#\">\n", pattern(&decoded(folder)))
}

/// `index.html.gz` in the place of `index.html`, where it is there and the browser takes it.
fn compressed(text: &mut String) {
    let extensions: Vec<&str> = COMPRESSED.iter().map(|(extension, _)| *extension).collect();
    let extensions = extensions.join("|");
    text.push_str(&format!(
        "<IfModule mod_rewrite.c>\n<IfModule mod_headers.c>\n  RewriteEngine On\n\
         \x20 RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b\n\
         \x20 RewriteCond %{{REQUEST_FILENAME}}.gz -f\n\
         \x20 RewriteRule ^(.*\\.(?:{extensions}))$ $1.gz [L]\n\
         \x20 RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b\n\
         \x20 RewriteCond %{{REQUEST_FILENAME}}/index.html.gz -f\n\
         \x20 RewriteRule ^(.*/)?$ $1index.html.gz [L]\n\
         \x20 <FilesMatch \"\\.({extensions})(\\.gz)?$\">\n    Header append Vary Accept-Encoding\n  </FilesMatch>\n"
    ));
    for (extension, kind) in COMPRESSED {
        text.push_str(&format!(
            "  <FilesMatch \"\\.{extension}\\.gz$\">\n    ForceType \"{kind}\"\n    Header set Content-Encoding gzip\n  </FilesMatch>\n"
        ));
    }
    text.push_str("</IfModule>\n</IfModule>\n");
}

/// An address as a regular expression that matches only itself.
fn pattern(url: &str) -> String {
    let mut pattern = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_ascii_punctuation() && c != '/' && c != '-' && c != '_' {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
