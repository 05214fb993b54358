//! `new` writes what passes `check` but for its TODOs, and never writes over anything.

use std::path::Path;

use cicerone::model::diagnostic::{Code, Severity};
use cicerone::model::language::Language;
use cicerone::{disk, parse};

use super::{Project, prepared, told};

#[test]
fn a_new_user_gets_from_nothing_to_a_site_in_two_languages() {
    let project = Project::new(&[]);
    let (code, _, talk) = project.run("new site trips --title Trips --lang en --lang sq");
    assert_eq!(code, 0, "{talk}");
    assert_eq!(
        talk,
        "Wrote guides/site.yaml\nNext: go to `trips`, and begin a guide with `cicerone new guide first-guide`\n"
    );
    let (code, _, talk) = project.run("--root trips check --strict");
    assert_eq!((code, talk.as_str()), (0, "No faults in 1 file\n"));
    let (code, _, talk) = project.run("--root trips new guide by/bus --title Take:the:bus");
    assert_eq!(code, 0, "{talk}");
    assert_eq!(
        talk,
        "Wrote guides/by/bus/en.md\nNext: replace every `TODO`, and see `cicerone check`; \
         translate it with `cicerone new translation by/bus sq`\n"
    );
    let (code, _, talk) = project.run("--root trips new translation by/bus sq");
    assert_eq!(code, 0, "{talk}");
    let (code, out, talk) = project.run("--root trips check");
    assert_eq!(code, 0, "{out}");
    let (todos, faults) = (out.matches("warning[todo]").count(), out.matches("[").count());
    assert!(todos > 10 && talk.contains(&format!("{todos} warnings")), "{talk}\n{out}\n{faults}");
    let (_, out, _) = project.run("--root trips translations status");
    assert!(out.contains("sq                  0      0        6         0        0%\n"), "{out}");
    let (code, _, talk) = project.run("--root trips build");
    assert_eq!(code, 0, "{talk}");
    assert!(project.get("trips/output/sq/by/bus/index.html").contains("TODO Take:the:bus"));
    // What it says it is.
    let guide = project.get("trips/guides/by/bus/en.md");
    assert!(guide.starts_with(
        "---\n# yaml-language-server: $schema=../../../schemas/guide.json\ntitle: Take:the:bus\n"
    ));
    assert_eq!(project.get("trips/schemas/guide.json"), parse::schema("guide").unwrap());
    // Translated and said to be done, nothing is left.
    for language in ["en", "sq"] {
        let path = format!("trips/guides/by/bus/{language}.md");
        project.put(&path, &project.get(&path).replace("TODO", "Now"));
    }
    let (code, _, talk) = project.run("--root trips translations done by/bus sq");
    assert_eq!(code, 0, "{talk}");
    let (code, out, _) = project.run("--root trips check --strict");
    assert_eq!((code, out.as_str()), (0, ""));
    let (_, out, _) = project.run("--root trips translations status");
    assert!(out.contains("sq                  6      0        0         0      100%\n"), "{out}");
}

#[test]
fn an_operator_comes_with_its_country() {
    let project = Project::new(&[("site.yaml", "title: Guides\nlanguages: [en]\n")]);
    let (code, _, talk) = project.run("new operator al/one --name One");
    assert_eq!(code, 0, "{talk}");
    let (code, out, _) = project.run("check");
    assert_eq!(code, 0, "{out}");
    assert_eq!(out.matches("warning[").count(), out.matches("warning[todo]").count());
    let (code, _, talk) = project.run("new guide al/lost-sim");
    assert_eq!(code, 0, "{talk}");
    assert!(project.get("guides/al/lost-sim/en.md").contains("\ncountry: AL\n"));
    let (code, out, _) = project.run("check");
    assert_eq!(code, 0, "{out}");
    let (code, _, talk) = project.run("new operator al/one --name Two");
    assert_eq!(code, 2, "{talk}");
    assert!(project.get("guides/operators/al/one.yaml").contains("name: One\n"));
}

#[test]
fn what_is_there_or_cannot_be_is_refused() {
    let project = Project::new(&[
        ("site.yaml", "title: Guides\nlanguages: [en, sq, zh-Hans]\n"),
        ("al/keep/en.md", "---\ntitle: Keep\n---\nSo.\n"),
        ("al/keep/sq.md", "---\ntitle: Ruaj\ntranslation: {of: en}\n---\nPo.\n"),
        ("sq.md", "not a page"),
    ]);
    for (words, told) in [
        ("new site .", "there is `guides/site.yaml` already"),
        ("new guide al/keep", "there is a guide `al/keep` already"),
        ("new guide al/keep/more", "`al/keep` is a guide\n"),
        ("new guide al", "`al` is a section, which holds guides\n"),
        ("new guide ../al/x", "`../al/x` cannot be the name of a guide\n"),
        ("new guide tags/x", "`tags` is a page of the site's own\n"),
        ("new guide al/x --lang fr", "`fr` is no language of this site\n"),
        ("new guide al/x --lang zh-hant", "did you mean `zh-Hans`?\n"),
        ("new translation al/keep sq", "there is `guides/al/keep/sq.md` already\n"),
        ("new translation al/keep en", "there is `guides/al/keep/en.md` already\n"),
        ("new translation al/keep", "the language of the translation is missing\n"),
        ("new translation al/kepe sq", "did you mean `al/keep`?\n"),
        ("new operator one", "`one` cannot be an operator's id\n"),
    ] {
        let (code, _, talk) = project.run(words);
        assert_eq!(code, 2, "{words}: {talk}");
        assert!(talk.contains(told), "{words}: {talk}");
    }
    assert_eq!(project.get("guides/al/keep/sq.md").lines().last(), Some("Po."));
}

#[test]
fn every_guide_of_ours_can_be_begun_in_another_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, &[]).unwrap().value;
    let german = Language::parse("de").unwrap();
    let mut more = sources.clone();
    let site = sources.text("guides/site.yaml").unwrap().replace("[en,", "[de, en,");
    let site = format!("{site}default_language: en\n");
    more.texts.insert(cicerone::model::source::SourcePath::new("guides/site.yaml"), site.into());
    let before = prepared(&more).value.site;
    let mut begun = 0;
    for guide in before.guides.values() {
        let original = &guide.original.text;
        let source = sources.text(original.path.as_str()).unwrap();
        let text = parse::untranslated(
            &original.path,
            source,
            &original.language,
            &before.config,
            "# yaml-language-server: $schema=x",
        );
        let path = format!("{}/{german}.md", original.path.folder());
        let path = cicerone::model::source::SourcePath::new(&path);
        more.texts.insert(path, text.unwrap().into());
        begun += 1;
    }
    assert!(begun > 10);
    let outcome = prepared(&more);
    let mut faults = outcome.diagnostics;
    faults.retain(|fault| fault.code != Code::MissingWord);
    let (todos, others): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|fault| fault.code == Code::Todo);
    assert_eq!(told(&others), "");
    assert!(todos.iter().all(|fault| fault.severity == Severity::Warning));
    // Nothing of it counts as translated.
    for guide in outcome.value.site.guides.values() {
        let edition = &guide.translations[&german];
        let left: Vec<_> = edition
            .standing
            .iter()
            .filter(|(_, state)| *state != cicerone::model::unit::State::Missing)
            .collect();
        assert!(left.is_empty(), "{}: {left:?}", guide.id);
    }
}

#[test]
fn nothing_is_made_behind_a_link_that_leads_out() {
    let project = Project::new(&[("site.yaml", "title: A\nlanguages: [en]\n")]);
    let outside = tempfile::tempdir().unwrap();
    let link = |name: &str| {
        std::os::unix::fs::symlink(outside.path(), project.place(name)).unwrap();
    };
    link("guides/al");
    for words in ["new guide al/sim", "new guide al/deep/er/sim", "new operator al/one"] {
        let (code, out, talk) = project.run(words);
        let is_inside = words.ends_with("one");
        assert_eq!(code, if is_inside { 0 } else { 3 }, "{out}{talk}");
        assert!(
            is_inside || talk.contains("guides/al`: this link leads out of the project"),
            "{talk}"
        );
    }
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn what_a_killed_run_left_is_cleared_by_the_next() {
    let project = Project::new(&[("site.yaml", "title: A\nlanguages: [en]\n")]);
    for name in [".en.md.cicerone-123", ".sq.md.cicerone-4294967"] {
        project.put(&format!("guides/al/sim/{name}"), "half");
    }
    // What is not ours stays, and what another run is writing.
    project.put("guides/al/sim/.en.md.cicerone-notes", "mine");
    project.put("guides/al/sim/.de.md.cicerone-77", "now");
    let held = std::fs::File::open(project.place("guides/al/sim/.de.md.cicerone-77")).unwrap();
    held.lock().unwrap();
    let (code, _, talk) = project.run("new guide al/sim");
    assert_eq!(code, 0, "{talk}");
    let mut names: Vec<String> = std::fs::read_dir(project.place("guides/al/sim"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".de.md.cicerone-77", ".en.md.cicerone-notes", "en.md"]);
}
