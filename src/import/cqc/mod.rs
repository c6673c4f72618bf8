//! The register of the Care Quality Commission: a CSV file in, a plan of site files and a report
//! out.
//!
//! Start at [`plan`]. It is pure: it reads no disk and writes none, so the same input gives the
//! same bytes, and a dry run is a plan that nobody carries out. It must never change what people
//! wrote (only `register:` blocks are replaced), never read a column that names a person, and never
//! turn something unknown into a number: what cannot be taken is left out and reported.
//!
//! `decode` and `sheet` find the rows, `layout` and `shapes` the columns; `cells`, `codes`,
//! `dates`, `words` and `literal` read single cells, from which `row` makes a `location`; `reading`
//! walks the file; `merge` puts the locations into provider files, of which `existing`, `outline`
//! and `register` know the form.

mod authority;
mod cells;
mod codes;
mod dates;
mod decode;
mod existing;
mod group;
mod index;
mod layout;
mod lists;
mod literal;
mod location;
mod merge;
mod outline;
mod reading;
mod register;
mod row;
mod shapes;
mod sheet;
mod slug;
mod starter;
mod summary;
mod vocabulary;
mod words;

use crate::load::names::authority_key;
use std::collections::BTreeMap;

use crate::import::report::{Entry, Report};
use location::Location;
use register::Origin;
use sheet::Sheet;
use words::Words;

pub use dates::DateOrder;
pub use existing::Existing;
pub use summary::Summary;

/// What to import, and what the site folder holds already.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Name of the register file, for the report and for the date it may hold.
    pub file_name: &'a str,
    /// The register file.
    pub bytes: &'a [u8],
    /// Names of the local authorities whose services are wanted; empty means all.
    pub local_authorities: &'a [String],
    /// How to read slash dates when their column does not prove an order.
    pub date_order: Option<DateOrder>,
    /// The provider files of the site folder.
    pub existing: &'a [Existing<'a>],
    /// Text of `data/areas.yaml`, if the site has it.
    pub areas_yaml: Option<&'a str>,
    /// Text of `data/vocabulary.yaml`, if the site has it.
    pub vocabulary_yaml: Option<&'a str>,
    /// Whether the site has `data/site.yaml`.
    pub has_site_yaml: bool,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// New and changed files by path inside the site folder; a file that does not change is absent.
    pub files: BTreeMap<String, String>,
    /// Every cell and row that did not pass as it stood.
    pub report: Report,
    /// What happened, in numbers.
    pub summary: Summary,
}

/// Why a file cannot be imported at all, in words for the person who tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Refusal {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), hint: hint.into() }
    }
}

/// The files that a new site folder begins with, but for its areas and providers.
pub fn starter_files() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("data/vocabulary.yaml".to_owned(), starter::vocabulary()),
        ("data/site.yaml".to_owned(), starter::site(None)),
        ("content/index.md".to_owned(), starter::INDEX.to_owned()),
    ])
}

/// Plans an import.
///
/// # Errors
///
/// Refuses a file that is not a register file in CSV, a local authority that no row of it names,
/// and a site folder with a provider file that cannot be read.
pub fn plan(request: &Request<'_>) -> Result<Plan, Refusal> {
    sheet::refuse_other_formats(request.bytes)?;
    let (text, decoding) = decode::decode(request.bytes);
    let (types, bands) = (Words::types(), Words::specialisms());
    let sheet = Sheet::open(request.file_name, &text, &types, &bands)?;
    let existing = merge::read_existing(request.existing)?;

    let mut report = Report::new(request.file_name);
    report.extend(decoding);
    report_unknown_flags(&sheet, &types, &bands, &mut report);
    let reading = reading::read(&sheet, request, (&types, &bands), &mut report)?;
    if let Some(areas) = request.areas_yaml {
        report_unknown_areas(areas, &reading.locations, &sheet, &mut report);
    }
    let date = sheet.date.map(|date| date.to_string());
    let origin = Origin { source: sheet.layout.shape.name, date: date.clone() };
    let merged = merge::merge(&reading, &existing, &origin, &mut report);
    let mut files = merged.files;
    if request.areas_yaml.is_none() {
        files.insert("data/areas.yaml".to_owned(), starter::areas(reading.locations.iter()));
    }
    if request.vocabulary_yaml.is_none() {
        files.insert("data/vocabulary.yaml".to_owned(), starter::vocabulary());
    }
    if !request.has_site_yaml {
        files.insert("data/site.yaml".to_owned(), starter::site(date.as_deref()));
        files.insert("content/index.md".to_owned(), starter::INDEX.to_owned());
    }
    let mut summary = merged.summary;
    summary.source = origin.source;
    summary.file_date = date;
    Ok(Plan { files, report, summary })
}

/// Reports headings for types and user groups that the table of words does not know.
fn report_unknown_flags(sheet: &Sheet<'_>, types: &Words, bands: &Words, report: &mut Report) {
    let types = sheet.layout.types.iter().map(|flag| (flag, types, "type-unknown"));
    let bands = sheet.layout.bands.iter().map(|flag| (flag, bands, "specialism-unknown"));
    for (flag, words, rule) in types.chain(bands).filter(|(flag, ..)| !flag.known) {
        let near = words.nearest(&flag.word).map_or(String::new(), |w| format!("nearest: {w}"));
        let heading = &sheet.layout.headings[flag.column];
        report.add(Entry::new(sheet.heading_line, heading, rule, &flag.word, &near));
    }
}

/// Reports each local authority that `data/areas.yaml` does not name, once, with its rows.
fn report_unknown_areas(
    areas_yaml: &str,
    locations: &[Location],
    sheet: &Sheet<'_>,
    report: &mut Report,
) {
    let mut authorities: BTreeMap<String, (&str, u64, usize)> = BTreeMap::new();
    for location in locations {
        if let Some(name) = location.authority.as_deref() {
            let first = (name, location.line, 0);
            authorities.entry(authority_key(name)).or_insert(first).2 += 1;
        }
    }
    let heading = sheet.layout.heading(shapes::Field::Authority);
    let Some(missing) = authority::not_in_areas(areas_yaml, &authorities) else {
        report.add(Entry::new(0, "", "areas-not-readable", "", "").about("data/areas.yaml"));
        return;
    };
    for (name, line, rows) in missing {
        let count = format!("rows: {rows}");
        report.add(Entry::new(*line, heading, "area-unknown", name, &count));
    }
}
