//! Where a command that writes a private file must not write it.

use std::path::PathBuf;

use crate::cli::{OUT, Shared};
use crate::evidence::private::Fences;
use crate::write::MANIFEST_NAME;

/// The folders of a site, and those where it is published.
pub(super) struct Folders {
    inputs: Vec<PathBuf>,
    outputs: [PathBuf; 2],
}

impl Folders {
    pub(super) fn of(shared: &Shared) -> Folders {
        let folders = ["data", "content", "themes"].map(|folder| shared.site.join(folder));
        let inputs = std::iter::once(shared.site.clone())
            .chain(folders)
            .chain(shared.placements.clone())
            .collect();
        // `--out` names the private file, so the site is taken to be where it is by default; one
        // that is elsewhere is known by its mark.
        Folders { inputs, outputs: [PathBuf::from(OUT), shared.site.join(OUT)] }
    }

    pub(super) fn fences(&self) -> Fences<'_> {
        Fences { inputs: &self.inputs, outputs: &self.outputs, published_mark: MANIFEST_NAME }
    }
}
