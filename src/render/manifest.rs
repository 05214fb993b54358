//! The site's name and icons as browsers want them: the web manifest of each language (W3C), and icons.

use serde::Serialize;

use crate::model::output::{Output, OutputPath};
use crate::model::site::{PageKey, Site};
use crate::model::theme::{Icon, IconFile, IconSize};
use crate::render::context::{Locale, RenderContext};
use crate::render::view::IconView;

/// The background of the built-in theme, shown until the page itself is there.
const PAPER: &str = "#fdfdfc";

#[derive(Serialize)]
struct WebManifest<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    lang: &'a str,
    dir: &'static str,
    start_url: &'a str,
    scope: &'a str,
    display: &'static str,
    theme_color: &'a str,
    background_color: &'static str,
    icons: Vec<ManifestIcon>,
}

#[derive(Serialize)]
struct ManifestIcon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    purpose: &'static str,
}

pub fn files(context: &RenderContext<'_>) -> Vec<Output> {
    let manifests = context.locales.iter().zip(&context.site.routes.manifests);
    let output = |(locale, route): (&Locale<'_>, &crate::model::routes::Route)| {
        let text = serde_json::to_string_pretty(&manifest(context, locale)).ok()? + "\n";
        Some(Output { path: OutputPath::parse(&route.path)?, bytes: text.into_bytes().into() })
    };
    manifests.filter_map(output).collect()
}

fn manifest<'a>(context: &'a RenderContext<'_>, locale: &Locale<'a>) -> WebManifest<'a> {
    let config = &context.site.config;
    let home = context.url(&PageKey::Home, locale.index);
    let icons = context.icons.iter().filter(|icon| rel(icon) == "icon");
    let picture = |icon: &Icon| ManifestIcon {
        src: url(context.site, icon),
        sizes: sizes(icon),
        kind: kind(icon),
        purpose: if is_maskable(icon) { "maskable" } else { "" },
    };
    WebManifest {
        id: home,
        name: config.title.get(locale.language),
        description: config.description.get(locale.language),
        lang: locale.language.tag(),
        dir: locale.language.direction().as_str(),
        start_url: home,
        // The scope is the whole site, because a reader may change the language.
        scope: &context.site.routes.root,
        display: "minimal-ui",
        theme_color: &config.theme_color,
        background_color: PAPER,
        icons: icons.map(picture).collect(),
    }
}

/// The drawing, the smallest picture for browsers that cannot show drawings, and the one for a home screen.
pub fn icons(site: &Site, icons: &[Icon]) -> Vec<IconView> {
    let plain = || icons.iter().filter(|icon| rel(icon) == "icon" && !is_maskable(icon));
    let drawing = plain().find(|icon| icon.size == IconSize::Any);
    let smallest = plain().filter(|icon| icon.size != IconSize::Any).min_by_key(|icon| icon.size);
    let touch = icons.iter().find(|icon| rel(icon) != "icon");
    let view = |icon: &Icon| IconView {
        rel: rel(icon),
        url: url(site, icon),
        kind: kind(icon),
        sizes: sizes(icon),
    };
    [drawing, smallest, touch].into_iter().flatten().map(view).collect()
}

fn name(icon: &Icon) -> &str {
    match &icon.file {
        IconFile::Theme(name) => name,
        IconFile::Site(path) => path.name(),
    }
}

fn url(site: &Site, icon: &Icon) -> String {
    let route = match &icon.file {
        IconFile::Theme(name) => site.routes.assets.get(name),
        IconFile::Site(path) => site.routes.files.get(path),
    };
    route.map_or_else(String::new, |route| route.url.to_string())
}

fn rel(icon: &Icon) -> &'static str {
    if name(icon).starts_with("apple-touch-icon") { "apple-touch-icon" } else { "icon" }
}

/// Whether the icon is drawn to its edges, so that a phone may cut it to its own shape.
fn is_maskable(icon: &Icon) -> bool {
    name(icon).contains("maskable")
}

fn kind(icon: &Icon) -> &'static str {
    match icon.size {
        IconSize::Any => "image/svg+xml",
        IconSize::Pixels(_) => "image/png",
    }
}

fn sizes(icon: &Icon) -> String {
    match icon.size {
        IconSize::Any => "any".to_owned(),
        IconSize::Pixels(pixels) => format!("{pixels}x{pixels}"),
    }
}
