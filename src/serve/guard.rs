//! Tells which requests are the reader's own: a page of another site cannot ask in their name.

use std::net::IpAddr;

/// The names under which this server may be addressed.
#[derive(Debug, Clone)]
pub struct Guard {
    hosts: Vec<String>,
    /// Whether any address may be used, as for a server that the whole network can reach. A name that leads
    /// to one of these addresses (DNS rebinding) is still refused.
    addresses: bool,
}

impl Guard {
    /// The names of this machine's loopback interface, and what the user gave.
    pub fn new(host: &str) -> Guard {
        let mut hosts = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        let address: Option<IpAddr> = host.parse().ok();
        hosts.push(match address {
            Some(IpAddr::V6(address)) => format!("[{address}]"),
            _ => host.to_ascii_lowercase(),
        });
        Guard { hosts, addresses: address.is_some_and(|address| address.is_unspecified()) }
    }

    /// Whether `authority`, the value of `Host`, is one of the names; its port does not matter.
    pub fn admits(&self, authority: &str) -> bool {
        let Some(host) = host(authority) else { return false };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        self.hosts.contains(&host) || (self.addresses && bare.parse::<IpAddr>().is_ok())
    }

    /// Whether a request with this `Origin` comes from one of this server's pages.
    pub fn is_own(&self, origin: &str, authority: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(authority))
    }
}

/// The name in `name:port`, in lower case; `None` if the text has another form.
fn host(authority: &str) -> Option<String> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at_checked(end)?;
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let sound = port.is_empty() || port.strip_prefix(':').is_some_and(digits);
    (sound && !host.is_empty()).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_and_the_given_name_are_admitted() {
        let guard = Guard::new("preview.lan");
        for own in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "preview.lan:1"]
        {
            assert!(guard.admits(own), "{own}");
        }
        for strange in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:x",
            "a@localhost",
            "192.168.0.2",
            "[::1",
            "[::1]x",
            ":80",
            "127.0.0.1:80:80",
        ] {
            assert!(!guard.admits(strange), "{strange}");
        }
    }

    #[test]
    fn a_server_for_the_network_is_asked_by_address() {
        let guard = Guard::new("0.0.0.0");
        assert!(guard.admits("192.168.0.2:4000") && guard.admits("[fe80::1]:4000"));
        assert!(!guard.admits("rebound.example:4000"));
    }

    #[test]
    fn only_a_page_of_the_same_address_is_own() {
        let guard = Guard::new("127.0.0.1");
        assert!(guard.is_own("http://127.0.0.1:4000", "127.0.0.1:4000"));
        for strange in
            ["null", "http://127.0.0.1:3000", "https://127.0.0.1:4000", "http://evil.example"]
        {
            assert!(!guard.is_own(strange, "127.0.0.1:4000"), "{strange}");
        }
    }
}
