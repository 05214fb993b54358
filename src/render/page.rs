//! The view of any page: what all kinds share, and what each kind shows.

use crate::model::id::GuideId;
use crate::model::picture::{HEIGHT, WIDTH};
use crate::model::site::{Page, PageKey};
use crate::render::kin::Kin;
use crate::render::notices::notices;
use crate::render::prose::Faults;
use crate::render::scene::{Scene, Tongue};
use crate::render::templates::{Html, Shared};
use crate::render::view::{CountedLinkView, ImageView, LinkView, PageView, Trail};
use crate::render::{coverage, feedback, guide, index, json_ld, lists, registry};

/// The finished view of a page.
pub fn view<'a>(
    scene: &'a Scene<'a>,
    page: &Page,
    kin: &Kin,
    faults: &mut Faults,
) -> Option<PageView> {
    let (key, tongue) = match page {
        Page::Chooser => return chooser(scene, kin),
        Page::Redirect(index) => return redirect(scene, *index),
        Page::NotFound => (&PageKey::NotFound, scene.default_tongue()?),
        Page::Of { key, language } => (key, scene.tongue(*language)?),
    };
    let mut view = PageView {
        kind: kind(key),
        title: title_of(scene, key, tongue),
        url: scene.url(key, tongue.index).to_owned(),
        breadcrumbs: breadcrumbs(scene, key, tongue),
        switcher: kin.switcher(Some(tongue.index)),
        others: tongue.others.view(kin, Some(tongue.index)),
        alternates: kin.shared_alternates.clone(),
        ..empty(scene)
    };
    view.canonical = scene.canonical(&view.url);
    fill(scene, key, tongue, &mut view, faults);
    let coverage = kin.coverage.as_ref();
    view.translations = coverage.map(|coverage| coverage::view(scene, tongue, coverage));
    view.image = image(scene, key, tongue, &view.title);
    let site = scene.site.config.title.get(tongue.language);
    view.head_title = match key {
        PageKey::Home => view.title.clone(),
        _ => tongue.words.fill("head_title", &[("title", &view.title), ("site", site)]),
    };
    view.json_ld = json_ld::of(scene, key, tongue, &view).into();
    Some(view)
}

fn empty(scene: &Scene<'_>) -> PageView {
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
        alternates: scene.nothing.clone(),
        noindex: false,
        json_ld: Html::default(),
        image: None,
        breadcrumbs: scene.no_trail.clone(),
        switcher: Vec::new(),
        others: scene.no_others.clone(),
        contents: Vec::new(),
        siblings: Vec::new(),
        previous: None,
        next: None,
        notices: Vec::new(),
        content_language: None,
        words: scene.no_words.clone(),
        guide: None,
        section: None,
        home: None,
        operators: Vec::new(),
        operator: None,
        tags: Vec::new(),
        guides: Vec::new(),
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

/// `/`: the languages, in the words of the site's default one.
fn chooser(scene: &Scene<'_>, kin: &Kin) -> Option<PageView> {
    let tongue = scene.default_tongue()?;
    let title = scene.site.config.title.get(tongue.language).to_owned();
    let url = scene.site.routes.root.clone();
    Some(PageView {
        kind: "chooser",
        head_title: title.clone(),
        title,
        description: scene.site.config.description.get(tongue.language).to_owned(),
        canonical: scene.canonical(&url),
        alternates: kin.shared_alternates.clone(),
        switcher: kin.switcher(None),
        others: tongue.others.view(kin, None),
        url,
        ..empty(scene)
    })
}

/// A page at an old address: leads on by itself, and by a link.
fn redirect(scene: &Scene<'_>, index: usize) -> Option<PageView> {
    let redirect = scene.site.routes.redirects.get(index)?;
    let tongue = scene.tongue(redirect.language)?;
    let title = tongue.words.get("moved").to_owned();
    let target = title_of(scene, &redirect.to, tongue);
    let url = scene.url(&redirect.to, tongue.index).to_owned();
    Some(PageView {
        kind: "redirect",
        head_title: title.clone(),
        title,
        noindex: true,
        canonical: scene.canonical(&url),
        next: Some(LinkView { title: target, url: url.clone() }),
        url,
        ..empty(scene)
    })
}

/// The page's own picture; of a guide that is not translated, its original's.
fn image(scene: &Scene<'_>, key: &PageKey, tongue: &Tongue<'_>, title: &str) -> Option<ImageView> {
    let language = match key {
        PageKey::Guide(id) => &scene.site.guides.get(id)?.edition(tongue.language).text.language,
        _ => tongue.language,
    };
    let place = scene.tongues.iter().find(|tongue| tongue.language == language)?.index;
    let route = scene.site.routes.images.get(&(key.clone(), place))?;
    Some(ImageView {
        url: scene.absolute(&route.url),
        width: WIDTH,
        height: HEIGHT,
        alt: title.to_owned(),
    })
}

fn title_of(scene: &Scene<'_>, key: &PageKey, tongue: &Tongue<'_>) -> String {
    let language = tongue.language;
    let word = |key: &str| tongue.words.get(key).to_owned();
    match key {
        PageKey::Home => {
            let own = GuideId::parse("").and_then(|id| scene.folder_text(&id, language));
            own.map_or_else(
                || scene.site.config.title.get(language).to_owned(),
                |own| own.text.title.value.to_string(),
            )
        }
        PageKey::Folder(id) => scene.folder_title(id, language),
        PageKey::Guide(id) => {
            scene.site.guides.get(id).map_or_else(String::new, |guide| {
                guide.edition(language).text.title.value.to_string()
            })
        }
        PageKey::Operators => word("operators"),
        PageKey::Operator(id) => {
            let operator = scene.site.registry.operators.get(id);
            operator.map_or_else(String::new, |operator| operator.name.get(language).to_owned())
        }
        PageKey::Tags => word("tags"),
        PageKey::Tag(tag) => tongue.words.fill("tag", &[("tag", &scene.tag_title(tag, language))]),
        PageKey::Glossary => word("glossary"),
        PageKey::Index => word("index"),
        PageKey::Translations => word("translations"),
        PageKey::Search => word("search"),
        PageKey::NotFound => word("not_found"),
    }
}

fn breadcrumbs(scene: &Scene<'_>, key: &PageKey, tongue: &Tongue<'_>) -> Trail {
    let of = |key: PageKey| scene.link(title_of(scene, &key, tongue), &key, tongue);
    let below_home =
        |links: Vec<LinkView>| Trail::new([trail(scene, None, tongue), links].concat());
    match key {
        PageKey::Home => scene.no_trail.clone(),
        PageKey::Guide(id) | PageKey::Folder(id) => {
            let folder = id.parent();
            let known = folder.as_ref().and_then(|folder| tongue.trails.get(folder));
            known.cloned().unwrap_or_else(|| Trail::new(trail(scene, folder, tongue)))
        }
        PageKey::Operator(_) => below_home(vec![of(PageKey::Operators)]),
        PageKey::Tag(_) => below_home(vec![of(PageKey::Tags)]),
        _ => below_home(Vec::new()),
    }
}

/// The way from the home page to a folder, with both.
pub fn trail(scene: &Scene<'_>, folder: Option<GuideId>, tongue: &Tongue<'_>) -> Vec<LinkView> {
    let mut links = Vec::new();
    let mut above = folder;
    while let Some(id) = above.filter(|id| !id.as_str().is_empty()) {
        let title = scene.folder_title(&id, tongue.language);
        above = id.parent();
        links.push(scene.link(title, &PageKey::Folder(id), tongue));
    }
    links.push(scene.link(tongue.words.get("home").to_owned(), &PageKey::Home, tongue));
    links.reverse();
    links
}

fn fill<'a>(
    scene: &'a Scene<'a>,
    key: &PageKey,
    tongue: &'a Tongue<'a>,
    view: &mut PageView,
    faults: &mut Faults,
) {
    match key {
        PageKey::Home => {
            let home = lists::home(scene, tongue, faults);
            view.description =
                first_of([&home.summary, scene.site.config.description.get(tongue.language)]);
            view.home = Some(home);
        }
        PageKey::Folder(id) => {
            let section = lists::section(scene, tongue, id, faults);
            view.description.clone_from(&section.summary);
            view.section = Some(section);
        }
        PageKey::Guide(id) => fill_guide(scene, id, tongue, view, faults),
        PageKey::Operators => view.operators = lists::operators(scene, tongue),
        PageKey::Operator(id) => {
            if let Some(operator) = scene.site.registry.operators.get(id) {
                let operator = registry::operator(scene, tongue, operator);
                view.description.clone_from(&operator.note);
                view.report = feedback::report(scene, tongue, &view.title, &view.url, id.as_str());
                view.operator = Some(operator);
            }
        }
        PageKey::Tags => {
            view.tags = scene
                .site
                .tags
                .iter()
                .map(|(tag, guides)| CountedLinkView {
                    title: scene.tag_title(tag, tongue.language),
                    url: scene.url(&PageKey::Tag(tag.clone()), tongue.index).to_owned(),
                    count: tongue.words.count("guides_count", guides.len() as u64),
                })
                .collect();
        }
        PageKey::Tag(tag) => {
            let guides = scene.site.tags.get(tag);
            view.guides = scene.guide_links(guides.map_or(&[][..], Vec::as_slice), tongue);
        }
        PageKey::Glossary => view.terms = lists::terms(scene, tongue),
        PageKey::Index => view.index = index::groups(scene, tongue),
        PageKey::Translations | PageKey::Search => view.noindex = true,
        PageKey::NotFound => {
            view.noindex = true;
            view.canonical = String::new();
        }
    }
}

/// How many guides of a section are named beside each of them.
const SIBLINGS: usize = 15;

/// A section may have a thousand guides: only those around the guide are named.
fn siblings(scene: &Scene<'_>, id: &GuideId, tongue: &Tongue<'_>) -> Vec<Shared> {
    let folder = id.parent().and_then(|folder| scene.site.folders.get(&folder));
    let guides = folder.map_or(&[][..], |folder| &folder.guides);
    let Some(at) = guides.iter().position(|guide| guide == id).filter(|_| guides.len() > 1) else {
        return Vec::new();
    };
    let start = at.saturating_sub(SIBLINGS / 2).min(guides.len().saturating_sub(SIBLINGS));
    let end = (start + SIBLINGS).min(guides.len());
    scene.guide_links(guides.get(start..end).unwrap_or_default(), tongue)
}

fn first_of<const N: usize>(texts: [&str; N]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

/// As much of a text as a search engine shows, cut between words.
fn shortened(text: String) -> String {
    const LENGTH: usize = 160;
    let Some((end, _)) = text.char_indices().nth(LENGTH) else { return text };
    let start = text.get(..end).unwrap_or("");
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    // Chinese has no spaces, and English none for long.
    let kept = if words.len() * 2 > start.len() { words } else { start };
    format!("{}…", kept.trim_end_matches([',', ';', ':', '，', '、', '：']))
}

fn fill_guide<'a>(
    scene: &'a Scene<'a>,
    id: &GuideId,
    tongue: &'a Tongue<'a>,
    view: &mut PageView,
    faults: &mut Faults,
) {
    let Some(guide) = scene.site.guides.get(id) else { return };
    let text = &guide.edition(tongue.language).text;
    let content = scene.content_tongue(tongue, &text.language);
    let mut drawn = guide::draw(scene, &content, tongue, guide);
    faults.append(&mut drawn.faults);
    view.description = match &*drawn.view.summary {
        "" => shortened(text.body.lead.first_paragraph()),
        summary => summary.to_owned(),
    };
    let neighbour = |id: &Option<GuideId>| scene.guide_title(id.as_ref()?, tongue);
    view.markdown = scene.markdown(id, tongue);
    if scene.site.config.feedback.is_some() {
        let version = feedback::version(guide, text);
        view.report = feedback::report(scene, &content, &view.title, &view.url, &version);
    }
    view.edit = feedback::edit(scene, text);
    view.siblings = siblings(scene, id, tongue);
    (view.previous, view.next) = (neighbour(&guide.previous), neighbour(&guide.next));
    if text.language != *tongue.language {
        view.content_language = Some(scene.language_view(&text.language));
        view.words = content.plain.clone();
        let original = scene.tongues.iter().find(|tongue| *tongue.language == text.language);
        view.canonical = match original {
            Some(original) => {
                scene.canonical(scene.url(&PageKey::Guide(id.clone()), original.index))
            }
            None => String::new(),
        };
    }
    view.notices = notices(scene, guide, text, tongue);
    view.contents = drawn.contents;
    view.guide = Some(drawn.view);
}
