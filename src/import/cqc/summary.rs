//! What an import did, in numbers.

use std::collections::BTreeMap;
use std::fmt;

/// Counts of an import; none of them counts people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the file is called by its publisher.
    pub source: &'static str,
    /// Day the file was made, as ISO text, if it or its name says so.
    pub file_date: Option<String>,
    /// Rows below the headings.
    pub rows: usize,
    /// Rows that are now a service.
    pub services: usize,
    /// Rows that are not, by the rule of the report that says why.
    pub skipped: BTreeMap<&'static str, usize>,
    /// Providers of the services.
    pub providers: usize,
    /// Provider files that are new.
    pub new_files: usize,
    /// Provider files that change.
    pub changed_files: usize,
    /// Services that no file had.
    pub added: usize,
    /// Services of which the register says something else than at the last import.
    pub changed: usize,
    /// Services of which it says the same.
    pub unchanged: usize,
    /// Services of the site folder whose location is not in the file; they stay as they are.
    pub gone: usize,
    /// Changed services that have another rating.
    pub rating_changed: usize,
    /// Changed services that have become dormant.
    pub dormant_now: usize,
}

impl Summary {
    /// Whether every row is accounted for; anything else is a fault of the program.
    pub fn balances(&self) -> bool {
        self.rows == self.services + self.skipped.values().sum::<usize>()
            && self.services == self.added + self.changed + self.unchanged
    }

    /// Counts a row that gave no service.
    pub(super) fn skip(&mut self, rule: &'static str) {
        *self.skipped.entry(rule).or_insert(0) += 1;
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.file_date.as_deref().unwrap_or("no date in the file or its name");
        writeln!(f, "{} ({date})", self.source)?;
        writeln!(f, "{:>8} rows read", self.rows)?;
        writeln!(f, "{:>8} services of {} providers", self.services, self.providers)?;
        for (rule, rows) in &self.skipped {
            writeln!(f, "{rows:>8} rows {}", rule.replace('-', " "))?;
        }
        writeln!(f, "{:>8} services added", self.added)?;
        writeln!(f, "{:>8} changed", self.changed)?;
        writeln!(f, "{:>8} of these have another rating", self.rating_changed)?;
        writeln!(f, "{:>8} of these have become dormant", self.dormant_now)?;
        writeln!(f, "{:>8} unchanged", self.unchanged)?;
        writeln!(f, "{:>8} gone from the register file, left as they are", self.gone)?;
        write!(f, "{:>8} new provider files, {} changed", self.new_files, self.changed_files)
    }
}
