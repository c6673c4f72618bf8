//! Where each field stands in one file, told by its headings alone.

use super::Refusal;
use super::shapes::{FIELDS, Field, Lists, SHAPES, Shape};
use super::words::{Words, fold};
use crate::diagnostics::listing;

/// A flag column of the active locations file.
pub(super) struct Flag {
    pub(super) column: usize,
    /// The regulator's word for it, canonical if it is known.
    pub(super) word: String,
    pub(super) known: bool,
}

/// Where each field stands in one file.
pub(super) struct Layout {
    pub(super) shape: &'static Shape,
    /// Headings as they stand in the file.
    pub(super) headings: Vec<String>,
    columns: [Option<usize>; FIELDS],
    pub(super) types: Vec<Flag>,
    pub(super) bands: Vec<Flag>,
}

impl Layout {
    /// The column of a field, if the file has it.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns[field as usize]
    }

    /// The heading of a field as it stands in the file; empty if the file lacks it.
    pub(super) fn heading(&self, field: Field) -> &str {
        self.column(field).map_or("", |column| &self.headings[column])
    }

    /// Recognises a heading row; files with both wordings of a shape have all its needed columns.
    pub(super) fn recognise(row: &[&str], types: &Words, bands: &Words) -> Option<Layout> {
        let keys: Vec<String> = row.iter().map(|heading| fold(heading)).collect();
        let shape = SHAPES.iter().find(|shape| {
            let flags =
                shape.lists != Lists::Flags || keys.iter().any(|k| k.starts_with("servicetype"));
            flags && missing(shape, &keys).is_empty()
        })?;
        let mut columns = [None; FIELDS];
        for (field, spellings) in shape.columns {
            columns[*field as usize] = find(spellings, &keys);
        }
        let flags = |prefix: &str, words: &Words| match shape.lists {
            Lists::Flags => flags(row, prefix, words),
            _ => Vec::new(),
        };
        Some(Layout {
            shape,
            headings: row.iter().map(|heading| heading.trim().to_owned()).collect(),
            columns,
            types: flags("Service type - ", types),
            bands: flags("Service user band - ", bands),
        })
    }
}

/// Explains why no row of a file is a known heading row, with the nearest shape.
pub(super) fn not_recognised(rows: &[Vec<String>]) -> Refusal {
    let scored = rows.iter().flat_map(|row| {
        let keys: Vec<String> = row.iter().map(|heading| fold(heading)).collect();
        let score = |shape: &Shape| {
            shape.columns.iter().filter(|(_, names)| find(names, &keys).is_some()).count()
        };
        SHAPES.iter().map(|shape| (score(shape), shape, missing(shape, &keys))).collect::<Vec<_>>()
    });
    let mut nearest: Option<(usize, &Shape, Vec<&str>)> = None;
    for candidate in scored {
        if nearest.as_ref().is_none_or(|best| candidate.0 > best.0) {
            nearest = Some(candidate);
        }
    }
    let message =
        "the headings are not those of a file from the Care Quality Commission".to_owned();
    let hint = match nearest {
        Some((score, shape, missing)) if score > 0 => format!(
            "the nearest known file is the \"{}\", but these columns are missing: {}",
            shape.name,
            match missing.is_empty() {
                true => "`Service type - ...`".to_owned(),
                false => listing(missing),
            }
        ),
        _ => format!(
            "a heading row is looked for in the first rows; the known files are: {}",
            listing(SHAPES.iter().map(|shape| shape.name))
        ),
    };
    Refusal { message, hint }
}

/// Needed columns that a heading row lacks, in their usual spelling.
fn missing(shape: &Shape, keys: &[String]) -> Vec<&'static str> {
    let needed = shape.columns.iter().filter(|(field, _)| shape.required.contains(field));
    needed.filter(|(_, names)| find(names, keys).is_none()).map(|(_, names)| names[0]).collect()
}

fn find(spellings: &[&str], keys: &[String]) -> Option<usize> {
    spellings.iter().find_map(|name| keys.iter().position(|key| *key == fold(name)))
}

fn flags(row: &[&str], prefix: &str, words: &Words) -> Vec<Flag> {
    let named = row.iter().enumerate().filter_map(|(column, heading)| {
        Some((column, heading.trim().strip_prefix(prefix)?.trim()))
    });
    named
        .map(|(column, word)| match words.canonical(word) {
            Some(canonical) => Flag { column, word: canonical.to_owned(), known: true },
            None => Flag { column, word: word.to_owned(), known: false },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(headings: &str) -> Option<Layout> {
        let row: Vec<&str> = headings.split(';').collect();
        Layout::recognise(&row, &Words::types(), &Words::specialisms())
    }

    #[test]
    fn headings_decide() {
        let old = "Name;Address;Service types;Local Authority;CQC Location (for office use only;\
                   CQC Provider ID (for office use only)";
        let layout = recognise(old).unwrap();
        assert_eq!(layout.shape.name, "CQC care directory");
        assert_eq!(layout.column(Field::Authority), Some(3));
        assert_eq!(layout.heading(Field::Region), "");
        let active = "Location ID;Dormant (Y/N);Location Name;Provider ID;Registered manager;\
                      Service type - Shared Lives;Service type - Odd;\
                      Service user band - Mental Health";
        let layout = recognise(active).unwrap();
        assert_eq!(layout.shape.name, "CQC care directory with filters");
        assert_eq!(layout.types[0].word, "Shared Lives");
        assert!(!layout.types[1].known);
        assert_eq!(layout.bands[0].word, "Mental health conditions");
    }

    #[test]
    fn strangers_are_told_what_is_missing() {
        let row = "Name;Address;Postcode;Service types".split(';').map(str::to_owned).collect();
        let refusal = not_recognised(&[row]);
        assert!(refusal.hint.contains("care directory\""), "{}", refusal.hint);
        assert!(refusal.hint.contains("`CQC Location ID (for office use only)`"));
        assert!(not_recognised(&[vec!["x".to_owned()]]).hint.contains("known files"));
    }
}
