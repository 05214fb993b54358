//! Plans the pictures that stand for pages elsewhere, and draws them on many threads.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::images::{self, Images};
use crate::model::diagnostic::Outcome;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::pipeline::{Prepared, Watcher, panicked, threads};
use crate::resolve;

/// What is to be drawn, its addresses among the site's.
pub fn plan(site: &mut Site, sources: &Sources) -> Outcome<Option<Images>> {
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
    /// Draws each picture once, however many pages show it.
    pub fn put_images(
        &self,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<()> {
        let Some(images) = &self.images else { return Ok(()) };
        let pictures: BTreeMap<_, _> =
            images.pictures.iter().map(|picture| (picture.fingerprint, picture)).collect();
        let pictures: Vec<_> = pictures.into_values().collect();
        watcher.phase("Drawing pictures", pictures.len());
        self.threads.try_map(&pictures, |picture| {
            watcher.tick();
            let route = self.site.routes.images.get(&(picture.key.clone(), picture.language));
            let Some(path) = route.and_then(|route| OutputPath::parse(&route.path)) else {
                return Ok(());
            };
            let draw = || images.draw(picture, &self.site);
            let bytes = threads::guarded(draw, |message| Err(io::Error::other(message)))?.into();
            put(&Output { path, bytes })
        })?;
        Ok(())
    }
}
