//! Reads the owner's own settings: links for the menu, where to report mistakes, the repository.

use crate::model::config::{Feedback, MenuLink, Repository};
use crate::model::language::Language;
use crate::parse::fields::{Faults, Fields};
use crate::parse::local::words;

const WEB: &str = "a web address, like `https://example.org/`";

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
        let url = match link.node("url") {
            Some(_) => link.value("url", WEB, web, faults),
            None => {
                link.required("url", faults);
                None
            }
        };
        link.close(faults);
        menu.extend(url.map(|url| MenuLink { title, url: url.value }));
    }
    menu
}

pub fn feedback(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Feedback> {
    let form = "an e-mail address, or the web address of a form for new issues";
    let parse = |text: &str| mail(text).or_else(|| web(text).map(Feedback::Form));
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

fn mail(text: &str) -> Option<Feedback> {
    let (name, host) = text.split_once('@')?;
    let sound = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "@:/?#&".contains(c))
    };
    (sound(name) && sound(host)).then(|| Feedback::Mail(text.to_owned()))
}
