//! JSON-LD for search engines: what an article, an operator or a place in the site is (schema.org).
//!
//! It is written as text, because each kind has a few fixed members, and most texts of a page need no
//! escaping.

use crate::model::operator::{Channel, Operator};
use crate::model::site::PageKey;
use crate::model::vocabulary::ChannelKind;
use crate::render::context::{Locale, RenderContext};
use crate::render::view::PageView;

/// The text of a `<script type="application/ld+json">`; empty where there is nothing to say.
pub fn of(
    context: &RenderContext<'_>,
    key: &PageKey,
    locale: &Locale<'_>,
    view: &PageView,
) -> String {
    let operator = match key {
        PageKey::Operator(id) => context.site.registry.operators.get(id),
        _ => None,
    };
    let is_guide = matches!(key, PageKey::Guide(_));
    let is_placed = !view.breadcrumbs.links.is_empty() && !view.canonical.is_empty();
    if !is_guide && operator.is_none() && !is_placed {
        return String::new();
    }
    let mut json = Json(String::with_capacity(2048));
    json.raw("{\"@context\":\"https://schema.org\",\"@graph\":[");
    if is_guide {
        article(&mut json, context, locale, view);
    }
    if let Some(operator) = operator {
        organization(&mut json, locale, operator);
    }
    if is_placed {
        if is_guide || operator.is_some() {
            json.raw(",");
        }
        breadcrumbs(&mut json, context, view);
    }
    json.raw("]}");
    json.0
}

fn article(json: &mut Json, context: &RenderContext<'_>, locale: &Locale<'_>, view: &PageView) {
    let review = view.guide.as_ref().and_then(|guide| guide.review.as_ref());
    let language = view.content_language.as_ref();
    json.raw("{\"@type\":\"Article\"");
    json.member("headline", &view.title);
    json.member("inLanguage", language.map_or(locale.language.tag(), |language| &language.tag));
    json.known("mainEntityOfPage", &view.canonical);
    json.known("description", &view.description);
    json.known("dateModified", review.map_or("", |review| &review.verified_iso));
    json.raw(",\"publisher\":{\"@type\":\"Organization\"");
    json.member("name", context.site.config.title.get(locale.language));
    json.raw("}}");
}

fn organization(json: &mut Json, locale: &Locale<'_>, operator: &Operator) {
    json.raw("{\"@type\":\"Organization\"");
    json.member("name", operator.name.get(locale.language));
    json.raw(",\"contactPoint\":");
    let contacts = operator.channels.iter().filter_map(contact);
    json.list(contacts, |json, (member, value, channel)| {
        json.raw("{\"@type\":\"ContactPoint\"");
        json.member(member, value);
        json.known("contactType", channel.name.get(locale.language));
        if !channel.languages.is_empty() {
            json.raw(",\"availableLanguage\":");
            json.list(&channel.languages, |json, language| json.text(&[language.tag()]));
        }
        json.raw("}");
    });
    let former = operator.former_names.iter().map(|former| &former.name);
    let mut names = former.chain(&operator.aliases).peekable();
    if names.peek().is_some() {
        json.raw(",\"alternateName\":");
        json.list(names, |json, name| json.text(&[name]));
    }
    if let Some(website) = &operator.website {
        json.member("url", &website.value);
    }
    if let Some(until) = operator.until {
        json.member("dissolutionDate", &until.to_string());
    }
    json.raw("}");
}

/// The name of the member, its value and the channel, if schema.org has a place for such a channel.
fn contact(channel: &Channel) -> Option<(&'static str, &str, &Channel)> {
    let member = match channel.kind {
        ChannelKind::Phone => "telephone",
        ChannelKind::Email => "email",
        ChannelKind::Web => "url",
        _ => return None,
    };
    Some((member, &channel.value.as_ref()?.value, channel))
}

fn breadcrumbs(json: &mut Json, context: &RenderContext<'_>, view: &PageView) {
    let links = view.breadcrumbs.links.iter().map(|link| (&link.title, &link.url));
    let entries = links.chain(std::iter::once((&view.title, &view.url))).enumerate();
    json.raw("{\"@type\":\"BreadcrumbList\",\"itemListElement\":");
    json.list(entries, |json, (index, (name, url))| {
        json.raw("{\"@type\":\"ListItem\",\"position\":");
        json.raw(&(index + 1).to_string());
        json.member("name", name);
        json.raw(",\"item\":");
        json.text(&[&context.site.routes.origin, url]);
        json.raw("}");
    });
    json.raw("}");
}

/// JSON (RFC 8259) that is being written.
struct Json(String);

impl Json {
    fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// Writes one string made of several parts.
    fn text(&mut self, parts: &[&str]) {
        self.raw("\"");
        for part in parts {
            match is_plain(part) {
                true => self.raw(part),
                false => part.chars().for_each(|c| self.escaped(c)),
            }
        }
        self.raw("\"");
    }

    fn escaped(&mut self, c: char) {
        match c {
            '"' => self.raw("\\\""),
            '\\' => self.raw("\\\\"),
            '\n' => self.raw("\\n"),
            '\r' => self.raw("\\r"),
            '\t' => self.raw("\\t"),
            '\0'..' ' | '&' | '<' | '>' => self.raw(&format!("\\u{:04x}", u32::from(c))),
            other => self.0.push(other),
        }
    }

    /// Writes a member of an object that already has one.
    fn member(&mut self, name: &str, value: &str) {
        for part in [",\"", name, "\":"] {
            self.raw(part);
        }
        self.text(&[value]);
    }

    /// The same, if there is a value.
    fn known(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.member(name, value);
        }
    }

    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Json, T)) {
        self.raw("[");
        for (nth, one) in items.into_iter().enumerate() {
            if nth > 0 {
                self.raw(",");
            }
            item(self, one);
        }
        self.raw("]");
    }
}

/// Whether a text can be written as it is, as nearly all can; it is checked sixteen bytes at a time.
fn is_plain(text: &str) -> bool {
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    let mut last = [b' '; 16];
    if let Some(last) = last.get_mut(..rest.len()) {
        last.copy_from_slice(rest);
    }
    !blocks.iter().any(has_special) && !has_special(&last)
}

/// Whether there is anything that JSON escapes, or that could end a script element or begin a comment.
/// There is no branch, so that one instruction compares all the bytes.
fn has_special(block: &[u8; 16]) -> bool {
    let is = |byte: &u8, sign: u8| u8::from(*byte == sign);
    let of = |byte: &u8| {
        let markup = is(byte, b'&') | is(byte, b'<') | is(byte, b'>');
        markup | is(byte, b'"') | is(byte, b'\\') | u8::from(*byte < b' ')
    };
    block.iter().fold(0, |found, byte| found | of(byte)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_text_in_json_and_ends_no_script() {
        let text = "a \"b\" \\ </script><!-- & \u{1}\n\t简体 a text of more than sixteen bytes";
        let mut json = Json(String::new());
        json.text(&[text, "!"]);
        assert!(!json.0.contains(['<', '>', '&']));
        let read: String = serde_json::from_str(&json.0).unwrap();
        assert_eq!(read, format!("{text}!"));
    }
}
