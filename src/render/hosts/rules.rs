//! What every host has to know of a site, and how a text is written for them.

use crate::model::address::Address;
use crate::model::vocabulary::Packing;
use crate::render::hosts::reader::Home;

/// Pages run their own scripts, and show their own pictures; nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

pub const SECURITY: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// Addresses are from the host's root. Nothing else that anybody typed gets into a host's file: an address has
/// no line ends, no control characters and nothing hidden, and each host's file quotes the rest by its own rules.
pub struct HostRules {
    pub redirects: Vec<(Address, Address)>,
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
