//! The texts of a guide's page in its order, for what looks through all of them.

use crate::render::guide_view::{
    BlockView, GuideView, ItemView, StepOperatorView, StepView, StepsView,
};
use crate::render::templates::Html;
use crate::render::view::LanguageView;

/// Sees a text; the language is set where it is another than the page's content.
pub type Visitor<'v> = &'v mut dyn FnMut(&mut Html, Option<&LanguageView>);

/// What only `pages.css` styles, behind the `<` of its tag.
const STYLED: [&str; 9] = [
    "pre",
    "blockquote",
    "hr",
    "kbd",
    "samp",
    "figure",
    "ul class=\"list\"",
    "ul class=\"numbers\"",
    "div class=\"alert alert-important",
];

impl GuideView {
    /// Whether a text or the answer shows what is styled by `pages.css` alone.
    pub fn has_rare(&mut self) -> bool {
        let blocks = self.blocks.iter().filter_map(|block| block.steps.as_ref());
        let mut rare = !self.answer.emergency.is_empty() || blocks.into_iter().any(has_picture);
        self.texts(&mut |html, _| rare = rare || is_rare(html));
        rare
    }

    pub fn texts(&mut self, visit: Visitor<'_>) {
        for warning in &mut self.warnings {
            item(&mut warning.item, visit);
        }
        visit(&mut self.lead_html, None);
        for section in &mut self.lead {
            visit(&mut section.text_html, None);
        }
        for one in &mut self.blocks {
            block(one, visit);
        }
    }
}

fn block(block: &mut BlockView, visit: Visitor<'_>) {
    visit(&mut block.intro_html, None);
    for condition in &mut block.conditions {
        item(&mut condition.item, visit);
        visit(&mut condition.remedy_html, condition.remedy_language.as_ref());
    }
    let materials = block.materials.iter_mut().map(|material| &mut material.item);
    let tasks = block.tasks.iter_mut().map(|task| &mut task.item);
    materials.chain(tasks).for_each(|one| item(one, visit));
    if let Some(own) = &mut block.steps {
        steps(own, visit);
    }
    block.questions.iter_mut().for_each(|one| item(one, visit));
    visit(&mut block.after_html, None);
}

fn steps(steps_view: &mut StepsView, visit: Visitor<'_>) {
    for step in &mut steps_view.steps {
        step.warnings.iter_mut().for_each(|warning| item(&mut warning.item, visit));
        item(&mut step.item, visit);
        for StepOperatorView { text_html, language, .. } in &mut step.operators {
            visit(text_html, language.as_ref());
        }
        step.fields.iter_mut().for_each(|field| item(&mut field.item, visit));
        step.checks.iter_mut().for_each(|check| item(check, visit));
        if let Some(own) = &mut step.steps {
            steps(own, visit);
        }
        step.verify.iter_mut().for_each(|way| item(&mut way.item, visit));
    }
}

fn has_picture(steps: &StepsView) -> bool {
    let below = |step: &StepView| step.steps.as_ref().is_some_and(has_picture);
    steps.steps.iter().any(|step| step.picture.is_some() || below(step))
}

fn item(item: &mut ItemView, visit: Visitor<'_>) {
    visit(&mut item.text_html, item.language.as_ref());
}

fn is_rare(html: &str) -> bool {
    html.split('<').skip(1).any(|tag| {
        STYLED.iter().any(|name| {
            tag.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_guides_have_is_seen() {
        for (html, expected) in [
            ("<p>a</p><pre><code>", true),
            ("<ul class=\"list\"><li>", true),
            ("<ul class=\"numbers\">", true),
            ("<hr />", true),
            ("<div class=\"alert alert-important\">", true),
            ("<ul class=\"channels\">", false),
            ("<p>a &lt;pre> <present> <code>x</code> table</p>", false),
            ("", false),
        ] {
            assert_eq!(is_rare(html), expected, "{html}");
        }
    }
}
