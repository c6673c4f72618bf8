//! What the program says, and where it says it.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::Instant;

use crate::cli::{Format, Shared};
use crate::diagnostics::{Diagnostic, Failure, render, to_json_lines};
use crate::sources::SourceSet;

/// The two streams, and how much to say on them.
pub(crate) struct Terminal {
    format: Format,
    quiet: bool,
    timings: bool,
    style: render::Style,
    since: Cell<Instant>,
}

impl Terminal {
    pub(crate) fn new(shared: &Shared) -> Terminal {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Terminal {
            format: shared.format,
            quiet: shared.quiet,
            timings: shared.timings,
            style: if colour { render::Style::Coloured } else { render::Style::Plain },
            since: Cell::new(Instant::now()),
        }
    }

    /// Prints a result.
    pub(crate) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // The reader has seen enough, as in `placewise figures | head`.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::new(format!("cannot print the result: {error}"), "")),
            Ok(()) => Ok(()),
        }
    }

    /// Says how things go, unless nobody wants to hear it.
    pub(crate) fn progress(&self, text: &str) {
        if !self.quiet && self.format == Format::Text {
            self.say(text);
        }
    }

    /// Says what the user must know to go on, however quiet they want it.
    pub(crate) fn notice(&self, text: &str) {
        self.say(text);
    }

    /// Says how long a step took, if asked.
    pub(crate) fn step(&self, name: &str) {
        let now = Instant::now();
        let took = now - self.since.replace(now);
        if self.timings {
            self.say(&format!("{name}: {:.3} s", took.as_secs_f64()));
        }
    }

    /// Prints all diagnostics and their number.
    pub(crate) fn diagnostics(&self, sources: &SourceSet, diagnostics: &[Diagnostic]) {
        match self.format {
            _ if diagnostics.is_empty() => {}
            Format::Text | Format::Csv => {
                self.say(&render::report(sources, diagnostics, self.style))
            }
            Format::Json => self.say(to_json_lines(sources, diagnostics).trim_end()),
        }
    }

    /// Prints a failure.
    pub(crate) fn failure(&self, failure: &Failure) {
        match self.format {
            Format::Text | Format::Csv => self.say(&failure.to_string()),
            Format::Json => self.say(
                &serde_json::json!({
                    "severity": "failure",
                    "message": failure.message,
                    "help": [failure.hint],
                })
                .to_string(),
            ),
        }
    }

    fn say(&self, text: &str) {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}
