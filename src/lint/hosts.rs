//! The hosts that the lints know, and the host of an address.

use crate::model::config::LinkPolicy;

/// Hosts where readers would meet strangers.
pub const CHATS: &[&str] = &[
    "t.me",
    "telegram.me",
    "telegram.dog",
    "wa.me",
    "api.whatsapp.com",
    "chat.whatsapp.com",
    "whatsapp.com",
    "discord.gg",
    "line.me",
    "lin.ee",
    "m.me",
    "u.wechat.com",
    "weixin.qq.com",
    "qm.qq.com",
    "jq.qq.com",
    "open.kakao.com",
    "signal.group",
    "signal.me",
    "zalo.me",
    "invite.viber.com",
    "joinchat.com",
];

/// Hosts that hide where a link leads.
pub const SHORTENERS: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "is.gd",
    "v.gd",
    "t.co",
    "goo.gl",
    "ow.ly",
    "cutt.ly",
    "rb.gy",
    "s.id",
    "linktr.ee",
    "shorturl.at",
    "t.cn",
    "dwz.cn",
];

pub fn is_messenger(host: &str) -> bool {
    CHATS.contains(&host) || SHORTENERS.contains(&host)
}

/// All of these hosts. Their index identifies them.
pub fn hosts() -> impl Iterator<Item = &'static str> {
    CHATS.iter().chain(SHORTENERS).copied()
}

/// What follows the scheme of a web address; `None` for any other address.
pub fn web(target: &str) -> Option<&str> {
    let begins = |scheme: &&str| {
        target.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    let scheme = match target.as_bytes() {
        [b'/', b'/', ..] => "//",
        [b'h' | b'H', ..] => ["https://", "http://"].into_iter().find(begins)?,
        _ => return None,
    };
    target.get(scheme.len()..)
}

/// The host of a web address, in lower case and without `www.`; `None` for any other address.
pub fn host(target: &str) -> Option<String> {
    let rest = web(target)?;
    let before =
        |text: &'_ str, ends: fn(u8) -> bool| text.bytes().position(ends).unwrap_or(text.len());
    // Browsers treat `\` as `/`.
    let ends = |byte| matches!(byte, b'/' | b'\\' | b'?' | b'#' | b' ' | b'\n');
    let authority = rest.get(..before(rest, ends))?;
    let host = authority.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at + 1);
    let host = authority.get(host..)?;
    let host = host.get(..before(host, |byte| byte == b':'))?.trim_end_matches('.');
    let mut host = if host.is_ascii() { host.to_ascii_lowercase() } else { host.to_lowercase() };
    if host.starts_with("www.") {
        host.drain(.."www.".len());
    }
    (!host.is_empty()).then_some(host)
}

pub fn allows(policy: &LinkPolicy, host: &str) -> bool {
    policy.allow.iter().any(|allowed| is_of(host, &allowed.host.value))
}

/// Whether `host` is `other` or a subdomain of it.
pub fn is_of(host: &str, other: &str) -> bool {
    let other = other.strip_prefix("www.").unwrap_or(other);
    let rest = host.strip_prefix("www.").unwrap_or(host).strip_suffix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
