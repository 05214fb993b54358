//! What a server says about a file by its name: its type, and how long it may be cached.

/// `Cache-Control` for files with a fingerprint in their name, which never change under that name.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
/// `Cache-Control` for files that may change under the same name.
pub const SHORT: &str = "public, max-age=0, must-revalidate";

/// The extensions of files that are not compressed already.
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

/// The folder for files with a fingerprint in their name.
const FINGERPRINTED: &str = "assets/";

/// Whether the file at this path below the output folder has a fingerprint in its name.
pub fn is_fingerprinted(path: &str) -> bool {
    path.starts_with(FINGERPRINTED)
}

/// The path of the file that this one is the compressed form of, judging by its name, and the name of the
/// encoding.
pub fn unpacked(path: &str) -> Option<(&str, &'static str)> {
    let gzip = path.strip_suffix(".gz").map(|path| (path, "gzip"));
    gzip.or_else(|| path.strip_suffix(".br").map(|path| (path, "br")))
}

/// The `Content-Type` of a file. Text is always UTF-8, because `disk` reads it and `render` writes it as
/// such.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "ndjson" => "application/x-ndjson",
        "yaml" => "application/yaml",
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
