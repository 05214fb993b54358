//! A guide in Markdown, made from the same view as its page: for programs, and for readers of plain text.

mod html;
mod writer;

pub use writer::Markdown;

use crate::render::context::{Locale, RenderContext};
use crate::render::guide_view::{
    BlockView, ChannelView, FactView, GuideView, ItemView, StepOperatorView, StepView, StepsView,
    WarningView,
};
use crate::render::view::PageView;

/// What the guide's page says, in the same order.
pub fn guide(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    page: &PageView,
    guide: &GuideView,
) -> String {
    let url = context.absolute(&page.url);
    let mut twin = Twin { markdown: Markdown::new(&context.site.routes.origin, &url), locale };
    twin.head(page, guide);
    twin.markdown.block();
    twin.markdown.html(&guide.lead_html);
    for section in &guide.lead {
        twin.markdown.block();
        twin.markdown.html(&section.heading_html);
        twin.markdown.block();
        twin.markdown.html(&section.text_html);
    }
    for block in &guide.blocks {
        twin.block(block);
    }
    twin.foot(guide);
    twin.related(context, guide);
    twin.markdown.finish()
}

/// One channel, written as an entry of a list. All twins in a language share it.
pub fn channel(locale: &Locale<'_>, channel: &ChannelView) -> String {
    let mut markdown = Markdown::new("", "");
    let named = !channel.name.is_empty() && channel.name != channel.kind_label;
    let name = if named { &channel.name } else { &channel.kind_label };
    strong(&mut markdown, |markdown| markdown.text(name));
    let kind = named.then_some(&channel.kind_label);
    let details: Vec<&str> = kind.into_iter().chain(&channel.details).map(String::as_str).collect();
    brackets(&mut markdown, &details);
    if !channel.value.is_empty() {
        markdown.raw(": ");
        match channel.href.is_empty() {
            true => markdown.text(&channel.value),
            false => link(&mut markdown, &channel.value, &channel.href),
        }
    }
    if !channel.note.is_empty() {
        markdown.raw(". ");
        markdown.text(&channel.note);
    }
    let marks = [channel.confidence.as_str(), channel.verified.as_str()];
    brackets(&mut markdown, &marks);
    if channel.source.starts_with("http") {
        markdown.raw(" ");
        link(&mut markdown, locale.words.get("source"), &channel.source);
    }
    markdown.finish().trim_end().to_owned()
}

struct Twin<'a> {
    markdown: Markdown<'a>,
    locale: &'a Locale<'a>,
}

impl<'a> Twin<'a> {
    fn word(&self, key: &'static str) -> &'a str {
        self.locale.words.get(key)
    }

    fn head(&mut self, page: &PageView, guide: &GuideView) {
        let markdown = &mut self.markdown;
        markdown.heading(1);
        markdown.text(&page.title);
        markdown.block();
        markdown.text(&guide.summary);
        if let Some(review) = &guide.review {
            markdown.block();
            let said = [&review.verified, &review.by, &review.every];
            let said: Vec<&str> =
                said.into_iter().map(String::as_str).filter(|said| !said.is_empty()).collect();
            markdown.text(&said.join(" · "));
        }
        for notice in &page.notices {
            markdown.quote(|markdown| {
                markdown.kind("NOTE");
                markdown.text(&notice.text);
            });
        }
        markdown.block();
        for FactView { label, value, .. } in &guide.facts {
            labelled(markdown, label, value);
        }
        if !guide.operators.is_empty() {
            let label = self.locale.words.get("operators");
            let comma = self.locale.words.get("list_separator");
            self.markdown.entry("- ", |markdown| {
                strong(markdown, |markdown| markdown.text(label));
                markdown.raw(":");
                for (index, operator) in guide.operators.iter().enumerate() {
                    markdown.raw(if index == 0 { " " } else { comma });
                    link(markdown, &operator.name, &operator.url);
                }
            });
        }
        for warning in &guide.warnings {
            self.warning(warning);
        }
    }

    fn warning(&mut self, warning: &WarningView) {
        let kind = match warning.severity {
            "note" => "NOTE",
            "danger" => "WARNING",
            _ => "CAUTION",
        };
        let sources = self.word("block_sources");
        self.markdown.quote(|markdown| {
            markdown.kind(kind);
            title(markdown, &warning.item, &[], sources);
            text(markdown, &warning.item);
        });
    }

    fn block(&mut self, block: &BlockView) {
        let sources = self.word("block_sources");
        self.markdown.heading(2);
        self.markdown.text(&block.title);
        self.html(&block.intro_html);
        self.markdown.block();
        for one in &block.conditions {
            let remedy = self.word("remedy");
            self.entry("- ", &one.item, &[&one.effect_label], |markdown| {
                if !one.remedy_html.is_empty() {
                    markdown.block();
                    markdown.raw(remedy);
                    markdown.raw(": ");
                    markdown.html(&one.remedy_html);
                }
            });
        }
        for one in &block.materials {
            let (places, entry) = (self.word("where"), self.word("glossary_entry"));
            self.entry("- ", &one.item, &[&one.optional], |markdown| {
                if !one.unless_html.is_empty() {
                    markdown.block();
                    markdown.html(&one.unless_html);
                }
                if !one.places.is_empty() {
                    markdown.block();
                    markdown.raw(places);
                    markdown.raw(": ");
                    markdown.text(&one.places);
                }
                if let Some(term) = &one.term {
                    markdown.block();
                    link(markdown, entry, &term.url);
                }
            });
        }
        for one in &block.tasks {
            self.entry("- [ ] ", &one.item, &[&one.optional, &one.after], |_| {});
        }
        if let Some(steps) = &block.steps {
            self.steps(steps, "");
        }
        for question in &block.questions {
            self.markdown.heading(3);
            self.markdown.html(&question.title_html);
            text(&mut self.markdown, question);
            let marks = marks(question, &[], sources);
            if !marks.is_empty() {
                self.markdown.block();
                self.markdown.text(&marks.join("; "));
            }
        }
        self.html(&block.after_html);
    }

    fn html(&mut self, html: &str) {
        self.markdown.block();
        self.markdown.html(html);
        self.markdown.block();
    }

    fn entry(
        &mut self,
        mark: &str,
        item: &ItemView,
        more: &[&str],
        behind: impl FnOnce(&mut Markdown<'a>),
    ) {
        let sources = self.word("block_sources");
        self.markdown.entry(mark, |markdown| {
            title(markdown, item, more, sources);
            text(markdown, item);
            behind(markdown);
        });
    }

    /// Writes a list of steps; `above` holds the numbers of the steps that they belong to.
    fn steps(&mut self, steps: &StepsView, above: &str) {
        if !steps.choose_label.is_empty() {
            self.markdown.block();
            self.markdown.text(&steps.choose_label);
        }
        for (index, step) in steps.steps.iter().enumerate() {
            let number = match steps.choose {
                "one" => String::new(),
                _ => format!("{above}{}.", index + 1),
            };
            self.step(step, &number);
        }
    }

    fn step(&mut self, step: &StepView, number: &str) {
        self.markdown.heading(step.level);
        if !number.is_empty() {
            self.markdown.raw(number);
            self.markdown.raw(" ");
        }
        self.markdown.html(&step.item.title_html);
        let facts = step.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value));
        let facts: Vec<String> = facts.collect();
        let mut more: Vec<&str> = vec![&step.optional];
        more.extend(facts.iter().map(String::as_str));
        let marks = marks(&step.item, &more, self.word("block_sources"));
        if !marks.is_empty() {
            self.markdown.block();
            self.markdown.text(&marks.join(" · "));
        }
        step.warnings.iter().for_each(|warning| self.warning(warning));
        text(&mut self.markdown, &step.item);
        if let Some(picture) = &step.picture {
            self.markdown.block();
            self.markdown.raw("!");
            link(&mut self.markdown, &picture.alt, &picture.url);
        }
        if !step.needs.is_empty() {
            self.label("needs");
            for need in &step.needs {
                self.markdown.entry("- ", |markdown| markdown.html(&need.title_html));
            }
        }
        for operator in &step.operators {
            self.operator(operator);
        }
        if !step.fields.is_empty() {
            self.label("fields");
            for field in &step.fields {
                let entry = self.word("glossary_entry");
                self.entry("- ", &field.item, &[&field.optional], |markdown| {
                    if let Some(term) = &field.term {
                        markdown.block();
                        link(markdown, entry, &term.url);
                    }
                });
            }
        }
        if !step.checks.is_empty() {
            self.label("checks");
            step.checks.iter().for_each(|check| self.entry("- ", check, &[], |_| {}));
        }
        if let Some(steps) = &step.steps {
            self.steps(steps, number);
        }
        if !step.verify.is_empty() {
            self.label("verify");
            for way in &step.verify {
                self.entry("- ", &way.item, &[&way.reliability_label], |_| {});
            }
        }
    }

    fn label(&mut self, key: &'static str) {
        self.markdown.block();
        self.markdown.text(self.locale.words.get(key));
        self.markdown.raw(":");
        self.markdown.block();
    }

    fn operator(&mut self, operator: &StepOperatorView) {
        self.markdown.heading(operator.level);
        self.markdown.html(&operator.title_html);
        self.html(&operator.text_html);
        for channel in &operator.channels {
            self.markdown.entry("- ", |markdown| markdown.raw(channel.markdown()));
        }
        if !operator.url.is_empty() {
            self.markdown.block();
            link(&mut self.markdown, self.locale.words.get("operator_page"), &operator.url);
        }
        self.markdown.block();
    }

    fn foot(&mut self, guide: &GuideView) {
        self.html(&guide.footnotes_html);
        if let Some(sources) = &guide.sources {
            self.markdown.heading(2);
            self.markdown.text(&sources.title);
            self.html(&sources.intro_html);
            for (index, source) in sources.sources.iter().enumerate() {
                self.markdown.entry(&format!("{}. ", index + 1), |markdown| {
                    match source.url.is_empty() {
                        true => markdown.text(&source.title),
                        false => link(markdown, &source.title, &source.url),
                    }
                    brackets(markdown, &[&source.accessed]);
                });
            }
        }
    }

    fn related(&mut self, context: &RenderContext<'_>, guide: &GuideView) {
        let known = context.site.guides.get(guide.id.as_str());
        let related = known.iter().flat_map(|guide| &guide.facts().related);
        let related = related.filter_map(|id| context.guide_link(&id.value, self.locale));
        for (index, related) in related.enumerate() {
            if index == 0 {
                self.markdown.heading(2);
                self.markdown.text(self.locale.words.get("related"));
                self.markdown.block();
            }
            self.markdown.entry("- ", |markdown| {
                link(markdown, &related.title, &related.url);
                if !related.summary.is_empty() {
                    markdown.raw(": ");
                    markdown.text(&related.summary);
                }
            });
        }
    }
}

/// An item's title, followed by its marks in brackets.
fn title(markdown: &mut Markdown<'_>, item: &ItemView, more: &[&str], sources: &str) {
    strong(markdown, |markdown| markdown.html(&item.title_html));
    let marks = marks(item, more, sources);
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    brackets(markdown, &marks);
}

fn text(markdown: &mut Markdown<'_>, item: &ItemView) {
    if !item.text_html.is_empty() {
        markdown.block();
        markdown.html(&item.text_html);
    }
}

/// Who the item is for, how sure it is, and which sources it comes from.
fn marks(item: &ItemView, more: &[&str], sources: &str) -> Vec<String> {
    let own = [&item.plans, &item.operators_label, &item.confidence, &item.stale];
    let all = more.iter().copied().chain(own.map(String::as_str));
    let mut marks: Vec<String> = all.filter(|mark| !mark.is_empty()).map(str::to_owned).collect();
    if !item.sources.is_empty() {
        let numbers = item.sources.iter().map(|source| source.number.to_string());
        marks.push(format!("{sources} {}", numbers.collect::<Vec<_>>().join(", ")));
    }
    marks
}

fn brackets(markdown: &mut Markdown<'_>, said: &[&str]) {
    let said: Vec<&str> = said.iter().copied().filter(|said| !said.is_empty()).collect();
    if !said.is_empty() {
        markdown.raw(" (");
        markdown.text(&said.join("; "));
        markdown.raw(")");
    }
}

fn strong(markdown: &mut Markdown<'_>, write: impl FnOnce(&mut Markdown<'_>)) {
    markdown.raw("**");
    write(markdown);
    markdown.raw("**");
}

fn labelled(markdown: &mut Markdown<'_>, label: &str, value: &str) {
    markdown.entry("- ", |markdown| {
        strong(markdown, |markdown| markdown.text(label));
        markdown.raw(": ");
        markdown.text(value);
    });
}

fn link(markdown: &mut Markdown<'_>, title: &str, url: &str) {
    markdown.raw("[");
    markdown.text(title);
    let url = markdown.url(url);
    markdown.raw(&format!("]({url})"));
}
