//! What every host has to know of a site, and how a text is written for them.

use crate::model::address::Address;
use crate::model::vocabulary::Packing;
use crate::model::web_address::WebAddress;
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
pub struct HostRules {
    pub redirects: Vec<(Address, Goal)>,
    /// Where guides were whose last day has gone by.
    pub gone: Vec<Address>,
    /// The Content-Security-Policy of the pages.
    pub policy: String,
    pub root: Address,
    /// By the folder of a language: its page for an address that it does not know.
    pub not_found: Vec<(Address, Address)>,
    pub manifests: Vec<Address>,
    /// For readers of each language, where there are several.
    pub homes: Vec<Home>,
    pub host: String,
    pub packings: Vec<Packing>,
    /// A worker in a browser, of which each build has another.
    pub worker: Option<Address>,
}

impl HostRules {
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let policy = ("Content-Security-Policy", self.policy.as_str());
        std::iter::once(policy).chain(SECURITY.iter().copied())
    }
}

/// Where an old address leads.
pub enum Goal {
    Own(Address),
    /// Of a page, with what follows: percent-encoded, from the host's root.
    Part(String),
    Other(WebAddress),
}

impl Goal {
    /// As a browser asks for it.
    pub fn encoded(&self) -> String {
        match self {
            Goal::Own(address) => encoded(address),
            Goal::Part(url) => url.clone(),
            Goal::Other(address) => address.as_str().to_owned(),
        }
    }

    /// An address of the site with the part of a page, both encoded already.
    pub fn part(url: &str) -> Option<Goal> {
        let (path, _) = url.split_once('#')?;
        Address::of_url(path).map(|_| Goal::Part(url.to_owned()))
    }
}

/// As a browser asks for it.
pub fn encoded(address: &Address) -> String {
    address.url("/")
}

/// As a server compares it: percent-decoded.
pub fn decoded(address: &Address) -> String {
    format!("/{}", address.as_str())
}

/// In double quotes, as nginx and Apache read them.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
