//! Files for the commissioner alone: where they may be, and how they are written.
//!
//! `place` decides where such a file may be, `file` writes it so that only its owner can read it.
//! What is in it is no matter here: each kind of file says what it is called in messages, and how
//! an earlier one is known. `cache` keeps answers for the next run, in files of that kind.

mod cache;
mod file;
mod place;

use std::fmt;
use std::io::Read;

pub use cache::Cache;
pub(in crate::evidence) use file::put;
pub use place::{Fences, Place};

/// A kind of private file.
pub(in crate::evidence) struct Kind {
    /// What is written, as in "cannot write workings".
    pub(in crate::evidence) name: &'static str,
    /// What may be replaced, as in "something else than earlier workings is there".
    pub(in crate::evidence) earlier: &'static str,
    /// What is said of an earlier file where a new one could not be written.
    pub(in crate::evidence) stays: &'static str,
    /// Why it must not be published, as the first half of a sentence that ends in "and must never
    /// be published".
    pub(in crate::evidence) holds: &'static str,
    /// Its word in the name that the file has until it is whole.
    pub(in crate::evidence) mark: &'static str,
    /// Whether what stands in a file is of this kind, of whatever version.
    pub(in crate::evidence) is_ours: fn(&mut dyn Read) -> bool,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.mark)
    }
}
