//! Trouble with the machine or the command line, not with the data.

use std::fmt;

use super::mask::scrub;

/// A failure of the machine or of the way the program was called; exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What failed, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Failure {
    /// Makes a failure from what went wrong and what to do. Names of files may hold details of
    /// people; these are not told.
    pub fn new(message: impl AsRef<str>, hint: impl AsRef<str>) -> Failure {
        Failure { message: scrub(message.as_ref()), hint: scrub(hint.as_ref()) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  = help: {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
