//! The pictures that other sites show where a page is shared.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails loudly"
)]

use std::collections::BTreeSet;
use std::io::Cursor;

use cicerone::model::diagnostic::Code;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::pipeline::Options;

use crate::font::font;
use crate::html::Document;
use crate::project::{self, Built, options, sources};

const SITE: &str = "title: Guides\nbase_url: https://guides.example/x/\nlanguages: [en, zh-Hans, he]\n\
                    images: {fonts: [fonts/latin.ttf, fonts/han.ttf]}\n";
const GUIDE: &str = "---\ntitle: Cancel a card\noperators: [al/one]\n---\nAsk them.\n";
const TRANSLATION: &str = "---\ntitle: 注销卡\ntranslation: {of: en}\n---\n问他们。\n";

fn latin() -> Vec<u8> {
    font(&(' '..='~').chain(['·', '…', 'ë']).collect::<String>())
}

fn project(site: &str, guide: &str) -> Sources {
    let mut sources = sources(&[
        ("guides/site.yaml", site),
        ("guides/operators/al.yaml", "name: Albania\n"),
        ("guides/operators/al/one.yaml", "name: One\n"),
        ("guides/al/cancel/en.md", guide),
        ("guides/al/cancel/zh-Hans.md", TRANSLATION),
    ]);
    for (path, bytes) in [("latin.ttf", latin()), ("han.ttf", font("注销卡"))] {
        sources.assets.insert(SourcePath::new(&format!("guides/fonts/{path}")), bytes.into());
    }
    sources
}

/// As the program builds it; that the theme has no Hebrew words is another's matter.
fn build(sources: &Sources, options: &Options) -> Built {
    let mut built = project::build(sources, options);
    built.faults.retain(|fault| fault.code != Code::MissingWord);
    built
}

fn pictures(built: &Built) -> BTreeSet<&String> {
    built.files.keys().filter(|path| path.ends_with(".png") && path.contains("og/")).collect()
}

/// What a page says of its picture: address and description.
fn shown(built: &Built, path: &str) -> Option<(String, String)> {
    let document = Document::parse(std::str::from_utf8(&built.files[path]).unwrap());
    let said = |property: &str| {
        let mut all = document.all().into_iter();
        let found = all.find(|element| element.attribute("property") == Some(property));
        found.and_then(|element| element.attribute("content")).map(str::to_owned)
    };
    let size = (said("og:image:width"), said("og:image:height"));
    let image = said("og:image")?;
    assert_eq!(size, (Some("1200".to_owned()), Some("630".to_owned())));
    Some((image, said("og:image:alt").unwrap()))
}

fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn each_edition_and_each_home_page_names_a_picture_that_is_there() {
    let built = build(&project(SITE, GUIDE), &options());
    assert_eq!(built.faults, []);
    let root = "https://guides.example/x/";
    let mut named = BTreeSet::new();
    for (path, title) in [
        ("en/al/cancel/index.html", "Cancel a card"),
        ("zh-hans/al/cancel/index.html", "注销卡"),
        ("en/index.html", "Guides"),
        ("zh-hans/index.html", "Guides"),
    ] {
        let (url, alt) = shown(&built, path).unwrap();
        assert_eq!(alt, title);
        let file = url.strip_prefix(root).unwrap().to_owned();
        let (width, height, pixels) = decode(&built.files[&file]);
        assert_eq!((width, height), (1200, 630));
        // The theme's colour behind, white letters, and the bar between the two.
        assert_eq!(pixels[..3], [0x0b, 0x5d, 0x66]);
        assert!(pixels.chunks(3).filter(|pixel| *pixel == [255; 3]).count() > 2_000, "{path}");
        assert!(built.files[&file].len() < 60_000);
        named.insert(file);
    }
    assert_eq!(pictures(&built), named.iter().collect());
    // Not translated: the original's picture, in a language that has none of its own too.
    assert_eq!(shown(&built, "he/al/cancel/index.html"), shown(&built, "en/al/cancel/index.html"));
    for path in ["he/index.html", "en/al/index.html", "index.html"] {
        assert_eq!(shown(&built, path), None, "{path}");
    }
    assert!(!built.files.keys().any(|path| path.contains("ttf")));
}

#[test]
fn the_same_words_give_the_same_bytes_on_any_number_of_threads() {
    let sources = project(SITE, GUIDE);
    let one = build(&sources, &Options { jobs: 1, ..options() });
    let four = build(&sources, &Options { jobs: 4, ..options() });
    assert_eq!(one.files, four.files);
    assert_eq!(pictures(&one).len(), 4);
}

#[test]
fn another_title_colour_or_font_is_another_address() {
    let first = |site: &str, guide: &str| {
        shown(&build(&project(site, guide), &options()), "en/al/cancel/index.html").unwrap().0
    };
    let addresses = BTreeSet::from([
        first(SITE, GUIDE),
        first(SITE, &GUIDE.replace("Cancel", "Close")),
        first(&format!("{SITE}theme_color: \"#fff\"\n"), GUIDE),
        first(&SITE.replace("{fonts", "{accent: \"#f00\", fonts"), GUIDE),
        first(&SITE.replace("latin.ttf, fonts/han.ttf", "han.ttf, fonts/latin.ttf"), GUIDE),
    ]);
    assert_eq!(addresses.len(), 5);
    assert_eq!(first(SITE, GUIDE), first(SITE, &GUIDE.replace("Ask", "Tell")));
}

#[test]
fn nothing_is_drawn_where_nobody_asks_or_where_the_site_has_no_address() {
    for site in [
        SITE.replace("images:", "extra:"),
        SITE.replace("base_url: https://guides.example/x/\n", ""),
    ] {
        let built = build(&project(&site, GUIDE), &options());
        assert_eq!(pictures(&built), BTreeSet::new());
        assert_eq!(shown(&built, "en/al/cancel/index.html"), None);
        let is_fine = built.faults.iter().all(|fault| fault.code == Code::StrayFile);
        assert!(is_fine, "{:?}", built.faults);
    }
}

#[test]
fn a_character_that_no_font_has_is_told_at_the_title() {
    let site = SITE.replace("[fonts/latin.ttf, fonts/han.ttf]", "fonts/latin.ttf");
    let mut sources = project(&site, GUIDE);
    sources.assets.remove("guides/fonts/han.ttf");
    let built = build(&sources, &options());
    let [fault] = &built.faults[..] else { panic!("{:?}", built.faults) };
    assert_eq!(fault.code, Code::MissingGlyph);
    assert_eq!(fault.message, "no font of `images` has `注`, `销`, `卡`");
    let place = fault.place.as_ref().unwrap();
    assert_eq!(place.path.as_str(), "guides/al/cancel/zh-Hans.md");
    assert_eq!(&TRANSLATION[place.span.range()], "注销卡");
    assert_eq!(shown(&built, "zh-hans/al/cancel/index.html"), None);
    assert!(shown(&built, "en/al/cancel/index.html").is_some());
}

#[test]
fn what_is_no_font_is_an_error_at_its_name() {
    let site = SITE.replace("latin.ttf", "latin.otf");
    let messages = |sources: &Sources| {
        let fault = |fault: &cicerone::model::diagnostic::Diagnostic| {
            let place = fault.place.as_ref().unwrap();
            let text =
                sources.text(place.path.as_str()).map(|text| text[place.span.range()].to_owned());
            (text.unwrap_or_default(), fault.message.clone(), fault.hints.join(" "))
        };
        build(sources, &options()).faults.iter().map(fault).collect::<Vec<_>>()
    };
    let near = messages(&project(&site, GUIDE));
    let fault = |fault: &(String, String, String), text, message: &str, hint: &str| {
        assert_eq!((&*fault.0, &*fault.1), (text, message));
        assert!(fault.2.contains(hint), "{}", fault.2);
    };
    let no_file = "there is no file `guides/fonts/latin.otf`";
    assert!(
        near.iter().any(|one| one.1 == no_file && one.2.contains("fonts/latin.ttf")),
        "{near:?}"
    );
    let mut broken = project(SITE, GUIDE);
    for bytes in [&b"wOF2 and more"[..], &[], &latin()[..40], b"ttcf\0\x01\0\0\xff\xff\xff\xff"] {
        broken.assets.insert(SourcePath::new("guides/fonts/latin.ttf"), bytes.to_vec().into());
        let told = messages(&broken);
        fault(
            &told[0],
            "fonts/latin.ttf",
            "`fonts/latin.ttf` is no font that can be read",
            ".woff2",
        );
    }
}

#[test]
fn no_font_at_all_and_hostile_fonts_end_in_no_panic() {
    let built = build(
        &project(
            &SITE.replace("fonts: [fonts/latin.ttf, fonts/han.ttf]", "accent: \"#000\""),
            GUIDE,
        ),
        &options(),
    );
    assert!(built.faults.iter().any(|fault| fault.message == "`images` names no font"));
    let whole = latin();
    for at in (0..whole.len()).step_by(397) {
        let mut sources = project(SITE, GUIDE);
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        sources.assets.insert(SourcePath::new("guides/fonts/latin.ttf"), bytes.to_vec().into());
        let built = build(&sources, &options());
        assert!(built.faults.iter().all(|fault| fault.code != Code::Internal), "{at}");
    }
}
