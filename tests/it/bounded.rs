//! Nothing that a writer sends takes for ever: each construct is made eight times as long, and what the processor spends
//! on it (not the clock's time) may grow little more than eight times.
//!
//! Its time tells where a machine has nothing else to do; where it is in doubt, `valgrind` counts the instructions.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "these tests look at whole sites, and at what they cost"
)]

use std::process::Command;

use cicerone::model::diagnostic::Outcome;
use cicerone::pipeline::{Options, Prepared};
use rustix::time::{ClockId, clock_gettime};

use crate::project::{build, options, sources};

type Files = Vec<(String, String)>;

/// How often a construct stands in the smaller site, and how many times as often in the larger.
const SMALL: usize = 400;
const FACTOR: usize = 8;
/// Linear is 1, quadratic 2.
const EXPONENT: f64 = 1.15;
/// The same where nothing can count instructions: time on a machine that does ten other things at once is no better
/// a measure.
const DOUBTFUL: f64 = 1.6;

/// `CICERONE_COUNT=all` counts the instructions of every construct, and not only of those whose time is in doubt.
const COUNT: &str = "CICERONE_COUNT";
/// What a child of a test is to build, under the eyes of who counts: a construct's name and how often.
const CHILD: &str = "CICERONE_TEST_CONSTRUCT";

/// `count` times what `each` makes of a number.
fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

fn guide(front: &str, body: &str) -> Files {
    vec![("guides/a/en.md".to_owned(), format!("---\ntitle: A\n{front}---\n{body}\n"))]
}

fn body(count: usize, each: impl Fn(usize) -> String) -> Files {
    guide("", &many(count, each))
}

fn list(name: &str, count: usize, each: impl Fn(usize) -> String) -> Files {
    guide(&format!("{name}:\n{}", many(count, |n| format!("  - {}\n", each(n)))), "")
}

fn guides(count: usize, front: impl Fn(usize) -> String, body: impl Fn(usize) -> String) -> Files {
    let guide = |n| {
        (format!("guides/g{n}/en.md"), format!("---\ntitle: A\n{}---\n{}\n", front(n), body(n)))
    };
    (0..count / 8).map(guide).collect()
}

type Construct = (&'static str, fn(usize) -> Files);

const CONSTRUCTS: &[Construct] = &[
    ("equal headings", |n| body(n, |_| "## Same\n\ntext\n\n".to_owned())),
    ("headings of the page's own", |n| body(n, |_| "## Main\n\ntext\n\n".to_owned())),
    ("headings that look numbered", |n| {
        body(n, |n| format!("## Same-{n}\n\nx\n\n## Same\n\ny\n\n"))
    }),
    ("distinct headings", |n| body(n, |n| format!("## Heading {n}\n\ntext\n\n"))),
    ("headings with one id", |n| body(n, |_| "## A {#a}\n\ntext\n\n".to_owned())),
    ("attributes of a heading", |n| {
        guide("", &format!("## A {{{}}}\n\ntext\n", many(n, |n| format!("x{n}=1 "))))
    }),
    ("operators of a heading", |n| {
        guide("", &format!("## A {{operator={}al/z}}\n\nx\n", many(n, |n| format!("al/o{n},"))))
    }),
    ("footnotes", |n| {
        guide(
            "",
            &(many(n, |n| format!("word[^{n}] "))
                + "\n\n"
                + &many(n, |n| format!("[^{n}]: note\n\n"))),
        )
    }),
    ("references to one footnote", |n| {
        guide("", &(many(n, |_| "word[^a] ".to_owned()) + "\n\n[^a]: note\n"))
    }),
    ("footnotes that nothing refers to", |n| body(n, |n| format!("[^{n}]: note\n\n"))),
    ("footnotes of one name", |n| {
        guide("", &("word[^a]\n\n".to_owned() + &many(n, |_| "[^a]: note\n\n".to_owned())))
    }),
    ("references", |n| {
        guide(
            "",
            &(many(n, |n| format!("[t][r{n}]\n"))
                + "\n"
                + &many(n, |n| format!("[r{n}]: https://a.example/\n"))),
        )
    }),
    ("broken links", |n| body(n, |n| format!("[t](../missing-{n}/)\n"))),
    ("broken anchors", |n| body(n, |n| format!("## H{n}\n\n[t](#x{n})\n\n"))),
    ("anchors", |n| body(n, |n| format!("## H{n}\n\n[t](#h{n})\n\n"))),
    ("links to other sites", |n| body(n, |n| format!("[t](https://e{n}.example/) "))),
    ("pictures that are missing", |n| body(n, |n| format!("![t](x{n}.png)\n"))),
    ("addresses that stand as they are", |n| {
        body(n, |n| format!("https://a{n}.example/b_c www.a.example x{n}@a.example\n"))
    }),
    ("addresses within an address", |n| body(n, |_| "https://a.example/b\\_c@".to_owned())),
    ("starts of addresses", |n| body(n, |_| "https://www.".to_owned())),
    ("letter-boxes", |n| body(n, |_| "a@b.c:".to_owned())),
    ("colons that define nothing", |n| body(n, |_| "a\n:b\n".to_owned())),
    ("alerts with a title", |n| body(n, |_| "> [!INFO] a\n> b\n\n".to_owned())),
    ("alerts within one another", |n| body(n, |_| "> [!INFO] ".to_owned())),
    ("anchors of raw HTML", |n| body(n, |n| format!("<a id=\"a{n}\"></a> [b](#a{n})\n"))),
    ("paragraphs of raw HTML", |n| body(n, |_| "<p>a\n".to_owned())),
    ("ends of tags", |n| body(n, |_| "<div>\n\n<kbd></b></p></div></div>\n\n".to_owned())),
    ("cells of raw HTML", |n| {
        guide("", &format!("<table>\n<tr>{}</table>\n", "<td>a<td>b<tr>".repeat(n)))
    }),
    ("links that nothing refers to", |n| body(n, |n| format!("[r{n}]: https://a.example/\n"))),
    ("open brackets", |n| body(n, |_| "[".to_owned())),
    ("open links", |n| body(n, |_| "[a](".to_owned())),
    ("open emphasis", |n| body(n, |_| "*a **b _c ".to_owned())),
    ("backquotes", |n| body(n, |n| "`".repeat(1 + n % 100) + " ")),
    ("open tags", |n| body(n, |_| "<a ".to_owned())),
    ("tags that are never closed", |n| body(n, |_| "<kbd>".to_owned())),
    ("tags that nobody knows", |n| body(n, |n| format!("<x{n}>\n"))),
    ("comments", |n| body(n, |_| "<!-- a -->\n\n".to_owned())),
    ("rows of a table", |n| {
        guide("", &("| a | b |\n|---|---|\n".to_owned() + &"| c | d |\n".repeat(n)))
    }),
    ("columns of a table", |n| {
        guide("", &format!("{}|\n{}|\n{}|\n", "|a".repeat(n), "|-".repeat(n), "|c".repeat(n)))
    }),
    ("tables", |n| body(n, |_| "| a | b |\n|---|---|\n| c | d |\n\n".to_owned())),
    ("items of a list", |n| body(n, |_| "- a\n".to_owned())),
    ("nested lists", |n| body(n, |n| "  ".repeat(n % 50) + "- a\n")),
    ("quotes", |n| body(n, |_| "> a\n\nb\n\n".to_owned())),
    ("alerts", |n| body(n, |_| "> [!NOTE]\n> a\n\n".to_owned())),
    ("definition lists", |n| body(n, |_| "a\n: b\n\n".to_owned())),
    ("one long line", |n| body(n, |_| "some words ".to_owned())),
    ("one long word", |n| body(n, |_| "word".to_owned())),
    ("Chinese with emphasis", |n| body(n, |_| "**真，**她".to_owned())),
    ("Chinese in short lines", |n| body(n, |_| "注销号码\n".to_owned())),
    ("telephone numbers", |n| body(n, |n| format!("+355 69 {n:07} is the hotline. "))),
    ("accounts", |n| body(n, |n| format!("@user{n} "))),
    ("hidden characters", |n| body(n, |_| "a\u{200B}b ".to_owned())),
    ("hidden characters as entities", |n| body(n, |_| "a&#8203;b ".to_owned())),
    ("letters as entities", |n| body(n, |_| "V&#x43e;d&#97;fone ".to_owned())),
    ("a word of entities", |n| body(n, |_| "&#97;".to_owned())),
    ("escapes in double quotes", |n| {
        guide(&format!("summary: \"{}\"\n", many(n, |_| "V\\u043edaf\\u200bone ".to_owned())), "")
    }),
    ("hosts in letters of two alphabets", |n| {
        body(n, |n| format!("[t](https://аpple{n}.com/%E2%80%AE) "))
    }),
    ("an address of many escapes", |n| {
        guide("", &format!("[t](https://a.example/{})\n", "%E6%B3%A8a".repeat(n)))
    }),
    ("mixed scripts", |n| body(n, |_| "Vоdafone ".to_owned())),
    ("marks on one letter", |n| guide("", &format!("e{}", "\u{301}".repeat(n)))),
    ("TODOs", |n| body(n, |_| "TODO ".to_owned())),
    ("tags of a guide", |n| list("tags", n, |n| format!("t{n}"))),
    ("aliases", |n| list("aliases", n, |n| format!("/old/{n}/"))),
    ("steps", |n| list("steps", n, |n| format!("{{id: s{n}, title: A}}"))),
    ("steps of one id", |n| list("steps", n, |_| "{id: s, title: A}".to_owned())),
    ("steps with words in the body", |n| {
        let steps = many(n, |n| format!("  - {{id: s{n}}}\n"));
        guide(&format!("steps:\n{steps}"), &many(n, |n| format!("## A {{#s{n}}}\n\ntext\n\n")))
    }),
    ("steps that need what there is", |n| {
        let materials = many(n, |n| format!("  - {{id: m{n}, title: A}}\n"));
        let steps = many(n, |n| format!("  - {{id: s{n}, title: A, needs: [m{n}]}}\n"));
        guide(&format!("materials:\n{materials}steps:\n{steps}"), "")
    }),
    ("warnings at steps", |n| {
        let steps = many(n, |n| format!("  - {{id: s{n}, title: A}}\n"));
        let warnings = many(n, |n| format!("  - {{id: w{n}, title: A, at: s{n}}}\n"));
        guide(&format!("steps:\n{steps}warnings:\n{warnings}"), "")
    }),
    ("questions", |n| list("faq", n, |n| format!("{{id: q{n}, title: A, text: B}}"))),
    ("sources", |n| {
        guide(
            &format!(
                "sources:\n{}",
                many(n, |n| format!("  s{n}: {{title: A, url: 'https://a.example/'}}\n"))
            ),
            "",
        )
    }),
    ("fields that nothing reads", |n| guide(&many(n, |n| format!("field-{n}: 1\n")), "")),
    ("fields of one name", |n| guide(&many(n, |_| "field: 1\n".to_owned()), "")),
    ("fields of one's own", |n| {
        guide(&format!("extra:\n{}", many(n, |n| format!("  k{n}: 1\n"))), "")
    }),
    ("operators that are missing", |n| list("operators", n, |n| format!("al/o{n}"))),
    ("related guides that are missing", |n| list("related", n, |n| format!("a/o{n}"))),
    ("guides", |n| guides(n, |_| String::new(), |_| String::new())),
    ("guides with one slug", |n| guides(n, |_| "slug: x\n".to_owned(), |_| String::new())),
    ("guides with one alias", |n| guides(n, |_| "aliases: [/x/]\n".to_owned(), |_| String::new())),
    ("guides with one tag", |n| guides(n, |_| "tags: [x]\n".to_owned(), |_| String::new())),
    ("guides that link to the next", |n| {
        guides(n, |_| String::new(), |n| format!("[x](../g{}/)", n / 2))
    }),
    ("terms of the glossary", |n| {
        let terms = many(n, |n| format!("t{n}: {{term: {{en: Term {n}}}, text: {{en: x}}}}\n"));
        let mut files = body(n, |n| format!("Term {n}. "));
        files.push(("guides/glossary.yaml".to_owned(), terms));
        files
    }),
    ("operators that follow one another", |n| {
        let mut files = body(1, |_| String::new());
        files.push(("guides/operators/al.yaml".to_owned(), "name: A\n".to_owned()));
        files.extend((0..n / 8).map(|n| {
            let text = format!("name: Opera {n}\nstatus: closed\nsuccessor: al/o{}\n", n + 1);
            (format!("guides/operators/al/o{n}.yaml"), text)
        }));
        files
    }),
];

/// What this thread's processor has spent, in seconds.
pub fn spent() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

fn prepare(files: &Files) -> Outcome<Prepared> {
    let settings = "title: A\nlanguages: [en]\nlimits: {page: 64MiB, front_matter: 64MiB}\n";
    let mut texts = vec![("guides/site.yaml", settings)];
    texts.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let sources = sources(&texts);
    let options = Options { jobs: 1, ..options() };
    // Two files of one address are a fault of the site, and none of the test.
    cicerone::pipeline::prepare(&sources, &options, &crate::project::Silent)
}

fn cost(files: &Files) -> f64 {
    drop(prepare(files));
    let start = spent();
    drop(prepare(files));
    spent() - start
}

fn exponent(few: f64, all: f64) -> f64 {
    (all / few).ln() / (FACTOR as f64).ln()
}

/// By the processor's time.
fn timed(make: fn(usize) -> Files, empty: f64) -> (f64, f64) {
    let (small, large) = (make(SMALL), make(SMALL * FACTOR));
    // Whatever else the machine does only adds to either: the least of a few is nearest.
    let (mut few, mut all) = (f64::MAX, f64::MAX);
    for _ in 0..4 {
        few = few.min((cost(&small) - empty).max(0.001));
        all = all.min((cost(&large) - empty).max(0.001));
        if exponent(few, all) <= EXPONENT {
            break;
        }
    }
    (few, all)
}

/// By millions of instructions; `None` where nothing can count them.
fn counted(name: &str) -> Option<(f64, f64)> {
    let count = |number: usize| {
        let output = Command::new("valgrind")
            .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
            .arg(std::env::current_exe().ok()?)
            .args(["--exact", "bounded::one_construct_is_built", "--nocapture", "--test-threads=1"])
            .env(CHILD, format!("{number} {name}"))
            .output()
            .ok()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        let line =
            said.lines().find(|line| line.contains("I refs:") || line.contains("I   refs:"))?;
        let digits: String =
            line.rsplit(':').next()?.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<f64>().ok().map(|count| count / 1e6)
    };
    let empty = count(0)?;
    Some((count(SMALL)? - empty, count(SMALL * FACTOR)? - empty))
}

/// The child's part.
#[test]
fn one_construct_is_built() {
    let asked = std::env::var(CHILD).unwrap_or_else(|_| format!("{SMALL} {}", CONSTRUCTS[0].0));
    let (number, name) = asked.split_once(' ').unwrap();
    let (_, make) = CONSTRUCTS.iter().find(|(known, _)| *known == name).unwrap();
    let number: usize = number.parse().unwrap();
    let files = if number == 0 { guide("", "") } else { make(number) };
    assert!(prepare(&files).value.site.config.languages.len() == 1);
}

#[test]
fn eight_times_as_much_takes_eight_times_as_long() {
    let empty = cost(&guide("", ""));
    let every = std::env::var_os(COUNT).is_some();
    let mut slow = Vec::new();
    for (name, make) in CONSTRUCTS {
        let (few, all) = timed(*make, empty);
        let by_time = exponent(few, all);
        let (few, all) = (few * 1e3, all * 1e3);
        print!("{name:36} {few:9.2} ms {all:9.2} ms  {by_time:5.2}");
        let (found, most) = match (every || by_time > EXPONENT).then(|| counted(name)).flatten() {
            Some((few, all)) => {
                let by_count = exponent(few.max(1.0), all.max(1.0));
                print!("  {few:9.1} M {all:9.1} M  {by_count:5.2}");
                (by_count, EXPONENT)
            }
            None => (by_time, DOUBTFUL),
        };
        println!();
        if found > most {
            slow.push(format!("{name}: {found:.2}"));
        }
    }
    assert!(slow.is_empty(), "superlinear: {slow:#?}");
}

/// What used to take eight seconds, and four times as much of it.
#[test]
fn forty_thousand_equal_headings_have_an_id_each() {
    let files = body(40_000, |_| "## Same\n".to_owned());
    let texts = [
        ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
        (files[0].0.as_str(), files[0].1.as_str()),
    ];
    let built = build(&sources(&texts), &options());
    let page = String::from_utf8_lossy(&built.files["en/a/index.html"]).into_owned();
    assert!(page.contains("id=\"same\"") && page.contains("id=\"same-40000\""));
}
