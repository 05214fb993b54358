//! Files of the site that programs read: sitemap, feeds, `robots.txt`, `llms.txt`.
//!
//! They are written as text, because each has a few fixed elements whose order and spelling matter.

use crate::model::date::Date;
use crate::model::markup;
use crate::model::output::{Output, OutputPath};
use crate::model::routes::Route;
use crate::model::site::{Guide, Page, PageKey};
use crate::render::context::{Locale, RenderContext};
use crate::render::page_group::is_real;

/// How many addresses a sitemap may have (sitemaps.org), and how many bytes without its frame. 50 MB are
/// allowed, but no sitemap should take as much memory as the site.
const ADDRESSES: usize = 50_000;
const BYTES: usize = 4 << 20;
/// The number of entries in a feed.
const ENTRIES: usize = 50;

/// The files that programs read. Sitemaps and feeds contain absolute addresses, so they need `base_url`.
pub fn files<'a>(context: &'a RenderContext<'_>) -> impl Iterator<Item = Output> + 'a {
    let plain = [("robots.txt", robots as fn(&RenderContext<'_>) -> String), ("llms.txt", llms)];
    let plain = plain.into_iter().map(|(name, text)| (name.to_owned(), text(context)));
    let absolute = !context.site.routes.origin.is_empty();
    let feeds = context.locales.iter().zip(&context.site.routes.feeds);
    let feeds = feeds.map(|(locale, route)| (route.path.to_string(), feed(context, locale, route)));
    let named = absolute.then(|| sitemaps(context).chain(feeds)).into_iter().flatten();
    plain.chain(named).filter_map(|(path, text)| {
        Some(Output { path: OutputPath::parse(&path)?, bytes: text.into_bytes().into() })
    })
}

fn robots(context: &RenderContext<'_>) -> String {
    let routes = &context.site.routes;
    let sitemap = if routes.origin.is_empty() {
        String::new()
    } else {
        format!("Sitemap: {}\n", context.absolute(&routes.at_root("sitemap.xml")))
    };
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

fn sitemaps<'a>(context: &'a RenderContext<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    let entries = context.site.pages.iter().filter_map(|page| entry(context, page));
    framed(entries, |name| context.absolute(&context.site.routes.at_root(name)))
}

/// One sitemap, or its parts and an index of them; each is made when it is asked for.
fn framed(
    entries: impl Iterator<Item = String>,
    url: impl Fn(&str) -> String,
) -> impl Iterator<Item = (String, String)> {
    const ALL: &str = "sitemap.xml";
    let (mut entries, mut index, mut parts, mut over) =
        (entries.peekable(), String::new(), 0, false);
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let (mut part, mut count) = (String::new(), 0);
        let fits = |part: &str, count, entry: &str| {
            count == 0 || (count < ADDRESSES && part.len() + entry.len() <= BYTES)
        };
        while let Some(entry) = entries.next_if(|entry| fits(&part, count, entry)) {
            part.push_str(&entry);
            count += 1;
        }
        over = count == 0 || (parts == 0 && entries.peek().is_none());
        if over {
            return Some((
                ALL.to_owned(),
                if parts == 0 { urlset(&part) } else { indexed(&index) },
            ));
        }
        parts += 1;
        let name = format!("sitemap-{parts}.xml");
        index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&url(&name))));
        Some((name, urlset(&part)))
    })
}

fn urlset(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{entries}</urlset>\n"
    )
}

fn indexed(sitemaps: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{sitemaps}</sitemapindex>\n"
    )
}

/// A page that may be indexed: a guide or a section only where it is translated.
fn entry(context: &RenderContext<'_>, page: &Page) -> Option<String> {
    let Page::Of { key, language } = page else {
        let url = context.absolute(&context.site.routes.root);
        return (*page == Page::Chooser)
            .then(|| format!("<url><loc>{}</loc></url>\n", escape(&url)));
    };
    // Nobody should find a page of search results among search results.
    if matches!(key, PageKey::NotFound | PageKey::Translations | PageKey::Search) {
        return None;
    }
    let locale = context.locale(*language)?;
    let guide = match key {
        PageKey::Guide(id) => Some(context.site.guides.get(id)?),
        _ => None,
    };
    let real = |locale: &Locale<'_>| is_real(context, key, locale);
    if !real(locale) {
        return None;
    }
    let origin = escape(&context.site.routes.origin);
    let url = context.urls(key);
    let mut entry = String::with_capacity(1024);
    let mut push = |parts: &[&str]| parts.iter().for_each(|part| entry.push_str(part));
    push(&["<url><loc>", &origin, &escape(url(locale.index)), "</loc>"]);
    if let Some(date) = guide.and_then(|guide| verified(guide)) {
        push(&["<lastmod>", &date.to_string(), "</lastmod>"]);
    }
    for other in context.locales.iter().filter(|locale| real(locale)) {
        push(&["<xhtml:link rel=\"alternate\" hreflang=\"", other.language.tag()]);
        push(&["\" href=\"", &origin, &escape(url(other.index)), "\"/>"]);
    }
    push(&["</url>\n"]);
    entry.shrink_to_fit();
    Some(entry)
}

pub fn verified(guide: &Guide) -> Option<Date> {
    let review = guide.facts().review.as_ref()?;
    review.verified.map(|date| date.value)
}

/// An Atom feed (RFC 4287) of the guides in the language, the last verified first. A guide that was never
/// verified has no date, and is left out.
fn feed(context: &RenderContext<'_>, locale: &Locale<'_>, route: &Route) -> String {
    let guides = context.site.guides.values();
    let translated = guides.filter(|guide| guide.translations.contains_key(locale.language));
    let mut dated: Vec<(Date, &Guide)> =
        translated.filter_map(|guide| Some((verified(guide)?, &**guide))).collect();
    dated.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.id.cmp(&other.id)));
    let newest =
        dated.first().map_or_else(|| "1970-01-01".to_owned(), |(date, _)| date.to_string());
    let title = context.site.config.title.get(locale.language);
    let home = context.absolute(context.url(&PageKey::Home, locale.index));
    let own = context.absolute(&route.url);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        locale.language,
        escape(&format!("{title}: {}", locale.words.get("feed_title"))),
        escape(&own),
        escape(&own),
        escape(&home),
        escape(title),
    );
    for (date, guide) in dated.into_iter().take(ENTRIES) {
        let text = &guide.edition(locale.language).text;
        let url =
            escape(&context.absolute(context.url(&PageKey::Guide(guide.id.clone()), locale.index)));
        feed.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{date}T00:00:00Z</updated>\n\
             <summary>{}</summary>\n</entry>\n",
            escape(&text.title.value),
            escape(text.summary.as_deref().unwrap_or_default()),
        ));
    }
    feed.push_str("</feed>\n");
    feed
}

/// A list of the guides in the site's default language, in Markdown (llmstxt.org).
fn llms(context: &RenderContext<'_>) -> String {
    let Some(locale) = context.default_locale() else { return String::new() };
    let config = &context.site.config;
    let mut text = format!("# {}\n\n", line(config.title.get(locale.language)));
    let description = config.description.get(locale.language);
    if !description.is_empty() {
        text.push_str(&format!("> {}\n\n", line(description)));
    }
    for (id, folder) in &context.site.folders {
        if folder.guides.is_empty() {
            continue;
        }
        text.push_str(&format!("## {}\n\n", line(&context.folder_title(id, locale.language))));
        let links =
            folder.guides.iter().filter_map(|id| Some((id, context.guide_link(id, locale)?)));
        for (id, link) in links {
            let markdown = context.markdown(id, locale);
            let summary = if link.summary.is_empty() {
                String::new()
            } else {
                format!(": {}", line(&link.summary))
            };
            text.push_str(&format!(
                "- [{}]({}){summary}\n",
                line(&link.title),
                context.absolute(if markdown.is_empty() { &link.url } else { &markdown })
            ));
        }
        text.push('\n');
    }
    text
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('[', "(").replace(']', ")")
}

/// Escapes a text for XML, which allows only these three control characters.
fn escape(text: &str) -> String {
    let is_known = |c: &char| {
        let is_noncharacter = matches!(c, '\u{fffe}' | '\u{ffff}');
        !is_noncharacter && (!c.is_control() || matches!(c, '\t' | '\n' | '\r'))
    };
    // Addresses are printable ASCII, which is quick to check.
    let is_printable = text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    if is_printable || text.chars().all(|c| is_known(&c)) {
        return markup::escape(text);
    }
    markup::escape(&text.chars().filter(is_known).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_beyond_its_limits_has_parts() {
        let framed = |entries: Vec<String>| -> Vec<(String, String)> {
            framed(entries.into_iter(), |name| format!("https://a.example/{name}")).collect()
        };
        let names = |entries: Vec<String>| -> Vec<String> {
            framed(entries).into_iter().map(|(name, _)| name).collect()
        };
        let short = "<url/>".to_owned();
        assert_eq!(names(Vec::new()), ["sitemap.xml"]);
        assert_eq!(names(vec![short.clone(); ADDRESSES]), ["sitemap.xml"]);
        let parts = ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"];
        assert_eq!(names(vec![short; ADDRESSES + 1]), parts);
        assert_eq!(names(vec!["x".repeat(BYTES / 2); 3]), parts);
        let files = framed(vec!["x".repeat(BYTES); 2]);
        assert!(files[2].1.contains("<loc>https://a.example/sitemap-2.xml</loc>"));
    }
}
