//! Where a reader reports a mistake in a page, and where its source is edited.

use crate::model::config::Feedback;
use crate::model::fingerprint;
use crate::model::guide::Translation;
use crate::model::site::Guide;
use crate::render::context::{Locale, RenderContext};

/// The address at which a reader reports a mistake in a page: an email or an issue that names the page, its
/// language and what the reader saw. It ends with the page's own address, so that `%23` and the anchor of a
/// step can follow. Empty where the site wants no reports.
pub fn report(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    title: &str,
    url: &str,
    version: &str,
) -> String {
    let Some(feedback) = &context.site.config.feedback else { return String::new() };
    let language = locale.language.tag();
    let about = format!("{}: {title}", context.site.config.title.get(locale.language));
    let page = context.absolute(url);
    let text = format!("\n\n---\n{language}, {version}\n{page}");
    let (start, [title, body]) = match feedback {
        Feedback::Mail(address) => (format!("mailto:{}", encoded(address)), ["subject", "body"]),
        Feedback::Form(form) if host(form).contains("gitlab") => {
            (form.clone(), ["issue[title]", "issue[description]"])
        }
        Feedback::Form(form) => (form.clone(), ["title", "body"]),
    };
    let joint = if start.contains('?') { '&' } else { '?' };
    format!("{start}{joint}{title}={}&{body}={}", encoded(&about), encoded(&text))
}

/// Identifies what a reader sees: the day of its review, and a fingerprint of its words.
pub fn version(guide: &Guide, text: &Translation) -> String {
    let verified = guide.facts().review.as_ref().and_then(|review| review.verified);
    let mut words = text.title.value.to_string();
    words.push_str(&text.body.lead.html);
    for section in &text.body.sections {
        words.push_str(&section.title.html);
        words.push_str(&section.text.html);
    }
    let print = format!("{:08x}", fingerprint::short(words.as_bytes()) >> 32);
    match verified {
        Some(date) => format!("{} {print}", date.value),
        None => print,
    }
}

/// The address at which the file of a text is edited, in the form that its host uses; empty where the site
/// has no repository.
pub fn edit(context: &RenderContext<'_>, text: &Translation) -> String {
    if let Some(rule) = &context.site.config.owner.edit {
        let segments: Vec<String> = text.path.as_str().split('/').map(encoded).collect();
        return rule.replace("{path}", &segments.join("/"));
    }
    let Some(repository) = &context.site.config.repository else { return String::new() };
    let (url, branch) = (&repository.url, &repository.branch);
    let segments = repository.folder.split('/').chain(text.path.as_str().split('/'));
    let segments: Vec<String> = segments.filter(|one| !one.is_empty()).map(encoded).collect();
    let path = segments.join("/");
    let host = host(url);
    match () {
        () if host == "github.com" || host.contains("github.") => {
            format!("{url}/edit/{branch}/{path}")
        }
        () if host.contains("gitlab") => format!("{url}/-/edit/{branch}/{path}"),
        () if host == "bitbucket.org" => format!("{url}/src/{branch}/{path}?mode=edit"),
        // Forgejo and Gitea have this form; Codeberg runs Forgejo.
        () => format!("{url}/_edit/{branch}/{path}"),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or_default()
}

/// Percent-encodes all bytes that are not unreserved (RFC 3986, 2.3). The `@` of an address may stay.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_an_address_is_written_by_its_bytes() {
        assert_eq!(encoded("a b&c=d#e/ü"), "a%20b%26c%3Dd%23e%2F%C3%BC");
        assert_eq!(encoded("guides@example.org"), "guides@example.org");
    }

    #[test]
    fn the_host_is_that_of_the_address() {
        for (url, expected) in [
            ("https://github.com/a/b", "github.com"),
            ("http://gitlab.example:8080/a", "gitlab.example"),
            ("https://example.org?x", "example.org"),
        ] {
            assert_eq!(host(url), expected);
        }
    }
}
