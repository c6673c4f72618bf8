//! One record of the file on its way to a location, cleaned cell by cell.

use csv::StringRecord;
use jiff::civil::Date;

use super::cells::{self, Reading};
use super::codes;
use super::dates::{self, DateOrder, Evidence};
use super::layout::Layout;
use super::literal::Literal;
use super::location::{Address, Location, Provider, Rating};
use super::shapes::Field;
use super::words::Words;
use crate::import::report::Entry;

/// Columns that hold dates, each with its own proof of day and month order.
pub(super) const DATED: [Field; 3] = [Field::RatingDate, Field::RegisteredOn, Field::EndedOn];

/// What a whole file says about the reading of its cells.
pub(super) struct Rules<'a> {
    pub(super) layout: &'a Layout,
    pub(super) types: &'a Words,
    pub(super) specialisms: &'a Words,
    /// In the order of [`DATED`].
    pub(super) evidence: [Evidence; 3],
    pub(super) given: Option<DateOrder>,
    pub(super) file_date: Option<Date>,
}

/// One record on its way to a location, with what was found in its cells.
pub(super) struct Row<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) record: &'a StringRecord,
    pub(super) line: u64,
    pub(super) findings: Vec<Entry>,
}

impl<'a> Row<'a> {
    pub(super) fn new(rules: &'a Rules<'a>, record: &'a StringRecord, line: u64) -> Row<'a> {
        Row { rules, record, line, findings: Vec::new() }
    }

    /// The cell of a field, or nothing if the file or this short row has no such cell.
    pub(super) fn raw(&self, field: Field) -> Option<&'a str> {
        self.record.get(self.rules.layout.column(field)?)
    }

    /// Reads all cells of the record.
    pub(super) fn read(&mut self, id: &str) -> Location {
        let care_home = self.read_as(Field::CareHome, cells::flag);
        Location {
            line: self.line,
            id: id.to_owned(),
            name: self.read_as(Field::Name, cells::text),
            also_known_as: self.read_as(Field::AlsoKnownAs, cells::text),
            address: self.address(),
            point: self.point(),
            authority: self.read_as(Field::Authority, cells::text),
            region: self.read_as(Field::Region, cells::text),
            phone: self.read_as(Field::Phone, cells::phone),
            website: self.read_as(Field::Website, cells::website),
            types: self.list(Field::Types, self.rules.types, &self.rules.layout.types),
            specialisms: self.list(
                Field::Specialisms,
                self.rules.specialisms,
                &self.rules.layout.bands,
            ),
            beds: self.read_as(Field::Beds, |raw| cells::beds(raw, care_home == Some(true))),
            rating: self.rating(),
            dormant: self.read_as(Field::Dormant, cells::flag),
            registered_on: self.date(Field::RegisteredOn),
            ods: self.read_as(Field::Ods, |raw| codes::code(raw, 3..=10, "ods-invalid")),
            uprn: self.read_as(Field::Uprn, codes::uprn),
            provider: self.provider(),
        }
    }

    fn provider(&mut self) -> Provider {
        let id = self.raw(Field::ProviderId).map(str::trim).filter(|id| !id.is_empty());
        let known = id.filter(|id| codes::is_register_id(id));
        if known.is_none() {
            self.note(Field::ProviderId, "provider-id-missing", id.unwrap_or_default(), "");
        }
        Provider {
            id: known.map(str::to_owned),
            name: self.read_as(Field::ProviderName, cells::text),
            sector: self.raw(Field::Sector).and_then(sector),
            company: self.read_as(Field::Company, codes::company),
            charity: self.read_as(Field::Charity, |raw| codes::code(raw, 5..=9, "charity-invalid")),
            phone: self.read_as(Field::ProviderPhone, cells::phone),
            website: self.read_as(Field::ProviderWebsite, cells::website),
        }
    }

    fn address(&mut self) -> Address {
        let whole = self.raw(Field::Address);
        let (field, divider) = match whole {
            Some(_) => (Field::Address, [',', '\n', '\r']),
            None => (Field::Line1, ['\n', '\n', '\r']),
        };
        let raw = self.raw(field).unwrap_or_default();
        if raw.contains(['\n', '\r']) {
            self.note(field, "address-newline", raw, &raw.replace(['\n', '\r'], ", "));
        }
        let mut parts = Vec::new();
        for part in raw.split(divider) {
            parts.extend(self.take(field, part, cells::text(part.trim_matches([' ', ',']))));
        }
        let line2 = self.read_as(Field::Line2, cells::text);
        let line1 = (!parts.is_empty()).then(|| parts.remove(0));
        parts.extend(line2);
        Address {
            line1,
            line2: (!parts.is_empty()).then(|| parts.join(", ")),
            city: self.read_as(Field::City, cells::text),
            county: self.read_as(Field::County, cells::text),
            postcode: self.read_as(Field::Postcode, cells::postcode),
        }
    }

    fn point(&mut self) -> Option<(String, String)> {
        let (lat, lon) = (self.raw(Field::Lat)?, self.raw(Field::Lon)?);
        let reading = cells::point(lat, lon);
        self.take(Field::Lat, &format!("{lat}, {lon}"), reading)
    }

    /// The rating; a file without ratings says nothing, a blank cell says "not rated".
    fn rating(&mut self) -> Option<Rating> {
        let (rating, date) = match self.raw(Field::RatingTree) {
            Some(raw) => self.rating_of_tree(raw)?,
            None => {
                let rating = self.read_as(Field::Rating, cells::rating);
                (rating, self.date(Field::RatingDate))
            }
        };
        let inherited = self.read_as(Field::Inherited, cells::flag);
        // Without a rating the column repeats the day of registration or of another paper.
        let date = match (rating, date) {
            (Some("not-rated"), Some(date)) => {
                self.note(Field::RatingDate, "rating-date-unused", &date.to_string(), "");
                None
            }
            (_, date) => date,
        };
        Some(Rating { rating: rating?, date, inherited })
    }

    fn rating_of_tree(&mut self, raw: &str) -> Option<(Option<&'static str>, Option<Date>)> {
        if raw.trim().is_empty() {
            return Some((Some("not-rated"), None));
        }
        let Some(tree) = Literal::read(raw) else {
            self.note(Field::RatingTree, "literal-invalid", raw, "");
            return None;
        };
        let overall = tree.get("overall");
        let text = |key: &str| overall.and_then(|o| o.get(key)).and_then(Literal::text);
        let word = text("rating").unwrap_or_default();
        let rating = self.take(Field::RatingTree, word, cells::rating(word));
        let date = match (rating, text("reportDate")) {
            (Some("not-rated"), _) | (_, None) => None,
            (_, Some(date)) => self.date_of(Field::RatingTree, date, &Evidence::default()),
        };
        Some((rating, date))
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let raw = self.raw(field).filter(|raw| !raw.trim().is_empty())?;
        let column = DATED.iter().position(|dated| *dated == field)?;
        self.date_of(field, raw, &self.rules.evidence[column])
    }

    fn date_of(&mut self, field: Field, raw: &str, evidence: &Evidence) -> Option<Date> {
        const FIRST_PLAUSIBLE_YEAR: i16 = 1990;
        let date = match dates::read(raw, evidence, self.rules.given) {
            Ok(date) => date,
            Err(rule) => {
                self.note(field, rule, raw, "");
                return None;
            }
        };
        if self.rules.file_date.is_some_and(|made| date > made) {
            self.note(field, "date-future", raw, &date.to_string());
        } else if date.year() < FIRST_PLAUSIBLE_YEAR {
            self.note(field, "date-before-1990", raw, &date.to_string());
        }
        Some(date)
    }

    fn read_as<T>(&mut self, field: Field, read: impl FnOnce(&str) -> Reading<T>) -> Option<T> {
        let raw = self.raw(field)?;
        self.take(field, raw, read(raw))
    }

    /// Reports what happened to a cell and gives its value.
    pub(super) fn take<T>(&mut self, field: Field, before: &str, reading: Reading<T>) -> Option<T> {
        for (rule, after) in &reading.notes {
            self.note(field, rule, before, after);
        }
        reading.value
    }

    /// Reports a cell.
    pub(super) fn note(&mut self, field: Field, rule: &'static str, before: &str, after: &str) {
        let heading = self.rules.layout.heading(field);
        self.findings.push(Entry::new(self.line, heading, rule, before, after));
    }
}

/// The sector, where the regulator's kind of organisation settles it; "Social Care Org" does not.
fn sector(raw: &str) -> Option<&'static str> {
    match raw.trim() {
        kind if kind.starts_with("NHS ") => Some("nhs"),
        kind if kind.starts_with("Independent ") => Some("independent"),
        _ => None,
    }
}
