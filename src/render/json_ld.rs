//! JSON-LD for search engines: what an article, an operator, a place in the site is (schema.org).

use serde_json::{Value, json};

use crate::model::operator::Operator;
use crate::model::site::PageKey;
use crate::model::vocabulary::ChannelKind;
use crate::render::scene::{Scene, Tongue};
use crate::render::view::PageView;

/// The text of a `<script type="application/ld+json">`; empty where there is nothing to say.
pub fn of(scene: &Scene<'_>, key: &PageKey, tongue: &Tongue<'_>, view: &PageView) -> String {
    let mut graph = Vec::new();
    match key {
        PageKey::Guide(_) => graph.push(article(scene, tongue, view)),
        PageKey::Operator(id) => {
            graph.extend(
                scene
                    .site
                    .registry
                    .operators
                    .get(id)
                    .map(|operator| organization(tongue, operator)),
            );
        }
        _ => {}
    }
    if !view.breadcrumbs.is_empty() && !view.canonical.is_empty() {
        graph.push(breadcrumbs(scene, view));
    }
    if graph.is_empty() {
        return String::new();
    }
    let text = json!({"@context": "https://schema.org", "@graph": graph}).to_string();
    // Nothing in it may end the script element or begin a comment.
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn article(scene: &Scene<'_>, tongue: &Tongue<'_>, view: &PageView) -> Value {
    let language =
        view.content_language.as_ref().map_or(tongue.language.tag(), |language| &language.tag);
    let mut article = json!({
        "@type": "Article",
        "headline": view.title,
        "inLanguage": language,
        "mainEntityOfPage": view.canonical,
    });
    let review = view.guide.as_ref().and_then(|guide| guide.review.as_ref());
    let verified = review.map(|review| review.verified_iso.clone()).filter(|date| !date.is_empty());
    let publisher = scene.site.config.title.get(tongue.language);
    if let Value::Object(fields) = &mut article {
        if !view.description.is_empty() {
            fields.insert("description".to_owned(), view.description.clone().into());
        }
        if let Some(verified) = verified {
            fields.insert("dateModified".to_owned(), verified.into());
        }
        fields.insert("publisher".to_owned(), json!({"@type": "Organization", "name": publisher}));
    }
    article
}

fn organization(tongue: &Tongue<'_>, operator: &Operator) -> Value {
    let contacts = operator.channels.iter().filter_map(|channel| {
        let value = &channel.value.as_ref()?.value;
        let (field, value) = match channel.kind {
            ChannelKind::Phone => ("telephone", value.to_string()),
            ChannelKind::Email => ("email", value.to_string()),
            ChannelKind::Web => ("url", value.to_string()),
            _ => return None,
        };
        let languages: Vec<&str> =
            channel.languages.iter().map(|language| language.tag()).collect();
        let mut contact = json!({"@type": "ContactPoint", field: value});
        if let Value::Object(fields) = &mut contact {
            let purpose = channel.name.get(tongue.language);
            if !purpose.is_empty() {
                fields.insert("contactType".to_owned(), purpose.into());
            }
            if !languages.is_empty() {
                fields.insert("availableLanguage".to_owned(), languages.into());
            }
        }
        Some(contact)
    });
    let names: Vec<&str> = operator
        .former_names
        .iter()
        .map(|former| &*former.name)
        .chain(operator.aliases.iter().map(|name| &**name))
        .collect();
    let mut organization = json!({
        "@type": "Organization",
        "name": operator.name.get(tongue.language),
        "contactPoint": contacts.collect::<Vec<Value>>(),
    });
    if let Value::Object(fields) = &mut organization {
        if !names.is_empty() {
            fields.insert("alternateName".to_owned(), names.into());
        }
        if let Some(website) = &operator.website {
            fields.insert("url".to_owned(), website.value.to_string().into());
        }
        if let Some(until) = operator.until {
            fields.insert("dissolutionDate".to_owned(), until.to_string().into());
        }
    }
    organization
}

fn breadcrumbs(scene: &Scene<'_>, view: &PageView) -> Value {
    let own = (view.title.clone(), view.url.clone());
    let links = view.breadcrumbs.iter().map(|link| (link.title.clone(), link.url.clone()));
    let entries = links.chain(std::iter::once(own)).enumerate().map(|(index, (name, url))| {
        json!({"@type": "ListItem", "position": index + 1, "name": name, "item": scene.absolute(&url)})
    });
    json!({"@type": "BreadcrumbList", "itemListElement": entries.collect::<Vec<Value>>()})
}
