//! What a command says and where: results go to standard output, everything else to standard error.
#![expect(clippy::disallowed_methods, reason = "colour depends on the environment")]

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::commands::args::{Arguments, Format, When};
use crate::commands::status::Status;
use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::source::Sources;
use crate::pipeline::Watcher;
use crate::report::{self, ColorChoice, Progress, Style, Summary, Surroundings, Visible};

/// How much is said, and whether in colour.
#[derive(Clone)]
pub struct Talk {
    quiet: bool,
    pub verbose: bool,
    color: ColorChoice,
}

/// One of the two output streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Out,
    Err,
}

impl Talk {
    pub fn new(arguments: &Arguments) -> Talk {
        let color = match arguments.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        Talk { quiet: arguments.quiet, verbose: arguments.verbose, color }
    }

    pub fn color(&self, stream: Stream) -> bool {
        let variable = |name: &str| env::var(name).ok();
        let (no_color, forced, term) =
            (variable("NO_COLOR"), variable("CLICOLOR_FORCE"), variable("TERM"));
        self.color.color(Surroundings {
            no_color: no_color.as_deref(),
            clicolor_force: forced.as_deref(),
            term: term.as_deref(),
            is_terminal: match stream {
                Stream::Out => io::stdout().is_terminal(),
                Stream::Err => io::stderr().is_terminal(),
            },
        })
    }

    pub fn write(&self, stream: Stream, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let color = self.color(stream);
        // Whoever closed the pipe has read enough, and there is nobody else to tell.
        let _ = match stream {
            Stream::Out => write(&mut io::BufWriter::new(report::stdout(color))),
            Stream::Err => write(&mut io::BufWriter::new(report::stderr(color))),
        };
    }

    pub fn progress(&self) -> Progress {
        let watched = !self.quiet && io::stderr().is_terminal();
        Progress::new(if watched { Visible::Yes } else { Visible::No })
    }

    pub fn faults(&self, stream: Stream, format: Format, faults: &[Diagnostic], sources: &Sources) {
        // In these formats, a document without results is a result too.
        if faults.is_empty() && !matches!(format, Format::Sarif | Format::Gitlab) {
            return;
        }
        match format {
            Format::Json => self.write(Stream::Out, |out| report::json(out, faults, sources)),
            Format::Sarif => self.write(Stream::Out, |out| report::sarif(out, faults, sources)),
            Format::Github => self.write(Stream::Out, |out| report::github(out, faults, sources)),
            Format::Gitlab => self.write(Stream::Out, |out| report::gitlab(out, faults, sources)),
            Format::Human => {
                let width = terminal_width().unwrap_or(Style::default().width);
                let style = Style { color: self.color(stream), width, ..Style::default() };
                self.write(stream, |out| report::human(out, faults, sources, style));
                // Where both appear on one screen, the summary is set apart from the last fault.
                let together = stream == Stream::Err
                    || (io::stdout().is_terminal() && io::stderr().is_terminal());
                if together && !self.quiet {
                    self.write(Stream::Err, |out| writeln!(out));
                }
            }
        }
    }

    pub fn summary(&self, summary: &Summary<'_>) {
        if !self.quiet {
            self.write(Stream::Err, |out| writeln!(out, "{summary}"));
        }
    }

    /// Lines of talk.
    pub fn told(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if !self.quiet {
            self.write(Stream::Err, write);
        }
    }

    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.write(Stream::Err, |out| writeln!(out, "{text}"));
        }
    }

    /// Reports why nothing was done, and what to do about it.
    pub fn refuse(&self, status: Status, reason: &str, hint: &str) -> Status {
        let color = self.color(Stream::Err);
        let (red, bold, plain) =
            if color { ("\x1b[1;31m", "\x1b[1m", "\x1b[0m") } else { ("", "", "") };
        self.write(Stream::Err, |out| {
            writeln!(out, "{red}error{plain}{bold}: {reason}{plain}")?;
            if hint.is_empty() { Ok(()) } else { writeln!(out, "  = hint: {hint}") }
        });
        status
    }
}

/// A path as somebody in this folder would write it.
pub fn shown(path: &Path) -> String {
    let here = env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    below.filter(|below| !below.as_os_str().is_empty()).unwrap_or(path).display().to_string()
}

/// The value of `COLUMNS`, if a shell sets it.
fn terminal_width() -> Option<usize> {
    env::var("COLUMNS").ok()?.parse().ok().filter(|width| (40..=400).contains(width))
}

/// The status that follows from the faults of a run.
pub fn status(faults: &[Diagnostic], strict: bool) -> Status {
    if faults.iter().any(|fault| fault.code == Code::Internal) {
        return Status::Broken;
    }
    // Words of the interface that nobody has translated yet should not keep a site from its readers.
    let stops = |fault: &Diagnostic| match fault.severity {
        Severity::Error => true,
        Severity::Warning => strict && fault.code != Code::MissingWord,
        _ => false,
    };
    if faults.iter().any(stops) { Status::Faults } else { Status::Fine }
}

impl Watcher for Progress {
    fn phase(&self, name: &'static str, total: usize) {
        Progress::phase(self, name, total);
    }

    fn tick(&self) {
        Progress::tick(self);
    }
}
