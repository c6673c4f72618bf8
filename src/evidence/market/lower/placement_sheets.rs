//! Which sheets of a workbook are lists of placements, and what is said of the others.

use crate::diagnostics::{Code, Diagnostic};
use crate::load::table;
use crate::sources::{Source, SourceId, SourceSet, Span};

use super::placement_csv::COLUMNS;

/// Whether a source is read as a list: every file is, and every sheet that names its columns.
pub(super) fn is_list(source: &Source) -> bool {
    source.sheet().is_none_or(|sheet| !sheet.holds_notes && table::has_heading(source, &COLUMNS))
}

/// Warns of sheets with cells that are not read; a workbook of which no sheet is read is an error.
pub(super) fn tell_unread(sources: &SourceSet, out: &mut Vec<Diagnostic>) {
    let sheets: Vec<(SourceId, &Source)> = sources
        .under("data/placements")
        .filter(|(_, source)| source.sheet().is_some_and(|sheet| !sheet.holds_notes))
        .collect();
    for workbook in sheets.chunk_by(|(_, a), (_, b)| a.shown_path() == b.shown_path()) {
        if !workbook.iter().any(|(_, source)| is_list(source)) {
            let fault = "no sheet of this workbook names the columns of a list";
            out.extend(workbook.first().map(|(id, _)| {
                Diagnostic::error(Code::SheetNotRead, fault)
                    .at(Span::start_of(*id))
                    .help("write the names above the list: id, home, level, people and others")
            }));
            continue;
        }
        for (id, source) in workbook {
            if !is_list(source) && !source.text().is_empty() {
                let warning = "this sheet is not read: no row of it names the columns of a list";
                out.push(
                    Diagnostic::warning(Code::SheetNotRead, warning)
                        .at(Span::start_of(*id))
                        .help("if it holds placements, name the columns above them"),
                );
            }
        }
    }
}
