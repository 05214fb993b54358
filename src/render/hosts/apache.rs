//! `.htaccess` for Apache.

use crate::model::address::Address;
use crate::model::media::{FOREVER, SHORT, TEXTS, content_type};
use crate::model::vocabulary::Packing;
use crate::render::hosts::reader::{COOKIE, patterns};
use crate::render::hosts::rules::{Goal, HostRules, decoded, encoded, quoted};

/// A form in which a file may also be stored: its name for a browser, and the ending of the file's name.
const GZIP: (&str, &str) = ("gzip", "gz");
const BROTLI: (&str, &str) = ("br", "br");

pub fn htaccess(rules: &HostRules) -> String {
    let mut text = String::from(
        "# Apache reads this where the site's folder has `AllowOverride All`.\n\
         AddDefaultCharset utf-8\nOptions -Indexes\nDirectoryIndex index.html\nDirectorySlash On\n\
         AddType application/manifest+json .webmanifest\nAddType \"text/markdown; charset=utf-8\" .md\n",
    );
    text.push_str(&format!("ErrorDocument 404 {}404.html\n", encoded(&rules.root)));
    for (folder, page) in &rules.not_found {
        let page = encoded(page);
        text.push_str(&format!("{}  ErrorDocument 404 {page}\n</If>\n", below(&decoded(folder))));
    }
    for (from, to) in &rules.redirects {
        let from = decoded(from);
        let pattern = match from.strip_suffix('/') {
            Some(from) => format!("^{}/?$", pattern(from)),
            None => format!("^{}$", pattern(&from)),
        };
        let to = match to {
            Goal::Own(to) if has_variable(to) => continue,
            Goal::Own(to) => to,
            Goal::Part(_) | Goal::Other(_) => {
                text.push_str(&elsewhere(&pattern, &rules.root, &to.encoded()));
                continue;
            }
        };
        // Apache encodes where it leads to, and puts in what the pattern has found.
        let to = decoded(to).replace('\\', "\\\\").replace('$', "\\$");
        text.push_str(&format!("RedirectMatch 301 {} {}\n", quoted(&pattern), quoted(&to)));
    }
    for from in &rules.gone {
        let pattern = format!("^{}/?$", pattern(decoded(from).trim_end_matches('/')));
        text.push_str(&format!("RedirectMatch 410 {}\n", quoted(&pattern)));
    }
    if !rules.gone.is_empty() {
        text.push_str(&format!("ErrorDocument 410 {}404.html\n", encoded(&rules.root)));
    }
    // What a rule of this module leads to is read as an address once more, with the folder's before it.
    let root = encoded(&rules.root);
    text.push_str(&format!("<IfModule mod_rewrite.c>\n  RewriteBase {root}\n</IfModule>\n"));
    welcome(&mut text, rules);
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in rules.headers() {
        text.push_str(&format!("  Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!("  Header set Cache-Control \"{SHORT}\"\n</IfModule>\n"));
    text.push_str(&below(&format!("{}assets/", decoded(&rules.root))));
    text.push_str(&format!(
        "  <IfModule mod_headers.c>\n    Header set Cache-Control \"{FOREVER}\"\n  </IfModule>\n</If>\n"
    ));
    // Apache takes the first form that exists and that the browser accepts.
    let forms = match rules.packings.contains(&Packing::Brotli) {
        true => &[BROTLI, GZIP][..],
        false => &[GZIP],
    };
    compressed(&mut text, forms);
    text
}

/// `RedirectMatch` would encode once more what is encoded already. Here patterns begin below the site's folder.
fn elsewhere(pattern: &str, root: &Address, to: &str) -> String {
    let root = self::pattern(&decoded(root));
    let below = pattern.strip_prefix('^').and_then(|whole| whole.strip_prefix(root.as_str()));
    let Some(below) = below else {
        return String::new();
    };
    let to = substitution(to);
    format!(
        "<IfModule mod_rewrite.c>\n  RewriteEngine On\n  RewriteRule \"^{below}\" \"{to}\" [R=301,NE,L]\n</IfModule>\n"
    )
}

/// What `RewriteRule` leads to, without its quotes. The module reads its line by itself: there a backslash makes a sign
/// of the next one once, and not twice as in Apache's other lines.
fn substitution(to: &str) -> String {
    let mut text = String::with_capacity(to.len());
    for c in to.chars() {
        if matches!(c, '%' | '$' | '\\' | '"') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Apache puts in what `${NAME}` stands for on its machine, and has no way to write it otherwise: such a page is
/// led to by the page at the old address alone. In a pattern each sign is escaped.
fn has_variable(address: &Address) -> bool {
    address.as_str().contains("${")
}

/// The root leads to the language that the reader chose, or otherwise to one that the browser asks for.
fn welcome(text: &mut String, rules: &HostRules) {
    if rules.homes.is_empty() {
        return;
    }
    text.push_str("<IfModule mod_rewrite.c>\n  RewriteEngine On\n");
    let mut rule = |condition: String, home: &Address| {
        let to = substitution(&decoded(home));
        text.push_str(&format!("  RewriteCond {condition}\n  RewriteRule ^$ \"{to}\" [R=302,L]\n"));
    };
    for home in &rules.homes {
        rule(format!("%{{HTTP_COOKIE}} \"(?:^|; *){COOKIE}={}(?:;|$)\"", home.tag), &home.url);
    }
    for (pattern, url) in patterns(rules) {
        rule(format!("%{{HTTP:Accept-Language}} {} [NC]", quoted(&pattern)), url);
    }
    text.push_str("</IfModule>\n");
    text.push_str(&format!(
        "<If \"%{{REQUEST_URI}} =~ m#^{}(index\\.html)?$#\">\n  <IfModule mod_headers.c>\n    Header append Vary \"Accept-Language, Cookie\"\n    \
         Header always set Vary \"Accept-Language, Cookie\" \"expr=%{{REQUEST_STATUS}} == 302\"\n  </IfModule>\n</If>\n",
        pattern(&decoded(&rules.root))
    ));
}

/// Opens a block for the files in a folder.
fn below(folder: &str) -> String {
    format!("<If \"%{{REQUEST_URI}} =~ m#^{}#\">\n", pattern(folder))
}

/// Sends `index.html.gz` in place of `index.html`, if it exists and the browser accepts it.
fn compressed(text: &mut String, forms: &[(&str, &str)]) {
    let extensions = TEXTS.join("|");
    let endings: Vec<&str> = forms.iter().map(|(_, ending)| *ending).collect();
    let endings = endings.join("|");
    text.push_str("<IfModule mod_rewrite.c>\n<IfModule mod_headers.c>\n  RewriteEngine On\n");
    // A decoded path is read as an address again on its way to another file, so the flag `B` escapes it.
    for (name, ending) in forms {
        let wanted = format!("\\b{name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");
        text.push_str(&format!(
            "  RewriteCond %{{HTTP:Accept-Encoding}} {wanted}\n\
             \x20 RewriteCond %{{REQUEST_FILENAME}}.{ending} -f\n\
             \x20 RewriteRule ^(.*\\.(?:{extensions}))$ $1.{ending} [B=%#,L]\n\
             \x20 RewriteCond %{{HTTP:Accept-Encoding}} {wanted}\n\
             \x20 RewriteCond %{{REQUEST_FILENAME}}/index.html.{ending} -f\n\
             \x20 RewriteRule ^(.*/)?$ $1index.html.{ending} [B=%#,L]\n"
        ));
    }
    // Nothing is compressed twice, and `.br` does not mean Breton, which is what Apache takes it for.
    text.push_str(&format!(
        "  RewriteRule \\.(?:{extensions})\\.(?:{endings})$ - [E=no-gzip:1,E=no-brotli:1]\n\
         \x20 <IfModule mod_mime.c>\n    RemoveLanguage .br\n    RemoveEncoding .br .gz\n  </IfModule>\n\
         \x20 <FilesMatch \"\\.({extensions})(\\.({endings}))?$\">\n    Header append Vary Accept-Encoding\n  </FilesMatch>\n"
    ));
    for (name, ending) in forms {
        text.push_str(&format!(
            "  <FilesMatch \"\\.({extensions})\\.{ending}$\">\n    Header set Content-Encoding {name}\n  </FilesMatch>\n"
        ));
    }
    for extension in TEXTS {
        let kind = content_type(&format!(".{extension}"));
        text.push_str(&format!(
            "  <FilesMatch \"\\.{extension}\\.({endings})$\">\n    ForceType \"{kind}\"\n  </FilesMatch>\n"
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
