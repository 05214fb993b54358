//! Reads the picture of a step: a file, and what it shows.

use std::sync::Arc;

use crate::model::guide::StepPicture;
use crate::model::markup::{Link, LinkKind};
use crate::model::span::Located;
use crate::model::unit::Wording;
use crate::parse::fields::Fields;
use crate::parse::items::ItemReader;
use crate::parse::slots::{is_safe, unsafe_target};

impl ItemReader<'_, '_> {
    /// The picture of a step, whose description joins the step's words.
    pub fn picture(
        &mut self,
        fields: &mut Fields<'_>,
        wording: &mut Wording,
    ) -> Option<StepPicture> {
        let node = fields.node("image")?;
        let mut fields = Fields::open(node, "a picture", self.faults)?;
        let file = fields.required("file", self.faults);
        let alt = fields.text("alt", self.faults);
        fields.close(self.faults);
        let alt = self.alt(alt, wording);
        let Located { value: file, span } = file?;
        let target = match is_safe(&file) {
            true => file.as_str(),
            false => {
                let (code, message, hint) = unsafe_target(&file);
                self.faults.hint(code, span, message, hint);
                ""
            }
        };
        let link = self.links.push(Link { target, kind: LinkKind::Image, span });
        Some(StepPicture { link, span, alt })
    }

    /// What a picture shows, which is a line without Markdown.
    pub fn alt(
        &mut self,
        alt: Option<Located<String>>,
        wording: &mut Wording,
    ) -> Option<Located<Arc<str>>> {
        let alt = alt?;
        wording.add(&alt.value, alt.span);
        self.plain("alt", &alt);
        let line = alt.value.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Located::new(Arc::from(line), alt.span))
    }
}
