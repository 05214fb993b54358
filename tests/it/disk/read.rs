//! Reading the sources: every file below them, and nothing else.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use cicerone::disk;
use cicerone::model::diagnostic::{Code, Diagnostic};
use cicerone::model::source::Sources;

use super::{drop_rights, project, put};

fn read(root: &Path) -> (Sources, Vec<(Code, String)>) {
    let outcome = disk::read(root, &[]).unwrap();
    (outcome.value, outcome.diagnostics.iter().map(code_and_path).collect())
}

fn code_and_path(diagnostic: &Diagnostic) -> (Code, String) {
    let place = diagnostic.place.as_ref().unwrap();
    assert!(!diagnostic.hints.is_empty(), "{diagnostic:?}");
    (diagnostic.code, place.path.to_string())
}

fn texts(sources: &Sources) -> Vec<&str> {
    sources.texts.keys().map(|path| path.as_str()).collect()
}

fn assets(sources: &Sources) -> Vec<&str> {
    sources.assets.keys().map(|path| path.as_str()).collect()
}

#[test]
fn guides_and_themes_are_read_and_nothing_beside_them() {
    let project = project();
    put(project.path(), "secret.md", "");
    put(project.path(), "guides/site.yaml", "title: Guides");
    put(project.path(), "guides/al/map.svg", "<svg/>");
    put(project.path(), "themes/sea/page.html", "<p>");
    put(project.path(), "themes/sea/font.woff2", b"\xff");
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/al/en.md", "guides/site.yaml", "themes/sea/page.html"]);
    assert_eq!(assets(&sources), ["guides/al/map.svg", "themes/sea/font.woff2"]);
    assert_eq!(&**sources.text("guides/al/en.md").unwrap(), "# Albania");
    assert_eq!(faults, []);
}

#[test]
fn the_configuration_can_be_read_alone() {
    let project = project();
    assert_eq!(disk::config(project.path()).unwrap().value, Sources::default());
    put(project.path(), "guides/site.yaml", "title: Guides");
    let sources = disk::config(project.path()).unwrap().value;
    assert_eq!(texts(&sources), ["guides/site.yaml"]);
}

#[test]
fn a_project_without_guides_is_told_so() {
    let empty = tempfile::tempdir().unwrap();
    let error = disk::read(empty.path(), &[]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert!(error.to_string().starts_with("there is no folder `guides` in `"), "{error}");
}

#[test]
fn what_is_excluded_hidden_or_left_by_an_editor_is_passed_over() {
    let project = project();
    for name in [".git/x.md", ".DS_Store", "en.md~", ".#en.md", ".en.md.swp", "#en.md#", "4913"] {
        put(project.path(), &format!("guides/al/{name}"), "");
    }
    put(project.path(), "guides/drafts/deep/en.md", "");
    put(project.path(), "guides/al/notes.txt", "");
    let exclude = ["drafts".to_string(), "**/*.txt".to_string()];
    let outcome = disk::read(project.path(), &exclude).unwrap();
    assert_eq!(texts(&outcome.value), ["guides/al/en.md"]);
    assert_eq!(assets(&outcome.value), [""; 0]);
    assert_eq!(outcome.diagnostics, []);
}

#[test]
fn a_pattern_that_is_none_is_told() {
    let project = project();
    let outcome = disk::read(project.path(), &["[".to_string()]).unwrap();
    assert_eq!(outcome.diagnostics[0].code, Code::BadValue);
    assert_eq!(texts(&outcome.value), ["guides/al/en.md"]);
}

#[test]
fn links_that_stay_inside_are_followed() {
    let project = project();
    let guides = project.path().join("guides");
    symlink("en.md", guides.join("al/sq.md")).unwrap();
    symlink("al", guides.join("xk")).unwrap();
    symlink("../xk/en.md", guides.join("al/de.md")).unwrap();
    let (sources, faults) = read(project.path());
    let expected = ["al/de.md", "al/en.md", "al/sq.md", "xk/de.md", "xk/en.md", "xk/sq.md"];
    assert_eq!(texts(&sources), expected.map(|path| format!("guides/{path}")));
    assert!(sources.texts.values().all(|text| &**text == "# Albania"));
    assert_eq!(faults, []);
}

#[test]
fn links_that_lead_out_are_told_and_not_read() {
    let project = project();
    put(project.path(), "secret.md", "secret");
    put(project.path(), "private/en.md", "secret");
    let guides = project.path().join("guides");
    symlink("../../secret.md", guides.join("al/a.md")).unwrap();
    symlink("../../private", guides.join("al/b")).unwrap();
    symlink(project.path().join("secret.md"), guides.join("al/c.md")).unwrap();
    symlink("a.md", guides.join("al/d.md")).unwrap();
    symlink("/proc/self/environ", guides.join("al/e.md")).unwrap();
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/al/en.md"]);
    let expected = ["a.md", "b", "c.md", "d.md", "e.md"];
    assert_eq!(faults, expected.map(|name| (Code::LinkLeadsOut, format!("guides/al/{name}"))));
}

#[test]
fn a_source_folder_that_is_a_link_out_is_told() {
    let (project, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(elsewhere.path(), "en.md", "secret");
    symlink(elsewhere.path(), project.path().join("guides")).unwrap();
    let (sources, faults) = read(project.path());
    assert_eq!(sources, Sources::default());
    assert_eq!(faults, [(Code::LinkLeadsOut, "guides".to_string())]);
}

#[test]
fn links_in_a_ring_end() {
    let project = project();
    let guides = project.path().join("guides");
    symlink(".", guides.join("al/here")).unwrap();
    symlink("..", guides.join("al/up")).unwrap();
    symlink("round", guides.join("al/round")).unwrap();
    symlink("nowhere", guides.join("al/dangling")).unwrap();
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/al/en.md"]);
    let expected = ["dangling", "here", "round", "up"];
    assert_eq!(faults, expected.map(|name| (Code::NotAFile, format!("guides/al/{name}"))));
}

#[test]
fn a_forest_of_links_ends() {
    let project = project();
    let guides = project.path().join("guides");
    for level in 0..30 {
        fs::create_dir(guides.join(format!("level{level}"))).unwrap();
        for side in ["left", "right"] {
            let link = guides.join(format!("level{level}/{side}"));
            symlink(format!("../level{}", level + 1), link).unwrap();
        }
    }
    fs::create_dir(guides.join("level30")).unwrap();
    let (_, faults) = read(project.path());
    assert!(faults.iter().any(|(code, _)| *code == Code::NotAFile));
}

#[test]
fn pipes_and_sockets_are_told_and_never_waited_for() {
    let project = project();
    let guides = project.path().join("guides/al");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    let pipe = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, guides.join("a.md"), pipe, mode, 0).unwrap();
    let _socket = UnixListener::bind(guides.join("b.md")).unwrap();
    symlink("a.md", guides.join("c.md")).unwrap();
    symlink("b.md", guides.join("d.md")).unwrap();
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/al/en.md"]);
    let expected = ["a.md", "b.md", "c.md", "d.md"];
    assert_eq!(faults, expected.map(|name| (Code::NotAFile, format!("guides/al/{name}"))));
}

#[test]
fn what_is_too_large_or_too_long_is_told_and_left_out() {
    let project = project();
    let guides = project.path().join("guides");
    put(project.path(), "guides/al/most.md", vec![b'a'; 4 << 20]);
    put(project.path(), "guides/al/over.yaml", vec![b'a'; (4 << 20) + 1]);
    put(project.path(), "guides/al/page.md", vec![b'a'; (64 << 20) + 1]);
    put(project.path(), "guides/al/photo.png", vec![b'a'; (4 << 20) + 1]);
    put(project.path(), "guides/al/film.mp4", "");
    let film = fs::File::options().write(true).open(guides.join("al/film.mp4")).unwrap();
    film.set_len((64 << 20) + 1).unwrap();
    put(project.path(), &format!("guides/{}/en.md", "a".repeat(201)), "");
    put(project.path(), &format!("guides/{}/en.md", "b".repeat(200)), "");
    put(project.path(), &format!("guides/{}en.md", "c/".repeat(70)), "");
    let (sources, faults) = read(project.path());
    let long = format!("guides/{}/en.md", "b".repeat(200));
    assert_eq!(texts(&sources), ["guides/al/en.md", "guides/al/most.md", &long]);
    assert_eq!(assets(&sources), ["guides/al/photo.png"]);
    let expected = [
        (Code::PathTooLong, format!("guides/{}", "a".repeat(201))),
        (Code::FileTooLarge, "guides/al/film.mp4".to_string()),
        (Code::FileTooLarge, "guides/al/over.yaml".to_string()),
        (Code::FileTooLarge, "guides/al/page.md".to_string()),
        (Code::PathTooLong, format!("guides{}", "/c".repeat(64))),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_text_that_is_not_utf8_is_told_and_its_rest_is_read() {
    let project = project();
    put(project.path(), "guides/al/en.md", b"\xef\xbb\xbfcaf\xe9 \0");
    let (sources, faults) = read(project.path());
    assert_eq!(&**sources.text("guides/al/en.md").unwrap(), "caf\u{fffd} \u{fffd}");
    let codes: Vec<_> = faults.into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [Code::NotUtf8, Code::NulByte]);
}

#[test]
fn a_name_that_is_not_utf8_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let project = project();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(project.path().join("guides").join(name), "").unwrap();
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/al/en.md"]);
    assert_eq!(faults, [(Code::NotUtf8, "guides/caf\u{fffd}.md".to_string())]);
}

#[test]
fn what_may_not_be_read_is_reported_and_the_rest_is_read() {
    let project = project();
    for path in ["guides/al/closed/en.md", "guides/closed/en.md", "guides/z/en.md"] {
        put(project.path(), path, "# A");
    }
    put(project.path(), "guides/zz.md", b"caf\xe9");
    let forbid = |path: &str| {
        let place = project.path().join(path);
        fs::set_permissions(place, fs::Permissions::from_mode(0o000)).unwrap();
    };
    fs::set_permissions(project.path(), fs::Permissions::from_mode(0o755)).unwrap();
    forbid("guides/al/en.md");
    forbid("guides/al/closed");
    forbid("guides/closed");
    drop_rights();
    let (sources, faults) = read(project.path());
    assert_eq!(texts(&sources), ["guides/z/en.md", "guides/zz.md"]);
    let forbidden = |path: &str| (Code::NotAFile, path.to_owned());
    let expected = [
        forbidden("guides/al/closed"),
        forbidden("guides/al/en.md"),
        forbidden("guides/closed"),
        (Code::NotUtf8, "guides/zz.md".to_owned()),
    ];
    assert_eq!(faults, expected);
}
