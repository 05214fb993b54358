//! Collects the site's icons: those that `site.yaml` names, or else the theme's.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::picture::PictureSize;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Located;
use crate::model::suggest::suggest;
use crate::model::theme::{Icon, IconFile, IconSize};
use crate::parse::picture_size;

/// A theme's icons, recognised by name: `icon.svg`, `icon-192.png`, `icon-maskable.png`,
/// `apple-touch-icon.png`.
pub fn of_theme(assets: &BTreeMap<String, Arc<Vec<u8>>>) -> Vec<Icon> {
    let named = |name: &str| name.starts_with("icon") || name.starts_with("apple-touch-icon");
    let icon = |(name, bytes): (&String, &Arc<Vec<u8>>)| {
        let size = size(name, bytes)?.ok()?;
        Some(Icon { file: IconFile::Theme(name.clone()), size })
    };
    assets.iter().filter(|(name, _)| named(name)).filter_map(icon).collect()
}

pub fn of_site(sources: &Sources, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Icon> {
    let icons = config.icons.iter();
    icons.filter_map(|name| icon(name, sources, config, diagnostics)).collect()
}

fn icon(
    name: &Located<String>,
    sources: &Sources,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Icon> {
    let path = SourcePath::new(&format!("guides/{}", name.value.trim_start_matches('/')));
    let mut fault = |message: String, hint: String| {
        let fault = Diagnostic::new(Code::BadValue, message).at(&config.path, name.span);
        diagnostics.push(fault.hint(hint));
        None
    };
    let Some(bytes) = sources.assets.get(&path) else {
        let files = sources.assets.keys().filter_map(|path| path.as_str().strip_prefix("guides/"));
        let hint = match suggest(&name.value, files) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "put the file there; its path begins below `guides/`".to_owned(),
        };
        return fault(format!("there is no file `{path}`"), hint);
    };
    match size(path.name(), bytes) {
        Some(Ok(size)) => Some(Icon { file: IconFile::Site(path), size }),
        Some(Err((width, height))) => fault(
            format!("`{}` is {width} pixels wide and {height} high", name.value),
            "an icon is a square".to_owned(),
        ),
        None => fault(
            format!("`{}` cannot be an icon", name.value),
            "an icon is an SVG or a PNG picture".to_owned(),
        ),
    }
}

/// The size of an icon. The error is the width and height of a picture that is not square. `None` if the file
/// is not SVG or PNG.
fn size(name: &str, bytes: &[u8]) -> Option<Result<IconSize, (u32, u32)>> {
    if name.ends_with(".svg") {
        return Some(Ok(IconSize::Any));
    }
    let path = SourcePath::new(name);
    if !path.extension().eq_ignore_ascii_case("png") {
        return None;
    }
    let PictureSize { width, height } = picture_size::size(&path, bytes)?;
    Some(if width == height && width > 0 {
        Ok(IconSize::Pixels(width))
    } else {
        Err((width, height))
    })
}
