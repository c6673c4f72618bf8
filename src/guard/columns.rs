//! Columns and keys that would hold names, addresses and other details of people, in lists of
//! placements and of residents.

use std::ops::Range;

use super::fields::fields;
use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{
    Source, SourceId, SourceSet, Span, cells_of, is_certain_of_a_person, is_named_by_person,
    names_columns, names_details_only,
};

/// Names of columns are looked for in so many of the first rows of a sheet.
const LOOKED_AT: usize = 50;
/// Columns that every list of people has some of; a row that names two of them is a heading.
const HEADINGS: [&str; 8] =
    ["id", "home", "level", "needs", "people", "service", "pseudonym", "gender"];

/// Every such column and key.
pub(super) fn find(sources: &SourceSet) -> Vec<Diagnostic> {
    let lists = sources.under("data/placements").chain(sources.under("data/resident_lists/"));
    let mut found = Vec::new();
    for (id, source) in lists {
        let places = match (source.is_table(), source.sheet()) {
            (true, Some(sheet)) if sheet.holds_notes => Vec::new(),
            (true, Some(_)) => in_sheet(source),
            (true, None) => in_heading(source.text().lines().next().unwrap_or_default(), 0),
            (false, _) => in_yaml(source),
        };
        found.extend(places.into_iter().map(|place| refused(id, source, place)));
    }
    found
}

fn refused(id: SourceId, source: &Source, place: Range<usize>) -> Diagnostic {
    refuse(source.text()[place.clone()].trim_matches('"'), Span::new(id, place))
}

/// Says that a column or key would hold personal details; its name is shown if it is nothing but
/// the name of a detail.
pub fn refuse(name: &str, span: Span) -> Diagnostic {
    let name = name.trim();
    let message = match names_details_only(name) {
        true => format!("`{name}` would hold personal details"),
        false => "this would hold personal details".to_owned(),
    };
    Diagnostic::error(Code::PersonalData, message)
        .at(span)
        .label("must not be in this folder")
        .help("remove it, here and from earlier versions of the file; the id is a pseudonym")
}

/// Cells of a row of names that would hold details.
fn in_heading(line: &str, start: usize) -> Vec<Range<usize>> {
    cells_of(line)
        .into_iter()
        .filter(|cell| is_named_by_person(&line[cell.clone()]))
        .map(|cell| start + cell.start..start + cell.end)
        .collect()
}

/// Cells of a sheet that name such columns. A sheet that is no list may name services and areas
/// too, so only what is certain counts there.
fn in_sheet(source: &Source) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut looked_at = 0;
    for line in source.text().split_inclusive('\n') {
        let row = line.trim_end_matches('\n');
        if !row.bytes().all(|byte| matches!(byte, b',' | b' ')) {
            looked_at += 1;
            if names_columns(row, &HEADINGS) {
                found.extend(in_heading(row, start));
                break;
            }
            let certain =
                cells_of(row).into_iter().filter(|cell| is_certain_of_a_person(&row[cell.clone()]));
            found.extend(certain.map(|cell| start + cell.start..start + cell.end));
        }
        if looked_at >= LOOKED_AT {
            break;
        }
        start += line.len();
    }
    found
}

/// Keys of a YAML file that would hold details, also in comments if a value follows.
fn in_yaml(source: &Source) -> Vec<Range<usize>> {
    let text = source.text();
    fields(text)
        .into_iter()
        .filter(|field| {
            let key = &text[field.key.clone()];
            let has_value = !text[field.value.clone()].trim().is_empty();
            match field.is_comment {
                true => has_value && is_certain_of_a_person(key),
                false => is_named_by_person(key),
            }
        })
        .map(|field| field.key)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_columns_of_people_are_refused_wherever_they_stand() {
        let sources = SourceSet::new([
            Source::new(
                "data/placements/a.csv",
                "id,Patient surname,home,Home postcode\nA1,x,y,z\n",
            ),
            Source::new(
                "data/placements/b.yaml",
                "- {id: A1, forename: x}\n- id: A2\n  Initials: y\n# DOB: 1\n# id: one\n",
            ),
            Source::new("data/resident_lists/c.csv", "service,pseudonym,NHS No.\n"),
            Source::new("data/areas.yaml", "- {id: a, name: b}\n"),
        ]);
        let found: Vec<String> = find(&sources)
            .into_iter()
            .map(|fault| {
                let span = fault.span.unwrap();
                sources.get(span.source).text()[span.range()].to_owned()
            })
            .collect();
        assert_eq!(
            found,
            ["Patient surname", "Home postcode", "forename", "Initials", "DOB", "NHS No."]
        );
    }

    #[test]
    fn a_name_in_the_place_of_a_key_is_not_quoted() {
        let message = |name: &str| refuse(name, Span::start_of(SourceId(0))).message;
        assert_eq!(message("Surname"), "`Surname` would hold personal details");
        assert_eq!(message("address of J Smith, 4 Elm Row"), "this would hold personal details");
    }
}
