//! `data/population/*.csv` and `data/rates/*.csv`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::load::table;
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::ids::{AreaId, NeedId};
use super::super::population::{NeedRate, Population};
use super::check::Check;
use super::words::Words;

/// Most people that one count of a population may be.
const MOST_PEOPLE: u32 = 100_000_000;

pub(super) fn read(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Population {
    let columns = ["area", "year", "age_band", "people"];
    let mut population = Population::default();
    let mut seen: BTreeMap<(AreaId, i16, usize), Span> = BTreeMap::new();
    let mut first_of: BTreeMap<AreaId, Span> = BTreeMap::new();
    for (id, source) in sources.under("data/population/").filter(|(_, source)| source.is_read()) {
        let (rows, mut told) = table::read(id, source, &columns, &columns);
        out.append(&mut told);
        let mut check = Check::new(id, source);
        for mut row in rows {
            let at = Span::new(id, row.range.clone());
            let cells = columns.map(|column| row.take(column));
            let [area, year, band, people] = &cells;
            expect_all(&mut check, at, columns.iter().copied().zip(&cells));
            let area = words.area(&mut check, area.as_ref());
            let year = super::plan::year(&mut check, year.as_ref(), words);
            let band = age_band(&mut check, band.as_ref(), words);
            let people = check.count_in("people", people.as_ref(), 0..=MOST_PEOPLE);
            let (Some(area), Some(year), Some(band), Some(people)) = (area, year, band, people)
            else {
                continue;
            };
            first_of.entry(area.clone()).or_insert(at);
            if let Some(before) = seen.insert((area.clone(), year, band), at) {
                check.push(twice("two counts of one area, year and age band", at, before));
            }
            population.enter(area, year, band, people);
        }
        out.append(&mut check.diagnostics);
    }
    expect_complete(&population, words, &first_of, out);
    population
}

/// Every area must have all years and bands that any has, and the year from which is counted.
fn expect_complete(
    population: &Population,
    words: &Words,
    first_of: &BTreeMap<AreaId, Span>,
    out: &mut Vec<Diagnostic>,
) {
    let base = words.edition.map(|edition| edition.as_at.year());
    let (mut years, bands): (BTreeSet<i16>, BTreeSet<usize>) = population.cells().unzip();
    years.extend(base);
    for area in population.areas() {
        let lacking = years.iter().flat_map(|year| bands.iter().map(move |band| (*year, *band)));
        let mut lacking = lacking.filter(|(year, band)| {
            let people = population.people(area.as_str(), *year, *band);
            people.is_none() || people == Some(0) && Some(*year) == base
        });
        let (Some((year, band)), Some(at)) = (lacking.next(), first_of.get(area)) else { continue };
        let more = match lacking.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let band = &words.vocabulary.age_bands[band].id;
        out.push(
            Diagnostic::error(
                Code::PopulationIncomplete,
                format!("the population of `{area}` lacks people for {year}, `{band}`{more}"),
            )
            .at(*at)
            .label("first line of this area")
            .help(
                "give every area a line for each year and each age band in the table; the first \
                 year is that of the as-at date",
            ),
        );
    }
}

pub(super) fn rates(
    sources: &SourceSet,
    words: &Words,
    population: &Population,
    out: &mut Vec<Diagnostic>,
) -> Vec<NeedRate> {
    let columns = ["need", "age_band", "rate", "source"];
    let mut rates = Vec::new();
    let mut seen: BTreeMap<(NeedId, usize), Span> = BTreeMap::new();
    for (id, source) in sources.under("data/rates/").filter(|(_, source)| source.is_read()) {
        let (rows, mut told) = table::read(id, source, &columns, &columns);
        out.append(&mut told);
        let mut check = Check::new(id, source);
        for mut row in rows {
            let at = Span::new(id, row.range.clone());
            let cells = columns.map(|column| row.take(column));
            let [need, band, share, from] = &cells;
            expect_all(&mut check, at, columns.iter().copied().zip(&cells));
            let need = need.clone().and_then(|need| {
                words.needs(&mut check, Some(&vec![need])).and_then(|found| found.first().cloned())
            });
            let written = band;
            let band = age_band(&mut check, band.as_ref(), words);
            let share = check.share("rate", share.as_ref());
            let (Some(need), Some(band), Some(share), Some(from)) = (need, band, share, from)
            else {
                continue;
            };
            expect_band(&mut check, population, band, written.as_ref());
            if let Some(before) = seen.insert((need.clone(), band), at) {
                check.push(twice("two rates of one need and age band", at, before));
            }
            rates.push(NeedRate { need, band, share, source: from.value.clone() });
        }
        out.append(&mut check.diagnostics);
    }
    rates
}

/// A rate of an age band that no population counts would never say anything.
fn expect_band(check: &mut Check, population: &Population, band: usize, at: Option<&Text>) {
    if let Some(at) = at.filter(|_| !population.cells().any(|(_, known)| known == band)) {
        let message = "no population is given for this age band".to_owned();
        let help = "add its people to data/population, or remove the rate";
        check.fault(Code::PopulationIncomplete, at, message, help);
    }
}

/// The number of an age band of the vocabulary.
fn age_band(check: &mut Check, text: Option<&Text>, words: &Words) -> Option<usize> {
    let text = text?;
    let bands = &words.vocabulary.age_bands;
    let known = bands.iter().map(|band| band.id.as_str());
    let found = check.reference("age band", text, known, "data/vocabulary.yaml")?;
    bands.iter().position(|band| band.id == found)
}

/// A blank cell would be an unknown number, and no figure can be made of it.
fn expect_all<'a>(
    check: &mut Check,
    at: Span,
    cells: impl Iterator<Item = (&'a str, &'a Option<Text>)>,
) {
    for (column, _) in cells.filter(|(_, cell)| cell.is_none()) {
        check.push(
            Diagnostic::error(Code::MissingKey, format!("`{column}` is blank"))
                .at(at)
                .help("fill the cell, or remove the row"),
        );
    }
}

fn twice(message: &str, here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, message)
        .at(here)
        .label("second line")
        .also(before, "first line")
        .help("remove one of the two")
}
