//! The words that content can choose from: plans, kinds of channel, degrees of certainty.

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum $name { $($variant,)* }

            impl Vocabulary for $name {
                const ALL: &'static [$name] = &[$($name::$variant,)*];

                fn as_str(self) -> &'static str {
                    match self { $($name::$variant => $text,)* }
                }
            }
        )*
    };
}

/// A closed list of words, each spelled as content writes it.
pub trait Vocabulary: Copy + 'static {
    /// All words, in the order of the list.
    const ALL: &'static [Self];

    /// The word as content writes it.
    fn as_str(self) -> &'static str;

    /// `None` where `text` is not in the list.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.as_str() == text)
    }
}

vocabulary! {
    /// How a reader pays for their mobile plan.
    Plan { Prepaid "prepaid", Postpaid "postpaid", }
    /// The readers whom a guide is for.
    Audience { Visitor "visitor", Resident "resident", Business "business", }
    /// How hard a guide is to follow.
    Difficulty { Easy "easy", Moderate "moderate", Hard "hard", }
    /// What a condition does to someone it applies to.
    Effect { Blocks "blocks", Delays "delays", Costs "costs", }
    /// How serious a warning is.
    Gravity { Note "note", Caution "caution", Danger "danger", }
    /// How far a reader can trust a way of verifying a step.
    Reliability { High "high", Medium "medium", Low "low", }
    /// What a claim is based on.
    Confidence {
        Law "law",
        OperatorPage "operator-page",
        OfficialPage "official-page",
        Press "press",
        UserReport "user-report",
        Unverified "unverified",
    }
    /// The kinds of channel.
    ChannelKind {
        Phone "phone",
        Sms "sms",
        Ussd "ussd",
        Web "web",
        App "app",
        Shop "shop",
        Email "email",
        Chat "chat",
        Post "post",
    }
    /// Where a channel can be used from.
    Reach { OwnNetwork "own-network", National "national", Abroad "abroad", }
    /// Where a material can be found.
    Whereabouts {
        Card "card",
        Package "package",
        Contract "contract",
        Bill "bill",
        Account "account",
        App "app",
        Phone "phone",
        Shop "shop",
        Passport "passport",
    }
    /// Whether all steps of a list are to be done, or one of them.
    Choose { All "all", One "one", }
    /// The hosts for which the program can write redirects and headers.
    Host {
        GithubPages "github-pages",
        Netlify "netlify",
        Cloudflare "cloudflare",
        Apache "apache",
        Nginx "nginx",
    }
    /// What of a page is set in a font of the site's own.
    FontUse { Text "text", Headings "headings", }
    /// How files are made smaller beforehand, for hosts that send them as they are.
    Packing { Gzip "gzip", Brotli "brotli", }
    /// What has become of an operator.
    OperatorStatus { Active "active", Merged "merged", Closed "closed", }
    /// How a translation was made.
    TranslationStatus { Human "human", Machine "machine", Reviewed "reviewed", }
    /// Whether a guide gets a page in a language that it is not translated into.
    Missing { Show "show", Hide "hide", }
    /// How a lint is reported, if at all.
    LintLevel { Off "off", Warning "warning", Error "error", }
    /// Whether a site requires every guide to say where its facts were found.
    SourceRule { Optional "optional", Required "required", }
    /// Whether the site has its own search.
    OwnSearch { On "on", Off "off", }
    /// The form of the documents that a site has for other search engines.
    SearchExport { Ndjson "ndjson", }
    /// Whether addresses that stand in a text as they are become links.
    BareLinks { On "on", Off "off", }
    /// What a section shows of the registry below its text.
    Show { Emergency "emergency", Channels "channels", Operators "operators", }
    /// The parts of a guide that are lists of items, in the order of the page.
    Block {
        Eligibility "eligibility",
        Materials "materials",
        Before "before",
        Steps "steps",
        Warnings "warnings",
        Followups "followups",
        Faq "faq",
        Sources "sources",
    }
}
