//! Writes files of a site folder: what importers bring and what a new folder starts with.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// So many names are tried for a file that is being written, should killed runs have left theirs.
const NAMES_AT_MOST: usize = 1_000;

/// Writes each file into the folder, each whole or not at all.
///
/// Everything is written beside its target and saved before the first file is put in place, so a
/// full disk changes nothing. Inside the folder no link is followed: a folder from somebody else
/// could lead anywhere.
///
/// # Errors
///
/// Tells the first file that could not be written. Unless renaming is what failed, no file has
/// changed; then those before it are in place.
pub fn put_inputs(
    folder: &Path,
    files: &BTreeMap<String, String>,
) -> Result<(), (PathBuf, io::Error)> {
    for path in files.keys() {
        refuse_links(folder, path).map_err(|error| (folder.join(path), error))?;
    }
    let mut waiting = Waiting::default();
    for (path, text) in files {
        let target = folder.join(path);
        waiting.write(&target, text).map_err(|error| (target, error))?;
    }
    waiting.save()?;
    waiting.put_in_place()
}

/// Refuses a target that is a link, or that lies behind one inside the folder. The folder itself
/// may be reached by a link, because the user named it.
fn refuse_links(folder: &Path, path: &str) -> io::Result<()> {
    let mut inside = folder.to_path_buf();
    for part in Path::new(path) {
        inside.push(part);
        match fs::symlink_metadata(&inside) {
            Ok(found) if found.is_symlink() => {
                return Err(io::Error::other(format!(
                    "`{}` is a link, and nothing is written through links; put the real file or \
                     folder in its place",
                    inside.display()
                )));
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Files that are written but not yet in place; dropping it removes them.
#[derive(Default)]
struct Waiting {
    /// Where each file is now, and where it belongs.
    files: Vec<(PathBuf, PathBuf)>,
    /// The number that the next name carries.
    next: usize,
}

impl Waiting {
    /// Writes beside the target, so that a reader never meets half a file.
    fn write(&mut self, target: &Path, text: &str) -> io::Result<()> {
        let folder = target.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder)?;
        let (beside, mut file) = self.create(folder)?;
        self.files.push((beside, target.to_path_buf()));
        file.write_all(text.as_bytes())?;
        // Elsewhere one call saves all files at once.
        match cfg!(target_os = "linux") {
            true => Ok(()),
            false => file.sync_all(),
        }
    }

    /// Makes a file that was not there, whose name no other process uses. What stands under that
    /// name, such as a planted link, is neither followed nor taken away.
    fn create(&mut self, folder: &Path) -> io::Result<(PathBuf, File)> {
        for _ in 0..NAMES_AT_MOST {
            let name = format!(".placewise-{}-{}.tmp", std::process::id(), self.next);
            self.next += 1;
            let beside = folder.join(name);
            match File::options().write(true).create_new(true).open(&beside) {
                Ok(file) => return Ok((beside, file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("the folder is full of `.placewise-*.tmp`; take them out"))
    }

    /// Sees to it that the texts are on the disk before they take the place of others. On Linux
    /// that is one call for each folder, since one for each of 20,000 files would take minutes.
    fn save(&self) -> Result<(), (PathBuf, io::Error)> {
        #[cfg(target_os = "linux")]
        {
            let folders = self.files.iter().filter_map(|(beside, _)| beside.parent());
            for folder in std::collections::BTreeSet::from_iter(folders) {
                // A target in the present folder has a parent without a name.
                let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                File::open(named)
                    .and_then(|folder| Ok(rustix::fs::syncfs(&folder)?))
                    .map_err(|error| (folder.to_path_buf(), error))?;
            }
        }
        Ok(())
    }

    fn put_in_place(mut self) -> Result<(), (PathBuf, io::Error)> {
        // From the end, since that is where a list can be made shorter.
        self.files.reverse();
        while let Some((beside, target)) = self.files.pop() {
            if let Err(error) = fs::rename(&beside, &target) {
                self.files.push((beside, target.clone()));
                return Err((target, error));
            }
        }
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        for (beside, _) in &self.files {
            // There is nobody left to tell; a file of this name is not read as part of the site.
            let _ = fs::remove_file(beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_put_in_place_and_nothing_is_left_beside_them() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("data")).unwrap();
        fs::write(dir.path().join("data/a.yaml"), "old and longer").unwrap();
        put_inputs(dir.path(), &files(&[("data/a.yaml", "new"), ("b.csv", "b")])).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("data/a.yaml")).unwrap(), "new");
        assert_eq!(names(dir.path()), ["b.csv", "data"]);
        assert_eq!(names(&dir.path().join("data")), ["a.yaml"]);
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b.yaml/in the way")).unwrap();
        let list = files(&[("a.yaml", "a"), ("b.yaml", "b"), ("c.yaml", "c")]);
        let (path, _) = put_inputs(dir.path(), &list).unwrap_err();
        assert_eq!(path, dir.path().join("b.yaml"));
        assert_eq!(names(dir.path()), ["a.yaml", "b.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_under_the_name_of_the_waiting_file_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let victim = dir.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        let site = dir.path().join("site");
        fs::create_dir(&site).unwrap();
        let planted = format!(".placewise-{}-0.tmp", std::process::id());
        for name in ["a.yaml.placewise.tmp", &planted] {
            std::os::unix::fs::symlink(&victim, site.join(name)).unwrap();
        }
        put_inputs(&site, &files(&[("a.yaml", "a")])).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(fs::read_to_string(site.join("a.yaml")).unwrap(), "a");
        assert!(!fs::symlink_metadata(site.join("a.yaml")).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_inside_the_folder() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        let refused = |site: &Path| {
            let list = files(&[("a.csv", "a"), ("data/providers/x.yaml", "x")]);
            let (path, error) = put_inputs(site, &list).unwrap_err();
            assert_eq!(path, site.join("data/providers/x.yaml"));
            assert!(error.to_string().contains("is a link"), "{error}");
            assert!(!site.join("a.csv").exists(), "something was written");
            assert!(names(&elsewhere).is_empty());
        };
        let linked = |name: &str, link: &str, to: &Path| {
            let site = dir.path().join(name);
            let link = site.join(link);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(to, link).unwrap();
            site
        };
        refused(&linked("one", "data", &elsewhere));
        refused(&linked("two", "data/providers", &elsewhere));
        refused(&linked("three", "data/providers/x.yaml", &elsewhere.join("new.yaml")));
        // The folder that the user named may be a link itself.
        let site = linked("four", "here", &elsewhere).join("here");
        put_inputs(&site, &files(&[("a.csv", "a")])).unwrap();
        assert_eq!(names(&elsewhere), ["a.csv"]);
    }
}
