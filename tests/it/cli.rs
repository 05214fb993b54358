//! The command line as people meet it: exact text, exit codes, and what is left on the disk.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "these tests run the program, and `str!` looks for its own file"
)]

mod cache;
mod gone;
mod kill;
mod machine;
mod relocate;
mod shards;

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::{IntoData, assert_data_eq, str};
use tempfile::TempDir;

use crate::project::snapshot;

/// How a run went.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// A project of one guide and one section, by files.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    put(project.path(), "guides/site.yaml", "title: Small\nlanguages: [en]\n");
    put(project.path(), "guides/al/en.md", "---\ntitle: Albania\n---\n");
    put(
        project.path(),
        "guides/al/sim/en.md",
        "---\ntitle: Cancel\n---\n## How\n\nLike [this](#how).\n",
    );
    project
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn program(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
    command.args(words).current_dir(root);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.env("COLUMNS", "100").env("TERM", "xterm");
    command
}

fn run(root: &Path, words: &[&str]) -> Run {
    told(program(root, words), root)
}

fn told(mut command: Command, root: &Path) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        let root = root.canonicalize().unwrap();
        untimed(&text.replace(root.to_str().unwrap(), "[ROOT]"))
    };
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Without the one thing that differs from run to run: how long it took.
fn untimed(text: &str) -> String {
    let Some((before, after)) = text.split_once(") in ") else { return text.to_owned() };
    let Some((_, after)) = after.split_once(':') else { return text.to_owned() };
    format!("{before}) in [TIME]:{after}")
}

#[test]
fn help_names_every_command() {
    let project = project();
    let help = run(project.path(), &["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert_data_eq!(
        help.out.raw(),
        str![[r#"
Compiles multilingual Markdown guides into a static site

Usage: cicerone [OPTIONS] <COMMAND>

Commands:
  build         Check the guides and write the site
  check         Check the guides and write nothing
  serve         Show the site on this machine, and follow what is saved
  new           Begin a site, a guide, a translation or an operator
  move          Move a guide or a section, with everything that leads there
  translations  See what is translated, and say that it is
  theme         Look at the built-in theme, and make one of your own from it
  schema        Print the JSON Schema of a kind of file, for editors that complete and check YAML
  search        Find pages of the guides, as the site's search finds them
  publish       Bring the site to where readers find it
  completions   Print a script that completes commands in a shell
  help          Print this message or the help of the given subcommand(s)

Options:
      --root <DIR>
          The project's folder, which holds `guides/` [default: this folder or the nearest above it]

  -v, --verbose
          Say more

  -q, --quiet
          Say nothing but faults

      --color <WHEN>
          When to colour what is printed

          Possible values:
          - auto:   On a terminal
          - always
          - never
          
          [default: auto]

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Exit codes: 0 nothing wrong · 1 faults in the content · 2 not as asked · 3 the machine stands in the
way · 4 a fault of Cicerone's

"#]]
        .raw()
    );
    let short = run(project.path(), &["check", "-h"]);
    assert_eq!(short.code, 0);
    assert_data_eq!(
        short.out.raw(),
        str![[r#"
Check the guides and write nothing

Usage: cicerone check [OPTIONS] [PATH]...

Arguments:
  [PATH]...  Tell only the faults in these files and folders

Options:
      --changed <REV>    Tell only the faults on lines that were added since a git revision
      --root <DIR>       The project's folder, which holds `guides/` [default: this folder or the
                         nearest above it]
      --due              List what the calendar asks for, and nothing else: reviews that are
                         overdue, guides to come, guides that end; ends with 1 where the grace of a
                         review is over as well
  -v, --verbose          Say more
      --drafts           Include guides marked `draft: true`
  -q, --quiet            Say nothing but faults
      --color <WHEN>     When to colour what is printed [default: auto] [possible values: auto,
                         always, never]
      --strict           Count warnings as faults
      --as-of <DATE>     The day on which overdue reviews are judged [default: today, in UTC]
  -j, --jobs <N>         How many threads to use [default: one a core]
      --format <FORMAT>  How faults are printed [default: human] [possible values: human, json,
                         sarif, github, gitlab]
  -h, --help             Print help (see more with '--help')

"#]]
        .raw()
    );
}

#[test]
fn a_word_that_is_no_command_is_refused() {
    let project = project();
    let run = |words: &[&str]| run(project.path(), words);
    let unknown = run(&["biuld"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert_data_eq!(
        unknown.err.raw(),
        str![[r#"
error: unrecognized subcommand 'biuld'

  tip: a similar subcommand exists: 'build'

Usage: cicerone [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]
        .raw()
    );
    let nothing = run(&[]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
    assert_eq!(run(&["build", "--jobs", "many"]).code, 2);
    assert_eq!(run(&["build", "--base-url", "example.org"]).code, 2);
    let date = run(&["check", "--as-of", "2026-02-30"]);
    assert_eq!(date.code, 2);
    assert_data_eq!(
        date.err.raw(),
        str![[r#"
error: invalid value '2026-02-30' for '--as-of <DATE>': write a day, like 2026-08-22

For more information, try '--help'.

"#]]
        .raw()
    );
}

#[test]
fn a_folder_without_guides_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    for command in ["build", "check"] {
        let run = run(empty.path(), &[command]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert_data_eq!(
            run.err.raw(),
            str![[r#"
error: there is no `guides` folder in `[ROOT]`
  = hint: go to the project's folder, or name it with `--root`

"#]]
            .raw()
        );
    }
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[test]
fn the_project_is_found_from_any_folder_below_it() {
    let project = project();
    let run = run(&project.path().join("guides/al/sim"), &["check"]);
    assert_eq!(run.code, 0);
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
No faults in 3 files

"#]]
        .raw()
    );
}

#[test]
fn a_site_is_built_and_then_nothing_changes() {
    let project = project();
    let first = run(project.path(), &["build"]);
    assert_eq!((first.code, first.out.as_str()), (0, ""));
    assert_data_eq!(
        first.err.raw(),
        str![[r#"
Built 8 pages in 1 language (1 guide, 0 operators) in [TIME]: 28 added → output/

"#]]
        .raw()
    );
    let built = snapshot(&project.path().join("output"));
    assert!(built.contains_key("en/al/sim/index.html"));
    let again = run(project.path(), &["build"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_data_eq!(
        again.err.raw(),
        str![[r#"
Built 8 pages in 1 language (1 guide, 0 operators) in [TIME]: nothing changed → output/

"#]]
        .raw()
    );
    assert!(built == snapshot(&project.path().join("output")));
    put(project.path(), "guides/al/sim/en.md", "---\ntitle: Cancel\n---\nOtherwise.\n");
    let changed = run(project.path(), &["build"]);
    assert_data_eq!(
        changed.err.raw(),
        str![[r#"
Built 8 pages in 1 language (1 guide, 0 operators) in [TIME]: 3 added, 2 changed, 23 unchanged, 3 removed → output/

"#]]
        .raw()
    );
}

#[test]
fn a_folder_that_is_not_ours_is_not_touched() {
    let project = project();
    put(project.path(), "output/letters.txt", "mine");
    let run = run(project.path(), &["build"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
error: the output `[ROOT]/output` holds files that no build wrote, such as `letters.txt`
  = hint: name an empty folder, or move these files away

"#]]
        .raw()
    );
    let left = snapshot(&project.path().join("output"));
    assert_eq!(left.into_keys().collect::<Vec<_>>(), ["letters.txt"]);
}

const FAULTY: &str = "---\ntitel: Cancel\n---\n\nSee [this](../sin/) and <q>that</q>.\n";

#[test]
fn faults_are_told_and_the_last_site_stays() {
    let project = project();
    assert_eq!(run(project.path(), &["build"]).code, 0);
    let before = snapshot(project.path());
    put(project.path(), "guides/al/sim/en.md", FAULTY);
    let run = run(project.path(), &["build"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
error[unknown-field]: a guide has no field `titel`
 --> guides/al/sim/en.md:2:1
  |
2 | titel: Cancel
  | ^^^^^
  = hint: did you mean `title`?

error[broken-link]: no guide is called `al/sin`
 --> guides/al/sim/en.md:5:12
  |
5 | See [this](../sin/) and <q>that</q>.
  |            ^^^^^^^
  = hint: did you mean `./`?

warning[raw-html]: `<q>` is shown as text
 --> guides/al/sim/en.md:5:25
  |
5 | See [this](../sin/) and <q>that</q>.
  |                         ^^^
  = hint: write it in Markdown, or take it out

Not built: 2 errors and 1 warning in 1 file; output/ still holds the previous site

"#]]
        .raw()
    );
    let mut after = snapshot(project.path());
    // What was saved, and what is known of it now.
    for path in ["guides/al/sim/en.md", ".cicerone/cache"] {
        after.insert(path.to_owned(), before[path].clone());
    }
    assert!(before == after);
}

#[test]
fn check_tells_programs_a_fault_a_line() {
    let project = project();
    put(project.path(), "guides/al/sim/en.md", FAULTY);
    let run = run(project.path(), &["check", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(run.out.raw(), str![[r#"
{"severity":"error","code":"unknown-field","message":"a guide has no field `titel`","file":"guides/al/sim/en.md","line":2,"column":1,"end_line":2,"end_column":6,"hints":["did you mean `title`?"],"related":[]}
{"severity":"error","code":"broken-link","message":"no guide is called `al/sin`","file":"guides/al/sim/en.md","line":5,"column":12,"end_line":5,"end_column":19,"hints":["did you mean `./`?"],"related":[]}
{"severity":"warning","code":"raw-html","message":"`<q>` is shown as text","file":"guides/al/sim/en.md","line":5,"column":25,"end_line":5,"end_column":28,"hints":["write it in Markdown, or take it out"],"related":[]}

"#]].raw());
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
2 errors and 1 warning in 1 of 3 files

"#]]
        .raw()
    );
    assert!(!project.path().join("output").exists());
}

#[test]
fn check_tells_people_to_standard_output() {
    let project = project();
    put(project.path(), "guides/al/sim/en.md", "---\ntitle: A\n---\n[b](../c/)\n");
    let run = run(project.path(), &["check"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.out.raw(),
        str![[r#"
error[broken-link]: no guide is called `al/c`
 --> guides/al/sim/en.md:4:5
  |
4 | [b](../c/)
  |     ^^^^^
  = hint: a link leads to a guide by its folder (`../port-number/`), or to a file beside

"#]]
        .raw()
    );
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
1 error in 1 of 3 files

"#]]
        .raw()
    );
}

#[test]
fn check_tells_of_the_files_that_are_asked_for() {
    let project = project();
    put(project.path(), "guides/al/sim/en.md", FAULTY);
    put(project.path(), "guides/al/two/en.md", "---\ntitle: Two\n---\n[b](../c/)\n");
    let codes = |words: &[&str]| {
        let run = run(project.path(), words);
        let lines = run.out.lines().map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value["file"].as_str().unwrap().to_owned()
        });
        (run.code, lines.collect::<Vec<_>>())
    };
    let two = "guides/al/two/en.md".to_owned();
    let json = ["check", "--format", "json"];
    assert_eq!(codes(&[json.as_slice(), &["guides/al/two"]].concat()), (1, vec![two.clone()]));
    assert_eq!(codes(&[json.as_slice(), &["guides/al/two/en.md"]].concat()), (1, vec![two]));
    assert_eq!(codes(&[json.as_slice(), &["guides/site.yaml"]].concat()), (0, vec![]));
    let outside = run(project.path(), &["check", "/"]);
    assert_eq!((outside.code, outside.out.as_str()), (2, ""));
    assert_data_eq!(
        outside.err.raw(),
        str![[r#"
error: one of the paths is not in the project
  = hint: name files and folders below the project's folder

"#]]
        .raw()
    );
}

#[test]
fn a_warning_is_a_fault_only_where_it_is_asked_to_be() {
    let project = project();
    put(project.path(), "guides/al/sim/en.md", "---\ntitle: A\n---\n<q>\n");
    assert_eq!(run(project.path(), &["check"]).code, 0);
    assert_eq!(run(project.path(), &["check", "--strict"]).code, 1);
    let strict = run(project.path(), &["build", "--strict"]);
    assert_eq!(strict.code, 1);
    assert_data_eq!(
        strict.err.raw(),
        str![[r#"
warning[raw-html]: `<q>` is shown as text
 --> guides/al/sim/en.md:4:1
  |
4 | <q>
  | ^^^
  = hint: write it in Markdown, or take it out

Not built: 1 warning in 1 file, and `--strict` allows no warnings; nothing was written

"#]]
        .raw()
    );
    assert!(!project.path().join("output").exists());
    let run = run(project.path(), &["build"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("; 1 warning in 1 file"), "{}", run.err);
}

#[test]
fn quiet_says_nothing_but_faults() {
    let project = project();
    for words in [["-q", "build"], ["check", "-q"]] {
        let run = run(project.path(), &words);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    }
    put(project.path(), "guides/al/sim/en.md", FAULTY);
    let run = run(project.path(), &["build", "--quiet"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[") && !run.err.contains("Not built"), "{}", run.err);
}

#[test]
fn colour_is_for_those_who_want_it() {
    let project = project();
    put(project.path(), "guides/al/sim/en.md", FAULTY);
    let colored = |words: &[&str], variables: &[(&str, &str)]| {
        let mut command = program(project.path(), words);
        command.envs(variables.iter().copied());
        told(command, project.path()).out.contains('\u{1b}')
    };
    assert!(!colored(&["check"], &[]), "a pipe gets no colour");
    assert!(colored(&["check", "--color", "always"], &[]));
    assert!(colored(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    let plain = run(project.path(), &["check"]).out;
    let run = run(project.path(), &["check", "--color", "always"]);
    let pieces = run.out.split("\u{1b}[");
    let bare: String = pieces
        .enumerate()
        .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('m').unwrap().1 })
        .collect();
    assert_eq!(bare, plain);
}

#[test]
fn a_shell_can_complete_commands() {
    let project = project();
    let script = run(project.path(), &["completions", "bash"]);
    assert_eq!((script.code, script.err.as_str()), (0, ""));
    assert!(script.out.contains("_cicerone") && script.out.contains("--as-of"));
    put(project.path(), "completions.bash", &script.out);
    // Where there is a bash, it must be able to read it.
    let read = Command::new("bash").arg("-n").arg(project.path().join("completions.bash")).output();
    if let Ok(read) = read {
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    }
    assert_eq!(run(project.path(), &["completions", "tcsh"]).code, 2);
}

/// A template that cannot be compiled, one that fails when it is drawn, and one around every page.
#[test]
fn a_template_error_leaves_the_last_site() {
    let project = project();
    let settings = "title: Small\nlanguages: [en]\ntheme: mine\n";
    put(project.path(), "guides/site.yaml", settings);
    put(project.path(), "themes/mine/templates/tag.html", "");
    assert_eq!(run(project.path(), &["build"]).code, 0);
    let before = snapshot(&project.path().join("output"));
    let template = "themes/mine/templates/guide.html";
    put(project.path(), template, "<p>\n{% if page.title %}\n");
    let syntax = run(project.path(), &["build"]);
    assert_eq!(syntax.code, 1);
    assert_data_eq!(
        syntax.err.raw(),
        str![[r#"
error[template-error]: unexpected end of input
 --> themes/mine/templates/guide.html:2:20
  |
2 | {% if page.title %}
  |                    ^
  = hint: see the list of what a template sees in `docs/themes.md`

Not built: 1 error in 1 file; output/ still holds the previous site

"#]]
        .raw()
    );
    put(project.path(), template, "<p>\n{{ page.nothing }}\n");
    let drawn = run(project.path(), &["build"]);
    assert_eq!(drawn.code, 1);
    assert_data_eq!(drawn.err.raw(), str![[r#"
error[template-error]: field `nothing` is not defined. Available fields: alternates, breadcrumbs, canonical, content_language, contents, description, edit, groups, guide, guides, head_title, home, image, index, json_ld, kind, markdown, next, noindex, notices, operator, operators, previous, report, section, siblings, switcher, tags, terms, title, translations, url, words
 --> themes/mine/templates/guide.html:2:9
  |
2 | {{ page.nothing }}
  |         ^^^^^^^
  = hint: see the list of what a template sees in `docs/themes.md`

Not built: 1 error in 1 file; output/ still holds the previous site

"#]].raw());
    put(project.path(), template, "<p>\n");
    put(project.path(), "themes/mine/templates/frame/footer.html", "{{ page.title }}\n");
    let framed = run(project.path(), &["build"]);
    assert_eq!(framed.code, 1);
    assert_data_eq!(
        framed.err.raw(),
        str![[r#"
error[template-error]: variable `page` is not defined. Available variables: site
 --> themes/mine/templates/frame/footer.html:1:4
  |
1 | {{ page.title }}
  |    ^^^^
  = hint: see the list of what a template sees in `docs/themes.md`

Not built: 1 error in 1 file; output/ still holds the previous site

"#]]
        .raw()
    );
    assert!(before == snapshot(&project.path().join("output")));
    let left = fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let hidden = left.filter(|name| name.to_string_lossy().starts_with('.'));
    assert!(hidden.into_iter().all(|name| name == ".cicerone"));
}
