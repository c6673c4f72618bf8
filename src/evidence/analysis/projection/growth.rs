//! By how much each row grows: N x pop_t / pop_0 x (1 + g)^t (gap-analysis §15.12).

use std::collections::BTreeMap;

use crate::evidence::analysis::apportion::{Bounds, ONE, apportion};
use crate::evidence::analysis::scenario::Scenario;
use crate::evidence::market::{Market, Placement};

/// The growth of every row of the placements up to a year.
pub(super) struct Factors<'m> {
    market: &'m Market,
    years: u32,
    /// For each row: the numbers of its age bands, with people in the first year and in this one.
    rows: Vec<Row>,
}

struct Row {
    bands: Vec<usize>,
    /// Absent where no table counts the people of its home and age.
    population: Option<(u128, u128)>,
}

impl<'m> Factors<'m> {
    pub(super) fn new(market: &'m Market, year: i16) -> Factors<'m> {
        let first = market.settings.edition.as_at.year();
        let years = u32::try_from(year.saturating_sub(first)).unwrap_or(0);
        let rows = market.placements.iter().map(|row| row_of(market, row, first, year)).collect();
        Factors { market, years, rows }
    }

    /// People of rows for whom there is no population.
    pub(super) fn without_population(&self, need: &[u32]) -> u32 {
        let rows = self.rows.iter().zip(need);
        rows.filter(|(row, _)| row.population.is_none()).map(|(_, need)| need).sum()
    }

    /// People of each row in the year. The total of each age band is exact; the hopeful rows are
    /// never above the central ones, nor the cautious ones below, so that scenarios stay nested.
    pub(super) fn need(&self, scenario: Scenario) -> Vec<u32> {
        let free = vec![(0, u32::MAX); self.rows.len()];
        let central = self.scaled(Scenario::Central, &free);
        let bounds: Vec<Bounds> = match scenario {
            Scenario::Low => central.iter().map(|row| (0, *row)).collect(),
            Scenario::Central => return central,
            Scenario::High => central.iter().map(|row| (*row, u32::MAX)).collect(),
        };
        self.scaled(scenario, &bounds)
    }

    fn scaled(&self, scenario: Scenario, bounds: &[Bounds]) -> Vec<u32> {
        let growth = &self.market.parameters.growth;
        let yearly = match scenario {
            Scenario::Low => &growth.low,
            Scenario::Central => &growth.central,
            Scenario::High => &growth.high,
        };
        let grown = compound(yearly.millionths, self.years);
        let mut groups: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            groups.entry(&row.bands).or_default().push(at);
        }
        let mut scaled = vec![0; self.rows.len()];
        for rows in groups.values() {
            let parts: Vec<u128> = rows
                .iter()
                .map(|row| {
                    let people = u128::from(scenario.need(&self.market.placements[*row]));
                    people.saturating_mul(factor(self.rows[*row].population, grown))
                })
                .collect();
            let bounds: Vec<Bounds> = rows.iter().map(|row| bounds[*row]).collect();
            for (row, people) in rows.iter().zip(apportion(&parts, &bounds)) {
                scaled[*row] = people;
            }
        }
        scaled
    }
}

/// The age bands that a row's ages touch, all if its age is unknown, and their people in the
/// smallest area round its home that the table has.
fn row_of(market: &Market, row: &Placement, first: i16, year: i16) -> Row {
    let bands: Vec<usize> = market
        .vocabulary
        .age_bands
        .iter()
        .enumerate()
        .filter(|(_, band)| row.age.is_none_or(|age| age.overlaps(band.ages)))
        .map(|(number, _)| number)
        .collect();
    let people = |year| {
        let area = market.areas.lineage(&row.home).find(|area| {
            bands
                .iter()
                .any(|band| market.population.people(area.id.as_str(), year, *band).is_some())
        })?;
        let of = |band: &usize| market.population.people(area.id.as_str(), year, *band);
        Some(bands.iter().filter_map(of).map(u128::from).sum::<u128>())
    };
    let population = people(first).filter(|people| *people > 0).zip(people(year));
    Row { bands, population }
}

/// (1 + g)^t in parts of [`ONE`], rounded to the nearest part each year.
fn compound(yearly_millionths: i32, years: u32) -> u128 {
    let yearly = u128::try_from(1_000_000 + i64::from(yearly_millionths)).unwrap_or(0);
    (0..years).fold(ONE, |grown, _| (grown.saturating_mul(yearly) + 500_000) / 1_000_000)
}

/// pop_t / pop_0 x growth, in parts of [`ONE`], rounded to the nearest part.
fn factor(population: Option<(u128, u128)>, grown: u128) -> u128 {
    match population {
        Some((first, then)) => (then.saturating_mul(grown) * 2 + first) / (first * 2),
        None => grown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_compounds_exactly() {
        assert_eq!(compound(0, 40), ONE);
        assert_eq!(compound(5_000, 2), 1_010_025_000_000);
        assert_eq!(compound(-500_000, 2), ONE / 4);
        assert_eq!(factor(Some((3, 4)), ONE), 1_333_333_333_333);
        assert_eq!(factor(Some((7, 7)), ONE), ONE);
        assert_eq!(factor(None, ONE / 2), ONE / 2);
    }
}
