//! Gathers the HTML of many guides in blocks of memory while they are parsed.

use std::sync::Arc;

use crate::model::diagnostic::Diagnostic;
use crate::model::text::{Gathering, Piece};
use crate::pipeline::cache::Parsed;

type Done = (usize, Result<Arc<Parsed>, Diagnostic>);

/// What one thread has parsed, with the index of each file.
#[derive(Default)]
pub(super) struct Gathered {
    html: Gathering<()>,
    /// Files whose HTML has not yet been moved into a finished block.
    waiting: Vec<(usize, Parsed)>,
    done: Vec<Done>,
}

impl Gathered {
    pub fn add(&mut self, index: usize, result: Result<Arc<Parsed>, Diagnostic>) {
        self.done.push((index, result));
    }

    pub fn parsed(&mut self, index: usize, mut parsed: Parsed) {
        let size = html_of(&mut parsed).map(|html| html.len()).sum();
        if !self.html.has_room(size) {
            self.settle();
        }
        html_of(&mut parsed).for_each(|html| self.html.add((), html));
        self.waiting.push((index, parsed));
    }

    fn settle(&mut self) {
        let mut pieces = self.html.take_texts();
        for (index, mut parsed) in self.waiting.drain(..) {
            for (html, (_, piece)) in html_of(&mut parsed).zip(&mut pieces) {
                *html = piece;
            }
            self.done.push((index, Ok(Arc::new(parsed))));
        }
    }

    pub fn finish(mut self) -> Vec<Done> {
        self.settle();
        self.done
    }
}

/// The pieces of HTML of a file that nothing else refers to yet.
fn html_of(parsed: &mut Parsed) -> impl Iterator<Item = &mut Piece> {
    let translation = Arc::get_mut(&mut parsed.translation);
    let markup = translation.into_iter().flat_map(|translation| translation.body.markup_mut());
    markup.map(|markup| &mut markup.html)
}
