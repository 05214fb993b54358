//! Redirects and headers in the words of each host, from one list.

mod apache;
mod nginx;
mod reader;
mod underscore;

use std::collections::BTreeMap;

use crate::model::address::Address;
use crate::model::media::{FOREVER, SHORT};
use crate::model::output::{Output, OutputPath};
use crate::model::percent::encode;
use crate::model::site::RedirectTarget;
use crate::model::vocabulary::{Host, Packing};
use crate::model::web_address::WebAddress;
use crate::render::context::RenderContext;
use crate::render::hosts::reader::Home;

/// The headers of every answer that are the same for every site.
const SECURITY: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// Addresses are from the host's root. Nothing else that anybody typed gets into a host's file but addresses of other
/// sites, percent-encoded: an address has no line ends, no control characters and nothing hidden, and each host's file
/// quotes the rest by its own rules.
struct HostRules {
    redirects: Vec<(Address, Goal)>,
    /// The Content-Security-Policy of the pages.
    policy: String,
    root: Address,
    /// By the folder of a language: its page for an address that it does not know.
    not_found: Vec<(Address, Address)>,
    manifests: Vec<Address>,
    /// For readers of each language, where there are several.
    homes: Vec<Home>,
    host: String,
    packings: Vec<Packing>,
}

/// Where an old address leads.
enum Goal {
    Own(Address),
    /// Of a page, with what follows: percent-encoded, from the host's root.
    Part(String),
    Other(WebAddress),
}

impl Goal {
    /// As a browser asks for it.
    fn encoded(&self) -> String {
        match self {
            Goal::Own(address) => encoded(address),
            Goal::Part(url) => url.clone(),
            Goal::Other(address) => address.as_str().to_owned(),
        }
    }
}

impl HostRules {
    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let policy = ("Content-Security-Policy", self.policy.as_str());
        std::iter::once(policy).chain(SECURITY.iter().copied())
    }
}

pub fn files(context: &RenderContext<'_>) -> Vec<Output> {
    let rules = rules(context);
    let hosts = &context.site.config.hosts;
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for host in hosts {
        match host {
            Host::GithubPages => {
                files.insert(".nojekyll", String::new());
                let own = !rules.host.is_empty()
                    && !rules.host.ends_with(".github.io")
                    && rules.root == Address::default();
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

fn rules(context: &RenderContext<'_>) -> HostRules {
    let routes = &context.site.routes;
    let redirects = routes.redirects.iter().filter_map(|redirect| {
        let goal = context.site.goal(redirect);
        let to = match redirect.to {
            RedirectTarget::Other(_) => Goal::Other(WebAddress::parse(goal)?),
            RedirectTarget::Own(_) if goal.contains('#') => Goal::Part(goal_part(goal)?),
            _ => Goal::Own(Address::of_url(goal)?),
        };
        Some((Address::of_url(&redirect.from.url)?, to))
    });
    let not_found = context.locales.iter().filter_map(|locale| {
        let folder = format!("{}{}/", routes.root, locale.language.slug());
        Some((Address::of_url(&folder)?, Address::of_url(&format!("{folder}404.html"))?))
    });
    let manifests = routes.manifests.iter();
    let host = routes.origin.split_once("//").map_or("", |(_, host)| host);
    HostRules {
        redirects: redirects.collect(),
        root: Address::of_url(&routes.root).unwrap_or_default(),
        homes: reader::homes(&routes.root, &context.site.config.languages),
        not_found: not_found.collect(),
        manifests: manifests.filter_map(|route| Address::of_url(&route.url)).collect(),
        host: host.to_owned(),
        packings: context.site.config.precompress.clone(),
        policy: context.policy.clone(),
    }
}

/// An address of the site with the part of a page, each encoded on its own.
fn goal_part(url: &str) -> Option<String> {
    let (path, part) = url.split_once('#')?;
    Some(format!("{}#{}", encoded(&Address::of_url(path)?), encode(part)))
}

/// As a browser asks for it.
fn encoded(address: &Address) -> String {
    address.url("/")
}

/// As a server compares it: percent-decoded.
fn decoded(address: &Address) -> String {
    format!("/{}", address.as_str())
}

/// In double quotes, as nginx and Apache read them.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
