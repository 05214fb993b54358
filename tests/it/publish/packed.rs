//! Files in a smaller form beside themselves.

use std::io::Read;

use super::Project;

#[test]
fn text_files_stand_beside_their_smaller_forms() {
    let project = Project::new("precompress: [gzip, brotli]");
    let plain = Project::new("").built();
    let packed = project.built();
    let mut count = 0;
    for (path, bytes) in &packed {
        let Some((original, kind)) =
            path.rsplit_once('.').filter(|(_, kind)| ["gz", "br"].contains(kind))
        else {
            assert_eq!(plain.get(path), Some(bytes), "{path}");
            continue;
        };
        let original = &packed[original];
        let mut unpacked = Vec::new();
        match kind {
            "gz" => {
                let mut reader = flate2::read::GzDecoder::new(&bytes[..]);
                reader.read_to_end(&mut unpacked).unwrap();
            }
            _ => brotli::BrotliDecompress(&mut &bytes[..], &mut unpacked).unwrap(),
        }
        assert!(unpacked == *original, "{path}");
        assert!(bytes.len() < original.len() && original.len() >= 1024, "{path}");
        count += 1;
    }
    assert!(count > 20, "{count}");
    assert!(packed.contains_key("en/al/sim/index.html.br"));
    assert!(packed.contains_key("en/al/sim/index.html.gz"));
    // What is small already is left alone.
    assert!(!packed.contains_key("robots.txt.gz"));
    assert!(packed.keys().all(|path| !path.contains(".svg.")));
    assert_eq!(packed, Project::new("precompress: [gzip, brotli]").built());
}

#[test]
fn a_form_that_is_not_known_is_a_fault() {
    let run = Project::new("precompress: [zip]").run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`zip` cannot be in `precompress`"), "{}", run.err);
}
