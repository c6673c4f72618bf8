//! What follows from a claim about money, and what does not (domain §3, stories S0 and S1).

use jiff::civil::Date;

use super::phasing::{Phasing, days_from};
use super::saving::share_of;
use crate::evidence::analysis::rational::Rational;

/// A number of which only bounds are told: "at least", "up to", "more than".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Bounds {
    /// The low end; absent when there is none.
    pub(in crate::evidence) low: Option<i128>,
    /// The high end; absent when there is none.
    pub(in crate::evidence) high: Option<i128>,
}

impl Bounds {
    /// "At least": no high end.
    pub(in crate::evidence) fn at_least(low: i128) -> Bounds {
        Bounds { low: Some(low), high: None }
    }

    /// "Up to", of something that is not below zero.
    pub(in crate::evidence) fn up_to(high: i128) -> Bounds {
        Bounds { low: Some(0), high: Some(high) }
    }

    /// The sum: an end that one of the two lacks is lacking.
    pub(in crate::evidence) fn plus(self, other: Bounds) -> Bounds {
        let sum = |one: Option<i128>, two: Option<i128>| one?.checked_add(two?);
        Bounds { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    /// Whether "more than this" follows from the bounds.
    pub(in crate::evidence) fn prove_more_than(self, amount: i128) -> bool {
        self.low.is_some_and(|low| low > amount)
    }

    /// The largest share that a part can be of the whole that these bounds describe.
    pub(in crate::evidence) fn share_at_most(self, part: i128) -> Option<Rational> {
        Rational::new(part, self.low.filter(|low| *low > 0)?)
    }
}

/// Whether a first year can save what is claimed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct FirstYear {
    /// The share of a full year that the claim needs.
    pub(in crate::evidence) needs: Rational,
    /// The same in days, rounded up.
    pub(in crate::evidence) needs_days: i128,
    /// What the year saves with this phasing, in pence.
    pub(in crate::evidence) saves_pence: i128,
    /// Whether the claim is met.
    pub(in crate::evidence) is_met: bool,
}

/// Checks the claim of a saving in the year from `first` to `last`; sums are pence.
///
/// Absent when the full year saves nothing, or nobody moves.
pub(in crate::evidence) fn first_year(
    claimed: i128,
    full_year: i128,
    phasing: Phasing,
    year: (Date, Date),
) -> Option<FirstYear> {
    let needs = Rational::new(claimed, full_year.max(0))?;
    let saves_pence = share_of(full_year, phasing.share_of(year.0, year.1)?)?;
    Some(FirstYear {
        needs,
        needs_days: needs.times(Rational::whole(days_from(year.0, year.1)))?.ceil(),
        saves_pence,
        is_met: saves_pence >= claimed,
    })
}

/// How moves are spread over a period of some years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Spread {
    /// All at its beginning.
    AtOnce,
    /// Evenly: each person has half of the period on average.
    Evenly,
}

/// Years of living nearer home that so many people have in a period of whole years (story S1).
pub(in crate::evidence) fn person_years(
    people: u32,
    years: u32,
    spread: Spread,
) -> Option<Rational> {
    let whole = i128::from(people) * i128::from(years);
    Rational::new(whole, if spread == Spread::Evenly { 2 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::market::Year;
    use jiff::civil::date;

    const POUND: i128 = 100;

    /// Example 10 and story S0: 500,000 of 980,000 pounds.
    #[test]
    fn a_floor_for_the_first_year_is_met_or_not() {
        let year = Year::parse("2025/26").unwrap();
        let year = (year.first(), year.last());
        let check = |phasing, saves, is_met| {
            let found = first_year(500_000 * POUND, 980_000 * POUND, phasing, year).unwrap();
            assert_eq!((found.needs.per_mille(), found.needs_days), (Some(510), 187));
            let pounds = Rational::new(found.saves_pence, POUND).unwrap().rounded();
            assert_eq!((pounds, found.is_met), (saves, is_met), "{phasing:?}");
        };
        check(Phasing::Evenly, 490_000, false);
        check(Phasing::AllOn(date(2025, 9, 1)), 569_205, true);
        assert_eq!(first_year(1, 0, Phasing::Evenly, year), None);
        assert_eq!(first_year(1, -5, Phasing::Evenly, year), None);
    }

    /// Story S0: "at least 500,000" and "up to 500,000" do not make "more than a million".
    #[test]
    fn bounds_are_kept() {
        let sum = Bounds::at_least(500_000).plus(Bounds::up_to(500_000));
        assert_eq!(sum, Bounds { low: Some(500_000), high: None });
        assert!(!sum.prove_more_than(1_000_000) && sum.prove_more_than(499_999));
        let share = Bounds::at_least(1_000_000_000).share_at_most(25_000_000).unwrap();
        assert_eq!(share.per_mille(), Some(25));
        assert_eq!(Bounds::up_to(9).share_at_most(1), None);
    }

    /// Example 11 (Arden & GEM): 12 million pounds, over 100 people, three years.
    #[test]
    fn a_saving_has_a_most_for_each_person() {
        let each = |people_years: Rational| {
            let total = Rational::whole(12_000_000);
            total.over(people_years).unwrap()
        };
        let years = |spread| person_years(100, 3, spread).unwrap();
        assert_eq!(each(Rational::whole(100)), Rational::whole(120_000));
        assert_eq!(each(years(Spread::AtOnce)), Rational::whole(40_000));
        assert_eq!(each(years(Spread::Evenly)), Rational::whole(80_000));
        assert_eq!(each(Rational::whole(3)), Rational::whole(4_000_000));
    }
}
