//! Makes pictures that stand by themselves into links to their files, so that a tap shows them large.

use crate::model::markup::{escape, unescape};
use crate::model::routes::{Route, Routes};

/// How wide a picture is shown: a column of text at most.
pub const SIZES: &str = "(min-width:42rem) 38rem, 94vw";

const OPEN: &str = "<p><img ";
const CLOSE: &str = "></p>";

/// `html` with a link round each picture that is a paragraph of its own and has a description, which names the link.
pub fn link_pictures(html: &str) -> Option<String> {
    if !html.contains(OPEN) {
        return None;
    }
    let mut linked = String::with_capacity(html.len() + 128);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPEN) {
        linked.push_str(before);
        let picture = after.split_once(CLOSE).map(|(picture, _)| picture);
        let source = picture.filter(|picture| !picture.contains(['<', '>'])).and_then(|picture| {
            attribute(picture, "alt").filter(|alt| !alt.is_empty())?;
            attribute(picture, "src").filter(|source| !source.is_empty())
        });
        match (picture, source) {
            (Some(picture), Some(source)) => {
                let trimmed = picture.trim_end_matches('/').trim_end();
                linked.push_str(&format!("<p><a href=\"{source}\"><img {trimmed}></a></p>"));
                rest = after.get(picture.len() + CLOSE.len()..).unwrap_or_default();
            }
            _ => {
                linked.push_str(OPEN);
                rest = after;
            }
        }
    }
    Some(linked + rest)
}

/// What a browser has to know to choose a version: `a.avif 480w, b.avif 960w`.
pub fn srcset(versions: &[(u32, Route)]) -> String {
    let version = |(width, route): &(u32, Route)| format!("{} {width}w", route.url);
    versions.iter().map(version).collect::<Vec<_>>().join(", ")
}

/// `html` with the smaller versions of each picture that has any.
pub fn offer_smaller(html: &str, routes: &Routes) -> Option<String> {
    const PICTURE: &str = "<img ";
    if routes.smaller.is_empty() || !html.contains(PICTURE) {
        return None;
    }
    let mut offered = String::with_capacity(html.len() + 512);
    let mut rest = html;
    while let Some(at) = rest.find(PICTURE) {
        let (before, picture) = rest.split_at(at);
        offered.push_str(before);
        let end = picture.find('>').map_or(picture.len(), |end| end + 1);
        let (picture, behind) = picture.split_at(end);
        let address = attribute(picture.trim_start_matches(PICTURE), "src").map(unescape);
        match address.and_then(|address| routes.smaller.get(&*address)) {
            Some(versions) => {
                let set = escape(&srcset(versions));
                offered.push_str(&format!(
                    "<picture><source type=\"image/avif\" srcset=\"{set}\" sizes=\"{SIZES}\">{picture}</picture>"
                ));
            }
            None => offered.push_str(picture),
        }
        rest = behind;
    }
    Some(offered + rest)
}

fn attribute<'p>(picture: &'p str, name: &str) -> Option<&'p str> {
    let start = format!("{name}=\"");
    let at = picture.match_indices(&start).find(|(at, _)| {
        picture.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(' '))
    });
    let (at, _) = at?;
    picture.get(at + start.len()..)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_may_choose_a_smaller_picture() {
        let route = |url: &str| Route { url: url.into(), path: url.trim_matches('/').into() };
        let versions = vec![(480, route("/s/480.avif")), (960, route("/s/960.avif"))];
        let routes =
            Routes { smaller: [("/a&b.png".into(), versions)].into(), ..Routes::default() };
        let open = format!(
            "<picture><source type=\"image/avif\" srcset=\"/s/480.avif 480w, /s/960.avif 960w\" sizes=\"{SIZES}\">"
        );
        for (html, expected) in [
            (
                "<p><a href=\"/a&amp;b.png\"><img src=\"/a&amp;b.png\" alt=\"x\"></a></p><img alt=\"\">",
                Some(format!(
                    "<p><a href=\"/a&amp;b.png\">{open}<img src=\"/a&amp;b.png\" alt=\"x\"></picture></a></p><img alt=\"\">"
                )),
            ),
            ("<img src=\"/c.png\">", Some("<img src=\"/c.png\">".to_owned())),
            ("<p>/a&amp;b.png", None),
        ] {
            assert_eq!(offer_smaller(html, &routes), expected);
        }
        assert_eq!(offer_smaller("<img src=\"/a&amp;b.png\">", &Routes::default()), None);
    }

    #[test]
    fn a_picture_by_itself_leads_to_its_file() {
        for (html, expected) in [
            (
                "<p>a</p><p><img src=\"/c.png\" alt=\"A card\" loading=\"lazy\" /></p><p>b",
                Some(
                    "<p>a</p><p><a href=\"/c.png\"><img src=\"/c.png\" alt=\"A card\" loading=\"lazy\"></a></p><p>b",
                ),
            ),
            ("<p><img src=\"/c.png\" alt=\"\"></p>", Some("<p><img src=\"/c.png\" alt=\"\"></p>")),
            (
                "<p><img src=\"/c.png\" alt=\"a\"> b</p><p>c</p>",
                Some("<p><img src=\"/c.png\" alt=\"a\"> b</p><p>c</p>"),
            ),
            ("<p>See <img src=\"/c.png\" alt=\"a\"></p>", None),
            ("", None),
        ] {
            assert_eq!(link_pictures(html).as_deref(), expected);
        }
    }
}
