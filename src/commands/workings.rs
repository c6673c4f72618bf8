//! `placewise workings`: the exact answer into a private file, for the commissioner's own analyst.
//!
//! No number of the answer reaches the terminal: what is made here can only be saved.

use std::path::Path;

use super::Ending;
use super::private_place::Sealed;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::diagnostics::Failure;
use crate::evidence::workings::{self, WARNING, Workings};

pub(super) fn run(shared: &Shared, file: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    let (admit, read, save) = (workings::admit, workings::read, Workings::save);
    Sealed { admit, read, save, step: "work out", warning: WARNING }.write(shared, file, terminal)
}
