//! Trouble that the author of a site folder can mend, told so that they can.
//!
//! A [`Diagnostic`] has a stable [`Code`], a place in a file and a way out. Parsing and checking
//! return an [`Outcome`]: a value and every diagnostic found on the way, so one run shows all of
//! them. A [`Failure`] is the other kind of trouble: the machine or the command line.
//! This module must never quote a value that is about people; see [`is_private`].

mod code;
mod failure;
mod json;
mod mask;
mod outcome;
pub mod render;
mod suggest;

use crate::sources::Span;

pub use code::{ALL_CODES, Code, explain};
pub use failure::Failure;
pub use json::to_json_lines;
pub use mask::is_private;
pub use outcome::{Outcome, has_errors};
pub use suggest::{did_you_mean, listing};

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published: a figure or a page would be wrong.
    Error,
    /// Publishable, but somebody should look.
    Warning,
}

/// A second place that helps to understand the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: String,
}

/// One thing that is wrong, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, the key of `placewise explain`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a full stop: what is wrong.
    pub message: String,
    /// Where; absent only when a whole file is missing.
    pub span: Option<Span>,
    /// Few words put under the marked text.
    pub label: String,
    /// Other places.
    pub labels: Vec<Label>,
    /// How to mend it, most likely way first.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// Starts an error.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
            label: String::new(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Starts a warning.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Puts it at a place.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// Writes a few words under the marked text.
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = text.into();
        self
    }

    /// Marks a second place.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a way to mend it.
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help.push(text.into());
        self
    }

    /// Adds a way to mend it, if there is one to tell.
    pub fn maybe_help(mut self, text: Option<String>) -> Diagnostic {
        self.help.extend(text);
        self
    }

    /// Order in which diagnostics are told: by file, then by place, then by code.
    fn sort_key(&self) -> (Option<Span>, Code, &str) {
        (self.span, self.code, &self.message)
    }
}

/// Sorts by place and drops exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup();
}
