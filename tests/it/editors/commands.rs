//! `translations status`, `diff` and `done`, as they are run.

use super::Project;
use super::staleness::{ORIGINAL, SITE, TRANSLATION};

fn project() -> Project {
    Project::new(&[
        ("site.yaml", SITE),
        ("al/cancel/en.md", ORIGINAL),
        ("al/cancel/sq.md", &TRANSLATION.replace(", at: {PINS}", "")),
        ("al/keep/en.md", "---\ntitle: Keep\n---\nSo.\n"),
    ])
}

#[test]
fn the_table_tells_what_is_left_to_do() {
    let project = project();
    let (code, out, talk) = project.run("translations status --require en=100% --require sq=83");
    assert_eq!(talk, "");
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "language        fresh  stale  missing  unpinned  coverage\n\
         en                  0      0        0         0      100%\n\
         sq                  0      0        2        10       83%\n\
         \nal/cancel\n  sq: 10 unpinned\n\
         \nal/keep\n  sq: not translated\n"
    );
    let (code, _, talk) = project.run("translations status --require sq=84%");
    assert_eq!(code, 1);
    assert!(talk.contains("error: `sq` is at 83%, and 84% are required\n"), "{talk}");
    let (code, _, talk) = project.run("translations status --require sw=84%");
    assert_eq!(code, 2);
    assert!(
        talk.contains("`sw` is no language of this site\n  = hint: did you mean `sq`?"),
        "{talk}"
    );
    let (_, out, _) = project.run("translations status --format json");
    assert_eq!(out.lines().count(), 6);
    assert!(out.contains(
        "{\"guide\":\"al/keep\",\"language\":\"sq\",\"kind\":\"none\",\"fresh\":0,\"stale\":[],\
         \"missing\":[\"page.title\",\"page.lead\"],\"unpinned\":0,\"percent\":0}\n"
    ));
}

#[test]
fn done_pins_and_touches_nothing_else() {
    let project = project();
    let before = project.get("guides/al/cancel/sq.md");
    let (code, _, talk) = project.run("translations done al/cancel sq ask wait");
    assert_eq!(
        (code, talk.as_str()),
        (0, "Pinned 2 of 11 parts of guides/al/cancel/sq.md; nothing is missing\n")
    );
    let (code, _, talk) = project.run("translations done guides/al/cancel/sq.md sq");
    assert_eq!(
        (code, talk.as_str()),
        (0, "Pinned 8 of 11 parts of guides/al/cancel/sq.md; nothing is missing\n")
    );
    let after = project.get("guides/al/cancel/sq.md");
    let (head, rest) = after.split_once(", at: {").unwrap();
    let (pins, tail) = rest.split_once("\n  }").unwrap();
    assert_eq!(format!("{head}{tail}"), before);
    assert_eq!(pins.lines().count(), 11);
    let (code, _, talk) = project.run("translations done al/cancel sq");
    assert_eq!((code, talk.as_str()), (0, "Nothing changed: nothing is missing\n"));
    assert_eq!(project.get("guides/al/cancel/sq.md"), after);
    let (_, out, _) = project.run("translations status");
    assert!(out.contains("sq                 10      0        2         0       83%\n"), "{out}");
    let (code, _, _) = project.run("check --strict");
    assert_eq!(code, 0);
}

#[test]
fn what_a_killed_run_left_beside_a_translation_is_cleared() {
    for words in ["translations done al/cancel sq", "translations done al/cancel sq ask"] {
        let project = project();
        let left = ["guides/al/cancel/.sq.md.cicerone-123", "guides/al/cancel/.en.md.cicerone-9"];
        for name in left {
            project.put(name, "half");
        }
        // What is not ours stays.
        project.put("guides/al/cancel/.sq.md.swp", "mine");
        let (code, _, talk) = project.run(words);
        assert_eq!(code, 0, "{talk}");
        assert!(left.iter().all(|name| !project.has(name)), "{words}");
        assert!(project.has("guides/al/cancel/.sq.md.swp"));
    }
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let project = project();
    for (words, told) in [
        (
            "translations done al/cancle sq",
            "no guide is called `al/cancle`\n  = hint: did you mean `al/cancel`?",
        ),
        (
            "translations done al/cancel sk",
            "`sk` is no language of this site\n  = hint: did you mean `sq`?",
        ),
        ("translations done al/cancel en", "`guides/al/cancel/en.md` is the original\n"),
        (
            "translations diff al/keep sq",
            "`al/keep` is not translated into `sq`\n  = hint: begin with `cicerone new translation al/keep sq`",
        ),
        (
            "translations done al/cancel sq aks",
            "the original has no part `aks`\n  = hint: did you mean `ask`?",
        ),
    ] {
        let (code, out, talk) = project.run(words);
        assert_eq!((code, out.as_str()), (2, ""), "{words}");
        assert!(talk.contains(told), "{words}: {talk}");
    }
}

#[test]
fn diff_finds_what_was_translated_in_the_history() {
    let project = project();
    project.git("init -q");
    project.git("-c user.name=a -c user.email=a commit -q --allow-empty -m x");
    project.git("add -A");
    project.git("-c user.name=a -c user.email=a commit -q -m y");
    project.run("translations done al/cancel sq");
    project.edit("guides/al/cancel/en.md", "Call it.\n", "Call it twice.\n");
    project.git("add -A");
    project.git("-c user.name=a -c user.email=a commit -q -m z");
    project.edit("guides/al/cancel/en.md", "Call it twice.\n", "Call it twice, and wait.\n");
    let (code, out, talk) = project.run("translations diff al/cancel sq");
    assert_eq!((code, talk.as_str()), (0, ""));
    let (head, rest) = out.split_once('\n').unwrap();
    assert!(head.starts_with("ask: changed since 20"), "{out}");
    assert_eq!(rest, "  -Call it.\n  +Call it twice, and wait.\n");
}

#[test]
fn diff_without_a_history_tells_which_parts() {
    let project = project();
    project.run("translations done al/cancel sq");
    project.edit("guides/al/cancel/en.md", "Call it.\n", "Call it twice.\n");
    project.edit("guides/al/cancel/en.md", "steps:\n", "steps:\n  - {id: new, title: New}\n");
    let (code, out, talk) = project.run("translations diff al/cancel sq");
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "ask: changed; today it says\n   ## Ask your operator {#ask}\n   Call it twice.\n\
         not translated: new\n"
    );
    assert!(talk.starts_with("There is no git repository here"), "{talk}");
}

#[test]
fn a_minor_edit_leaves_its_translations_fresh_and_older_changes_stale() {
    let project = project();
    project.git("init -q");
    project.run("translations done al/cancel sq");
    project.git("add -A");
    project.git("-c user.name=a -c user.email=a commit -q -m x");
    project.edit("guides/al/cancel/en.md", "title: Cancel", "title: Cancel it");
    project.git("-c user.name=a -c user.email=a commit -q -a -m y");
    project.edit("guides/al/cancel/en.md", "title: Cancel it", "title: Cancel it!");
    project.edit("guides/al/cancel/en.md", "Call it.\n", "Call it!\n");
    let (code, _, talk) = project.run("translations minor al/cancel");
    assert_eq!(code, 0, "{talk}");
    assert!(talk.contains("Fresh again: 1 of"), "{talk}");
    assert!(talk.contains("left so: page.title (sq)"), "{talk}");
    let (_, out, _) = project.run("translations diff al/cancel sq");
    assert!(out.contains("page.title: changed") && !out.contains("ask: changed"), "{out}");
    let (code, _, talk) = project.run("translations minor al/cancel ask");
    assert_eq!((code, talk.trim()), (0, "Nothing changed: no translation is stale there"));
}
