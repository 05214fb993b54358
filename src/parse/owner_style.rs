//! The rules of the style sheet that the owner's settings ask for: a site without them pays for none.

use std::fmt::Write;

use crate::model::config::Config;
use crate::model::owner::{Accent, FontSlant, OwnFont};
use crate::model::percent::encode;
use crate::model::vocabulary::FontUse;
use crate::parse::accent::{DARK_PAPER, LIGHT_PAPER, TINT};

const LOGO: &str = ".brand::before{display:none}.brand img{display:block;width:auto;height:2.25rem;max-width:12rem;object-fit:contain}";
const DARK_LOGO: &str = "\
.brand .on-dark,:root[data-theme=dark] .brand .on-light{display:none}\
:root[data-theme=dark] .brand .on-dark{display:block}\
@media(prefers-color-scheme:dark){:root:not([data-theme=light]) .brand .on-light{display:none}\
:root:not([data-theme=light]) .brand .on-dark{display:block}}";
const BANNER: &str = "\
.banner{background:var(--tint);border-block-end:1px solid var(--line);font-size:.95rem}\
.banner>div{width:100%;max-width:40rem;margin-inline:auto;padding:.6rem 1rem}\
.banner p{margin:0}.banner p+p{margin-block-start:.35rem}.banner a{color:inherit;font-weight:600}\
@media(min-width:64rem){.banner>div{max-width:var(--wide)}}";
const FOOTER: &str = "\
.words{margin-block-start:1rem}.words p{margin-block:.35rem}\
.words a{display:inline;padding:0;text-decoration:underline .06em}";
const REACH: &str = "\
.foot .reach{margin-block-start:.5rem}.reach a{display:flex;align-items:center;gap:.5rem;min-height:2.75rem}\
.reach img{width:1.25rem;height:1.25rem}";

/// What goes behind `style.css`.
pub fn rules(config: &Config) -> String {
    let owner = &config.owner;
    let mut css = String::new();
    if let Some(accent) = owner.accent {
        css.push_str(&colours(accent));
    }
    if let Some(logo) = &owner.logo {
        css.push_str(LOGO);
        css.push_str(if logo.dark.is_some() { DARK_LOGO } else { "" });
    }
    if owner.banner.is_some() {
        css.push_str(BANNER);
    }
    if !owner.footer.is_empty() {
        css.push_str(FOOTER);
    }
    if !owner.social.is_empty() || owner.contact.is_some() {
        css.push_str(REACH);
    }
    faces(&owner.fonts, &mut css);
    css
}

/// Text on the colour is that of the pages of the other scheme, on which it can be read.
fn colours(accent: Accent) -> String {
    let Accent { light, dark } = accent;
    let (pale, deep) = (LIGHT_PAPER.mixed(light, TINT), DARK_PAPER.mixed(dark, TINT));
    format!(
        ":root{{--accent:light-dark({light},{dark});--on-accent:light-dark({LIGHT_PAPER},{DARK_PAPER});\
         --tint:light-dark({pale},{deep})}}"
    )
}

/// One family for all files of the same use and the same languages.
fn faces(fonts: &[OwnFont], css: &mut String) {
    let mut families: Vec<&OwnFont> = Vec::new();
    for font in fonts {
        let same = |one: &&OwnFont| one.use_for == font.use_for && one.languages == font.languages;
        let family = families.iter().position(same).unwrap_or_else(|| {
            families.push(font);
            families.len() - 1
        });
        let file = encode(font.file.value.trim_start_matches('/'));
        let weight = font.weight.as_deref().map(|weight| format!(";font-weight:{weight}"));
        let slant = if font.slant == FontSlant::Italic { ";font-style:italic" } else { "" };
        // Below `assets/`, so that it is found wherever the site lies. Text is there before its font is.
        let _ = write!(
            css,
            "@font-face{{font-family:own-{family};src:url(../{file})format(\"woff2\"){}{slant};font-display:swap}}",
            weight.unwrap_or_default(),
        );
    }
    for (family, font) in families.iter().enumerate() {
        let tags: Vec<String> = font.languages.iter().map(|one| format!(":lang({one})")).collect();
        let spoken =
            if tags.is_empty() { String::new() } else { format!(":is({})", tags.join(",")) };
        let selector = match font.use_for {
            FontUse::Text => format!(":where([lang]{spoken})"),
            FontUse::Headings => format!(":is(h1,h2,h3,h4,h5,h6,.brand){spoken}"),
        };
        let _ = write!(css, "{selector}{{font-family:own-{family},var(--sans)}}");
    }
}
