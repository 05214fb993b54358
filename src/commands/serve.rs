//! `serve`: shows the site on this machine, and follows what is saved.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

use std::net::IpAddr;
use std::path::{self, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::commands::Status;
use crate::commands::args::{Format, ServeArguments, SharedArguments};
use crate::commands::follow::Follower;
use crate::commands::project::{self, failed};
use crate::commands::talk::Talk;
use crate::serve::{self, Editor, Rules};

pub fn run(root: Option<PathBuf>, arguments: ServeArguments, talk: &Talk) -> Status {
    let ServeArguments { port, host, open, drafts, editor } = arguments;
    let started = Instant::now();
    let root = match project::find(root, talk) {
        Ok(root) => root,
        Err(status) => return status,
    };
    let bound = match serve::bind(&host, port) {
        Ok(bound) => bound,
        Err(error) => {
            let reason = format!("cannot listen at `{host}`, port {port}: {error}");
            return talk.refuse(Status::Failed, &reason, "choose another `--port` or `--host`");
        }
    };
    let address = bound.address;
    let shared =
        SharedArguments { drafts, strict: false, as_of: None, jobs: 0, format: Format::Human };
    let mut follower = Follower::new(root.clone(), project::options(&shared, None), talk.clone());
    let first = follower.first();
    let url = url(&host, address.ip(), address.port());
    if address.port() != port && port != 0 {
        talk.note(&format!("Port {port} is busy; this is the next free one."));
    }
    let pages = follower.pages();
    talk.note(&format!("{pages} in {} ms, at {url}", started.elapsed().as_millis()));
    talk.note("Saved files show at once. Ctrl-C ends it.");
    if open && !show(&url) {
        talk.note("No browser could be opened; go to the address yourself.");
    }
    let is_own = address.ip().is_loopback();
    let template = Some(editor).filter(|editor| is_own && editor != "none");
    let folder = path::absolute(&root).unwrap_or_else(|_| root.clone());
    let folder = folder.to_string_lossy().trim_end_matches('/').to_owned();
    let editor = template.map(|template| Editor { template, folder });
    match serve::run(bound, Rules::new(&host, editor), first, &root, Box::new(follower)) {
        Ok(()) => {
            talk.note("\nGoodbye.");
            Status::Fine
        }
        Err(error) => failed(&error, talk),
    }
}

/// What to type into a browser on this machine.
fn url(host: &str, address: IpAddr, port: u16) -> String {
    let name = match host.parse::<IpAddr>() {
        Err(_) => host.to_owned(),
        Ok(_) if address.is_unspecified() => "127.0.0.1".to_owned(),
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        Ok(IpAddr::V4(address)) => address.to_string(),
    };
    format!("http://{name}:{port}/")
}

/// Asks the system to show `url`; `false` where it has no way to.
fn show(url: &str) -> bool {
    let (program, words): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(words).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
