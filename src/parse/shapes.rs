//! The shape of every map that a writer fills in: those of guides, of the registry and of `site.yaml`.

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
use crate::parse::shape::{FieldShape, Needed, Shape, ValueShape};

fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|word| word.as_str()).collect()
}

const fn may(name: &'static str, kind: ValueShape) -> FieldShape {
    FieldShape { name, kind, needed: Needed::No }
}

const fn must(name: &'static str, kind: ValueShape) -> FieldShape {
    FieldShape { name, kind, needed: Needed::Always }
}

/// The fields that every item has, followed by those of one kind of item.
macro_rules! item {
    ($($field:expr),* $(,)?) => {
        &[
            may("id", ValueShape::Of(ID)),
            may("title", ValueShape::Text),
            may("text", ValueShape::Text),
            may("confidence", ValueShape::Word(words::<Confidence>)),
            may("source", ValueShape::ListOf(ID)),
            may("plans", ValueShape::Words(words::<Plan>)),
            may("operators", ValueShape::ListOf(OPERATOR)),
            $($field),*
        ]
    };
}

pub static SHAPES: &[Shape] = &[
    Shape {
        what: "a guide",
        about: "The front matter of a guide's original: its facts.",
        fields: &[
            must("title", ValueShape::Text),
            may("summary", ValueShape::Text),
            may("slug", ValueShape::Of(SLUG)),
            may("draft", ValueShape::Flag),
            may("aliases", ValueShape::ListOf(ADDRESS)),
            may("tags", ValueShape::ListOf(ID)),
            may("country", ValueShape::Of(COUNTRY)),
            may("audience", ValueShape::Words(words::<Audience>)),
            may("plans", ValueShape::Words(words::<Plan>)),
            may("operators", ValueShape::ListOf(OPERATOR)),
            may("time", ValueShape::Map("`time`")),
            may("cost", ValueShape::Of(COST)),
            may("difficulty", ValueShape::Word(words::<Difficulty>)),
            may("eligibility", ValueShape::Items("a condition")),
            may("materials", ValueShape::Items("a material")),
            may("before", ValueShape::Items("a task")),
            may("steps", ValueShape::Items("a step")),
            may("choose", ValueShape::Word(words::<Choose>)),
            may("warnings", ValueShape::Items("a warning")),
            may("followups", ValueShape::Items("a task")),
            may("faq", ValueShape::Items("a question")),
            may("related", ValueShape::ListOf(GUIDE)),
            may("sources", ValueShape::Keyed(ID, &ValueShape::Map("a source"))),
            may("review", ValueShape::Map("`review`")),
            may("extra", ValueShape::Anything),
        ],
    },
    Shape {
        what: "a translation",
        about: "The front matter of a translation: words, and what they were made from.",
        fields: &[
            must("title", ValueShape::Text),
            may("summary", ValueShape::Text),
            may("slug", ValueShape::Of(SLUG)),
            must("translation", ValueShape::Map("`translation`")),
            may("words", ValueShape::Keyed(ID, &ValueShape::TextOr("an item's words"))),
        ],
    },
    Shape {
        what: "`translation`",
        about: "What was translated, by whom, and when the original has changed.",
        fields: &[
            must("of", ValueShape::Of(TAG)),
            may("status", ValueShape::Word(words::<TranslationStatus>)),
            may("at", ValueShape::Keyed(UNIT, &ValueShape::Of(PIN))),
        ],
    },
    Shape {
        what: "an item's words",
        about: "The words of one item in one language.",
        fields: &[
            may("title", ValueShape::Text),
            may("text", ValueShape::Text),
            may("remedy", ValueShape::Text),
            may("by", ValueShape::Text),
        ],
    },
    Shape {
        what: "`time`",
        about: "How long it takes.",
        fields: &[may("active", ValueShape::Of(DURATION)), may("wait", ValueShape::Of(DURATION))],
    },
    Shape {
        what: "`review`",
        about: "When the facts were last checked, how often they are, and by whom.",
        fields: &[
            may("verified", ValueShape::Of(DAY)),
            may("every", ValueShape::Of(INTERVAL)),
            may("by", ValueShape::Local),
        ],
    },
    Shape {
        what: "a source",
        about: "Where a claim was found.",
        fields: &[
            must("title", ValueShape::Text),
            may("url", ValueShape::Of(WEB)),
            may("accessed", ValueShape::Of(DAY)),
            may("supports", ValueShape::Texts),
        ],
    },
    Shape {
        what: "a condition",
        about: "Something that keeps a reader from doing it.",
        fields: item![
            may("effect", ValueShape::Word(words::<Effect>)),
            may("remedy", ValueShape::Text),
        ],
    },
    Shape {
        what: "a material",
        about: "Something to have at hand.",
        fields: item![
            may("term", ValueShape::Of(ID)),
            may("unless", ValueShape::Of(ID)),
            may("optional", ValueShape::Flag),
            may("where", ValueShape::Words(words::<Whereabouts>)),
        ],
    },
    Shape {
        what: "a task",
        about: "Something to do before the first step or after the last.",
        fields: item![may("optional", ValueShape::Flag), may("after", ValueShape::Of(DURATION))],
    },
    Shape {
        what: "a step",
        about: "Something to do, in its order.",
        fields: item![
            may("optional", ValueShape::Flag),
            may("channels", ValueShape::ListOf(CHANNEL)),
            may("needs", ValueShape::ListOf(ID)),
            may("duration", ValueShape::Of(DURATION)),
            may("wait", ValueShape::Of(DURATION)),
            may("cost", ValueShape::Of(COST)),
            may("fields", ValueShape::Items("a field")),
            may("checks", ValueShape::Items("a check")),
            may("verify", ValueShape::Items("a verification")),
            may("steps", ValueShape::Items("a step")),
            may("choose", ValueShape::Word(words::<Choose>)),
        ],
    },
    Shape {
        what: "a field",
        about: "Something that a form asks for.",
        fields: item![may("term", ValueShape::Of(ID)), may("optional", ValueShape::Flag)],
    },
    Shape { what: "a check", about: "Something to make sure of.", fields: item![] },
    Shape {
        what: "a verification",
        about: "How to know that a step worked.",
        fields: item![may("reliability", ValueShape::Word(words::<Reliability>))],
    },
    Shape {
        what: "a warning",
        about: "Something to beware of.",
        fields: item![
            may("severity", ValueShape::Word(words::<Gravity>)),
            may("at", ValueShape::Of(ID)),
        ],
    },
    Shape { what: "a question", about: "A question with its answer.", fields: item![] },
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
            may("search", ValueShape::Word(words::<OwnSearch>)),
            may("menu", ValueShape::Maps("a link of the menu")),
            may("feedback", ValueShape::Of(FEEDBACK)),
            may("repository", ValueShape::Map("the `repository`")),
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
        what: "a link of the menu",
        about: "A link of the owner's in the head of every page.",
        fields: &[must("title", ValueShape::Local), must("url", ValueShape::Of(WEB))],
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
    Shape {
        what: "an operator",
        about: "An operator of the registry.",
        fields: &[
            must("name", ValueShape::Local),
            may("short_name", ValueShape::Local),
            may("aliases", ValueShape::Texts),
            may("former_names", ValueShape::Items("a former name")),
            may("absorbed", ValueShape::ListOf(OPERATOR)),
            may("successor", ValueShape::Of(OPERATOR)),
            may("status", ValueShape::Word(words::<OperatorStatus>)),
            may("since", ValueShape::Of(DATE)),
            may("until", ValueShape::Of(DATE)),
            may("networks", ValueShape::Texts),
            may("website", ValueShape::Of(WEB)),
            may("note", ValueShape::Local),
            may("channels", ValueShape::Maps("a channel")),
            may("sources", ValueShape::Keyed(ID, &ValueShape::Map("a source"))),
            may("extra", ValueShape::Anything),
        ],
    },
    Shape {
        what: "a former name",
        about: "What an operator was called before.",
        fields: &[
            must("name", ValueShape::Text),
            may("from", ValueShape::Of(DATE)),
            may("until", ValueShape::Of(DATE)),
        ],
    },
    Shape {
        what: "a channel",
        about: "A way to reach an operator.",
        fields: &[
            must("id", ValueShape::Of(ID)),
            must("type", ValueShape::Word(words::<ChannelKind>)),
            may("value", ValueShape::Text),
            may("name", ValueShape::Local),
            may("note", ValueShape::Local),
            may("plans", ValueShape::Words(words::<Plan>)),
            may("reach", ValueShape::Word(words::<Reach>)),
            may("hours", ValueShape::Local),
            may("languages", ValueShape::ListOf(TAG)),
            may("source", ValueShape::Of(WEB)),
            may("verified", ValueShape::Of(DAY)),
            may("confidence", ValueShape::Word(words::<Confidence>)),
        ],
    },
];
