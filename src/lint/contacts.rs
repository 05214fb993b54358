//! Handles and numbers in messengers that the registry does not know.

use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::phrases::is_latin;
use crate::lint::promotions::{Promotion, promotion};
use crate::lint::prose::WrittenLink;
use crate::lint::trade::MESSENGERS;
use crate::lint::{hosts, numbers};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::word_search::places_of;

pub fn check(
    page: &LintedFile<'_>,
    promotions: &mut Vec<Promotion>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let words = &page.prose.words;
    let mut found = handles(words, &page.prose.shown, &page.prose.links);
    found.extend(numbers_of(words, &page.mentions.messengers));
    found.sort_by_key(|contact| (contact.range.start, std::cmp::Reverse(contact.range.end)));
    let mut end = 0;
    for Contact { range, whom } in found {
        if range.start < end || is_known(page, &whom) {
            continue;
        }
        end = range.end;
        let typed = words.get(range.clone()).unwrap_or("");
        let message = format!("`{typed}` is a contact that the registry does not know");
        let hint =
            "take it out; ways to reach an operator belong into its `channels` in the registry";
        diagnostics.push(page.fault(Code::ContactHandle, range.clone(), message).hint(hint));
        promotions.push(promotion(page, &whom, range));
    }
}

struct Contact {
    range: Range<usize>,
    /// The name without its `@`.
    whom: String,
}

/// Finds `@name`, together with a messenger's name before it. E-mail addresses, packages (`@scope/name`),
/// parts of a program (`@name(…)`, or in code) and the words of a link to an account with that name do not
/// count.
fn handles(words: &str, shown: &str, links: &[WrittenLink]) -> Vec<Contact> {
    let mut found = Vec::new();
    for at in places_of(b'@', words) {
        let before = words.get(..at).and_then(|head| head.chars().next_back());
        let behind = words.get(at + 1..).unwrap_or("");
        let length = behind.find(|c: char| !is_name(c)).unwrap_or(behind.len());
        let name = behind.get(..length).unwrap_or("").trim_end_matches(['.', '-', '_']);
        let address = before.is_some_and(|c| {
            let within = c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '}');
            within || (c.is_alphanumeric() && name.contains('.'))
        });
        if address || name.len() < 3 || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = at + 1 + name.len();
        let messenger = messenger_before(words, at);
        let program = shown.as_bytes().get(at) != Some(&b'@')
            || words.get(end..).is_some_and(|behind| behind.starts_with(['/', '(']));
        if messenger.is_none() && (program || leads_there(shown, links, at, name)) {
            continue;
        }
        let start = messenger.unwrap_or(at);
        found.push(Contact { range: start..at + 1 + name.len(), whom: name.to_owned() });
    }
    found
}

/// Whether the words at `at` are those of a link to the account that they name, unless it leads to a chat.
fn leads_there(shown: &str, links: &[WrittenLink], at: usize, name: &str) -> bool {
    let index = links.partition_point(|link| link.words.end <= at);
    let link = links.get(index).filter(|link| link.words.start <= at);
    let Some(target) = link.and_then(|link| shown.get(link.target.clone())) else { return false };
    let path = target.split(['?', '#']).next().unwrap_or("");
    let names = |part: &str| part.trim_start_matches('@').eq_ignore_ascii_case(name);
    let chat = hosts::host(target).is_none_or(|host| hosts::is_messenger(&host));
    !chat && path.split('/').skip(3).any(names)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// The position of a messenger's name before a handle, with only signs in between (`TG💪+ @name`).
fn messenger_before(words: &str, at: usize) -> Option<usize> {
    let start = words.ceil_char_boundary(at.saturating_sub(40));
    let near = words.get(start..at)?;
    let bare = near.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n' && c != '[');
    MESSENGERS
        .iter()
        .filter(|name| bare.ends_with(**name))
        .map(|name| start + bare.len() - name.len())
        .find(|from| {
            !words.get(..*from).and_then(|head| head.chars().next_back()).is_some_and(is_latin)
        })
}

/// Finds a messenger's name followed by a number or a name: `WhatsApp: +355 69 …`, `微信 abc123`.
fn numbers_of(words: &str, mentions: &[(usize, Range<usize>)]) -> Vec<Contact> {
    let mut found = Vec::new();
    for (index, range) in mentions {
        let written = words.get(range.clone()).unwrap_or("");
        let before = words.get(..range.start).and_then(|head| head.chars().next_back());
        let within = written.starts_with(is_latin) && before.is_some_and(is_latin);
        if within || MESSENGERS.get(*index) != Some(&written) {
            continue;
        }
        let behind = words.get(range.end..words.floor_char_boundary(range.end + 60)).unwrap_or("");
        let Some(length) = contact(behind) else { continue };
        let whom = behind.get(..length).unwrap_or("");
        let whom = whom.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        found.push(Contact { range: range.start..range.end + length, whom: whom.to_owned() });
    }
    found
}

/// The length of the sign and the contact at the start of `text`.
fn contact(text: &str) -> Option<usize> {
    let sign = |c: char| " :：号號:+-=()（）|/ID".contains(c);
    let rest = text.trim_start_matches(sign);
    let signs = text.len() - rest.len();
    let names = text.get(..signs)?.contains([':', '：', '号', '號', '+', '=']);
    let number =
        rest.find(|c: char| !c.is_ascii_digit() && c != ' ' && c != '-').unwrap_or(rest.len());
    let digits = rest.get(..number)?.trim_end_matches([' ', '-']);
    let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let name = rest.get(..name)?;
    if digits.bytes().filter(u8::is_ascii_digit).count() >= 6 && digits.len() >= name.len() {
        return Some(signs + digits.len());
    }
    let telling = name.contains(|c: char| c.is_ascii_digit() || c == '_');
    let sound = name.len() >= 5 && name.contains(|c: char| c.is_ascii_alphabetic()) && signs > 0;
    (sound && (telling || names)).then_some(signs + name.len())
}

fn is_known(page: &LintedFile<'_>, whom: &str) -> bool {
    let registry = &page.site.registry;
    let regulators = registry.countries.values().filter_map(|one| one.regulator.as_ref());
    let mut channels = registry
        .operators
        .values()
        .flat_map(|one| &one.channels)
        .chain(regulators.flat_map(|one| &one.channels));
    let digits = numbers::digits(whom);
    let number =
        digits.len() > 5 && whom.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    channels.any(|channel| {
        let named = |value: &str| value.to_lowercase().contains(&whom.to_lowercase());
        channel.value.as_ref().is_some_and(|value| named(&value.value))
            || (number && numbers::is(channel, &digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::region::RegionKind;
    use crate::model::word_search::{Case, WordSearch};

    fn found(text: &str) -> Vec<String> {
        // Code is between backquotes here, and every bracket that opens before `](` is that of a link.
        let code = |(index, part): (usize, &str)| match index % 2 {
            0 => part.to_owned(),
            _ => " ".repeat(part.len()),
        };
        let shown: Vec<String> = text.split('`').enumerate().map(code).collect();
        let mut links = Vec::new();
        let mut end = 0;
        while let Some(close) = text[end..].find("](").map(|at| end + at) {
            let open = end + text[end..close].find('[').unwrap();
            let target = close + 2..close + text[close..].find(')').unwrap_or(text.len() - close);
            end = target.end;
            let kind = RegionKind::Link;
            links.push(WrittenLink { kind, whole: open..end, words: open + 1..close, target });
        }
        let mut found = handles(text, &shown.join("`"), &links);
        let messengers = WordSearch::new(MESSENGERS.iter().map(|one| (one, Case::AsWritten)));
        found.extend(numbers_of(text, &messengers.find(text)));
        found.into_iter().map(|contact| text[contact.range].replace('`', "")).collect()
    }

    #[test]
    fn handles_and_numbers_are_contacts_and_words_are_not() {
        assert_eq!(found("[[TG💪+ @esim1088]("), ["TG💪+ @esim1088"]);
        assert_eq!(found("WhatsApp: +355 69 123 4567."), ["WhatsApp: +355 69 123 4567"]);
        assert_eq!(found("加微信 esim_88 办理"), ["微信 esim_88"]);
        for words in [
            "ask@one.al",
            "WhatsApp groups and WeChat",
            "change it in Telegram, 30 days",
            "LINE Pay",
            "用微信支付",
            "install @scope/name, decorate with @app.get()",
            "see `@import` and `--data @file_name`",
            "by [@somebody](https://git.example/somebody/) of [@some](https://git.example/some/tool) and [@bot[bot]](https://git.example/apps/bot)",
            "`{{name}}@pve`, {{name}}@realm, 某人@example.com",
        ] {
            assert_eq!(found(words), Vec::<String>::new(), "{words}");
        }
        for (words, contact) in [
            ("[@esim_88](https://t.me/esim_88)", "@esim_88"),
            ("[@esim_88](https://git.example/other)", "@esim_88"),
            ("Telegram: `@esim_88`", "Telegram: @esim_88"),
            ("write to @esim_88.", "@esim_88"),
            ("加微信@esim_88", "微信@esim_88"),
        ] {
            let found: Vec<String> = found(words)
                .iter()
                .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            assert_eq!(found, [contact], "{words}");
        }
    }
}
