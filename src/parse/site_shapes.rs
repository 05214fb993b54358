//! The shape of every map in `site.yaml`.

use crate::model::vocabulary::{
    BareLinks, FontUse, Host, LintLevel, Missing, OwnSearch, Packing, SearchExport, SourceRule,
};
use crate::parse::form::{
    ADDRESS, BRANCH, BUCKET, COLOR, COUNT, DAY, DEPTH, EDIT, FEEDBACK, GOAL, GUIDE, ID, INTERVAL,
    LINK, ORIGIN, PREFIX, REGION, REMOTE, SIZE, TAG, THEME, WEB, WEIGHT,
};
use crate::parse::shape::{Shape, ValueShape};
use crate::parse::shapes::{may, must, words};

pub static SITE_SHAPES: &[Shape] = &[
    Shape {
        what: "`site.yaml`",
        about: "The site: its title, its languages, and how it is checked.",
        fields: &[
            must("languages", ValueShape::Languages),
            may("default_language", ValueShape::Of(TAG)),
            must("title", ValueShape::Local),
            may("description", ValueShape::Local),
            may("base_url", ValueShape::Of(WEB)),
            may("theme", ValueShape::Of(THEME)),
            may("icons", ValueShape::Texts),
            may("theme_color", ValueShape::Of(COLOR)),
            may("images", ValueShape::Map("`images`")),
            may("markdown", ValueShape::Flag),
            may("search", ValueShape::WordOr(words::<OwnSearch>, "the site's `search`")),
            may("bare_links", ValueShape::Word(words::<BareLinks>)),
            may("offline", ValueShape::Flag),
            may("glossary_links", ValueShape::Flag),
            may("smaller_pictures", ValueShape::Flag),
            may("logo", ValueShape::TextOr("the `logo`")),
            may("accent", ValueShape::FormOr(COLOR, "the `accent`")),
            may("fonts", ValueShape::Items("a font")),
            may("menu", ValueShape::Maps("a link of the menu")),
            may("banner", ValueShape::Map("the `banner`")),
            may("footer", ValueShape::Local),
            may("social", ValueShape::Maps("a social link")),
            may("contact", ValueShape::FormOr(FEEDBACK, "the `contact`")),
            may("feedback", ValueShape::Of(FEEDBACK)),
            may("repository", ValueShape::Map("the `repository`")),
            may("edit", ValueShape::Of(EDIT)),
            may("redirects", ValueShape::Keyed(ADDRESS, &ValueShape::Of(GOAL))),
            may("head", ValueShape::Text),
            may("csp", ValueShape::Map("the `csp`")),
            may("navigation", ValueShape::ListOf(GUIDE)),
            may("tags", ValueShape::Keyed(ID, &ValueShape::Local)),
            may("review", ValueShape::Map("the site's `review`")),
            may("sources", ValueShape::Word(words::<SourceRule>)),
            may("exclude", ValueShape::Texts),
            may("limits", ValueShape::Map("`limits`")),
            may("links", ValueShape::Map("`links`")),
            may("lints", ValueShape::Keyed(ID, &ValueShape::WordOr(words::<LintLevel>, "a lint"))),
            may("hosts", ValueShape::Words(words::<Host>)),
            may("precompress", ValueShape::Words(words::<Packing>)),
            may("publish", ValueShape::Keyed(ID, &ValueShape::Map("a target"))),
            may("extra", ValueShape::Anything),
        ],
    },
    Shape {
        what: "the site's `search`",
        about: "Whether the site has its own search, and what other engines get of it.",
        fields: &[
            may("own", ValueShape::Word(words::<OwnSearch>)),
            may("export", ValueShape::Word(words::<SearchExport>)),
        ],
    },
    Shape {
        what: "a link of the menu",
        about: "A link of the owner's in the head of every page.",
        fields: &[must("title", ValueShape::Local), must("url", ValueShape::Of(LINK))],
    },
    Shape {
        what: "the `logo`",
        about: "A picture below `guides/` in the place of the site's title.",
        fields: &[must("file", ValueShape::Text), may("dark", ValueShape::Text)],
    },
    Shape {
        what: "the `accent`",
        about: "The colour of links and buttons, on light pages and on dark ones.",
        fields: &[may("light", ValueShape::Of(COLOR)), may("dark", ValueShape::Of(COLOR))],
    },
    Shape {
        what: "a font",
        about: "A font file below `guides/`, in WOFF2.",
        fields: &[
            must("file", ValueShape::Text),
            may("for", ValueShape::Word(words::<FontUse>)),
            may("languages", ValueShape::ListOf(TAG)),
            may("weight", ValueShape::Of(WEIGHT)),
            may("italic", ValueShape::Flag),
        ],
    },
    Shape {
        what: "the `banner`",
        about: "Words above every page, until a day.",
        fields: &[must("text", ValueShape::Local), may("until", ValueShape::Of(DAY))],
    },
    Shape {
        what: "a social link",
        about: "Somewhere else where the owner can be found.",
        fields: &[
            must("name", ValueShape::Local),
            must("url", ValueShape::Of(WEB)),
            may("icon", ValueShape::Text),
        ],
    },
    Shape {
        what: "the `contact`",
        about: "Where readers reach the owner.",
        fields: &[may("title", ValueShape::Local), must("to", ValueShape::Of(FEEDBACK))],
    },
    Shape {
        what: "the `csp`",
        about: "Whose scripts may run on the pages.",
        fields: &[may("allow", ValueShape::ListOf(ORIGIN))],
    },
    Shape {
        what: "the `repository`",
        about: "Where the sources are, so that a page leads to the place where it is edited.",
        fields: &[
            must("url", ValueShape::Of(WEB)),
            may("branch", ValueShape::Text),
            may("folder", ValueShape::Text),
        ],
    },
    Shape {
        what: "`images`",
        about: "The pictures that other sites show where a page is shared.",
        fields: &[
            may("font", ValueShape::Text),
            may("fonts", ValueShape::Texts),
            may("accent", ValueShape::Of(COLOR)),
        ],
    },
    Shape {
        what: "a target",
        about: "A place that the site is published to: one of `folder`, `git` and `s3`.",
        fields: &[
            may("folder", ValueShape::Text),
            may("git", ValueShape::Map("a git branch")),
            may("s3", ValueShape::Map("a bucket")),
            may("base_url", ValueShape::Of(WEB)),
            may("strict", ValueShape::Flag),
        ],
    },
    Shape {
        what: "a git branch",
        about: "A branch whose files are the site, such as that of GitHub Pages.",
        fields: &[may("branch", ValueShape::Of(BRANCH)), may("remote", ValueShape::Of(REMOTE))],
    },
    Shape {
        what: "a bucket",
        about: "S3-compatible storage. The keys to it stand in the environment or in a profile.",
        fields: &[
            must("bucket", ValueShape::Of(BUCKET)),
            may("region", ValueShape::Of(REGION)),
            may("endpoint", ValueShape::Of(WEB)),
            may("prefix", ValueShape::Of(PREFIX)),
            may("profile", ValueShape::Text),
        ],
    },
    Shape {
        what: "a language",
        about: "A language.",
        fields: &[
            may("name", ValueShape::Text),
            may("from", ValueShape::Of(TAG)),
            may("missing", ValueShape::Word(words::<Missing>)),
        ],
    },
    Shape {
        what: "the site's `review`",
        about: "How long facts count as fresh.",
        fields: &[may("every", ValueShape::Of(INTERVAL)), may("grace", ValueShape::Of(INTERVAL))],
    },
    Shape {
        what: "`limits`",
        about: "Bounds on what is read.",
        fields: &[
            may("page", ValueShape::Of(SIZE)),
            may("front_matter", ValueShape::Of(SIZE)),
            may("depth", ValueShape::Of(DEPTH)),
        ],
    },
    Shape {
        what: "`links`",
        about: "Which other sites may be linked to.",
        fields: &[
            may("allow", ValueShape::Maps("an allowed host")),
            may("block", ValueShape::Texts),
            may("max", ValueShape::Of(COUNT)),
        ],
    },
    Shape {
        what: "a lint",
        about: "How grave a lint is, and where nothing of it is reported.",
        fields: &[
            may("level", ValueShape::Word(words::<LintLevel>)),
            may("except", ValueShape::Texts),
        ],
    },
    Shape {
        what: "an allowed host",
        about: "A host, and why it may be linked to.",
        fields: &[must("host", ValueShape::Text), must("reason", ValueShape::Text)],
    },
];
