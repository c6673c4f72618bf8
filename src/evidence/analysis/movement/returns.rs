//! Who came back, and how far others are on the way (gap-analysis §8, stories S0 and S1).

use std::collections::BTreeMap;

use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::money::claims::{Spread, person_years};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{AreaId, CohortId, Market, PathwayStage, PeopleRange, Year};

pub(in crate::evidence) static RETURNS: Formula = Formula {
    id: "repatriation-ledger",
    rule: "people returned and savings by cohort and year, with running totals",
    source: "gap-analysis §8; domain §3, S1",
};
pub(in crate::evidence) static PATHWAY: Formula = Formula {
    id: "pathway-stages",
    rule: "people who reached each stage by cohort and year, with running totals",
    source: "domain §3, S0",
};

/// A number of people from a low to a high end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Ends {
    /// The low end.
    pub(in crate::evidence) low: u64,
    /// The high end.
    pub(in crate::evidence) high: u64,
}

impl Ends {
    fn of(people: PeopleRange) -> Ends {
        Ends { low: u64::from(people.low()), high: u64::from(people.high()) }
    }

    fn plus(self, other: Ends) -> Ends {
        Ends { low: self.low + other.low, high: self.high + other.high }
    }
}

/// People of one cohort who came back in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct ReturnLine {
    /// The cohort.
    pub(in crate::evidence) cohort: CohortId,
    /// The year.
    pub(in crate::evidence) year: Year,
    /// In this year, in all and by commissioner.
    pub(in crate::evidence) people: Ends,
    pub(in crate::evidence) by_commissioner: Vec<(AreaId, Ends)>,
    /// In this and all earlier years.
    pub(in crate::evidence) people_so_far: Ends,
    /// Years from the first of the cohort to this one.
    pub(in crate::evidence) years_so_far: u32,
    /// Savings of this year that are known, in pence; below zero where places cost more.
    pub(in crate::evidence) saving_pence: i128,
    /// Known savings of this and all earlier years.
    pub(in crate::evidence) saving_so_far_pence: i128,
    /// Rows of this year without a saving.
    pub(in crate::evidence) unstated: u32,
}

impl ReturnLine {
    /// The most that one person can have saved so far on average: the savings over the fewest
    /// people. Absent when there may be none.
    pub(in crate::evidence) fn saving_each_at_most(&self) -> Option<Rational> {
        Rational::new(self.saving_so_far_pence, i128::from(self.people_so_far.low))
    }

    /// The same for each year that one person lives nearer home, with moves spread in this way over
    /// the years of the cohort (domain §3, S1).
    pub(in crate::evidence) fn saving_each_year_at_most(&self, spread: Spread) -> Option<Rational> {
        let people = u32::try_from(self.people_so_far.low).ok()?;
        let years = person_years(people, self.years_so_far, spread)?;
        Rational::whole(self.saving_so_far_pence).over(years)
    }
}

/// Stages that people of one cohort reached in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct PathwayLine {
    /// The cohort.
    pub(in crate::evidence) cohort: CohortId,
    /// The year.
    pub(in crate::evidence) year: Year,
    /// People by stage; absent when unknown.
    pub(in crate::evidence) people: [Option<Ends>; 5],
    /// People by stage up to this year; absent when a year of them is unknown.
    pub(in crate::evidence) so_far: [Option<Ends>; 5],
}

impl PathwayLine {
    /// Share of those at one stage who reached another so far: the lowest and the highest.
    ///
    /// Absent when one is unknown, or there may be nobody at the first.
    pub(in crate::evidence) fn reached(
        &self,
        from: PathwayStage,
        to: PathwayStage,
    ) -> Option<(Rational, Rational)> {
        let at = |stage: PathwayStage| self.so_far[stage as usize];
        let (from, to) = (at(from)?, at(to)?);
        let share = |part: u64, whole: u64| Rational::new(i128::from(part), i128::from(whole));
        Some((share(to.low, from.high)?, share(to.high, from.low)?))
    }
}

/// The ledger of returns: by cohort, then by year.
pub(super) fn returns(market: &Market) -> Vec<Traced<ReturnLine>> {
    let mut lines: BTreeMap<(CohortId, Year), (ReturnLine, Inputs)> = BTreeMap::new();
    for (at, row) in market.movement.returns.iter().enumerate() {
        let key = (row.cohort.clone(), row.year);
        let (line, inputs) = lines.entry(key).or_insert_with(|| {
            let empty = ReturnLine {
                cohort: row.cohort.clone(),
                year: row.year,
                people: Ends::default(),
                by_commissioner: Vec::new(),
                people_so_far: Ends::default(),
                years_so_far: 0,
                saving_pence: 0,
                saving_so_far_pence: 0,
                unstated: 0,
            };
            (empty, Inputs::default())
        });
        let people = Ends::of(row.people);
        line.people = line.people.plus(people);
        line.by_commissioner.push((row.commissioner.clone(), people));
        line.saving_pence += i128::from(row.saving_pence.unwrap_or(0));
        line.unstated += u32::from(row.saving_pence.is_none());
        inputs.returns.push(at);
    }
    let mut so_far: BTreeMap<CohortId, (Ends, i128, i16)> = BTreeMap::new();
    let mut ledger = Vec::new();
    for (mut line, mut inputs) in lines.into_values() {
        let year = line.year.first().year();
        let (people, saving, first) =
            so_far.entry(line.cohort.clone()).or_insert((Ends::default(), 0, year));
        *people = people.plus(line.people);
        *saving += line.saving_pence;
        (line.people_so_far, line.saving_so_far_pence) = (*people, *saving);
        line.years_so_far = u32::from(year.abs_diff(*first)) + 1;
        line.by_commissioner.sort_by(|a, b| a.0.cmp(&b.0));
        inputs.returns.sort_unstable();
        ledger.push(Traced::new(&RETURNS, inputs, line));
    }
    ledger
}

/// The stages of the pathway: by cohort, then by year.
pub(super) fn pathway(market: &Market) -> Vec<Traced<PathwayLine>> {
    let mut order: Vec<usize> = (0..market.movement.pathway.len()).collect();
    order.sort_by_key(|at| {
        let row = &market.movement.pathway[*at];
        (row.cohort.clone(), row.year)
    });
    let mut so_far: BTreeMap<CohortId, [Option<Ends>; 5]> = BTreeMap::new();
    let mut lines = Vec::new();
    for at in order {
        let row = &market.movement.pathway[at];
        let people = row.people.map(|people| people.map(Ends::of));
        let sums = so_far.entry(row.cohort.clone()).or_insert([Some(Ends::default()); 5]);
        for (sum, people) in sums.iter_mut().zip(people) {
            *sum = sum.zip(people).map(|(sum, people)| sum.plus(people));
        }
        let inputs = Inputs { pathway: vec![at], ..Inputs::default() };
        let line =
            PathwayLine { cohort: row.cohort.clone(), year: row.year, people, so_far: *sums };
        lines.push(Traced::new(&PATHWAY, inputs, line));
    }
    lines
}
