//! Makes pictures that stand by themselves into links to their files, so that a tap shows them large.

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
