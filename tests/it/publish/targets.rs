//! Which target is meant, and when nothing is sent at all.

use snapbox::{IntoData, assert_data_eq, str};

use super::{Project, assert_tidy};

#[test]
fn a_target_is_named_or_the_only_one() {
    let project = Project::new("publish: {www: {folder: www}, pages: {git: {}}}");
    let run = |words: &[&str]| project.run(&[&["publish"], words].concat());
    let several = run(&[]);
    assert_eq!((several.code, several.out.as_str()), (2, ""));
    assert_data_eq!(
        several.err.raw(),
        str![[r#"
error: there is more than one target: `pages`, `www`
  = hint: name one: `cicerone publish pages`

"#]]
        .raw()
    );
    let misspelt = run(&["ww"]);
    assert_eq!(misspelt.code, 2);
    assert_data_eq!(
        misspelt.err.raw(),
        str![[r#"
error: no target is called `ww`
  = hint: did you mean `www`?

"#]]
        .raw()
    );
    assert!(run(&["www"]).err.contains("Published to `www`"));
    let none = Project::new("").run(&["publish"]);
    assert_eq!(none.code, 2);
    assert_data_eq!(
        none.err.raw(),
        str![[r#"
error: `guides/site.yaml` names no target
  = hint: add one, like `publish: {www: {folder: /srv/www/guides}}`

"#]]
        .raw()
    );
}

#[test]
fn a_faulty_target_is_told_by_its_fault() {
    let project = Project::new("publish: {www: {foldr: www}}");
    let run = project.run(&["publish"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
error[unknown-field]: a target has no field `foldr`
 --> guides/site.yaml:4:17
  |
4 | publish: {www: {foldr: www}}
  |                 ^^^^^
  = hint: did you mean `folder`?

Not published: 1 error in 1 file

"#]]
        .raw()
    );
}

#[test]
fn a_target_is_one_place() {
    for (target, what) in [
        ("{folder: www, git: {}}", "the target `a` is more than one place"),
        ("{base_url: 'https://a.example/'}", "the target `a` is no place yet"),
        ("{s3: {region: eu-central-1}}", "a bucket has no `bucket`"),
        ("{s3: {bucket: abc, endpoint: 'https://me:key@s3.example'}}", "cannot be `endpoint`"),
        ("{git: {remote: --upload-pack=x}}", "cannot be `remote`"),
        ("{git: {branch: a..b}}", "cannot be `branch`"),
        ("{s3: {bucket: abc, secret: x}}", "a bucket has no field `secret`"),
    ] {
        let project = Project::new(&format!("publish: {{a: {target}}}"));
        let run = project.run(&["publish"]);
        assert_eq!(run.code, 1, "{target}: {}", run.err);
        assert!(run.err.contains(what), "{target}: {}", run.err);
        assert_eq!(run.err.matches("error[").count(), 1, "{target}: {}", run.err);
    }
}

#[test]
fn a_warning_stops_what_is_strict_alone() {
    let project = Project::new("publish: {www: {folder: www, strict: true}, free: {folder: free}}");
    project.write("guides/al/pin/en.md", "---\ntitle: A\n---\n<b>\n");
    let run = project.run(&["publish", "www"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("warning[raw-html]"), "{}", run.err);
    let last = "Not published: 1 warning in 1 file, and `strict: true` of this target allows no warnings\n";
    assert!(run.err.ends_with(last), "{}", run.err);
    assert!(!project.path("www").exists());
    let run = project.run(&["publish", "free"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.ends_with("; 1 warning in 1 file\n"), "{}", run.err);
    assert!(project.path("free/index.html").exists());
    assert_tidy(project.folder.path());
}

#[test]
fn an_overdue_review_stops_nothing() {
    let project = Project::new(
        "review: {every: 6mo, grace: 1mo}\npublish: {www: {folder: www, strict: true}}",
    );
    let guide = "---\ntitle: A\nreview: {verified: 2026-01-31}\n---\nText.\n";
    project.write("guides/al/pin/en.md", guide);
    let due = |day: &str| project.run(&["check", "--due", "--format", "json", "--as-of", day]);
    assert_eq!((due("2026-07-31").code, due("2026-07-31").out.as_str()), (0, ""));
    let within = due("2026-08-01");
    assert_eq!((within.code, within.out.lines().count()), (0, 1));
    assert!(within.out.contains("\"severity\":\"note\",\"code\":\"overdue-review\""));
    assert_eq!((due("2026-08-31").code, due("2026-09-01").code), (0, 1));
    for command in [&["check", "--strict"][..], &["build", "--strict"], &["publish"]] {
        let run = project.run(&[command, &["--as-of", "2046-01-01"]].concat());
        assert_eq!(run.code, 0, "{command:?}: {}", run.err);
        assert!(run.err.contains("1 note in 1 "), "{command:?}: {}", run.err);
    }
    assert_tidy(project.folder.path());
}

#[test]
fn help_teaches() {
    let project = Project::new("");
    let help = project.run(&["publish", "--help"]);
    assert_eq!(help.code, 0);
    for word in ["publish:\n", "{folder: ", "{git: ", "{s3: ", "AWS_ACCESS_KEY_ID", "--dry-run"] {
        assert!(help.out.contains(word), "{word} is missing in\n{}", help.out);
    }
}

#[cfg(feature = "publish")]
#[test]
fn a_bucket_without_keys_or_out_of_reach_is_told_so() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let s3 = format!("{{bucket: guides, region: eu-central-1, endpoint: 'http://{closed}'}}");
    let mut project = Project::new(&format!("publish: {{a: {{s3: {s3}}}}}"));
    let home = project.folder.path().display().to_string();
    project.variables =
        vec![("HOME".to_owned(), home), ("AWS_MAX_ATTEMPTS".to_owned(), "1".to_owned())];
    let run = project.run(&["publish"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.starts_with("error: there are no keys to the bucket `guides`\n"),
        "{}",
        run.err
    );
    let keys = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "not-to-be-told")];
    project.variables.extend(keys.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let run = project.run(&["publish"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    assert!(run.err.contains(&format!(", as `{closed}` did not answer: ")), "{}", run.err);
    assert!(run.err.contains("= hint: see whether the target's `endpoint`"), "{}", run.err);
    for secret in ["AKIDEXAMPLE", "not-to-be-told", "X-Amz-"] {
        assert!(!run.err.contains(secret), "{}", run.err);
    }
    assert_tidy(project.folder.path());
}
