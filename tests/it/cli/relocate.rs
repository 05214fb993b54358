//! `move`: what a guide and a section take with them to their new place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{put, run};
use crate::project::snapshot;

/// A site in which everything that can lead to a guide does.
const FILES: &[(&str, &str)] = &[
    (
        "guides/site.yaml",
        "title: T\nlanguages: [en, sq]\nnavigation: [al, al/sim] # al/sim\nexclude: [al/sim/notes/**]\n\
         footer: \"See [sim](/al/sim/).\"\nmenu:\n  - {title: Sim, url: /al/sim/}\n\
         redirects:\n  /older/: /en/al/sim/#ask\n",
    ),
    ("guides/al/en.md", "---\ntitle: Albania\n---\nSee [sim](sim/) and ![A card](sim/card.svg).\n"),
    (
        "guides/al/sim/en.md",
        "---\n# yaml-language-server: $schema=../../../schemas/guide.json\ntitle: Sim\naliases: [/oldest/]\n\
         faq:\n  - id: q\n    title: Q\n    text: \"Go to [port](../port/#how)\"\n---\n\
         Lead [port](../port/) and ![A card](card.svg).\n\n## Ask {#ask}\n\n\
         See [self](../sim/#ask), [top](/al/port/), [r][p].\n\n[p]: ../port/\n",
    ),
    (
        "guides/al/sim/sq.md",
        "---\ntitle: Simi\nslug: simi\ntranslation: {of: en}\nwords:\n  q: {title: P, text: \"Te [port](../port/)\"}\n---\n\
         Hyrje [port](../port/).\n\n## Pyet {#ask}\n\nShiko [x](../port/sq.md).\n",
    ),
    (
        "guides/al/sim/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>",
    ),
    ("guides/al/sim/notes/a.md", "A note.\n"),
    (
        "guides/al/port/en.md",
        "---\ntitle: Port\nrelated: [al/sim]\nsteps:\n  - id: a\n    title: A\n    text: |\n      Do [it](../sim/#ask).\n---\n\
         ## How {#how}\n\n[a](../sim/) [b](<../sim/>) [c][s] [d](/al/sim/en.md#ask) `../sim/`\n\n[s]: ../sim/#ask \"T\"\n",
    ),
    (
        "guides/al/port/sq.md",
        "---\ntitle: Porti\ntranslation: {of: en}\n---\n## Si {#how}\n\n[a](../sim/)\n",
    ),
    ("guides/xk/en.md", "---\ntitle: Kosovo\n---\nText.\n"),
    ("guides/xk/vala/en.md", "---\ntitle: Vala\n---\nText.\n"),
];

fn site() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        put(project.path(), path, text);
    }
    for guide in ["al/sim", "al/port"] {
        assert_eq!(run(project.path(), &["translations", "done", guide, "sq"]).code, 0);
    }
    assert_eq!(run(project.path(), &["check", "--strict"]).out, "");
    project
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

/// Each file with its text after the move, by its path before; pins of translations left out.
fn texts(root: &Path, from: &str, to: &str) -> BTreeMap<String, String> {
    let unpinned = |text: String| {
        let lines = text.lines().filter(|line| !line.starts_with("  ") || !line.ends_with(','));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    let path = |path: &str| match path.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}"),
        None => path.to_owned(),
    };
    FILES.iter().map(|(old, _)| ((*old).to_owned(), unpinned(text(root, &path(old))))).collect()
}

#[test]
fn a_guide_takes_every_link_setting_and_address_with_it() {
    let project = site();
    let root = project.path();
    let before = texts(root, "-", "-");
    assert_eq!(run(root, &["build", "-q"]).code, 0);
    let status = run(root, &["translations", "status"]).out;
    let told = "guides/al/sim to guides/xk/cancel\n  20 links and settings follow\n  \
                2 old addresses lead on: /en/al/sim/, /sq/al/simi/\n  4 parts of translations stay fresh\n";
    let dry = run(root, &["move", "al/sim", "xk/cancel", "--dry-run"]);
    assert_eq!(dry.code, 0);
    assert!(dry.err.starts_with(&format!("Would move {told}")), "{}", dry.err);
    assert_eq!(texts(root, "-", "-"), before);
    let moved = run(root, &["move", "guides/al/sim/", "xk/cancel"]);
    assert!(moved.err.starts_with(&format!("Moved {told}")), "{}", moved.err);
    assert!(!root.join("guides/al/sim").exists() && !root.join(".cicerone-move").exists());
    assert_eq!(text(root, "guides/xk/cancel/notes/a.md"), "A note.\n");
    // Each change, and no other.
    let mut expected = before;
    for (path, changes) in [
        (
            "guides/site.yaml",
            &[
                ("[al, al/sim]", "[al, xk/cancel]"),
                ("al/sim/notes", "xk/cancel/notes"),
                ("(/al/sim/)", "(/xk/cancel/)"),
                ("url: /al/sim/", "url: /xk/cancel/"),
                ("/en/al/sim/#ask", "/en/xk/cancel/#ask"),
            ][..],
        ),
        ("guides/al/en.md", &[("(sim/", "(../xk/cancel/")]),
        (
            "guides/al/sim/en.md",
            &[
                ("[/oldest/]", "[/oldest/, /en/al/sim/, /sq/al/simi/]"),
                ("../port/", "../../al/port/"),
                ("../sim/#ask", "./#ask"),
            ],
        ),
        ("guides/al/sim/sq.md", &[("../port/", "../../al/port/")]),
        (
            "guides/al/port/en.md",
            &[
                ("[al/sim]", "[xk/cancel]"),
                ("(../sim/", "(../../xk/cancel/"),
                ("<../sim/", "<../../xk/cancel/"),
                ("(/al/sim/", "(/xk/cancel/"),
                ("[s]: ../sim/", "[s]: ../../xk/cancel/"),
            ],
        ),
        ("guides/al/port/sq.md", &[("../sim/", "../../xk/cancel/")]),
    ] {
        let text = expected.get_mut(path).unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{path}: {old}");
            *text = text.replace(old, new);
        }
    }
    assert_eq!(texts(root, "guides/al/sim", "guides/xk/cancel"), expected);
    assert_eq!(run(root, &["check", "--strict"]).out, "");
    assert_eq!(run(root, &["translations", "status"]).out, status);
    assert!(!run(root, &["build"]).err.contains("gone"));
    assert!(
        text(root, "output/sq/al/simi/index.html").contains("url=/sq/xk/cancel/\"")
            || text(root, "output/sq/al/simi/index.html").contains("/sq/xk/simi/")
    );
    // Once more, and there is nothing to do; back again, and all is as it was but for the address between.
    let again = run(root, &["move", "al/sim", "xk/cancel"]);
    assert_eq!((again.code, &*again.err), (0, "Nothing to move: it is at `xk/cancel` already\n"));
    assert_eq!(run(root, &["move", "xk/cancel", "al/sim"]).code, 0);
    let back = text(root, "guides/al/sim/en.md");
    assert!(back.contains("aliases: [/oldest/, /en/xk/cancel/, /sq/xk/simi/]\n"), "{back}");
    assert_eq!(text(root, "guides/site.yaml"), FILES[0].1);
    assert_eq!(run(root, &["check", "--strict"]).out, "");
}

#[test]
fn a_section_moves_with_all_that_is_in_it() {
    let project = site();
    let root = project.path();
    // One that nobody has written words for keeps its address in the settings.
    put(root, "guides/eu/it/tim/en.md", "---\ntitle: Tim\n---\n[Vala](../../../xk/vala/)\n");
    assert_eq!(run(root, &["build", "-q"]).code, 0);
    let moved = run(root, &["move", "al", "albania"]);
    assert!(moved.err.contains("6 old addresses lead on: /en/al/, "), "{}", moved.err);
    assert!(!moved.err.contains("warning"), "{}", moved.err);
    let words = text(root, "guides/albania/en.md");
    assert!(
        words.contains("aliases: [/en/al/, /sq/al/]\n") && words.contains("](sim/)"),
        "{words}"
    );
    assert!(
        text(root, "guides/albania/port/en.md")
            .contains("[a](../sim/) [b](<../sim/>) [c][s] [d](/albania/sim/en.md#ask)")
    );
    assert_eq!(run(root, &["move", "eu/it", "italy"]).code, 0);
    let tim = text(root, "guides/italy/tim/en.md");
    assert!(
        tim.contains("aliases: [/en/eu/it/tim/, /sq/eu/it/tim/]\n---\n[Vala](../../xk/vala/)"),
        "{tim}"
    );
    let settings = text(root, "guides/site.yaml");
    assert!(settings.contains("  /en/eu/it/: /en/italy/\n"), "{settings}");
    assert!(settings.contains("  /older/: /en/albania/sim/#ask\n"), "{settings}");
    assert_eq!(run(root, &["check", "--strict"]).out, "");
    let built = run(root, &["build"]).err;
    assert!(built.contains("`/en/eu/`") || !built.contains("gone"), "{built}");
    for old in ["en/al", "sq/al/port", "sq/al/simi", "en/eu/it/tim", "sq/eu/it"] {
        assert!(root.join(format!("output/{old}/index.html")).is_file(), "{old}");
    }
}

#[test]
fn a_section_that_leaves_the_code_of_its_country_is_told() {
    let project = site();
    let root = project.path();
    put(root, "guides/operators/al.yaml", "name: Albania\n");
    let moved = run(root, &["move", "al", "albania"]);
    assert_eq!(moved.code, 0, "{}", moved.err);
    let told = "warning: the page of `albania` is no longer that of `al`, with its emergency numbers and operators\n  \
                = hint: to change its address alone, move it back and write `slug: albania` into its files\n";
    assert!(moved.err.ends_with(told), "{}", moved.err);
}

#[test]
fn what_cannot_be_moved_is_said_and_nothing_is_changed() {
    let project = site();
    let root = project.path();
    put(root, "guides/operators/al.yaml", "name: Albania\n");
    fs::create_dir(root.join("guides/it")).unwrap();
    fs::create_dir(root.join("guides/xk/.hidden")).unwrap();
    let before = snapshot(root);
    for (words, told) in [
        (
            "al/simm xk/sim",
            "no guide or section is called `al/simm`\n  = hint: did you mean `al/sim`?",
        ),
        ("guides / x", ""),
        (
            "operators/al x",
            "no guide or section is called `operators/al`\n  = hint: only guides and sections move",
        ),
        ("al/sim al/port", "there is a guide `al/port` already"),
        (
            "al/sim xk",
            "there is a section `xk` already\n  = hint: to put it in there, write `cicerone move al/sim xk/sim`",
        ),
        ("al/sim al/port/sim", "`al/port` is a guide"),
        ("al/sim xkk/sim", "there is no section `xkk`\n  = hint: did you mean `xk`?"),
        (
            "al/sim france/sim",
            "there is no section `france`\n  = hint: make its folder first: `mkdir guides/france`",
        ),
        ("al al/x", "`al/x` lies in `al` itself"),
        ("al/sim operators/x", "`operators` is a page of the site's own"),
        ("al/sim xk/a:b", "`xk/a:b` cannot be the name of a guide"),
        ("al/sim xk/Sim\u{200b}", "cannot be the name of a guide"),
    ] {
        let words: Vec<&str> = ["move"].into_iter().chain(words.split(' ')).collect();
        let refused = run(root, &words);
        assert_eq!(refused.code, 2, "{words:?}: {}", refused.err);
        assert!(refused.err.contains(told), "{words:?}: {}", refused.err);
    }
    assert_eq!(snapshot(root), before);
    // What would be wrong afterwards is shown, with its place.
    put(root, "guides/xk/vala/en.md", "---\ntitle: Vala\naliases: [/en/xk/sim/]\n---\nText.\n");
    let before = snapshot(root);
    let refused = run(root, &["move", "al/sim", "xk/sim"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("error[duplicate-address]"), "{}", refused.err);
    assert!(
        refused.err.contains("would bring 2 errors\n  = hint: nothing was moved"),
        "{}",
        refused.err
    );
    put(root, "guides/al/port/sq.md", "---\ntitle: [\n---\n");
    let refused = run(root, &["move", "al/sim", "xk/cancel"]);
    assert!(
        refused.err.contains("`guides/al/port/sq.md` cannot be read as it is"),
        "{}",
        refused.err
    );
    put(
        root,
        "guides/al/port/sq.md",
        "---\ntitle: A\ntranslation: {of: en}\n---\n## Si {#how}\n\n[a](..&#47;sim/)\n",
    );
    let refused = run(root, &["move", "al/sim", "xk/cancel"]);
    assert!(
        refused.err.contains("a link in `guides/al/port/sq.md`, line 7, cannot be changed"),
        "{}",
        refused.err
    );
    assert_eq!(snapshot(root).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    put(
        root,
        "guides/al/port/sq.md",
        "---\ntitle: A\ntranslation: {of: en}\n---\n## Si {#how}\n\n[a](../sim/)\n",
    );
    // A folder that somebody has made is a section to be.
    assert_eq!(run(root, &["move", "al/sim", "it/sim"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_link_of_the_file_system_that_would_lead_nowhere_takes_the_move_back() {
    let project = site();
    let root = project.path();
    std::os::unix::fs::symlink("../sim/card.svg", root.join("guides/al/port/card.svg")).unwrap();
    let before = snapshot(root);
    let refused = run(root, &["move", "al/sim", "xk/cancel"]);
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("a link of the file system leads there; nothing was moved"),
        "{}",
        refused.err
    );
    assert_eq!(snapshot(root), before);
}

#[test]
fn a_move_that_was_killed_is_finished_by_the_next() {
    let project = site();
    let root = project.path();
    let other = site();
    assert_eq!(run(other.path(), &["move", "al/sim", "xk/cancel"]).code, 0);
    let edit = |path: &str| {
        let old = match path.strip_prefix("guides/xk/cancel/") {
            Some(name) => format!("guides/al/sim/{name}"),
            None => path.to_owned(),
        };
        serde_json::json!({"path": path, "old": text(root, &old), "new": text(other.path(), path)})
    };
    let paths = [
        "guides/al/en.md",
        "guides/al/port/en.md",
        "guides/al/port/sq.md",
        "guides/site.yaml",
        "guides/xk/cancel/en.md",
        "guides/xk/cancel/sq.md",
    ];
    let edits: Vec<serde_json::Value> = paths.iter().map(|path| edit(path)).collect();
    let plan =
        serde_json::json!({"from": "guides/al/sim", "to": "guides/xk/cancel", "edits": edits});
    // Killed at each point: before the folder was renamed, behind it, and behind each file.
    for done in 0..=paths.len() + 1 {
        let half = site();
        let root = half.path();
        put(root, ".cicerone-move", &plan.to_string());
        if done > 0 {
            fs::rename(root.join("guides/al/sim"), root.join("guides/xk/cancel")).unwrap();
        }
        for path in paths.iter().take(done.saturating_sub(1)) {
            put(root, path, &text(other.path(), path));
        }
        let refused = run(root, &["move", "al/sim", "xk/cancel", "--dry-run"]);
        assert_eq!(refused.code, 2);
        let told = "warning: moving `al/sim` to `xk/cancel` was interrupted\n";
        assert!(run(root, &["check"]).err.contains(told));
        let finished = run(root, &["move", "al/sim", "xk/cancel"]);
        assert_eq!(
            (finished.code, &*finished.err),
            (0, "Finished moving `al/sim` to `xk/cancel`, which was interrupted\n")
        );
        assert_eq!(snapshot(root), snapshot(other.path()), "{done}");
    }
}
