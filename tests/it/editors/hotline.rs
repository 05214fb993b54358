//! A fact stands in one place: changed there, it is changed on every page, and nothing else is.

use cicerone::model::source::Sources;

use crate::project::{Files, build, home, options, read};

/// The project's own guides with another number for the customer care of One Albania.
fn with_number(number: &str) -> Files {
    let mut sources: Sources = read(home()).value;
    let registry =
        sources.texts.iter_mut().find(|(path, _)| path.as_str().ends_with("al/one.yaml"));
    let (_, text) = registry.unwrap();
    let (was, is) = ("value: 123\n", format!("value: {number}\n"));
    assert_eq!(text.matches(was).count(), 1);
    *text = text.replace(was, &is).into();
    build(&sources, &options()).files
}

#[test]
fn a_hotline_is_changed_on_every_page_and_nothing_else_is() {
    let (old, new) = (with_number("7000001"), with_number("7000002"));
    // Files of the search are named by what they hold.
    let is_search = |path: &str| {
        path.starts_with("assets/search/")
            || path.starts_with("search/")
            || path.contains("/search/")
    };
    let pages = |files: &Files| -> Files {
        let pages = files.iter().filter(|(path, _)| !is_search(path));
        pages.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    let (old, new) = (pages(&old), pages(&new));
    assert!(old.keys().eq(new.keys()));
    let mut changed = Vec::new();
    for (path, bytes) in &old {
        let Ok(text) = std::str::from_utf8(bytes) else {
            assert_eq!(bytes, &new[path], "{path}");
            continue;
        };
        let expected = text.replace("7000001", "7000002");
        assert_eq!(expected.as_bytes(), new[path].as_slice(), "{path}");
        if expected != text {
            changed.push(path.as_str());
        }
    }
    for language in ["en", "zh-hans", "zh-hant", "sq"] {
        for page in ["operators/al/one", "al/cancel-sim"] {
            let path = format!("{language}/{page}/index.html");
            assert!(changed.contains(&path.as_str()), "{path} of {changed:?}");
        }
    }
}
