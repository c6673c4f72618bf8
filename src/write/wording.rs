//! The words of a failure: what went wrong, and how to mend it.

use std::fmt::{self, Display, Formatter};
use std::io::ErrorKind;
use std::path::Path;

use super::failure::{Overlap, Refusal, WriteFailure};

impl Display for WriteFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { out, why } => {
                write!(f, "cannot publish into `{}`: {why}", out.display())
            }
            Self::Manifest { path, reason } => {
                let path = path.display();
                write!(f, "cannot tell which files are ours: `{path}` {reason}")
            }
            Self::Leftover { folder } => {
                let folder = folder.display();
                write!(f, "cannot stage the site in `{folder}`: Placewise did not make that folder")
            }
            Self::Route { route, reason } => write!(f, "cannot write `{route}`: {reason}"),
            Self::Duplicate { route } => write!(f, "cannot write `{route}` twice"),
            Self::FileAndFolder { route } => {
                write!(f, "cannot write `{route}`: it would be both a file and a folder")
            }
            Self::Foreign { route, existing } => {
                let existing = existing.display();
                write!(f, "cannot write `{route}`: `{existing}` is in the way")?;
                f.write_str(", and Placewise did not write it")
            }
            Self::Incomplete { route } => {
                write!(f, "cannot publish the site: `{route}` could not be staged")
            }
            Self::Full { path, cause, .. } => {
                let full = full_cause(cause.kind());
                write!(f, "{full} while writing `{}`", path.display())
            }
            Self::HalfSwapped { out, previous, cause } => {
                write!(f, "cannot publish into `{}`: {cause}; ", out.display())?;
                write!(f, "the old site is safe in `{}`", previous.display())
            }
            Self::Io { doing, path, cause } => {
                write!(f, "cannot {doing} `{}`: {cause}", path.display())
            }
        }
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Source { source, overlap } => {
                let relation = match overlap {
                    Overlap::Same => "is",
                    Overlap::Holds => "holds",
                    Overlap::Inside => "lies inside",
                };
                return write!(f, "it {relation} the source folder `{}`", source.display());
            }
            Self::TooBroad(what) => return write!(f, "it is {what}"),
            Self::Repository => "it holds a Git repository (`.git`)",
            Self::Link => "it is a symbolic link",
            Self::NotAFolder => "it is not a folder",
            Self::MountPoint => "it is a mount point, and no new site can be swapped in for one",
            Self::NotOurs => "it holds files, but no site that Placewise has published",
            Self::Locked => "another build is publishing into it",
        })
    }
}

impl WriteFailure {
    /// What to do about it, in one sentence.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Refused { out, why } => refusal_hint(out, why),
            Self::Manifest { .. } => {
                "publish into a new folder, or empty this one by hand and build again".into()
            }
            Self::Leftover { .. } => "move or rename that folder, then build again".into(),
            Self::Route { .. } | Self::Duplicate { .. } | Self::FileAndFolder { .. } => {
                "rename one of the pages or files that lead to this address".into()
            }
            Self::Foreign { existing, .. } => format!(
                "move `{}` away if the page is to take its place, or rename the page",
                existing.display()
            ),
            Self::Incomplete { .. } => "see to the first failure, then build again".into(),
            Self::Full { room, cause, .. } => full_hint(*room, cause.kind()),
            Self::HalfSwapped { .. } => "build again: the next build puts it back first".into(),
            Self::Io { cause, .. } => io_hint(cause.kind()).into(),
        }
    }
}

fn refusal_hint(out: &Path, why: &Refusal) -> String {
    match why {
        Refusal::Source { .. } | Refusal::TooBroad(_) | Refusal::Repository => {
            "publishing replaces the whole folder, so give the site a folder of its own, such as \
             `public` beside the data"
                .into()
        }
        Refusal::Link => "name the folder the link points to".into(),
        Refusal::NotAFolder => "move the file away, or name another folder".into(),
        Refusal::MountPoint => {
            format!("name a folder inside it, such as `{}`", out.join("site").display())
        }
        Refusal::NotOurs => {
            "name a new or empty folder, or empty this one by hand if nothing in it is needed"
                .into()
        }
        Refusal::Locked => "wait until the other build has finished, or stop it".into(),
    }
}

fn full_cause(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::QuotaExceeded => "the disk quota is used up",
        ErrorKind::FileTooLarge => "the file-size limit of this account was reached",
        _ => "the disk is full",
    }
}

fn full_hint(room: u64, kind: ErrorKind) -> String {
    let mend = match kind {
        ErrorKind::FileTooLarge => "raise the limit (`ulimit -f`)".into(),
        _ if room == 0 => "free some space on that disk".into(),
        _ => format!(
            "free at least {} on that disk, the least that the new and changed files need,",
            size(room)
        ),
    };
    format!("{mend} and build again; the published site is as it was")
}

fn io_hint(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "check who may write there, or name another folder"
        }
        ErrorKind::InvalidFilename => "shorten the name of the page or file",
        ErrorKind::Unsupported => "publish to a local disk, then copy the site where it belongs",
        _ => "the published site is as it was; see to the cause and build again",
    }
}

/// A size people can compare with what their file manager shows, rounded up so that freeing as
/// much as it says is never too little.
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
