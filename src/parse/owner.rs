//! Reads the owner's own settings: links for the menu, where to report mistakes, the repository.

use std::sync::Arc;

use crate::model::address::Address;
use crate::model::config::{Feedback, MenuLink, Repository};
use crate::model::diagnostic::Code;
use crate::model::language::Language;
use crate::model::owner::{
    ContactAddress, FontSlant, Logo, OwnFont, OwnerContact, OwnerSettings, RedirectGoal,
    RedirectRule, SocialLink,
};
use crate::model::percent::decode_parts;
use crate::model::span::Located;
use crate::model::vocabulary::FontUse;
use crate::model::web_address::{WebAddress, WebOrigin};
use crate::parse::accent;
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::local::{TAG, local, words};
use crate::parse::owner_words::{self, WordSettings};
use crate::parse::yaml::Yaml;

const WEB: &str = "a web address, like `https://example.org/`";
const LINK: &str =
    "a web address, like `https://example.org/`, or a page from the top, like `/al/cancel-sim/`";
const ORIGIN: &str = "where the script comes from, like `https://stats.example.org`";
const EDIT: &str = "a web address with `{path}` where the path of a file goes";
const WEIGHT: &str = "a number like `400`, or the first and the last of a range, like `100 900`";

pub fn settings(
    fields: &mut Fields<'_>,
    word_settings: WordSettings<'_>,
    faults: &mut Faults<'_>,
) -> OwnerSettings {
    let languages = word_settings.languages;
    let rule = |text: &str| (text.contains("{path}")).then(|| web(text))?;
    OwnerSettings {
        logo: logo(fields, faults),
        accent: accent::accent(fields, faults),
        fonts: fonts(fields, languages, faults),
        footer: owner_words::words(fields.node("footer"), "footer", word_settings, faults),
        banner: owner_words::banner(fields, word_settings, faults),
        social: social(fields, languages, faults),
        contact: contact(fields, languages, faults),
        edit: fields.value("edit", EDIT, rule, faults).map(|edit| edit.value),
        redirects: redirects(fields, faults),
        head: fields.text("head", faults),
        menu: None,
        allowed: allowed(fields, faults),
    }
}

fn logo(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Logo> {
    let node = fields.node("logo")?;
    if !matches!(node.value, Yaml::Map(_)) {
        return Some(Logo { light: text(node, "logo", faults)?, dark: None });
    }
    let mut logo = Fields::open(node, "the `logo`", faults)?;
    let (light, dark) = (logo.required("file", faults), logo.text("dark", faults));
    logo.close(faults);
    Some(Logo { light: light?, dark })
}

fn fonts(fields: &mut Fields<'_>, languages: &[Language], faults: &mut Faults<'_>) -> Vec<OwnFont> {
    let mut fonts = Vec::new();
    for node in fields.list("fonts", faults) {
        if !matches!(node.value, Yaml::Map(_)) {
            fonts.extend(text(node, "fonts", faults).map(|file| OwnFont {
                file,
                use_for: FontUse::Text,
                languages: Vec::new(),
                weight: None,
                slant: FontSlant::Upright,
            }));
            continue;
        }
        let Some(mut font) = Fields::open(node, "a font", faults) else { continue };
        let file = font.required("file", faults);
        let own = |text: &str| Language::parse(text).filter(|one| languages.contains(one));
        let one = OwnFont {
            use_for: font.word("for", faults).unwrap_or(FontUse::Text),
            languages: {
                let form = format!("{TAG}, of those under `languages`");
                let tags = font.values("languages", &form, own, faults);
                tags.into_iter().map(|tag| tag.value).collect()
            },
            weight: font.value("weight", WEIGHT, weight, faults).map(|weight| weight.value),
            slant: match font.flag("italic", faults) {
                true => FontSlant::Italic,
                false => FontSlant::Upright,
            },
            file: file.clone().unwrap_or_else(|| Located::new(String::new(), node.span)),
        };
        font.close(faults);
        fonts.extend(file.map(|_| one));
    }
    fonts
}

/// As `font-weight` takes it.
fn weight(text: &str) -> Option<String> {
    let sound = |number: &str| number.parse::<u16>().is_ok_and(|one| (1..=1000).contains(&one));
    let mut parts = text.split_whitespace();
    let (first, last) = (parts.next()?, parts.next());
    let sound = sound(first) && last.is_none_or(sound) && parts.next().is_none();
    sound.then(|| last.map_or_else(|| first.to_owned(), |last| format!("{first} {last}")))
}

fn social(
    fields: &mut Fields<'_>,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Vec<SocialLink> {
    let mut list = Vec::new();
    for node in fields.list("social", faults) {
        let Some(mut link) = Fields::open(node, "a social link", faults) else { continue };
        if link.node("name").is_none() {
            link.required("name", faults);
        }
        let name = words(&mut link, "name", languages, faults);
        let url = match link.node("url") {
            Some(_) => link.value("url", WEB, WebAddress::parse, faults),
            None => {
                link.required("url", faults);
                None
            }
        };
        let icon = link.text("icon", faults);
        link.close(faults);
        list.extend(url.map(|url| SocialLink { name, url, icon }));
    }
    list
}

fn contact(
    fields: &mut Fields<'_>,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Option<OwnerContact> {
    let form = "an e-mail address or a web address";
    let parse = |text: &str| match mail(text) {
        Some(address) => Some(ContactAddress::Mail(address)),
        None => web(text).map(ContactAddress::Page),
    };
    let node = fields.node("contact")?;
    if !matches!(node.value, Yaml::Map(_)) {
        let to = fields.value("contact", form, parse, faults)?;
        return Some(OwnerContact { title: Default::default(), to });
    }
    let mut contact = Fields::open(node, "the `contact`", faults)?;
    let title = contact.node("title").map(|node| local(node, "title", languages, faults));
    let to = match contact.node("to") {
        Some(_) => contact.value("to", form, parse, faults),
        None => {
            contact.required("to", faults);
            None
        }
    };
    contact.close(faults);
    Some(OwnerContact { title: title.unwrap_or_default(), to: to? })
}

fn redirects(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Vec<RedirectRule> {
    let Some(node) = fields.node("redirects") else { return Vec::new() };
    if Fields::open(node, "`redirects`", faults).is_none() {
        return Vec::new();
    }
    let Yaml::Map(entries) = &node.value else { return Vec::new() };
    let mut rules = Vec::new();
    for entry in entries {
        let from = match Address::parse(entry.key.trim()) {
            Ok(from) => Some(Located::new(from, entry.key_span)),
            Err(flaw) => {
                let message = format!("the old address `{}` {flaw}", entry.key.trim());
                faults.hint(Code::BadAddress, entry.key_span, message, flaw.hint());
                None
            }
        };
        let Some(to) = text(&entry.value, &entry.key, faults) else { continue };
        match (goal(to.value.trim()), from) {
            (Ok(goal), Some(from)) => {
                rules.push(RedirectRule { from, to: Located::new(goal, to.span) });
            }
            (Err((message, hint)), _) => faults.hint(Code::BadAddress, to.span, message, hint),
            (Ok(_), None) => {}
        }
    }
    rules
}

/// Where an old address leads, or what is wrong with that and what to do.
fn goal(text: &str) -> Result<RedirectGoal, (String, &'static str)> {
    if !text.starts_with('/') {
        let other = WebAddress::parse(text).map(RedirectGoal::Other);
        let message = format!("`{text}` is no address to lead to");
        return other.ok_or((message, "write an address of the site, like `/en/al/cancel-sim/`, or one that begins with `https://`"));
    }
    let (path, part) = match text.split_once('#') {
        Some((path, part)) => (path, Some(Arc::from(&*decode_parts(part)))),
        None => (text, None),
    };
    match path {
        "/" => Ok(RedirectGoal::Own(Address::default(), part)),
        path => match Address::parse(path) {
            Ok(address) => Ok(RedirectGoal::Own(address, part)),
            Err(flaw) => Err((format!("the new address `{path}` {flaw}"), flaw.hint())),
        },
    }
}

fn allowed(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Vec<WebOrigin> {
    let Some(node) = fields.node("csp") else { return Vec::new() };
    let Some(mut csp) = Fields::open(node, "the `csp`", faults) else { return Vec::new() };
    let origins = csp.values("allow", ORIGIN, WebOrigin::parse, faults);
    csp.close(faults);
    origins.into_iter().map(|origin| origin.value).collect()
}

pub fn menu(
    fields: &mut Fields<'_>,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Vec<MenuLink> {
    let mut menu = Vec::new();
    for node in fields.list("menu", faults) {
        let Some(mut link) = Fields::open(node, "a link of the menu", faults) else { continue };
        if link.node("title").is_none() {
            link.required("title", faults);
        }
        let title = words(&mut link, "title", languages, faults);
        let own = |text: &str| web(text).or_else(|| below_top(text));
        let url = match link.node("url") {
            Some(_) => link.value("url", LINK, own, faults),
            None => {
                link.required("url", faults);
                None
            }
        };
        link.close(faults);
        menu.extend(url.map(|url| MenuLink { title, url }));
    }
    menu
}

pub fn feedback(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Feedback> {
    let form = "an e-mail address, or the web address of a form for new issues";
    let parse =
        |text: &str| mail(text).map(Feedback::Mail).or_else(|| web(text).map(Feedback::Form));
    fields.value("feedback", form, parse, faults).map(|feedback| feedback.value)
}

pub fn repository(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Repository> {
    let node = fields.node("repository")?;
    let mut repository = Fields::open(node, "the `repository`", faults)?;
    let url = match repository.node("url") {
        Some(_) => repository.value("url", WEB, web, faults),
        None => {
            repository.required("url", faults);
            None
        }
    };
    let branch = repository.text("branch", faults).map(|branch| branch.value);
    let folder = repository.text("folder", faults).map(|folder| folder.value);
    repository.close(faults);
    Some(Repository {
        url: url?.value.trim_end_matches('/').to_owned(),
        branch: branch.unwrap_or_else(|| "main".to_owned()),
        folder: folder.unwrap_or_default().trim_matches('/').to_owned(),
    })
}

fn web(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let sound = !rest.is_empty() && !rest.chars().any(char::is_whitespace);
    sound.then(|| text.to_owned())
}

/// `/al/cancel-sim/#debt`.
fn below_top(text: &str) -> Option<String> {
    let sound = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
    (sound && !text.chars().any(char::is_whitespace)).then(|| text.to_owned())
}

fn mail(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let sound = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "@:/?#&".contains(c))
    };
    (sound(name) && sound(host)).then(|| text.to_owned())
}
