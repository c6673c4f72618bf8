//! The audit of the finished site: reads it as anybody can.
//!
//! Every build ends here, and no setting leaves it out. The audit shares no code with what decides
//! which figures are withheld. It reads the figures of all finished files through their keys
//! (`page`, `rows`), and holds them against each other and against what was decided (`compare`).
//!
//! A finding is an error. It names a file, a rule, a table and a key, and never a value.
//!
//! # What the audit does not prove
//!
//! It does not look at what people type into texts. A figure that a theme prints as bare words,
//! without its key and without the figure component, is a published figure all the same: a theme is
//! given no other.

mod compare;
mod markup;
mod page;
mod reading;
mod rows;
mod script;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::policy::Policy;
use super::publication::Publication;
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::analysis::{CellKey, Counts, Measure, Unit};
use compare::Findings;
use sheet::Rule;

pub use sheet::Sheet;

/// Most findings that are told one by one.
const TOLD: usize = 40;

/// Which figures are small. Sensitive: it never leaves `evidence`.
#[derive(Default)]
pub(in crate::evidence) struct Watched {
    /// Keys of counts that are too small to be shown.
    small: BTreeSet<CellKey>,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched(withheld)")
    }
}

impl Watched {
    /// Marks the counts that the rules of a profile call small, by its threshold alone.
    pub(super) fn of(policy: &Policy, counts: &Counts, has_lists: bool) -> Watched {
        let mut watched = Watched::default();
        for (key, count) in counts.iter() {
            let of_residents =
                matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers);
            let is_counted = if of_residents { !count.providers.is_empty() } else { has_lists };
            if key.measure.unit() != Unit::People || !is_counted {
                continue;
            }
            if count.known < policy.threshold && !(count.known == 0 && policy.zero_shown) {
                watched.small.insert(key.clone());
            }
        }
        watched
    }
}

/// The audit of one publication.
pub struct Audit<'p> {
    watched: &'p Watched,
    decided: BTreeMap<String, compare::Decided<'p>>,
}

impl Publication {
    /// The audit of a site that is made from this publication.
    pub fn audit(&self) -> Audit<'_> {
        Audit { watched: &self.watched, decided: compare::decided(self) }
    }
}

impl Audit<'_> {
    /// Reads a finished file; `file` is its path within the output. Files can be read in any
    /// order, and on any thread.
    pub fn read(&self, file: &str, bytes: &[u8]) -> Sheet {
        let mut sheet = Sheet::new(file);
        let text = std::str::from_utf8(bytes);
        match (file.rsplit('.').next().unwrap_or_default(), text) {
            ("html" | "svg", Ok(text)) => page::read(text, &mut sheet),
            ("csv", Ok(_)) => rows::read_csv(bytes, &mut sheet),
            ("json", Ok(_)) => rows::read_json(bytes, &mut sheet),
            ("js", Ok(text)) => script::read(text, &mut sheet),
            // Style, addresses and the word to robots: the same for any people.
            ("css" | "txt" | "xml", Ok(_)) => {}
            ("html" | "svg" | "csv" | "json" | "js" | "css" | "txt" | "xml", Err(_)) => {
                sheet.fault(Rule::UnreadableFile, "");
            }
            _ => sheet.fault(Rule::UnknownFile, ""),
        }
        sheet
    }

    /// Holds one file against what was decided.
    pub fn judge_file(&self, sheet: &Sheet) -> Vec<Diagnostic> {
        let mut findings = Findings::default();
        findings.compare(self, std::slice::from_ref(sheet));
        self.told(findings)
    }

    /// Holds all files against each other and against what was decided.
    pub fn judge(&self, mut sheets: Vec<Sheet>) -> Vec<Diagnostic> {
        sheets.sort_by(|a, b| a.file.cmp(&b.file));
        let mut findings = Findings::default();
        findings.compare(self, &sheets);
        self.told(findings)
    }

    fn told(&self, findings: Findings) -> Vec<Diagnostic> {
        let all = findings.into_sorted();
        let more = all.len().saturating_sub(TOLD);
        let mut told: Vec<Diagnostic> = all
            .into_iter()
            .take(TOLD)
            .map(|finding| {
                let message = finding.message(self);
                Diagnostic::error(Code::AuditFailed, message).help(finding.help())
            })
            .collect();
        if more > 0 {
            let message = format!("the audit found {more} more such figures");
            let help = "mend the ones above first; they often have one cause";
            told.push(Diagnostic::error(Code::AuditFailed, message).help(help));
        }
        told
    }
}
