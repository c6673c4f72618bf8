//! Commands that write a private file: where it must not be written, and how it comes about.

use std::path::{Path, PathBuf};

use super::Ending;
use super::terminal::Terminal;
use crate::cli::{OUT, Shared};
use crate::diagnostics::{Failure, Outcome, has_errors, sort};
use crate::evidence::private::{Fences, Place};
use crate::load::disk;
use crate::sources::SourceSet;
use crate::write::MANIFEST_NAME;

/// A kind of private file: what is in it can be saved and not be looked at.
pub(super) struct Sealed<T> {
    /// Admits a place for it.
    pub(super) admit: fn(&Path, &Fences) -> Result<Place, Failure>,
    /// Works it out from the files of a site.
    pub(super) read: fn(&SourceSet) -> Outcome<T>,
    pub(super) save: fn(&T, &Place) -> Result<(), Failure>,
    /// What the step between reading and writing is called in timings.
    pub(super) step: &'static str,
    /// What is said when it has been written.
    pub(super) warning: &'static str,
}

impl<T> Sealed<T> {
    /// Reads the site, works out what belongs in the file, and writes it. Nothing of it reaches the
    /// terminal.
    pub(super) fn write(
        &self,
        shared: &Shared,
        file: &Path,
        terminal: &Terminal,
    ) -> Result<Ending, Failure> {
        let place = (self.admit)(file, &Folders::of(shared).fences())?;
        let mut diagnostics = Vec::new();
        let read = disk::read_site(&shared.site, shared.placements.as_deref())?;
        let sources = read.take(&mut diagnostics).unwrap_or_default();
        terminal.step("read");
        let sealed = (self.read)(&sources).take(&mut diagnostics);
        sort(&mut diagnostics);
        terminal.step(self.step);
        terminal.diagnostics(&sources, &diagnostics);
        let Some(sealed) = sealed.filter(|_| !has_errors(&diagnostics)) else {
            return Ok(Ending::DataWrong);
        };
        (self.save)(&sealed, &place)?;
        terminal.step("write");
        terminal.notice(&format!("{} It is `{}`.", self.warning, place.shown().display()));
        Ok(Ending::Done)
    }
}

/// The folders of a site, and those where it is published.
struct Folders {
    inputs: Vec<PathBuf>,
    outputs: [PathBuf; 2],
}

impl Folders {
    fn of(shared: &Shared) -> Folders {
        let folders = ["data", "content", "themes"].map(|folder| shared.site.join(folder));
        let inputs = std::iter::once(shared.site.clone())
            .chain(folders)
            .chain(shared.placements.clone())
            .collect();
        // `--out` names the private file, so the site is taken to be where it is by default; one
        // that is elsewhere is known by its mark.
        Folders { inputs, outputs: [PathBuf::from(OUT), shared.site.join(OUT)] }
    }

    fn fences(&self) -> Fences<'_> {
        Fences { inputs: &self.inputs, outputs: &self.outputs, published_mark: MANIFEST_NAME }
    }
}
