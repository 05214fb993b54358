//! Views of a guide's items: words by id from the translation, or else the original; facts from the original.

use crate::model::guide::{Condition, Item, Material, Role, Task, Warning};
use crate::model::id::{Id, OperatorId};
use crate::model::markup::{Inline, escape};
use crate::model::site::{Edition, PageKey};
use crate::model::span::Located;
use crate::model::vocabulary::{Confidence, Effect, Gravity, Vocabulary};
use crate::render::context::{Locale, RenderContext, local};
use crate::render::fill::fill_html;
use crate::render::guide_view::{
    ConditionView, ItemView, MaterialView, SourceMarkView, TaskView, WarningView,
};
use crate::render::prose::{BodyProse, Operators, joined};
use crate::render::registry;
use crate::render::templates::TemplateFaults;
use crate::render::view::{LanguageView, LinkView};

fn html(title: Option<&Inline>) -> String {
    title.map_or_else(String::new, |title| title.html.to_string())
}

/// The name of a term as an item's title. It is capitalised like the titles beside it, unless its own
/// spelling has a capital (`eSIM`) or the script of its first letter has no capitals for titles.
pub(super) fn capital(title: &str) -> String {
    let first_word = title.split(' ').next().unwrap_or_default();
    let spelled = first_word.chars().any(char::is_uppercase);
    let mut letters = title.chars();
    match letters.next() {
        // Georgian uses capitals only for whole words.
        Some(first) if !spelled && !matches!(first, '\u{10d0}'..='\u{10ff}') => {
            let mut upper = first.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) => format!("{upper}{}", letters.as_str()),
                _ => title.to_owned(),
            }
        }
        _ => title.to_owned(),
    }
}

/// Makes the views of one guide's items for one page.
pub struct ItemWriter<'a> {
    pub prose: BodyProse<'a>,
    pub faults: TemplateFaults,
}

/// An item's words, and the edition that they come from.
struct FoundWords<'a> {
    title: String,
    text: String,
    edition: Option<&'a Edition>,
}

impl<'a> ItemWriter<'a> {
    pub(super) fn context(&self) -> &'a RenderContext<'a> {
        self.prose.context
    }

    pub(super) fn locale(&self) -> &'a Locale<'a> {
        self.prose.locale
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.locale().words.get(key).to_owned()
    }

    pub(super) fn original(&self) -> BodyProse<'a> {
        self.prose.original()
    }

    /// The view of an item; `level` is that of the headings within its text.
    pub fn item(&mut self, item: &Item, level: u8, operators: Operators) -> ItemView {
        let found = self.words(item, level, operators);
        let language = found.edition.and_then(|edition| self.foreign(edition));
        let stale = found.edition.is_some_and(|edition| {
            item.id.as_ref().is_some_and(|id| edition.is_stale(id.value.as_str()))
        });
        let names =
            item.operators.iter().map(|id| self.operator_name(&id.value)).collect::<Vec<_>>();
        let words = &self.locale().words;
        ItemView {
            id: item.id.as_ref().map_or_else(String::new, |id| id.value.to_string()),
            title_html: found.title.into(),
            text_html: found.text.into(),
            language,
            confidence: registry::confidence(self.locale(), item.confidence),
            confidence_kind: item.confidence.map_or("", Confidence::as_str),
            sources: self.source_marks(&item.sources),
            plans: match item.plans.as_slice() {
                [] => String::new(),
                plans => {
                    words.fill("plans_only", &[("plans", &registry::plans(self.locale(), plans))])
                }
            },
            stale: if stale { words.get("stale_here").to_owned() } else { String::new() },
            operators: joined(item.operators.iter().map(|id| &id.value)),
            operators_label: match names.as_slice() {
                [] => String::new(),
                names => words.fill("operators_only", &[("operators", &words.list(names))]),
            },
        }
    }

    /// The language of the words that the page borrows, where it is not the page's own.
    pub(super) fn foreign(&self, edition: &Edition) -> Option<LanguageView> {
        let language = &edition.text.language;
        let foreign = *language != self.prose.edition.text.language;
        foreign.then(|| self.context().language_view(language))
    }

    fn words(&mut self, item: &Item, level: u8, operators: Operators) -> FoundWords<'a> {
        let Some(id) = item.id.as_ref().map(|id| &id.value) else {
            return self.front_matter_words(item);
        };
        if let Role::Translation(words) = &self.prose.edition.text.role {
            if let Some(words) = words.items.get(id)
                && (words.title.is_some() || words.text.is_some())
            {
                let text = words.text.as_ref();
                let text =
                    text.map(|text| self.context().fill(text, self.prose.edition, self.locale()));
                return FoundWords {
                    title: html(words.title.as_ref()),
                    text: text.unwrap_or_default(),
                    edition: Some(self.prose.edition),
                };
            }
            if let Some(found) = self.section_words(self.prose, id, level, operators) {
                return found;
            }
        }
        match self.section_words(self.original(), id, level, operators) {
            Some(found) => found,
            None => self.front_matter_words(item),
        }
    }

    fn section_words(
        &mut self,
        prose: BodyProse<'a>,
        id: &Id,
        level: u8,
        operators: Operators,
    ) -> Option<FoundWords<'a>> {
        let index = *prose.edition.words.get(id)?;
        let section = prose.sections().get(index)?;
        Some(FoundWords {
            title: section.title.html.to_string(),
            text: prose.text(index, level, operators, &mut self.faults),
            edition: Some(prose.edition),
        })
    }

    fn front_matter_words(&self, item: &Item) -> FoundWords<'a> {
        let original = &self.prose.guide.original;
        let text =
            item.text.as_ref().map(|text| self.context().fill(text, original, self.locale()));
        let title = html(item.title.as_ref());
        FoundWords {
            edition: (!title.is_empty() || text.is_some()).then_some(original),
            title,
            text: text.unwrap_or_default(),
        }
    }

    /// An item's title without tags, for a list of contents.
    pub fn plain_title(&self, item: &Item) -> String {
        let title = self.title(item);
        title.map_or_else(String::new, |title| title.plain.to_string())
    }

    /// The title that `words` finds for an item.
    fn title<'i>(&'i self, item: &'i Item) -> Option<&'i Inline> {
        let Some(id) = item.id.as_ref().map(|id| &id.value) else { return item.title.as_ref() };
        if let Role::Translation(words) = &self.prose.edition.text.role {
            if let Some(words) = words.items.get(id)
                && (words.title.is_some() || words.text.is_some())
            {
                return words.title.as_ref();
            }
            if let Some(title) = self.section_title(self.prose, id) {
                return Some(title);
            }
        }
        self.section_title(self.original(), id).or(item.title.as_ref())
    }

    fn section_title(&self, prose: BodyProse<'a>, id: &Id) -> Option<&'a Inline> {
        let section = prose.sections().get(*prose.edition.words.get(id)?)?;
        Some(&section.title)
    }

    fn remedy(&self, condition: &Condition) -> (String, Option<LanguageView>) {
        let id = condition.item.id.as_ref().map(|id| &id.value);
        if let (Role::Translation(words), Some(id)) = (&self.prose.edition.text.role, id)
            && let Some(remedy) = words.items.get(id).and_then(|words| words.remedy.as_ref())
        {
            return (remedy.html.to_string(), None);
        }
        match &condition.remedy {
            Some(remedy) => (remedy.html.to_string(), self.foreign(self.original().edition)),
            None => (String::new(), None),
        }
    }

    fn operator_name(&self, id: &OperatorId) -> String {
        let operator = self.context().site.registry.operators.get(id);
        operator.map_or_else(
            || id.to_string(),
            |operator| local(&operator.name, self.locale().language),
        )
    }

    fn source_marks(&self, sources: &[Located<Id>]) -> Vec<SourceMarkView> {
        let listed = &self.prose.guide.facts().sources;
        let mark = |id: &Located<Id>| {
            let index = listed.iter().position(|source| source.id.value == id.value)?;
            let source = listed.get(index)?;
            Some(SourceMarkView {
                number: index + 1,
                url: format!("#source-{}", id.value),
                title: self.source_title(source),
            })
        };
        sources.iter().filter_map(mark).collect()
    }

    pub fn source_title(&self, source: &crate::model::guide::Source) -> String {
        if let Role::Translation(words) = &self.prose.edition.text.role
            && let Some(title) =
                words.items.get(&source.id.value).and_then(|words| words.title.as_ref())
        {
            return title.plain.to_string();
        }
        source.title.to_string()
    }

    pub fn condition(&mut self, condition: &Condition) -> ConditionView {
        let (remedy_html, remedy_language) = self.remedy(condition);
        ConditionView {
            item: self.item(&condition.item, 3, Operators::Within),
            effect: Effect::as_str(condition.effect),
            effect_label: self.word(&format!("effect_{}", condition.effect.as_str())),
            remedy_html: remedy_html.into(),
            remedy_language,
        }
    }

    pub fn material(&mut self, material: &Material) -> MaterialView {
        let mut item = self.item(&material.item, 3, Operators::Within);
        let term = material.term.as_ref().and_then(|term| self.term(&term.value));
        if let (true, Some(term)) = (item.title_html.is_empty(), &term) {
            item.title_html = capital(&escape(&term.title)).into();
        }
        let places =
            material.places.iter().map(|place| self.word(&format!("place_{}", place.as_str())));
        let places = self.locale().words.list(&places.collect::<Vec<_>>());
        MaterialView {
            item,
            optional: self.optional(material.optional),
            unless_html: material
                .unless
                .as_ref()
                .map(|id| self.unless(&id.value).into())
                .unwrap_or_default(),
            places,
            term,
        }
    }

    pub(super) fn optional(&self, optional: bool) -> String {
        if optional { self.word("optional") } else { String::new() }
    }

    fn unless(&mut self, id: &Id) -> String {
        let conditions = &self.prose.guide.facts().eligibility;
        let condition =
            conditions.iter().find(|one| one.item.id.as_ref().is_some_and(|own| own.value == *id));
        let Some(condition) = condition else { return String::new() };
        let title = self.words(&condition.item, 6, Operators::Within).title;
        let link = format!("<a href=\"#{id}\">{title}</a>");
        fill_html(self.locale().words.get("unless"), "condition", &link)
    }

    pub(super) fn term(&self, id: &Id) -> Option<LinkView> {
        let term = self.context().site.registry.terms.get(id)?;
        let url = self.context().url(&PageKey::Glossary, self.locale().index);
        Some(LinkView {
            title: local(&term.term, self.locale().language),
            url: format!("{url}#{id}"),
        })
    }

    pub fn task(&mut self, task: &Task) -> TaskView {
        TaskView {
            item: self.item(&task.item, 3, Operators::Within),
            optional: self.optional(task.optional),
            after: match task.after {
                Some(after) => {
                    let duration = registry::duration(self.locale(), after);
                    self.locale().words.fill("after", &[("duration", &duration)])
                }
                None => String::new(),
            },
        }
    }

    pub fn warning(&mut self, warning: &Warning) -> WarningView {
        WarningView {
            item: self.item(&warning.item, 4, Operators::Within),
            severity: Gravity::as_str(warning.gravity),
            severity_label: self.word(&format!("severity_{}", warning.gravity.as_str())),
        }
    }
}
