//! What every host has to know about a site, and how text is written for hosts.

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
    /// For the folder of each language, the page that answers an unknown address.
    pub not_found: Vec<(Address, Address)>,
    pub manifests: Vec<Address>,
    /// The home page for readers of each language; empty where there is only one language.
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

/// The address as a browser asks for it.
pub fn encoded(address: &Address) -> String {
    address.url("/")
}

/// The address as a server compares it: percent-decoded.
pub fn decoded(address: &Address) -> String {
    format!("/{}", address.as_str())
}

/// The text in double quotes, as nginx and Apache read them.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
