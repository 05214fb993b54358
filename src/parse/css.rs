//! Finds what a picture's style fetches. It reads CSS as browsers do, with escapes, strings and comments.

/// The types of `data:` addresses that may stand in a picture: they fetch nothing and run nothing.
const RASTERS: &[&str] =
    &["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif", "image/bmp"];

/// Functions whose argument is an address, or contains some.
const FETCHING: &[&str] =
    &["url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"];

/// Every address that `css` fetches something from, and every `@import`.
pub fn fetched(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut reader = CssReader { rest: css };
    while let Some(c) = reader.rest.chars().next() {
        if let Some(comment) = reader.rest.strip_prefix("/*") {
            reader.rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
        } else if matches!(c, '"' | '\'') {
            reader.string();
        } else if is_name(c) || matches!(c, '@' | '\\') {
            reader.skip(usize::from(c == '@'));
            let name = reader.name().to_lowercase();
            if c == '@' && name == "import" {
                found.push("@import".to_owned());
            } else if reader.rest.starts_with('(') {
                reader.skip(1);
                if FETCHING.contains(&name.as_str()) {
                    let address = reader.address();
                    if name != "url" || !is_own(&address) {
                        found.push(address);
                    }
                }
            }
        } else {
            reader.skip(c.len_utf8());
        }
    }
    found
}

/// Whether an address stays within the picture: a name in it, or data that is only shown.
fn is_own(address: &str) -> bool {
    address.is_empty()
        || address.starts_with('#')
        || is_raster(address)
        || data_type(address).is_some_and(|kind| {
            let font = ["application/font", "application/x-font", "application/vnd.ms-fontobject"];
            kind.starts_with("font/") || font.iter().any(|start| kind.starts_with(start))
        })
}

/// Whether an address is a raster image, given as `data:`.
pub fn is_raster(address: &str) -> bool {
    data_type(address).is_some_and(|kind| RASTERS.contains(&kind.as_str()))
}

/// The media type that a `data:` address declares, in lower case.
fn data_type(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once(':')?;
    let end = rest.find([',', ';'])?;
    scheme.eq_ignore_ascii_case("data").then(|| rest.get(..end))?.map(str::to_ascii_lowercase)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

struct CssReader<'c> {
    rest: &'c str,
}

impl CssReader<'_> {
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    /// Reads the next character, which may be escaped.
    fn character(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.skip(c.len_utf8());
        if c != '\\' {
            return Some(c);
        }
        let digits = self.rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            let c = self.rest.chars().next()?;
            self.skip(c.len_utf8());
            return Some(c);
        }
        let code = u32::from_str_radix(self.rest.get(..digits)?, 16).ok()?;
        self.skip(digits);
        let space = ["\r\n", " ", "\t", "\n", "\r", "\u{c}"];
        let space = space.into_iter().find(|space| self.rest.starts_with(space));
        self.skip(space.map_or(0, str::len));
        Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while self.rest.starts_with(|c| is_name(c) || c == '\\') {
            match self.character() {
                Some(c) => name.push(c),
                None => self.rest = "",
            }
        }
        name
    }

    /// Reads a string in quotes. The end of a line ends it too.
    fn string(&mut self) -> String {
        let mut text = String::new();
        let Some(quote) = self.character() else { return text };
        while let Some(c) = self.rest.chars().next() {
            if self.rest.starts_with("\\\n") {
                self.skip(2);
            } else if c == quote || c == '\n' {
                self.skip(c.len_utf8());
                return text;
            } else {
                text.extend(self.character());
            }
        }
        text
    }

    /// Reads the address in `url(…)`, with or without quotes, as a browser does.
    fn address(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let mut address = String::new();
        if self.rest.starts_with(['"', '\'']) {
            address = self.string();
        } else {
            while self.rest.starts_with(|c| c != ')') {
                address.extend(self.character());
            }
        }
        address.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
        address.trim_matches(|c| c <= ' ').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_fetches_is_found_in_every_spelling() {
        for css in [
            "a{fill:url(https://a.example/x)}",
            "a{fill:URL( '//a.example' )}",
            "a{fill:u\\72l(\"x.png\")}",
            "a{fill:\\75\\72\\6c(x.png)}",
            "@import 'x.css';",
            "@\\69mport/**/\"x.css\"",
            "@IMPORT url(x)",
            "a{background:image-set('x.png' 1x)}",
            "a{background:-webkit-image-set(url(x) 1x)}",
            "a{content:'/*'}b{fill:url(x)}c{content:'*/'}",
            "a{content:'\nfill:url(x)'}",
            "a{fill:url(data:image/svg+xml,x)}",
            "a{fill:url(data:text/html,x)}",
            "a{src:url(font.woff2)}",
        ] {
            assert!(!fetched(css).is_empty(), "{css}");
        }
    }

    #[test]
    fn what_stays_in_the_picture_goes_through() {
        for css in [
            "url(#a)",
            "url( \"#a\" )",
            "fill:url('#gradient') none",
            "/* url(https://a.example) @import */ a{b:c}",
            "a{content:'url(x) @import'}",
            "@font-face{font-family:x;src:url(data:font/woff2;base64,AA) format('woff2')}",
            "a{background:url(\"data:image/png;base64,AA\")}",
            "@media print{a{fill:rgb(0,0,0)}}",
            "translate(1 2) curl(3)",
            "url(\\",
            "a\\",
        ] {
            assert_eq!(fetched(css), [""; 0], "{css}");
        }
    }
}
