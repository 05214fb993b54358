//! Every address of a site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::picture::PictureSize;
use crate::model::site::PageKey;
use crate::model::source::SourcePath;

/// Every address of the site. Only `resolve::routes` makes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routes {
    /// For example `https://example.org`; empty where it is not known.
    pub origin: String,
    /// For example `/`, or `/guides/` for a site in a folder.
    pub root: String,
    /// The addresses of each page, one for each language in the site's order.
    pub pages: BTreeMap<PageKey, Arc<[Route]>>,
    /// The addresses of files in the folders of guides.
    pub files: BTreeMap<SourcePath, Route>,
    /// Of pictures among them.
    pub sizes: Arc<BTreeMap<SourcePath, PictureSize>>,
    /// The smaller versions of a picture, by its address: how wide each is, and where.
    pub smaller: BTreeMap<Arc<str>, Vec<(u32, Route)>>,
    /// Files of the theme, by name.
    pub assets: BTreeMap<String, Route>,
    /// The pictures of pages, by the page and the index of the language.
    pub images: BTreeMap<(PageKey, usize), Route>,
    /// The folder of those files of the search index that browsers must request afresh.
    pub search: Route,
    /// Where guides were that are over: hosts say that they are gone.
    pub gone: Vec<Route>,
    /// Old addresses, in their order.
    pub redirects: Vec<Redirect>,
    /// The Atom feed of each language, in the site's order.
    pub feeds: Vec<Route>,
    /// The web manifest of each language, in the site's order.
    pub manifests: Vec<Route>,
}

/// An old address, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: Route,
    pub to: RedirectTarget,
    /// The place among the site's of the language that it leads to.
    pub language: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectTarget {
    Page(PageKey),
    /// A page's part, the choice of languages or a file, by its address from the host's root.
    Own(Arc<str>),
    /// An address of another site.
    Other(Arc<str>),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The address from the host's root, percent-encoded: `/guides/zh-hans/al/`.
    pub url: Arc<str>,
    /// The path of the file below the output folder: `zh-hans/al/index.html`.
    pub path: Arc<str>,
}

impl Routes {
    /// The address of a file at the site's root: `/guides/sitemap.xml`.
    pub fn at_root(&self, name: &str) -> String {
        format!("{}{name}", self.root)
    }

    /// The address for one language out of a page's `routes`; the site's root where there is none.
    pub fn url<'a>(&'a self, routes: &'a [Route], language: usize) -> &'a str {
        routes.get(language).map_or(&self.root, |route| &route.url)
    }

    /// The address of a page in one language; the site's root where there is none.
    pub fn page(&self, key: &PageKey, language: usize) -> &str {
        let routes = self.pages.get(key).map_or(&[][..], |routes| routes);
        self.url(routes, language)
    }
}
