//! The view of any page: what all kinds share, and what each kind shows.

use crate::model::id::GuideId;
use crate::model::routes::RedirectTarget;
use crate::model::site::{Page, PageKey};
use crate::render::context::{Locale, RenderContext, local};
use crate::render::descriptions::{first_of, first_paragraph, image, operator_line, shortened};
use crate::render::notices::{fallback, notices};
use crate::render::page_group::PageGroup;
use crate::render::templates::{Html, Shared, TemplateFaults};
use crate::render::view::{CountedLinkView, LinkView, PageView, Trail};
use crate::render::{coverage, feedback, guide, index, json_ld, lists, registry};

/// The finished view of a page.
pub fn view<'a>(
    context: &'a RenderContext<'a>,
    page: &Page,
    page_group: &PageGroup,
    faults: &mut TemplateFaults,
) -> Option<PageView> {
    let (key, locale) = match page {
        Page::Chooser => return chooser(context, page_group),
        Page::Redirect(index) => return redirect(context, *index),
        Page::NotFound => (&PageKey::NotFound, context.default_locale()?),
        Page::Of { key, language } => (key, context.locale(*language)?),
    };
    let mut view = PageView {
        kind: kind(key),
        title: title_of(context, key, locale),
        url: context.url(key, locale.index).to_owned(),
        breadcrumbs: breadcrumbs(context, key, locale),
        switcher: page_group.switcher(Some(locale.index)),
        others: locale.others.view(page_group, Some(locale.index)),
        alternates: page_group.shared_alternates.clone(),
        ..empty(context)
    };
    view.canonical = context.canonical(&view.url);
    if let Some(language) = context.site.other_language(key, locale.language) {
        view.content_language = Some(context.language_view(language));
    }
    if let Some(language) = context.site.fallback(key, locale.language) {
        view.notices.push(fallback(context, key, &view.title, language, locale));
        let original = context.locales.iter().find(|locale| locale.language == language);
        // There is none of a language that the site no longer has.
        view.canonical =
            original.map_or_else(String::new, |one| context.canonical(context.url(key, one.index)));
    }
    fill(context, key, locale, &mut view, faults);
    let coverage = page_group.coverage.as_ref();
    view.translations = coverage.map(|coverage| coverage::view(context, locale, coverage));
    view.image = image(context, key, locale, &view.title);
    let site = context.site.config.title.get(locale.language);
    if view.description.is_empty() && !matches!(key, PageKey::Guide(_)) {
        view.description = first_of([context.site.config.description.get(locale.language), site]);
    }
    view.head_title = match key {
        PageKey::Home => view.title.clone(),
        _ => locale.words.fill("head_title", &[("title", &view.title), ("site", site)]),
    };
    view.json_ld = json_ld::of(context, key, locale, &view).into();
    Some(view)
}

fn empty(context: &RenderContext<'_>) -> PageView {
    PageView {
        kind: "",
        title: String::new(),
        head_title: String::new(),
        description: String::new(),
        url: String::new(),
        canonical: String::new(),
        markdown: String::new(),
        report: String::new(),
        edit: String::new(),
        alternates: context.nothing.clone(),
        noindex: false,
        json_ld: Html::default(),
        image: None,
        breadcrumbs: context.no_trail.clone(),
        switcher: Vec::new(),
        others: context.no_others.clone(),
        contents: Vec::new(),
        siblings: Vec::new(),
        previous: None,
        next: None,
        notices: Vec::new(),
        content_language: None,
        words: context.no_words.clone(),
        guide: None,
        section: None,
        home: None,
        operators: Vec::new(),
        operator: None,
        tags: Vec::new(),
        guides: Vec::new(),
        groups: Vec::new(),
        terms: Vec::new(),
        index: Vec::new(),
        translations: None,
    }
}

fn kind(key: &PageKey) -> &'static str {
    match key {
        PageKey::Home => "home",
        PageKey::Folder(_) => "section",
        PageKey::Guide(_) => "guide",
        PageKey::Operators => "operators",
        PageKey::Operator(_) => "operator",
        PageKey::Tags => "tags",
        PageKey::Tag(_) => "tag",
        PageKey::Glossary => "glossary",
        PageKey::Index => "index",
        PageKey::Translations => "translations",
        PageKey::Search => "search",
        PageKey::NotFound => "not_found",
    }
}

/// The page at `/`: a choice of languages, in the words of the site's default language.
fn chooser(context: &RenderContext<'_>, page_group: &PageGroup) -> Option<PageView> {
    let locale = context.default_locale()?;
    let title = context.site.config.title.get(locale.language).to_owned();
    let url = context.site.routes.root.clone();
    Some(PageView {
        kind: "chooser",
        head_title: title.clone(),
        description: first_of([context.site.config.description.get(locale.language), &title]),
        title,
        canonical: context.canonical(&url),
        alternates: page_group.shared_alternates.clone(),
        switcher: page_group.switcher(None),
        others: locale.others.view(page_group, None),
        url,
        ..empty(context)
    })
}

/// A page at an old address, which leads on by itself and has a link.
fn redirect(context: &RenderContext<'_>, index: usize) -> Option<PageView> {
    let redirect = context.site.routes.redirects.get(index)?;
    let locale = context.locale(redirect.language)?;
    let title = locale.words.get("moved").to_owned();
    let url = context.site.goal(redirect).to_owned();
    let target = match &redirect.to {
        RedirectTarget::Page(key) => title_of(context, key, locale),
        RedirectTarget::Own(_) | RedirectTarget::Other(_) => url.clone(),
    };
    Some(PageView {
        kind: "redirect",
        head_title: title.clone(),
        title,
        noindex: true,
        canonical: match redirect.to {
            RedirectTarget::Other(_) if !context.site.routes.origin.is_empty() => url.clone(),
            RedirectTarget::Other(_) => String::new(),
            RedirectTarget::Page(_) | RedirectTarget::Own(_) => context.canonical(&url),
        },
        next: Some(LinkView { title: target, url: url.clone() }),
        url,
        ..empty(context)
    })
}

fn title_of(context: &RenderContext<'_>, key: &PageKey, locale: &Locale<'_>) -> String {
    let language = locale.language;
    let word = |key: &str| locale.words.get(key).to_owned();
    match key {
        PageKey::Home => {
            let own = GuideId::parse("").and_then(|id| context.folder_text(&id, language));
            own.map_or_else(
                || context.site.config.title.get(language).to_owned(),
                |own| own.text.title.value.to_string(),
            )
        }
        PageKey::Folder(id) => context.folder_title(id, language),
        PageKey::Guide(id) => {
            context.site.guides.get(id).map_or_else(String::new, |guide| {
                guide.edition(language).text.title.value.to_string()
            })
        }
        PageKey::Operators => word("operators"),
        PageKey::Operator(id) => {
            let operator = context.site.registry.operators.get(id);
            operator.map_or_else(String::new, |operator| local(&operator.name, language))
        }
        PageKey::Tags => word("tags"),
        PageKey::Tag(tag) => {
            locale.words.fill("tag", &[("tag", &context.tag_title(tag, language))])
        }
        PageKey::Glossary => word("glossary"),
        PageKey::Index => word("index"),
        PageKey::Translations => word("translations"),
        PageKey::Search => word("search"),
        PageKey::NotFound => word("not_found"),
    }
}

fn breadcrumbs(context: &RenderContext<'_>, key: &PageKey, locale: &Locale<'_>) -> Trail {
    let of = |key: PageKey| context.link(title_of(context, &key, locale), &key, locale);
    let below_home =
        |links: Vec<LinkView>| Trail::new([trail(context, None, locale), links].concat());
    match key {
        PageKey::Home => context.no_trail.clone(),
        PageKey::Guide(id) | PageKey::Folder(id) => {
            let folder = id.parent();
            let known = folder.as_ref().and_then(|folder| locale.trails.get(folder));
            known.cloned().unwrap_or_else(|| Trail::new(trail(context, folder, locale)))
        }
        PageKey::Operator(_) => below_home(vec![of(PageKey::Operators)]),
        PageKey::Tag(_) => below_home(vec![of(PageKey::Tags)]),
        _ => below_home(Vec::new()),
    }
}

/// The trail from the home page to a folder, including both.
pub fn trail(
    context: &RenderContext<'_>,
    folder: Option<GuideId>,
    locale: &Locale<'_>,
) -> Vec<LinkView> {
    let mut links = Vec::new();
    let mut above = folder;
    while let Some(id) = above.filter(|id| !id.as_str().is_empty()) {
        let title = context.folder_name(&id, locale.language);
        above = id.parent();
        links.push(context.link(title, &PageKey::Folder(id), locale));
    }
    links.push(context.link(locale.words.get("home").to_owned(), &PageKey::Home, locale));
    links.reverse();
    links
}

fn fill<'a>(
    context: &'a RenderContext<'a>,
    key: &PageKey,
    locale: &'a Locale<'a>,
    view: &mut PageView,
    faults: &mut TemplateFaults,
) {
    match key {
        PageKey::Home => {
            let home = lists::home(context, locale, faults);
            view.description =
                first_of([&home.summary, context.site.config.description.get(locale.language)]);
            view.home = Some(home);
        }
        PageKey::Folder(id) => {
            let section = lists::section(context, locale, id, faults);
            view.description = match &*section.summary {
                "" => first_paragraph(context, id, locale),
                summary => summary.to_owned(),
            };
            view.section = Some(section);
        }
        PageKey::Guide(id) => fill_guide(context, id, locale, view, faults),
        PageKey::Operators => {
            view.operators = lists::operators(context, locale);
            let operators = context.site.registry.operators.values();
            let names = operators.map(|operator| operator.name.get(locale.language).to_owned());
            view.description = shortened(locale.words.list(&names.collect::<Vec<_>>()));
        }
        PageKey::Operator(id) => {
            if let Some(operator) = context.site.registry.operators.get(id) {
                let operator = registry::operator(context, locale, operator);
                view.description = match &*operator.note {
                    "" => operator_line(context, id, locale),
                    note => note.to_owned(),
                };
                view.report =
                    feedback::report(context, locale, &view.title, &view.url, id.as_str());
                view.operator = Some(operator);
            }
        }
        PageKey::Tags => {
            view.tags = context
                .site
                .tags
                .iter()
                .map(|(tag, guides)| CountedLinkView {
                    title: context.tag_title(tag, locale.language),
                    url: context.url(&PageKey::Tag(tag.clone()), locale.index).to_owned(),
                    count: locale.words.count("guides_count", guides.len() as u64),
                })
                .collect();
        }
        PageKey::Tag(tag) => {
            let guides = context.site.tags.get(tag);
            let guides = guides.map_or(&[][..], Vec::as_slice);
            view.guides = context.guide_links(guides, locale);
            view.groups = lists::lettered(context, locale, guides);
        }
        PageKey::Glossary => view.terms = lists::terms(context, locale),
        PageKey::Index => view.index = index::groups(context, locale),
        PageKey::Translations => view.noindex = true,
        PageKey::Search => {
            view.noindex = true;
            view.operators = lists::emergencies(context, locale);
        }
        PageKey::NotFound => {
            view.noindex = true;
            view.canonical = String::new();
        }
    }
}

/// How many of a section's guides are listed beside each of them, at most.
const SIBLINGS: usize = 15;

/// A section may have a thousand guides, so only those around the guide are listed.
fn siblings(context: &RenderContext<'_>, id: &GuideId, locale: &Locale<'_>) -> Vec<Shared> {
    let folder = id.parent().and_then(|folder| context.site.folders.get(&folder));
    let guides = folder.map_or(&[][..], |folder| &folder.guides);
    let Some(at) = guides.iter().position(|guide| guide == id).filter(|_| guides.len() > 1) else {
        return Vec::new();
    };
    let start = at.saturating_sub(SIBLINGS / 2).min(guides.len().saturating_sub(SIBLINGS));
    let end = (start + SIBLINGS).min(guides.len());
    context.guide_links(guides.get(start..end).unwrap_or_default(), locale)
}

fn fill_guide<'a>(
    context: &'a RenderContext<'a>,
    id: &GuideId,
    locale: &'a Locale<'a>,
    view: &mut PageView,
    faults: &mut TemplateFaults,
) {
    let Some(guide) = context.site.guides.get(id) else { return };
    let text = &guide.edition(locale.language).text;
    let content = context.content_locale(locale, &text.language);
    let mut drawn = guide::draw(context, &content, locale, guide);
    faults.append(&mut drawn.faults);
    view.description = match &*drawn.view.summary {
        "" => shortened(text.body.lead.first_paragraph()),
        summary => summary.to_owned(),
    };
    let neighbour = |id: &Option<GuideId>| context.guide_title(id.as_ref()?, locale);
    view.markdown = context.markdown(id, locale);
    if context.site.config.feedback.is_some() {
        let version = feedback::version(guide, text);
        view.report = feedback::report(context, &content, &view.title, &view.url, &version);
    }
    view.edit = feedback::edit(context, text);
    view.siblings = siblings(context, id, locale);
    (view.previous, view.next) = (neighbour(&guide.previous), neighbour(&guide.next));
    if text.language != *locale.language {
        view.words = content.plain.clone();
    }
    view.notices = notices(context, guide, text, locale);
    view.contents = drawn.contents;
    view.guide = Some(drawn.view);
}
