//! Writes a file that only its owner can read, whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use super::place::Place;
use crate::diagnostics::Failure;

/// So many names are tried for a file that is being written, should killed runs have left theirs.
const NAMES_AT_MOST: u32 = 1_000;

/// Writes the bytes beside their place and then puts them there with one rename.
///
/// # Errors
///
/// Fails when the disk refuses, or cannot keep a file to its owner. Nothing is left behind, and
/// an earlier file is as it was.
pub(in crate::evidence) fn put(place: &Place, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::new(
            format!("cannot write `{}`: {error}", place.shown.display()),
            format!("check who may write there and the room on the disk; {}", place.kind.stays),
        )
    };
    let (beside, mut file) = create(place).map_err(failed)?;
    let written = fill(&mut file, bytes, place).and_then(|()| fs::rename(&beside, &place.file));
    written.map_err(|error| {
        // There is nobody left to tell if this fails too; the file is its owner's alone.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// Makes a file that was not there. What stands under its name, such as a planted link, is neither
/// followed nor taken away.
fn create(place: &Place) -> io::Result<(PathBuf, File)> {
    let begin = format!(".placewise-{}-", place.kind.mark);
    for number in 0..NAMES_AT_MOST {
        let beside = place.folder.join(format!("{begin}{number}.tmp"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owner_only(&mut options);
        match options.open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(format!("the folder is full of `{begin}*.tmp`; take them out")))
}

/// Fills the new file, which must be closed to others before the first byte is in it.
fn fill(file: &mut File, bytes: &[u8], place: &Place) -> io::Result<()> {
    expect_owner_only(file)?;
    file.write_all(bytes)?;
    keep_narrow(file, place)?;
    file.sync_all()
}

/// Nobody but the owner may open the file, from the moment that it exists.
#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// Other systems give the file the permissions of its folder.
#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

/// Some disks keep no modes and open every file to everybody.
#[cfg(unix)]
fn expect_owner_only(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match file.metadata()?.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(io::Error::other("this disk lets others read every file; name one on another")),
    }
}

#[cfg(not(unix))]
fn expect_owner_only(_: &File) -> io::Result<()> {
    Ok(())
}

/// Who could not write or read the earlier file cannot do so with the new one.
#[cfg(unix)]
fn keep_narrow(file: &File, place: &Place) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let earlier = place.earlier.as_ref().map_or(0o600, |found| found.permissions().mode());
    file.set_permissions(fs::Permissions::from_mode(earlier & 0o600))
}

#[cfg(not(unix))]
fn keep_narrow(_: &File, _: &Place) -> io::Result<()> {
    Ok(())
}
