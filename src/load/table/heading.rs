//! The row of column names: which it names, which it lacks, and what is said of the others.

use super::{Column, UNKNOWN_COLUMN};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::load::yaml::Text;
use crate::sources::{
    Source, SourceId, Span, column_meant, is_named_by_person, is_plain_heading, names_columns,
};

/// A first row that names no known column at all is not a heading, has names of its own for all of
/// them, or has no commas.
pub(super) fn absent(
    id: SourceId,
    source: &Source,
    start: usize,
    heading: &[Text],
    (known, required): (&[&'static str], &[&str]),
) -> Option<Diagnostic> {
    if heading.iter().any(|cell| known.contains(&cell.value.trim())) {
        return None;
    }
    let first = heading.first()?;
    let fault = Diagnostic::error(Code::CsvLayout, "the first row does not name the columns")
        .at(first.span(id));
    if heading.len() == 1 && first.value.contains([';', '\t']) {
        let help = "put commas between the cells: save it as \"CSV UTF-8 (comma delimited)\"";
        return Some(fault.help(help));
    }
    let line = source.text()[start..].lines().next().unwrap_or_default();
    if !names_columns(line, known) {
        let help = format!("begin the file with a row of column names: {}", every(known));
        return Some(fault.help(help).help(format!("it must have {}", every(required))));
    }
    let unknown: Vec<String> = heading
        .iter()
        .map(|cell| cell.value.trim())
        .filter(|name| !source.is_sensitive() || may_be_told(name))
        .map(|name| match meant(name, known) {
            Some(near) => format!("`{name}` (did you mean `{near}`?)"),
            None => format!("`{name}`"),
        })
        .collect();
    Some(
        fault
            .help(format!("required and missing: {}", every(required)))
            .help(format!("unknown: {}", unknown.join(", ")))
            .help(format!("the columns are {}", every(known))),
    )
}

/// What each name of the row means; wrong names and names that come twice are told.
pub(super) fn columns(
    id: SourceId,
    source: &Source,
    heading: &[Text],
    known: &[&'static str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Column> {
    let start = heading.first().map_or(0, |cell| cell.span(id).range().start);
    let line = source.text()[start..].lines().next().unwrap_or_default();
    // Where a heading is missing, the first row holds values.
    let is_heading = !source.is_sensitive() || names_columns(line, known);
    let mut columns: Vec<Column> = Vec::new();
    for cell in heading {
        let name = cell.value.trim();
        let found = match known.iter().copied().find(|column| *column == name) {
            Some(column) => Column::Known(column),
            None if name.is_empty() => Column::Unnamed,
            None => Column::Other,
        };
        match found {
            Column::Other => {
                let is_told = is_heading && (!source.is_sensitive() || may_be_told(name));
                let message = match is_told {
                    true => format!("{UNKNOWN_COLUMN} `{name}`"),
                    false => UNKNOWN_COLUMN.to_owned(),
                };
                let help = match meant(name, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}; remove any other", every(known)),
                };
                let fault = Diagnostic::error(Code::CsvLayout, message);
                diagnostics.push(fault.at(cell.span(id)).help(help));
            }
            Column::Known(_) if columns.contains(&found) => diagnostics.push(
                Diagnostic::error(Code::CsvLayout, format!("the column `{name}` comes twice"))
                    .at(cell.span(id))
                    .help("remove one of the two"),
            ),
            Column::Known(_) | Column::Unnamed => {}
        }
        columns.push(found);
    }
    columns
}

/// Tells which required columns are missing; whether none is.
pub(super) fn missing(
    id: SourceId,
    heading_start: usize,
    columns: &[Column],
    required: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let is_there = |name: &str| {
        columns.iter().any(|column| matches!(column, Column::Known(known) if *known == name))
    };
    let absent: Vec<&str> = required.iter().copied().filter(|name| !is_there(name)).collect();
    let message = match absent.as_slice() {
        [] => return true,
        [one] => format!("the column `{one}` is missing"),
        several => format!("required columns are missing: {}", every(several)),
    };
    diagnostics.push(
        Diagnostic::error(Code::CsvLayout, message)
            .at(Span::new(id, heading_start..heading_start))
            .help(format!("add {} to the row of column names", every(&absent))),
    );
    false
}

/// The known column that a wrong name stands for.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    column_meant(name, known).or_else(|| did_you_mean(name, known.iter().copied()))
}

/// Whether a wrong name may be shown in a file about people.
fn may_be_told(name: &str) -> bool {
    is_plain_heading(name) && !is_named_by_person(name)
}

/// All of them: whoever has to write a heading needs every name.
fn every(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
