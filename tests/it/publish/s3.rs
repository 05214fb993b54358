//! Storage as a target: a real server behind a proxy that cuts connections.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use serde_json::Value;

use super::moto::{Moto, moto};
use super::proxy::{Fault, Proxy, When};
use super::signature::{ID, SECRET};
use super::{Project, assert_tidy, paths, steps};
use crate::project::{Files, home, snapshot};

/// A project whose only target is a bucket of its own.
pub struct Scene {
    pub project: Project,
    moto: &'static Moto,
    proxy: Proxy,
    bucket: String,
}

impl Scene {
    /// `None` where there is no storage to test with; `more` is said of the bucket too.
    pub fn new(bucket: &str, more: &str) -> Option<Scene> {
        let moto = moto()?;
        let proxy = Proxy::before(moto.port);
        moto.make(bucket);
        let mut project = Project::new(&target(bucket, proxy.port, more));
        project.variables = keys(ID, SECRET);
        Some(Scene { project, moto, proxy, bucket: bucket.to_owned() })
    }

    /// The bucket holds these files and no others.
    #[track_caller]
    pub fn holds(&self, files: &Files) {
        let sum = |bytes: &[u8]| -> String {
            Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let sums = files.iter().map(|(path, bytes)| (path.clone(), sum(bytes)));
        assert_eq!(sums.collect::<BTreeMap<_, _>>(), self.stored());
    }

    fn stored(&self) -> BTreeMap<String, String> {
        self.moto.sums(&self.bucket)
    }

    /// Has few files, where many runs are needed.
    pub fn shrinks(&self) {
        let target = target(&self.bucket, self.proxy.port, "").replace("precompress: gzip\n", "");
        let site = format!("title: Small\nlanguages: [en]\n{target}\n");
        self.project.write("guides/site.yaml", &site);
    }

    /// Keys put and deleted are those that the run says.
    #[track_caller]
    fn publishes_as_said(&self) -> super::Steps {
        self.proxy.set(When::Never);
        let said = steps(&self.project.publishes(&["--dry-run", "--format", "json"]).out);
        assert_eq!(self.proxy.keys("PUT").len() + self.proxy.keys("DELETE").len(), 0);
        let done = steps(&self.project.publishes(&["--format", "json"]).out);
        assert_eq!(said, done);
        let mut put = self.proxy.keys("PUT");
        put.sort();
        let mut sent = [paths(&said, "added"), paths(&said, "changed")].concat();
        sent.sort_unstable();
        assert_eq!(put, sent);
        let mut deleted = self.proxy.keys("DELETE");
        deleted.sort();
        assert_eq!(deleted, paths(&said, "deleted"));
        said
    }
}

fn target(bucket: &str, port: u16, more: &str) -> String {
    format!(
        "precompress: gzip\npublish: {{store: {{s3: {{bucket: {bucket}, endpoint: 'http://127.0.0.1:{port}'{more}}}}}}}"
    )
}

fn keys(id: &str, secret: &str) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        pair("AWS_ACCESS_KEY_ID", id),
        pair("AWS_SECRET_ACCESS_KEY", secret),
        pair("AWS_MAX_ATTEMPTS", "1"),
        pair("HOME", "/nonexistent"),
    ]
}

#[test]
fn only_what_differs_is_sent() {
    let Some(scene) = Scene::new("differs", "") else { return };
    let built = scene.project.built();
    let first = scene.publishes_as_said();
    assert_eq!(paths(&first, "added").len(), built.len());
    scene.holds(&built);

    assert!(scene.publishes_as_said().is_empty());
    let asked: Vec<_> = scene.proxy.requests().into_iter().map(|one| one.method).collect();
    assert!(asked.iter().all(|method| method == "GET"), "{asked:?}");
    assert!(scene.project.publishes(&[]).err.contains(": nothing changed"));

    scene.project.edit();
    let changed = scene.publishes_as_said();
    let built = scene.project.built();
    scene.holds(&built);
    assert!(paths(&changed, "changed").contains(&"en/al/pin/index.html"), "{changed:?}");
    // The guide and its fallback in the other language, feeds, and the search; no other guide.
    let is_own = |path: &str| {
        path.contains("/al/pin/")
            || path.contains("feed")
            || path.contains("search")
            || path.starts_with("llms")
            || path.ends_with("sitemap.xml")
    };
    let others: Vec<_> = changed.keys().filter(|path| !is_own(path)).collect();
    assert!(others.is_empty(), "{others:?}");

    std::fs::remove_dir_all(scene.project.path("guides/al/sim")).unwrap();
    let gone = scene.publishes_as_said();
    assert!(paths(&gone, "deleted").contains(&"old-sim/index.html"), "{gone:?}");
    scene.holds(&scene.project.built());
    assert_tidy(scene.project.folder.path());
}

#[test]
fn what_pages_ask_for_is_there_before_them() {
    let Some(scene) = Scene::new("order", "") else { return };
    scene.project.publishes(&[]);
    scene.project.edit();
    scene.proxy.set(When::Never);
    scene.project.publishes(&[]);
    let rank = |key: &str| match key.trim_end_matches(".gz") {
        key if key.starts_with("assets/") => 0,
        key if !key.contains('/') => 3,
        key if key.ends_with(".html") => 2,
        _ => 1,
    };
    let ranks: Vec<_> = scene.proxy.keys("PUT").iter().map(|key| rank(key)).collect();
    assert!(ranks.is_sorted(), "{:?}", scene.proxy.keys("PUT"));
    assert!(ranks.contains(&0) && ranks.contains(&2), "{ranks:?}");
    let methods: Vec<_> = scene.proxy.requests().into_iter().map(|one| one.method).collect();
    let first_deleted = methods.iter().position(|method| method == "DELETE").unwrap();
    let last_put = methods.iter().rposition(|method| method == "PUT").unwrap();
    let deleted = methods[first_deleted..last_put].iter().all(|method| method == "DELETE");
    assert!(deleted, "only the list of what is there comes after deletions: {methods:?}");
}

#[test]
fn objects_are_served_as_what_they_are() {
    let Some(scene) = Scene::new("headers", "") else { return };
    scene.project.publishes(&[]);
    let built = scene.project.built();
    for path in built.keys() {
        let headers = scene.moto.headers(&scene.bucket, path);
        let header = |name: &str| headers.get(name).map(String::as_str);
        let is_asset = path.starts_with("assets/");
        let cache = header("cache-control").unwrap();
        assert_eq!(cache.contains("immutable"), is_asset, "{path}: {cache}");
        let packed = path.strip_suffix(".gz").filter(|path| built.contains_key(*path));
        assert_eq!(header("content-encoding"), packed.map(|_| "gzip"), "{path}");
        let kind = header("content-type").unwrap();
        if packed.unwrap_or(path).ends_with(".html") {
            assert_eq!(kind, "text/html; charset=utf-8", "{path}");
        }
        let redirect = header("x-amz-website-redirect-location");
        let expected = (path == "old-sim/index.html").then_some("/en/al/sim/");
        assert_eq!(redirect, expected, "{path}");
    }
    assert!(built.keys().any(|path| path.ends_with(".html.gz")));
}

#[test]
fn what_is_to_be_served_otherwise_is_sent_again() {
    let Some(scene) = Scene::new("otherwise", "") else { return };
    scene.shrinks();
    scene.project.publishes(&[]);
    // As if the version that sent it had served it otherwise.
    let ledger = scene.moto.text(&scene.bucket, LEDGER);
    let mut ledger: Value = serde_json::from_str(&ledger).unwrap();
    ledger["files"]["robots.txt"]["headers"] = "older".into();
    scene.moto.put(&scene.bucket, LEDGER, &ledger.to_string());
    // The reading, the list and the ledger go through; the file does not.
    scene.proxy.set(When::From(4, Fault::Lost));
    assert_eq!(scene.project.run(&["publish"]).code, 3);
    let steps = scene.publishes_as_said();
    assert_eq!(paths(&steps, "changed"), ["robots.txt"]);
    assert!(scene.publishes_as_said().is_empty());
}

const LEDGER: &str = ".cicerone-published.json";

/// Two sites that differ in what they add, change and take away.
const VARIANTS: [&str; 2] = [
    "---\ntitle: Change the PIN\naliases: [/old-pin/]\n---\n## How\n\nDial.\n",
    "---\ntitle: Change the PIN\n---\n## How\n\nDial two stars, and [look](card.svg).\n",
];

#[test]
fn a_run_that_is_cut_at_any_request_is_finished_by_the_next() {
    let Some(scene) = Scene::new("cut", "") else { return };
    scene.shrinks();
    let turn = |variant: usize| scene.project.write("guides/al/pin/en.md", VARIANTS[variant]);
    let sites = [0, 1].map(|variant| {
        turn(variant);
        scene.project.built()
    });
    assert!(sites[0] != sites[1]);
    turn(0);
    scene.project.publishes(&[]);
    let mut here = 0;
    for fault in [Fault::Lost, Fault::Torn, Fault::Unheard] {
        let mut cuts = 0;
        for at in 1.. {
            let to = 1 - here;
            turn(to);
            scene.proxy.set(When::From(at, fault));
            let cut = scene.project.run(&["publish"]);
            if cut.code == 0 {
                scene.holds(&sites[to]);
                here = to;
                break;
            }
            assert_eq!(cut.code, 3, "{}", cut.err);
            assert!(cut.err.contains("publish once more"), "{}", cut.err);
            cuts += 1;
            scene.proxy.set(When::Never);
            // Every other time, the guides are as they were before when it is run again.
            here = if at % 2 == 0 { here } else { to };
            turn(here);
            scene.project.publishes(&[]);
            scene.holds(&sites[here]);
        }
        assert!(cuts > 10, "{fault:?}: {cuts}");
    }
    assert!(scene.publishes_as_said().is_empty());
}

#[test]
fn a_first_run_that_is_cut_sends_nothing_twice() {
    for at in [3, 4, 16] {
        let Some(scene) = Scene::new(&format!("first-{at}"), "") else { return };
        scene.shrinks();
        scene.proxy.set(When::From(at, Fault::Unheard));
        let cut = scene.project.run(&["publish"]);
        assert_eq!(cut.code, 3, "{at}: {}", cut.err);
        let sent = scene.stored().len();
        let steps = scene.publishes_as_said();
        let built = scene.project.built();
        assert_eq!(steps.len(), built.len() - sent, "{at}");
        scene.holds(&built);
    }
}

#[test]
fn what_fails_once_is_asked_again() {
    let Some(mut scene) = Scene::new("again", "") else { return };
    scene.shrinks();
    scene.project.variables.retain(|(name, _)| name != "AWS_MAX_ATTEMPTS");
    scene.project.publishes(&[]);
    for fault in [Fault::Slow, Fault::Lost] {
        scene.project.edit();
        if fault == Fault::Lost {
            scene.project.write("guides/al/pin/en.md", VARIANTS[0]);
        }
        scene.proxy.set(When::Each(fault));
        scene.project.publishes(&[]);
        scene.holds(&scene.project.built());
    }
    // As long as the storage says no, one gives up at some time.
    scene.project.variables.push(("AWS_MAX_ATTEMPTS".to_owned(), "2".to_owned()));
    scene.proxy.set(When::From(1, Fault::Lost));
    assert_eq!(scene.project.run(&["publish"]).code, 3);
    assert_eq!(scene.proxy.requests().len(), 2);
}

#[test]
fn what_others_put_into_the_bucket_stays() {
    let Some(scene) = Scene::new("others", ", prefix: guides/live") else { return };
    scene.moto.put("others", "index.html", "mine");
    scene.moto.put("others", "guides/live/letters.txt", "mine");
    scene.moto.put("others", "guides/live/robots.txt", "other robots");
    let run = scene.project.publishes(&[]);
    assert!(run.err.contains("`robots.txt` did not come from Cicerone"), "{}", run.err);
    assert!(run.err.contains("(s3://others/guides/live/)"), "{}", run.err);
    let mut expected: Files = scene
        .project
        .built()
        .into_iter()
        .map(|(path, bytes)| (format!("guides/live/{path}"), bytes))
        .collect();
    expected.insert("index.html".to_owned(), b"mine".to_vec());
    expected.insert("guides/live/letters.txt".to_owned(), b"mine".to_vec());
    scene.holds(&expected);
    // What is gone or changed there is mended.
    scene.moto.delete("others", "guides/live/en/al/pin/index.html");
    scene.moto.put("others", "guides/live/en/al/index.html", "not ours");
    let steps = steps(&scene.project.publishes(&["--format", "json"]).out);
    assert_eq!(paths(&steps, "added"), ["en/al/pin/index.html"]);
    assert_eq!(paths(&steps, "changed"), ["en/al/index.html"]);
    scene.holds(&expected);
}

#[test]
fn a_site_that_lost_its_pages_asks_first() {
    let Some(scene) = Scene::new("lost", "") else { return };
    scene.project.publishes(&[]);
    let before = scene.stored();
    std::fs::remove_dir_all(scene.project.path("guides/al")).unwrap();
    scene.project.write("guides/en.md", "---\ntitle: Home\n---\n");
    let run = scene.project.run(&["publish"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("`--allow-delete`"), "{}", run.err);
    assert_eq!(before, scene.stored());
    scene.project.publishes(&["--allow-delete"]);
    scene.holds(&scene.project.built());
}

#[test]
fn keys_come_from_the_environment_or_a_profile_and_are_never_told() {
    let Some(mut scene) = Scene::new("keys", ", profile: guides") else { return };
    let told = |run: &super::Run| {
        let said = format!("{}{}", run.out, run.err);
        assert!(
            !said.contains(SECRET) && !said.contains(ID) && !said.contains("wrong+key"),
            "{said}"
        );
        assert!(!said.contains("X-Amz-"), "{said}");
    };
    scene.project.variables = keys(ID, "wrong+key");
    let wrong = scene.project.run(&["publish"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert!(wrong.err.contains("403 SignatureDoesNotMatch"), "{}", wrong.err);
    told(&wrong);

    scene.project.variables = vec![("HOME".to_owned(), "/nonexistent".to_owned())];
    let none = scene.project.run(&["publish"]);
    assert_eq!(none.code, 2, "{}", none.err);
    assert!(none.err.contains("there are no keys to the bucket `keys`"), "{}", none.err);

    let home = scene.project.path("home");
    let profile = format!(
        "[default]\naws_access_key_id = x\naws_secret_access_key = y\n[guides]\naws_access_key_id={ID}\naws_secret_access_key = {SECRET}\n"
    );
    scene.project.write("home/.aws/credentials", &profile);
    scene.project.variables = vec![("HOME".to_owned(), home.to_str().unwrap().to_owned())];
    let good = scene.project.run(&["-v", "publish"]);
    assert_eq!(good.code, 0, "{}", good.err);
    told(&good);
    scene.holds(&scene.project.built());

    let missing = Project::new(&target("no-such-bucket", scene.proxy.port, ""));
    let missing = Project { variables: keys(ID, SECRET), ..missing };
    let run = missing.run(&["publish"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("NoSuchBucket"), "{}", run.err);
}

#[test]
fn the_guides_of_the_project_are_published() {
    let Some(scene) = Scene::new("guides", "") else { return };
    let guides = scene.project.path("guides");
    std::fs::remove_dir_all(&guides).unwrap();
    crate::project::copy(&home().join("guides"), &guides);
    let site = std::fs::read_to_string(guides.join("site.yaml")).unwrap();
    let own = target("guides", scene.proxy.port, "").replace("precompress: gzip\n", "");
    scene.project.write("guides/site.yaml", &format!("{site}\n{own}\n"));
    let words = ["--as-of", "2026-09-01"];
    let first = scene.project.publishes(&words);
    assert!(first.err.contains("Published to `store`"), "{}", first.err);
    let build = scene.project.run(&["build", "--as-of", "2026-09-01"]);
    assert_eq!(build.code, 0, "{}", build.err);
    let mut built = super::without_manifest(snapshot(&scene.project.path("output")));
    // So many of others that a list of all takes more than one page, and ours are on both.
    for number in 0..950 {
        let key = format!("assets/others/{number}");
        scene.moto.put(&scene.bucket, &key, "");
        built.insert(key, Vec::new());
    }
    scene.holds(&built);
    scene.proxy.set(When::Never);
    assert!(scene.project.publishes(&words).err.contains(": nothing changed"));
    assert!(scene.proxy.keys("PUT").is_empty());
}
