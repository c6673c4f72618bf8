//! Figures of all files against each other, and against what was decided.

use std::collections::BTreeMap;

use super::super::figure::Figure;
use super::super::publication::Publication;
use super::Audit;
use super::reading::Reading;
use super::sheet::{Rule, Sheet};
use crate::evidence::analysis::{CellKey, Measure};

/// A figure as it was decided.
pub(super) struct Decided<'p> {
    /// The cell, unless the figure is of a line of gaps.
    pub(super) cell: Option<&'p CellKey>,
    pub(super) reading: Reading,
}

/// Everything that may be told, by key.
pub(super) fn decided(publication: &Publication) -> BTreeMap<String, Decided<'_>> {
    let mut decided: BTreeMap<String, Decided> = publication
        .figures()
        .map(|figure| {
            let reading = reading_of(figure.figure(), figure.is_at_least());
            (figure.key().to_string(), Decided { cell: Some(figure.key()), reading })
        })
        .collect();
    let mut line = |figure: &str, name: &str, low: u32, high: Option<u32>| {
        let reading = Reading::Number { low, high, at_least: false };
        let key = format!("gap-line.{figure}|{name}");
        decided.insert(key, Decided { cell: None, reading });
    };
    let gaps = publication.gaps();
    for gap in gaps.listed() {
        line("people", gap.id(), gap.people().low(), gap.people().high());
        if let Some(beds) = gap.beds() {
            let of = [("beds", beds.both()), ("busy-beds", beds.by_occupancy)];
            for (name, range) in of.into_iter().chain([("free-beds", beds.seldom_full)]) {
                line(name, gap.id(), range.low.0, range.high.map(|beds| beds.0));
            }
        }
        if let Some(price) = gap.price() {
            line("price", gap.id(), price.low_pounds(), Some(price.high_pounds()));
        }
    }
    for (at, wanted) in gaps.also_wanted().iter().enumerate() {
        let name = format!("also-wanted-{}", at + 1);
        line("people", &name, wanted.people().low(), wanted.people().high());
    }
    decided
}

/// A rule that was broken: by which figure, and where it was seen.
pub(super) struct Finding {
    rule: Rule,
    key: String,
    /// The first file; empty when the finding is about all of them together.
    file: String,
    others: usize,
}

/// Findings by rule and key.
#[derive(Default)]
pub(super) struct Findings(BTreeMap<(Rule, String), (String, usize)>);

impl Findings {
    /// Notes that a figure breaks a rule in a file.
    pub(super) fn add(&mut self, rule: Rule, key: &str, file: &str) {
        match self.0.entry((rule, key.to_owned())) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert((file.to_owned(), 0));
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().1 += 1,
        }
    }

    /// Compares what was read from all files, in order of their names.
    pub(super) fn compare(&mut self, audit: &Audit, sheets: &[Sheet]) {
        for sheet in sheets {
            for fault in &sheet.faults {
                self.add(fault.rule, &fault.key, &sheet.file);
            }
            for (key, reading) in &sheet.figures {
                if let Some(rule) = broken(audit, key, reading) {
                    self.add(rule, key, &sheet.file);
                }
            }
            for key in &sheet.drawn {
                match audit.decided.get(key) {
                    None => self.add(Rule::UnknownKey, key, &sheet.file),
                    Some(decided) if !decided.reading.is_number() => {
                        self.add(Rule::MarkWithLength, key, &sheet.file);
                    }
                    Some(_) => {}
                }
            }
        }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All findings, the plainest rules first, then by key.
    pub(super) fn into_sorted(self) -> Vec<Finding> {
        let findings = self.0.into_iter();
        findings.map(|((rule, key), (file, others))| Finding { rule, key, file, others }).collect()
    }
}

/// The rule that a figure breaks by itself, if any.
fn broken(audit: &Audit, key: &str, reading: &Reading) -> Option<Rule> {
    let Some(decided) = audit.decided.get(key) else {
        // A page may say of a group that the site does not count that there is nothing.
        let measure = key.split('|').next().unwrap_or_default();
        let is_measure = Measure::ALL.iter().any(|known| known.id() == measure);
        let is_empty = matches!(reading, Reading::Nothing | Reading::NoneAtAll);
        return (!(is_measure && is_empty)).then_some(Rule::UnknownKey);
    };
    let is_small = decided.cell.is_some_and(|cell| audit.watched.withheld.contains(cell));
    match reading {
        Reading::Unreadable if decided.reading == Reading::Withheld => Some(Rule::OtherMark),
        Reading::Unreadable => Some(Rule::Unreadable),
        reading if is_small && reading.is_number() => Some(Rule::SmallShown),
        reading if !reading.agrees(&decided.reading) => Some(Rule::NotAsDecided),
        _ => None,
    }
}

impl Finding {
    /// The finding in a sentence.
    pub(super) fn message(&self, audit: &Audit) -> String {
        let mut message = self.rule.words().to_owned();
        if !self.file.is_empty() {
            message = format!("`{}`: {message}", self.file);
        }
        let table = audit.decided.get(&self.key).and_then(|decided| decided.cell).map(table_of);
        if let Some(table) = table {
            message.push_str(&format!(": table `{table}`"));
        }
        if !self.key.is_empty() {
            message.push_str(&format!(", key `{}`", self.key));
        }
        match self.others {
            0 => {}
            1 => message.push_str(", and in one more place"),
            others => message.push_str(&format!(", and in {others} more places")),
        }
        message
    }

    /// How to mend it.
    pub(super) fn help(&self) -> &'static str {
        match self.rule {
            Rule::UnknownFile | Rule::UnreadableFile => {
                "the site can hold pages, drawings, scripts, CSV and JSON; mend the template of \
                 this file"
            }
            Rule::Narrow => {
                "this is a fault of Placewise: report the key, which tells no number; until it is \
                 mended, name figures beside it under `never_publish` in data/disclosure.yaml"
            }
            Rule::Undecided | Rule::Contradiction => {
                "this is a fault of Placewise: report the key, which tells no number"
            }
            _ => {
                "if your theme has a template of its own for this, print the figure with the \
                 `figure` component and put nothing beside it; else it is a fault of Placewise: \
                 report the key"
            }
        }
    }
}

/// What the publication says of a figure, as a reading.
pub(super) fn reading_of(figure: Figure, at_least: bool) -> Reading {
    match figure {
        Figure::Shown(value) | Figure::Rounded(value) => Reading::exactly(value, at_least),
        Figure::Suppressed => Reading::Withheld,
        Figure::NotCollected => Reading::Unavailable,
        Figure::NotApplicable => Reading::Nothing,
    }
}

/// The table of a key in words: `need.people by area and level`.
fn table_of(key: &CellKey) -> String {
    let area = key.area.as_ref().map(|_| "area");
    let level = key.level.as_ref().map(|_| "level");
    let need = key.need.as_ref().map(|_| "need");
    let by: Vec<&str> = [area, level, need].into_iter().flatten().collect();
    match by.is_empty() {
        true => key.measure.id().to_owned(),
        false => format!("{} by {}", key.measure.id(), by.join(" and ")),
    }
}
