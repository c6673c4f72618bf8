//! One module for each command: read, compile, print, write.
//!
//! Results go to the standard output, diagnostics and progress to the standard error. Exit codes:
//! 0 done, 1 the data has errors, 2 the command line or the machine.

mod build;
mod check;
mod disclosure;
mod edition;
mod explain;
mod figures;
mod gaps;
mod import;
mod kept;
mod matching;
mod new;
mod private_place;
mod serve;
mod stale;
mod terminal;
mod workings;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, Format, ImportSource};
use crate::diagnostics::Failure;
use terminal::Terminal;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As asked.
    Done,
    /// The data has errors; they have been printed.
    DataWrong,
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Printing help that nobody reads is not worth a panic.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(&cli.shared);
    match dispatch(&cli, &terminal) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::DataWrong) => ExitCode::from(1),
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: &Cli, terminal: &Terminal) -> Result<Ending, Failure> {
    if cli.shared.format == Format::Csv && !matches!(cli.command, Some(Command::Gaps)) {
        let message = "only `placewise gaps` prints CSV";
        return Err(Failure::new(message, "choose `--format text` or `--format json`"));
    }
    match &cli.command {
        None | Some(Command::Build) => build::run(&cli.shared, terminal),
        Some(Command::Check { stale: true }) => stale::run(&cli.shared, terminal),
        Some(Command::Check { stale: false }) => check::run(&cli.shared, terminal),
        Some(Command::Gaps) => gaps::run(&cli.shared, terminal),
        Some(Command::Match { file, against }) => {
            matching::run(&cli.shared, file, against.as_deref(), terminal)
        }
        Some(Command::Figures) => figures::run(&cli.shared, terminal),
        Some(Command::Workings { out }) => workings::run(&cli.shared, out, terminal),
        Some(Command::Disclosure { out }) => disclosure::run(&cli.shared, out, terminal),
        Some(Command::Edition { name, signed_off_by, dry_run }) => {
            edition::run(&cli.shared, (name, signed_off_by), *dry_run, terminal)
        }
        Some(Command::New { dir }) => new::run(dir, terminal),
        Some(Command::Import { source: ImportSource::Cqc(asked) }) => import::cqc(asked, terminal),
        Some(Command::Serve(options)) => serve::run(&cli.shared, options, terminal),
        Some(Command::Explain { code }) => explain::run(code, terminal),
    }
}
