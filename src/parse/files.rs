//! Determines from its name what each file below `guides/` is.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::address::check_name;
use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::fold::nfc;
use crate::model::language::Language;
use crate::model::picture::PictureSize;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::model::suggest::suggest;
use crate::model::tags::mistake;
use crate::model::text::Text;
use crate::parse::picture_size::size;
use crate::parse::{content, owner_files, svg};

/// The files of all guides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// The texts of guides, sections and the home page, each with the language in its name.
    pub translations: Vec<(SourcePath, Text, Language)>,
    /// The files beside them that are published unchanged.
    pub assets: Vec<SourcePath>,
    /// Of pictures among them.
    pub sizes: BTreeMap<SourcePath, PictureSize>,
    /// Files that are there and not published; each was told.
    pub refused: Vec<SourcePath>,
}

/// The extensions of files that a browser shows or saves without running them.
const PUBLISHED: &[&str] = &[
    "avif", "csv", "gif", "ics", "jpeg", "jpg", "mp3", "mp4", "ogg", "pdf", "png", "svg", "txt",
    "vcf", "webm", "webp",
];

pub fn files(sources: &Sources, config: &Config) -> Outcome<Files> {
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let mut names = CheckedNames::default();
    for (path, text) in sources.texts_below("guides/") {
        if belongs_elsewhere(path) || !names.are_sound(path, &mut diagnostics) {
            continue;
        }
        match language(path, sources, config)
            .and_then(|language| short(path, text, language, config))
        {
            Ok(language) => files.translations.push((path.clone(), text.clone(), language)),
            Err(fault) => diagnostics.push(fault),
        }
    }
    for (path, bytes) in sources.assets_below("guides/") {
        if !is_font(path, config) && !is_head(path, config) {
            let named = if is_own_font(path, config) { Ok(()) } else { published(path) };
            let faults = match misnamed(path, sources, config).map_or(named, Err) {
                Err(fault) => vec![fault],
                Ok(()) if !names.are_sound(path, &mut diagnostics) => {
                    files.refused.push(path.clone());
                    continue;
                }
                Ok(()) => unsafe_content(path, bytes),
            };
            if faults.is_empty() {
                files.sizes.extend(size(path, bytes).map(|size| (path.clone(), size)));
            }
            let list = if faults.is_empty() { &mut files.assets } else { &mut files.refused };
            list.push(path.clone());
            diagnostics.extend(faults);
        }
    }
    Outcome::new(files, diagnostics)
}

/// The names of folders and files that have a flaw, so that each is reported only once.
#[derive(Default)]
struct CheckedNames<'a> {
    flawed: BTreeSet<&'a str>,
}

impl<'a> CheckedNames<'a> {
    /// Whether every name on the path to a file can be part of an address.
    fn are_sound(&mut self, path: &'a SourcePath, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let whole = path.as_str();
        let mut start = "guides/".len();
        while let Some(rest) = whole.get(start..).filter(|rest| !rest.is_empty()) {
            let name = rest.split('/').next().unwrap_or(rest);
            let end = start + name.len();
            if let Err(flaw) = check_name(&nfc(name)) {
                if self.flawed.insert(whole.get(..end).unwrap_or(whole)) {
                    let what = if end == whole.len() { "file" } else { "folder" };
                    let message = format!("the name of the {what} `{name}` {flaw}");
                    let fault = Diagnostic::new(Code::BadAddress, message);
                    diagnostics.push(fault.at(path, Span::default()).hint(flaw.hint()));
                }
                return false;
            }
            start = end + 1;
        }
        true
    }
}

fn belongs_elsewhere(path: &SourcePath) -> bool {
    path.as_str().starts_with("guides/operators/")
        || matches!(path.as_str(), "guides/site.yaml" | "guides/glossary.yaml")
}

fn language(path: &SourcePath, sources: &Sources, config: &Config) -> Result<Language, Diagnostic> {
    let start = Span::default();
    if path.extension() != "md" {
        let hint = match path.extension() {
            "yml" => format!("name it `{}.yaml`", path.stem()),
            _ => "the site reads `site.yaml`, `glossary.yaml` and what is in `operators/`; move it, or list it under `exclude`".to_owned(),
        };
        return Err(Diagnostic::new(Code::StrayFile, format!("`{}` is not read", path.name()))
            .at(path, start)
            .hint(hint));
    }
    let tags = || config.languages.iter().map(Language::tag);
    // A file that already exists cannot be what was meant.
    let is_free = |tag: &&str| {
        let name = path.as_str().strip_suffix(path.name()).unwrap_or_default();
        sources.text(&format!("{name}{tag}.md")).is_none()
    };
    if let Some(language) = config.languages.iter().find(|known| known.tag() == path.stem()) {
        return Ok(language.clone());
    }
    match Language::parse(path.stem()) {
        Some(language) if config.languages.contains(&language) => {
            let name = format!("{language}.md");
            let message = format!("`{}` is another spelling of `{name}`", path.name());
            Err(Diagnostic::new(Code::UndeclaredLanguage, message)
                .at(path, start)
                .hint(format!("name it `{name}`")))
        }
        parsed => {
            let message = match &parsed {
                Some(_) => format!("`{}` is no language of this site", path.stem()),
                None => format!("`{}` is not named by a language", path.name()),
            };
            let dashed = Language::parse(&path.stem().replace('_', "-"));
            let meant = parsed.as_ref().and_then(mistake).and_then(|mistake| mistake.meant);
            let meant =
                meant.as_ref().map(Language::tag).filter(|meant| tags().any(|tag| tag == *meant));
            let near = meant.or_else(|| suggest(path.stem(), tags()));
            let hint = match near.filter(is_free) {
                _ if parsed.is_none() && dashed.is_some() => {
                    "write its name with `-`, like `zh-Hans.md`".to_owned()
                }
                None if parsed.is_none() => {
                    "name it by a language of the site, like `en.md`, or list it under `exclude` in `site.yaml`".to_owned()
                }
                Some(near) => format!("did you mean `{near}.md`?"),
                None => format!(
                    "add the language to `languages` in `guides/site.yaml`, or list the file under `exclude`; the languages are {}",
                    tags().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            Err(Diagnostic::new(Code::UndeclaredLanguage, message).at(path, start).hint(hint))
        }
    }
}

fn short(
    path: &SourcePath,
    text: &str,
    language: Language,
    config: &Config,
) -> Result<Language, Diagnostic> {
    let limit = config.limits.page;
    if text.len() <= limit {
        return Ok(language);
    }
    let shown = match limit {
        limit if limit % (1 << 20) == 0 => format!("{} MiB", limit >> 20),
        limit if limit % (1 << 10) == 0 => format!("{} KiB", limit >> 10),
        limit => format!("{limit} bytes"),
    };
    let message = format!("this file has {} bytes; the limit is {shown}", text.len());
    Err(Diagnostic::new(Code::FileTooLarge, message)
        .at(path, Span::default())
        .hint("make it smaller, or split it"))
}

/// Whether a file is a font for drawing pictures. Such a font is not part of the site, unless its type is
/// published anyway.
fn is_font(path: &SourcePath, config: &Config) -> bool {
    let below = path.as_str().strip_prefix("guides/").unwrap_or_default();
    let mut fonts = config.images.iter().flat_map(|images| &images.fonts);
    fonts.any(|font| font.value.trim_start_matches('/') == below)
        && !PUBLISHED.contains(&path.extension().to_ascii_lowercase().as_str())
}

/// Whether pages are set in it.
fn is_own_font(path: &SourcePath, config: &Config) -> bool {
    config.owner.fonts.iter().any(|font| owner_files::path(&font.file.value) == *path)
}

/// Whether pages have it in their heads: then it is no file of its own.
fn is_head(path: &SourcePath, config: &Config) -> bool {
    config.owner.head.as_ref().is_some_and(|head| owner_files::path(&head.value) == *path)
}

/// A text of a guide that is named as another program would name it.
fn misnamed(path: &SourcePath, sources: &Sources, config: &Config) -> Option<Diagnostic> {
    let extension = path.extension().to_ascii_lowercase();
    if !MISNAMED.contains(&&*extension) {
        return None;
    }
    let language = Language::parse(path.stem()).filter(|one| config.languages.contains(one))?;
    let name = format!("{language}.md");
    // Where the language's own text is there, it is a file beside it.
    let folder = path.folder();
    if sources.text(&format!("{folder}/{name}")).is_some() {
        return None;
    }
    let message = format!("`{}` is read as no text of a guide", path.name());
    let fault = Diagnostic::new(Code::StrayFile, message).at(path, Span::default());
    Some(fault.hint(format!("name it `{name}`")))
}

/// Endings of texts that are no `md`, and `MD`.
const MISNAMED: &[&str] = &[
    "txt", "text", "md", "mdx", "markdown", "mdown", "mkd", "rst", "html", "htm", "doc", "docx",
    "odt", "rtf",
];

/// Whether a file of this name may stand beside the pages.
fn published(path: &SourcePath) -> Result<(), Diagnostic> {
    let extension = path.extension().to_ascii_lowercase();
    if !PUBLISHED.contains(&extension.as_str()) {
        let message = format!("`{}` is not published", path.name());
        let hint = format!(
            "files beside a guide may be {}; list another under `exclude` in `site.yaml`",
            PUBLISHED.join(", ")
        );
        return Err(Diagnostic::new(Code::StrayFile, message).at(path, Span::default()).hint(hint));
    }
    Ok(())
}

/// Reports what a file would do in the browser of somebody who opens it.
fn unsafe_content(path: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let extension = path.extension().to_ascii_lowercase();
    if extension == "svg" {
        return svg::judge(path, bytes);
    }
    let found = content::runs(&extension, bytes).map(|what| {
        let message = format!("`{}` is {what}", path.name());
        let hint = "take out what runs, or put what it says into a guide; a picture is safe as PNG";
        Diagnostic::new(Code::UnsafeFile, message).at(path, Span::default()).hint(hint)
    });
    found.into_iter().collect()
}
