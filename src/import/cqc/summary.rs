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
        let mut line = |label: &str, number: usize| writeln!(f, "  {label:<44}{number:>8}");
        line("rows read", self.rows)?;
        line("services", self.services)?;
        for (rule, rows) in &self.skipped {
            line(&format!("rows {}", rule.replace('-', " ")), *rows)?;
        }
        line("providers", self.providers)?;
        line("services added", self.added)?;
        line("services changed", self.changed)?;
        line("of these with another rating", self.rating_changed)?;
        line("of these dormant now", self.dormant_now)?;
        line("services unchanged", self.unchanged)?;
        line("gone from the register, left as they are", self.gone)?;
        line("new provider files", self.new_files)?;
        line("changed provider files", self.changed_files)
    }
}
