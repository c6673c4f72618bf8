//! The `placewise` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    placewise::commands::run(std::env::args_os())
}
