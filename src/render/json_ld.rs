//! JSON-LD for search engines: what an article, an operator, a place in the site is (schema.org).

use serde::Serialize;

use crate::model::operator::{Channel, Operator};
use crate::model::site::PageKey;
use crate::model::vocabulary::ChannelKind;
use crate::render::scene::{Scene, Tongue};
use crate::render::view::PageView;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
enum Thing<'a> {
    Article {
        headline: &'a str,
        in_language: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        main_entity_of_page: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        description: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        date_modified: &'a str,
        publisher: Publisher<'a>,
    },
    Organization {
        name: &'a str,
        contact_point: Vec<ContactPoint<'a>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        alternate_name: Vec<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        dissolution_date: Option<String>,
    },
    BreadcrumbList {
        item_list_element: Vec<ListItem<'a>>,
    },
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Organization")]
struct Publisher<'a> {
    name: &'a str,
}

/// With one of the first three.
#[derive(Serialize, Default)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct ContactPoint<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    contact_type: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    available_language: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem<'a> {
    position: usize,
    name: &'a str,
    item: String,
}

/// The text of a `<script type="application/ld+json">`; empty where there is nothing to say.
pub fn of(scene: &Scene<'_>, key: &PageKey, tongue: &Tongue<'_>, view: &PageView) -> String {
    let mut graph = Vec::new();
    match key {
        PageKey::Guide(_) => graph.push(article(scene, tongue, view)),
        PageKey::Operator(id) => {
            let operator = scene.site.registry.operators.get(id);
            graph.extend(operator.map(|operator| organization(tongue, operator)));
        }
        _ => {}
    }
    if !view.breadcrumbs.links.is_empty() && !view.canonical.is_empty() {
        graph.push(breadcrumbs(scene, view));
    }
    if graph.is_empty() {
        return String::new();
    }
    let document = Document { context: "https://schema.org", graph };
    let text = serde_json::to_string(&document).unwrap_or_default();
    // Nothing in it may end the script element or begin a comment.
    if text.bytes().fold(false, |found, byte| found | matches!(byte, b'<' | b'>' | b'&')) {
        return text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    }
    text
}

fn article<'a>(scene: &Scene<'a>, tongue: &Tongue<'a>, view: &'a PageView) -> Thing<'a> {
    let review = view.guide.as_ref().and_then(|guide| guide.review.as_ref());
    let language = view.content_language.as_ref();
    Thing::Article {
        headline: &view.title,
        in_language: language.map_or(tongue.language.tag(), |language| &language.tag),
        main_entity_of_page: &view.canonical,
        description: &view.description,
        date_modified: review.map_or("", |review| &review.verified_iso),
        publisher: Publisher { name: scene.site.config.title.get(tongue.language) },
    }
}

fn organization<'a>(tongue: &Tongue<'a>, operator: &'a Operator) -> Thing<'a> {
    let former = operator.former_names.iter().map(|former| &*former.name);
    let names = former.chain(operator.aliases.iter().map(|name| &**name));
    let channels = operator.channels.iter();
    Thing::Organization {
        name: operator.name.get(tongue.language),
        contact_point: channels.filter_map(|channel| contact(tongue, channel)).collect(),
        alternate_name: names.collect(),
        url: operator.website.as_ref().map(|website| &*website.value),
        dissolution_date: operator.until.map(|until| until.to_string()),
    }
}

fn contact<'a>(tongue: &Tongue<'a>, channel: &'a Channel) -> Option<ContactPoint<'a>> {
    let value = Some(&*channel.value.as_ref()?.value);
    let contact = ContactPoint {
        contact_type: channel.name.get(tongue.language),
        available_language: channel.languages.iter().map(|language| language.tag()).collect(),
        ..ContactPoint::default()
    };
    match channel.kind {
        ChannelKind::Phone => Some(ContactPoint { telephone: value, ..contact }),
        ChannelKind::Email => Some(ContactPoint { email: value, ..contact }),
        ChannelKind::Web => Some(ContactPoint { url: value, ..contact }),
        _ => None,
    }
}

fn breadcrumbs<'a>(scene: &Scene<'_>, view: &'a PageView) -> Thing<'a> {
    let links = view.breadcrumbs.links.iter().map(|link| (&link.title, &link.url));
    let entries = links.chain(std::iter::once((&view.title, &view.url))).enumerate();
    let item = |(index, (name, url)): (usize, (&'a String, &'a String))| ListItem {
        position: index + 1,
        name,
        item: scene.absolute(url),
    };
    Thing::BreadcrumbList { item_list_element: entries.map(item).collect() }
}
