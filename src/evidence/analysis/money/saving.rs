//! What it saves when people move nearer home (gap-analysis §8 and §15.14).
//!
//! What is known, what is assumed and what comes later stand in lines of their own and are never
//! added up. A saving below zero is shown as it is.

use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::money::phasing::Phasing;
use crate::evidence::analysis::money::target::{self, AgainstTarget, Lasting};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, Planned, Ratio, Year};

pub(in crate::evidence) static SAVING: Formula = Formula {
    id: "saving-year",
    rule: "(weekly cost of placed people of known cost - least weekly price O3a) x weeks in a year",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static ASSUMED: Formula = Formula {
    id: "saving-assumed",
    rule: "placed people of unknown cost x assumed saving; 0 at the low end",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static IN_YEAR: Formula = Formula {
    id: "saving-in-year",
    rule: "saving of a full year x days left / days in the year",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static EXPECTED: Formula = Formula {
    id: "saving-expected",
    rule: "saving of a full year x share of moves that last",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static DOUBLE_RUNNING: Formula = Formula {
    id: "double-running",
    rule: "least weekly price O3a x weeks in which both places are paid; once",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static SECOND_MOVE: Formula = Formula {
    id: "saving-second-move",
    rule: "(least weekly price O3a - people x price after the second move) x weeks in a year",
    source: "gap-analysis §15.14",
};

/// An assignment with its least price, from the matching.
#[derive(Clone, Copy)]
pub(in crate::evidence) struct Priced<'a> {
    /// The scenario of the assignment.
    pub(in crate::evidence) scenario: Scenario,
    /// People placed, by row of the placements.
    pub(in crate::evidence) placed: &'a [u32],
    /// Least total weekly price, in pence, of the places that placed people of known cost take:
    /// O3a of gap-analysis §5. Absent when one of these places has no price at all.
    pub(in crate::evidence) least_price_week_pence: Option<i64>,
}

/// Pence from one number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct PenceRange {
    /// The low end.
    pub(in crate::evidence) low: i128,
    /// The high end.
    pub(in crate::evidence) high: i128,
}

/// A second move after some months, to a cheaper level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct SecondMove {
    /// Months after the first move.
    pub(in crate::evidence) after_months: u32,
    /// What it saves in each full year from then on, in pence, beyond the first move.
    pub(in crate::evidence) year_pence: i128,
    /// The same within one year and within two years of the first move.
    pub(in crate::evidence) within_pence: [Option<i128>; 2],
}

/// What the moves of one scenario would save. All sums are pence.
#[derive(Clone)]
pub(in crate::evidence) struct Saving {
    /// The scenario.
    pub(in crate::evidence) scenario: Scenario,
    /// Placed people whose present cost is known, and those whose cost is not.
    pub(in crate::evidence) people_known: u32,
    pub(in crate::evidence) people_unknown: u32,
    /// In a full year, from people of known cost; absent when a price is.
    pub(in crate::evidence) year_pence: Option<Traced<i128>>,
    /// In a full year, from people of unknown cost, if the publisher assumes a saving.
    pub(in crate::evidence) assumed_year_pence: Option<Traced<PenceRange>>,
    /// In the financial year of the figures, if all move on their day.
    pub(in crate::evidence) this_year_at_once_pence: Option<Traced<i128>>,
    /// In a first financial year over which the moves are spread evenly.
    pub(in crate::evidence) first_year_evenly_pence: Option<Traced<i128>>,
    /// In a full year, if only the assumed share of moves lasts.
    pub(in crate::evidence) expected_year_pence: Option<Traced<i128>>,
    /// The cost of paying two places at first, once; to be taken off.
    pub(in crate::evidence) double_running_pence: Option<Traced<i128>>,
    /// A second line: what a later move saves.
    pub(in crate::evidence) second_move: Option<Traced<SecondMove>>,
    /// Against the saving that is aimed at.
    pub(in crate::evidence) against_target: Option<Traced<AgainstTarget>>,
    /// How many moves are expected to last.
    pub(in crate::evidence) lasting: Option<Traced<Lasting>>,
}

/// Saving of a full year in pence: weekly cost less weekly price, times the weeks of a year.
pub(in crate::evidence) fn annual(cost_week: i128, price_week: i128, weeks: u32) -> i128 {
    (cost_week - price_week) * i128::from(weeks)
}

/// A saving that is assumed for each person: nothing at the low end.
pub(in crate::evidence) fn assumed(people: u32, each_year: i128) -> PenceRange {
    PenceRange { low: 0, high: i128::from(people) * each_year }
}

/// A share of a sum, to the nearest penny; absent when it cannot be counted.
pub(in crate::evidence) fn share_of(pence: i128, share: Rational) -> Option<i128> {
    Some(Rational::whole(pence).times(share)?.rounded())
}

/// People of whom a share succeeds: 76% of 20 is 15.2.
pub(in crate::evidence) fn expected(people: u32, success: Rational) -> Option<Rational> {
    Rational::whole(i128::from(people)).times(success)
}

/// What a second move saves in a full year, in pence, beyond the first (gap-analysis §15.14).
pub(in crate::evidence) fn second_move(
    first_price_week: i128,
    people: u32,
    second_price_week: i128,
    weeks: u32,
) -> i128 {
    annual(first_price_week, i128::from(people) * second_price_week, weeks)
}

/// What a second move saves within so many months of the first, in pence; nothing before its time.
pub(in crate::evidence) fn second_move_within(
    year_pence: i128,
    after_months: u32,
    months: u32,
) -> Option<i128> {
    let left = i128::from(months.saturating_sub(after_months));
    share_of(year_pence, Rational::new(left, 12)?)
}

/// A share as an exact fraction.
pub(in crate::evidence::analysis) fn fraction(share: Ratio) -> Option<Rational> {
    Rational::new(i128::from(share.num), i128::from(share.den))
}

pub(super) fn of(market: &Market, priced: &Priced) -> Saving {
    let weeks = market.parameters.weeks_per_year;
    let (mut known, mut unknown) = (Inputs::default(), Inputs::default());
    let (mut people_known, mut people_unknown) = (0, 0);
    let mut cost_week = 0;
    for (at, placed) in priced.placed.iter().enumerate().filter(|(_, placed)| **placed > 0) {
        match market.placements[at].weekly_cost {
            Some(cost) => {
                cost_week += i128::from(*placed) * i128::from(cost.raw());
                people_known += placed;
                known.placements.push(at);
            }
            None => {
                people_unknown += placed;
                unknown.placements.push(at);
            }
        }
    }
    let lines = priced.least_price_week_pence.map(|price| {
        let price_week = i128::from(price);
        Lines { market, inputs: &known, year: annual(cost_week, price_week, weeks), price_week }
    });
    let lines = lines.as_ref();
    let mut saving = Saving {
        scenario: priced.scenario,
        people_known,
        people_unknown,
        year_pence: lines.map(|lines| lines.line(&SAVING, &[], lines.year)),
        assumed_year_pence: assumed_line(market, people_unknown, unknown),
        this_year_at_once_pence: lines.and_then(Lines::this_year),
        first_year_evenly_pence: lines.and_then(Lines::evenly),
        expected_year_pence: lines.and_then(Lines::expected),
        double_running_pence: lines.and_then(Lines::double_running),
        second_move: lines.and_then(|lines| lines.second_move(people_known)),
        against_target: None,
        lasting: target::lasting(market, priced.placed),
    };
    saving.against_target = target::against(market, &saving);
    saving
}

/// What is assumed of people whose present cost is not known; it needs no price.
fn assumed_line(market: &Market, people: u32, rows: Inputs) -> Option<Traced<PenceRange>> {
    let each = Planned::SavingPerPerson.pence(&market.assumptions)?;
    let value = assumed(people, i128::from(each.raw()));
    let assumptions = vec![Planned::SavingPerPerson.id().to_owned()];
    Some(Traced { assumptions, ..Traced::new(&ASSUMED, rows, value) })
}

/// The lines beside the saving of a full year; each exists only where its assumption does.
struct Lines<'a> {
    market: &'a Market,
    inputs: &'a Inputs,
    year: i128,
    price_week: i128,
}

impl Lines<'_> {
    fn line<T>(&self, formula: &'static Formula, assumes: &[Planned], value: T) -> Traced<T> {
        Traced {
            assumptions: assumes.iter().map(|planned| planned.id().to_owned()).collect(),
            ..Traced::new(formula, self.inputs.clone(), value)
        }
    }

    fn this_year(&self) -> Option<Traced<i128>> {
        let day = self.market.settings.edition.as_at;
        let year = Year::financial_with(day);
        let share = Phasing::AllOn(day).share_of(year.first(), year.last())?;
        Some(self.line(&IN_YEAR, &[], share_of(self.year, share)?))
    }

    fn evenly(&self) -> Option<Traced<i128>> {
        let year = Year::financial_with(self.market.settings.edition.as_at);
        let share = Phasing::Evenly.share_of(year.first(), year.last())?;
        Some(self.line(&IN_YEAR, &[], share_of(self.year, share)?))
    }

    fn expected(&self) -> Option<Traced<i128>> {
        let success = Planned::MoveSuccess.share(&self.market.assumptions)?;
        let value = share_of(self.year, fraction(success)?)?;
        Some(self.line(&EXPECTED, &[Planned::MoveSuccess], value))
    }

    fn double_running(&self) -> Option<Traced<i128>> {
        let weeks = Planned::DoubleRunningWeeks.count(&self.market.assumptions)?;
        let value = self.price_week * i128::from(weeks);
        Some(self.line(&DOUBLE_RUNNING, &[Planned::DoubleRunningWeeks], value))
    }

    fn second_move(&self, people: u32) -> Option<Traced<SecondMove>> {
        let assumptions = &self.market.assumptions;
        let after_months = Planned::SecondMoveMonths.count(assumptions)?;
        let price = Planned::SecondMovePrice.pence(assumptions)?;
        let weeks = self.market.parameters.weeks_per_year;
        let year_pence = second_move(self.price_week, people, i128::from(price.raw()), weeks);
        let assumes = [Planned::SecondMoveMonths, Planned::SecondMovePrice];
        let within = |months| second_move_within(year_pence, after_months, months);
        let within_pence = [within(12), within(24)];
        let value = SecondMove { after_months, year_pence, within_pence };
        Some(self.line(&SECOND_MOVE, &assumes, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Example 10 (Re:Source): 20 people from 3,000.00 to 2,057.69 pounds a week.
    #[test]
    fn twenty_people_step_down() {
        assert_eq!(annual(20 * 300_000, 20 * 205_769, 52), 98_000_240);
        assert_eq!(assumed(20, 4_900_000), PenceRange { low: 0, high: 98_000_000 });
        let success = Rational::new(76, 100).unwrap();
        assert_eq!(expected(20, success), Rational::new(152, 10));
    }

    #[test]
    fn a_dearer_place_saves_less_than_nothing() {
        assert_eq!(annual(2 * 100_000, 2 * 150_000, 52), -5_200_000);
    }

    /// Story S0: costs fall again when people move on after about 18 months.
    #[test]
    fn a_second_move_is_a_line_of_its_own() {
        let year = second_move(20 * 205_769, 20, 115_000, 52);
        assert_eq!(year, 20 * 90_769 * 52);
        assert_eq!(second_move_within(year, 18, 12), Some(0));
        assert_eq!(second_move_within(year, 18, 24), Some(year / 2));
        assert_eq!(second_move_within(year, 18, 30), Some(year));
    }
}
