//! From rows to locations: which rows count, and a reason for each one that does not.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use super::authority::Filter;
use super::codes;
use super::dates::Evidence;
use super::location::Location;
use super::row::{DATED, Row, Rules};
use super::shapes::Field;
use super::sheet::{Records, Sheet};
use super::summary::Summary;
use super::words::Words;
use super::{Refusal, Request};
use crate::import::report::{Entry, Report};

/// What a file holds.
pub(super) struct Reading {
    /// The wanted locations, in the order of the file.
    pub(super) locations: Vec<Location>,
    /// Ids of all locations that the file shows as registered, wanted or not.
    pub(super) registered: BTreeSet<String>,
    /// Rows read and skipped so far.
    pub(super) summary: Summary,
}

/// Reads all rows of a sheet.
pub(super) fn read(
    sheet: &Sheet<'_>,
    request: &Request<'_>,
    (types, specialisms): (&Words, &Words),
    report: &mut Report,
) -> Result<Reading, Refusal> {
    let (evidence, authorities) = survey(sheet);
    let names: BTreeSet<&str> = authorities.iter().map(String::as_str).collect();
    let filter = Filter::new(request.local_authorities, &names)?;
    let rules = Rules {
        layout: &sheet.layout,
        types,
        specialisms,
        evidence,
        given: request.date_order,
        file_date: sheet.date,
    };
    report_contradictions(&rules, sheet.heading_line, report);
    let mut reading =
        Reading { locations: Vec::new(), registered: BTreeSet::new(), summary: Summary::default() };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut records = sheet.records();
    while records.advance() {
        reading.summary.rows += 1;
        report.extend(width_finding(&records, sheet.layout.headings.len()));
        let mut row = Row::new(&rules, &records.record, records.line);
        let id = match admit(&row, &records, &filter, &mut reading.registered) {
            Ok(id) => id,
            Err(skip) => {
                reading.summary.skip(skip.rule);
                report.add(skip);
                continue;
            }
        };
        let location = row.read(&id);
        let skip = places.get(&id).map(|first| repeated(&reading.locations[*first], &location));
        if let Some(skip) = skip {
            reading.summary.skip(skip.rule);
            report.add(skip);
            continue;
        }
        places.insert(id, reading.locations.len());
        report.extend(row.findings);
        reading.locations.push(location);
    }
    Ok(reading)
}

/// Takes in what only the whole file can tell: orders of dates, and names of authorities.
fn survey(sheet: &Sheet<'_>) -> ([Evidence; 3], BTreeSet<String>) {
    let mut evidence = [Evidence::default(); 3];
    let mut authorities = BTreeSet::new();
    let authority = sheet.layout.column(Field::Authority);
    let mut records = sheet.records();
    while records.advance() {
        let cell = |column: Option<usize>| records.record.get(column?).map(str::trim);
        for (field, evidence) in DATED.into_iter().zip(&mut evidence) {
            cell(sheet.layout.column(field)).into_iter().for_each(|text| evidence.observe(text));
        }
        let name = cell(authority).filter(|name| !name.is_empty());
        if let Some(name) = name.filter(|name| !authorities.contains(*name)) {
            authorities.insert(name.to_owned());
        }
    }
    (evidence, authorities)
}

/// The id of a row that counts, or why it does not.
fn admit(
    row: &Row<'_>,
    records: &Records<'_>,
    filter: &Filter,
    registered: &mut BTreeSet<String>,
) -> Result<String, Entry> {
    let skip = |rule, field: Option<Field>| {
        let before = field.and_then(|field| row.raw(field)).unwrap_or_default();
        Entry::new(records.line, "", rule, before, "")
    };
    if records.is_blank() {
        return Err(skip("skipped-blank-row", None));
    }
    let id = row.raw(Field::LocationId).unwrap_or_default().trim();
    if id.is_empty() {
        return Err(skip("skipped-no-location-id", Some(Field::Name)));
    }
    if !codes::is_register_id(id) {
        return Err(skip("skipped-bad-location-id", Some(Field::LocationId)));
    }
    if row.raw(Field::EndedOn).is_some_and(|date| !date.trim().is_empty()) {
        return Err(skip("skipped-deregistered", Some(Field::LocationId)));
    }
    registered.insert(id.to_owned());
    match filter.takes(row.raw(Field::Authority)) {
        true => Ok(id.to_owned()),
        false => Err(skip("skipped-other-authority", Some(Field::Authority))),
    }
}

/// A second row of one location: the same again, or something else of which the first is kept.
fn repeated(first: &Location, second: &Location) -> Entry {
    let differences = first.differences(second);
    let rule = match differences.is_empty() {
        true => "skipped-duplicate",
        false => "skipped-conflict",
    };
    let before = match differences.is_empty() {
        true => second.id.clone(),
        false => format!("{}: other {}", second.id, differences.join(", ")),
    };
    Entry::new(second.line, "", rule, &before, &format!("line {} is kept", first.line))
}

/// Reports a row with too few or too many cells; only their number, as they may be out of place.
fn width_finding(records: &Records<'_>, expected: usize) -> Option<Entry> {
    let record: &StringRecord = &records.record;
    let rule = match record.len() {
        cells if cells < expected => "row-short",
        cells if cells > expected => "row-long",
        _ => return None,
    };
    let (before, after) = (format!("cells: {}", record.len()), format!("cells: {expected}"));
    Some(Entry::new(records.line, "", rule, &before, &after))
}

/// Reports columns that prove another order than the one asked for; the proof wins.
fn report_contradictions(rules: &Rules<'_>, line: u64, report: &mut Report) {
    let Some(given) = rules.given else { return };
    for (field, evidence) in DATED.into_iter().zip(&rules.evidence) {
        if evidence.contradicts(given) {
            let heading = rules.layout.heading(field);
            report.add(Entry::new(line, heading, "date-order-ignored", "", ""));
        }
    }
}
