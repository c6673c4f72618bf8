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
        Format::Text => table(&compiled.site.gap_lines()),
        Format::Csv => file(FileKind::Csv),
        Format::Json => file(FileKind::Json),
    })?;
    Ok(Ending::Done)
}

/// Lines in columns: people, beds, where, what; sizes as bands.
fn table(lines: &[GapLine]) -> String {
    let range = |low: Option<u32>, high: Option<u32>| match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        _ => String::new(),
    };
    let mut rows = vec![["PEOPLE", "BEDS", "AREA", "WANTED"].map(str::to_owned)];
    for line in lines {
        let beds_low = line.beds_busy_low.into_iter().chain(line.beds_free_low).min();
        let beds_high = line.beds_busy_high.zip(line.beds_free_high);
        rows.push([
            range(line.people_low, line.people_high),
            range(beds_low, beds_high.map(|(one, other)| one.max(other))),
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
    let widths: Vec<usize> = (0..3)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            text.push_str(&format!("{cell:<width$}  "));
        }
        text.push_str(&row[3]);
        text.push('\n');
    }
    text
}
