//! The import report: every cell and row that did not pass as it stood, and why.
//!
//! All importers write this one shape, so that a person can open it in a spreadsheet and filter by
//! rule. It must never hold a value from a column that names a person; importers do not read those.

use std::collections::BTreeMap;

/// Longest text quoted from a cell, in characters; the rest is cut, the file itself has it.
const QUOTED_CHARS: usize = 200;

/// One finding of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// File it is about, where that is not the imported file.
    pub file: Option<String>,
    /// Line in that file, from 1; 0 when it is about the whole file.
    pub line: u64,
    /// Heading of the column, or empty when it is about the row.
    pub column: String,
    /// Stable name of the rule, such as `postcode-invalid`.
    pub rule: &'static str,
    /// What stood there.
    pub before: String,
    /// What was taken instead, or a proposal that was not applied; empty when nothing was taken.
    pub after: String,
}

impl Entry {
    /// Makes a finding about the imported file.
    pub fn new(line: u64, column: &str, rule: &'static str, before: &str, after: &str) -> Entry {
        Entry {
            file: None,
            line,
            column: column.to_owned(),
            rule,
            before: cut(before),
            after: cut(after),
        }
    }

    /// Makes it a finding about another file.
    pub fn about(mut self, file: &str) -> Entry {
        self.file = Some(file.to_owned());
        self
    }
}

/// All findings of one import, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    file: String,
    entries: Vec<Entry>,
}

impl Report {
    /// Starts an empty report about a file.
    pub fn new(file: &str) -> Report {
        Report { file: file.to_owned(), entries: Vec::new() }
    }

    /// Adds a finding.
    pub fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Adds findings in their order.
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries);
    }

    /// The findings, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How often each rule applied.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.rule).or_insert(0) += 1;
        }
        counts
    }

    /// The report as CSV with a heading line, safe to open in a spreadsheet.
    pub fn to_csv(&self) -> String {
        let mut csv = String::from("file,line,column,rule,before,after\n");
        for entry in &self.entries {
            push_cell(&mut csv, entry.file.as_deref().unwrap_or(&self.file));
            csv.push_str(&format!(",{},", entry.line));
            push_cell(&mut csv, &entry.column);
            csv.push(',');
            csv.push_str(entry.rule);
            csv.push(',');
            push_cell(&mut csv, &entry.before);
            csv.push(',');
            push_cell(&mut csv, &entry.after);
            csv.push('\n');
        }
        csv
    }
}

/// Writes one cell; a quote before `=` and its kin keeps spreadsheets from running it as a formula.
fn push_cell(csv: &mut String, text: &str) {
    let guard = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => "'",
        false => "",
    };
    if text.contains(['"', ',', '\n', '\r']) {
        csv.push('"');
        csv.push_str(guard);
        csv.push_str(&text.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(guard);
        csv.push_str(text);
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_commas_are_made_safe() {
        let mut report = Report::new("a,b.csv");
        report.add(Entry::new(3, "Name", "text-spaces", "=SUM(1,2)", "-1"));
        report.add(Entry::new(4, "Name", "x", "say \"hi\"", "").about("data/providers/x.yaml"));
        assert_eq!(
            report.to_csv(),
            "file,line,column,rule,before,after\n\
             \"a,b.csv\",3,Name,text-spaces,\"'=SUM(1,2)\",'-1\n\
             data/providers/x.yaml,4,Name,x,\"say \"\"hi\"\"\",\n"
        );
        assert_eq!(report.counts()["x"], 1);
    }

    #[test]
    fn long_cells_are_cut() {
        let entry = Entry::new(1, "", "x", &"é".repeat(300), "");
        assert_eq!(entry.before.chars().count(), QUOTED_CHARS + 1);
    }
}
