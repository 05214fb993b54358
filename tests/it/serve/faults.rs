//! What is wrong, shown in the preview, which goes on.

use super::client::Events;
use super::{Project, Server, guide};

const BAD: &str = "---\ntitle: [x\n---\nFirst. <script>alert(1)</script>\n";

#[test]
fn a_faulty_guide_shows_its_faults_over_its_page() {
    let project = Project::new();
    let server = Server::start(&project);
    let mut page = Events::of(&server, &server.get("/en/a/"));
    let mut other = Events::of(&server, &server.get("/en/b/"));
    // Its title stays, so that the pages that name it stay as they are.
    let faulty = "---\ntitle: Alpha\ntitel: x\n---\nFirst. <script>alert(1)</script>\n";
    project.write("guides/a/en.md", faulty);
    page.expect("reload");
    let faulty = server.get("/en/a/");
    let text = faulty.text();
    assert_eq!(faulty.status, 200);
    let (_, overlay) = text.split_once("<aside class=\"cicerone-faults\"").unwrap();
    let (overlay, below) = overlay.split_once("</aside>").unwrap();
    for shown in ["error[unknown-field]", "guides/a/en.md:3:1", "3 | titel: x", "= hint: "] {
        assert!(overlay.contains(shown), "{shown} in {overlay}");
    }
    assert!(overlay.contains("&lt;script&gt;") && !text.contains("<script>alert"), "{text}");
    assert!(below.contains("First."), "{below}");
    // Everybody is told how many there are, the page of all faults lists them, and others stay.
    let badge = other.expect("badge");
    assert!(badge.contains("error") && badge.contains("cicerone-faulty"), "{badge}");
    assert!(!server.get("/en/b/").text().contains("<aside class=\"cicerone-faults\""));
    assert!(server.get("/_cicerone/").text().contains("unknown-field"));
    let mut page = Events::of(&server, &faulty);
    project.write("guides/a/en.md", &guide("Alpha", "Mended."));
    page.expect("reload");
    assert!(!server.get("/en/a/").text().contains("<aside class=\"cicerone-faults\""));
    let badge = other.expect("badge");
    assert!(badge.contains("No faults") && !badge.contains("cicerone-faulty"), "{badge}");
}

#[test]
fn the_preview_starts_on_a_faulty_site() {
    let project = Project::new();
    project.write("guides/a/en.md", BAD);
    project.write("guides/b/en.md", &guide("Beta", "[nowhere](../nowhere/)"));
    let server = Server::start(&project);
    assert!(server.get("/en/a/").text().contains("yaml-syntax"));
    assert!(server.get("/en/b/").text().contains("broken-link"));
}

#[test]
fn broken_settings_show_a_page_of_faults_until_they_are_mended() {
    let project = Project::new();
    let server = Server::start(&project);
    let good = std::fs::read_to_string(project.path("guides/site.yaml")).unwrap();
    project.write("guides/site.yaml", "title: {");
    let broken = server.until("/en/a/", |answer| answer.status == 500);
    assert!(broken.text().contains("guides/site.yaml"), "{}", broken.text());
    let mut page = Events::of(&server, &broken);
    project.write("guides/site.yaml", &good);
    page.expect("reload");
    // Half the file may have been read, and shown as another fault, before the whole of it.
    server.until("/en/a/", |answer| answer.text().contains("First."));
}

#[test]
fn a_broken_theme_shows_a_page_of_faults_until_it_is_mended() {
    let project = Project::new();
    project.write("guides/en.md", "---\ntitle: Home\n---\n");
    let server = Server::start(&project);
    project.write(
        "themes/default/templates/guide.html",
        "{% extends \"default/guide.html\" %}{% if %}",
    );
    let broken = server.until("/en/a/", |answer| answer.status == 500);
    assert!(broken.text().contains("template-error"), "{}", broken.text());
    project.write("themes/default/templates/guide.html", "{{ page.nothing.at.all }}");
    // It compiles, but cannot be drawn: the last page stands below its faults.
    server.until("/en/a/", |answer| answer.status == 200 && answer.text().contains("is older"));
    assert!(server.get("/en/a/").text().contains("First."));
    assert!(!server.get("/en/").text().contains("<aside class=\"cicerone-faults\""));
    std::fs::remove_dir_all(project.path("themes")).unwrap();
    server.until("/en/a/", |answer| answer.status == 200 && !answer.text().contains("is older"));
}

#[test]
fn settings_that_vanish_or_come_late_stop_nothing() {
    let project = Project::new();
    std::fs::remove_file(project.path("guides/site.yaml")).unwrap();
    let server = Server::start(&project);
    assert_eq!(server.get("/en/a/").status, 500);
    project.write("guides/site.yaml", "title: Test\nlanguages: [en, sq]\n");
    server.shows("/en/a/", "First.");
    std::fs::rename(project.path("guides"), project.path("away")).unwrap();
    server.until("/en/a/", |answer| answer.status == 500);
    std::fs::rename(project.path("away"), project.path("guides")).unwrap();
    server.shows("/en/a/", "First.");
    project.write("guides/a/en.md", &guide("Alpha", "Followed."));
    server.shows("/en/a/", "Followed.");
}
