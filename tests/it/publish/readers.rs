//! What `publish` says before it sends anything: which pages change for readers, what vanishes, what caches forget.

use super::*;

#[test]
fn pages_are_told_by_title_and_language() {
    let project = Project::new("publish: {www: {folder: www}}");
    let first = project.publishes(&[]);
    assert!(first.err.contains("new      "), "{}", first.err);
    project.edit();
    project.write("guides/al/late/en.md", "---\ntitle: A late one\n---\nText.\n");
    fs::remove_dir_all(project.path("guides/al/sim")).unwrap();
    let run = project.publishes(&["--dry-run", "--allow-delete"]);
    assert!(run.out.contains("new      A late one (en) /en/al/late/\n"), "{}", run.out);
    assert!(run.out.contains("gone     /en/al/sim/\n"), "{}", run.out);
    assert!(run.err.contains("warning: "), "{}", run.err);
    assert!(run.err.contains("vanish"), "{}", run.err);
    assert!(run.err.contains("`aliases`"), "{}", run.err);
    let json = project.publishes(&["--dry-run", "--allow-delete", "--format", "json"]).out;
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    let purge: Vec<&str> =
        last["purge"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(purge.contains(&"https://small.example/en/al/sim/"), "{purge:?}");
    assert!(!purge.contains(&"https://small.example/en/al/late/"), "{purge:?}");
    assert!(!purge.iter().any(|url| url.contains("/assets/")), "{purge:?}");
    assert!(json.contains("{\"page\":\"gone\",\"address\":\"/en/al/sim/\""), "{json}");
}

#[test]
fn an_address_that_leads_on_does_not_vanish() {
    let project = Project::new("publish: {www: {folder: www}}");
    project.publishes(&[]);
    fs::rename(project.path("guides/al/sim"), project.path("guides/al/card")).unwrap();
    let moved = "---\ntitle: Card\naliases: [/en/al/sim/]\n---\nText.\n";
    project.write("guides/al/card/en.md", moved);
    let run = project.publishes(&["--allow-delete"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("gone     /en/al/sim/"), "{}", run.out);
}
