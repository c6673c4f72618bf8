//! `placewise disclosure`: what was withheld and why, for the terminal as the site tells it, or as
//! the private report.

use std::path::Path;

use super::Ending;
use super::build::compiled;
use super::private_place::Sealed;
use super::terminal::Terminal;
use crate::cli::{REPORT_TO_TERMINAL, Shared};
use crate::diagnostics::Failure;
use crate::evidence::report::{self, Report, WARNING};
use crate::view::withheld;

pub(super) fn run(shared: &Shared, file: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    match file == Path::new(REPORT_TO_TERMINAL) {
        true => print(shared, terminal),
        false => write(shared, file, terminal),
    }
}

/// Prints what everybody can read on the site.
fn print(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(compiled) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    terminal.result(&withheld::note(compiled.site.publication()))?;
    Ok(Ending::Done)
}

/// Writes the private report.
fn write(shared: &Shared, file: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    let (admit, read, save) = (report::admit, report::read, Report::save);
    Sealed { admit, read, save, step: "protect", warning: WARNING }.write(shared, file, terminal)
}
