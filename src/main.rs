//! The program: turns the command line into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(cicerone::commands::run(std::env::args_os()).code())
}
