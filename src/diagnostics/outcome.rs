//! A value together with everything that was found wrong while making it.

use super::{Diagnostic, Severity};

/// Result of a step that can go on after a fault: perhaps a value, and all diagnostics.
///
/// `value` is absent only when nothing trustworthy could be made. A value beside errors is a
/// partial result, good for finding more errors but not for publishing.
#[derive(Clone, Debug)]
#[must_use]
pub struct Outcome<T> {
    /// What could be made.
    pub value: Option<T>,
    /// What is wrong, in the order found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value and no complaints.
    pub fn clean(value: T) -> Outcome<T> {
        Outcome { value: Some(value), diagnostics: Vec::new() }
    }

    /// A value with what was found on the way.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Outcome<T> {
        Outcome { value: Some(value), diagnostics }
    }

    /// No value.
    pub fn failed(diagnostics: Vec<Diagnostic>) -> Outcome<T> {
        Outcome { value: None, diagnostics }
    }

    /// Moves the diagnostics into `into` and gives the value.
    pub fn take(self, into: &mut Vec<Diagnostic>) -> Option<T> {
        into.extend(self.diagnostics);
        self.value
    }

    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Whether any of these is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
