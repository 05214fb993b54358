//! What a build says of addresses that the last one gave out.

use std::fs;

use super::{project, put, run};

#[test]
fn an_address_that_is_gone_is_told_with_the_line_that_keeps_it() {
    let project = project();
    let root = project.path();
    assert_eq!(run(root, &["build"]).code, 0);
    fs::rename(root.join("guides/al/sim"), root.join("guides/al/cancel")).unwrap();
    let moved = run(root, &["build"]);
    assert_eq!(moved.code, 0);
    let line = "warning: `/en/al/sim/` is gone: whoever kept the address finds nothing there\n  \
                = hint: if `guides/al/cancel/en.md` took its place, write `aliases: [/en/al/sim/]` there\n";
    assert!(moved.err.contains(line), "{}", moved.err);
    // Once, and not where the old address leads on.
    assert!(!run(root, &["build"]).err.contains("gone"));
    let text = "---\ntitle: Cancel\naliases: [/en/al/sim/]\n---\n## How\n\nNew.\n";
    put(root, "guides/al/cancel/en.md", text);
    assert!(!run(root, &["build"]).err.contains("gone"));
}

#[test]
fn a_section_that_moves_and_a_guide_that_ends_are_told_too() {
    let project = project();
    let root = project.path();
    put(root, "guides/site.yaml", "title: Small\nlanguages: [en, sq]\n");
    put(
        root,
        "guides/al/sim/sq.md",
        "---\ntitle: Anulo\nslug: anulo\ntranslation: {of: en}\n---\n",
    );
    assert_eq!(run(root, &["build"]).code, 0);
    fs::rename(root.join("guides/al"), root.join("guides/albania")).unwrap();
    let moved = run(root, &["build"]).err;
    for hint in [
        "if `guides/albania/en.md` took its place, write `aliases: [/en/al/, /sq/al/]` there",
        "if `guides/albania/sim/en.md` took its place, write `aliases: [/en/al/sim/, /sq/al/anulo/]` there",
    ] {
        assert!(moved.contains(hint), "{hint}: {moved}");
    }
    fs::remove_dir_all(root.join("guides/albania/sim")).unwrap();
    put(root, "guides/albania/en.md", "---\ntitle: Albania\n---\nText.\n");
    let ended = run(root, &["build"]).err;
    let hint = "write `aliases: [/en/albania/sim/, /sq/albania/anulo/]` into the guide that took its place, if any did";
    assert!(ended.contains(hint), "{ended}");
    // A quiet run is quiet.
    fs::remove_dir_all(root.join("output")).unwrap();
    assert!(!run(root, &["build"]).err.contains("gone"));
}
