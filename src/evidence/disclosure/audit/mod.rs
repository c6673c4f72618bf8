//! The audit of the finished site: reads it as anybody can.
//!
//! Every build ends here, and no setting leaves it out. The audit shares no code with what decides
//! which figures are withheld. It reads the figures of all finished files through their keys
//! (`page`, `rows`), and holds them against each other and against what was decided (`compare`).
//!
//! If all is as decided, it plays a reader (`attack`), who knows the rules, what the mark means,
//! where areas and levels lie, how figures hang together, and what free places and lines of gaps
//! tell. A small number that such a reader can narrow to fewer than four values is a finding,
//! unless public facts alone leave as few. Of people nothing is taken from what decides, but which
//! numbers are small and what each provider knows of its own.
//!
//! A finding is an error. It names a file or a table, a rule and a key, and never a value.
//!
//! # What the audit does not prove
//!
//! The attack finds by bounds and by linear programmes. These allow halves of people, so a number
//! can be narrower than they show: what is found is proved, that nothing is found is not. That all
//! numbers are wide is proved before, with whole tables, by what protects. People of each need are
//! looked at apart, within the bounds that follow from those of all people and from free places
//! that several groups share; on small sites also all at once. Free places are worked out again
//! from the records of services.
//!
//! Providers read too (`attack::inside`, `attack::residents`): those that house people placed away,
//! by their own people, and all of them by their own residents. Of these it is told the numbers, as
//! the provider knows them.
//!
//! It does not reckon with earlier editions, nor with providers that tell each other what they
//! know.
//!
//! It does not look at what people type into texts. A figure that a theme prints as bare words,
//! without its key and without the figure component, is a published figure all the same: a theme is
//! given no other.

mod announced;
mod attack;
mod compare;
mod insiders;
mod markup;
mod page;
mod reading;
mod rows;
mod script;
mod sheet;
#[cfg(test)]
mod tests;
mod watched;

use std::collections::BTreeMap;

use super::publication::Publication;
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::analysis::CellKey;
use attack::{Doors, Found, Public};
use compare::Findings;
use reading::Reading;
use sheet::Rule;

pub use sheet::Sheet;
pub(in crate::evidence) use watched::Watched;

/// Most findings that are told one by one.
const TOLD: usize = 40;

/// The audit of one publication.
pub struct Audit<'p> {
    publication: &'p Publication,
    watched: &'p Watched,
    decided: BTreeMap<String, compare::Decided<'p>>,
}

impl Publication {
    /// The audit of a site that is made from this publication.
    pub fn audit(&self) -> Audit<'_> {
        Audit { publication: self, watched: &self.watched, decided: compare::decided(self) }
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

    /// Holds all files against what was decided, and if they are as decided, attacks them.
    pub fn judge(&self, mut sheets: Vec<Sheet>) -> Vec<Diagnostic> {
        sheets.sort_by(|a, b| a.file.cmp(&b.file));
        let mut findings = Findings::default();
        findings.compare(self, &sheets);
        if findings.is_empty() {
            let read = sheets.iter().flat_map(|sheet| &sheet.figures);
            let read: BTreeMap<&str, &Reading> =
                read.map(|(key, reading)| (key.as_str(), reading)).collect();
            let keys = self.publication.figures().map(|figure| figure.key());
            let read = keys.filter_map(|key| Some((key, *read.get(key.to_string().as_str())?)));
            self.attack(&read.collect(), &mut findings);
        }
        self.told(findings)
    }

    /// Plays a reader of these figures.
    fn attack(&self, readings: &BTreeMap<&CellKey, &Reading>, findings: &mut Findings) {
        let public = Public {
            publication: self.publication,
            doors: self.watched.announced.as_ref().map(|to| Doors::of(self.publication, to)),
            asked: &self.watched.asked,
            are_rests_few: self.watched.are_rests_few,
        };
        let outside = || attack::attack(&public, readings, &self.watched.small);
        let inside = || attack::inside(&public, readings, &self.watched.insiders);
        let people = || rayon::join(outside, inside);
        let residents = || attack::residents(self.publication, readings, &self.watched.residents);
        let ((outside, inside), residents) = rayon::join(people, residents);
        for found in outside.into_iter().chain(inside).chain(residents) {
            let (rule, number) = match found {
                Found::Contradiction(number) => (Rule::Contradiction, number),
                Found::Narrow(number) => (Rule::Narrow, number),
                Found::Undecided(number) => (Rule::Undecided, number),
            };
            findings.add(rule, &number, "");
        }
    }

    /// What is found by whoever reads all figures as they were decided, in no file.
    #[cfg(test)]
    pub(super) fn attacked(&self) -> Vec<Diagnostic> {
        let readings = self.decided.values().filter_map(|told| Some((told.cell?, &told.reading)));
        let mut findings = Findings::default();
        self.attack(&readings.collect(), &mut findings);
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
