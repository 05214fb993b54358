//! Redirects and headers in the words of each host, from one list.

use crate::model::media::{FOREVER, SHORT};
use crate::model::output::{Output, OutputPath};
use crate::model::vocabulary::Host;
use crate::render::scene::Scene;

/// Pages run their own scripts, and show their own pictures; nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

const SECURITY: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

struct Rules {
    /// From the host's root, as a browser asks for it.
    redirects: Vec<(String, String)>,
    root: String,
    /// By the folder of a language: its page for an address that it does not know.
    not_found: Vec<(String, String)>,
    host: String,
}

pub fn files(scene: &Scene<'_>) -> Vec<Output> {
    let rules = rules(scene);
    let mut files: Vec<(&str, String)> = Vec::new();
    for host in &scene.site.config.hosts {
        match host {
            Host::GithubPages => {
                files.push((".nojekyll", String::new()));
                let own = !rules.host.is_empty()
                    && !rules.host.ends_with(".github.io")
                    && rules.root == "/";
                if own {
                    files.push(("CNAME", format!("{}\n", rules.host)));
                }
            }
            Host::Netlify | Host::Cloudflare => {
                files.push(("_redirects", underscore_redirects(&rules, *host)));
                files.push(("_headers", underscore_headers(&rules)));
            }
            Host::Apache => files.push((".htaccess", htaccess(&rules))),
            Host::Nginx => files.push(("nginx.conf.example", nginx(&rules))),
        }
    }
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let output = |(path, text): (&str, String)| {
        Some(Output { path: OutputPath::parse(path)?, bytes: text.into_bytes().into() })
    };
    files.into_iter().filter_map(output).collect()
}

fn rules(scene: &Scene<'_>) -> Rules {
    let routes = &scene.site.routes;
    let redirects = routes.redirects.iter().map(|redirect| {
        let to = scene.url(&redirect.to, redirect.language).to_owned();
        (redirect.from.url.to_string(), to)
    });
    let not_found = scene.tongues.iter().map(|tongue| {
        let folder = format!("{}{}/", routes.root, tongue.language.slug());
        (folder.clone(), format!("{folder}404.html"))
    });
    let host = routes.origin.split_once("//").map_or("", |(_, host)| host);
    Rules {
        redirects: redirects.collect(),
        root: routes.root.clone(),
        not_found: not_found.collect(),
        host: host.to_owned(),
    }
}

fn underscore_redirects(rules: &Rules, host: Host) -> String {
    let mut text = String::new();
    for (from, to) in &rules.redirects {
        text.push_str(&format!("{from} {to} 301\n"));
    }
    // Cloudflare looks for the nearest 404.html by itself.
    if host == Host::Netlify {
        for (folder, page) in &rules.not_found {
            text.push_str(&format!("{folder}* {page} 404\n"));
        }
    }
    text
}

fn underscore_headers(rules: &Rules) -> String {
    let mut text = format!("{}*\n", rules.root);
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str(&format!("{}assets/*\n  Cache-Control: {FOREVER}\n", rules.root));
    text
}

fn htaccess(rules: &Rules) -> String {
    let mut text =
        String::from("AddDefaultCharset utf-8\nOptions -Indexes\nDirectoryIndex index.html\n");
    text.push_str(&format!("ErrorDocument 404 {}404.html\n", rules.root));
    for (folder, page) in &rules.not_found {
        text.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#^{}#\">\n  ErrorDocument 404 {page}\n</If>\n",
            pattern(folder)
        ));
    }
    for (from, to) in &rules.redirects {
        text.push_str(&format!("RedirectMatch 301 \"^{}?$\" \"{to}\"\n", pattern(from)));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in SECURITY {
        text.push_str(&format!("  Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!("  Header set Cache-Control \"{SHORT}\"\n"));
    text.push_str(&format!(
        "  <If \"%{{REQUEST_URI}} =~ m#^{}assets/#\">\n    Header set Cache-Control \"{FOREVER}\"\n  </If>\n",
        pattern(&rules.root)
    ));
    text.push_str("</IfModule>\n");
    text
}

fn nginx(rules: &Rules) -> String {
    let mut text = String::from(
        "# Include this in a `server` block that says `listen`, `server_name` and `root`.\n\
         charset utf-8;\nindex index.html;\ngzip_static on;\n",
    );
    for (name, value) in SECURITY {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!("error_page 404 {}404.html;\n", rules.root));
    for (from, to) in &rules.redirects {
        text.push_str(&format!("location = {from} {{ return 301 {to}; }}\n"));
        text.push_str(&format!(
            "location = {} {{ return 301 {to}; }}\n",
            from.trim_end_matches('/')
        ));
    }
    for (folder, page) in &rules.not_found {
        text.push_str(&format!(
            "location {folder} {{ error_page 404 {page}; try_files $uri $uri/index.html =404; }}\n"
        ));
    }
    // A location with headers of its own does not inherit the others.
    text.push_str(&format!("location {}assets/ {{\n", rules.root));
    for (name, value) in SECURITY {
        text.push_str(&format!("  add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!("  add_header Cache-Control \"{FOREVER}\";\n}}\n"));
    text
}

/// An address as a regular expression that matches only itself.
fn pattern(url: &str) -> String {
    let mut pattern = String::with_capacity(url.len());
    for c in url.chars() {
        if matches!(
            c,
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' | '\\'
        ) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
