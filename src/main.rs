//! The program: turns the command line into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the program's own arguments")]
    let words = std::env::args_os();
    ExitCode::from(cicerone::commands::run(words).code())
}
