//! What readers work out of residents: somebody from outside, and every provider, who knows its
//! own.
//!
//! The audit is told how many live in each service, as its provider knows them: an attack by an
//! insider needs what the insider knows. Which of these are secrets follows from them. What a
//! reader is taken to know is public: services, their places and free places as told, where they
//! stand, what they meet, the figures, and what it means that a figure of residents is told.

mod nearby;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::super::profile::{PublicService, PublicVacancies};
use super::super::super::publication::Publication;
use super::super::reading::Reading;
use super::super::watched::Residents;
use super::system::{ENDLESS, Range, Row, System};
use super::worlds::{self, Secret};
use super::{FEWEST_VALUES, Found, Readings};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::ProviderId;
use nearby::Nearby;

const MEASURES: [Measure; 2] = [Measure::OccupiedLocally, Measure::OccupiedByOthers];

/// People of one service from here, or from elsewhere.
struct Part<'p> {
    provider: &'p ProviderId,
    service: &'p PublicService,
    measure: Measure,
    people: i64,
    cell: usize,
}

/// People of whom somebody may not know how many they are.
struct Asked {
    name: String,
    /// The cells of its parts.
    parts: Vec<usize>,
}

/// The residents of a site.
struct Site<'p> {
    publication: &'p Publication,
    parts: Vec<Part<'p>>,
    /// What everybody can read.
    system: System,
    /// The cell of each sum by the cells of its parts.
    sums: BTreeMap<Vec<usize>, usize>,
    /// Each figure with the parts that it counts.
    figures: Vec<(&'p CellKey, Vec<usize>)>,
}

/// Attacks the residents of a site by all figures of residents as they were read.
pub(in super::super) fn attack(
    publication: &Publication,
    readings: &Readings,
    residents: &Residents,
) -> Vec<Found> {
    let told = |key: &CellKey| matches!(readings.get(key), Some(Reading::Number { .. }));
    if !readings.keys().any(|key| MEASURES.contains(&key.measure) && told(key)) {
        return Vec::new();
    }
    let site = Site::new(publication, readings, residents);
    let readers: BTreeSet<&ProviderId> = site.parts.iter().map(|part| part.provider).collect();
    let readers: Vec<Option<&ProviderId>> =
        std::iter::once(None).chain(readers.into_iter().map(Some)).collect();
    let people = site.parts.iter().map(|part| (part.cell, part.people)).collect();
    let nearby = Nearby::of(&site.system, &people, &site.sums);
    let attacked = |reader: &Option<&_>| site.attacked_by(*reader, (readings, &nearby));
    let found = readers.par_iter().flat_map_iter(attacked);
    let found: BTreeSet<Found> = found.collect();
    found.into_iter().collect()
}

impl<'p> Site<'p> {
    fn new(
        publication: &'p Publication,
        readings: &Readings<'p>,
        residents: &Residents,
    ) -> Site<'p> {
        let (system, sums) = (System::default(), BTreeMap::new());
        let mut site = Site { publication, parts: Vec::new(), system, sums, figures: Vec::new() };
        for (provider, service) in publication.services() {
            let Some(people) = residents.get(&service.id) else { continue };
            let both = people.iter().flatten().sum::<u32>();
            let most = most_of(service).max(i64::from(both));
            let mut cells = Vec::new();
            for (measure, people) in MEASURES.into_iter().zip(people) {
                let Some(people) = people.map(i64::from) else { continue };
                let cell = site.system.cell(Range::new(0, most));
                cells.push(cell);
                let provider = &provider.id;
                site.parts.push(Part { provider, service, measure, people, cell });
            }
            site.system.rows.push(Row::within(&cells, Range::new(0, most)));
        }
        for key in readings.keys().filter(|key| MEASURES.contains(&key.measure)) {
            let parts: Vec<usize> =
                (0..site.parts.len()).filter(|at| site.counts(key, &site.parts[*at])).collect();
            if !parts.is_empty() {
                site.read(key, &parts, readings);
                site.figures.push((key, parts));
            }
        }
        site
    }

    /// Whether a figure counts people of a service.
    fn counts(&self, key: &CellKey, part: &Part) -> bool {
        let service = part.service;
        let areas = self.publication.areas();
        let is_here = |area| service.area.as_ref().is_some_and(|at| areas.is_within(at, area));
        let meets = |need| service.needs.as_ref().is_some_and(|needs| needs.contains(need));
        key.measure == part.measure
            && key.area.as_ref().is_none_or(is_here)
            && (key.level.is_none() || key.level == service.level)
            && key.need.as_ref().is_none_or(meets)
    }

    /// The cell of a sum.
    fn sum(system: &mut System, sums: &mut BTreeMap<Vec<usize>, usize>, parts: &[usize]) -> usize {
        if let [one] = parts {
            return *one;
        }
        *sums.entry(parts.to_vec()).or_insert_with(|| {
            let cell = system.cell(Range::ANY);
            system.rows.push(Row::balance(&[cell], parts));
            cell
        })
    }

    /// Takes in a figure that is told. Enough providers have some of its people.
    fn read(&mut self, key: &CellKey, parts: &[usize], readings: &Readings) {
        let policy = self.publication.policy();
        let half = i64::from(policy.rounding_base / 2);
        let Some(Reading::Number { low, high: Some(high), .. }) = readings.get(key) else { return };
        let (low, high) = (i64::from(*low), i64::from(*high));
        let least = (low - half).max(i64::from(policy.threshold));
        let mut providers: BTreeMap<&ProviderId, Vec<usize>> = BTreeMap::new();
        for at in parts {
            let part = &self.parts[*at];
            providers.entry(part.provider).or_default().push(part.cell);
        }
        if providers.len() == policy.fewest_providers {
            let some = providers.values().map(|cells| Row::at_least(cells, &[], 1));
            self.system.rows.extend(some);
        }
        let cells: Vec<usize> = parts.iter().map(|at| self.parts[*at].cell).collect();
        let cell = Site::sum(&mut self.system, &mut self.sums, &cells);
        let range = &mut self.system.ranges[cell];
        *range = Range::new(range.low.max(least), range.high.min(high + half));
    }

    /// What one reader finds out; `None` is from outside.
    fn attacked_by(
        &self,
        reader: Option<&ProviderId>,
        (readings, nearby): (&Readings, &Nearby),
    ) -> Vec<Found> {
        let own = self.parts.iter().filter(|part| Some(part.provider) == reader);
        let own: BTreeSet<usize> = own.map(|part| part.cell).collect();
        let mut asked = self.asked_by(reader, readings);
        asked.retain(|asked| nearby.values(&asked.parts, &own) < FEWEST_VALUES);
        // One reader looks whether the figures agree with each other at all.
        if asked.is_empty() && reader.is_some() {
            return Vec::new();
        }
        let mut system = self.system.clone();
        for part in self.parts.iter().filter(|part| Some(part.provider) == reader) {
            system.ranges[part.cell] = Range::new(part.people, part.people);
        }
        let mut sums = self.sums.clone();
        let mut secrets: BTreeMap<usize, (String, i64)> = BTreeMap::new();
        for asked in asked {
            let most = |part: &usize| self.system.ranges[*part].high;
            let most = asked.parts.iter().map(most).fold(0, i64::saturating_add);
            let cell = Site::sum(&mut system, &mut sums, &asked.parts);
            secrets.insert(cell, (asked.name, FEWEST_VALUES.min(most + 1)));
        }
        let who = reader.map_or_else(String::new, |reader| format!(" by {reader}"));
        if system.narrow().is_err() {
            return vec![Found::Contradiction(format!("residents{who}"))];
        }
        let mut found = Vec::new();
        let mut open = Vec::new();
        for (cell, (name, values)) in &secrets {
            match system.ranges[*cell].width() < *values {
                true => found.push(Found::Narrow(format!("{name}{who}"))),
                false => open.push(Secret { cell: *cell, values: *values }),
            }
        }
        for (cell, is_decided) in worlds::narrow(&system, &open) {
            let name = format!("{}{who}", secrets[&cell].0);
            found.push(if is_decided { Found::Narrow(name) } else { Found::Undecided(name) });
        }
        found
    }

    /// What a reader may not know: figures that are small or of too few providers, what another
    /// provider has, and a small number of people of others.
    fn asked_by(&self, reader: Option<&ProviderId>, readings: &Readings) -> Vec<Asked> {
        let policy = self.publication.policy();
        let is_small = |people: i64| (1..i64::from(policy.threshold)).contains(&people);
        let mut asked = Vec::new();
        for (key, parts) in &self.figures {
            let mut shares: BTreeMap<&ProviderId, Vec<&Part>> = BTreeMap::new();
            for at in parts {
                let part = &self.parts[*at];
                shares.entry(part.provider).or_default().push(part);
            }
            let people = |parts: &[&Part]| parts.iter().map(|part| part.people).sum::<i64>();
            let cells = |parts: &[&Part]| parts.iter().map(|part| part.cell).collect();
            let is_in = reader.is_some_and(|reader| shares.contains_key(reader));
            let having = shares.values().filter(|parts| people(parts) > 0).count();
            for (provider, parts) in &shares {
                if Some(*provider) != reader && people(parts) > 0 {
                    asked.push(Asked { name: format!("{key} of {provider}"), parts: cells(parts) });
                }
            }
            let others = shares.iter().filter(|(provider, _)| Some(**provider) != reader);
            let others: Vec<&Part> = others.flat_map(|(_, parts)| parts.iter().copied()).collect();
            let is_told = matches!(readings.get(key), Some(Reading::Number { .. }));
            let is_few = !is_in && !is_told && having < policy.fewest_providers;
            let sum = people(&others);
            if is_small(sum) || (is_few && sum > 0) {
                let what = if is_in { "of others" } else { "of all" };
                let mut parts: Vec<usize> = cells(&others);
                parts.sort_unstable();
                asked.push(Asked { name: format!("{key} {what}"), parts });
            }
        }
        asked
    }
}

/// The most people who can live in a service: its places, less those that are told to be free.
fn most_of(service: &PublicService) -> i64 {
    let free = match service.vacancies {
        PublicVacancies::Exact(free) => free,
        PublicVacancies::Band(low, _) => low,
        PublicVacancies::Any(is_free) => u32::from(is_free),
        PublicVacancies::NotStated => 0,
    };
    let places = service.places.or(service.registered);
    places.map_or(ENDLESS, |places| i64::from(places.0) - i64::from(free))
}

#[cfg(test)]
mod tests;
