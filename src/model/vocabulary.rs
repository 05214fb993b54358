//! Words that content chooses from: plans, kinds of channel, degrees of certainty.

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

/// A closed list of words, each as it is written in content.
pub trait Vocabulary: Copy + 'static {
    const ALL: &'static [Self];

    fn as_str(self) -> &'static str;

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.as_str() == text)
    }
}

vocabulary! {
    Plan { Prepaid "prepaid", Postpaid "postpaid", }
    Audience { Visitor "visitor", Resident "resident", Business "business", }
    Difficulty { Easy "easy", Moderate "moderate", Hard "hard", }
    /// What a condition does to someone whom it meets.
    Effect { Blocks "blocks", Delays "delays", Costs "costs", }
    /// How grave a warning is.
    Gravity { Note "note", Caution "caution", Danger "danger", }
    Reliability { High "high", Medium "medium", Low "low", }
    /// Where a claim comes from.
    Confidence {
        Law "law",
        OperatorPage "operator-page",
        OfficialPage "official-page",
        Press "press",
        UserReport "user-report",
        Unverified "unverified",
    }
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
    /// From where a channel can be used.
    Reach { OwnNetwork "own-network", National "national", Abroad "abroad", }
    /// Where a thing can be found.
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
    /// Where a site is published, as far as redirects and headers go.
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
    OperatorStatus { Active "active", Merged "merged", Closed "closed", }
    /// Who made a translation.
    TranslationStatus { Human "human", Machine "machine", Reviewed "reviewed", }
    /// Whether a guide has a page in a language that it is not translated into.
    Missing { Show "show", Hide "hide", }
    /// Whether a site asks every guide to say where its facts were found.
    LintLevel { Off "off", Warning "warning", Error "error", }
    SourceRule { Optional "optional", Required "required", }
    /// Whether the site has a search of its own.
    OwnSearch { On "on", Off "off", }
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
