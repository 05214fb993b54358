//! The names that content gives to things: items, operators, guides, countries.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $sound:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// `None` where `text` does not have the form of one. Checked here, trusted everywhere else.
            pub fn parse(text: &str) -> Option<$name> {
                let sound: fn(&str) -> bool = $sound;
                sound(text).then(|| $name(Arc::from(text)))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// An item's id, `[a-z0-9-]+`. It is also the anchor of the item's heading.
    Id,
    is_word
);
id!(
    /// An operator, by country and name: `al/one`.
    OperatorId,
    |text| text.split_once('/').is_some_and(|(country, name)| is_country(country) && is_word(name))
);
id!(
    /// A country's code (ISO 3166-1 alpha-2) in lower case: `al`.
    CountryCode,
    is_country
);
id!(
    /// A guide or section, by its folder below `guides/`: `al/cancel-sim`, `al`, or empty for the home page.
    #[derive(Serialize, Deserialize)]
    #[serde(try_from = "String", into = "String")]
    GuideId,
    |text| text.is_empty() || text.split('/').all(|segment| !segment.is_empty())
);

impl TryFrom<String> for GuideId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<GuideId, &'static str> {
        GuideId::parse(&text).ok_or("this is no path of a guide")
    }
}

impl From<GuideId> for String {
    fn from(id: GuideId) -> String {
        id.as_str().to_owned()
    }
}

impl GuideId {
    /// The folder that this one lies in; `None` for the home page.
    pub fn parent(&self) -> Option<GuideId> {
        if self.0.is_empty() {
            return None;
        }
        Some(GuideId(Arc::from(self.0.rsplit_once('/').map_or("", |(parent, _)| parent))))
    }

    /// The last segment of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }
}

impl OperatorId {
    /// The country's code: `al` for `al/one`.
    pub fn country(&self) -> &str {
        self.0.split_once('/').map_or("", |(country, _)| country)
    }
}

fn is_word(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(letter) && !text.starts_with('-')
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}
