//! What `new site --ci` writes is read by the hosts that it is for, and builds the site.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cicerone");
const ALL: &str = "--ci github --ci gitlab --ci netlify --ci cloudflare --ci netlify";

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

#[test]
fn github_checks_what_is_proposed_and_publishes_main() {
    let (_folder, site) = site();
    let workflow = yaml(&site, ".github/workflows/site.yml");
    assert!(workflow["on"].as_object().unwrap().contains_key("pull_request"));
    assert_eq!(workflow["on"]["push"]["branches"], Value::from(vec!["main"]));
    // No more rights than a job needs.
    assert_eq!(workflow["permissions"], serde_json::json!({"contents": "read"}));
    let runs = |job: &str| -> Vec<String> {
        let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
        for step in steps {
            let does = step["uses"].as_str().or(step["run"].as_str());
            assert!(does.is_some(), "{step}");
        }
        steps.iter().filter_map(|step| Some(step["run"].as_str()?.to_owned())).collect()
    };
    let uses = |job: &str, action: &str| {
        let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
        steps.iter().any(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with(action)))
    };
    assert!(runs("check").contains(&"cicerone check --format github".to_owned()));
    assert!(runs("publish").iter().any(|run| run.starts_with("cicerone build --base-url")));
    for action in
        ["actions/configure-pages@", "actions/upload-pages-artifact@", "actions/deploy-pages@"]
    {
        assert!(uses("publish", action), "{action}");
    }
    for run in ["check", "publish"].into_iter().flat_map(runs) {
        is_shell(&run.replace("${{ steps.pages.outputs.base_url }}", "https://a.example"));
    }
    for job in ["check", "publish"] {
        assert!(workflow["jobs"][job]["if"].as_str().unwrap().starts_with("github.event_name == "));
    }
}

#[test]
fn gitlab_checks_what_is_proposed_and_publishes_the_default_branch() {
    let (_folder, site) = site();
    let pipeline = yaml(&site, ".gitlab-ci.yml");
    assert_eq!(pipeline["check"]["script"], Value::from(vec!["cicerone check"]));
    assert_eq!(pipeline["pages"]["artifacts"]["paths"], Value::from(vec!["public"]));
    let lines =
        [&pipeline["before_script"], &pipeline["check"]["script"], &pipeline["pages"]["script"]];
    lines
        .into_iter()
        .flat_map(|lines| lines.as_array().unwrap())
        .for_each(|line| is_shell(line.as_str().unwrap()));
    let build = pipeline["pages"]["script"][0].as_str().unwrap();
    assert_eq!(build, "cicerone build --output public --base-url \"$CI_PAGES_URL/\"");
    for job in ["check", "pages"] {
        assert!(pipeline[job]["rules"][0]["if"].as_str().unwrap().starts_with("$CI_"));
    }
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
    let netlify = ["[build]", "command = \"sh scripts/build-site.sh\"", "publish = \"output\""];
    assert_eq!(read("netlify.toml"), netlify);
    assert!(read("wrangler.toml").contains(&"pages_build_output_dir = \"output\"".to_owned()));
}

fn script(site: &Path, surroundings: &[(&str, &str)]) -> Output {
    let programs = Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.arg("scripts/build-site.sh").current_dir(site).env_clear();
    command.env("PATH", path).env("HOME", site).envs(surroundings.iter().copied());
    command.output().unwrap()
}

#[test]
fn the_script_builds_the_site_and_previews_at_their_own_addresses() {
    let (_folder, site) = site();
    let settings = site.join("guides/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    assert!(text.contains("hosts: [cloudflare, github-pages, netlify]\n"), "{text}");
    fs::write(&settings, format!("{text}base_url: https://a.example/\n")).unwrap();
    let surroundings: [(&[(&str, &str)], &str); 4] = [
        (&[], "https://a.example/"),
        (
            &[("CONTEXT", "production"), ("DEPLOY_PRIME_URL", "https://x.example")],
            "https://a.example/",
        ),
        (
            &[("CONTEXT", "deploy-preview"), ("DEPLOY_PRIME_URL", "https://1--a.example")],
            "https://1--a.example/",
        ),
        (
            &[("CF_PAGES_BRANCH", "words"), ("CF_PAGES_URL", "https://2.a.example")],
            "https://2.a.example/",
        ),
    ];
    for (surroundings, address) in surroundings {
        let output = script(&site, surroundings);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let robots = fs::read_to_string(site.join("output/robots.txt")).unwrap();
        assert!(robots.contains(&format!("Sitemap: {address}sitemap.xml")), "{robots}");
    }
    // A fault ends it, and the last site stays.
    fs::write(&settings, "title: A\nlanguages: [en]\nhost: [netlify]\n").unwrap();
    assert_eq!(script(&site, &[]).status.code(), Some(1));
    assert!(site.join("output/robots.txt").is_file());
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
        talk.ends_with("Next: see that `guides/site.yaml` says `hosts: [github-pages, netlify]`\n"),
        "{talk}"
    );
    assert_eq!(fs::read_to_string(&settings).unwrap(), before);
    let (code, talk) = run(folder.path(), "new site a --ci github");
    assert_eq!(code, 2);
    assert!(talk.contains("there is `.github/workflows/site.yml` already"), "{talk}");
}

#[test]
fn the_readme_shows_the_recipe_that_is_written() {
    let home = crate::project::home();
    let readme = fs::read_to_string(home.join("README.md")).unwrap();
    let recipe = fs::read_to_string(home.join("src/commands/new/recipes/gitlab.yml")).unwrap();
    assert!(readme.contains(&format!("```yaml\n{recipe}```\n")));
}
