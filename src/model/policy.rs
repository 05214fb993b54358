//! The Content-Security-Policy of a site's pages: their own scripts and pictures, and what the owner lets in.

use std::sync::Arc;

use crate::model::web_address::WebOrigin;

/// What a site's pages hold beyond those of every site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Admitted {
    /// Other sites whose scripts may run and whom those may ask and send to.
    pub origins: Vec<WebOrigin>,
    /// Of scripts that stand in the owner's head file itself: `sha256-…`.
    pub scripts: Vec<Arc<str>>,
    /// Of style sheets that stand there.
    pub styles: Vec<Arc<str>>,
    pub fonts: FontFiles,
}

/// Whether the site or its theme has font files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FontFiles {
    Own,
    #[default]
    None,
}

/// Who may show a page in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    Nobody,
    /// The preview compares pages side by side.
    OwnPages,
}

/// Pages run their own scripts, and show their own pictures; nothing else but what is admitted.
pub fn policy(admitted: &Admitted, framing: Framing) -> String {
    let Admitted { origins, scripts, styles, fonts } = admitted;
    let list = |hashes: &[Arc<str>], origins: &[WebOrigin]| {
        let hashes = hashes.iter().map(|hash| format!(" '{hash}'"));
        let origins = origins.iter().map(|origin| format!(" {origin}"));
        hashes.chain(origins).collect::<String>()
    };
    let others = list(&[], origins);
    let scripts = list(scripts, origins);
    let styles = list(styles, &[]);
    let fonts = if *fonts == FontFiles::Own { " font-src 'self';" } else { "" };
    let framed = if framing == Framing::Nobody { "'none'" } else { "'self'" };
    // Scripts of others make scripts of their own from texts, which this would forbid them; so would the preview's.
    let typed = match scripts.is_empty() && framing == Framing::Nobody {
        true => "; require-trusted-types-for 'script'",
        false => "",
    };
    format!(
        "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; \
         img-src 'self'{others};{fonts} connect-src 'self'{others}; manifest-src 'self'; \
         media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {framed}{typed}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_let_in_that_nobody_asked_for() {
        let strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        assert_eq!(policy(&Admitted::default(), Framing::Nobody), strict);
    }

    #[test]
    fn an_origin_may_run_be_asked_and_be_shown() {
        let admitted = Admitted {
            origins: WebOrigin::parse("https://a.example").into_iter().collect(),
            scripts: vec!["sha256-x".into()],
            styles: vec!["sha256-y".into()],
            fonts: FontFiles::Own,
        };
        let open = "default-src 'none'; script-src 'self' 'sha256-x' https://a.example; \
                    style-src 'self' 'sha256-y'; img-src 'self' https://a.example; font-src 'self'; \
                    connect-src 'self' https://a.example; manifest-src 'self'; media-src 'self'; \
                    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        assert_eq!(policy(&admitted, Framing::Nobody), open);
    }
}
