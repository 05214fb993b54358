//! What `new site --ci` writes is read by the hosts that it is for, and builds the site.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cicerone");
const ALL: &str = "--ci github --ci gitlab --ci netlify --ci cloudflare --ci vercel --ci netlify";

fn run(folder: &Path, words: &str) -> (i32, String) {
    let output = Command::new(PROGRAM).args(words.split(' ')).current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A site with every recipe, and the folder that it ends with.
fn site() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (code, talk) = run(folder.path(), &format!("new site a --title A --lang en {ALL}"));
    assert_eq!(code, 0, "{talk}");
    let site = folder.path().join("a");
    (folder, site)
}

fn yaml(site: &Path, path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(site.join(path)).unwrap()).unwrap()
}

fn is_shell(text: &str) {
    let output = Command::new("sh").args(["-n", "-c", text]).output().unwrap();
    assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What the machine of a host says of itself.
type Surroundings<'s> = &'s [(&'s str, &'s str)];

/// Runs what a recipe says, as its machine does; the program is there already.
fn runs(site: &Path, script: &str, surroundings: Surroundings<'_>) -> Output {
    let programs = Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["-eu", "-c", script]).current_dir(site).env_clear();
    command.env("PATH", path).env("HOME", site).envs(surroundings.iter().copied());
    command.output().unwrap()
}

#[track_caller]
fn goes_well(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The folder of the target that a recipe names.
fn target(site: &Path, name: &str) -> String {
    let settings = yaml(site, "guides/site.yaml");
    settings["publish"][name]["folder"].as_str().unwrap().to_owned()
}

#[track_caller]
fn lives_at(site: &Path, address: &str) {
    let robots = fs::read_to_string(site.join("public/robots.txt")).unwrap();
    assert!(robots.contains(&format!("Sitemap: {address}sitemap.xml")), "{robots}");
    assert!(site.join("public/en/index.html").is_file());
}

/// A guide with a fault, and its path.
fn break_a_guide(site: &Path) -> &'static str {
    let path = "guides/sim/en.md";
    fs::create_dir_all(site.join("guides/sim")).unwrap();
    fs::write(site.join(path), "---\ntitle: SIM\n---\n[there](../nowhere/)\n").unwrap();
    path
}

#[test]
fn github_checks_what_is_proposed_and_publishes_main() {
    let (_folder, site) = site();
    let workflow = yaml(&site, ".github/workflows/site.yml");
    assert!(workflow["on"].as_object().unwrap().contains_key("pull_request"));
    assert_eq!(workflow["on"]["push"]["branches"], Value::from(vec!["main"]));
    // No more rights than a job needs.
    assert_eq!(workflow["permissions"], serde_json::json!({"contents": "read"}));
    let rights = serde_json::json!({"contents": "read", "pages": "write", "id-token": "write"});
    assert_eq!(workflow["jobs"]["publish"]["permissions"], rights);
    let steps = |job: &str| workflow["jobs"][job]["steps"].as_array().unwrap().clone();
    let scripts = |job: &str| -> Vec<String> {
        let steps = steps(job);
        for step in &steps {
            let does = step["uses"].as_str().or(step["run"].as_str());
            assert!(does.is_some(), "{step}");
        }
        let script = |step: &Value| Some(step["run"].as_str()?.to_owned());
        let scripts: Vec<String> = steps.iter().filter_map(script).collect();
        let expression = "${{ steps.pages.outputs.base_url }}";
        scripts.iter().map(|run| run.replace(expression, "https://a.example/notes")).collect()
    };
    let installs = |run: &String| run == "pipx install \"cicerone-site==$CICERONE\"";
    assert_eq!(workflow["env"]["CICERONE"], env!("CARGO_PKG_VERSION"));
    for job in ["check", "publish"] {
        assert!(workflow["jobs"][job]["if"].as_str().unwrap().starts_with("github.event_name == "));
        scripts(job).iter().for_each(|run| is_shell(run));
        assert_eq!(scripts(job).iter().filter(|run| installs(run)).count(), 1);
    }
    let publish: Vec<String> =
        scripts("publish").into_iter().filter(|run| !installs(run)).collect();
    assert_eq!(publish, ["cicerone publish pages --base-url \"https://a.example/notes/\""]);
    goes_well(&runs(&site, &publish[0], &[]));
    lives_at(&site, "https://a.example/notes/");
    let uses = |action: &str| {
        let named =
            |step: &&Value| step["uses"].as_str().is_some_and(|uses| uses.starts_with(action));
        steps("publish").iter().find(named).unwrap_or_else(|| panic!("{action}")).clone()
    };
    assert_eq!(uses("actions/configure-pages@")["id"], "pages");
    assert_eq!(uses("actions/upload-pages-artifact@")["with"]["path"], target(&site, "pages"));
    assert_eq!(uses("actions/deploy-pages@")["id"], "deployment");

    let check: Vec<String> = scripts("check").into_iter().filter(|run| !installs(run)).collect();
    assert_eq!(check, ["cicerone check --strict --format github"]);
    goes_well(&runs(&site, &check[0], &[]));
    let path = break_a_guide(&site);
    let output = runs(&site, &check[0], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with(&format!("::error file={path},line=4,")), "{said}");
}

#[test]
fn gitlab_checks_what_is_proposed_and_publishes_the_default_branch() {
    let (_folder, site) = site();
    let pipeline = yaml(&site, ".gitlab-ci.yml");
    let script = |part: &Value| -> String {
        let lines = part.as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    };
    is_shell(&script(&pipeline["before_script"]));
    let publish = script(&pipeline["pages"]["script"]);
    assert_eq!(publish, "cicerone publish pages --base-url \"$CI_PAGES_URL/\"");
    goes_well(&runs(&site, &publish, &[("CI_PAGES_URL", "https://b.example/notes")]));
    lives_at(&site, "https://b.example/notes/");
    // The only folder that GitLab takes.
    assert_eq!(target(&site, "pages"), "public");
    assert_eq!(pipeline["pages"]["artifacts"]["paths"], Value::from(vec!["public"]));
    for job in ["check", "pages"] {
        assert!(pipeline[job]["rules"][0]["if"].as_str().unwrap().starts_with("$CI_"));
    }

    let check = script(&pipeline["check"]["script"]);
    goes_well(&runs(&site, &check, &[]));
    let report = pipeline["check"]["artifacts"]["reports"]["codequality"].as_str().unwrap();
    assert_eq!(yaml(&site, report), Value::Array(Vec::new()));
    let path = break_a_guide(&site);
    assert_eq!(runs(&site, &check, &[]).status.code(), Some(1));
    let faults = yaml(&site, report);
    assert_eq!(faults[0]["location"], serde_json::json!({"path": path, "lines": {"begin": 4}}));
    assert_eq!(faults[0]["check_name"], "broken-link");
}

/// As much of TOML as these files use: tables, and texts in quotes.
#[test]
fn netlify_and_cloudflare_are_told_what_to_build_and_publish() {
    let (_folder, site) = site();
    let read = |path: &str| -> Vec<String> {
        let text = fs::read_to_string(site.join(path)).unwrap();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        for line in &lines {
            let is_table = line.starts_with('[') && line.ends_with(']');
            let is_text = line
                .split_once(" = ")
                .is_some_and(|(_, value)| serde_json::from_str::<String>(value).is_ok());
            assert!(is_table || is_text, "{line}");
        }
        lines
    };
    let folder = target(&site, "pages");
    let publish = format!("publish = \"{folder}\"");
    assert_eq!(
        read("netlify.toml"),
        ["[build]", "command = \"sh scripts/build-site.sh\"", &publish]
    );
    assert!(read("wrangler.toml").contains(&format!("pages_build_output_dir = \"{folder}\"")));
    let vercel = yaml(&site, "vercel.json");
    assert_eq!(vercel["outputDirectory"], folder);
    assert_eq!(vercel["buildCommand"], "sh scripts/build-site.sh");
    keeps_what_has_a_fingerprint(&vercel["headers"]);
}

/// A rule of headers that names the folder of the files that never change.
fn keeps_what_has_a_fingerprint(rules: &Value) {
    let [rule] = rules.as_array().unwrap().as_slice() else { panic!("{rules}") };
    let folder = rule["source"].as_str().unwrap().trim_matches(['/', '*', '(', ')', '.']);
    assert!(cicerone::model::media::is_fingerprinted(&format!("{folder}/x")), "{rule}");
    let header = serde_json::json!([{
        "key": "Cache-Control",
        "value": cicerone::model::media::FOREVER,
    }]);
    assert_eq!(rule["headers"], header);
}

/// What stands in `docs/publishing.md` under a file's name.
fn fence(info: &str) -> String {
    let documents = fs::read_to_string(crate::project::home().join("docs/publishing.md")).unwrap();
    let (_, behind) = documents.split_once(&format!("```{info}\n")).unwrap();
    behind.split_once("```\n").unwrap().0.to_owned()
}

#[test]
fn the_files_that_the_documents_show_are_those_of_a_site() {
    let (_folder, site) = site();
    goes_well(&runs(&site, "cicerone publish pages", &[]));
    let folder = site.join(target(&site, "pages"));
    let firebase: Value = serde_json::from_str(&fence("json firebase.json")).unwrap();
    assert_eq!(firebase["hosting"]["public"], target(&site, "pages"));
    keeps_what_has_a_fingerprint(&firebase["hosting"]["headers"]);
    let azure = fence("json public/staticwebapp.config.json");
    let settings: Value = serde_json::from_str(&azure).unwrap();
    let page = settings["responseOverrides"]["404"]["rewrite"].as_str().unwrap();
    assert!(folder.join(page.trim_start_matches('/')).is_file());
    let path = folder.join("staticwebapp.config.json");
    fs::write(&path, &azure).unwrap();
    fs::create_dir_all(site.join("guides/sim")).unwrap();
    fs::write(site.join("guides/sim/en.md"), "---\ntitle: SIM\n---\nText.\n").unwrap();
    goes_well(&runs(&site, "cicerone publish pages", &[]));
    assert!(folder.join("en/sim/index.html").is_file());
    assert_eq!(fs::read_to_string(&path).unwrap(), azure);
}

#[test]
fn the_function_for_cloudfront_finds_the_first_page_of_a_folder() {
    let asks = "for (const uri of ['/', '/en/', '/en/index.html', '/assets/a.css'])
                console.log(handler({ request: { uri } }).uri);";
    let script = format!("{}\n{asks}", fence("js cloudfront.js"));
    let output = Command::new("node").args(["-e", &script]).output().unwrap();
    goes_well(&output);
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!(found, "/index.html\n/en/index.html\n/en/index.html\n/assets/a.css\n");
}

#[test]
fn the_script_publishes_main_and_checks_and_shows_what_is_proposed() {
    let (_folder, site) = site();
    let settings = site.join("guides/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    assert!(text.contains("hosts: [cloudflare, github-pages, netlify]\n"), "{text}");
    fs::write(&settings, format!("{text}base_url: https://a.example/\n")).unwrap();
    let preview: Surroundings<'_> =
        &[("CONTEXT", "deploy-preview"), ("DEPLOY_PRIME_URL", "https://1--a.example")];
    let surroundings: [(Surroundings<'_>, &str, &str); 6] = [
        (&[], "https://a.example/", "Published to `pages`"),
        (
            &[("CONTEXT", "production"), ("DEPLOY_PRIME_URL", "https://x.example")],
            "https://a.example/",
            "Published to `pages`",
        ),
        (preview, "https://1--a.example/", "Built "),
        (
            &[("VERCEL_ENV", "production"), ("VERCEL_URL", "x.example")],
            "https://a.example/",
            "Published to `pages`",
        ),
        (
            &[("VERCEL_ENV", "preview"), ("VERCEL_URL", "3.a.example")],
            "https://3.a.example/",
            "Built ",
        ),
        (
            &[("CF_PAGES_BRANCH", "words"), ("CF_PAGES_URL", "https://2.a.example")],
            "https://2.a.example/",
            "Built ",
        ),
    ];
    for (surroundings, address, said) in surroundings {
        let output = runs(&site, "sh scripts/build-site.sh", surroundings);
        goes_well(&output);
        assert!(String::from_utf8_lossy(&output.stderr).contains(said));
        lives_at(&site, address);
    }
    // A fault ends it, and the last site stays.
    break_a_guide(&site);
    for surroundings in [&[], preview] {
        let output = runs(&site, "sh scripts/build-site.sh", surroundings);
        assert_eq!(output.status.code(), Some(1));
        lives_at(&site, "https://2.a.example/");
    }
}

#[test]
fn a_site_that_is_there_gets_them_too_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = run(folder.path(), "new site a --title A --lang en");
    assert_eq!(code, 0);
    let settings = folder.path().join("a/guides/site.yaml");
    let before = fs::read_to_string(&settings).unwrap();
    let (code, talk) = run(folder.path(), "new site a --ci github --ci netlify");
    assert_eq!(code, 0, "{talk}");
    assert!(talk.contains("Wrote .github/workflows/site.yml\nWrote netlify.toml\n"), "{talk}");
    assert!(
        talk.ends_with(
            "Next: see that `guides/site.yaml` says `hosts: [github-pages, netlify]` and \
             `publish: {pages: {folder: public}}`\n"
        ),
        "{talk}"
    );
    assert_eq!(fs::read_to_string(&settings).unwrap(), before);
    let ignored = folder.path().join("a/.gitignore");
    assert_eq!(fs::read_to_string(&ignored).unwrap(), "/output/\n/public/\n");
    fs::write(&ignored, "mine\n").unwrap();
    let (code, talk) = run(folder.path(), "new site a --ci gitlab");
    assert_eq!(code, 0, "{talk}");
    assert!(talk.contains("Next: see that `.gitignore` has `/public/`\n"), "{talk}");
    assert_eq!(fs::read_to_string(&ignored).unwrap(), "mine\n");
    let (code, talk) = run(folder.path(), "new site a --ci github");
    assert_eq!(code, 2);
    assert!(talk.contains("there is `.github/workflows/site.yml` already"), "{talk}");
}

#[test]
fn the_documents_show_the_recipe_that_is_written() {
    let (_folder, site) = site();
    let recipe = fs::read_to_string(site.join(".gitlab-ci.yml")).unwrap();
    let documents = fs::read_to_string(crate::project::home().join("docs/publishing.md")).unwrap();
    assert!(documents.contains(&format!("```yaml\n{recipe}```\n")));
}

#[test]
fn each_recipe_takes_the_version_that_wrote_it() {
    let (_folder, site) = site();
    for path in [".github/workflows/site.yml", ".gitlab-ci.yml", "scripts/build-site.sh"] {
        let text = fs::read_to_string(site.join(path)).unwrap();
        assert!(text.contains(env!("CARGO_PKG_VERSION")), "{path}: {text}");
        assert!(!text.contains("{VERSION}") && !text.contains("TODO"), "{path}: {text}");
    }
}
