//! Turns telephone numbers of the registry that a text has in bold into links that call them.

use crate::model::id::CountryCode;
use crate::model::markup::escape;
use crate::model::vocabulary::ChannelKind;
use crate::render::context::RenderContext;
use crate::render::registry::href;

const OPEN: &str = "<strong>";
const CLOSE: &str = "</strong>";

/// Links the numbers in `html` from `start` on: **112** in a text about Albania calls 112. A number is
/// linked only if it belongs to the country's services or operators, and only if the writer has made it
/// bold.
pub fn link_numbers(
    context: &RenderContext<'_>,
    country: Option<&CountryCode>,
    html: &mut String,
    start: usize,
) {
    let Some(country) = country else { return };
    let Some(text) = html.get(start..).filter(|text| text.contains(OPEN)) else { return };
    let linked = linked(text, |number| is_known(context, country, number));
    html.truncate(start);
    html.push_str(&linked);
}

fn linked(html: &str, is_known: impl Fn(&str) -> bool) -> String {
    let mut linked = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPEN) {
        linked.push_str(before);
        let number = after.split_once(CLOSE).map(|(number, _)| number);
        let in_link = linked.rfind("<a ") > linked.rfind("</a>");
        match number.filter(|number| !in_link && is_known(number)) {
            Some(number) => {
                let href = escape(&href(ChannelKind::Phone, number));
                linked.push_str(&format!("<a href=\"{href}\">{OPEN}{number}{CLOSE}</a>"));
                rest = after.get(number.len() + CLOSE.len()..).unwrap_or_default();
            }
            None => {
                linked.push_str(OPEN);
                rest = after;
            }
        }
    }
    linked + rest
}

fn is_known(context: &RenderContext<'_>, country: &CountryCode, text: &str) -> bool {
    let registry = &context.site.registry;
    let emergency = registry.countries.get(country).into_iter().flat_map(|one| &one.emergency);
    let operators = registry.operators.values();
    let channels = operators
        .filter(|operator| operator.id.country() == country.as_str())
        .flat_map(|operator| &operator.channels)
        .filter(|channel| channel.kind == ChannelKind::Phone)
        .filter_map(|channel| channel.value.as_ref());
    emergency.map(|one| &one.value).chain(channels).any(|number| *number.value == *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_numbers_that_are_known_call() {
        let link = |html| linked(html, |number| number == "112");
        for (html, expected) in [
            ("Call <strong>112</strong>.", "Call <a href=\"tel:112\"><strong>112</strong></a>."),
            ("<strong>113</strong> <strong>x", "<strong>113</strong> <strong>x"),
            ("112", "112"),
            ("<strong>112 lek</strong>", "<strong>112 lek</strong>"),
            ("<a href=\"x\"><strong>112</strong></a>", "<a href=\"x\"><strong>112</strong></a>"),
            (
                "<a href=\"x\">y</a> <strong>112</strong>",
                "<a href=\"x\">y</a> <a href=\"tel:112\"><strong>112</strong></a>",
            ),
        ] {
            assert_eq!(link(html), expected);
        }
    }
}
