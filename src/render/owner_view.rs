//! What a template sees of the owner's pictures and links.

use serde::Serialize;

/// The owner's picture in the place of the site's title.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LogoView {
    pub url: String,
    /// Of the picture for dark pages; empty where the same is shown.
    pub dark: String,
    /// 0 where the file does not say.
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SocialLinkView {
    pub name: String,
    pub url: String,
    /// The address of a picture; may be empty.
    pub icon: String,
}
