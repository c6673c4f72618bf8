//! Where a private file may be written, and where never.
//!
//! Every doubt is a refusal, spoken before anything is computed or created. Folders are compared by
//! what they are on the disk and not by their spelling, so neither a link nor `..`, nor another
//! case of the letters, leads around a fence.

use std::fs::{self, File, Metadata};
use std::io::{BufReader, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::Kind;
use crate::diagnostics::Failure;

/// Folders that a private file must stay out of.
pub struct Fences<'a> {
    /// The site folder, and what else a build reads from.
    pub inputs: &'a [PathBuf],
    /// Where the site is published, whether it is there yet or not.
    pub outputs: &'a [PathBuf],
    /// Name of the file by which any folder is known as a published site.
    pub published_mark: &'a str,
}

/// A place for a private file that passed all fences.
#[derive(Debug)]
pub struct Place {
    /// What kind of file it is for.
    pub(super) kind: &'static Kind,
    /// The file as the user named it.
    pub(super) shown: PathBuf,
    /// The folder that holds it, with every link resolved.
    pub(super) folder: PathBuf,
    /// The file in that folder.
    pub(super) file: PathBuf,
    /// What an earlier file of ours is like.
    pub(super) earlier: Option<Metadata>,
}

impl Place {
    /// Admits a file of this kind.
    ///
    /// # Errors
    ///
    /// Fails when its folder is not there, when it would lie in the site folder, in another input,
    /// in the output or in any published site, and when something else than an earlier file of its
    /// kind stands in its place.
    pub(in crate::evidence) fn admit(
        kind: &'static Kind,
        file: &Path,
        fences: &Fences,
    ) -> Result<Place, Failure> {
        let asked = Asked { kind, file };
        let absolute = std::path::absolute(file).map_err(|error| asked.refused(&error, NAME_IT))?;
        let (Some(above), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(asked.refused(&"it is not the name of a file", NAME_IT));
        };
        let folder = fs::canonicalize(above).map_err(|error| match error.kind() {
            ErrorKind::NotFound => asked.refused(&"its folder does not exist", "make it first"),
            _ => asked.refused(&error, NAME_IT),
        })?;
        let real = folder.join(name);
        for at in folder.ancestors().map(Path::to_path_buf).chain(as_spelt(above)) {
            asked.refuse_fenced(&at, fences)?;
        }
        asked.refuse_name_of_output(&real, fences)?;
        let earlier = asked.earlier(&real)?;
        Ok(Place { kind, shown: file.to_path_buf(), folder, file: real, earlier })
    }

    /// The file as the user named it.
    pub fn shown(&self) -> &Path {
        &self.shown
    }
}

const NAME_IT: &str = "name a file in a private folder of your own";

/// The folders that the file lies in by its spelling. Behind a link these are others than the
/// real ones, and a web server that follows links would show the file in them.
fn as_spelt(above: &Path) -> Vec<PathBuf> {
    // After `..` the spelling says nothing.
    match above.components().any(|part| part == Component::ParentDir) {
        true => Vec::new(),
        false => above.ancestors().map(Path::to_path_buf).collect(),
    }
}

/// What the user asked for.
struct Asked<'a> {
    kind: &'static Kind,
    /// The file as the user named it.
    file: &'a Path,
}

impl Asked<'_> {
    fn refused(&self, why: &dyn std::fmt::Display, hint: &str) -> Failure {
        let message =
            format!("cannot write {} to `{}`: {why}", self.kind.name, self.file.display());
        Failure::new(message, hint)
    }

    /// A refusal of a place that others may come to see.
    fn sent_elsewhere(&self, why: &dyn std::fmt::Display) -> Failure {
        let hint = format!(
            "{} and must never be published: name a file in a private folder outside the site and \
             its output",
            self.kind.holds
        );
        self.refused(why, &hint)
    }

    /// Refuses a folder that is behind a fence.
    fn refuse_fenced(&self, folder: &Path, fences: &Fences) -> Result<(), Failure> {
        let lies_in = |fence: &PathBuf| is_same(folder, fence);
        if let Some(input) = fences.inputs.iter().find(|fence| lies_in(fence)) {
            let why = format!("it lies in `{}`, which the site is made from", input.display());
            return Err(self.sent_elsewhere(&why));
        }
        if let Some(output) = fences.outputs.iter().find(|fence| lies_in(fence)) {
            let why = format!("it lies in `{}`, where the site is published", output.display());
            return Err(self.sent_elsewhere(&why));
        }
        // While it is built, a site stands beside its output under a name such as
        // `.public.placewise-staging`.
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let is_staged = name.starts_with('.') && name.contains(".placewise-");
        if is_staged || fs::symlink_metadata(folder.join(fences.published_mark)).is_ok() {
            let why = format!("`{}` is a site that Placewise has published", folder.display());
            return Err(self.sent_elsewhere(&why));
        }
        Ok(())
    }

    /// Refuses the very path of an output that is not there yet.
    fn refuse_name_of_output(&self, real: &Path, fences: &Fences) -> Result<(), Failure> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let is_output = fences.outputs.iter().any(|output| {
            let Ok(output) = std::path::absolute(output) else {
                return false;
            };
            let beside = output.parent().zip(real.parent());
            name(&output) == name(real) && beside.is_some_and(|(one, other)| is_same(one, other))
        });
        match is_output {
            true => Err(self.sent_elsewhere(&"the site is published under this name")),
            false => Ok(()),
        }
    }

    /// What an earlier file of the kind is like; anything else under this name is refused.
    fn earlier(&self, real: &Path) -> Result<Option<Metadata>, Failure> {
        let found = match fs::symlink_metadata(real) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.refused(&error, NAME_IT)),
        };
        if found.is_symlink() {
            return Err(self.refused(&"it is a link", "name the real file"));
        }
        if found.is_dir() {
            return Err(self.refused(&"it is a folder", "add the name of a file to it"));
        }
        // Reading anything but a plain file may never end.
        if !found.is_file() || !self.is_ours(real) {
            let why = format!("something else than {} is there", self.kind.earlier);
            return Err(self.refused(&why, "name a new file, or move that one away"));
        }
        Ok(Some(found))
    }

    /// Whether a file is of this kind, of whatever version.
    fn is_ours(&self, file: &Path) -> bool {
        let read = File::open(file).map(BufReader::new);
        read.is_ok_and(|mut file| (self.kind.is_ours)(&mut file))
    }
}

/// Whether two paths lead to one folder. A path that leads nowhere is like no other.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path| fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// Whether two paths lead to one folder. Resolving a path gives the case of the letters on the
/// disk.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}
