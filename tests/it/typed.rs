//! What a writer types is what a reader sees: on the page and in its twin, or in a diagnostic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use std::collections::{BTreeMap, BTreeSet};

use cicerone::model::diagnostic::Diagnostic;
use cicerone::search::{self, SubjectKey};

use crate::html::{Document, Element};
use crate::project::{Built, build, options, sources};

/// A site whose guides are these texts, in a language for each.
fn site(texts: &[(&str, String)]) -> (Vec<(String, String)>, Built) {
    let tags: BTreeSet<&str> = texts.iter().map(|(language, _)| *language).collect();
    let tags: Vec<&str> = tags.into_iter().collect();
    let config = format!("title: A\nmarkdown: true\nlanguages: [{}]\n", tags.join(", "));
    let mut files = vec![("guides/site.yaml".to_owned(), config)];
    for (index, (language, text)) in texts.iter().enumerate() {
        files.push((format!("guides/g{index}/{language}.md"), text.clone()));
    }
    let listed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let built = build(&sources(&listed), &options());
    (files, built)
}

/// The HTML of a text's article.
fn article(language: &str, body: &str) -> String {
    let (_, built) = site(&[(language, format!("---\ntitle: A\n---\n{body}\n"))]);
    let path = format!("{}/g0/index.html", language.to_lowercase());
    let page = String::from_utf8(built.files[&path].clone()).unwrap();
    let page = page.split_once("<article").unwrap().1.split_once('>').unwrap().1;
    page.split_once("</article>").unwrap().0.trim().to_owned()
}

#[test]
fn a_text_is_drawn_as_it_was_written() {
    for (language, typed, drawn) in [
        ("en", "Dial *100*1# or *04*1234#.", "<p>Dial *100*1# or *04*1234#.</p>"),
        ("en", "**21*0691234567# and `*1*2#`", "<p>**21*0691234567# and <code>*1*2#</code></p>"),
        ("en", "**Dial *100*1#** now", "<p><strong>Dial *100*1#</strong> now</p>"),
        ("zh-Hans", "请拨**142**，或*100*2#。", "<p>请拨<strong>142</strong>，或*100*2#。</p>"),
        ("ko", "**설명(보기)**는", "<p><strong>설명(보기)</strong>는</p>"),
        ("th", "**คำเตือน!**กรุณา", "<p><strong>คำเตือน!</strong>กรุณา</p>"),
        ("zh-Hans", "**电话：**142", "<p><strong>电话：</strong>142</p>"),
        ("en", "a <b>b</b> <code>c</code>", "<p>a <b>b</b> <code>c</code></p>"),
        ("ar", "على +355 69 123", "<p>على <bdi dir=\"ltr\">+355 69 123</bdi></p>"),
        ("he", "קוד *100*1# כאן", "<p>קוד <bdi dir=\"ltr\">*100*1#</bdi> כאן</p>"),
        ("en", "Call +355 69 123", "<p>Call +355 69 123</p>"),
        ("en", "One <!-- two\nthree --> four", "<p>One  four</p>"),
        (
            "en",
            "> a\n> <!-- b\n> c\n> d -->\n>\n> e",
            "<blockquote>\n<p>a</p>\n<p>e</p>\n</blockquote>",
        ),
        ("en", "- a\n\n  <!-- b\n\n  c -->\n\n  d", "<ul>\n<li>\n<p>a</p>\n<p>d</p>\n</li>\n</ul>"),
        ("en", "## Steps {#steps}\n\nx", "<h2 id=\"steps\">Steps</h2>\n<p>x</p>"),
        ("en", "## FAQ {#faq}\n\nx", "<h2 id=\"faq\">FAQ</h2>\n<p>x</p>"),
        ("en", "## S {#sources}\n\nx", "<h2 id=\"sources\">S</h2>\n<p>x</p>"),
        ("en", "## A {#My_Id}\n\nx", "<h2 id=\"My_Id\">A</h2>\n<p>x</p>"),
        ("zh-Hans", "## 安装 {#手动安装}\n\nx", "<h2 id=\"手动安装\">安装</h2>\n<p>x</p>"),
        ("hi", "## हिन्दी फ़ोन\n\nx", "<h2 id=\"हिन्दी-फ़ोन\">हिन्दी फ़ोन</h2>\n<p>x</p>"),
        ("en", "The ratio\n:5 is given", "<p>The ratio\n:5 is given</p>"),
        ("en", "> a\n> :smile: b", "<blockquote>\n<p>a\n:smile: b</p>\n</blockquote>"),
        ("en", "a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
    ] {
        let given = article(language, typed).replace("\n\n", "\n");
        assert_eq!(given, drawn, "{typed}");
    }
}

#[test]
fn an_alert_is_drawn_whatever_its_kind_is_called() {
    let box_of = |kind: &str, title: &str, text: &str| {
        format!(
            "<div class=\"alert alert-{kind}\">\n<p class=\"alert-title{title}</p>\n{text}</div>"
        )
    };
    for (language, typed, drawn) in [
        ("en", "> [!INFO]\n> a", box_of("note", "\">Note", "<p>a</p>\n")),
        ("en", "> [!hint] Ask\n> a", box_of("tip", " own\">Ask", "<p>a</p>\n")),
        (
            "en",
            "> [!NOTE]- *Ask* `b`\n>\n> a",
            box_of("note", " own\"><em>Ask</em> <code>b</code>", "<p>a</p>\n"),
        ),
        ("en", "> [!Danger] Ask", box_of("caution", " own\">Ask", "")),
        (
            "zh-Hans",
            "> [!WARNING] 注意\n> 甲\n> 乙",
            box_of("warning", " own\">注意", "<p>甲乙</p>\n"),
        ),
        (
            "ar",
            "> [!IMPORTANT]\n> a\n>\n> b",
            box_of("important", "\">مهم", "<p>a</p>\n<p>b</p>\n"),
        ),
        (
            "en",
            "> [!ATTENTION]\n> - a",
            box_of("warning", "\">Warning", "<ul>\n<li>a</li>\n</ul>\n"),
        ),
    ] {
        assert_eq!(article(language, typed), drawn, "{typed}");
    }
    let within = article("en", "- a\n\n  > [!INFO] b\n  > c\n\n  d");
    assert!(
        within.contains("<p class=\"alert-title own\">b</p>\n<p>c</p>\n</div>\n<p>d</p>"),
        "{within}"
    );
    for plain in ["> [!NOTE](../g0/)\n> a", "> [!QUOTE]\n> a", "> [NOTE]\n> a"] {
        assert!(article("en", plain).starts_with("<blockquote>"), "{plain}");
    }
}

#[test]
fn a_titled_alert_is_drawn_in_a_field_and_in_the_twin() {
    let text = "---\ntitle: A\nsteps:\n  - title: B\n    text: |\n      > [!INFO] Bring it\n      > Your card.\n---\n> [!TIP] **Ask** us\n> Now.\n";
    let (_, built) = site(&[("en", text.to_owned())]);
    assert_eq!(built.faults, []);
    let page = String::from_utf8(built.files["en/g0/index.html"].clone()).unwrap();
    let twin = String::from_utf8(built.files["en/g0/index.md"].clone()).unwrap();
    assert!(page.contains("<p class=\"alert-title own\">Bring it</p>"), "{page}");
    assert!(twin.contains("> [!TIP]\n> **Ask us**\n>\n> Now."), "{twin}");
    assert!(twin.contains("> [!NOTE]\n> **Bring it**\n>\n> Your card."), "{twin}");
}

#[test]
fn addresses_that_stand_as_they_are_become_links() {
    let rel = "rel=\"nofollow ugc noopener noreferrer\"";
    for (language, typed, drawn) in [
        (
            "en",
            "See https://a.example/b_c_d.",
            format!("See <a href=\"https://a.example/b_c_d\" {rel}>https://a.example/b_c_d</a>."),
        ),
        (
            "en",
            "(www.a.example/b)",
            format!("(<a href=\"http://www.a.example/b\" {rel}>www.a.example/b</a>)"),
        ),
        (
            "en",
            "**me@a.example**",
            "<strong><a href=\"mailto:me@a.example\">me@a.example</a></strong>".to_owned(),
        ),
        (
            "en",
            "<help@a.example>",
            "<a href=\"mailto:help@a.example\">help@a.example</a>".to_owned(),
        ),
        (
            "zh-Hans",
            "见https://a.example/b，**重要：**再",
            format!(
                "见<a href=\"https://a.example/b\" {rel}>https://a.example/b</a>，<strong>重要：</strong>再"
            ),
        ),
        ("en", "`https://a.example`", "<code>https://a.example</code>".to_owned()),
        (
            "en",
            "[https://a.example](../g0/)",
            "<a href=\"/en/g0/\">https://a.example</a>".to_owned(),
        ),
    ] {
        assert_eq!(article(language, typed), format!("<p>{drawn}</p>"), "{typed}");
    }
}

#[test]
fn a_site_may_leave_addresses_alone() {
    let files = [
        ("guides/site.yaml", "title: A\nlanguages: [en]\nbare_links: off\n"),
        ("guides/g/en.md", "---\ntitle: A\n---\nhttps://a.example <b@a.example>\n"),
    ];
    let built = build(&sources(&files), &options());
    let page = String::from_utf8(built.files["en/g/index.html"].clone()).unwrap();
    assert!(page.contains("<p>https://a.example <a href=\"mailto:b@a.example\""), "{page}");
}

#[test]
fn harmless_html_is_drawn_as_it_was_written() {
    for (typed, drawn) in [
        ("<p>a</p>\n<p lang=\"sq\">b</p>", "<p>a</p>\n<p lang=\"sq\">b</p>"),
        ("<p>a\n<p>b", "<p>a\n</p><p>b\n</p>"),
        ("<div>\n\n**a**\n\n</div>", "<div>\n<p><strong>a</strong></p>\n</div>"),
        (
            "<table>\n<caption>a</caption>\n<tr><th scope=\"col\">b<td colspan=\"2\">c &amp; d</tr>\n</table>",
            "<table>\n<caption>a</caption>\n<tr><th scope=\"col\">b</th><td colspan=\"2\">c &amp; d</td></tr>\n</table>",
        ),
        (
            "<figure>\n<img src=\"https://a.example/b.png\" alt=\"c &amp; d\" width=\"4\">\n<figcaption>e</figcaption>\n</figure>",
            "<figure>\n<img src=\"https://a.example/b.png\" width=\"4\" alt=\"c &amp; d\" decoding=\"async\">\n<figcaption>e</figcaption>\n</figure>",
        ),
        (
            "a<a id=\"b\"></a> [c](#b) <a name=\"d\"></a>",
            "<p>a<a id=\"b\"></a> <a href=\"#b\">c</a> <a id=\"d\"></a></p>",
        ),
    ] {
        assert_eq!(article("en", typed).replace("\n\n", "\n"), drawn, "{typed}");
    }
    for typed in [
        "<td>a</td>",
        "<table><p>",
        "a <div>b</div>",
        "<a href=\"../g0/\">b</a>",
        "<img alt=\"b\">",
        "<p onclick=\"a\">b</p>",
    ] {
        assert!(article("en", typed).contains("&lt;"), "{typed}");
    }
}

/// Texts of every construct. `¤` stands for a number that is found nowhere else.
const BODIES: &[&str] = &[
    "Plain w¤ and *w¤*, **w¤**, ~~w¤~~, `w¤`, ***w¤***, w¤*w¤*w¤, **w¤:**w¤",
    "*¤*1# and **¤*12#, *#¤#, *¤*2*3#, *1*¤, ¤*¤, **¤**, *¤*, **¤**#, **Call *¤*1#**",
    "## Steps w¤ {#steps}\n\nw¤\n\n## w¤ {#faq}\n\nw¤\n\n### w¤ {#warnings}\n\nw¤",
    "## w¤ {#sources}\n\nw¤\n\n## w¤ {#materials}\n\nw¤\n\n## w¤ {#eligibility}\n\n## w¤ {#before}\n\nw¤",
    "- w¤\n  - w¤\n\n    w¤\n1. w¤\n2. w¤\n\n- [ ] w¤\n- [x] w¤",
    "> w¤\n> > w¤\n\n> [!NOTE]\n> w¤\n\n> [!NOTE] w¤\n> w¤\n\n> [!INFO]\n> w¤",
    "| w¤ | w¤ |\n|---|:-:|\n| w¤ | w¤ |\n| w¤ |\n| w¤ | w¤ | w¤ |\n| `w¤|w¤` | w¤ |",
    "| w¤ | w¤ |\n| w¤ | w¤ |",
    "| w¤ | w¤ |\n|---|\n| w¤ | w¤ |",
    "w¤\n: w¤\n\nw¤\n\n: w¤",
    "w¤[^a] w¤[^a] w¤[^missing¤]\n\n[^a]: w¤\n\n    w¤\n\n[^unused¤]: w¤",
    "[w¤](https://w¤.example/w¤) <https://w¤.example> [w¤][w¤] [w¤] <help¤@example.org> https://w¤.example/w¤",
    "![w¤](https://w¤.example/a.png \"w¤\") [w¤](mailto:w¤@a.example \"w¤\") [](https://w¤.example/)",
    "<kbd>w¤</kbd> <b>w¤</b> <script>w¤</script> <w¤> <a href=\"w¤\">w¤</a> <font color=\"w¤\">w¤</font>",
    "<details><summary>w¤</summary>\n\nw¤\n\n</details>\n\n<div class=\"w¤\">\nw¤\n</div>",
    "```w¤\nw¤ *¤*1#\n```\n\n    w¤ **w¤:**w¤\n\n~~~\nw¤\n~~~",
    "w¤ <!-- c --> w¤\n\n<!-- c\n\nc -->\n\nw¤",
    "##w¤\n\n###w¤ {#w¤}\n\n##　w¤\n\n•w¤\n\n1.w¤\n2.w¤\n\n[w¤]（../w¤）\n\n## w¤ {#w¤",
    "w¤\n===\n\nw¤\n---\n\n# w¤\n\n###### w¤",
    ":::tip\nw¤\n:::\n\n!!! note \"w¤\"\n    w¤\n\n{{< w¤ >}} {% w¤ %}\n\n/// w¤",
    "w¤\\\nw¤  \nw¤\nw¤ &amp; w¤ &copy;w¤ \\*w¤\\* w¤_w¤_w¤ _w¤_ __w¤__",
    "اتصل على +355 69 ¤ من 08:¤-20:¤ أو `**¤*1#` **¤** *¤*1#",
    "请拨打**电话：**¤，或*¤*1#。**「w¤」**w¤\n她**¤**说",
    "**설명(w¤)**는 w¤ ~~(w¤)~~는 **[w¤](https://w¤.example/)**는",
    "> [!NOTE] w¤ *w¤* `w¤`\n> w¤\n\n> [!INFO]\n> w¤\n>\n> w¤\n\n- > [!danger]+ w¤\n  > - w¤\n\n> [!QUOTE] w¤\n> w¤",
    "w¤\n:¤ w¤\n:w¤: w¤\n\nw¤\n: w¤\n\n  w¤\n\n:w¤\n\n> w¤\n> :¤",
    "https://w¤.example/w¤_w¤_?w¤=w¤. www.w¤.example/w¤，w¤ a¤@w¤.example, (https://w¤.example/(w¤)) w¤https://w¤.example",
    "<table>\n<caption>w¤</caption>\n<tr><th>w¤<td>w¤ &amp; w¤\n<tr><td><p>w¤<p>w¤</table>\n\n<p align=\"center\">w¤</p>",
    "<figure>\n<img src=\"https://w¤.example/w¤.png\" alt=\"w¤\" title=\"w¤\">\n<figcaption>w¤</figcaption>\n</figure>\n\n<div>\n\nw¤\n\n## w¤\n\nw¤\n\n</div>",
    "w¤ <a id=\"w¤\"></a> w¤ <a name=\"x-¤\">w¤</a> [w¤](#w¤) <td>w¤</td> <p>w¤</p> <span class=\"w¤\">w¤</span>",
    "[w¤]: https://w¤.example\n\nw¤ [w¤][r¤]\n\n[r¤]: https://w¤.example \"w¤\"\n\n［w¤](../w¤) 【w¤】（../w¤）",
    "{{#include w¤}} [w¤](../w¤){width=w¤} ![w¤](https://w¤.example/w¤.png){.w¤}\n\n<<<<<<< w¤\nw¤\n=======\nw¤\n>>>>>>> w¤",
    "1. w¤\n\n   > w¤\n\n   ```\n   w¤\n   ```\n\n   | w¤ |\n   |---|\n   | w¤ |\n2. w¤\n\n   - [ ] w¤",
    "Setext w¤\n--------\n\nw¤ ***w¤** w¤* **w¤ *w¤***\n\n* * *\n\nw¤  \nw¤\\\nw¤",
    "[^w¤]: w¤\n\nw¤[^w¤] ![w¤][i¤]\n\n[i¤]: https://w¤.example/w¤.png\n\nw¤[^1]\n\n[^1]:\n    - w¤\n\n        w¤",
    "<!-- c\n\nc -->w¤\n\nw¤<!-- c -->w¤<br>w¤<wbr>w¤ <del>w¤</del> <ruby>w¤<rt>w¤</rt></ruby> H<sub>w¤</sub>",
    "## *w¤* `w¤` w¤ {#w¤}\n\n### w¤ [w¤](https://w¤.example) w¤\n\n#### w¤[^a]\n\n[^a]: w¤\n\n##### w¤ <kbd>w¤</kbd>\n\nw¤",
];

/// The same in the front matter.
const FIELDS: &[&str] = &[
    "title: w¤ *¤*1#\nsummary: w¤ **¤** *¤*2# # w¤\n",
    "title: \"w¤ # ¤\"\nsteps:\n  - w¤ *¤*1#\n  - Call number # ¤\n  - Note: w¤\n  - \"w¤: `*¤*1#`\"\n",
    "title: w¤\nsteps:\n  - title: w¤ # w¤\n    text: |\n      w¤ *¤*1#\n\n      - **w¤:**w¤\n    checks: [w¤]\n",
    "title: w¤\nfaq:\n  - Can I go: w¤?\n  - title: w¤ <b>w¤</b>\n    text: w¤ <!-- c\n      c --> w¤\n",
    "title: w¤\nwarnings:\n  - title: w¤\n    text: \"w¤ *¤*1#\"\nmaterials: [w¤, \"w¤ *¤*2#\"]\n",
    "title: w¤\nsources:\n  a:\n    title: w¤ *¤*1#\n",
    "title: “w¤”\nsummary: 'w¤: “w¤”'\neligibility:\n  - w¤\n  - title: w¤\n    text: w¤\n    remedy: w¤ *¤*1#\n",
    "title: w¤\nbefore:\n  - w¤\n  - title: w¤\n    text: |\n      > [!INFO] w¤\n      > w¤ https://w¤.example\nfollowups:\n  - title: w¤\n    text: w¤\n",
    "title: w¤\nsteps:\n  - title: w¤\n    text: w¤\n    fields:\n      - title: w¤\n        text: w¤\n    checks:\n      - title: w¤\n        text: w¤\n    verify:\n      - title: w¤\n        text: w¤\n    steps:\n      - w¤\n      - title: w¤\n        text: w¤\n",
    "title: w¤\nsteps:\n  - id: a\n    title: w¤\nwarnings:\n  - title: w¤\n    text: w¤\n    at: a\n  - w¤\nreview: {by: w¤, verified: 2026-08-01}\n",
    "title: >\n  w¤\n  w¤\nfaq:\n  - title: \"w¤\\\"w¤\"\n    text: >-\n      w¤\n\n      w¤\n      w¤\n",
];

/// Every run of letters and digits.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    parts.filter(|part| part.len() > 4).map(|part| (place(part), part)).collect()
}

#[test]
fn nothing_that_is_typed_is_lost() {
    let mut number = 10_000;
    let mut numbered = |text: &str| -> String {
        let mut parts = text.split('¤');
        let mut numbered = parts.next().unwrap().to_owned();
        for part in parts {
            number += 1;
            numbered += &format!("{number}{part}");
        }
        numbered
    };
    let languages = ["ar", "en", "zh-Hans"];
    let mut texts = Vec::new();
    for language in languages {
        let bodies = BODIES.iter().map(|body| format!("---\ntitle: A\n---\n{body}\n"));
        let fields = FIELDS.iter().map(|fields| format!("---\n{fields}---\nText.\n"));
        texts.extend(bodies.chain(fields).map(|text| (language, numbered(&text))));
    }
    let (files, built) = site(&texts);
    assert!(files.len() > 100, "{} sources", files.len());
    let indexed = indexed(&built);
    let mut lost = Vec::new();
    let mut count = 0;
    for ((path, text), (language, _)) in files[1..].iter().zip(&texts) {
        let guide = path.split('/').nth(1).unwrap();
        let file = |name: &str| {
            let bytes = built.files.get(&format!("{}/{guide}/{name}", language.to_lowercase()));
            String::from_utf8(bytes.cloned().unwrap_or_default()).unwrap()
        };
        let (page, twin) = (file("index.html"), file("index.md"));
        let shown = Document::parse(&page).html().text();
        let found = indexed.get(guide).cloned().unwrap_or_default();
        let told = |at: usize| built.faults.iter().any(|fault| covers(fault, path, text, at));
        for (at, run) in
            runs(text).into_iter().filter(|(_, run)| run.contains(|c: char| c.is_ascii_digit()))
        {
            count += 1;
            // An address stands in an attribute, and is looked for by nobody.
            let is_shown = shown.contains(run);
            let is_there = is_shown || page.contains(run);
            let is_found = !is_shown || found.contains(run);
            // The id of a heading is an address too, and is none of Markdown.
            let is_twin = twin.contains(run) || text[..at].ends_with("{#");
            let is_lost = !is_there || !is_found || !is_twin;
            if is_lost && !told(at) {
                let line = text[at..].lines().next().unwrap();
                let where_not = [(is_there, "page"), (is_found, "index"), (is_twin, "twin")];
                let lacks: Vec<_> =
                    where_not.iter().filter(|(is, _)| !is).map(|(_, name)| *name).collect();
                lost.push(format!("{path}: {run} is not in {lacks:?}: {line:?}"));
            }
        }
    }
    assert!(count > 1000, "{count} runs");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What the search knows of each guide.
fn indexed(built: &Built) -> BTreeMap<String, String> {
    let site = &built.prepared.site;
    let mut indexed: BTreeMap<String, String> = BTreeMap::new();
    for group in search::groups(site) {
        for key in search::subjects(site) {
            let SubjectKey::Guide(id) = &key else { continue };
            for rendition in
                search::subject(site, &group, &key).iter().flat_map(|one| &one.renditions)
            {
                let words = indexed.entry(id.to_string()).or_default();
                words.push_str(&rendition.title);
                for part in &rendition.parts {
                    for text in [&part.heading, &part.text, &part.summary] {
                        words.push(' ');
                        words.push_str(text);
                    }
                    words.extend(part.about.iter().chain(&part.facts).flat_map(|one| [" ", one]));
                }
            }
        }
    }
    indexed
}

#[test]
fn the_search_leads_to_no_place_that_is_not_on_the_page() {
    let texts: Vec<(&str, String)> = BODIES
        .iter()
        .map(|body| format!("---\ntitle: A\n---\n{body}\n"))
        .chain(FIELDS.iter().map(|fields| format!("---\n{fields}---\n## Text {{#more}}\n\nA.\n")))
        .map(|text| ("en", text.replace('¤', "1")))
        .collect();
    let (_, built) = site(&texts);
    let site = &built.prepared.site;
    let mut count = 0;
    for group in search::groups(site) {
        for key in search::subjects(site) {
            for rendition in
                search::subject(site, &group, &key).iter().flat_map(|one| &one.renditions)
            {
                let path = format!("{}index.html", rendition.url.trim_start_matches('/'));
                let page = Document::parse(&String::from_utf8(built.files[&path].clone()).unwrap());
                let elements = page.all();
                for part in rendition.parts.iter().filter(|part| !part.anchor.is_empty()) {
                    count += 1;
                    let is_there = |one: &&Element| one.attribute("id") == Some(&part.anchor);
                    assert!(elements.iter().any(is_there), "{path}#{}", part.anchor);
                }
            }
        }
    }
    assert!(count > 30, "{count} places");
}

/// Whether a fault is shown at the line of the byte `at`.
fn covers(fault: &Diagnostic, path: &str, text: &str, at: usize) -> bool {
    let Some(place) = fault.place.as_ref().filter(|place| place.path.as_str() == path) else {
        return false;
    };
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count();
    let range = place.span.range();
    (line(range.start)..=line(range.end)).contains(&line(at))
}

#[test]
fn a_code_has_all_its_signs_in_every_field_and_in_the_twin() {
    let front = "title: Use *100*1#\nsummary: Dial **21*5#\nsteps:\n  - title: Send *111*2 to\n    text: Or *222*3#.\n\
                 faq:\n  - title: What is *333*4#?\n    text: A code, **44*5#.\n";
    let text =
        format!("---\n{front}---\n## On *555*6#\n\n| *666*7# |\n|---|\n| **77*8# |\n\n> *888*9#\n");
    let (_, built) = site(&[("en", text)]);
    assert_eq!(built.faults, []);
    let page = String::from_utf8(built.files["en/g0/index.html"].clone()).unwrap();
    let twin = String::from_utf8(built.files["en/g0/index.md"].clone()).unwrap().replace('\\', "");
    let codes = "*100*1# **21*5# *111*2 *222*3# *333*4# **44*5# *555*6# *666*7# **77*8# *888*9#";
    for code in codes.split(' ') {
        assert!(page.contains(code), "{code} is not on the page");
        assert!(twin.contains(code), "{code} is not in the twin");
    }
}
