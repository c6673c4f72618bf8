//! The staged files of a new site.

use std::collections::BTreeSet;
use std::fs::{self, File, FileType, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure::WriteFailure;

/// A folder that is being filled with a site. Nothing in it is ever overwritten: a staged file
/// may be the same file as a published one.
pub(super) struct Tree {
    root: PathBuf,
    /// Folders made so far, so that 50,000 pages do not ask for the same ones over and over.
    made: BTreeSet<PathBuf>,
    /// Bytes of the files that could not share their place with a published one.
    room: u64,
}

impl Tree {
    /// The tree below an existing folder.
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, made: BTreeSet::from([PathBuf::new()]), room: 0 }
    }

    /// Writes a new file.
    pub(super) fn write(&mut self, relative: &Path, bytes: &[u8]) -> Result<(), WriteFailure> {
        self.room += bytes.len() as u64;
        let path = self.prepare(relative)?;
        let written = create(&path).and_then(|mut file| write_all(&mut file, bytes));
        written.map_err(|cause| self.failed("write", relative, cause))
    }

    /// Takes over a plain file that is published now: the file itself where the disk can give it
    /// a second name, so that its time stamp stays and it needs no room; else a copy with the same
    /// time stamp.
    pub(super) fn keep(&mut self, from: &Path, relative: &Path) -> Result<(), WriteFailure> {
        let path = self.prepare(relative)?;
        let kept = match link(from, &path) {
            // Staged under another spelling of the name, on a disk that ignores case.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            Err(_) => copy(from, &path).map(|length| self.room += length),
            Ok(()) => Ok(()),
        };
        kept.map_err(|cause| self.failed("keep", relative, cause))
    }

    /// Takes over anything else that is published now, such as a symbolic link or a pipe. Their
    /// content is never read: a link may lead anywhere, and reading a pipe may never end.
    pub(super) fn keep_special(
        &mut self,
        from: &Path,
        relative: &Path,
        kind: FileType,
    ) -> Result<(), WriteFailure> {
        let path = self.prepare(relative)?;
        let kept = if kind.is_symlink() { copy_link(from, &path) } else { link(from, &path) };
        kept.map_err(|cause| self.failed("keep", relative, cause))
    }

    /// Gives the top folder the permissions of the one it is about to replace.
    pub(super) fn permit(&self, permissions: Permissions) -> Result<(), WriteFailure> {
        fs::set_permissions(&self.root, permissions)
            .map_err(|cause| self.failed("set the permissions of", Path::new(""), cause))
    }

    /// Makes sure the data is on the disk before the site is swapped in, so that a power cut
    /// cannot leave a published site of empty files. Also the last chance to hear of a full disk.
    ///
    /// One `syncfs` for the whole disk, since one `fsync` per file would take minutes for 50,000
    /// files. Other systems have no such call that reports errors and go without.
    pub(super) fn sync(&self) -> Result<(), WriteFailure> {
        #[cfg(target_os = "linux")]
        File::open(&self.root)
            .and_then(|folder| Ok(rustix::fs::syncfs(&folder)?))
            .map_err(|cause| self.failed("save", Path::new(""), cause))?;
        Ok(())
    }

    fn prepare(&mut self, relative: &Path) -> Result<PathBuf, WriteFailure> {
        if let Some(folder) = relative.parent() {
            self.make(folder)
                .map_err(|cause| self.failed("create the folder of", relative, cause))?;
        }
        Ok(self.root.join(relative))
    }

    fn make(&mut self, folder: &Path) -> io::Result<()> {
        if self.made.contains(folder) {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.make(above)?;
        }
        match fs::create_dir(self.root.join(folder)) {
            // Made under another spelling of the name, on a disk that ignores case.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            other => other?,
        }
        self.made.insert(folder.to_path_buf());
        Ok(())
    }

    fn failed(&self, doing: &'static str, relative: &Path, cause: io::Error) -> WriteFailure {
        WriteFailure::io(doing, &self.root.join(relative), self.room, cause)
    }
}

fn create(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

#[cfg(not(test))]
fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    io::Write::write_all(file, bytes)
}

#[cfg(not(test))]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to)
}

#[cfg(test)]
use faulty::{link, write_all};

/// Copies a plain file with its time stamp and permissions, and returns its length.
fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let mut source = File::open(from)?;
    let found = source.metadata()?;
    let mut target = create(to)?;
    let length = io::copy(&mut source, &mut target)?;
    target.set_modified(found.modified()?)?;
    // Last, because a read-only file may refuse a new time stamp.
    target.set_permissions(found.permissions())?;
    Ok(length)
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(windows)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::windows::fs::{FileTypeExt, symlink_dir, symlink_file};
    let target = fs::read_link(from)?;
    if fs::symlink_metadata(from)?.file_type().is_symlink_dir() {
        symlink_dir(target, to)
    } else {
        symlink_file(target, to)
    }
}

/// A disk that fails on demand, for the tests below and those of the stage.
#[cfg(test)]
pub(super) mod faulty {
    use std::cell::Cell;
    use std::fs::{self, File};
    use std::io::{self, ErrorKind, Write};
    use std::path::Path;

    thread_local! {
        /// Bytes that may still be written on this thread before the disk is "full".
        pub(crate) static ROOM: Cell<usize> = const { Cell::new(usize::MAX) };
        /// Whether this thread's disk has hard links.
        pub(crate) static LINKS: Cell<bool> = const { Cell::new(true) };
    }

    pub(super) fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let room = ROOM.get();
        let fits = bytes.len().min(room);
        file.write_all(&bytes[..fits])?;
        ROOM.set(room - fits);
        if fits == bytes.len() { Ok(()) } else { Err(ErrorKind::StorageFull.into()) }
    }

    pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
        if LINKS.get() { fs::hard_link(from, to) } else { Err(ErrorKind::Unsupported.into()) }
    }
}
