//! Publishes a built site to a folder, whole or not at all.
//!
//! The new site is staged in a folder beside the output and swapped in with one rename, so a
//! visitor, a web server or the next build only ever meets the whole old site or the whole new
//! one. Pages whose bytes did not change keep their file, files that Placewise did not write are
//! carried over, and a folder that is not an earlier site of ours is never touched.
//!
//! Beside an output `public` the writer uses three names, all of them gone after a finished run:
//! `.public.placewise-staging`, `.public.placewise-previous` and `.public.placewise-lock` (Windows
//! keeps the empty lock file).

mod failure;
mod guard;
mod inputs;
mod lock;
mod manifest;
mod published;
mod route;
mod scaffold;
mod stage;
mod swap;
mod tree;
mod wording;

pub use failure::{Overlap, Refusal, WriteFailure};
pub use inputs::put_inputs;
pub use manifest::MANIFEST_NAME;
pub use stage::{Stage, WriteReport};

use std::path::{Path, PathBuf};

use lock::Lock;
use published::Published;
use scaffold::Staging;

/// Starts a new site for the folder `out`, which may not be, hold or lie inside any of `sources`,
/// the folders the build reads from.
///
/// The published site stays as it is until [`Stage::commit`]. What a killed run left behind is put
/// right first.
///
/// # Errors
///
/// Fails when `out` is no folder to publish into (see [`WriteFailure`]), when another build holds
/// it, or when the disk refuses.
pub fn open(out: &Path, sources: &[PathBuf]) -> Result<Stage, WriteFailure> {
    let place = guard::admit(out, sources)?;
    let lock = Lock::take(&place)?;
    scaffold::recover(&place)?;
    let published = Published::read(&place)?;
    let staging = Staging::create(&place)?;
    Ok(Stage::new(place, published, staging, lock))
}
