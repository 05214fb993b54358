//! Turns pages into the files of the site.
//!
//! # Pages
//!
//! A page is one of these kinds: chooser (`/`), home, section, guide, operators, operator, tags, tag,
//! glossary, index, search, translations, not-found or redirect. All are drawn once per language, except
//! for the chooser, a `/404.html` for the whole site, and redirects. A page's kind is also its template's
//! name: `guide` is drawn by `guide.html`. A redirect is a page at an old address (`aliases:`) that leads
//! on to the guide's new one, with or without the host's help.
//!
//! The **A–Z index** (`render/index.rs`) lists titles, operators with their former names and aliases, and
//! terms with their aliases, in the order of the language's dictionaries (CLDR collation). Its groups are
//! the letters of the language (CLDR's index exemplars: Albanian has `Ç`, `Dh`, `Ë`, …; Japanese has its
//! rows of kana), followed by the Latin letters, because names are written in them everywhere. A Japanese
//! title in Chinese characters does not show its reading, so such titles have a group of their own. For
//! Chinese, CLDR's order contains marks: Simplified Chinese is grouped by pinyin, which shares its groups
//! with the Latin letters, and Traditional Chinese by number of strokes, before the letters. Whatever
//! belongs to no group comes last.
//!
//! On a page that runs from right to left, a browser would turn some numbers round (telephone numbers,
//! codes, times, ranges). They are set apart after the page has been drawn (`render/direction.rs`),
//! wherever the words come from.
//!
//! Some files are not pages: the sitemap, Atom feeds, `robots.txt` and `llms.txt` (`render/machine.rs`).
//! The sitemap and the feeds contain absolute addresses, so they exist only where `base_url` is set; the
//! same is true of `canonical` and `hreflang`. Each language has a web manifest; the icons are the theme's
//! or the site's own (`render/manifest.rs`). For each of the `hosts:`, the site holds redirects and headers
//! in that host's syntax, made from one list (`render/hosts/`), including a strict Content-Security-Policy.
//! Where nginx and Apache are installed, the tests start them with these files and ask for every file and
//! every old address.
//!
//! With `images:`, each guide has a picture in each of its languages for people who share it (`images/`).
//! Its contents are planned once the site is resolved. Its address is a fingerprint of everything that it
//! shows; so the pages know the address, and `check` can report characters that no font has.
//! `pipeline/images.rs` draws the pictures after the pages, on the same threads; the preview draws one when
//! its address is asked for. Glyphs are placed one after the other. That is enough for scripts whose
//! letters neither join nor move; the others get no picture.
//!
//! With `markdown: true`, each translated guide has a twin, `index.md` (`render/twin/`). It is made from
//! the page's view. Finished HTML in the view is turned back into Markdown by a reader that knows the few
//! tags it can contain.
//!
//! # Languages
//!
//! Names, directions, dates, numbers, lists, plural forms, letters and sorting come from CLDR (the `icu_*`
//! packages); words come from the theme.
//!
//! - **Packed.** `build.rs` packs what a site may need for each language into one deflate stream per
//!   language: the words of `themes/default/i18n/`, and CLDR's names of 170 languages, their varieties and
//!   regions. A build unpacks only its own languages (`model/locales.rs`). All of ICU's names would take 3
//!   MB; these take 0.75 MB, words included.
//! - **Parents.** `Language::parents` is CLDR's chain: `zh-HK`, `zh-Hant`; `pt-BR`, `pt`. The words of the
//!   interface are looked up along it. So are guides and the words of the registry, by a `Way` that changes
//!   nothing but the glossary's terms (`resolve/derive.rs`). Serbian in Latin letters is transliterated
//!   from Cyrillic.
//! - **Foreign words.** A word that is still shown in English, or a language's own name for itself, is
//!   marked with noncharacters where it is chosen, and becomes an element with `lang` and `dir` after the
//!   page has been drawn (`model/foreign.rs`). A site that has every word skips this step.
//! - **Tags.** `model/tags.rs` knows which codes belong to countries or are out of use, and what was meant.

mod answer;
mod context;
mod coverage;
mod dates;
mod descriptions;
mod dial;
mod direction;
mod feedback;
mod fill;
mod footnotes;
mod frame;
mod guide;
mod guide_texts;
mod guide_view;
mod hosts;
mod index;
mod items;
mod json_ld;
mod list_view;
mod lists;
mod machine;
mod manifest;
mod names;
mod notices;
mod numbers;
mod others;
mod owner;
mod owner_view;
mod page;
mod page_group;
mod pictures;
mod prose;
mod registry;
mod shared;
mod site_view;
mod steps;
mod template_hints;
mod templates;
mod term_links;
mod twin;
pub mod view;
mod words;
mod worker;

pub use context::RenderContext;
pub use owner::admitted;
pub use page::view;
pub use page_group::PageGroup;
pub use templates::{Templates, templates};
pub use worker::{ASSET as WORKER, REGISTER, REMOVAL, SearchFiles, worker};

use std::borrow::Cow;

use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::fingerprint::Fingerprint;
use crate::model::foreign;
use crate::model::language::Direction;
use crate::model::output::{Output, OutputPath};
use crate::model::site::{Page, Site};
use crate::render::context::Locale;
use crate::render::view::PageView;

/// The files that are not pages: those for programs and those for hosts. Each is made when it is asked for.
pub fn files<'a>(context: &'a RenderContext<'_>) -> impl Iterator<Item = Output> + 'a {
    let files =
        machine::files(context).chain(manifest::files(context)).chain(hosts::files(context));
    files.map(|file| match context.has_foreign {
        true => Output { bytes: settled(&file.bytes, foreign::plain).into(), ..file },
        false => file,
    })
}

/// The file with words of other languages written as `settle` writes them.
fn settled(bytes: &[u8], settle: impl Fn(&str) -> Cow<'_, str>) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => settle(text).into_owned().into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}

/// The file of a page; none where it could not be drawn, in which case the diagnostics say why.
pub fn page(context: &RenderContext<'_>, page: &Page) -> Outcome<Option<Output>> {
    let mut faults = Vec::new();
    match view(context, page, &PageGroup::of(context, page), &mut faults) {
        Some(view) => Outcome::new(draw(context, page, view).drain_into(&mut faults), faults),
        None => Outcome::new(None, faults),
    }
}

/// A fingerprint of everything that `draw` looks at except the templates.
pub fn fingerprint(
    context: &RenderContext<'_>,
    page: &Page,
    view: &PageView,
) -> Option<Fingerprint> {
    let locale = locale(context, page)?;
    Some(Fingerprint::of_value(&(&locale.shared, view)))
}

/// The file of a page whose view is finished.
pub fn draw(context: &RenderContext<'_>, page: &Page, view: PageView) -> Outcome<Option<Output>> {
    let mut faults = Vec::new();
    let Some(locale) = locale(context, page) else { return Outcome::new(None, faults) };
    let template = format!("{}.html", view.kind);
    let shared = [("site", &locale.shared), ("frame", &locale.frame), ("others", &view.others)];
    let drawn = context.templates.draw_with(&template, &shared, ("page", &view));
    let is_rtl = locale.language.direction() == Direction::RightToLeft
        || view.content_language.as_ref().is_some_and(|language| language.dir == "rtl");
    let output = match drawn {
        Ok(mut html) => {
            if context.has_foreign {
                html = settled(&html, foreign::tagged);
            }
            if is_rtl {
                html = settled(&html, direction::isolated);
            }
            output(context, page, html)
        }
        Err(fault) => {
            faults.push(fault);
            return Outcome::new(None, faults);
        }
    };
    if output.is_none() {
        let message = format!("`{}` cannot be a path of the site", view.url);
        faults.push(Diagnostic::new(Code::Internal, message));
    }
    Outcome::new(output, faults)
}

/// The file of a guide in Markdown, beside its page; none if the page is not a guide or is not translated.
pub fn twin(context: &RenderContext<'_>, page: &Page, view: &PageView) -> Option<Output> {
    let guide = view.guide.as_ref().filter(|_| has_twin(view))?;
    let text = twin::guide(context, locale(context, page)?, view, guide);
    let text = if context.has_foreign { foreign::plain(&text).into_owned() } else { text };
    Some(Output { path: twin_path(context.site, page)?, bytes: text.into_bytes().into() })
}

/// Whether the page has a Markdown file of its own. A guide that is not translated links to that of its
/// original.
pub fn has_twin(view: &PageView) -> bool {
    !view.markdown.is_empty() && view.content_language.is_none()
}

pub fn twin_path(site: &Site, page: &Page) -> Option<OutputPath> {
    let path = path(site, page)?;
    OutputPath::parse(&format!("{}.md", path.as_str().strip_suffix(".html")?))
}

fn output(context: &RenderContext<'_>, page: &Page, html: Vec<u8>) -> Option<Output> {
    Some(Output { path: path(context.site, page)?, bytes: html.into() })
}

/// The locale whose words frame the page.
fn locale<'a, 'b>(context: &'b RenderContext<'a>, page: &Page) -> Option<&'b Locale<'a>> {
    match page {
        Page::Chooser | Page::NotFound => context.default_locale(),
        Page::Of { language, .. } => context.locale(*language),
        Page::Redirect(index) => context
            .site
            .routes
            .redirects
            .get(*index)
            .and_then(|redirect| context.locale(redirect.language)),
    }
}

/// Where the file of a page goes.
pub fn path(site: &Site, page: &Page) -> Option<OutputPath> {
    OutputPath::parse(site.path(page)?)
}
