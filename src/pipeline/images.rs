//! Plans the pictures that other sites show for our pages, and draws them on many threads.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::images::{self, Picture, SitePictures};
use crate::model::diagnostic::Outcome;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::pipeline::prepared::Prepared;
use crate::pipeline::threads::{self, panicked};
use crate::pipeline::watcher::Watcher;
use crate::resolve;

/// Plans what is to be drawn, and adds the addresses to those of the site.
pub fn plan(site: &mut Site, sources: &Sources) -> Outcome<Option<SitePictures>> {
    let fault = |message| Outcome::new(None, vec![panicked(message)]);
    let outcome = threads::guarded(|| images::plan(site, sources), fault);
    let Some(images) = &outcome.value else { return outcome };
    let routes = Arc::make_mut(&mut site.routes);
    for picture in &images.pictures {
        let route = resolve::image(&routes.root, picture.fingerprint);
        routes.images.insert((picture.key.clone(), picture.language), route);
    }
    outcome
}

impl Prepared {
    /// Draws each picture that is `wanted` once, however many pages show it. A picture is known by its page and path.
    pub fn put_pictures(
        &self,
        wanted: &dyn Fn(&Picture, &str) -> bool,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<()> {
        let Some(images) = &self.images else { return Ok(()) };
        let is_wanted =
            |picture: &&Picture| self.place(picture).is_some_and(|path| wanted(picture, path));
        let pictures: BTreeMap<_, _> = images
            .pictures
            .iter()
            .filter(is_wanted)
            .map(|picture| (picture.fingerprint, picture))
            .collect();
        let pictures: Vec<_> = pictures.into_values().collect();
        watcher.phase("Drawing pictures", pictures.len());
        self.threads.try_map(&pictures, |picture| {
            watcher.tick();
            let Some(path) = self.place(picture).and_then(OutputPath::parse) else {
                return Ok(());
            };
            let bytes = self.drawn(images, picture)?.into();
            put(&Output { path, bytes })
        })?;
        Ok(())
    }

    /// Draws the one picture at that path; `None` if there is no such picture, or it cannot be drawn.
    pub fn picture(&self, path: &str) -> Option<Vec<u8>> {
        let images = self.images.as_ref()?;
        let mut pictures = images.pictures.iter();
        let picture = pictures.find(|picture| self.place(picture) == Some(path))?;
        self.drawn(images, picture).ok()
    }

    fn place(&self, picture: &Picture) -> Option<&str> {
        let route = self.site.routes.images.get(&(picture.key.clone(), picture.language))?;
        Some(&route.path)
    }

    fn drawn(&self, images: &SitePictures, picture: &Picture) -> io::Result<Vec<u8>> {
        let draw = || images.draw(picture, &self.site);
        threads::guarded(draw, |message| Err(io::Error::other(message)))
    }
}
