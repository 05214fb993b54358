//! The two output streams of a terminal, with colour or with all escape sequences removed.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

/// The stream for results. Old Windows consoles get their colours through calls instead of sequences.
pub fn stdout(color: bool) -> impl Write {
    AutoStream::new(io::stdout(), choice(color))
}

/// The stream for messages to the user.
pub fn stderr(color: bool) -> impl Write {
    AutoStream::new(io::stderr(), choice(color))
}

fn choice(color: bool) -> ColorChoice {
    if color { ColorChoice::Always } else { ColorChoice::Never }
}
