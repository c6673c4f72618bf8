//! Swaps a staged site in for the published one.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::failure::{Refusal, WriteFailure};
use super::guard::{Place, look};
use super::scaffold::{Scaffold, Staging, removed};

/// Publishes the staged site and removes the old one. Returns what went wrong after the new site
/// stood: that is no failure, because the site is published.
pub(super) fn publish(place: &Place, staging: Staging) -> Result<Vec<String>, WriteFailure> {
    let site = staging.site();
    let failed = |cause| refused(place, cause);
    let mut previous = None;
    if look(&place.out).map_err(failed)?.is_none() {
        fs::rename(&site, &place.out).map_err(failed)?;
    } else if !exchange(&site, &place.out).map_err(failed)? {
        previous = Some(rename_twice(place, &site)?);
    }
    let mut warnings = Vec::new();
    warnings.extend(sync_folder(&place.parent).err().map(|cause| {
        format!("the new site is published, but the system did not confirm it is saved: {cause}")
    }));
    warnings.extend(previous.and_then(|previous| removed(&previous).err()));
    warnings.extend(staging.remove().err());
    Ok(warnings)
}

/// Swaps two folders in one step, or returns false where the system or the disk cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staged: &Path, out: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staged, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // The last is what some containers answer to calls they do not know.
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP | Errno::PERM) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Sets the old site aside and moves the new one in. In between there is no site for a moment; a
/// run killed right then is put right by the next one.
fn rename_twice(place: &Place, site: &Path) -> Result<Scaffold, WriteFailure> {
    let previous = Scaffold::create(place.beside("previous"))?;
    let aside = previous.site();
    if let Err(cause) = fs::rename(&place.out, &aside) {
        // Best effort: what stays is empty but for its marker, and the next build removes it.
        let _ = previous.remove();
        return Err(refused(place, cause));
    }
    let Err(cause) = fs::rename(site, &place.out) else {
        return Ok(previous);
    };
    if fs::rename(&aside, &place.out).is_err() {
        let out = place.shown.clone();
        return Err(WriteFailure::HalfSwapped { out, previous: aside, cause });
    }
    let _ = previous.remove();
    Err(refused(place, cause))
}

fn refused(place: &Place, cause: io::Error) -> WriteFailure {
    match cause.kind() {
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices if cfg!(unix) => {
            WriteFailure::refused(&place.shown, Refusal::MountPoint)
        }
        _ => WriteFailure::io("swap the new site in for", &place.out, 0, cause),
    }
}

/// Has the swap itself saved; the files were saved before it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows cannot open a folder as a file.
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::guard::{Place, admit};
    use super::super::scaffold::{Staging, recover};
    use super::*;

    fn desk(dir: &Path) -> (Place, Staging) {
        let out = dir.join("public");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("index.html"), "old").unwrap();
        let place = admit(&out, &[]).unwrap();
        let staging = Staging::create(&place).unwrap();
        fs::write(staging.site().join("index.html"), "new").unwrap();
        (place, staging)
    }

    fn page(place: &Place) -> String {
        fs::read_to_string(place.out.join("index.html")).unwrap()
    }

    #[test]
    fn two_renames_do_what_an_exchange_does() {
        let dir = tempfile::tempdir().unwrap();
        let (place, staging) = desk(dir.path());
        let previous = rename_twice(&place, &staging.site()).unwrap();
        assert_eq!(page(&place), "new");
        assert_eq!(fs::read(previous.site().join("index.html")).unwrap(), b"old");
        previous.remove().unwrap();
        staging.remove().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_second_rename_that_fails_is_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let (place, staging) = desk(dir.path());
        fs::remove_dir_all(staging.site()).unwrap();
        rename_twice(&place, &staging.site()).err().expect("there is nothing to move in");
        assert_eq!(page(&place), "old");
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_run_killed_between_two_renames_is_put_right() {
        let dir = tempfile::tempdir().unwrap();
        let (place, staging) = desk(dir.path());
        let previous = Scaffold::create(place.beside("previous")).unwrap();
        fs::rename(&place.out, previous.site()).unwrap();
        // A killed process drops nothing.
        std::mem::forget(staging);
        recover(&place).unwrap();
        assert_eq!(page(&place), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
