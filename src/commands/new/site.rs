//! `new site`: a folder with `guides/site.yaml`.

use crate::commands::Status;
use crate::commands::args::NewSiteArguments;
use crate::commands::new::{ask, modeline, value, write};
use crate::commands::talk::Talk;
use crate::model::language::Language;

pub fn run(arguments: NewSiteArguments, talk: &Talk) -> Result<(), Status> {
    let NewSiteArguments { folder, title, lang } = arguments;
    let title = title.or_else(|| ask("What is the site called?", talk));
    let asked = || ask("In which languages? (tags, like `en sq`; the first is the default)", talk);
    let tags = match lang.is_empty() {
        true => asked().unwrap_or_else(|| "en".to_owned()),
        false => lang.join(" "),
    };
    let mut languages = Vec::new();
    for tag in tags.split([' ', ',']).filter(|tag| !tag.is_empty()) {
        let Some(language) = Language::parse(tag) else {
            let reason = format!("`{tag}` is no tag of a language");
            return Err(talk.refuse(Status::Refused, &reason, "write it like `en` or `zh-Hans`"));
        };
        if !languages.contains(&language.to_string()) {
            languages.push(language.to_string());
        }
    }
    let path = "guides/site.yaml";
    let text = format!(
        "{}\ntitle: {}\n# Where the site will live, once it does:\n# base_url: https://example.org/\nlanguages: [{}]\n",
        modeline(path, "site"),
        value(title.as_deref(), "TODO the name of the site"),
        languages.join(", "),
    );
    write(&folder, path, &text, talk)?;
    talk.note(&format!(
        "Next: go to `{}`, and begin a guide with `cicerone new guide first-guide`",
        folder.display()
    ));
    Ok(())
}
