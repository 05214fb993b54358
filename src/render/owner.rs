//! What pages show of the owner's own: logo, fonts, banner, words below the page, links to elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::language::Language;
use crate::model::owner::{ContactAddress, FontSlant};
use crate::model::policy::{Admitted, FontFiles};
use crate::model::site::{Edition, Site, Target};
use crate::model::source::SourcePath;
use crate::model::theme::Theme;
use crate::model::vocabulary::FontUse;
use crate::render::context::{Locale, RenderContext};
use crate::render::owner_view::{LogoView, SocialLinkView};
use crate::render::view::{LinkView, OwnerTextView, SiteView};

/// Fonts beyond these would be in each other's way while a page comes in.
const PRELOADED: usize = 2;

/// The view with the words whose links have addresses now.
pub fn with_words(context: &RenderContext<'_>, index: usize, view: SiteView) -> SiteView {
    let Some(locale) = context.locale(index) else { return view };
    let banner = context.site.config.owner.banner.as_ref();
    let is_over = banner.is_none_or(|banner| banner.is_over(context.today));
    let words = &context.site.owner;
    let banner = if is_over { None } else { text(context, locale, &words.banner) };
    SiteView { banner, footer: text(context, locale, &words.footer), ..view }
}

fn text(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    words: &BTreeMap<Language, Edition>,
) -> Option<OwnerTextView> {
    let edition = words.get(locale.language)?;
    let foreign = edition.text.language != *locale.language;
    Some(OwnerTextView {
        html: context.fill(&edition.text.body.lead, edition, locale).trim().to_owned().into(),
        language: foreign.then(|| context.language_view(&edition.text.language)),
    })
}

/// The links of the menu; one that leads nowhere was reported.
pub fn menu(site: &Site, index: usize) -> Vec<LinkView> {
    let links = site.config.menu.iter().zip(&site.owner.menu);
    let link = links.filter_map(|(link, target)| {
        let url = match target {
            Target::Page { routes, anchor, .. } => {
                let url = site.routes.url(routes, index);
                anchor.as_ref().map_or_else(|| url.to_owned(), |anchor| format!("{url}#{anchor}"))
            }
            Target::File(url, _) => url.to_string(),
            Target::Elsewhere => link.url.value.clone(),
            Target::Here(_) | Target::Nowhere => return None,
        };
        Some(LinkView { title: link.title.get(site.language(index)).to_owned(), url })
    });
    link.collect()
}

pub fn logo(site: &Site, theme: &Theme) -> Option<LogoView> {
    let logo = theme.owner.logo.as_ref()?;
    let (width, height) = logo.size.map_or((0, 0), |size| (size.width, size.height));
    let dark = logo.dark.as_ref().map(|dark| file(site, dark)).unwrap_or_default();
    Some(LogoView { url: file(site, &logo.light), dark, width, height })
}

/// Those that a page of the language needs before any other.
pub fn fonts(site: &Site, language: &Language) -> Vec<String> {
    let fonts = site.config.owner.fonts.iter().filter(|font| {
        font.use_for == FontUse::Text
            && font.slant == FontSlant::Upright
            && (font.languages.is_empty() || font.languages.contains(language))
    });
    fonts.take(PRELOADED).map(|font| named(site, &font.file.value)).collect()
}

pub fn social(site: &Site, language: &Language) -> Vec<SocialLinkView> {
    let links = site.config.owner.social.iter();
    let link = links.map(|link| SocialLinkView {
        name: link.name.get(language).to_owned(),
        url: link.url.value.as_str().to_owned(),
        icon: link.icon.as_ref().map(|icon| named(site, &icon.value)).unwrap_or_default(),
    });
    link.collect()
}

pub fn contact(site: &Site, language: &Language) -> Option<LinkView> {
    let contact = site.config.owner.contact.as_ref()?;
    let (url, shown) = match &contact.to.value {
        ContactAddress::Mail(address) => (format!("mailto:{address}"), address.as_str()),
        ContactAddress::Page(url) => {
            (url.clone(), url.split_once("://").map_or(url.as_str(), |(_, rest)| rest))
        }
    };
    let title = match contact.title.get(language) {
        "" => shown.trim_end_matches('/'),
        title => title,
    };
    Some(LinkView { title: title.to_owned(), url })
}

/// What the policy of the pages lets in beyond their own.
pub fn admitted(site: &Site, theme: &Theme) -> Admitted {
    let is_font = |name: &String| name.ends_with(".woff2") || name.ends_with(".woff");
    let has_fonts = !site.config.owner.fonts.is_empty() || theme.assets.keys().any(is_font);
    Admitted {
        origins: site.config.owner.allowed.clone(),
        scripts: theme.owner.scripts.clone(),
        styles: theme.owner.styles.clone(),
        fonts: if has_fonts { FontFiles::Own } else { FontFiles::None },
    }
}

/// The address of a file that a setting names.
fn named(site: &Site, name: &str) -> String {
    file(site, &SourcePath::new(&format!("guides/{}", name.trim_start_matches('/'))))
}

/// The address of a file beside guides; empty where it is not published, which was reported.
fn file(site: &Site, path: &SourcePath) -> String {
    site.routes.files.get(path).map(|route| Arc::clone(&route.url)).unwrap_or_default().to_string()
}
