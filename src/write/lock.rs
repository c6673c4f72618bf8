//! Keeps two builds from publishing into one folder at the same time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::failure::{Refusal, WriteFailure};
use super::guard::Place;

/// The lock on an output, held until dropped. The system frees it when the process dies.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who is in the way.
    pub(super) fn take(place: &Place) -> Result<Self, WriteFailure> {
        let path = place.beside("lock");
        let failed = |cause| WriteFailure::io("lock the output with", &path, 0, cause);
        loop {
            let file = open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteFailure::refused(&place.shown, Refusal::Locked));
                }
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
            // A build that just finished may have deleted the file between our opening and our
            // locking it; such a lock keeps nobody out, so try again with the file of now.
            if is_current(&file, &path).map_err(failed)? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Deleted while still held, and checked by `is_current`, this leaves no stray file and
        // lets nobody slip past. Windows keeps the file because it cannot make that check.
        if cfg!(unix) {
            // A stray lock file is harmless: the lock is on the open file, not on its name.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Otherwise a link planted under our name would have us create a file elsewhere.
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn is_current(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    let named = super::guard::look(path)?;
    Ok(named.is_some_and(|named| named.ino() == held.ino() && named.dev() == held.dev()))
}

#[cfg(not(unix))]
fn is_current(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
