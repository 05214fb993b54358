//! Notices about a guide's page as a whole, in the reader's language.

use crate::model::guide::{Role, Translation};
use crate::model::language::Language;
use crate::model::site::{Guide, PageKey};
use crate::model::unit::State;
use crate::model::vocabulary::TranslationStatus;
use crate::render::context::{Locale, RenderContext, among};
use crate::render::guide;
use crate::render::view::{LinkView, NoticeView};

/// That a page has no words in its readers' language.
pub fn fallback(
    context: &RenderContext<'_>,
    key: &PageKey,
    title: &str,
    language: &Language,
    locale: &Locale<'_>,
) -> NoticeView {
    let (own, original) = (locale.names.name(locale.language), locale.names.name(language));
    let values = [("language", &*own), ("original", &*original)];
    let index = context.locales.iter().position(|locale| locale.language == language);
    let link = index.map(|index| LinkView {
        title: among(locale.language, language, title),
        url: context.url(key, index).to_owned(),
    });
    NoticeView { kind: "fallback", text: locale.words.fill("notice_fallback", &values), link }
}

pub fn notices(
    context: &RenderContext<'_>,
    guide: &Guide,
    text: &Translation,
    locale: &Locale<'_>,
) -> Vec<NoticeView> {
    let words = &locale.words;
    let mut notices = Vec::new();
    // Who asked for drafts sees what is to come as one.
    if guide.original.text.draft || guide.facts().published.coming(context.today).is_some() {
        notices.push(NoticeView {
            kind: "draft",
            text: words.get("notice_draft").to_owned(),
            link: None,
        });
    }
    if text.language != *locale.language {
        let key = PageKey::Guide(guide.id.clone());
        notices.push(fallback(context, &key, &text.title.value, &text.language, locale));
    }
    if let Role::Translation(role) = &text.role
        && role.status == TranslationStatus::Machine
    {
        notices.push(NoticeView {
            kind: "machine",
            text: words.get("notice_machine").to_owned(),
            link: None,
        });
    }
    let edition = guide.edition(locale.language);
    // Readers in a region take the words of their parent language for their own.
    let from = edition.converted_from.as_ref();
    if let Some(from) = from.filter(|from| locale.language.nearest([*from]).is_none()) {
        let from = locale.names.name(from);
        let text = words.fill("notice_converted", &[("language", &from)]);
        notices.push(NoticeView { kind: "converted", text, link: None });
    }
    if edition.count(State::Stale) > 0 {
        let original = &guide.original.text;
        let index = context.locales.iter().position(|own| *own.language == original.language);
        let link = index.map(|index| LinkView {
            title: among(locale.language, &original.language, &original.title.value),
            url: context.url(&PageKey::Guide(guide.id.clone()), index).to_owned(),
        });
        notices.push(NoticeView {
            kind: "stale",
            text: words.get("notice_stale").to_owned(),
            link,
        });
    }
    let verified = guide.facts().review.as_ref().and_then(|review| review.verified);
    if let (true, Some(verified)) = (guide::overdue(context, guide), verified) {
        let date = locale.dates.write(verified.value);
        let text = words.fill("notice_overdue", &[("date", &date)]);
        notices.push(NoticeView { kind: "overdue", text, link: None });
    }
    notices
}
