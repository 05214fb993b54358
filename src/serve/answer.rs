//! Answers a request from a finished site: what is at an address, and who may ask for it.

use std::ops::Range;
use std::sync::Arc;

use crate::model::media::content_type;
use crate::model::picture;
use crate::serve::editor_pages::Own;
use crate::serve::live::{self, Shown};
use crate::serve::path::{self, FOLDER};
use crate::serve::preview::{Extent, Preview, Soundness};
use crate::serve::range::{self, RangePart};
use crate::serve::rules::Rules;
use crate::serve::{accept, document, edit, faults, reload};

/// The parts of a request that matter.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: String,
    /// The request's one `Host`; none if it has none or more than one.
    pub host: Option<String>,
    pub origin: Option<String>,
    pub languages: String,
    pub range: Option<String>,
    /// Whether a page of another site asks for this as a part of itself, according to the browser.
    pub is_embedded: bool,
}

impl Asked {
    /// Whether the answer takes more than a moment: it may look at every guide or at the history, or it may
    /// have to be drawn.
    pub fn is_slow(&self) -> bool {
        self.path.trim_start_matches('/').starts_with(FOLDER) || self.path.contains(picture::FOLDER)
    }
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: AnswerBody,
    /// The file of the page that the answer shows.
    pub page: Option<String>,
}

#[derive(Debug, Clone)]
pub enum AnswerBody {
    Part(Arc<Vec<u8>>, Range<usize>),
    /// A stream of events, which goes on until the reader leaves.
    Events(Shown),
    /// There is no answer yet; the next preview has to be asked.
    Later,
}

/// The headers of every answer. None of them lets another site read anything.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// The policy of the preview's own pages: nothing that a guide holds can run there.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of a file that is not a page: opened by itself, it may look as it was drawn, but do nothing.
const FILE_POLICY: &str = "default-src 'none'; img-src 'self' data:; media-src 'self'; font-src data:; \
                           style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'self'";

/// A site that was shown at this address by something else may have left a worker, which would show it for ever. Browsers
/// ask for the worker's file again, and get one that takes itself away.
const WORKER: &str = "sw.js";
const REMOVAL: &str = include_str!("../../themes/default/assets/removal.js");

const HTML: &str = "text/html; charset=utf-8";

/// The answer to `asked`.
pub fn answer(asked: &Asked, preview: &Preview, rules: &Rules) -> Answer {
    if !matches!(asked.method.as_str(), "GET" | "HEAD") {
        let refusal = plain(405, "only GET and HEAD are answered here");
        return refusal.with("allow", "GET, HEAD");
    }
    let Some(host) = &asked.host else { return plain(400, "a request names one host") };
    if !rules.guard.admits(host) {
        return plain(403, "this preview is not asked under this name; name it with --host");
    }
    let strange = asked.origin.as_ref().is_some_and(|origin| !rules.guard.is_own(origin, host));
    if strange || asked.is_embedded {
        return plain(403, "a page of another site may not ask here");
    }
    let Some(path) = path::decode(&asked.path) else {
        return plain(400, "this is no path of a site");
    };
    match path.strip_prefix(FOLDER) {
        Some(own) => ours(own, asked, preview, rules),
        None => page(&path, asked, preview, rules),
    }
}

/// What the preview adds to the site.
fn ours(name: &str, asked: &Asked, preview: &Preview, rules: &Rules) -> Answer {
    match name {
        "reload.js" => return text("text/javascript; charset=utf-8", reload::SCRIPT),
        "preview.css" => return text("text/css; charset=utf-8", document::STYLE),
        "pen.svg" => return text("image/svg+xml", edit::PEN),
        "events" => return events(asked, rules),
        _ => {}
    }
    match Own::parse(name, &asked.query) {
        // The faults are only known once every page is drawn.
        Some(_) if preview.extent == Extent::Part => later(),
        Some(_) if preview.soundness == Soundness::Broken => instead(500, preview, rules),
        Some(own) => {
            let page = format!("{}?{}", asked.path.trim_start_matches('/'), asked.query);
            let (status, page) = own.html(page.trim_end_matches('?'), preview, rules);
            html(status, page).with("content-security-policy", POLICY)
        }
        None => plain(404, "the preview has no such page"),
    }
}

/// The page of all faults, where there is no page of the site to show.
fn instead(status: u16, preview: &Preview, rules: &Rules) -> Answer {
    let (_, page) = Own::Overview.html(FOLDER, preview, rules);
    html(status, page).with("content-security-policy", POLICY)
}

fn events(asked: &Asked, rules: &Rules) -> Answer {
    let parameter = |name| path::parameter(&asked.query, name);
    if parameter("token").as_deref() != Some(rules.token.as_str()) {
        return plain(403, "this is for the pages of the preview alone");
    }
    let (Some(page), Some(version)) = (parameter("page"), parameter("version")) else {
        return plain(400, "which page?");
    };
    let headers = vec![("content-type", "text/event-stream".to_owned())];
    let body = AnswerBody::Events(Shown { page, version });
    Answer { status: 200, headers, body, page: None }.complete()
}

fn page(path: &str, asked: &Asked, preview: &Preview, rules: &Rules) -> Answer {
    let root = preview.root.trim_matches('/');
    let below = match path.strip_prefix(root) {
        Some(below) if root.is_empty() => below,
        Some(below) if below.starts_with('/') => below.trim_start_matches('/'),
        _ if path.is_empty() || path == root => {
            return redirect(&preview.root);
        }
        _ => return missing(path, preview, rules),
    };
    if below == WORKER && !preview.files.contains_key(WORKER) {
        return text("text/javascript; charset=utf-8", REMOVAL);
    }
    if preview.soundness == Soundness::Broken {
        return instead(500, preview, rules);
    }
    // `/?` is the chooser itself, whatever language the browser asks for.
    if below.is_empty()
        && asked.query.is_empty()
        && let Some(language) = accept::preferred(&asked.languages, &preview.languages)
    {
        let home = format!("{}{}/", preview.root, language.slug());
        return redirect(&home).with("vary", "accept-language");
    }
    let index = if below.is_empty() || below.ends_with('/') { "index.html" } else { "" };
    let name = format!("{below}{index}");
    match preview.file(&name) {
        None if preview.is_coming(&name) => later(),
        Some(_) if name.ends_with(".html") => {
            let html = html(200, live::page(&name, preview, rules));
            let answer = Answer { page: Some(name), ..html };
            match &preview.policy {
                Some(policy) => answer.with("content-security-policy", policy),
                None => answer,
            }
        }
        Some(bytes) => file(&name, bytes, asked.range.as_deref()),
        None if preview.undrawn.contains(name.as_str()) => {
            html(500, faults::instead(&name, preview, rules))
        }
        None if preview.has(&format!("{below}/index.html")) => {
            redirect(&format!("{}/", asked.path))
        }
        None => match preview.picture(&name) {
            Some(bytes) => file(&name, &bytes, asked.range.as_deref()),
            None => missing(below, preview, rules),
        },
    }
}

/// Answers with the “not found” page. Its script is given the page that was asked for, which may still be
/// drawn later.
fn missing(below: &str, preview: &Preview, rules: &Rules) -> Answer {
    let name = preview.not_found(below);
    match preview.files.contains_key(name.as_str()) && preview.soundness == Soundness::Sound {
        _ if preview.is_coming(&name) => later(),
        true => {
            let page = format!("{}/index.html", below.trim_end_matches('/'));
            html(404, live::page(&page, preview, rules))
        }
        false => instead(404, preview, rules),
    }
}

fn file(name: &str, bytes: &Arc<Vec<u8>>, range: Option<&str>) -> Answer {
    let length = bytes.len();
    let kind = content_type(name);
    // Browsers do not show a PDF in a sandbox.
    let sandbox = if kind == "application/pdf" { "" } else { "; sandbox" };
    let answer = match range::part(range, length) {
        RangePart::Whole => {
            send(200, kind, bytes.clone(), 0..length).with("accept-ranges", "bytes")
        }
        RangePart::Some(range) => {
            let shown = format!("bytes {}-{}/{length}", range.start, range.end.saturating_sub(1));
            send(206, kind, bytes.clone(), range).with("content-range", &shown)
        }
        RangePart::Unsatisfiable => plain(416, "the file ends before that")
            .with("content-range", &format!("bytes */{length}")),
    };
    answer.with("content-security-policy", &format!("{FILE_POLICY}{sandbox}"))
}

/// The answer for a request that failed through a fault of ours.
pub fn failed() -> Answer {
    plain(500, "the preview failed here; please report it")
}

fn later() -> Answer {
    Answer { status: 503, headers: Vec::new(), body: AnswerBody::Later, page: None }
}

fn redirect(to: &str) -> Answer {
    plain(302, "this page is elsewhere").with("location", to)
}

fn plain(status: u16, words: &str) -> Answer {
    let words: Arc<Vec<u8>> = Arc::from(format!("{words}\n").into_bytes());
    let length = words.len();
    send(status, "text/plain; charset=utf-8", words, 0..length)
}

fn html(status: u16, html: String) -> Answer {
    let length = html.len();
    send(status, HTML, Arc::from(html.into_bytes()), 0..length)
}

fn text(kind: &str, text: &str) -> Answer {
    send(200, kind, Arc::new(text.as_bytes().to_vec()), 0..text.len())
}

fn send(status: u16, kind: &str, bytes: Arc<Vec<u8>>, range: Range<usize>) -> Answer {
    let headers = vec![("content-type", kind.to_owned())];
    Answer { status, headers, body: AnswerBody::Part(bytes, range), page: None }.complete()
}

impl Answer {
    fn complete(mut self) -> Answer {
        self.headers.extend(ALWAYS.map(|(name, value)| (name, value.to_owned())));
        self
    }

    fn with(mut self, name: &'static str, value: &str) -> Answer {
        self.headers.push((name, value.to_owned()));
        self
    }
}
