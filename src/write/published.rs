//! The site that is published now: which of its files are ours, and which are not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, FileType, Permissions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::failure::{Refusal, WriteFailure};
use super::guard::{Place, look};
use super::manifest::{self, MANIFEST_NAME};
use super::route;

/// A file in the output that we did not write.
pub(super) struct Foreign {
    /// Where it is, relative to the output. It need not be valid text.
    pub(super) path: PathBuf,
    /// What it is, links not followed.
    pub(super) kind: FileType,
}

/// What the output holds before the new site takes its place. An output that does not exist is
/// one that holds nothing.
#[derive(Default)]
pub(super) struct Published {
    root: PathBuf,
    /// Permissions of the output folder, if it exists.
    pub(super) permissions: Option<Permissions>,
    /// Everything we did not write, sorted.
    pub(super) foreign: Vec<Foreign>,
    /// Routes of ours that are there, and whether each still is a plain file.
    ours: BTreeMap<String, bool>,
    foreign_files: BTreeSet<String>,
    /// Folders that hold something foreign, each with one such file to name in a message.
    foreign_folders: BTreeMap<String, String>,
    has_empty_folder: bool,
    manifest: Vec<u8>,
}

impl Published {
    /// Takes stock of the output; refuses one that holds files but no manifest of ours.
    pub(super) fn read(place: &Place) -> Result<Self, WriteFailure> {
        let failed = |cause| WriteFailure::io("read the folder", &place.out, 0, cause);
        let mut this = Self { root: place.out.clone(), ..Self::default() };
        let Some(found) = look(&this.root).map_err(failed)? else {
            return Ok(this);
        };
        this.permissions = Some(found.permissions());
        if is_empty(&this.root).map_err(failed)? {
            return Ok(this);
        }
        let path = this.root.join(MANIFEST_NAME);
        if !look(&path).map_err(failed)?.is_some_and(|found| found.is_file()) {
            return Err(WriteFailure::refused(&place.shown, Refusal::NotOurs));
        }
        this.manifest =
            fs::read(&path).map_err(|e| WriteFailure::io("read the manifest", &path, 0, e))?;
        let listed = manifest::read(&this.manifest)
            .map_err(|reason| WriteFailure::Manifest { path, reason })?;
        this.walk(listed).map_err(failed)?;
        this.foreign.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(this)
    }

    /// Where a file of the published site is.
    pub(super) fn path(&self, relative: &Path) -> PathBuf {
        self.root.join(relative)
    }

    /// The foreign file that leaves no room for a file at `route`, if there is one.
    pub(super) fn obstacle(&self, route: &str) -> Option<String> {
        if self.foreign_files.contains(route) {
            return Some(route.into());
        }
        self.foreign_folders.get(route).cloned()
    }

    /// Whether something foreign that is no folder stands where a folder has to be.
    pub(super) fn blocks_folder(&self, folder: &str) -> bool {
        self.foreign_files.contains(folder)
    }

    /// Whether the published file at `route` is ours and has exactly these bytes.
    ///
    /// The bytes are read and compared, not the hash in the manifest: a page edited by hand may
    /// keep its length and even its time stamp, and has to be put right. A file that cannot be
    /// read counts as changed, which costs a write and nothing else.
    pub(super) fn holds(&self, route: &str, bytes: &[u8]) -> bool {
        let plain = self.ours.get(route).copied().unwrap_or(false);
        plain && same_bytes(&self.path(&route::path(route)), bytes).unwrap_or(false)
    }

    /// How many files of ours are there that `keeps` does not want.
    pub(super) fn stale(&self, keeps: impl Fn(&str) -> bool) -> usize {
        self.ours.keys().filter(|route| !keeps(route)).count()
    }

    /// Whether the folder is what a site with this manifest would be, given that every file of
    /// the site was found unchanged and none is stale.
    pub(super) fn is_tidy(&self, manifest: &str) -> bool {
        !self.has_empty_folder && self.manifest == manifest.as_bytes()
    }

    /// Sorts everything in the output into ours and foreign. Links are never followed, so nothing
    /// outside the output is ever read or kept.
    fn walk(&mut self, mut listed: BTreeSet<String>) -> io::Result<()> {
        let mut pending = vec![PathBuf::new()];
        while let Some(folder) = pending.pop() {
            let mut empty = true;
            for entry in fs::read_dir(self.root.join(&folder))? {
                let entry = entry?;
                let kind = entry.file_type()?;
                let path = folder.join(entry.file_name());
                empty = false;
                if kind.is_dir() {
                    pending.push(path);
                } else {
                    self.sort_in(path, kind, &mut listed);
                }
            }
            self.has_empty_folder |= empty;
        }
        Ok(())
    }

    fn sort_in(&mut self, path: PathBuf, kind: FileType, listed: &mut BTreeSet<String>) {
        let name = route_of(&path);
        if name == MANIFEST_NAME {
            return;
        }
        // A path that is no valid text cannot have come from a route.
        if path.to_str().is_some()
            && let Some(route) = listed.take(&name)
        {
            self.ours.insert(route, kind.is_file());
            return;
        }
        for folder in route::folders(&name) {
            self.foreign_folders.entry(folder.into()).or_insert_with(|| name.clone());
        }
        self.foreign_files.insert(name);
        self.foreign.push(Foreign { path, kind });
    }
}

/// The path in the spelling of a route, with a stand-in for what is no valid text.
pub(super) fn route_of(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().transpose()?.is_none())
}

fn same_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut chunk = [0; 64 * 1024];
    let mut rest = bytes;
    loop {
        let count = file.read(&mut chunk)?;
        if count == 0 {
            return Ok(rest.is_empty());
        }
        let Some(tail) = rest.strip_prefix(&chunk[..count]) else {
            return Ok(false);
        };
        rest = tail;
    }
}
