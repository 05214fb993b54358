//! Turns pages into the files of the site.
//!
//! # Pages
//!
//! Kinds: chooser (`/`), home, section, guide, operators, operator, tags, tag, glossary, index, not-found, redirect. All
//! are drawn per language, but for the chooser, a `/404.html` of the whole site, and redirects. A page's kind is also its
//! template's name: `guide` is drawn by `guide.html`. A redirect is a page at an old address (`aliases:`) that leads on to
//! the guide's, with or without a host's help.
//!
//! The **A–Z index** (`render/index.rs`) lists titles, operators with their former names and aliases, and terms with
//! theirs, in the order of the language's dictionaries (CLDR collation). Its groups are the letters of the language
//! (CLDR's index exemplars: Albanian has `Ç`, `Dh`, `Ë`, …, Japanese its rows of kana), then the Latin ones, which names are
//! written in everywhere; a Japanese title in Chinese characters does not tell its reading and has a group of its own. For
//! Chinese, CLDR's order has marks of its own: Simplified
//! Chinese is grouped by pinyin, which shares its groups with the Latin letters; Traditional Chinese by number of
//! strokes, before the letters. What belongs to no group stands last.
//!
//! On a page that runs from right to left, numbers that a browser would turn round (telephones, codes, times, ranges)
//! are set apart once the page is drawn (`render/direction.rs`), wherever the words come from.
//!
//! Files that are no pages: sitemap, Atom feeds, `robots.txt` and `llms.txt` (`render/machine.rs`); sitemap and feeds name
//! absolute addresses, and are there where `base_url` is; so are `canonical` and `hreflang`. A web manifest per language
//! and icons are the theme's, or the site's own (`render/manifest.rs`). For each of `hosts:` the site holds redirects and headers in
//! that host's words, made from one list (`render/hosts/`), with a strict Content-Security-Policy among them. The tests
//! start nginx and Apache with them, where those are installed, and ask for every file and every old address.
//!
//! With `images:` each guide in each of its languages has a picture for those who share it (`images/`). What is on it is
//! planned once the site is resolved, so that its address, a fingerprint of all that it shows, is known to its pages and
//! `check` tells what no font has; `pipeline/images.rs` draws the pictures after the pages, on the same threads;
//! the preview draws one when its address is asked for. Glyphs are set one behind the other, which does for scripts whose
//! letters neither join nor move; others have no picture.
//!
//! With `markdown: true` each translated guide has a twin, `index.md` (`render/twin/`). It is made of the page's view: what
//! is finished HTML there becomes Markdown again by a reader that knows the few tags of which it is made.
//!
//! # Languages
//!
//! Names, directions, dates, numbers, lists, plural forms, letters and sorting come from CLDR (the `icu_*` packages); words
//! come from the theme.
//!
//! - **Packed.** `build.rs` packs what a site may need of each language, one deflate stream a language: the words of
//!   `themes/default/i18n/` and CLDR's names of 170 languages, of their varieties and of regions. A build unpacks those of
//!   its own languages (`model/locales.rs`). All of ICU's names would take 3 MB, and these take 0.75 with the words.
//! - **Parents.** `Language::parents` is CLDR's chain: `zh-HK`, `zh-Hant`; `pt-BR`, `pt`. Words of the interface are
//!   looked for along it; so are guides and the words of the registry, by a `Way` that changes nothing but the glossary's
//!   terms (`resolve/derive.rs`). Serbian in Latin letters is spelt out from the Cyrillic.
//! - **Foreign words.** What is still shown in English, or is called by its own name, is marked by noncharacters where it is
//!   chosen, and becomes an element with `lang` and `dir` when a page has been drawn (`model/foreign.rs`). A site that has
//!   every word is not looked through.
//! - **Tags.** `model/tags.rs` knows which codes are countries' or former ones, and what was meant.

mod answer;
mod context;
mod coverage;
mod dates;
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

/// The files that are no pages: for programs and for hosts. Each is made when it is asked for.
pub fn files<'a>(context: &'a RenderContext<'_>) -> impl Iterator<Item = Output> + 'a {
    let files =
        machine::files(context).chain(manifest::files(context)).chain(hosts::files(context));
    files.map(|file| match context.has_foreign {
        true => Output { bytes: settled(&file.bytes, foreign::plain).into(), ..file },
        false => file,
    })
}

/// With the words of other languages as `settle` writes them.
fn settled(bytes: &[u8], settle: impl Fn(&str) -> Cow<'_, str>) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => settle(text).into_owned().into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}

/// The file of a page; none where it could not be drawn, with the reason among the diagnostics.
pub fn page(context: &RenderContext<'_>, page: &Page) -> Outcome<Option<Output>> {
    let mut faults = Vec::new();
    match view(context, page, &PageGroup::of(context, page), &mut faults) {
        Some(view) => Outcome::new(draw(context, page, view).drain_into(&mut faults), faults),
        None => Outcome::new(None, faults),
    }
}

/// Of all that `draw` looks at but the templates.
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

/// The file of a guide in Markdown, beside its page; none for what is no guide or not translated.
pub fn twin(context: &RenderContext<'_>, page: &Page, view: &PageView) -> Option<Output> {
    let guide = view.guide.as_ref().filter(|_| has_twin(view))?;
    let text = twin::guide(context, locale(context, page)?, view, guide);
    let text = if context.has_foreign { foreign::plain(&text).into_owned() } else { text };
    Some(Output { path: twin_path(context.site, page)?, bytes: text.into_bytes().into() })
}

/// A guide that is not translated names the twin of its original.
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

/// The words that a page is framed in.
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
