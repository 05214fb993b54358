//! Turns pages into the files of the site.

mod answer;
mod coverage;
mod dates;
mod dial;
mod direction;
mod feedback;
mod fill;
mod footnotes;
mod frame;
mod guide;
mod guide_view;
mod hosts;
mod index;
mod items;
mod json_ld;
mod kin;
mod lists;
mod machine;
mod manifest;
mod names;
mod notices;
mod numbers;
mod others;
mod page;
mod prose;
mod registry;
mod scene;
mod site_view;
mod steps;
mod templates;
mod twin;
pub mod view;
mod words;

pub use kin::Kin;
pub use page::view;
pub use scene::Scene;
pub use templates::{Templates, templates};

use std::borrow::Cow;

use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::fingerprint::Fingerprint;
use crate::model::foreign;
use crate::model::language::Direction;
use crate::model::output::{Output, OutputPath};
use crate::model::site::{Page, Site};
use crate::render::scene::Tongue;
use crate::render::view::PageView;

/// The files that are no pages: for programs and for hosts. Each is made when it is asked for.
pub fn files<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Output> + 'a {
    let files = machine::files(scene).chain(manifest::files(scene)).chain(hosts::files(scene));
    files.map(|file| match scene.has_foreign {
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
pub fn page(scene: &Scene<'_>, page: &Page) -> Outcome<Option<Output>> {
    let mut faults = Vec::new();
    match view(scene, page, &Kin::of(scene, page), &mut faults) {
        Some(view) => Outcome::new(draw(scene, page, view).unload(&mut faults), faults),
        None => Outcome::new(None, faults),
    }
}

/// Of all that `draw` looks at but the templates.
pub fn fingerprint(scene: &Scene<'_>, page: &Page, view: &PageView) -> Option<Fingerprint> {
    let tongue = tongue(scene, page)?;
    Some(Fingerprint::of_value(&(&tongue.shared, view)))
}

/// The file of a page whose view is finished.
pub fn draw(scene: &Scene<'_>, page: &Page, view: PageView) -> Outcome<Option<Output>> {
    let mut faults = Vec::new();
    let Some(tongue) = tongue(scene, page) else { return Outcome::new(None, faults) };
    let template = format!("{}.html", view.kind);
    let shared = [("site", &tongue.shared), ("frame", &tongue.frame), ("others", &view.others)];
    let drawn = scene.templates.draw_with(&template, &shared, ("page", &view));
    let is_rtl = tongue.language.direction() == Direction::RightToLeft
        || view.content_language.as_ref().is_some_and(|language| language.dir == "rtl");
    let output = match drawn {
        Ok(mut html) => {
            if scene.has_foreign {
                html = settled(&html, foreign::tagged);
            }
            if is_rtl {
                html = settled(&html, direction::isolated);
            }
            output(scene, page, html)
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
pub fn twin(scene: &Scene<'_>, page: &Page, view: &PageView) -> Option<Output> {
    let guide = view.guide.as_ref().filter(|_| has_twin(view))?;
    let text = twin::guide(scene, tongue(scene, page)?, view, guide);
    let text = if scene.has_foreign { foreign::plain(&text).into_owned() } else { text };
    Some(Output { path: twin_path(scene.site, page)?, bytes: text.into_bytes().into() })
}

/// A guide that is not translated names the twin of its original.
pub fn has_twin(view: &PageView) -> bool {
    !view.markdown.is_empty() && view.content_language.is_none()
}

pub fn twin_path(site: &Site, page: &Page) -> Option<OutputPath> {
    let path = path(site, page)?;
    OutputPath::parse(&format!("{}.md", path.as_str().strip_suffix(".html")?))
}

fn output(scene: &Scene<'_>, page: &Page, html: Vec<u8>) -> Option<Output> {
    Some(Output { path: path(scene.site, page)?, bytes: html.into() })
}

/// The words that a page is framed in.
fn tongue<'a, 'b>(scene: &'b Scene<'a>, page: &Page) -> Option<&'b Tongue<'a>> {
    match page {
        Page::Chooser | Page::NotFound => scene.default_tongue(),
        Page::Of { language, .. } => scene.tongue(*language),
        Page::Redirect(index) => scene
            .site
            .routes
            .redirects
            .get(*index)
            .and_then(|redirect| scene.tongue(redirect.language)),
    }
}

/// Where the file of a page goes.
pub fn path(site: &Site, page: &Page) -> Option<OutputPath> {
    OutputPath::parse(site.path(page)?)
}
