//! `placewise disclosure`: what was withheld and why, for the terminal as the site tells it, or as
//! the private report.

use std::path::Path;

use super::Ending;
use super::build::compiled;
use super::private_place::Folders;
use super::terminal::Terminal;
use crate::cli::{REPORT_TO_TERMINAL, Shared};
use crate::diagnostics::{Failure, has_errors, sort};
use crate::evidence::report::{self, WARNING};
use crate::load::disk;
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

/// Writes the private report. Nothing of it reaches the terminal.
fn write(shared: &Shared, file: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    let place = report::admit(file, &Folders::of(shared).fences())?;
    let mut diagnostics = Vec::new();
    let read = disk::read_site(&shared.site, shared.placements.as_deref())?;
    let sources = read.take(&mut diagnostics).unwrap_or_default();
    terminal.step("read");
    let report = report::read(&sources).take(&mut diagnostics);
    sort(&mut diagnostics);
    terminal.step("protect");
    terminal.diagnostics(&sources, &diagnostics);
    let Some(report) = report.filter(|_| !has_errors(&diagnostics)) else {
        return Ok(Ending::DataWrong);
    };
    report.save(&place)?;
    terminal.step("write");
    terminal.notice(&format!("{WARNING} It is `{}`.", place.shown().display()));
    Ok(Ending::Done)
}
