//! The shape of every map that a writer fills in: of guides, the registry, `site.yaml`.

use crate::model::vocabulary::{
    Audience, ChannelKind, Choose, Confidence, Difficulty, Effect, Gravity, Host, LintLevel,
    Missing, OperatorStatus, OwnSearch, Packing, Plan, Reach, Reliability, SourceRule,
    TranslationStatus, Vocabulary, Whereabouts,
};
use crate::parse::form::{
    ADDRESS, BRANCH, BUCKET, CHANNEL, COLOR, COST, COUNT, COUNTRY, DATE, DAY, DEPTH, DURATION,
    FEEDBACK, GUIDE, ID, INTERVAL, OPERATOR, PIN, PREFIX, REGION, REMOTE, SIZE, SLUG, TAG, THEME,
    UNIT, WEB,
};
use crate::parse::shape::{Field, Kind, Needed, Shape};

fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|word| word.as_str()).collect()
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, needed: Needed::No }
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, needed: Needed::Always }
}

/// The fields of every item, and those of one kind of item.
macro_rules! item {
    ($($field:expr),* $(,)?) => {
        &[
            may("id", Kind::Of(ID)),
            may("title", Kind::Text),
            may("text", Kind::Text),
            may("confidence", Kind::Word(words::<Confidence>)),
            may("source", Kind::ListOf(ID)),
            may("plans", Kind::Words(words::<Plan>)),
            may("operators", Kind::ListOf(OPERATOR)),
            $($field),*
        ]
    };
}

pub static SHAPES: &[Shape] = &[
    Shape {
        what: "a guide",
        about: "The front matter of a guide's original: its facts.",
        fields: &[
            must("title", Kind::Text),
            may("summary", Kind::Text),
            may("slug", Kind::Of(SLUG)),
            may("draft", Kind::Flag),
            may("aliases", Kind::ListOf(ADDRESS)),
            may("tags", Kind::ListOf(ID)),
            may("country", Kind::Of(COUNTRY)),
            may("audience", Kind::Words(words::<Audience>)),
            may("plans", Kind::Words(words::<Plan>)),
            may("operators", Kind::ListOf(OPERATOR)),
            may("time", Kind::Map("`time`")),
            may("cost", Kind::Of(COST)),
            may("difficulty", Kind::Word(words::<Difficulty>)),
            may("eligibility", Kind::Items("a condition")),
            may("materials", Kind::Items("a material")),
            may("before", Kind::Items("a task")),
            may("steps", Kind::Items("a step")),
            may("choose", Kind::Word(words::<Choose>)),
            may("warnings", Kind::Items("a warning")),
            may("followups", Kind::Items("a task")),
            may("faq", Kind::Items("a question")),
            may("related", Kind::ListOf(GUIDE)),
            may("sources", Kind::Keyed(ID, &Kind::Map("a source"))),
            may("review", Kind::Map("`review`")),
            may("extra", Kind::Anything),
        ],
    },
    Shape {
        what: "a translation",
        about: "The front matter of a translation: words, and what they were made from.",
        fields: &[
            must("title", Kind::Text),
            may("summary", Kind::Text),
            may("slug", Kind::Of(SLUG)),
            must("translation", Kind::Map("`translation`")),
            may("words", Kind::Keyed(ID, &Kind::TextOr("an item's words"))),
        ],
    },
    Shape {
        what: "`translation`",
        about: "What was translated, by whom, and when the original has changed.",
        fields: &[
            must("of", Kind::Of(TAG)),
            may("status", Kind::Word(words::<TranslationStatus>)),
            may("at", Kind::Keyed(UNIT, &Kind::Of(PIN))),
        ],
    },
    Shape {
        what: "an item's words",
        about: "The words of one item in one language.",
        fields: &[
            may("title", Kind::Text),
            may("text", Kind::Text),
            may("remedy", Kind::Text),
            may("by", Kind::Text),
        ],
    },
    Shape {
        what: "`time`",
        about: "How long it takes.",
        fields: &[may("active", Kind::Of(DURATION)), may("wait", Kind::Of(DURATION))],
    },
    Shape {
        what: "`review`",
        about: "When the facts were last checked, how often they are, and by whom.",
        fields: &[
            may("verified", Kind::Of(DAY)),
            may("every", Kind::Of(INTERVAL)),
            may("by", Kind::Local),
        ],
    },
    Shape {
        what: "a source",
        about: "Where a claim was found.",
        fields: &[
            must("title", Kind::Text),
            may("url", Kind::Of(WEB)),
            may("accessed", Kind::Of(DAY)),
            may("supports", Kind::Texts),
        ],
    },
    Shape {
        what: "a condition",
        about: "Something that keeps a reader from doing it.",
        fields: item![may("effect", Kind::Word(words::<Effect>)), may("remedy", Kind::Text),],
    },
    Shape {
        what: "a material",
        about: "Something to have at hand.",
        fields: item![
            may("term", Kind::Of(ID)),
            may("unless", Kind::Of(ID)),
            may("optional", Kind::Flag),
            may("where", Kind::Words(words::<Whereabouts>)),
        ],
    },
    Shape {
        what: "a task",
        about: "Something to do before the first step or after the last.",
        fields: item![may("optional", Kind::Flag), may("after", Kind::Of(DURATION))],
    },
    Shape {
        what: "a step",
        about: "Something to do, in its order.",
        fields: item![
            may("optional", Kind::Flag),
            may("channels", Kind::ListOf(CHANNEL)),
            may("needs", Kind::ListOf(ID)),
            may("duration", Kind::Of(DURATION)),
            may("wait", Kind::Of(DURATION)),
            may("cost", Kind::Of(COST)),
            may("fields", Kind::Items("a field")),
            may("checks", Kind::Items("a check")),
            may("verify", Kind::Items("a verification")),
            may("steps", Kind::Items("a step")),
            may("choose", Kind::Word(words::<Choose>)),
        ],
    },
    Shape {
        what: "a field",
        about: "Something that a form asks for.",
        fields: item![may("term", Kind::Of(ID)), may("optional", Kind::Flag)],
    },
    Shape { what: "a check", about: "Something to make sure of.", fields: item![] },
    Shape {
        what: "a verification",
        about: "How to know that a step worked.",
        fields: item![may("reliability", Kind::Word(words::<Reliability>))],
    },
    Shape {
        what: "a warning",
        about: "Something to beware of.",
        fields: item![may("severity", Kind::Word(words::<Gravity>)), may("at", Kind::Of(ID)),],
    },
    Shape { what: "a question", about: "A question with its answer.", fields: item![] },
    Shape {
        what: "`site.yaml`",
        about: "The site: its title, its languages, and how it is checked.",
        fields: &[
            must("languages", Kind::Languages),
            may("default_language", Kind::Of(TAG)),
            must("title", Kind::Local),
            may("description", Kind::Local),
            may("base_url", Kind::Of(WEB)),
            may("theme", Kind::Of(THEME)),
            may("icons", Kind::Texts),
            may("theme_color", Kind::Of(COLOR)),
            may("images", Kind::Map("`images`")),
            may("markdown", Kind::Flag),
            may("search", Kind::Word(words::<OwnSearch>)),
            may("menu", Kind::Maps("a link of the menu")),
            may("feedback", Kind::Of(FEEDBACK)),
            may("repository", Kind::Map("the `repository`")),
            may("navigation", Kind::ListOf(GUIDE)),
            may("tags", Kind::Keyed(ID, &Kind::Local)),
            may("review", Kind::Map("the site's `review`")),
            may("sources", Kind::Word(words::<SourceRule>)),
            may("exclude", Kind::Texts),
            may("limits", Kind::Map("`limits`")),
            may("links", Kind::Map("`links`")),
            may("lints", Kind::Keyed(ID, &Kind::WordOr(words::<LintLevel>, "a lint"))),
            may("hosts", Kind::Words(words::<Host>)),
            may("precompress", Kind::Words(words::<Packing>)),
            may("publish", Kind::Keyed(ID, &Kind::Map("a target"))),
            may("extra", Kind::Anything),
        ],
    },
    Shape {
        what: "a link of the menu",
        about: "A link of the owner's in the head of every page.",
        fields: &[must("title", Kind::Local), must("url", Kind::Of(WEB))],
    },
    Shape {
        what: "the `repository`",
        about: "Where the sources are, so that a page leads to the place where it is edited.",
        fields: &[must("url", Kind::Of(WEB)), may("branch", Kind::Text), may("folder", Kind::Text)],
    },
    Shape {
        what: "`images`",
        about: "The pictures that other sites show where a page is shared.",
        fields: &[
            may("font", Kind::Text),
            may("fonts", Kind::Texts),
            may("accent", Kind::Of(COLOR)),
        ],
    },
    Shape {
        what: "a target",
        about: "A place that the site is published to: one of `folder`, `git` and `s3`.",
        fields: &[
            may("folder", Kind::Text),
            may("git", Kind::Map("a git branch")),
            may("s3", Kind::Map("a bucket")),
            may("base_url", Kind::Of(WEB)),
            may("strict", Kind::Flag),
        ],
    },
    Shape {
        what: "a git branch",
        about: "A branch whose files are the site, such as that of GitHub Pages.",
        fields: &[may("branch", Kind::Of(BRANCH)), may("remote", Kind::Of(REMOTE))],
    },
    Shape {
        what: "a bucket",
        about: "S3-compatible storage. The keys to it stand in the environment or in a profile.",
        fields: &[
            must("bucket", Kind::Of(BUCKET)),
            may("region", Kind::Of(REGION)),
            may("endpoint", Kind::Of(WEB)),
            may("prefix", Kind::Of(PREFIX)),
            may("profile", Kind::Text),
        ],
    },
    Shape {
        what: "a language",
        about: "A language.",
        fields: &[
            may("name", Kind::Text),
            may("from", Kind::Of(TAG)),
            may("missing", Kind::Word(words::<Missing>)),
        ],
    },
    Shape {
        what: "the site's `review`",
        about: "How long facts count as fresh.",
        fields: &[may("every", Kind::Of(INTERVAL)), may("grace", Kind::Of(INTERVAL))],
    },
    Shape {
        what: "`limits`",
        about: "Bounds on what is read.",
        fields: &[
            may("page", Kind::Of(SIZE)),
            may("front_matter", Kind::Of(SIZE)),
            may("depth", Kind::Of(DEPTH)),
        ],
    },
    Shape {
        what: "`links`",
        about: "Which other sites may be linked to.",
        fields: &[
            may("allow", Kind::Maps("an allowed host")),
            may("block", Kind::Texts),
            may("max", Kind::Of(COUNT)),
        ],
    },
    Shape {
        what: "a lint",
        about: "How grave a lint is, and where nothing of it is reported.",
        fields: &[may("level", Kind::Word(words::<LintLevel>)), may("except", Kind::Texts)],
    },
    Shape {
        what: "an allowed host",
        about: "A host, and why it may be linked to.",
        fields: &[must("host", Kind::Text), must("reason", Kind::Text)],
    },
    Shape {
        what: "an operator",
        about: "An operator of the registry.",
        fields: &[
            must("name", Kind::Local),
            may("short_name", Kind::Local),
            may("aliases", Kind::Texts),
            may("former_names", Kind::Items("a former name")),
            may("absorbed", Kind::ListOf(OPERATOR)),
            may("successor", Kind::Of(OPERATOR)),
            may("status", Kind::Word(words::<OperatorStatus>)),
            may("since", Kind::Of(DATE)),
            may("until", Kind::Of(DATE)),
            may("networks", Kind::Texts),
            may("website", Kind::Of(WEB)),
            may("note", Kind::Local),
            may("channels", Kind::Maps("a channel")),
            may("sources", Kind::Keyed(ID, &Kind::Map("a source"))),
            may("extra", Kind::Anything),
        ],
    },
    Shape {
        what: "a former name",
        about: "What an operator was called before.",
        fields: &[
            must("name", Kind::Text),
            may("from", Kind::Of(DATE)),
            may("until", Kind::Of(DATE)),
        ],
    },
    Shape {
        what: "a channel",
        about: "A way to reach an operator.",
        fields: &[
            must("id", Kind::Of(ID)),
            must("type", Kind::Word(words::<ChannelKind>)),
            may("value", Kind::Text),
            may("name", Kind::Local),
            may("note", Kind::Local),
            may("plans", Kind::Words(words::<Plan>)),
            may("reach", Kind::Word(words::<Reach>)),
            may("hours", Kind::Local),
            may("languages", Kind::ListOf(TAG)),
            may("source", Kind::Of(WEB)),
            may("verified", Kind::Of(DAY)),
            may("confidence", Kind::Word(words::<Confidence>)),
        ],
    },
];
