//! What every host has to know about a site, and how text is written for hosts.

use crate::model::address::Address;
use crate::model::vocabulary::Packing;
use crate::render::hosts::reader::Home;

/// Pages may run their own scripts and show their own pictures, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

pub const SECURITY: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// What a host needs to know. Addresses start at the host's root. Nothing else that anybody typed gets into
/// a host's file: an address has no line ends, no control characters and nothing hidden, and each host's
/// file quotes the rest by its own rules.
pub struct HostRules {
    pub redirects: Vec<(Address, Address)>,
    pub root: Address,
    /// For the folder of each language, the page that answers an unknown address.
    pub not_found: Vec<(Address, Address)>,
    pub manifests: Vec<Address>,
    /// The home page for readers of each language; empty where there is only one language.
    pub homes: Vec<Home>,
    pub host: String,
    pub packings: Vec<Packing>,
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
