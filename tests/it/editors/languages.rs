//! Any language of the world is taken, named, and shown with the words that its readers know.

use super::Project;

const GUIDE: &str = "---\ntitle: Dar de baja una SIM\nsteps:\n  - {id: ask, title: Pida la baja, cost: 1500-20000 ALL}\n---\nUna línea.\n";

#[test]
fn a_site_in_many_languages_is_built_and_published_from_one_guide() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: A\nlanguages: [es, de, ru, uk, ar, hi, ja]\npublish: {www: {folder: www}}\n",
        ),
        ("g/es.md", GUIDE),
    ]);
    let (code, out, talk) = project.run("build --strict");
    assert!(code == 0 && !talk.contains("warning"), "{out}{talk}");
    let (code, out, talk) = project.run("publish www");
    assert!(code == 0 && !talk.contains("warning"), "{out}{talk}");
    let chooser = project.get("output/index.html");
    for name in ["Español", "Deutsch", "Русский", "Українська", "العربية", "हिन्दी", "日本語"]
    {
        assert!(chooser.contains(&format!(">{name}</a>")), "{name}: {chooser}");
    }
    let page = project.get("output/ru/g/index.html");
    assert!(page.contains("испанский") && !page.contains("lang=\"en\""), "{page}");
    let page = project.get("output/es/g/index.html");
    assert!(page.contains("1500") && page.contains("20.000 ALL"), "{page}");
}

#[test]
fn varieties_of_a_language_share_its_words() {
    let tags = "es, es-419, zh-MO, zh-SG, zh-TW, zh-CN, sr-Latn, pt-AO, fil, no, nb, nn, ur, en-GB";
    let site = format!("title: A\nlanguages: [{tags}]\npublish: {{www: {{folder: www}}}}\n");
    let project = Project::new(&[("site.yaml", site.as_str()), ("g/es.md", GUIDE)]);
    let (code, out, talk) = project.run("publish www");
    assert!(code == 0 && !talk.contains("warning"), "{out}{talk}");
    let chooser = project.get("www/index.html");
    for (tag, dir, name, words) in [
        ("es-419", "ltr", "Español latinoamericano", "Saltar al contenido"),
        ("zh-MO", "ltr", "中文（澳門）", "跳到內文"),
        ("zh-SG", "ltr", "中文（新加坡）", "跳到正文"),
        ("zh-TW", "ltr", "中文（台灣）", "跳到內文"),
        ("sr-Latn", "ltr", "Srpski (latinica)", "Pređite na sadržaj"),
        ("pt-AO", "ltr", "Português (Angola)", "Saltar para o conteúdo"),
        ("fil", "ltr", "Filipino", "Pumunta sa nilalaman"),
        ("no", "ltr", "Norsk", "Hopp til innholdet"),
        ("nb", "ltr", "Norsk bokmål", "Hopp til innholdet"),
        ("nn", "ltr", "Norsk nynorsk", "Hopp til innholdet"),
        ("ur", "rtl", "اردو", "اصل مواد پر جائیں"),
        ("en-GB", "ltr", "British English", "Skip to the content"),
    ] {
        let slug = tag.to_ascii_lowercase();
        let page = project.get(&format!("www/{slug}/g/index.html"));
        assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\"")), "{tag}");
        assert!(
            page.contains(&format!("class=\"skip\" href=\"#main\">{words}</a>")),
            "{tag}: {page}"
        );
        assert!(chooser.contains(&format!("lang=\"{tag}\" dir=\"{dir}\">{name}</a>")), "{chooser}");
        // What is not translated says so, but for a reader of the same language.
        assert_eq!(page.contains("notice fallback"), tag != "es-419", "{tag}: {page}");
    }
}

#[test]
fn names_that_another_language_lends_are_marked() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: {en: Guides, ar: أدلة}\nlanguages: [en, ar, fr, zh-Hant, zh-HK]\nmarkdown: true\ntags: {sim: {en: Cards, ar: شرائح}}\n",
        ),
        (
            "operators/eg.yaml",
            "name: {ar: مصر, en: Egypt, zh-Hant: 埃及}\nemergency: [{id: police, value: 122, name: {ar: الشرطة, en: Police}, confidence: law, source: https://a.example/}]\n",
        ),
        (
            "operators/eg/a.yaml",
            "name: {ar: ألف, en: Alif}\nchannels: [{id: care, type: phone, value: 100, name: {ar: خدمة, en: Care}, confidence: unverified}]\n",
        ),
        ("glossary.yaml", "line:\n  term: {ar: خط, en: line}\n  text: {ar: رقم., en: A number.}\n"),
        (
            "g/en.md",
            "---\ntitle: One\ncountry: EG\ntags: [sim]\noperators: [eg/a]\nsteps: [{id: a, title: Ring, channels: [phone]}]\n---\nText.\n\n## Police {show=emergency}\n",
        ),
        (
            "g/fr.md",
            "---\ntitle: Un\ntranslation: {of: en}\nwords: {a: Appelez}\n---\nTexte.\n\n## Police {show=emergency}\n",
        ),
    ]);
    let (_, out, talk) = project.run("build");
    // The first of the map is shown where a language has none.
    let mark = |words: &str| format!("<span lang=\"ar\" dir=\"rtl\">{words}</span>");
    let page = project.get("output/fr/g/index.html");
    for words in ["أدلة", "شرائح", "ألف", "خدمة", "الشرطة"] {
        assert!(page.contains(&mark(words)), "{words}: {page}{out}{talk}");
    }
    assert!(project.get("output/fr/operators/index.html").contains(&mark("مصر")));
    assert!(project.get("output/fr/glossary/index.html").contains(&mark("خط")));
    assert!(project.get("output/fr/a-z/index.html").contains(&mark("ألف")));
    assert!(
        project
            .get("output/fr/operators/eg/a/index.html")
            .contains(&format!("<h1>{}</h1>", mark("ألف")))
    );
    // A region has its parent's words for its own.
    assert!(project.get("output/zh-hk/operators/index.html").contains(">埃及<"));
    for path in [
        "fr/g/index.html",
        "fr/g/index.md",
        "fr/site.webmanifest",
        "llms.txt",
        "fr/feed.xml",
        "fr/search/index.html",
        "fr/operators/eg/a/index.html",
    ] {
        let path = format!("output/{path}");
        assert!(!project.has(&path) || !project.get(&path).contains('\u{FDD1}'), "{path}");
    }
}

#[test]
fn words_that_nobody_has_are_english_and_say_so() {
    let project = Project::new(&[
        ("site.yaml", "title: A\nlanguages: [es, qu, sr-Latn, zh-MO]\n"),
        ("g/es.md", GUIDE),
    ]);
    let (code, out, talk) = project.run("build --strict");
    let told = [out, talk].concat();
    assert!(code == 0 && told.matches("warning[missing-word]").count() == 1, "{code}{told}");
    let page = project.get("output/qu/g/index.html");
    assert!(page.contains("<html lang=\"qu\""));
    assert!(page.contains("<a class=\"skip\" href=\"#main\"><span lang=\"en\" dir=\"ltr\">Skip to the content</span></a>"), "{page}");
    assert!(page.contains("aria-label=\"You are here\"") && !page.contains('\u{FDD1}'), "{page}");
    assert!(!project.get("output/qu/site.webmanifest").contains('\u{FDD1}'));
    assert!(project.get("output/sr-latn/g/index.html").contains("Ovaj vodič"));
    assert!(project.get("output/zh-mo/g/index.html").contains("首頁"));
    let (code, _, talk) = project.run("new language qu");
    assert_eq!(code, 0, "{talk}");
    let path = "themes/default/i18n/qu.yaml";
    project.put(path, &project.get(path).replace("\"TODO Home\"", "Wasi"));
    let (code, out, talk) = project.run("build --strict");
    let told = [out, talk].concat();
    assert!(code == 0 && told.contains(" guides,") && !told.contains(" home,"), "{told}");
    let home = project.get("output/qu/g/index.html");
    assert!(home.contains(">Wasi<") && home.contains("lang=\"en\""), "{home}");
    let (code, _, talk) = project.run("new language fr");
    assert!(code == 0 && talk.contains("already"), "{talk}");
}

#[test]
fn countries_are_not_taken_for_languages() {
    let project = Project::new(&[
        ("site.yaml", "title: A\nlanguages: [jp, en-UK, iw, ja, xx]\n"),
        ("g/ja.md", "---\ntitle: A\n---\nB\n"),
    ]);
    let (code, out, talk) = project.run("check");
    let out = [out, talk].concat();
    assert_eq!(code, 1);
    for text in [
        "`jp` is a country's code, not a language's",
        "take it out: `ja` is there",
        "did you mean `en-GB`?",
        "did you mean `he`?",
        "no language has the code `xx`",
    ] {
        assert!(out.contains(text), "{text}: {out}");
    }
    // The file of a guide, where the site has the language that was meant.
    project.put("guides/site.yaml", "title: A\nlanguages: [en, ja]\n");
    project.put("guides/h/jp.md", "---\ntitle: A\n---\nB\n");
    project.put("guides/h/en.md", "---\ntitle: A\n---\nB\n");
    assert!(project.run("check").1.contains("did you mean `ja.md`?"));
    // Not one that is there already.
    project.put("guides/h/ja.md", "---\ntitle: A\ntranslation: {of: en}\n---\nB\n");
    assert!(!project.run("check").1.contains("did you mean"));
}

#[test]
fn a_language_may_leave_out_what_is_not_translated() {
    let project = Project::new(&[
        (
            "site.yaml",
            "title: A\nlanguages: {en: {}, sq: {missing: hide}, zh-Hant: {}, zh-HK: {missing: hide}}\n",
        ),
        ("g/en.md", "---\ntitle: One\naliases: [/sq/old/]\n---\nSee [two](../h/en.md).\n"),
        ("g/zh-Hant.md", "---\ntitle: 門號\ntranslation: {of: en}\n---\n一。\n"),
        ("h/en.md", "---\ntitle: Two\n---\nSee [one](../g/en.md).\n"),
        ("h/sq.md", "---\ntitle: Dy\ntranslation: {of: en}\n---\nShih [një](../g/en.md).\n"),
        (
            "glossary.yaml",
            "line:\n  term: {en: number, zh-Hant: 門號, zh-HK: 電話號碼}\n  text: {en: A line., zh-Hant: 一。}\n",
        ),
    ]);
    let (code, out, talk) = project.run("build --strict");
    assert_eq!(code, 0, "{out}{talk}");
    assert!(!project.has("output/sq/g"));
    assert!(project.has("output/sq/h/index.html"));
    let page = project.get("output/sq/h/index.html");
    assert!(page.contains("<a href=\"/en/g/\" hreflang=\"en\">një</a>"), "{page}");
    assert!(project.get("output/sq/index.html").contains("/en/g/"));
    // What the region shares is not missing: it has its own terms.
    assert!(project.get("output/zh-hk/g/index.html").contains("<h1>電話號碼</h1>"));
    assert!(project.get("output/zh-hant/g/index.html").contains("<h1>門號</h1>"));
}
