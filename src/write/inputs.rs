//! Writes files of a site folder: what importers bring and what a new folder starts with.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes each file into the folder, one after the other, each whole or not at all.
///
/// # Errors
///
/// Tells the first file that could not be written; files before it are in place.
pub fn put_inputs(
    folder: &Path,
    files: &BTreeMap<String, String>,
) -> Result<(), (PathBuf, io::Error)> {
    for (path, text) in files {
        let target = folder.join(path);
        put(&target, text).map_err(|error| (target, error))?;
    }
    Ok(())
}

/// Writes beside the target and renames, so that a reader never meets half a file.
fn put(target: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".placewise.tmp");
    let beside = target.with_file_name(name);
    fs::write(&beside, text)?;
    fs::rename(&beside, target)
}
