//! Makes the scripts of the built-in theme smaller: lines of comments and the space before each line go.

/// `script` without lines that are comments or empty, and without indentation: a fifth of a compressed script. Only for
/// scripts in which no text goes on over the end of a line.
pub fn bare_script(script: &str) -> String {
    let is_comment =
        |line: &str| line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"));
    let lines = script.lines().map(str::trim);
    let mut bare = String::with_capacity(script.len());
    for line in lines.filter(|line| !line.is_empty() && !is_comment(line)) {
        bare.push_str(line);
        bare.push('\n');
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        for (script, expected) in [
            ("// a\n\n  b(); // c\n", "b(); // c\n"),
            ("/** d */\nconst e = \"// f\";\n", "const e = \"// f\";\n"),
            ("/* g */ h();", "/* g */ h();\n"),
            ("", ""),
        ] {
            assert_eq!(bare_script(script), expected);
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test reads the theme's own scripts")]
    fn no_text_of_the_built_in_theme_goes_on_over_the_end_of_a_line() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let scripts: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|one| one == "js")).collect();
        assert!(scripts.len() > 3);
        for path in scripts {
            let script = std::fs::read_to_string(&path).unwrap();
            for line in script.lines() {
                assert!(line.matches('`').count() % 2 == 0, "{}: {line}", path.display());
                assert!(!line.ends_with('\\'), "{}: {line}", path.display());
                assert!(!line.trim().starts_with('*'), "{}: {line}", path.display());
            }
        }
    }
}
