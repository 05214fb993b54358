//! Faults of the machine while a site is sent to storage: the next run makes it whole.

use super::s3::Scene;
use crate::sweep::{can_be_tested, sweep};

#[test]
fn whichever_call_fails_the_next_run_sends_the_whole_site() {
    if !can_be_tested() {
        return;
    }
    let Some(scene) = Scene::new("machine", "") else { return };
    scene.shrinks();
    let built = scene.project.built();
    let mut count = 0;
    let runs = sweep("publishing to storage", 1, |strace, what| {
        // Each time there is something to send.
        count += 1;
        scene.project.write(
            "guides/al/pin/en.md",
            &format!("---\ntitle: Change the PIN\n---\n## How\n\nDial {count}.\n"),
        );
        let failed = scene.project.run_behind(strace, &["publish", "--jobs", "1"]);
        let said = format!("{what}: {}{}", failed.out, failed.err);
        match failed.code {
            0 => {}
            3 => assert!(failed.err.contains('`'), "no place is named: {said}"),
            127 if failed.err.contains("shared librar") => {}
            code => panic!("{code}: {said}"),
        }
        let next = scene.project.run(&["publish"]);
        assert_eq!(next.code, 0, "{said}and then {}", next.err);
        scene.holds(&scene.project.built());
        super::assert_tidy(scene.project.folder.path());
    });
    assert!(runs > 10 && !built.is_empty(), "{runs}");
}
