//! Reads `site.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::config::{AllowedHost, Base, Config, Images, Limits, LinkPolicy, Offline};
use crate::model::date::Interval;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::id::{GuideId, Id};

use crate::model::language::Language;
use crate::model::operator::LocalText;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::tags::mistake;
use crate::model::vocabulary::Missing;
use crate::parse::escapes;
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::items::WORD;
use crate::parse::lints::lints;
use crate::parse::local::{TAG, local, words};
use crate::parse::owner_words::WordSettings;
use crate::parse::search_settings::search;
use crate::parse::targets::targets;
use crate::parse::yaml::{self, Excerpt, Node, Yaml};
use crate::parse::{owner, owner_words};

pub const PATH: &str = "guides/site.yaml";

/// Reads `guides/site.yaml`. If it is missing or broken, the languages are guessed from the names of files.
pub fn config(sources: &Sources) -> Outcome<Config> {
    let path = SourcePath::new(PATH);
    let Some(source) = sources.text(PATH) else {
        let fault = Diagnostic::new(Code::MissingConfig, "there is no `guides/site.yaml`")
            .hint("write one with `title`, `languages` and `base_url`");
        return Outcome::new(guessed(path, sources), vec![fault]);
    };
    let mut faults = Faults::new(&path);
    faults.todos(source);
    let depth = Limits::default().depth;
    let root = match yaml::parse(Excerpt { path: &path, text: source, offset: 0 }, depth) {
        Ok(root) => root,
        Err(fault) => return Outcome::new(guessed(path.clone(), sources), vec![fault]),
    };
    escapes::file(&root, source, &mut faults);
    let config = match Fields::open(&root, "`site.yaml`", &mut faults) {
        Some(fields) => read(fields, &path, (sources, source), &mut faults),
        None => guessed(path.clone(), sources),
    };
    Outcome::new(config, faults.list)
}

/// Settings for a site in those languages that there are files in.
fn guessed(path: SourcePath, sources: &Sources) -> Config {
    let markdown = |path: &&SourcePath| path.extension() == "md";
    let mut languages: Vec<Language> = sources
        .texts
        .keys()
        .filter(markdown)
        .filter_map(|path| Language::parse(path.stem()))
        .collect();
    languages.sort();
    languages.dedup();
    let english = Language::parse("en").unwrap_or_else(|| unreachable!("`en` is a language"));
    let first = languages.iter().find(|language| **language == english).or(languages.first());
    let mut config = Config::fallback(path, first.cloned().unwrap_or(english));
    if !languages.is_empty() {
        config.languages = languages;
    }
    config
}

fn read(
    mut fields: Fields<'_>,
    path: &SourcePath,
    (sources, source): (&Sources, &str),
    faults: &mut Faults<'_>,
) -> Config {
    let listed = languages(&mut fields, faults);
    if listed.as_ref().is_some_and(|listed| listed.list.is_empty())
        && let Some(entry) = fields.entry("languages")
    {
        let hint = "write the languages of the site, like `languages: [en, sq]`";
        faults.hint(Code::MissingField, entry.value.span, "`languages` names none", hint);
    }
    let listed = listed.and_then(|listed| Some((listed.list.first()?.clone(), listed)));
    let mut config = match listed {
        Some((first, listed)) => {
            let mut config = Config::fallback(path.clone(), first);
            config.languages = listed.list;
            config.language_names = listed.names;
            config.converted = convertible(listed.converted, &config.languages, faults);
            config.hidden = listed.hidden;
            config
        }
        None => guessed(path.clone(), sources),
    };
    if let Some(entry) = fields.entry("languages") {
        config.languages_span = entry.key_span;
    }
    default_language(&mut fields, &mut config, faults);
    let languages = config.languages.clone();
    if fields.node("title").is_none() {
        fields.required("title", faults);
    }
    config.title = words(&mut fields, "title", &languages, faults);
    config.description = words(&mut fields, "description", &languages, faults);
    let form = "where the site will live, like `https://example.org/`";
    if let Some(base) = fields.value("base_url", form, Base::parse, faults) {
        config.base = base.value;
    }
    config.theme = theme(&mut fields, faults).unwrap_or(config.theme);
    config.icons = fields.texts("icons", faults);
    let theme_color = fields.value("theme_color", COLOUR, colour, faults);
    config.images = images(&mut fields, faults);
    config.markdown = fields.flag("markdown", faults);
    search(&mut fields, &mut config, faults);
    config.bare_links = fields.word("bare_links", faults).unwrap_or(config.bare_links);
    let word_settings =
        WordSettings { source, languages: &languages, bare_links: config.bare_links };
    config.owner = owner::settings(&mut fields, word_settings, faults);
    let accent = || Some(config.owner.accent?.light.to_string());
    if let Some(color) = theme_color.map(|color| color.value).or_else(accent) {
        config.theme_color = color;
    }
    if fields.node("glossary_links").is_some() {
        config.glossary_links = fields.flag("glossary_links", faults);
    }
    config.smaller_pictures = smaller_pictures(&mut fields, faults);
    if fields.node("offline").is_some() {
        let is_kept = fields.flag("offline", faults);
        config.offline = if is_kept { Offline::Kept } else { Offline::Removed };
    }
    config.menu = owner::menu(&mut fields, &languages, faults);
    config.owner.menu = owner_words::menu(&config.menu, &config.default_language, path);
    config.feedback = owner::feedback(&mut fields, faults);
    config.repository = owner::repository(&mut fields, faults);
    let path_of = |text: &str| GuideId::parse(text.trim_matches('/'));
    config.navigation =
        fields.values("navigation", "the path of a section or guide", path_of, faults);
    config.tags = tags(&mut fields, &languages, faults);
    review(&mut fields, &mut config, faults);
    config.sources = fields.word("sources", faults).unwrap_or(config.sources);
    config.exclude = fields.texts("exclude", faults).into_iter().map(|glob| glob.value).collect();
    limits(&mut fields, &mut config, faults);
    links(&mut fields, &mut config, faults);
    lints(&mut fields, &mut config, faults);
    config.hosts = fields.words("hosts", faults);
    config.precompress = fields.words("precompress", faults);
    config.publish = targets(&mut fields, faults);
    config.extra = fields.extra();
    fields.close(faults);
    config
}

/// The name of a folder. In other generators it may be a map, which also holds the colours.
fn theme(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Located<String>> {
    let node = fields.node("theme")?;
    if matches!(node.value, Yaml::Map(_)) {
        let hint = "write `theme: default` or the name of a folder in `themes/`; colours are `accent:`, the logo is `logo:`, fonts are `fonts:`";
        faults.hint(Code::WrongType, node.span, "`theme` is a name, not a map", hint);
        return None;
    }
    let name = |text: &str| {
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        text.chars().all(sound).then(|| text.to_owned())
    };
    fields.value("theme", "the name of a folder in `themes/`", name, faults)
}

const COLOUR: &str = "a colour, like `\"#0b5d66\"`";

fn colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    let sound = matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit());
    sound.then(|| text.to_ascii_lowercase())
}

/// Whether wide pictures have smaller versions, if this program can make them.
fn smaller_pictures(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> bool {
    let span = fields.node("smaller_pictures").map(|node| node.span);
    let wanted = fields.flag("smaller_pictures", faults);
    if let (Some(span), true, false) = (span, wanted, cfg!(feature = "pictures")) {
        let message = "this program was built without what makes pictures smaller";
        let hint = "build it with `--features pictures`, or take this line out";
        faults.hint(Code::BadValue, span, message, hint);
    }
    wanted && cfg!(feature = "pictures")
}

fn images(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Images> {
    let node = fields.node("images")?;
    let mut images = Fields::open(node, "`images`", faults)?;
    let mut fonts: Vec<_> = images.text("font", faults).into_iter().collect();
    fonts.extend(images.texts("fonts", faults));
    if images.node("font").is_none() && images.node("fonts").is_none() {
        let hint = "write `fonts:` and the fonts in which titles are drawn";
        faults.hint(Code::MissingField, node.span, "`images` names no font", hint);
    }
    let accent = images.value("accent", COLOUR, colour, faults).map(|accent| accent.value);
    images.close(faults);
    Some(Images { fonts, accent, span: node.span })
}

type Converted = BTreeMap<Language, Located<Language>>;

/// What `languages` in `site.yaml` says.
#[derive(Default)]
struct Languages {
    list: Vec<Language>,
    names: BTreeMap<Language, Arc<str>>,
    converted: Converted,
    hidden: BTreeSet<Language>,
}

fn languages(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Languages> {
    let Some(node) = fields.node("languages") else {
        fields.required("languages", faults);
        return None;
    };
    let mut listed = Languages::default();
    let mut tags: Vec<Located<String>> = Vec::new();
    match &node.value {
        Yaml::Map(entries) => {
            Fields::open(node, "`languages`", faults)?;
            for entry in entries {
                tags.push(Located::new(entry.key.clone(), entry.key_span));
                if let Some(language) = Language::parse(&entry.key) {
                    one_language(&entry.value, &language, &mut listed, faults);
                }
            }
        }
        _ => tags = fields.texts("languages", faults),
    }
    let languages = &mut listed.list;
    for tag in &tags {
        match Language::parse(&tag.value) {
            Some(language) if languages.contains(&language) => {
                let message = format!("`{}` is listed twice", tag.value);
                faults.hint(Code::DuplicateKey, tag.span, message, "keep one of the two");
            }
            Some(language) => {
                if let Some(mistake) = mistake(&language) {
                    let is_listed = |meant: &Language| {
                        tags.iter().any(|tag| Language::parse(&tag.value).as_ref() == Some(meant))
                    };
                    faults.hint(Code::BadValue, tag.span, &mistake.reason, mistake.hint(is_listed));
                }
                languages.push(language);
            }
            None => {
                let message = format!("`{}` is no tag of a language", tag.value);
                faults.hint(Code::BadValue, tag.span, message, format!("write {TAG}"));
            }
        }
    }
    Some(listed)
}

/// Reads a language's name, the language it is converted from, and whether guides that are not translated are
/// hidden.
fn one_language(node: &Node, language: &Language, listed: &mut Languages, faults: &mut Faults<'_>) {
    if node.value == Yaml::Null {
        return;
    }
    let Some(mut fields) = Fields::open(node, "a language", faults) else { return };
    let name = fields.node("name").and_then(|node| text(node, "name", faults));
    listed.names.extend(name.map(|name| (language.clone(), Arc::from(name.value))));
    let from = fields.value("from", TAG, Language::parse, faults);
    listed.converted.extend(from.map(|from| (language.clone(), from)));
    if fields.word("missing", faults) == Some(Missing::Hide) {
        listed.hidden.insert(language.clone());
    }
    fields.close(faults);
}

/// Keeps the conversions that are possible: only Chinese can be converted, between two of the site's
/// languages with different scripts.
fn convertible(converted: Converted, languages: &[Language], faults: &mut Faults<'_>) -> Converted {
    let mut sound = Converted::new();
    for (to, from) in converted {
        let scripts = (from.value.script(), to.script());
        if !languages.contains(&from.value) {
            let message = format!("`{}` is not among the languages", from.value);
            let hint = match suggest(from.value.tag(), languages.iter().map(Language::tag)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add it to `languages`".to_owned(),
            };
            faults.hint(Code::UndeclaredLanguage, from.span, message, hint);
        } else if matches!((&*scripts.0, &*scripts.1), ("Hans", "Hant") | ("Hant", "Hans")) {
            sound.insert(to, from);
        } else {
            let message = format!("`{to}` cannot be converted from `{}`", from.value);
            let hint = "take `from` out: only Simplified and Traditional Chinese are converted";
            faults.hint(Code::BadValue, from.span, message, hint);
        }
    }
    sound
}

fn default_language(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(tag) = fields.value("default_language", TAG, Language::parse, faults) else { return };
    if config.languages.contains(&tag.value) {
        config.default_language = tag.value;
        return;
    }
    let message = format!("`{}` is not among the languages", tag.value);
    faults.hint(Code::UndeclaredLanguage, tag.span, message, "add it to `languages`");
}

fn tags(
    fields: &mut Fields<'_>,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> BTreeMap<Id, LocalText> {
    let mut tags = BTreeMap::new();
    let Some(node) = fields.node("tags") else { return tags };
    if Fields::open(node, "`tags`", faults).is_none() {
        return tags;
    }
    let Yaml::Map(entries) = &node.value else { return tags };
    for entry in entries {
        match Id::parse(&entry.key) {
            Some(id) => {
                tags.insert(id, local(&entry.value, &entry.key, languages, faults));
            }
            None => {
                let message = format!("`{}` cannot be a tag", entry.key);
                faults.hint(Code::BadValue, entry.key_span, message, format!("write {WORD}"));
            }
        }
    }
    tags
}

fn review(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(node) = fields.node("review") else { return };
    let Some(mut review) = Fields::open(node, "the site's `review`", faults) else { return };
    let form = "a number with `d`, `w`, `mo` or `y`, like `6mo`";
    config.review_every =
        review.value("every", form, Interval::parse, faults).map(|value| value.value);
    config.review_grace =
        review.value("grace", form, Interval::parse, faults).map(|value| value.value);
    review.close(faults);
}

fn limits(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(node) = fields.node("limits") else { return };
    let Some(mut limits) = Fields::open(node, "`limits`", faults) else { return };
    let form = "a number of bytes, like `64KiB` or `4MiB`";
    // No file is read beyond this size anyway.
    let page = |text: &str| size(text).filter(|bytes| *bytes <= 64 << 20);
    let bounded = "a number of bytes up to `64MiB`, like `64KiB` or `4MiB`";
    if let Some(page) = limits.value("page", bounded, page, faults) {
        config.limits.page = page.value;
    }
    if let Some(front_matter) = limits.value("front_matter", form, size, faults) {
        config.limits.front_matter = front_matter.value;
    }
    let depth = |text: &str| text.parse::<usize>().ok().filter(|depth| (1..=128).contains(depth));
    if let Some(depth) = limits.value("depth", "a number from 1 to 128", depth, faults) {
        config.limits.depth = depth.value;
    }
    limits.close(faults);
}

/// A number of bytes, optionally followed by `KiB` or `MiB`.
fn size(text: &str) -> Option<usize> {
    let (number, factor) = match (text.strip_suffix("KiB"), text.strip_suffix("MiB")) {
        (Some(number), _) => (number, 1 << 10),
        (_, Some(number)) => (number, 1 << 20),
        _ => (text, 1),
    };
    number.trim().parse::<usize>().ok()?.checked_mul(factor)
}

fn links(fields: &mut Fields<'_>, config: &mut Config, faults: &mut Faults<'_>) {
    let Some(node) = fields.node("links") else { return };
    let Some(mut links) = Fields::open(node, "`links`", faults) else { return };
    let mut policy = LinkPolicy::default();
    for node in links.list("allow", faults) {
        let Some(mut allowed) = Fields::open(node, "an allowed host", faults) else { continue };
        let host = allowed.required("host", faults);
        let reason = allowed.required("reason", faults);
        allowed.close(faults);
        if let (Some(host), Some(reason)) = (host, reason) {
            policy.allow.push(AllowedHost { host: lower(host), reason: reason.value });
        }
    }
    policy.block = links.texts("block", faults).into_iter().map(lower).collect();
    let number = |text: &str| text.parse::<usize>().ok();
    policy.max = links.value("max", "a number", number, faults).map(|max| max.value);
    links.close(faults);
    config.links = policy;
}

fn lower(host: Located<String>) -> Located<String> {
    Located { value: host.value.to_lowercase(), span: Span { ..host.span } }
}
