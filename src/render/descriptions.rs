//! What a page says of itself to search engines and to those who share it.

use crate::model::id::{GuideId, OperatorId};
use crate::model::picture::{HEIGHT, WIDTH};
use crate::model::site::PageKey;
use crate::render::context::{Locale, RenderContext};
use crate::render::view::ImageView;

/// The page's own picture; for a guide that is not translated, its original's.
pub fn image(
    context: &RenderContext<'_>,
    key: &PageKey,
    locale: &Locale<'_>,
    title: &str,
) -> Option<ImageView> {
    let language = match key {
        PageKey::Guide(id) => &context.site.guides.get(id)?.edition(locale.language).text.language,
        _ => locale.language,
    };
    let place = context.locales.iter().find(|locale| locale.language == language)?.index;
    let route = context.site.routes.images.get(&(key.clone(), place))?;
    Some(ImageView {
        url: context.absolute(&route.url),
        width: WIDTH,
        height: HEIGHT,
        alt: title.to_owned(),
    })
}

pub fn first_of<const N: usize>(texts: [&str; N]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

/// What a section without a summary begins with.
pub fn first_paragraph(context: &RenderContext<'_>, id: &GuideId, locale: &Locale<'_>) -> String {
    let text = context.folder_text(id, locale.language);
    shortened(text.map_or_else(String::new, |edition| edition.text.body.lead.first_paragraph()))
}

/// An operator's names of today and before, and the country.
pub fn operator_line(context: &RenderContext<'_>, id: &OperatorId, locale: &Locale<'_>) -> String {
    let registry = &context.site.registry;
    let Some(operator) = registry.operators.get(id) else { return String::new() };
    let former = operator.former_names.iter().map(|former| &*former.name);
    let country = registry.countries.values().find(|one| one.code.as_str() == id.country());
    let country = country.map(|country| country.name.get(locale.language));
    let names = std::iter::once(operator.name.get(locale.language)).chain(former).chain(country);
    shortened(names.collect::<Vec<_>>().join(" · "))
}

/// As much of a text as a search engine shows, cut between words.
pub fn shortened(text: String) -> String {
    const LENGTH: usize = 160;
    let Some((end, _)) = text.char_indices().nth(LENGTH) else { return text };
    let start = text.get(..end).unwrap_or("");
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    // Chinese has no spaces, and English has no long stretch without one.
    let kept = if words.len() * 2 > start.len() { words } else { start };
    format!("{}…", kept.trim_end_matches([',', ';', ':', '，', '、', '：']))
}
