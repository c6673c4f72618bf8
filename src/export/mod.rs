//! Open data files, made from the rows of `view::downloads` and from nothing else.

use serde::Serialize;

use crate::evidence::disclosure::SiteStatus;
use crate::view::Material;
use crate::view::downloads::Record;
use crate::view::gap_lines::Words;

/// Rows as CSV: UTF-8, one heading row, a line feed after each row.
///
/// A cell that a spreadsheet could take for a formula gets an apostrophe in front.
pub fn csv<R: Record>(rows: &[R]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let heading = R::COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let records = std::iter::once(heading).chain(rows.iter().map(Record::cells));
    for record in records {
        let safe = record.into_iter().map(harmless);
        writer.write_record(safe).expect("writing to memory cannot fail");
    }
    writer.into_inner().expect("writing to memory cannot fail")
}

fn harmless(cell: String) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell,
    }
}

/// A JSON file: rows, with what must be known to use them.
#[derive(Serialize)]
struct Document<'a, R> {
    title: String,
    publisher: &'a str,
    licence: Licence<'a>,
    status: &'static str,
    edition: &'a str,
    as_at: String,
    #[serde(flatten)]
    words: Option<Words>,
    columns: Vec<Column>,
    rows: &'a [R],
}

#[derive(Serialize)]
struct Licence<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Column {
    name: &'static str,
    about: &'static str,
}

/// Rows as JSON, with what must be known to use them: for gaps, also the words of the site.
pub fn json<R: Record>(
    material: Material,
    title: &str,
    rows: &[R],
    words: Option<Words>,
) -> Vec<u8> {
    let settings = material.publication.settings();
    let document = Document {
        title: format!("{}: {}", settings.title, title.to_lowercase()),
        publisher: &settings.publisher,
        licence: Licence { name: &settings.licence.name, url: &settings.licence.url },
        status: match settings.status {
            SiteStatus::Live => "live",
            SiteStatus::Example => "example: every entry is invented",
            SiteStatus::Draft => "draft: do not rely on it",
        },
        edition: &settings.edition.name,
        as_at: settings.edition.as_at.to_string(),
        words,
        columns: R::COLUMNS.iter().map(|(name, about)| Column { name, about }).collect(),
        rows,
    };
    let mut bytes = serde_json::to_vec(&document).expect("rows have text keys only");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_become_formulas() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert!(harmless(cell.to_owned()).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("a=1".to_owned()), "a=1");
    }
}
