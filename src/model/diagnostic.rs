//! Diagnostics: what is wrong, where, and what to do about it.

use serde::{Deserialize, Serialize};

use crate::model::source::SourcePath;
use crate::model::span::{Place, Span};

/// How much a fault stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is built while there is one.
    Error,
    /// It only stops what is asked to be strict: a run with `--strict`, or a target with `strict`.
    Warning,
    /// It stops nothing, because only the passing of time has caused it.
    Note,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// The kinds of fault. Each has a page of the same name in `docs/errors/`.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name as it is printed: `broken-link`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity that the code has where a site sets no other.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files
    NotUtf8 "not-utf8" Error,
    NulByte "nul-byte" Warning,
    FileTooLarge "file-too-large" Error,
    LinkLeadsOut "link-leads-out" Error,
    NotAFile "not-a-file" Error,
    PathTooLong "path-too-long" Error,
    UnsafeFile "unsafe-file" Error,
    StrayFile "stray-file" Warning,
    // YAML and fields
    YamlSyntax "yaml-syntax" Error,
    DuplicateKey "duplicate-key" Error,
    UnknownField "unknown-field" Error,
    WrongType "wrong-type" Error,
    BadValue "bad-value" Error,
    MissingField "missing-field" Error,
    MissingFrontMatter "missing-front-matter" Error,
    CommentInText "comment-in-text" Warning,
    CurlyQuotes "curly-quotes" Warning,
    FrontMatterTooLarge "front-matter-too-large" Error,
    // What the owner sets
    LowContrast "low-contrast" Error,
    BlockedByPolicy "blocked-by-policy" Error,
    // The site and its registry
    MissingConfig "missing-config" Error,
    UndeclaredLanguage "undeclared-language" Error,
    UnknownOperator "unknown-operator" Error,
    UnknownCountry "unknown-country" Error,
    UnknownTerm "unknown-term" Error,
    MissingWord "missing-word" Warning,
    // Guides and translations
    MissingOriginal "missing-original" Error,
    TwoOriginals "two-originals" Error,
    FactInTranslation "fact-in-translation" Error,
    WrongOriginal "wrong-original" Error,
    DuplicateId "duplicate-id" Error,
    UnknownId "unknown-id" Error,
    WordsTwice "words-twice" Error,
    MissingWords "missing-words" Error,
    ItemWithoutId "item-without-id" Warning,
    EmptySection "empty-section" Warning,
    OperatorNotOfGuide "operator-not-of-guide" Error,
    Todo "todo" Warning,
    // Markdown
    RawHtml "raw-html" Warning,
    HeadingLevelOne "heading-level-one" Warning,
    UnsafeLink "unsafe-link" Error,
    UnknownAttribute "unknown-attribute" Error,
    NestingTooDeep "nesting-too-deep" Error,
    UnusedFootnote "unused-footnote" Warning,
    DuplicateFootnote "duplicate-footnote" Error,
    UnusedLink "unused-link" Warning,
    LinkInHeading "link-in-heading" Warning,
    EmptyLink "empty-link" Warning,
    MissingReference "missing-reference" Warning,
    ExtraCells "extra-cells" Error,
    UnclosedComment "unclosed-comment" Error,
    AlmostMarkdown "almost-markdown" Warning,
    ForeignSyntax "foreign-syntax" Warning,
    MergeConflict "merge-conflict" Error,
    // Links and addresses
    BrokenLink "broken-link" Error,
    BrokenAnchor "broken-anchor" Error,
    BadAddress "bad-address" Error,
    DuplicateAddress "duplicate-address" Error,
    // Theme
    TemplateError "template-error" Error,
    MissingTheme "missing-theme" Error,
    PageTooLarge "page-too-large" Error,
    MissingGlyph "missing-glyph" Warning,
    // Facts
    WrongNumber "wrong-number" Error,
    EmergencyNumber "emergency-number" Error,
    UnknownCompany "unknown-company" Error,
    FormerName "former-name" Warning,
    SameCompanyTwice "same-company-twice" Warning,
    MisusedIdentifier "misused-identifier" Warning,
    AvoidedWord "avoided-word" Warning,
    MissingSource "missing-source" Warning,
    OverdueReview "overdue-review" Note,
    PastBanner "past-banner" Note,
    PublicationDate "publication-date" Note,
    UnprovenChannel "unproven-channel" Warning,
    FutureDate "future-date" Error,
    MissingFigure "missing-figure" Warning,
    DifferentSteps "different-steps" Warning,
    // Text
    MixedScripts "mixed-scripts" Warning,
    NumberedHeading "numbered-heading" Warning,
    SkippedLevel "skipped-level" Warning,
    EmptyAlt "empty-alt" Warning,
    HiddenCharacter "hidden-character" Warning,
    LookAlike "look-alike" Warning,
    NotNfc "not-nfc" Warning,
    UnusedAllow "unused-allow" Warning,
    // Links to others
    BlockedHost "blocked-host" Error,
    UnlistedHost "unlisted-host" Warning,
    TooManyLinks "too-many-links" Warning,
    MisleadingLink "misleading-link" Error,
    RemoteImage "remote-image" Warning,
    TrackingLink "tracking-link" Warning,
    ContactHandle "contact-handle" Warning,
    PromotionalLink "promotional-link" Warning,
    RepeatedPromotion "repeated-promotion" Warning,
    // Ours
    Internal "internal" Error,
}

/// One fault, with its place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where the fault is; `None` where no file can be named.
    pub place: Option<Place>,
    pub code: Code,
    pub severity: Severity,
    /// One line in lower case without a full stop; what the writer typed stands between backticks.
    pub message: String,
    /// Other places that explain the fault, each with a short label.
    pub related: Vec<(Place, String)>,
    /// What to do about it, in the imperative or as a question.
    pub hints: Vec<String>,
}

impl Code {
    /// Whether a site may turn it off: this holds for every warning and note, and for errors about what a
    /// text says rather than how it is built.
    pub fn is_lint(self) -> bool {
        self.severity() != Severity::Error || (Code::WrongNumber..Code::Internal).contains(&self)
    }
}

impl Diagnostic {
    /// A fault with the severity that belongs to its code, and without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            place: None,
            code,
            severity: code.severity(),
            message: message.into(),
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Sets the place of the fault.
    pub fn at(mut self, path: &SourcePath, span: Span) -> Diagnostic {
        self.place = Some(Place { path: path.clone(), span });
        self
    }

    /// Adds another place that explains the fault, with a short label.
    pub fn related(
        mut self,
        path: &SourcePath,
        span: Span,
        label: impl Into<String>,
    ) -> Diagnostic {
        self.related.push((Place { path: path.clone(), span }, label.into()));
        self
    }

    /// Adds what to do about the fault.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// A value, and what was found wrong while it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Outcome<T> {
        Outcome { value, diagnostics }
    }

    /// Returns the value and moves its diagnostics to the end of `diagnostics`.
    pub fn drain_into(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}
