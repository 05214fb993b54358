//! The web manifest and the icons: the theme's, or those that the site names.

use std::sync::Arc;

use cicerone::model::diagnostic::Code;
use cicerone::model::source::{SourcePath, Sources};
use serde_json::Value;

use super::text;
use crate::html::Document;
use crate::project::{Built, build, build_at, home, options, sources};

const SITE: &str = "title: {default: Trips, ar: رحلات}\ndescription: By bus\nlanguages: [en, ar]\n";
const GUIDE: (&str, &str) = ("guides/a/en.md", "---\ntitle: A\n---\n");

/// What the standard asks of a manifest; its icons by size and purpose.
fn manifest(built: &Built, language: &str) -> (Value, Vec<(String, String)>) {
    let root = &*built.prepared.site.routes.root;
    let manifest: Value =
        serde_json::from_str(text(built, &format!("{language}/site.webmanifest"))).unwrap();
    let said = |name: &str| manifest[name].as_str().unwrap_or_else(|| panic!("no {name}"));
    assert!(!said("name").is_empty());
    assert!(["fullscreen", "standalone", "minimal-ui", "browser"].contains(&said("display")));
    assert!(["ltr", "rtl"].contains(&said("dir")));
    assert!(said("start_url").starts_with(said("scope")) && said("scope") == root);
    for color in ["theme_color", "background_color"] {
        assert!(said(color).starts_with('#') && [4, 7].contains(&said(color).len()));
    }
    let mut sizes = Vec::new();
    for icon in manifest["icons"].as_array().unwrap() {
        let said = |name: &str| icon[name].as_str().unwrap_or_default().to_owned();
        let path = said("src").strip_prefix(root).unwrap().to_owned();
        let bytes = built.files.get(&path).unwrap_or_else(|| panic!("no {path}"));
        match said("type").as_str() {
            "image/svg+xml" => assert!(bytes.starts_with(b"<svg") && said("sizes") == "any"),
            "image/png" => {
                let pixels = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
                assert_eq!(format!("{}x{}", pixels(16), pixels(20)), said("sizes"));
            }
            other => panic!("{other}"),
        }
        sizes.push((said("sizes"), said("purpose")));
    }
    (manifest, sizes)
}

/// The icons of a page: `rel`, address, `sizes`.
fn icons(built: &Built, path: &str) -> Vec<[String; 3]> {
    let document = Document::parse(text(built, path));
    let links = document.named("link");
    let links = links.iter().filter(|link| link.attribute("rel").unwrap_or("").contains("icon"));
    links
        .map(|link| ["rel", "href", "sizes"].map(|name| link.attribute(name).unwrap().to_owned()))
        .collect()
}

/// A PNG as far as its header.
fn png(width: u32, height: u32) -> Arc<Vec<u8>> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.into()
}

fn site(settings: &str, files: &[(&str, Arc<Vec<u8>>)]) -> Sources {
    let text = format!("{SITE}{settings}");
    let mut sources = sources(&[("guides/site.yaml", &text), GUIDE]);
    let files = files.iter().map(|(path, bytes)| (SourcePath::new(path), bytes.clone()));
    sources.assets.extend(files);
    sources
}

/// What is wrong, but for the words that the theme lacks in Arabic.
fn told(built: &Built) -> Vec<[&str; 2]> {
    let faults = built.faults.iter().filter(|fault| fault.code != Code::MissingWord);
    faults.map(|fault| [fault.message.as_str(), fault.hints[0].as_str()]).collect()
}

#[test]
fn our_site_can_be_put_on_a_home_screen() {
    let built = build_at(home(), &options());
    for language in ["en", "zh-hans", "zh-hant", "sq"] {
        let (manifest, sizes) = manifest(&built, language);
        assert_eq!(manifest["start_url"], format!("/{language}/"));
        let owned = |(size, purpose): (&str, &str)| (size.to_owned(), purpose.to_owned());
        for wanted in [("any", ""), ("192x192", ""), ("512x512", ""), ("512x512", "maskable")] {
            assert!(sizes.contains(&owned(wanted)), "{wanted:?} is not among {sizes:?}");
        }
    }
    let page = "zh-hans/al/cancel-sim/index.html";
    let shown: Vec<_> =
        icons(&built, page).into_iter().map(|[rel, _, sizes]| (rel, sizes)).collect();
    let expected = [("icon", "any"), ("icon", "192x192"), ("apple-touch-icon", "180x180")];
    assert_eq!(shown, expected.map(|(rel, sizes)| (rel.to_owned(), sizes.to_owned())));
    let document = Document::parse(text(&built, page));
    let meta = |name: &str, value: &str| {
        let metas = document.named("meta");
        let of = metas.iter().filter(|meta| meta.attribute(name) == Some(value));
        of.map(|meta| meta.attribute("content").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(meta("name", "theme-color"), ["#0b5d66"]);
    assert_eq!(meta("name", "twitter:card"), ["summary"]);
    assert_eq!(meta("property", "og:locale"), ["zh_CN"]);
    assert_eq!(meta("property", "og:locale:alternate"), ["en_US", "zh_TW", "sq_AL"]);
    assert_eq!(meta("property", "og:url"), ["https://cicerone.example/zh-hans/al/cancel-sim/"]);
    assert_eq!(meta("property", "og:title").len(), 1);
    assert_eq!(meta("property", "og:description").len(), 1);
}

#[test]
fn a_site_names_its_own_icons_and_colour() {
    let drawing: Arc<Vec<u8>> = Arc::new(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec());
    let files = [
        ("guides/brand/mark.svg", drawing),
        ("guides/brand/mark-48.png", png(48, 48)),
        ("guides/brand/mark-512.png", png(512, 512)),
    ];
    let settings = "icons: [brand/mark.svg, brand/mark-512.png, /brand/mark-48.png]\ntheme_color: \"#A1B2C3\"\n";
    let built = build(&site(settings, &files), &options());
    assert_eq!(told(&built), Vec::<[&str; 2]>::new());
    let (manifest, sizes) = manifest(&built, "ar");
    assert_eq!(sizes.len(), 3);
    assert_eq!((&manifest["name"], &manifest["dir"]), (&"رحلات".into(), &"rtl".into()));
    assert_eq!(manifest["theme_color"], "#a1b2c3");
    let shown = icons(&built, "en/a/index.html");
    let url = |[_, url, _]: &[String; 3]| url.clone();
    assert_eq!(
        shown.iter().map(url).collect::<Vec<_>>(),
        ["/brand/mark.svg", "/brand/mark-48.png"]
    );
}

#[test]
fn what_cannot_be_an_icon_is_told() {
    let files =
        [("guides/wide.png", png(48, 40)), ("guides/mark.gif", Arc::new(b"GIF89a".to_vec()))];
    let settings = "icons: [wide.png, mark.gif, mask.gif]\ntheme_color: teal\n";
    let built = build(&site(settings, &files), &options());
    let expected = [
        ["`teal` cannot be `theme_color`", "write a colour, like `\"#0b5d66\"`"],
        ["`wide.png` is 48 pixels wide and 40 high", "an icon is a square"],
        ["`mark.gif` cannot be an icon", "an icon is an SVG or a PNG picture"],
        ["there is no file `guides/mask.gif`", "did you mean `mark.gif`?"],
    ];
    assert_eq!(told(&built), expected);
}
