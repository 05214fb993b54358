//! Looks at the files that the owner's settings name: the logo, fonts, icons of links, what goes into the head.

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::owner::{LogoFiles, OwnerFiles};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::parse::head::head;
use crate::parse::picture_size::picture_size;

/// What a browser shows as a picture.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];
/// The signature of WOFF2 (W3C).
const WOFF2: &[u8] = b"wOF2";
/// Of a head file: it is on every page.
const HEAD_LIMIT: usize = 16 << 10;

pub fn read(sources: &Sources, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> OwnerFiles {
    let owner = &config.owner;
    let mut reader = OwnerFileReader { sources, config, diagnostics };
    let mut files = OwnerFiles::default();
    if let Some(logo) = &owner.logo {
        let light = reader.picture(&logo.light);
        let dark = logo.dark.as_ref().and_then(|dark| reader.picture(dark));
        files.logo = light.map(|light| LogoFiles {
            size: sources.assets.get(&light).and_then(|bytes| picture_size(bytes)),
            light,
            dark,
        });
    }
    for font in &owner.fonts {
        reader.font(&font.file);
    }
    for icon in owner.social.iter().filter_map(|link| link.icon.as_ref()) {
        reader.picture(icon);
    }
    if let Some(name) = &owner.head {
        reader.head(name, &mut files);
    }
    files
}

/// The path of a file that a setting names.
pub fn path(name: &str) -> SourcePath {
    SourcePath::new(&format!("guides/{}", name.trim_start_matches('/')))
}

struct OwnerFileReader<'a> {
    sources: &'a Sources,
    config: &'a Config,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> OwnerFileReader<'a> {
    fn fault(&mut self, span: Span, message: String, hint: String) {
        let fault = Diagnostic::new(Code::BadValue, message).at(&self.config.path, span);
        self.diagnostics.push(fault.hint(hint));
    }

    /// The bytes of the file that is named; what is not there is reported.
    fn file(&mut self, name: &Located<String>) -> Option<(SourcePath, &'a [u8])> {
        let path = path(&name.value);
        if let Some(bytes) = self.sources.assets.get(&path) {
            return Some((path, bytes));
        }
        let elsewhere = name.value.contains("://") || name.value.starts_with("//");
        let files = self.sources.assets.keys();
        let files = files.filter_map(|path| path.as_str().strip_prefix("guides/"));
        let hint = match suggest(&name.value, files) {
            _ if elsewhere => {
                "put the file below `guides/` and write its path: pages fetch nothing from others"
                    .to_owned()
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => "put the file there; its path begins below `guides/`".to_owned(),
        };
        let message = match elsewhere {
            true => format!("`{}` is no file of the site", name.value),
            false => format!("there is no file `{path}`"),
        };
        self.fault(name.span, message, hint);
        None
    }

    fn picture(&mut self, name: &Located<String>) -> Option<SourcePath> {
        let (path, _) = self.file(name)?;
        if PICTURES.contains(&path.extension().to_ascii_lowercase().as_str()) {
            return Some(path);
        }
        let message = format!("`{}` is no picture", name.value);
        self.fault(name.span, message, format!("it may be {}", PICTURES.join(", ")));
        None
    }

    fn font(&mut self, name: &Located<String>) {
        let Some((_, bytes)) = self.file(name) else { return };
        if !bytes.starts_with(WOFF2) {
            let message = format!("`{}` is no font in WOFF2", name.value);
            let hint = "turn it into WOFF2, as `woff2_compress` does: a third of the bytes";
            self.fault(name.span, message, hint.to_owned());
        }
    }

    fn head(&mut self, name: &Located<String>, files: &mut OwnerFiles) {
        let Some((path, bytes)) = self.file(name) else { return };
        let Ok(text) = std::str::from_utf8(bytes) else {
            let message = format!("`{}` is not UTF-8", name.value);
            return self.fault(name.span, message, "save it as UTF-8".to_owned());
        };
        if path.extension() != "html" {
            let message = format!("`{}` is no HTML", name.value);
            return self.fault(name.span, message, "name it `….html`".to_owned());
        }
        if text.len() > HEAD_LIMIT {
            let message =
                format!("`{}` has {} bytes; the limit is {HEAD_LIMIT}", name.value, text.len());
            let hint = "every page carries it; put a long script into a theme's `assets/`";
            return self.fault(name.span, message, hint.to_owned());
        }
        head(&path, text, &self.config.owner.allowed, files, self.diagnostics);
    }
}
