//! Why a site could not be published, in words for the person who ran the build.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How an output folder and a source folder get in each other's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// They are one folder.
    Same,
    /// The source folder lies inside the output.
    Holds,
    /// The output lies inside the source folder.
    Inside,
}

/// Why a folder is no output to publish into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is, holds or lies inside a folder the build reads from.
    Source {
        /// The source folder as the user named it.
        source: PathBuf,
        /// How the two overlap.
        overlap: Overlap,
    },
    /// Its loss would be a disaster, as with `/` or the home folder; the text says what it is.
    TooBroad(&'static str),
    /// It holds a Git repository.
    Repository,
    /// It is a symbolic link.
    Link,
    /// It is a file, not a folder.
    NotAFolder,
    /// It is a mount point, which cannot be renamed.
    MountPoint,
    /// It holds files, but no manifest of ours.
    NotOurs,
    /// Another build is publishing into it.
    Locked,
}

/// Why a site could not be published. Until a swap has happened the old site is as it was.
#[derive(Debug)]
pub enum WriteFailure {
    /// The output is no folder to publish into.
    Refused {
        /// The output as the user named it.
        out: PathBuf,
        /// What is wrong with it.
        why: Refusal,
    },
    /// The manifest in the output cannot be understood, so nobody knows which files are ours.
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A folder with the name of our staging folder exists, but we did not make it.
    Leftover {
        /// The folder.
        folder: PathBuf,
    },
    /// A route that is no plain path inside the site.
    Route {
        /// The route.
        route: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A route was written twice.
    Duplicate {
        /// The route.
        route: String,
    },
    /// A route is wanted as a file and as a folder.
    FileAndFolder {
        /// The route.
        route: String,
    },
    /// A file in the output that we did not write stands where a page has to go.
    Foreign {
        /// The route of the page.
        route: String,
        /// The file in the way, inside the output as the user named it.
        existing: PathBuf,
    },
    /// A file could not be staged earlier on, so the site is not whole.
    Incomplete {
        /// The route that failed.
        route: String,
    },
    /// There is no room for the new site.
    Full {
        /// What was being written.
        path: PathBuf,
        /// Bytes the new and changed files need at the very least.
        room: u64,
        /// What the system said.
        cause: io::Error,
    },
    /// The swap stopped half-way and could not be taken back.
    HalfSwapped {
        /// The output as the user named it.
        out: PathBuf,
        /// Where the old site is.
        previous: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Anything else the system refused.
    Io {
        /// What was being done, as in "cannot create …".
        doing: &'static str,
        /// The file or folder it was done to.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl WriteFailure {
    /// A refusal of the output that the user named `out`.
    pub(super) fn refused(out: &Path, why: Refusal) -> Self {
        let out = out.to_path_buf();
        Self::Refused { out, why }
    }

    /// A failure of the system while `doing` something to `path`, when the new and changed files
    /// so far add up to `room` bytes.
    pub(super) fn io(doing: &'static str, path: &Path, room: u64, cause: io::Error) -> Self {
        let path = path.to_path_buf();
        match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full { path, room, cause }
            }
            _ => Self::Io { doing, path, cause },
        }
    }
}

impl Error for WriteFailure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Full { cause, .. } | Self::HalfSwapped { cause, .. } | Self::Io { cause, .. } => {
                Some(cause)
            }
            _ => None,
        }
    }
}
