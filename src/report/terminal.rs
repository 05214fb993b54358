//! The two streams of a terminal, with colour or with every escape sequence taken out.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

/// Where results go. Old Windows consoles get their colours through calls instead of sequences.
pub fn stdout(color: bool) -> impl Write {
    AutoStream::new(io::stdout(), choice(color))
}

/// Where talk goes.
pub fn stderr(color: bool) -> impl Write {
    AutoStream::new(io::stderr(), choice(color))
}

fn choice(color: bool) -> ColorChoice {
    if color { ColorChoice::Always } else { ColorChoice::Never }
}
