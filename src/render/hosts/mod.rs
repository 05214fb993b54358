//! Redirects and headers in the words of each host, from one list.

mod apache;
mod nginx;
mod reader;
mod underscore;

use std::collections::BTreeMap;

use crate::model::media::{FOREVER, SHORT};
use crate::model::output::{Output, OutputPath};
use crate::model::vocabulary::{Host, Packing};
use crate::render::hosts::reader::Home;
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

/// Addresses are from the host's root, as a browser asks for them.
struct Rules {
    redirects: Vec<(String, String)>,
    root: String,
    /// By the folder of a language: its page for an address that it does not know.
    not_found: Vec<(String, String)>,
    manifests: Vec<String>,
    /// For readers of each language, where there are several.
    homes: Vec<Home>,
    host: String,
    packings: Vec<Packing>,
}

pub fn files(scene: &Scene<'_>) -> Vec<Output> {
    let rules = rules(scene);
    let hosts = &scene.site.config.hosts;
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for host in hosts {
        match host {
            Host::GithubPages => {
                files.insert(".nojekyll", String::new());
                let own = !rules.host.is_empty()
                    && !rules.host.ends_with(".github.io")
                    && rules.root == "/";
                if own {
                    files.insert("CNAME", format!("{}\n", rules.host));
                }
            }
            Host::Netlify | Host::Cloudflare => {
                files.insert("_redirects", underscore::redirects(&rules, hosts));
                files.insert("_headers", underscore::headers(&rules));
            }
            Host::Apache => _ = files.insert(".htaccess", apache::htaccess(&rules)),
            Host::Nginx => _ = files.insert("nginx.conf.example", nginx::locations(&rules)),
        }
    }
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
        homes: reader::homes(&routes.root, &scene.site.config.languages),
        root: routes.root.clone(),
        not_found: not_found.collect(),
        manifests: routes.manifests.iter().map(|route| route.url.to_string()).collect(),
        host: host.to_owned(),
        packings: scene.site.config.precompress.clone(),
    }
}

/// An address as a server compares it: percent-decoded.
fn decoded(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind.split_at_checked(2).filter(|_| *byte == b'%');
        let decoded = digits.and_then(|(digits, behind)| {
            let digits = std::str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, behind))
        });
        let (byte, behind) = decoded.unwrap_or((*byte, behind));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// In double quotes, as nginx and Apache read them.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
