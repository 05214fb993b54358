//! Plans the smaller versions of wide pictures, and makes on many threads those that no build has made before.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::images;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::output::{Output, OutputPath};
use crate::model::picture::{SMALLER_WIDTHS, WIDE};
use crate::model::site::Site;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::pipeline::page_renderer::Put;
use crate::pipeline::prepared::Prepared;
use crate::pipeline::threads::{self, panicked};
use crate::pipeline::watcher::Watcher;
use crate::resolve;

/// Formats that a camera or a screen writes. A drawing in SVG is small in every size.
const LARGE: [&str; 3] = ["jpeg", "jpg", "png"];

/// Adds the addresses to those of the site.
pub fn plan(site: &mut Site, sources: &Sources) {
    if !site.config.smaller_pictures {
        return;
    }
    let routes = Arc::make_mut(&mut site.routes);
    for (path, size) in routes.sizes.clone().iter() {
        let is_large = LARGE.contains(&&*path.extension().to_ascii_lowercase());
        let (Some(bytes), Some(route)) = (sources.assets.get(path), routes.files.get(path)) else {
            continue;
        };
        if size.width <= WIDE || !is_large {
            continue;
        }
        let fingerprint = images::fingerprint_of_smaller(bytes);
        let widths = SMALLER_WIDTHS.into_iter().filter(|width| *width < size.width);
        let version = |width| (width, resolve::smaller(&routes.root, fingerprint, width));
        let versions = widths.map(version).collect();
        routes.smaller.insert(route.url.clone(), versions);
    }
}

/// A version that is to be made.
struct SmallerPicture<'a> {
    from: &'a SourcePath,
    bytes: &'a [u8],
    width: u32,
}

impl Prepared {
    /// The files of the smaller versions, below the output.
    pub fn smaller_paths(&self) -> impl Iterator<Item = &str> {
        self.site.routes.smaller.values().flatten().map(|(_, route)| &*route.path)
    }

    /// Hands over each version once, however many guides have the same picture.
    pub(super) fn put_smaller(
        &self,
        sources: &Sources,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<Vec<Diagnostic>> {
        let mut wanted = BTreeMap::new();
        let routes = &self.site.routes;
        for (from, route) in &routes.files {
            let (Some(versions), Some(bytes)) =
                (routes.smaller.get(&route.url), sources.assets.get(from))
            else {
                continue;
            };
            for (width, version) in versions {
                let picture = SmallerPicture { from, bytes, width: *width };
                wanted.entry(&*version.path).or_insert(picture);
            }
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        watcher.phase("Making pictures smaller", wanted.len());
        let wanted: Vec<_> = wanted.into_iter().collect();
        let faults = self.threads.try_map(&wanted, |(path, picture)| {
            watcher.tick();
            let made = match self.kept_pictures.get(*path) {
                Some(kept) => Ok(kept.clone()),
                None => made(picture).map(Arc::new),
            };
            let bytes = match made {
                Ok(bytes) => bytes,
                Err(fault) => return Ok(Some(fault)),
            };
            match OutputPath::parse(path) {
                Some(path) => put(&Output { path, bytes }).map(|()| None),
                None => Ok(None),
            }
        })?;
        Ok(faults.into_iter().flatten().collect())
    }
}

fn made(picture: &SmallerPicture<'_>) -> Result<Vec<u8>, Diagnostic> {
    let fault = |message: String| Err(panicked(message).at(picture.from, Span::default()));
    let make = || {
        images::smaller(picture.bytes, picture.width).map_err(|why| {
            let message = format!("this picture cannot be read: {why}");
            let hint = "save it anew as PNG or JPEG, or take `smaller_pictures` out of `site.yaml`";
            Diagnostic::new(Code::BadValue, message).at(picture.from, Span::default()).hint(hint)
        })
    };
    threads::guarded(make, fault)
}

#[cfg(all(test, feature = "pictures"))]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::model::date::Date;
    use crate::pipeline::{Drafts, Options, Purpose, prepare};

    struct Quiet;

    impl Watcher for Quiet {
        fn phase(&self, _: &'static str, _: usize) {}
        fn tick(&self) {}
    }

    /// A guide with a picture that says how large it is and holds nothing, on a site that has `settings`.
    fn prepared(settings: &str, purpose: Purpose) -> (Sources, Prepared) {
        let mut sources = Sources::default();
        let site = format!("title: A\nlanguages: [en]\n{settings}");
        let guide = "---\ntitle: A\nsteps:\n  - {id: b, title: B, image: {file: c.png, alt: C}}\n---\n![D](c.png)\n\n![E](e.png)\n";
        for (path, text) in [("guides/site.yaml", site.as_str()), ("guides/a/en.md", guide)] {
            sources.texts.insert(SourcePath::new(path), text.to_owned().into());
        }
        let png = |width: [u8; 2]| {
            let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
            let rest = b"\0\0\0\x07\x08\x02\0\0\0";
            Arc::new([&head[..], &width, rest].concat())
        };
        // 1000 and 800 pixels wide.
        sources.assets.insert(SourcePath::new("guides/a/c.png"), png([3, 232]));
        sources.assets.insert(SourcePath::new("guides/a/e.png"), png([3, 32]));
        let today = Date::parse("2026-09-01").unwrap();
        let options = Options { drafts: Drafts::LeftOut, today, base: None, jobs: 1, purpose };
        let outcome = prepare(&sources, &options, &Quiet);
        assert_eq!(outcome.diagnostics, []);
        (sources, outcome.value)
    }

    fn drawn(
        sources: &Sources,
        prepared: &Prepared,
    ) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
        let files = Mutex::new(BTreeMap::new());
        let put = |output: &Output| {
            let (path, bytes) = (output.path.as_str().to_owned(), output.bytes.to_vec());
            files.lock().unwrap().insert(path, bytes);
            Ok(())
        };
        let faults = prepared.draw(sources, &Quiet, &put).unwrap();
        (files.into_inner().unwrap(), faults)
    }

    #[test]
    fn what_was_made_before_is_not_made_again_and_what_cannot_be_made_is_reported() {
        let (sources, mut prepared) = prepared("smaller_pictures: true\n", Purpose::Hosting);
        let paths: Vec<String> = prepared.smaller_paths().map(str::to_owned).collect();
        assert_eq!(paths.len(), 2, "of the picture that is wide: {paths:?}");
        let (_, faults) = drawn(&sources, &prepared);
        assert_eq!(faults.len(), 2);
        assert!(
            faults.iter().all(|fault| fault.message.starts_with("this picture cannot be read"))
        );
        for path in &paths {
            prepared.kept_pictures.insert(path.clone(), Arc::new(path.clone().into_bytes()));
        }
        let (files, faults) = drawn(&sources, &prepared);
        assert_eq!(faults, []);
        for path in &paths {
            assert_eq!(files.get(path).map(Vec::as_slice), Some(path.as_bytes()));
        }
        let page = String::from_utf8(files["en/a/index.html"].clone()).unwrap();
        let set = format!("srcset=\"/{} 480w, /{} 960w\"", paths[0], paths[1]);
        assert_eq!(page.matches(&set).count(), 2, "in the text and of the step: {page}");
        assert_eq!(page.matches("</picture>").count(), 2);
    }

    #[test]
    fn who_does_not_ask_and_who_writes_gets_pictures_as_they_are() {
        let asked = "smaller_pictures: true\n";
        for (settings, purpose) in [("", Purpose::Hosting), (asked, Purpose::Preview)] {
            let (sources, prepared) = prepared(settings, purpose);
            let (files, faults) = drawn(&sources, &prepared);
            assert_eq!(faults, []);
            assert!(!files["en/a/index.html"].windows(8).any(|part| part == b"<picture"));
            assert!(!files.keys().any(|path| path.ends_with(".avif")));
        }
    }
}
