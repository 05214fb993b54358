//! Fills the slots of compiled Markdown: addresses, words of the interface, references to footnotes.

use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::markup::{Fill, LinkKind, Markup, escape, escape_into};
use crate::model::site::{Edition, PageKey, Target};
use crate::render::context::{Locale, RenderContext};
use crate::render::footnotes;

impl RenderContext<'_> {
    /// Markup with addresses and words filled in, as a page of `locale` shows it.
    pub fn fill(&self, markup: &Markup, edition: &Edition, locale: &Locale<'_>) -> String {
        let mut html = String::new();
        self.fill_into(&mut html, markup, edition, locale, None);
        html
    }

    /// The same, appended to `html`. For borrowed words, `lender` is the page that has their footnotes.
    pub fn fill_into(
        &self,
        html: &mut String,
        markup: &Markup,
        edition: &Edition,
        locale: &Locale<'_>,
        lender: Option<&str>,
    ) {
        html.reserve(markup.html.len() + markup.notes.slot_count() * 48);
        let mut last = 0;
        for slot in markup.notes.slots() {
            let at = slot.at as usize;
            html.push_str(markup.html.get(last..at).unwrap_or(""));
            let behind = markup.html.get(at..).unwrap_or("");
            match slot.fill {
                Fill::Word(word) => html.push_str(locale.words.get(word.key())),
                Fill::Note(number, which) => footnotes::reference(html, number, which, lender),
                Fill::Link(index) => {
                    self.attributes(&edition.text, edition, index as usize, locale, html);
                    self.size(edition, index as usize, behind, html);
                }
            }
            last = at;
        }
        html.push_str(markup.html.get(last..).unwrap_or(""));
    }

    /// How large a picture is, so that the page does not move when it comes; what a writer says of it stays.
    fn size(&self, edition: &Edition, index: usize, behind: &str, html: &mut String) {
        let Some(Target::File(_, Some(size))) = edition.targets.get(index) else { return };
        let is_picture =
            edition.text.links.get(index).is_some_and(|link| link.kind == LinkKind::Image);
        let tag = behind.split('>').next().unwrap_or("");
        if is_picture && !tag.contains(" width=\"") && !tag.contains(" height=\"") {
            html.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        }
    }

    fn attributes(
        &self,
        text: &Translation,
        edition: &Edition,
        index: usize,
        locale: &Locale<'_>,
        html: &mut String,
    ) {
        let (Some(link), Some(target)) = (text.links.get(index), edition.targets.get(index)) else {
            return;
        };
        let name = if link.kind == LinkKind::Image { "src" } else { "href" };
        let mut attribute = |url: &str, anchor: Option<&str>| {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape_into(html, url);
            if let Some(anchor) = anchor {
                html.push('#');
                escape_into(html, anchor);
            }
            html.push('"');
        };
        match target {
            Target::Nowhere => {}
            Target::File(url, _) => attribute(url, None),
            Target::Here(anchor) => {
                // Words that a translation borrows may refer to a heading that only their own page has.
                let language = self.site.language(locale.index);
                let guide = self.site.guides.get(&text.guide);
                let lender = guide.filter(|guide| !guide.has_anchor(language, anchor));
                let url = lender.map_or("", |guide| self.own_url(guide, &text.language));
                attribute(url, Some(anchor));
            }
            Target::Elsewhere => {
                attribute(link.target, None);
                // The owner vouches for his own.
                let is_owner = text.path == self.site.config.path;
                let rel = if is_owner { "" } else { self.rel(link.target) };
                if !rel.is_empty() && link.kind == LinkKind::Link {
                    html.push_str(" rel=\"");
                    html.push_str(rel);
                    html.push('"');
                }
            }
            Target::Page { page, routes, anchor } => {
                let anchor = anchor.as_deref();
                let anchor = anchor.filter(|anchor| self.has_anchor(page, anchor, locale));
                attribute(self.site.routes.url(routes, locale.index), anchor);
                if let Some(original) = self.elsewhere(page, locale) {
                    html.push_str(&format!(" hreflang=\"{original}\""));
                }
            }
        }
    }

    /// The language of the original that a link leads to, where the reader's has no such page.
    fn elsewhere(&self, page: &PageKey, locale: &Locale<'_>) -> Option<&Language> {
        let PageKey::Guide(id) = page else { return None };
        let reader = self.site.language(locale.index);
        let guide = self.site.guides.get(id).filter(|_| self.site.is_hidden(page, reader));
        guide.map(|guide| &guide.original.text.language)
    }

    /// Whether the page has this heading. A text that is shown untranslated may refer to one that the
    /// reader's page lacks.
    fn has_anchor(&self, page: &PageKey, anchor: &str, locale: &Locale<'_>) -> bool {
        let language = self.site.language(locale.index);
        match page {
            PageKey::Guide(id) => {
                self.site.guides.get(id).is_some_and(|guide| guide.has_anchor(language, anchor))
            }
            PageKey::Folder(id) => {
                self.folder_text(id, language).is_some_and(|edition| edition.has_anchor(anchor))
            }
            _ => true,
        }
    }

    /// The `rel` of a link to another site: none if its host is allowed, or if it is not a web address.
    pub fn rel(&self, target: &str) -> &'static str {
        let slashes = target.as_bytes().windows(2).position(|pair| pair == b"//");
        let Some(rest) = slashes.and_then(|at| target.get(at + 2..)) else { return "" };
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        let host = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
        let host = host.to_ascii_lowercase();
        let allowed = self.site.config.links.allow.iter().any(|allowed| {
            let name = &allowed.host.value;
            host == *name
                || host.strip_suffix(name.as_str()).is_some_and(|head| head.ends_with('.'))
        });
        if host.is_empty() || allowed { "" } else { "nofollow ugc noopener noreferrer" }
    }
}

/// A text of the interface with HTML put in for `{name}`.
pub fn fill_html(text: &str, name: &str, html: &str) -> String {
    match text.split_once(&format!("{{{name}}}")) {
        Some((before, after)) => format!("{}{html}{}", escape(before), escape(after)),
        None => escape(text),
    }
}
