//! What `dist/pack` makes of the program is installed by each tool that people have, and works.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::{env, fs};

use serde_json::Value;

use crate::project::{home, not_tested};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cicerone");
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn runs(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn target() -> String {
    format!("{}-unknown-linux-musl", env::consts::ARCH)
}

/// `programs` packed into `out`; quickly, as nobody will fetch these.
fn pack(out: &Path, programs: &[String]) {
    let mut command = Command::new("python3");
    command
        .arg(home().join("dist/pack"))
        .arg("--out")
        .arg(out)
        .args(["--run", PROGRAM])
        .args(programs);
    let here = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    runs(command.env("PACK_LEVEL", "1").env("PACK_OFFLINE", here).env("CARGO", env!("CARGO")));
}

/// The program under test, packed once for all of these tests.
pub fn packages() -> &'static Path {
    static PACKAGES: OnceLock<PathBuf> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let _ = fs::remove_dir_all(&out);
        pack(&out, &[format!("{}={PROGRAM}", target())]);
        out
    })
}

fn package(start: &str, end: &str) -> PathBuf {
    let files = fs::read_dir(packages().join(if end == ".tgz" { "npm" } else { "" })).unwrap();
    let mut found = files.map(|entry| entry.unwrap().path()).filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with(start) && name.ends_with(end)
    });
    let first = found.next().unwrap_or_else(|| panic!("no {start}…{end}"));
    assert_eq!(found.next(), None, "{start}…{end}");
    first
}

/// From nothing to a page, by a program that was installed.
fn makes_a_site(program: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &str| {
        let mut command = Command::new(program);
        runs(command.args(words.split(' ')).current_dir(folder.path()))
    };
    let version = run("--version");
    assert_eq!(String::from_utf8(version.stdout).unwrap(), format!("cicerone {VERSION}\n"));
    run("new site . --title Notes --lang en");
    run("new guide first --lang en --title First");
    run("build");
    let page = fs::read_to_string(folder.path().join("output/en/first/index.html")).unwrap();
    assert!(page.contains("<h1"), "{page}");
}

#[test]
fn an_archive_is_installed_by_the_script_and_refused_where_it_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let install = |from: &Path, to: &str| {
        let mut command = Command::new("sh");
        command.arg(home().join("dist/install.sh")).arg(from).arg(folder.path().join(to));
        command.env("CICERONE_VERSION", VERSION).output().unwrap()
    };
    let output = install(packages(), "good");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    makes_a_site(&folder.path().join("good/cicerone"));

    let from = folder.path().join("from");
    fs::create_dir(&from).unwrap();
    let archive = package("cicerone-", ".tar.gz");
    let name = archive.file_name().unwrap();
    fs::copy(packages().join("SHA256SUMS"), from.join("SHA256SUMS")).unwrap();
    fs::write(from.join(name), "another").unwrap();
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let output = install(&from, "bad");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("is not what SHA256SUMS says"), "{}", said(&output));
    fs::write(from.join("SHA256SUMS"), "").unwrap();
    let output = install(&from, "bad");
    assert!(said(&output).contains("SHA256SUMS does not list"), "{}", said(&output));
    assert!(!folder.path().join("bad/cicerone").exists());
}

#[test]
fn an_archive_holds_completions_and_licences() {
    let mut command = Command::new("tar");
    let listed = runs(command.arg("-tzf").arg(package("cicerone-", ".tar.gz"))).stdout;
    let listed = String::from_utf8(listed).unwrap();
    let folder = format!("cicerone-{VERSION}-{}", target());
    for name in [
        "cicerone",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "THIRD-PARTY.txt",
        "completions/cicerone.bash",
        "completions/_cicerone",
        "completions/cicerone.fish",
        "completions/_cicerone.ps1",
        "completions/cicerone.elv",
    ] {
        assert!(listed.lines().any(|line| line == format!("{folder}/{name}")), "{name}:\n{listed}");
    }
    let mut command = Command::new("tar");
    command.arg("-xzOf").arg(package("cicerone-", ".tar.gz"));
    let licences = runs(command.arg(format!("{folder}/THIRD-PARTY.txt"))).stdout;
    let licences = String::from_utf8(licences).unwrap();
    // Every package of the program, and none of its tests alone.
    for package in ["pulldown-cmark ", "tera ", "clap ", "ring "] {
        assert!(licences.lines().any(|line| line.starts_with(package)), "{package}");
    }
    assert!(!licences.contains("\nsnapbox "), "a package of the tests");
    assert!(licences.contains("Permission is hereby granted"), "no text of a licence");
}

#[test]
fn npm_installs_it() {
    if !has("npm") {
        return not_tested("the npm package, as there is no npm");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("npm");
    command
        .args(["install", "--offline", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder.path());
    let processor = if cfg!(target_arch = "x86_64") { "x64" } else { "arm64" };
    command.arg(package(&format!("cicerone-site-{VERSION}"), ".tgz"));
    command.arg(package(&format!("cicerone-site-linux-{processor}"), ".tgz"));
    runs(&mut command);
    let program = folder.path().join("node_modules/.bin/cicerone");
    makes_a_site(&program);
    // What the program says of how it went is what npm's users hear.
    let wrong = Command::new(&program).arg("nothing").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    // Where the package for the system is missing, that is said.
    fs::remove_dir_all(folder.path().join(format!("node_modules/cicerone-site-linux-{processor}")))
        .unwrap();
    let missing = Command::new(&program).arg("--version").output().unwrap();
    assert_eq!(missing.status.code(), Some(3));
    let said = String::from_utf8(missing.stderr).unwrap();
    assert!(said.contains(&format!("no package `cicerone-site-linux-{processor}`")), "{said}");
}

#[test]
fn pip_installs_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("python3");
    if !command.args(["-m", "venv"]).arg(folder.path()).output().unwrap().status.success() {
        return not_tested("the Python wheel, as `python3 -m venv` fails");
    }
    let mut command = Command::new(folder.path().join("bin/pip"));
    command.args(["install", "--quiet", "--no-index", "--disable-pip-version-check"]);
    runs(command.arg(package("cicerone_site-", ".whl")));
    makes_a_site(&folder.path().join("bin/cicerone"));
    let mut command = Command::new(folder.path().join("bin/pip"));
    let shown = runs(command.args(["show", "--files", "cicerone-site"])).stdout;
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains(&format!("Version: {VERSION}\n")), "{shown}");
    assert!(shown.contains("licenses/THIRD-PARTY.txt"), "{shown}");
}

#[test]
fn debian_installs_it() {
    if !has("dpkg-deb") {
        return not_tested("the Debian package, as there is no dpkg-deb");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = package("cicerone_", ".deb");
    runs(Command::new("dpkg-deb").arg("--extract").arg(&file).arg(folder.path()));
    makes_a_site(&folder.path().join("usr/bin/cicerone"));
    for path in [
        "usr/share/bash-completion/completions/cicerone",
        "usr/share/zsh/vendor-completions/_cicerone",
        "usr/share/fish/vendor_completions.d/cicerone.fish",
        "usr/share/doc/cicerone/copyright",
    ] {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    let mut command = Command::new("dpkg-deb");
    let field = |name: &str| {
        let said = runs(Command::new("dpkg-deb").arg("--field").arg(&file).arg(name)).stdout;
        String::from_utf8(said).unwrap().trim_end().to_owned()
    };
    assert_eq!(field("Version"), VERSION.replace('-', "~"));
    assert_eq!(field("Depends"), "", "a static program needs no library");
    // What dpkg itself checks of each file: one owner, and folders before what they hold.
    let listed = runs(command.arg("--contents").arg(&file)).stdout;
    let listed = String::from_utf8(listed).unwrap();
    assert!(listed.lines().all(|line| line.contains(" root/root ")), "{listed}");
}

#[test]
fn the_sums_are_those_of_the_files() {
    let mut command = Command::new("sha256sum");
    runs(command.args(["--check", "--strict", "SHA256SUMS"]).current_dir(packages()));
    let sums = fs::read_to_string(packages().join("SHA256SUMS")).unwrap();
    let listed = sums.lines().count();
    // An archive, two npm packages, a wheel and a Debian package.
    assert_eq!(listed, 5, "{sums}");
}

#[test]
fn the_same_files_give_the_same_packages_for_every_system() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, "no program").unwrap();
    let targets = ["x86_64-unknown-linux-musl", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"];
    let programs = targets.map(|target| format!("{target}={}", program.display()));
    for out in ["one", "two"] {
        pack(&folder.path().join(out), &programs);
    }
    let sums = |out: &str| fs::read_to_string(folder.path().join(out).join("SHA256SUMS")).unwrap();
    assert_eq!(sums("one"), sums("two"));
    for name in [
        format!("cicerone-{VERSION}-x86_64-pc-windows-msvc.zip"),
        format!("cicerone_site-{VERSION}-py3-none-win_amd64.whl"),
        format!("cicerone_site-{VERSION}-py3-none-macosx_11_0_arm64.whl"),
        format!("npm/cicerone-site-darwin-arm64-{VERSION}.tgz"),
        format!("npm/cicerone-site-win32-x64-{VERSION}.tgz"),
    ] {
        assert!(sums("one").lines().any(|line| line.ends_with(&name)), "{name}\n{}", sums("one"));
    }
}

#[test]
fn the_sources_for_crates_io_are_whole() {
    let mut command = Command::new(env!("CARGO"));
    command.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(home());
    let listed = String::from_utf8(runs(&mut command).stdout).unwrap();
    let listed: Vec<&str> = listed.lines().collect();
    for path in ["build.rs", "Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(listed.contains(&path), "{path}");
    }
    for path in &listed {
        let known = ["src/", "themes/default/"].iter().any(|folder| path.starts_with(folder));
        assert!(known || !path.contains('/'), "{path} has no place there");
    }
    // Whatever lies below the folders that the program embeds.
    let mut folders = vec![home().join("src"), home().join("themes/default")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(home()).unwrap().to_str().unwrap();
            assert!(listed.contains(&below), "{below} is missing");
        }
    }
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(home().join(path)).unwrap()).unwrap()
}

#[test]
fn the_action_puts_the_program_where_commands_find_it() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let [step] = steps.as_slice() else { panic!("{steps:?}") };
    let folder = tempfile::tempdir().unwrap();
    let (path, said) = (folder.path().join("path"), folder.path().join("said"));
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", step["run"].as_str().unwrap()]);
    command.env("ACTION", home()).env("FROM", packages()).env("RELEASES", "https://h.invalid");
    command.env("RUNNER_TEMP", folder.path()).env("GITHUB_PATH", &path).env("GITHUB_OUTPUT", &said);
    runs(&mut command);
    let found = fs::read_to_string(&path).unwrap();
    makes_a_site(&Path::new(found.trim_end()).join("cicerone"));
    assert_eq!(fs::read_to_string(&said).unwrap(), format!("version={VERSION}\n"));
    // What the script reads is what the step hands over, and no more.
    let handed: Vec<&String> = step["env"].as_object().unwrap().keys().collect();
    assert_eq!(handed, ["ACTION", "FROM", "RELEASES"]);
}

#[test]
fn a_release_compiles_what_can_be_packed() {
    let workflow = yaml(".github/workflows/release.yml");
    let pack = fs::read_to_string(home().join("dist/pack")).unwrap();
    let matrix = workflow["jobs"]["compile"]["strategy"]["matrix"]["include"].as_array().unwrap();
    for row in matrix {
        let target = row["target"].as_str().unwrap();
        assert!(pack.contains(&format!("    \"{target}\": (")), "{target}");
    }
    for job in ["compile", "pack", "publish"] {
        for step in workflow["jobs"][job]["steps"].as_array().unwrap() {
            let Some(run) = step["run"].as_str() else {
                assert!(step["uses"].as_str().unwrap().contains('@'), "{step}");
                continue;
            };
            runs(Command::new("bash").args(["-n", "-c", run]));
        }
    }
    // The line that it changes is there to be changed.
    let manifest = fs::read_to_string(home().join("Cargo.toml")).unwrap();
    assert_eq!(manifest.lines().filter(|line| *line == "publish = true").count(), 1);
}
