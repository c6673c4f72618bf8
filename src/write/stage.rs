//! A new site on its way: files are put in one by one and published together.

use std::collections::{BTreeMap, BTreeSet};

use super::failure::WriteFailure;
use super::guard::Place;
use super::lock::Lock;
use super::manifest::{self, MANIFEST_NAME, Print};
use super::published::{Published, route_of};
use super::route;
use super::scaffold::Staging;
use super::swap;
use super::tree::Tree;

/// What publishing a site did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files of the old site that were kept, because their bytes are the same.
    pub unchanged: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// Files that Placewise did not write and left in the output, sorted.
    pub carried_over: Vec<String>,
    /// What went wrong after the new site was published. None of it harms the site.
    pub warnings: Vec<String>,
}

/// A site that is being staged. Dropped without [`Stage::commit`], it leaves the published site
/// as it was and nothing beside it.
#[must_use = "a staged site is thrown away unless it is committed"]
pub struct Stage {
    place: Place,
    published: Published,
    files: BTreeMap<String, Entry>,
    /// Every folder a file lies in, to notice a route that is both a file and a folder.
    folders: BTreeSet<String>,
    /// The first route that failed. A site without it must not be published.
    failed: Option<String>,
    tree: Tree,
    // Fields are dropped in this order: the lock goes last, when the staging folder is gone.
    staging: Staging,
    lock: Lock,
}

struct Entry {
    print: Print,
    unchanged: bool,
}

impl Stage {
    pub(super) fn new(place: Place, published: Published, staging: Staging, lock: Lock) -> Self {
        Self {
            place,
            published,
            files: BTreeMap::new(),
            folders: BTreeSet::new(),
            failed: None,
            tree: Tree::new(staging.site()),
            staging,
            lock,
        }
    }

    /// Stages one file. `route` is its path in the site with `/` between the segments, such as
    /// `directory/elm-house/index.html`.
    ///
    /// Routes that differ only in case or in the form of their accents are the caller's to avoid.
    ///
    /// # Errors
    ///
    /// Fails for a route that is no plain relative path, was put before, is kept for the
    /// manifest, or is taken by a file we did not write; and when the disk refuses. After any
    /// failure the site cannot be committed.
    pub fn put(&mut self, route: &str, bytes: &[u8]) -> Result<(), WriteFailure> {
        let result = self.stage(route, bytes);
        if result.is_err() && self.failed.is_none() {
            self.failed = Some(route.escape_debug().to_string());
        }
        result
    }

    /// Publishes what was put, whole or not at all, and removes what no longer belongs.
    ///
    /// # Errors
    ///
    /// Fails when an earlier [`Stage::put`] failed or when the disk refuses. The published site
    /// is then as it was.
    pub fn commit(mut self) -> Result<WriteReport, WriteFailure> {
        if let Some(route) = self.failed.take() {
            return Err(WriteFailure::Incomplete { route });
        }
        let mut report = self.report();
        let prints = self.files.iter().map(|(route, file)| (route.as_str(), file.print));
        let manifest = manifest::write(prints);
        // A build that changes nothing touches nothing: no swap that would give every folder a
        // new time stamp and pull the site from under a server that watches it.
        if report.written == 0 && report.removed == 0 && self.published.is_tidy(&manifest) {
            return Ok(report);
        }
        self.keep_unchanged()?;
        self.carry_over()?;
        self.tree.write(MANIFEST_NAME.as_ref(), manifest.as_bytes())?;
        if let Some(permissions) = self.published.permissions.take() {
            self.tree.permit(permissions)?;
        }
        self.tree.sync()?;
        report.warnings = swap::publish(&self.place, self.staging)?;
        drop(self.lock);
        Ok(report)
    }

    fn stage(&mut self, route: &str, bytes: &[u8]) -> Result<(), WriteFailure> {
        route::check(route)?;
        self.reserve(route)?;
        let unchanged = self.published.holds(route, bytes);
        // Unchanged files are only linked at the end: most builds turn out to change nothing.
        if !unchanged {
            self.tree.write(&route::path(route), bytes)?;
        }
        self.files.insert(route.into(), Entry { print: Print::of(bytes), unchanged });
        Ok(())
    }

    /// Makes sure nothing else stands, or will stand, where the route and its folders go.
    fn reserve(&mut self, route: &str) -> Result<(), WriteFailure> {
        if self.files.contains_key(route) {
            return Err(WriteFailure::Duplicate { route: route.into() });
        }
        if self.folders.contains(route) {
            return Err(WriteFailure::FileAndFolder { route: route.into() });
        }
        if let Some(existing) = self.published.obstacle(route) {
            return Err(self.foreign(route, existing));
        }
        for folder in route::folders(route) {
            if self.folders.contains(folder) {
                break;
            }
            if self.files.contains_key(folder) {
                return Err(WriteFailure::FileAndFolder { route: folder.into() });
            }
            if self.published.blocks_folder(folder) {
                return Err(self.foreign(route, folder.into()));
            }
            self.folders.insert(folder.into());
        }
        Ok(())
    }

    fn foreign(&self, route: &str, existing: String) -> WriteFailure {
        WriteFailure::Foreign { route: route.into(), existing: self.place.shown.join(existing) }
    }

    fn report(&self) -> WriteReport {
        let unchanged = self.files.values().filter(|file| file.unchanged).count();
        WriteReport {
            written: self.files.len() - unchanged,
            unchanged,
            removed: self.published.stale(|route| self.files.contains_key(route)),
            carried_over: self.published.foreign.iter().map(|file| route_of(&file.path)).collect(),
            warnings: Vec::new(),
        }
    }

    fn keep_unchanged(&mut self) -> Result<(), WriteFailure> {
        for (route, _) in self.files.iter().filter(|(_, file)| file.unchanged) {
            let relative = route::path(route);
            self.tree.keep(&self.published.path(&relative), &relative)?;
        }
        Ok(())
    }

    fn carry_over(&mut self) -> Result<(), WriteFailure> {
        for file in &self.published.foreign {
            let from = self.published.path(&file.path);
            if file.kind.is_file() {
                self.tree.keep(&from, &file.path)?;
            } else {
                self.tree.keep_special(&from, &file.path, file.kind)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::tree::faulty::{LINKS, ROOM};
    use super::super::{WriteFailure, WriteReport, open};
    use super::MANIFEST_NAME;

    fn publish(out: &Path, pages: &[(&str, &str)]) -> Result<WriteReport, WriteFailure> {
        let mut stage = open(out, &[])?;
        for (route, text) in pages {
            stage.put(route, text.as_bytes())?;
        }
        stage.commit()
    }

    #[test]
    fn a_disk_that_fills_up_anywhere_leaves_the_old_site() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        publish(&out, &[("a.html", "old a"), ("b.html", "old b")]).unwrap();
        let manifest = fs::read(out.join(MANIFEST_NAME)).unwrap();
        let pages = [("a.html", "new a"), ("deep/c.html", "new c")];
        let mut room = 0;
        // One byte more of room each time, so the disk is full in every page and in the manifest.
        loop {
            ROOM.set(room);
            let result = publish(&out, &pages);
            ROOM.set(usize::MAX);
            let Err(failure) = result else { break };
            assert!(matches!(failure, WriteFailure::Full { .. }), "{failure}");
            assert!(failure.to_string().starts_with("the disk is full while writing"), "{failure}");
            assert!(failure.hint().starts_with("free at least 1 kB"), "{}", failure.hint());
            assert_eq!(fs::read(out.join("a.html")).unwrap(), b"old a");
            assert_eq!(fs::read(out.join("b.html")).unwrap(), b"old b");
            assert_eq!(fs::read(out.join(MANIFEST_NAME)).unwrap(), manifest);
            assert!(!out.join("deep").exists());
            let beside = fs::read_dir(dir.path()).unwrap().count();
            assert_eq!(beside, if cfg!(windows) { 2 } else { 1 });
            room += 1;
        }
        assert!(room > 10, "the manifest needs room too");
        assert_eq!(fs::read(out.join("deep/c.html")).unwrap(), b"new c");
    }

    #[test]
    fn a_disk_without_hard_links_gets_copies_with_the_same_time() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        publish(&out, &[("kept.html", "kept"), ("changed.html", "old")]).unwrap();
        fs::write(out.join("CNAME"), "care.example.org").unwrap();
        let time = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
        let before = (time("kept.html"), time("CNAME"));
        LINKS.set(false);
        let report = publish(&out, &[("kept.html", "kept"), ("changed.html", "new")]);
        LINKS.set(true);
        let report = report.unwrap();
        assert_eq!((report.written, report.unchanged, report.carried_over.len()), (1, 1, 1));
        assert_eq!((time("kept.html"), time("CNAME")), before);
        assert_eq!(fs::read(out.join("kept.html")).unwrap(), b"kept");
        assert_eq!(fs::read(out.join("CNAME")).unwrap(), b"care.example.org");
    }
}
