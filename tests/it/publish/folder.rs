//! A folder as a target, such as one that is mounted from elsewhere.

use std::fs;

use super::{Project, assert_same, assert_tidy, paths, without_manifest};
use crate::project::snapshot;

#[test]
fn a_folder_becomes_the_site_and_keeps_what_is_not_ours() {
    let project = Project::new("publish: {www: {folder: srv/www}}");
    fs::create_dir(project.path("srv")).unwrap();
    let built = project.built();
    let first = project.steps(&[]);
    assert_eq!(paths(&first, "added").len(), built.len());
    assert_same(&built, &without_manifest(snapshot(&project.path("srv/www"))));

    let again = project.publishes(&[]);
    assert!(again.err.contains(": nothing changed"), "{}", again.err);
    assert!(project.steps(&[]).is_empty());

    project.write("srv/www/CNAME", "small.example\n");
    project.edit();
    let mut built = project.built();
    let steps = project.steps(&["www"]);
    assert!(paths(&steps, "changed").contains(&"en/al/pin/index.html"), "{steps:?}");
    assert!(!steps.contains_key("en/al/sim/index.html"), "{steps:?}");
    built.insert("CNAME".to_owned(), b"small.example\n".to_vec());
    assert_same(&built, &without_manifest(snapshot(&project.path("srv/www"))));
    assert_tidy(project.folder.path());
    assert_tidy(&project.path("srv"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = Project::new("publish: {www: {folder: srv/www}}");
    fs::create_dir(project.path("srv")).unwrap();
    let before = snapshot(project.folder.path());
    let run = project.publishes(&["--dry-run"]);
    assert!(run.out.contains("added    en/al/pin/index.html ("), "{}", run.out);
    assert!(run.err.starts_with("Would publish to `www` (srv/www): "), "{}", run.err);
    assert_same(&before, &snapshot(project.folder.path()));
    project.publishes(&[]);
    project.edit();
    let before = snapshot(project.folder.path());
    let run = project.publishes(&["--dry-run"]);
    assert!(run.out.contains("changed  en/al/pin/index.html ("), "{}", run.out);
    assert_same(&before, &snapshot(project.folder.path()));
}

#[test]
fn what_has_not_changed_is_not_touched() {
    let project = Project::new("publish: {www: {folder: www}}");
    project.publishes(&[]);
    let status = |path: &str| {
        let metadata = fs::metadata(project.path(path)).unwrap();
        (metadata.modified().unwrap(), metadata.permissions())
    };
    let places = ["www", "www/.cicerone-manifest.json", "www/en/al/sim/index.html"];
    let before = places.map(status);
    project.publishes(&[]);
    assert_eq!(places.map(status), before);
    project.edit();
    project.publishes(&[]);
    // Of a changed site, the other pages.
    assert_ne!(status(places[1]), before[1]);
    assert_eq!(status(places[2]), before[2]);
}

#[test]
fn an_edited_file_at_the_target_is_put_right_and_told() {
    let project = Project::new("publish: {www: {folder: www}}");
    project.publishes(&[]);
    project.write("www/en/al/sim/index.html", "<p>mine</p>");
    let run = project.publishes(&["--dry-run"]);
    assert!(run.out.starts_with("changed  en/al/sim/index.html ("), "{}", run.out);
    assert!(run.err.contains("`en/al/sim/index.html` did not come from Cicerone"), "{}", run.err);
    assert_eq!(fs::read(project.path("www/en/al/sim/index.html")).unwrap(), b"<p>mine</p>");
    project.publishes(&[]);
    assert_same(&project.built(), &without_manifest(snapshot(&project.path("www"))));
}

#[test]
fn what_is_not_mounted_is_not_made() {
    let project = Project::new("publish: {www: {folder: mnt/www}}");
    let run = project.run(&["publish"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no folder `"), "{}", run.err);
    assert!(!project.path("mnt").exists());
}

#[test]
fn a_folder_of_others_and_the_guides_are_refused() {
    let project =
        Project::new("publish: {a: {folder: others}, b: {folder: guides}, c: {folder: .}}");
    project.write("others/letters.txt", "mine");
    let before = snapshot(project.folder.path());
    for target in ["a", "b", "c"] {
        let run = project.run(&["publish", target]);
        assert_eq!(run.code, 2, "{}", run.err);
    }
    assert_same(&before, &snapshot(project.folder.path()));
}

#[test]
fn a_site_that_lost_its_pages_asks_first() {
    let project = Project::new("publish: {www: {folder: www}}");
    project.publishes(&[]);
    let before = snapshot(&project.path("www"));
    fs::remove_dir_all(project.path("guides/al")).unwrap();
    project.write("guides/en.md", "---\ntitle: Home\n---\n");
    for words in [&["publish"][..], &["publish", "--dry-run"]] {
        let run = project.run(words);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains("`--allow-delete`"), "{}", run.err);
    }
    assert_same(&before, &snapshot(&project.path("www")));
    let steps = project.steps(&["--allow-delete"]);
    assert!(paths(&steps, "deleted").contains(&"en/al/sim/index.html"), "{steps:?}");
    assert_same(&project.built(), &without_manifest(snapshot(&project.path("www"))));
}

#[test]
fn a_target_may_have_an_address_of_its_own() {
    let project =
        Project::new("publish: {preview: {folder: www, base_url: 'https://p.example/x/'}}");
    project.publishes(&[]);
    let sitemap = fs::read_to_string(project.path("www/sitemap.xml")).unwrap();
    assert!(sitemap.contains("https://p.example/x/en/al/sim/"), "{sitemap}");
    assert!(!sitemap.contains("small.example"), "{sitemap}");
}
