//! Some sections of a site, with everything that lies in them.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::model::diagnostic::Diagnostic;
use crate::model::id::GuideId;
use crate::model::site::PageKey;

/// Sections of a site. The home page is none of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionSet(BTreeSet<GuideId>);

impl FromIterator<GuideId> for SectionSet {
    fn from_iter<I: IntoIterator<Item = GuideId>>(ids: I) -> SectionSet {
        SectionSet(ids.into_iter().filter(|id| !id.as_str().is_empty()).collect())
    }
}

impl SectionSet {
    pub fn iter(&self) -> impl Iterator<Item = &GuideId> {
        self.0.iter()
    }

    /// Whether the guide or section `id` is one of these sections or lies in one.
    pub fn has(&self, id: &str) -> bool {
        let above = id.match_indices('/').filter_map(|(at, _)| id.get(..at));
        above.chain([id]).any(|id| self.0.contains(id))
    }

    /// Whether one of these sections lies in the section `id`.
    pub fn reaches_into(&self, id: &str) -> bool {
        let below = format!("{id}/");
        let from = (Bound::Included(below.as_str()), Bound::Unbounded);
        self.0.range::<str, _>(from).next().is_some_and(|next| next.as_str().starts_with(&below))
    }

    /// Whether a page is that of a guide or a section of these.
    pub fn has_page(&self, key: &PageKey) -> bool {
        match key {
            PageKey::Guide(id) | PageKey::Folder(id) => self.has(id.as_str()),
            _ => false,
        }
    }

    /// Whether a fault concerns these sections: it is in one of their files, or in what all sections share.
    pub fn concerns(&self, fault: &Diagnostic) -> bool {
        let Some(place) = &fault.place else { return true };
        let Some(path) = place.path.as_str().strip_prefix("guides/") else { return true };
        let Some((folder, _)) = path.rsplit_once('/') else { return true };
        folder == "operators" || folder.starts_with("operators/") || self.has(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diagnostic::Code;
    use crate::model::source::SourcePath;
    use crate::model::span::Span;

    fn set(ids: &[&str]) -> SectionSet {
        ids.iter().filter_map(|id| GuideId::parse(id)).collect()
    }

    #[test]
    fn a_section_has_what_lies_in_it() {
        let set = set(&["al", "gb/a"]);
        let all = ["al", "al/x", "al/x/y", "gb/a/z", "gb", "gb/ab", "al-b/x", "b/al", ""];
        let has: Vec<&str> = all.into_iter().filter(|id| set.has(id)).collect();
        assert_eq!(has, ["al", "al/x", "al/x/y", "gb/a/z"]);
        assert!(set.reaches_into("gb") && !set.reaches_into("al") && !set.reaches_into("g"));
    }

    #[test]
    fn a_fault_is_told_where_it_belongs() {
        let set = set(&["al"]);
        let concerns = |path: &str| {
            set.concerns(
                &Diagnostic::new(Code::Todo, "x").at(&SourcePath::new(path), Span::default()),
            )
        };
        for path in [
            "guides/al/x/en.md",
            "guides/al/en.md",
            "guides/site.yaml",
            "guides/en.md",
            "guides/operators/gb/one.yaml",
            "guides/operators/gb.yaml",
            "themes/mine/theme.yaml",
        ] {
            assert!(concerns(path), "{path}");
        }
        for path in ["guides/gb/x/en.md", "guides/top/en.md", "guides/alb/en.md"] {
            assert!(!concerns(path), "{path}");
        }
        assert!(set.concerns(&Diagnostic::new(Code::Internal, "x")));
    }
}
