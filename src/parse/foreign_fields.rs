//! What other generators call the settings of `site.yaml`, and what they are called here.

/// Names as other generators write them, in lower case and without `-`, `_` and dots, and what to write instead.
const FIELDS: &[(&[&str], &str)] = &[
    (
        &[
            "url",
            "baseurl",
            "siteurl",
            "site",
            "domain",
            "base",
            "host",
            "hostname",
            "canonicalurl",
        ],
        "where the site will live is `base_url: https://example.org/`",
    ),
    (&["sitename", "sitetitle", "name"], "the name of the site is `title:`"),
    (&["sitedescription", "tagline", "subtitle"], "what the site is about is `description:`"),
    (
        &[
            "defaultcontentlanguage",
            "defaultlocale",
            "defaultlang",
            "languagecode",
            "lang",
            "locale",
            "language",
        ],
        "the language of the site's root is `default_language:`, one of `languages:`",
    ),
    (
        &["locales", "i18n", "langs", "translations"],
        "the languages of the site are `languages: [en, sq]`",
    ),
    (
        &["favicon", "favicons", "icon", "touchicon"],
        "pictures for tabs and home screens are `icons: [icon.svg]`",
    ),
    (
        &["nav", "sidebar", "sidebars", "toc", "summary", "weight"],
        "the order of sections and guides is `navigation: [al, esim]`; links of your own in the head of each page are `menu:`",
    ),
    (
        &["navbar", "menus", "header", "headerlinks", "navlinks", "navbarlinks"],
        "links in the head of each page are `menu: [{title: …, url: …}]`",
    ),
    (
        &[
            "themepalette",
            "palette",
            "themecolors",
            "themeaccent",
            "colors",
            "colours",
            "color",
            "colour",
            "primarycolor",
            "brandcolor",
            "accentcolor",
            "primary",
        ],
        "the colour of links and buttons is `accent: \"#0b5d66\"`",
    ),
    (&["themelogo", "brand", "image"], "a picture in the place of the title is `logo: logo.svg`"),
    (
        &["themefont", "font", "typography", "webfonts"],
        "fonts of the site's own are `fonts: [text.woff2]`",
    ),
    (&["copyright", "footertext", "footernote", "legal"], "words below each page are `footer:`"),
    (
        &["announcement", "announcementbar", "notice", "announce"],
        "words above each page are `banner: {text: …, until: 2027-06-30}`",
    ),
    (
        &["sociallinks", "socials", "socialmedia", "themesocial"],
        "links to where else you are found are `social: [{name: …, url: …}]`",
    ),
    (
        &[
            "repourl",
            "reponame",
            "githubrepo",
            "github",
            "gitrepositoryurl",
            "repo",
            "sourcerepository",
        ],
        "where the sources are is `repository: {url: …}`",
    ),
    (
        &["edituri", "editlink", "editurl", "editurltemplate", "editpage", "editpattern"],
        "where a file is edited follows from `repository: {url: …}`; another address is `edit: https://example.org/edit/{path}`",
    ),
    (
        &["email", "author", "authors", "contactemail", "mail"],
        "where readers reach you is `contact:`",
    ),
    (
        &["redirectmaps", "redirectfrom", "rewrites", "redirections"],
        "old addresses are `redirects: {/old/: /en/new/}`, or `aliases:` in a guide",
    ),
    (
        &[
            "googleanalytics",
            "analytics",
            "ga",
            "scripts",
            "script",
            "extrajavascript",
            "extrahead",
            "headtags",
            "plausible",
            "gtag",
            "additionaljs",
        ],
        "a script of yours goes into a file that `head:` names; whom it may ask stands in `csp: {allow: […]}`",
    ),
    (
        &["contentsecuritypolicy", "security", "headers"],
        "whose scripts may run is `csp: {allow: [https://stats.example.org]}`",
    ),
    (
        &["extracss", "customcss", "css", "styles", "stylesheets", "additionalcss"],
        "style sheets are a theme's: put them into `themes/mine/assets/`, and write `theme: mine`",
    ),
    (
        &[
            "output",
            "outdir",
            "outputdir",
            "publishdir",
            "sitedir",
            "destination",
            "builddir",
            "dest",
        ],
        "the folder that is written is asked for: `cicerone build --output FOLDER`; where the site is sent is `publish:`",
    ),
    (&["src", "srcdir", "docsdir", "contentdir", "source"], "guides always stand in `guides/`"),
    (
        &["permalinks", "permalink", "uglyurls", "usedirectoryurls", "trailingslash"],
        "addresses follow the folders; a guide's own part is `slug:` in its front matter",
    ),
    (
        &[
            "params",
            "plugins",
            "markup",
            "markdownextensions",
            "modules",
            "integrations",
            "vars",
            "variables",
        ],
        "nothing has to be switched on; put what a template of yours reads under `extra:`",
    ),
    (
        &["draft", "drafts", "builddrafts", "future", "buildfuture"],
        "drafts are asked for: `cicerone serve --drafts`",
    ),
    (
        &["taxonomies", "categories", "topics"],
        "topics are `tags:` in guides; `tags:` here names them",
    ),
    (&["deploy", "deployment"], "where the site is sent is `publish:`"),
    (&["ignore", "ignorefiles", "excludedocs"], "files that are not read are `exclude:`"),
    (
        &["algolia", "docsearch", "typesense", "meilisearch", "elasticsearch", "opensearch"],
        "documents for a search engine of your own are `search: {export: ndjson}`",
    ),
];

/// What is written here in the place of another generator's field of `site.yaml`.
pub fn ours(name: &str) -> Option<&'static str> {
    let bare: String = name.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
    let bare = bare.to_ascii_lowercase();
    FIELDS.iter().find(|(names, _)| names.contains(&bare.as_str())).map(|(_, hint)| *hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::shape;

    #[test]
    fn no_name_is_one_of_ours_and_none_stands_twice() {
        let site = shape::of("`site.yaml`").unwrap();
        let mut seen: Vec<&str> = Vec::new();
        for name in FIELDS.iter().flat_map(|(names, _)| *names) {
            assert!(site.field(name).is_none(), "{name}");
            assert!(!seen.contains(name), "{name}");
            seen.push(name);
        }
    }

    #[test]
    fn a_hint_names_a_field_or_an_option_that_there_is() {
        let site = shape::of("`site.yaml`").unwrap();
        let places = ["aliases", "slug", "drafts", "output", "guides"];
        for (_, hint) in FIELDS {
            let named = hint.split('`').skip(1).step_by(2);
            let known = |text: &str| {
                let words = text.split([':', ' ', '/', '{']).map(|word| word.trim_matches('-'));
                words.into_iter().any(|word| site.field(word).is_some() || places.contains(&word))
            };
            assert!(named.into_iter().any(known), "{hint}");
        }
    }

    #[test]
    fn a_name_is_known_in_each_spelling() {
        for name in ["baseURL", "base-url", "BASEURL", "theme.palette", "defaultContentLanguage"] {
            assert!(ours(name).is_some(), "{name}");
        }
        assert_eq!(ours("nothing"), None);
    }
}
