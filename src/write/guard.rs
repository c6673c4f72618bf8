//! Which folders a site may be published into.
//!
//! Publishing replaces a whole folder, so every doubt about the folder is a refusal, and all of
//! them are spoken before anything is created.

use std::env;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::failure::{Overlap, Refusal, WriteFailure};

/// An output folder that passed the guard.
pub(super) struct Place {
    /// The output as the user named it, for messages.
    pub(super) shown: PathBuf,
    /// The output with every link and `..` resolved. It need not exist yet.
    pub(super) out: PathBuf,
    /// The folder that holds it.
    pub(super) parent: PathBuf,
    name: OsString,
}

impl Place {
    /// The path of `.NAME.placewise-PURPOSE` beside the output, on the same disk by nature.
    pub(super) fn beside(&self, purpose: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".placewise-");
        name.push(purpose);
        self.parent.join(name)
    }
}

/// Admits `out` as an output, or says why not. Creates the folders above it.
pub(super) fn admit(out: &Path, sources: &[PathBuf]) -> Result<Place, WriteFailure> {
    let shown = out.to_path_buf();
    refuse_link(out)?;
    let real = resolve(out).map_err(|e| WriteFailure::io("find the folder", out, 0, e))?;
    for source in sources {
        refuse_overlap(&shown, &real, source)?;
    }
    let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
        return Err(WriteFailure::refused(&shown, Refusal::TooBroad("the top of the disk")));
    };
    refuse_broad(&shown, &real)?;
    match look(&real).map_err(|e| WriteFailure::io("look at", out, 0, e))? {
        Some(found) if !found.is_dir() => {
            return Err(WriteFailure::refused(&shown, Refusal::NotAFolder));
        }
        Some(found) => refuse_folder(&shown, &real, &found)?,
        None => fs::create_dir_all(parent)
            .map_err(|e| WriteFailure::io("create the folder", parent, 0, e))?,
    }
    Ok(Place { shown, parent: parent.to_path_buf(), name: name.to_os_string(), out: real })
}

/// What is at `path`, without following a link; nothing is no error.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The path with links, `.` and `..` resolved the way the system would, even where its end does
/// not exist yet. `canonicalize` alone fails on such a path, and dropping `..` by its spelling is
/// wrong behind a link.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Prefix(_) => real.push(part),
            Component::RootDir | Component::Normal(_) => {
                real.push(part);
                if look(&real)?.is_some() {
                    real = fs::canonicalize(&real)?;
                }
            }
        }
    }
    Ok(real)
}

/// Refuses an output that is itself a link. Swapping would replace the link and not the folder
/// behind it, and the folder behind it may be on another disk, so the user names the real one.
fn refuse_link(out: &Path) -> Result<(), WriteFailure> {
    let broken = |e| WriteFailure::io("find the folder", out, 0, e);
    let absolute = std::path::absolute(out).map_err(broken)?;
    // Rebuilding the path from its parts drops a final `/`, behind which a link looks like a
    // folder.
    let plain: PathBuf = absolute.components().collect();
    match look(&plain).map_err(broken)? {
        Some(found) if found.is_symlink() => Err(WriteFailure::refused(out, Refusal::Link)),
        _ => Ok(()),
    }
}

fn refuse_overlap(shown: &Path, real: &Path, source: &Path) -> Result<(), WriteFailure> {
    let real_source =
        resolve(source).map_err(|e| WriteFailure::io("find the source folder", source, 0, e))?;
    let overlap = if real == real_source {
        Overlap::Same
    } else if real_source.starts_with(real) {
        Overlap::Holds
    } else if real.starts_with(&real_source) {
        Overlap::Inside
    } else {
        return Ok(());
    };
    let source = source.to_path_buf();
    Err(WriteFailure::refused(shown, Refusal::Source { source, overlap }))
}

fn refuse_broad(shown: &Path, real: &Path) -> Result<(), WriteFailure> {
    let within = |inner: Option<PathBuf>| {
        inner
            .and_then(|path| fs::canonicalize(path).ok())
            .is_some_and(|path| path.starts_with(real))
    };
    let what = if within(env::home_dir()) {
        "your home folder, or holds it"
    } else if within(env::current_dir().ok()) {
        // The swap would leave the shell standing in a folder that is gone.
        "the folder the command runs in, or holds it"
    } else {
        return Ok(());
    };
    Err(WriteFailure::refused(shown, Refusal::TooBroad(what)))
}

fn refuse_folder(shown: &Path, real: &Path, found: &Metadata) -> Result<(), WriteFailure> {
    let git = real.join(".git");
    if look(&git).map_err(|e| WriteFailure::io("look at", &git, 0, e))?.is_some() {
        return Err(WriteFailure::refused(shown, Refusal::Repository));
    }
    if is_mount_point(real, found) {
        return Err(WriteFailure::refused(shown, Refusal::MountPoint));
    }
    Ok(())
}

/// A mount point shows as a folder on another disk than its parent. One mounted from the same
/// disk does not; the swap finds those.
#[cfg(unix)]
fn is_mount_point(real: &Path, found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let parent = real.parent().and_then(|parent| fs::metadata(parent).ok());
    parent.is_some_and(|parent| parent.dev() != found.dev())
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Metadata) -> bool {
    false
}
