//! What a build keeps on the disk for the next one: it makes that quicker, and never another site.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Run, put, run};
use crate::project::snapshot;

const CACHE: &str = ".cicerone/cache";

fn project(root: &Path) {
    put(root, "guides/site.yaml", "title: Small\nlanguages: [en, sq]\n");
    put(root, "guides/operators/al.yaml", "name: {default: Albania}\n");
    put(root, "guides/operators/al/one.yaml", &operator("One", ""));
    for name in ["a", "b", "c"] {
        let text = format!("---\ntitle: Guide {name}\n---\n## How\n\nAsk One in a shop.\n");
        put(root, &format!("guides/al/{name}/en.md"), &text);
    }
}

/// The project, built once.
fn built() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    build(folder.path());
    folder
}

fn operator(name: &str, more: &str) -> String {
    format!("name: {{default: {name}}}\nstatus: active\n{more}")
}

/// A build of the project, and a build of a copy of it that knows of none before.
fn build(root: &Path) -> (Run, Run) {
    let warm = run(root, &["build"]);
    let fresh = tempfile::tempdir().unwrap();
    for (path, bytes) in snapshot(root) {
        if path.starts_with("guides/") {
            put(fresh.path(), &path, std::str::from_utf8(&bytes).unwrap());
        }
    }
    let cold = run(fresh.path(), &["build"]);
    let site = |root: &Path| snapshot(&root.join("output"));
    assert_eq!(warm.code, cold.code, "{}\n{}", warm.err, cold.err);
    if warm.code == 0 {
        assert_eq!(site(root), site(fresh.path()));
    }
    let faults = |run: &Run| {
        let summary = run.err.find("Not built").or(run.err.find("Built"));
        summary.map(|at| run.err[..at].to_owned())
    };
    assert_eq!(faults(&warm), faults(&cold));
    (warm, cold)
}

#[test]
fn a_build_after_any_edit_is_as_if_there_had_been_none_before() {
    let folder = built();
    let root = folder.path();
    assert!(root.join(CACHE).is_file());
    assert_eq!(fs::read_to_string(root.join(".cicerone/.gitignore")).unwrap(), "*\n");
    let edits: [(&str, String); 6] = [
        ("guides/al/b/en.md", "---\ntitle: B\n---\n## How\n\nAnother text.\n".to_owned()),
        // A fault in one guide, and its mend.
        ("guides/al/b/en.md", "---\ntitle: B\n---\n## How\n\nThe ІMEI is on the box.\n".to_owned()),
        ("guides/al/b/en.md", "---\ntitle: B\n---\n## How\n\nThe IMEI is on the box.\n".to_owned()),
        // A fact that makes every guide wrong that was right.
        (
            "guides/operators/al/one.yaml",
            operator("New One", "former_names: [{name: One, until: 2020-01-01}]\n"),
        ),
        ("guides/operators/al/one.yaml", operator("One", "")),
        ("guides/al/d/en.md", "---\ntitle: D\n---\nNew.\n".to_owned()),
    ];
    for (path, text) in edits {
        put(root, path, &text);
        build(root);
    }
}

#[test]
fn a_build_of_nothing_new_is_the_last_one() {
    let project_folder = tempfile::tempdir().unwrap();
    let root = project_folder.path();
    project(root);
    let (first, _) = build(root);
    assert!(first.err.contains(" added"), "{}", first.err);
    let again = run(root, &["build"]);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    let built = snapshot(&root.join("output"));
    // What somebody did to the output is put right.
    let page = root.join("output/en/al/a/index.html");
    fs::write(&page, "edited").unwrap();
    run(root, &["build"]);
    fs::remove_file(root.join("output/en/al/b/index.html")).unwrap();
    run(root, &["build"]);
    assert_eq!(snapshot(&root.join("output")), built);
    // Another day, another folder, another address: another site.
    let elsewhere = root.join("elsewhere");
    let output = elsewhere.to_str().unwrap();
    assert_eq!(run(root, &["build", "-o", output]).code, 0);
    assert_eq!(snapshot(&elsewhere), built);
    assert_eq!(run(root, &["build", "--base-url", "https://example.org/x/"]).code, 0);
    assert_ne!(snapshot(&root.join("output")), built);
}

/// The project with something wrong in several rooms of the program, nothing of it grave.
fn doubtful(root: &Path) {
    project(root);
    let config = "title: Small\nlanguages: [en, sq]\nreview: {every: 6mo}\n";
    put(root, "guides/site.yaml", config);
    for (name, front, text) in [
        ("a", "", "The ІMEI is on the box."),
        ("b", "", "Ask <https://t.me/helper>, or\n\n### Too deep"),
        ("c", "", "Ask <https://t.me/helper>, or see <div>the shop</div>."),
        ("d", "review: {verified: 2019-01-01}\n", "Nothing else."),
        ("e", "", "Ask One. ![](there.png)"),
    ] {
        let text = format!("---\ntitle: Guide {name}\n{front}---\n## How\n\n{text}\n");
        put(root, &format!("guides/al/{name}/en.md"), &text);
    }
    put(root, "guides/al/e/there.png", "no picture");
}

#[test]
fn what_was_found_is_reported_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    doubtful(root);
    let (first, cold) = build(root);
    assert_eq!(first.code, 0, "{}", first.err);
    for code in ["look-alike", "promotional-link", "repeated-promotion", "raw-html", "empty-alt"] {
        assert!(cold.err.contains(code), "no {code}: {}", cold.err);
    }
    // As it is; in another form; where warnings count; and by `check`, which writes nothing.
    let (again, _) = build(root);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    let alike = |warm: &[&str]| {
        let fresh = tempfile::tempdir().unwrap();
        for (path, bytes) in snapshot(&root.join("guides")) {
            put(fresh.path(), &format!("guides/{path}"), &String::from_utf8_lossy(&bytes));
        }
        let (warm, cold) = (run(root, warm), run(fresh.path(), warm));
        assert_eq!((warm.code, &warm.out), (cold.code, &cold.out));
        (warm, cold)
    };
    alike(&["build", "--format", "json"]);
    let (strict, _) = alike(&["build", "--strict"]);
    assert_eq!(strict.code, 1, "{}", strict.err);
    let before = fs::read(root.join(CACHE)).unwrap();
    alike(&["check"]);
    alike(&["check", "--strict", "guides/al/b"]);
    assert_eq!(fs::read(root.join(CACHE)).unwrap(), before);
    // One edit leaves the rest as it was; so does a fault that stops the build, and its mend.
    for text in ["Another text.", "[Nowhere](../nowhere/), and the ІMEI.", "Mended."] {
        put(root, "guides/al/a/en.md", &format!("---\ntitle: A\n---\n## How\n\n{text}\n"));
        build(root);
        build(root);
        alike(&["check"]);
    }
}

#[test]
fn a_cache_may_be_broken_or_deleted_at_any_time() {
    let folder = built();
    let root = folder.path();
    let cache = root.join(CACHE);
    let whole = fs::read(&cache).unwrap();
    for broken in [&b""[..], b"cicerone", &whole[..whole.len() / 2], &[0xff; 300]] {
        fs::write(&cache, broken).unwrap();
        put(root, "guides/al/b/en.md", &format!("---\ntitle: B\n---\nText {}.\n", broken.len()));
        build(root);
    }
    fs::remove_dir_all(root.join(".cicerone")).unwrap();
    build(root);
    // Nor need there be a place for it.
    fs::remove_dir_all(root.join(".cicerone")).unwrap();
    put(root, ".cicerone", "a file of somebody's");
    build(root);
    assert_eq!(fs::read_to_string(root.join(".cicerone")).unwrap(), "a file of somebody's");
}
