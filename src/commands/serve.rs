//! `serve`: shows the site on this machine, and follows what you save.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

use std::net::IpAddr;
use std::path::{self, Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::commands::args::{Format, ServeArguments, SharedArguments};
use crate::commands::follow::Follower;
use crate::commands::project::{self, Day, failed};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::disk::SourceOutline;
use crate::pipeline::{Options, Purpose};
use crate::serve::{
    self, Changes, Editor, Maker, Noticing, Preview, Rules, Session, Sight, WhyLook,
};

pub fn run(root: Option<PathBuf>, arguments: ServeArguments, talk: &Talk) -> Status {
    let ServeArguments { port, host, open, drafts, as_of, editor, poll } = arguments;
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
    let shared = SharedArguments { drafts, strict: false, as_of, jobs: 0, format: Format::Human };
    let url = url(&host, address.ip(), address.port());
    let is_own = address.ip().is_loopback();
    let template = Some(editor).filter(|editor| is_own && editor != "none");
    let folder = path::absolute(&root).unwrap_or_else(|_| root.clone());
    let editor = template.map(|template| Editor { template, folder: in_address(&folder) });
    let noticing = if poll { Noticing::ByLooking } else { Noticing::Told };
    let greeting = Greeting {
        talk: talk.clone(),
        started,
        url,
        busy: (address.port() != port && port != 0).then_some(port),
        open,
        noticing,
    };
    let options = Options { purpose: Purpose::Preview, ..project::options(&shared, None) };
    let day = as_of.map_or(Day::Today, Day::Fixed);
    let follower = Follower::new(root.clone(), day, options, talk.clone());
    let rules = Rules::new(&host, editor);
    let host = Host { follower, greeting };
    let mut outline = SourceOutline::of(&root);
    let sight = Sight { root, noticing, look: Box::new(move || outline.changed()) };
    match serve::run(bound, rules, sight, Box::new(host)) {
        Ok(()) => {
            talk.note("\nGoodbye.");
            Status::Fine
        }
        Err(error) => failed(&error, talk),
    }
}

/// Makes the site, and says where you can see it.
struct Host {
    follower: Follower,
    greeting: Greeting,
}

struct Greeting {
    talk: Talk,
    started: Instant,
    url: String,
    /// The port that was asked for, if another one had to be used.
    busy: Option<u16>,
    open: bool,
    noticing: Noticing,
}

impl Maker for Host {
    fn start(&mut self) -> Preview {
        let first = self.follower.first();
        let Greeting { talk, started, url, busy, open, noticing } = &self.greeting;
        if let Some(port) = busy {
            talk.note(&format!("Port {port} is busy; this is the next free one."));
        }
        let pages = self.follower.pages();
        talk.note(&format!("{pages} in {} ms, at {url}", started.elapsed().as_millis()));
        talk.note(match noticing {
            Noticing::Told => "Saved files show at once. Ctrl-C ends it.",
            Noticing::ByLooking => "Saved files show within a second or two. Ctrl-C ends it.",
        });
        if *open && !show(url) {
            talk.note("No browser could be opened; go to the address yourself.");
        }
        first
    }

    fn make(&mut self, changes: &Changes, session: &Session) {
        self.follower.make(changes, session);
    }

    fn looks(&mut self, why: &WhyLook) {
        let why = match why {
            WhyLook::Unwatched => "The system cannot watch all these folders".to_owned(),
            WhyLook::Untold(path) => format!(
                "The system did not say that `{path}` was saved, as on network folders and shared disks"
            ),
        };
        let from_now_on = "from now on saved files are looked for every second (`--poll` does so from the start).";
        self.greeting.talk.note(&format!("{why}: {from_now_on}"));
    }
}

/// A folder as editors take it in an address: `/C:/guides` on Windows.
fn in_address(folder: &Path) -> String {
    let folder = folder.to_string_lossy();
    match path::MAIN_SEPARATOR {
        '/' => folder.trim_end_matches('/').to_owned(),
        other => format!("/{}", folder.replace(other, "/").trim_end_matches('/')),
    }
}

/// The address to type into a browser on this machine.
fn url(host: &str, address: IpAddr, port: u16) -> String {
    let name = match host.parse::<IpAddr>() {
        Err(_) => host.to_owned(),
        Ok(_) if address.is_unspecified() => "127.0.0.1".to_owned(),
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        Ok(IpAddr::V4(address)) => address.to_string(),
    };
    format!("http://{name}:{port}/")
}

/// Asks the system to show `url`; `false` if it has no way to do so.
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
