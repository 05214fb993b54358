//! Sorts faults by file and place, removes repetitions, and counts them.

use std::collections::BTreeSet;

use crate::model::diagnostic::{Diagnostic, Severity};

/// Sorted by file and place, those without a place first. Faults that were reported twice appear once.
pub(super) fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort();
    sorted.dedup();
    sorted
}

/// The first `limit` of `sorted`, errors before warnings, and how many are left out.
///
/// Otherwise sixty warnings could hide the one error that stops the build.
pub(super) fn limited(sorted: Vec<&Diagnostic>, limit: usize) -> (Vec<&Diagnostic>, FaultCounts) {
    let all = FaultCounts::of(&sorted);
    let mut shown = sorted;
    shown.sort_by_key(|diagnostic| diagnostic.severity);
    shown.truncate(limit);
    shown.sort();
    let some = FaultCounts::of(&shown);
    let rest = FaultCounts {
        errors: all.errors - some.errors,
        warnings: all.warnings - some.warnings,
        notes: all.notes - some.notes,
        files: all.files - some.files,
    };
    (shown, rest)
}

/// How many faults there are, and in how many files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaultCounts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub files: usize,
}

impl FaultCounts {
    /// Counts what `human` and `json` show: a fault that was reported twice counts once.
    pub fn count(diagnostics: &[Diagnostic]) -> FaultCounts {
        FaultCounts::of(&sorted(diagnostics))
    }

    pub fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn of(diagnostics: &[&Diagnostic]) -> FaultCounts {
        let number = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
        let files: BTreeSet<_> =
            diagnostics.iter().filter_map(|one| one.place.as_ref()).map(|at| &at.path).collect();
        FaultCounts {
            errors: number(Severity::Error),
            warnings: number(Severity::Warning),
            notes: number(Severity::Note),
            files: files.len(),
        }
    }
}
