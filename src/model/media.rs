//! What a server says of a file by its name: its type, and how long it may be kept.

/// What has a fingerprint in its name never changes under that name.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
pub const SHORT: &str = "public, max-age=0, must-revalidate";

/// What is not compressed already, by the endings of names.
pub const TEXTS: &[&str] = &[
    "css",
    "csv",
    "html",
    "ics",
    "js",
    "json",
    "map",
    "md",
    "mjs",
    "otf",
    "svg",
    "ttf",
    "txt",
    "vcf",
    "webmanifest",
    "xml",
];

/// The folder of the files with a fingerprint in their name.
const FINGERPRINTED: &str = "assets/";

/// Whether the file of this path below the output has a fingerprint in its name.
pub fn is_fingerprinted(path: &str) -> bool {
    path.starts_with(FINGERPRINTED)
}

/// The file that the file of this path is a smaller form of, if its name says so; and the form's name.
pub fn unpacked(path: &str) -> Option<(&str, &'static str)> {
    let gzip = path.strip_suffix(".gz").map(|path| (path, "gzip"));
    gzip.or_else(|| path.strip_suffix(".br").map(|path| (path, "br")))
}

/// Text is always UTF-8: `disk` read it so, and `render` drew it so.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    }
}
