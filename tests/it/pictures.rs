//! Pictures that strangers send: what could run or fetch is refused at its place, anything else goes through.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use std::sync::Arc;

use cicerone::model::diagnostic::Diagnostic;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::{parse, report};

use crate::project::{build, options, sources};

/// A site with one file beside its guide.
fn with(name: &str, bytes: &[u8]) -> Sources {
    let mut sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
        ("guides/a/en.md", "---\ntitle: A\n---\nText.\n"),
    ]);
    sources.assets.insert(SourcePath::new(&format!("guides/a/{name}")), Arc::new(bytes.to_vec()));
    sources
}

/// What is wrong with the file; and that it is published where nothing is, and else nowhere.
fn faults(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let sources = with(name, bytes);
    let config = parse::config(&sources).value;
    let files = parse::files(&sources, &config);
    assert_eq!(files.value.assets.len(), usize::from(files.diagnostics.is_empty()), "{name}");
    assert_eq!(files.value.assets.len() + files.value.refused.len(), 1, "{name}");
    files.diagnostics
}

fn svg(attributes: &str, inside: &str) -> String {
    let spaces =
        "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    format!("<svg {spaces} {attributes}>{inside}</svg>")
}

/// Elements and attributes of a picture that run or fetch something when it is opened by itself.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<script href='https://elsewhere.example/x.js'/>",
    "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
    "<g><desc><x:script xmlns:x=\"http://www.w3.org/2000/svg\"/></desc></g>",
    "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
    "<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='x' onerror='alert(1)'/>",
    "<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=https://elsewhere.example'/>",
    "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://elsewhere.example'/>",
    "<foreignObject><body/></foreignObject>",
    "<math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:alert(1)'/>",
    "<g onclick='alert(1)'/>",
    "<g\nonload\n=\n'alert(1)'/>",
    "<animate onbegin='alert(1)' attributeName='x' dur='1s'/>",
    "<set attributeName='onclick' to='alert(1)'/>",
    "<set attributeName='onmouseover' to='alert(1)'/>",
    "<animate attributeName=' onload ' values='alert(1)'/>",
    "<a><animate attributeName='href' values='javascript:alert(1)'/></a>",
    "<a><set attributeName='xlink:href' to='javascript:alert(1)'/></a>",
    "<a><animate attributeName='href' values='#a;javascript:alert(1);#b'/></a>",
    "<a href='javascript:alert(1)'/>",
    "<a xlink:href='java&#115;cript:alert(1)'/>",
    "<a href='&#x6A;avascript:alert(1)'/>",
    "<a href=' &#9;java&#10;script:alert(1)'/>",
    "<a href='JaVaScRiPt:alert(1)'/>",
    "<a href='&#1;javascript:alert(1)'/>",
    "<a href='data:text/html,&lt;script>alert(1)&lt;/script>'/>",
    "<a href='vbscript:x'/>",
    "<use href='https://elsewhere.example/x.svg#a'/>",
    "<use xlink:href='//elsewhere.example/x.svg#a'/>",
    "<use href='other.svg#a'/>",
    "<use href='data:image/svg+xml,&lt;svg id=&quot;a&quot;/>#a'/>",
    "<image href='https://elsewhere.example/x.png'/>",
    "<image href='/\\elsewhere.example/x.png'/>",
    "<image xlink:href='data:image/svg+xml,x'/>",
    "<feImage href='http://elsewhere.example/x'/>",
    "<linearGradient xlink:href='https://elsewhere.example/x.svg#a'/>",
    "<textPath href='https://elsewhere.example/x.svg#a'/>",
    "<g xml:base='https://elsewhere.example/'><use href='#a'/></g>",
    "<style>@import 'https://elsewhere.example/x.css';</style>",
    "<style>@im<!-- -->port 'x.css';</style>",
    "<style><![CDATA[ a{fill:url(https://elsewhere.example/x)} ]]></style>",
    "<style>@font-face{src:url(//elsewhere.example/x.woff2)}</style>",
    "<g style='fill:url(https://elsewhere.example/x)'/>",
    "<g style='fill:u\\72l(x)'/>",
    "<rect fill='url(https://elsewhere.example/x#a)'/>",
    "<rect filter='url(&quot;other.svg#a&quot;)'/>",
    "<g cursor='url(https://elsewhere.example/x.png), auto'/>",
    "<animate attributeName='fill' values='red;url(https://elsewhere.example/x)'/>",
    "<unclosed>",
    "&nbsp;",
    "<x:y/>",
    "<g a='1' a='2'/>",
];

const HARMLESS: &[&str] = &[
    "<!-- <script>alert(1)</script> -->",
    "<title>How to write &lt;script> and onload=</title><desc>javascript: is a scheme</desc>",
    "<text>on = off; data:text/html, @import, url(x)</text>",
    "<a href='https://example.org/'><path d='M0 0'/></a>",
    "<a href='../b/'/><a href='mailto:a@example.org'/><a href='#x'/><a href='tel:142'/>",
    "<use href='#a'/><use xlink:href='#a'/><use href=''/>",
    "<image href='data:image/png;base64,iVBORw0KGgo='/><image xlink:href=' DATA:image/jpeg;base64,/9j/'/>",
    "<style>a{fill:url(#b)} /* url(https://elsewhere.example) */</style>",
    "<style><![CDATA[@font-face{font-family:x;src:url(data:font/woff2;base64,AA)}]]></style>",
    "<rect fill='url(#a)' transform='rotate(4)' style='filter:url(\"#b\")'/>",
    "<animate attributeName='href' values='#a;#b'/><animate attributeName='opacity' to='1'/>",
    "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><c:Work xmlns:c='http://creativecommons.org/ns#' r:about=''/></r:RDF></metadata>",
    "<i:namedview xmlns:i='http://www.inkscape.org/namespaces/inkscape' onlyselected='x' only_selected='false' i:onload='x'/>",
    "<?xpacket begin='' id='x'?><g id='onload' class='script'/>",
];

#[test]
fn what_could_run_or_fetch_is_refused_at_its_place() {
    for inside in HOSTILE {
        let text = svg("", inside);
        let found = faults("card.svg", text.as_bytes());
        assert!(!found.is_empty(), "{inside}");
        for fault in &found {
            assert_eq!(fault.code.as_str(), "unsafe-file", "{inside}: {}", fault.message);
            let span = fault.place.as_ref().unwrap().span.range();
            assert!(span.start > 0 && text.get(span).is_some(), "{inside}: {}", fault.message);
        }
    }
}

#[test]
fn a_picture_that_only_speaks_of_it_goes_through() {
    for inside in HARMLESS {
        let told: Vec<String> = faults("card.svg", svg("", inside).as_bytes())
            .into_iter()
            .map(|one| one.message)
            .collect();
        assert_eq!(told, [""; 0], "{inside}");
    }
}

/// What stands before the picture, and how it is written.
#[test]
fn a_picture_is_read_in_the_encoding_that_a_browser_reads_it_in() {
    let hostile = svg("", "<script>alert(1)</script>");
    let harmless = svg("", "<title>注销</title>");
    let wide = |text: &str| -> Vec<u8> {
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let big = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    assert_eq!(faults("a.svg", &wide(&harmless)), []);
    assert_eq!(faults("a.svg", &wide(&hostile))[0].message, "`<script>` in a picture runs code");
    let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{hostile}");
    assert_eq!(faults("a.svg", &big(&declared)).len(), 1);
    for encoding in ["UTF-7", "shift_jis", "ISO-2022-CN", "x-mac-cyrillic"] {
        let text = format!("<?xml version='1.0' encoding='{encoding}'?>{harmless}");
        assert_eq!(
            faults("a.svg", text.as_bytes())[0].message,
            "`a.svg` is neither UTF-8 nor UTF-16"
        );
    }
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><svg><title>\xe9</title></svg>";
    assert_eq!(faults("a.svg", latin), []);
}

#[test]
fn what_stands_before_a_picture_is_judged_too() {
    let picture = svg("", "<text>&x;</text>");
    for (before, told) in [
        (
            "<?xml-stylesheet href='x.xsl' type='text/xsl'?>",
            "`<?xml-stylesheet?>` fetches a style sheet or a program",
        ),
        (
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>",
            "`<!ATTLIST` changes what is read after it",
        ),
        (
            "<!DOCTYPE svg [<!ENTITY x '&#60;script>alert(1)&#60;/script>'>]>",
            "`x` stands for more than text",
        ),
        ("<!DOCTYPE svg [<!ENTITY x '<script/>'>]>", "`x` stands for more than text"),
        (
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
            "`<!ENTITY` changes what is read after it",
        ),
        (
            "<!DOCTYPE svg [<!ENTITY % x SYSTEM 'https://elsewhere.example'> %x;]>",
            "`<!ENTITY` changes what is read after it",
        ),
    ] {
        let picture = picture.replace("&x;", if before.contains("ENTITY x") { "&x;" } else { "" });
        assert_eq!(faults("a.svg", format!("{before}{picture}").as_bytes())[0].message, told);
    }
    let doctype = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [<!ENTITY x 'a'><!ENTITY n '&#160;'>]>";
    assert_eq!(
        faults("a.svg", format!("<?xml version='1.0'?>\n{doctype}\n{picture}").as_bytes()),
        []
    );
    let nested = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY x '&a;&a;'>]>";
    assert_eq!(
        faults("a.svg", format!("{nested}{picture}").as_bytes())[0].message,
        "`x` stands for more than text"
    );
}

#[test]
fn every_fault_of_a_picture_is_reported_with_its_line() {
    let text = svg(
        "\n  onload='a()'",
        "\n<title>A SIM card</title>\n<s:script xmlns:s='http://www.w3.org/2000/svg'/>\n<use href='https://elsewhere.example/x'/>\n",
    );
    let sources = with("card.svg", text.as_bytes());
    let built = build(&sources, &options());
    let mut told = Vec::new();
    let style = report::Style { color: false, ..report::Style::default() };
    report::human(&mut told, &built.faults, &sources, style).unwrap();
    let told = String::from_utf8(told).unwrap();
    for part in [
        "error[unsafe-file]: `onload` in a picture runs code\n --> guides/a/card.svg:2:3\n",
        "4 | <s:script xmlns:s='http://www.w3.org/2000/svg'/>\n  | ^^^^^^^^^",
        "`<use>` shows `https://elsewhere.example/x`, which is not in the picture\n --> guides/a/card.svg:5:12\n",
        "= hint: ",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    // Of UTF-16 too.
    let wide: Vec<u8> =
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sources = with("card.svg", &wide);
    let mut other = Vec::new();
    report::human(&mut other, &build(&sources, &options()).faults, &sources, style).unwrap();
    assert_eq!(String::from_utf8(other).unwrap(), told);
}

#[test]
fn other_files_are_judged_by_what_they_hold() {
    for name in
        ["a.png", "a.txt", "a.csv", "a.ics", "a.vcf", "a.mp4", "a.webp", "a.avif", "a.pdf", "a.jpg"]
    {
        for bytes in [
            b"<!doctype html><script>alert(1)</script>".as_slice(),
            b" \n<script>alert(1)</script>",
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ] {
            let found = faults(name, bytes);
            assert_eq!(found.len(), 1, "{name}");
            assert_eq!(found[0].code.as_str(), "unsafe-file", "{name}");
        }
        assert_eq!(faults(name, b""), []);
    }
    let pdf = b"%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>";
    assert_eq!(faults("a.pdf", pdf)[0].message, "`a.pdf` is a PDF that runs scripts");
    assert_eq!(faults("a.txt", pdf)[0].message, "`a.txt` is a PDF");
    assert_eq!(faults("a.pdf", b"%PDF-1.7\n<</Type/Catalog/Pages 1 0 R>>"), []);
    assert_eq!(faults("a.csv", b"name,tag\nheading,<h1>\n"), []);
    // What browsers run is not published at all.
    for name in [
        "a.html", "a.HTM", "a.xhtml", "a.xml", "a.xsl", "a.js", "a.mjs", "a.swf", "a.woff2",
        "a.ttf", "a.svgz", "a",
    ] {
        assert_eq!(faults(name, b"x")[0].code.as_str(), "stray-file", "{name}");
    }
}

#[test]
#[cfg(not(feature = "pictures"))]
fn a_program_that_cannot_make_pictures_smaller_says_so() {
    let sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en]\nsmaller_pictures: true\n"),
        ("guides/a/en.md", "---\ntitle: A\n---\nText.\n"),
    ]);
    let built = build(&sources, &options());
    let faults: Vec<String> = built.faults.iter().map(|fault| fault.message.clone()).collect();
    assert_eq!(faults, ["this program was built without what makes pictures smaller"]);
}
