//! The shape of every map that a writer fills in: those of guides, of the registry and of `site.yaml`.

use crate::model::vocabulary::{
    Audience, ChannelKind, Choose, Confidence, Difficulty, Effect, Gravity, OperatorStatus, Plan,
    Reach, Reliability, TranslationStatus, Vocabulary, Whereabouts,
};
use crate::parse::form::{
    ADDRESS, CHANNEL, COST, COUNTRY, DATE, DAY, DURATION, GUIDE, ID, INTERVAL, OPERATOR, PIN, SLUG,
    TAG, UNIT, WEB,
};
use crate::parse::shape::{FieldShape, Needed, Shape, ValueShape};
use crate::parse::site_shapes::SITE_SHAPES;

pub(super) fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|word| word.as_str()).collect()
}

pub(super) const fn may(name: &'static str, kind: ValueShape) -> FieldShape {
    FieldShape { name, kind, needed: Needed::No }
}

pub(super) const fn must(name: &'static str, kind: ValueShape) -> FieldShape {
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

/// Of guides, the registry and `site.yaml`, in this order.
pub fn shapes() -> impl Iterator<Item = &'static Shape> + Clone {
    SHAPES.iter().chain(SITE_SHAPES)
}

static SHAPES: &[Shape] = &[
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
            may("publish_from", ValueShape::Of(DAY)),
            may("publish_until", ValueShape::Of(DAY)),
            may("sources", ValueShape::Keyed(ID, &ValueShape::Map("a source"))),
            may("review", ValueShape::Map("`review`")),
            may("search", ValueShape::Map("`search`")),
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
            may("search", ValueShape::Map("`search`")),
        ],
    },
    Shape {
        what: "`search`",
        about: "How a guide is found.",
        fields: &[may("words", ValueShape::Texts)],
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
            may("alt", ValueShape::Text),
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
            may("image", ValueShape::Map("a picture")),
            may("checks", ValueShape::Items("a check")),
            may("verify", ValueShape::Items("a verification")),
            may("steps", ValueShape::Items("a step")),
            may("choose", ValueShape::Word(words::<Choose>)),
        ],
    },
    Shape {
        what: "a picture",
        about: "A picture that shows how a step is done.",
        fields: &[must("file", ValueShape::Text), may("alt", ValueShape::Text)],
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
