//! `placewise gaps`: the published gaps, as the pages tell them and no further.

use super::Ending;
use super::build::compiled;
use super::terminal::Terminal;
use crate::cli::{Format, Shared};
use crate::diagnostics::Failure;
use crate::view::data_sets::{DataSet, FileKind};
use crate::view::gap_lines::GapLine;

pub(super) fn run(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(compiled) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    let file = |kind| {
        let bytes = compiled.site.download(DataSet::Gaps, kind);
        String::from_utf8_lossy(&bytes).into_owned()
    };
    terminal.result(&match shared.format {
        Format::Text => {
            format!("{}\n\n{}", compiled.site.masthead(), table(&compiled.site.gap_lines()))
        }
        Format::Csv => file(FileKind::Csv),
        Format::Json => file(FileKind::Json),
    })?;
    Ok(Ending::Done)
}

/// Letters of a line; the last column goes on below itself.
const WIDTH: usize = 100;

/// What the two columns of beds mean.
const RULES: &str = "BEDS BUSY: so many that they are about as full as the target of their level.\n\
                     BEDS SELDOM FULL: so many that hardly anybody is turned away.\n\
                     The method page of the site tells both rules. These are bands, not counts.\n";

/// Lines in columns: people, beds by both rules, where, what; sizes as bands.
fn table(lines: &[GapLine]) -> String {
    let range = |low: Option<u32>, high: Option<u32>| match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        _ => String::new(),
    };
    let heading = ["PEOPLE", "BEDS BUSY", "BEDS SELDOM FULL", "AREA", "WANTED"];
    let mut rows = vec![heading.map(str::to_owned)];
    for line in lines {
        rows.push([
            range(line.people_low, line.people_high),
            range(line.beds_busy_low, line.beds_busy_high),
            range(line.beds_free_low, line.beds_free_high),
            line.area_name.clone().unwrap_or_default(),
            match line.tier.as_str() {
                "also-wanted" => {
                    let level = line.level_name.as_deref().unwrap_or_default();
                    format!("{level}, among them: {}", line.title)
                }
                _ => line.title.clone(),
            },
        ]);
    }
    let widths: Vec<usize> = (0..4)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let indent: usize = widths.iter().map(|width| width + 2).sum();
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            text.push_str(&format!("{cell:<width$}  "));
        }
        let parts = folded(&row[4], WIDTH.saturating_sub(indent).max(30));
        text.push_str(&parts.join(&format!("\n{:indent$}", "")));
        text.push('\n');
    }
    format!("{text}\n{RULES}")
}

/// A text in lines of at most so many letters, unless one word is longer.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let taken = lines.last().map_or(0, |line| line.chars().count());
        if taken > 0 && taken + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_go_on_in_the_next_line() {
        assert_eq!(folded("one two three", 7), ["one two", "three"]);
        assert_eq!(folded("longer than that", 4), ["longer", "than", "that"]);
        assert_eq!(folded("", 4), [""]);
    }
}
