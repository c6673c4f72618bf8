//! The folders of ours that stand beside an output while a site is published, and what to do
//! with those a killed run left behind.
//!
//! Each holds a marker file and, next to it, the site itself in a folder `site`. So the marker
//! never gets into a published site, and it outlives the site while the folder is removed.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure::WriteFailure;
use super::guard::{Place, look};
use super::manifest::MANIFEST_NAME;

const MARKER: &str = "placewise-marker";
const MARKER_TEXT: &str = "Placewise made this folder and will remove it with the next build.\n";

/// A folder of ours beside the output.
pub(super) struct Scaffold {
    folder: PathBuf,
}

impl Scaffold {
    /// Makes the folder and its marker.
    pub(super) fn create(folder: PathBuf) -> Result<Self, WriteFailure> {
        let failed = |cause| WriteFailure::io("create the folder", &folder, 0, cause);
        fs::create_dir(&folder).map_err(failed)?;
        if let Err(cause) = fs::write(folder.join(MARKER), MARKER_TEXT) {
            let failure = failed(cause);
            // Best effort: the failure that matters is the one being reported, and the next build
            // knows both an empty folder and one with a cut-off marker for its own.
            let _ = Self { folder }.remove();
            return Err(failure);
        }
        Ok(Self { folder })
    }

    /// Finds such a folder of an earlier run, and refuses a folder of somebody else's.
    fn find(folder: PathBuf) -> Result<Option<Self>, WriteFailure> {
        let failed = |cause| WriteFailure::io("look at the folder", &folder, 0, cause);
        let Some(found) = look(&folder).map_err(failed)? else {
            return Ok(None);
        };
        // A run killed before it wrote the marker, or just after it removed it, leaves an empty
        // folder, and removing one of those loses nothing whoever made it.
        let ours = found.is_dir()
            && (look(&folder.join(MARKER)).map_err(failed)?.is_some_and(|marker| marker.is_file())
                || fs::read_dir(&folder).map_err(failed)?.next().is_none());
        if ours { Ok(Some(Self { folder })) } else { Err(WriteFailure::Leftover { folder }) }
    }

    /// Where the site is inside the folder.
    pub(super) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Removes the folder: the site first and the marker last, so that a run killed in between
    /// leaves something the next one knows for ours. Anything else in it stops the removal.
    pub(super) fn remove(&self) -> io::Result<()> {
        absent_is_fine(fs::remove_dir_all(self.site()))?;
        absent_is_fine(fs::remove_file(self.folder.join(MARKER)))?;
        absent_is_fine(fs::remove_dir(&self.folder))
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The new site while it is being staged. Dropped, it takes everything staged with it.
pub(super) struct Staging(Scaffold);

impl Staging {
    /// Makes an empty staging folder.
    pub(super) fn create(place: &Place) -> Result<Self, WriteFailure> {
        let staging = Self(Scaffold::create(place.beside("staging"))?);
        let site = staging.0.site();
        fs::create_dir(&site)
            .map_err(|cause| WriteFailure::io("create the folder", &site, 0, cause))?;
        Ok(staging)
    }

    /// Where the staged site is. After an exchange, the old site is there.
    pub(super) fn site(&self) -> PathBuf {
        self.0.site()
    }

    /// Removes the folder and says what went wrong, which dropping cannot.
    pub(super) fn remove(self) -> Result<(), String> {
        removed(&self.0)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nobody is left to tell; the next build removes what stays, or says why it cannot.
        let _ = self.0.remove();
    }
}

/// Removes the folder, or words why it stays.
pub(super) fn removed(scaffold: &Scaffold) -> Result<(), String> {
    scaffold.remove().map_err(|cause| {
        format!(
            "the new site is published, but the old one could not be removed from `{}`: {cause}",
            scaffold.folder().display()
        )
    })
}

/// Puts right what a killed run left beside the output.
///
/// A run that swaps by two renames may die between them: the output is missing and the old site
/// is set aside. The old site goes back, although the new one may be staged in full: it is known
/// to have been published, the build about to run makes the new one anyway, and with the old one
/// in place it can keep the pages that did not change and the files that are not ours.
pub(super) fn recover(place: &Place) -> Result<(), WriteFailure> {
    if let Some(previous) = Scaffold::find(place.beside("previous"))? {
        put_back(place, &previous)?;
    }
    if let Some(staging) = Scaffold::find(place.beside("staging"))? {
        remove_leftover(&staging)?;
    }
    Ok(())
}

fn put_back(place: &Place, previous: &Scaffold) -> Result<(), WriteFailure> {
    let site = previous.site();
    let failed = |cause| WriteFailure::io("put back the old site from", &site, 0, cause);
    if look(&site).map_err(failed)?.is_some() {
        // Something else may have made the output anew meanwhile, empty; that is no site.
        match fs::remove_dir(&place.out) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {
                return finish(place, previous);
            }
            Err(error) => return Err(failed(error)),
        }
        fs::rename(&site, &place.out).map_err(failed)?;
    }
    remove_leftover(previous)
}

/// Removes the old site once the new one stands. An output without our manifest is no new site
/// of ours: the old one stays where it is, and the build goes on to refuse the output.
fn finish(place: &Place, previous: &Scaffold) -> Result<(), WriteFailure> {
    let manifest = place.out.join(MANIFEST_NAME);
    let found = look(&manifest).map_err(|e| WriteFailure::io("look at", &manifest, 0, e))?;
    if found.is_some() { remove_leftover(previous) } else { Ok(()) }
}

fn remove_leftover(scaffold: &Scaffold) -> Result<(), WriteFailure> {
    scaffold.remove().map_err(|cause| {
        WriteFailure::io("remove the leftover folder", scaffold.folder(), 0, cause)
    })
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
