//! `placewise workings`: the exact answer into a private file, for the commissioner's own analyst.
//!
//! No number of the answer reaches the terminal: what is made here can only be saved.

use std::path::Path;

use super::Ending;
use super::private_place::Folders;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::diagnostics::{Failure, has_errors, sort};
use crate::evidence::workings::{self, WARNING};
use crate::load::disk;

pub(super) fn run(shared: &Shared, file: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    let place = workings::admit(file, &Folders::of(shared).fences())?;
    let mut diagnostics = Vec::new();
    let read = disk::read_site(&shared.site, shared.placements.as_deref())?;
    let sources = read.take(&mut diagnostics).unwrap_or_default();
    terminal.step("read");
    let workings = workings::read(&sources).take(&mut diagnostics);
    sort(&mut diagnostics);
    terminal.step("work out");
    terminal.diagnostics(&sources, &diagnostics);
    let Some(workings) = workings.filter(|_| !has_errors(&diagnostics)) else {
        return Ok(Ending::DataWrong);
    };
    workings.save(&place)?;
    terminal.step("write");
    terminal.notice(&format!("{WARNING} It is `{}`.", place.shown().display()));
    Ok(Ending::Done)
}
