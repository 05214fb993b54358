//! Faults that a file can have before it is read.

use std::io;

use crate::disk::folder;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::source::SourcePath;
use crate::model::span::Span;

/// Folders that link to one another could turn a few links into endless paths.
pub const LINK_LIMIT: usize = 1000;
/// Each folder on the way down keeps a descriptor open, and a process has about a thousand.
pub const DEPTH_LIMIT: usize = 64;
/// The most bytes of one segment of a path: any file system and any archive can hold a name of this length.
pub const SEGMENT_LIMIT: usize = 200;

pub fn link_fault(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let tree = path.as_str().split('/').next().unwrap_or_default();
    let diagnostic = if folder::leads_out(error) {
        Diagnostic::new(Code::LinkLeadsOut, format!("this link leads out of `{tree}/`"))
            .hint("put the file itself here, or link to it by a relative path that stays inside")
    } else if folder::is_link_fault(error) {
        Diagnostic::new(Code::NotAFile, "this link leads back to itself").hint("delete it")
    } else {
        Diagnostic::new(Code::NotAFile, "this link leads to nothing")
            .hint("put the file there, or delete the link")
    };
    diagnostic.at(path, Span::default())
}

pub fn ring(path: &SourcePath, followed: usize) -> Diagnostic {
    let message = match followed > LINK_LIMIT {
        true => format!("this is one of more than {LINK_LIMIT} links to folders"),
        false => String::from("this link leads back to a folder that it lies in"),
    };
    Diagnostic::new(Code::NotAFile, message).at(path, Span::default()).hint("delete it")
}

pub fn not_a_file(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::NotAFile, "this is a pipe, a socket or a device")
        .at(path, Span::default())
        .hint("delete it, or put a file in its place")
}

pub fn forbidden(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::NotAFile, "this may not be read by whoever runs the program")
        .at(path, Span::default())
        .hint("allow it (`chmod +r`, of a folder `+rx`), or list it under `exclude` in `site.yaml`")
}

pub fn path_too_long(path: &SourcePath, bytes: usize) -> Diagnostic {
    let message = match bytes > SEGMENT_LIMIT {
        true => format!("this name has {bytes} bytes; the limit is {SEGMENT_LIMIT}"),
        false => format!("this lies more than {DEPTH_LIMIT} folders deep"),
    };
    let hint = if bytes > SEGMENT_LIMIT { "choose a shorter name" } else { "move it further up" };
    Diagnostic::new(Code::PathTooLong, message).at(path, Span::default()).hint(hint)
}

pub fn too_large(path: &SourcePath, size: u64, limit: u64) -> Diagnostic {
    let message = format!("this file has {size} bytes; the limit is {} MiB", limit >> 20);
    Diagnostic::new(Code::FileTooLarge, message)
        .at(path, Span::default())
        .hint("make it smaller, or split it")
}
