//! The last line of a run.

use std::time::Duration;

use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::SourcePath;
use cicerone::model::span::Span;
use cicerone::report::{Built, Checked, FaultCounts, NotBuilt, Previous, Summary};

use crate::report::fault;

fn built() -> Built<'static> {
    Built {
        pages: 164,
        languages: 4,
        guides: 41,
        operators: 4,
        elapsed: Duration::from_millis(214),
        added: 3,
        changed: 2,
        unchanged: 159,
        removed: 0,
        output: "output",
        faults: FaultCounts::default(),
    }
}

#[test]
fn a_build_is_summed_up() {
    let told = |built: Built<'_>| Summary::Built(built).to_string();
    assert_eq!(
        told(built()),
        "Built 164 pages in 4 languages (41 guides, 4 operators) in 0.21 s: \
         3 added, 2 changed, 159 unchanged → output/"
    );
    let faults = FaultCounts { errors: 0, warnings: 2, notes: 0, files: 1 };
    let again = Built { added: 0, changed: 0, unchanged: 164, output: "site/", faults, ..built() };
    assert_eq!(
        told(again),
        "Built 164 pages in 4 languages (41 guides, 4 operators) in 0.21 s: \
         nothing changed → site/; 2 warnings in 1 file"
    );
    let one = Built { pages: 1, languages: 1, guides: 1, operators: 1, added: 1, ..built() };
    let one = Built { changed: 0, unchanged: 0, removed: 7, ..one };
    assert_eq!(
        told(Built { elapsed: Duration::from_secs(75), ..one }),
        "Built 1 page in 1 language (1 guide, 1 operator) in 1 min 15 s: \
         1 added, 7 removed → output/"
    );
}

#[test]
fn a_time_is_told_as_exactly_as_it_matters() {
    let told = |micros| {
        let text = Summary::Built(Built { elapsed: Duration::from_micros(micros), ..built() });
        text.to_string().split(") in ").nth(1).unwrap().split(':').next().unwrap().to_string()
    };
    assert_eq!(
        [400, 4_200, 12_000, 1_500_000, 12_340_000, 119_600_000].map(told),
        ["under 1 ms", "4 ms", "0.01 s", "1.50 s", "12.3 s", "1 min 59 s"]
    );
}

#[test]
fn a_refused_build_says_what_is_still_there() {
    let told = |errors, warnings, files, previous| {
        let faults = FaultCounts { errors, warnings, notes: 0, files };
        Summary::NotBuilt(NotBuilt { faults, previous, output: "output" }).to_string()
    };
    assert_eq!(
        told(3, 1, 2, Previous::Kept),
        "Not built: 3 errors and 1 warning in 2 files; output/ still holds the previous site"
    );
    assert_eq!(told(1, 0, 0, Previous::None), "Not built: 1 error; nothing was written");
    assert_eq!(
        told(0, 2, 1, Previous::None),
        "Not built: 2 warnings in 1 file, and `--strict` allows no warnings; nothing was written"
    );
}

#[test]
fn a_check_is_summed_up() {
    let told = |checked, errors, warnings, files| {
        let faults = FaultCounts { errors, warnings, notes: 0, files };
        Summary::Checked(Checked { files: checked, faults }).to_string()
    };
    assert_eq!(told(44, 0, 0, 0), "No faults in 44 files");
    assert_eq!(told(1, 0, 0, 0), "No faults in 1 file");
    assert_eq!(told(44, 3, 1, 2), "3 errors and 1 warning in 2 of 44 files");
    assert_eq!(told(44, 0, 1, 1), "1 warning in 1 of 44 files");
    assert_eq!(told(44, 1, 0, 0), "1 error; 44 files checked");
    let faults = FaultCounts { errors: 1, warnings: 2, notes: 3, files: 2 };
    assert_eq!(
        Summary::Checked(Checked { files: 44, faults }).to_string(),
        "1 error, 2 warnings and 3 notes in 2 of 44 files"
    );
}

#[test]
fn faults_are_counted_as_they_are_shown() {
    let text = "a b\n";
    let elsewhere = Diagnostic::new(Code::RawHtml, "raw HTML")
        .at(&SourcePath::new("guides/en.md"), Span::new(0, 1));
    let nowhere = Diagnostic::new(Code::MissingConfig, "there is no `guides/site.yaml`");
    let faults = [fault(text, "b"), fault(text, "a"), fault(text, "b"), elsewhere, nowhere];
    assert_eq!(
        FaultCounts::count(&faults),
        FaultCounts { errors: 3, warnings: 1, notes: 0, files: 2 }
    );
}
