//! How often a service of some size is full: the loss formula of Erlang (gap-analysis §7).
//!
//! It takes arrivals at random, a steady state, one pool and no queue; only the mean stay matters.
//! Long stays turn over slowly: the share is one of the long run, not a forecast. This is the only
//! place where the number of beds rests on a fraction that is not exact.

use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Beds, Ratio};

/// The beds that would be filled on average if there were always a free one.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(in crate::evidence) struct Load(f64);

impl Load {
    /// The load of a census: people who live there, and people who are away for want of a place.
    pub(in crate::evidence) fn of_people(people: u32) -> Load {
        Load(f64::from(people))
    }

    /// The load of a fraction of people, such as 11.9.
    pub(in crate::evidence) fn of_share(people: Ratio) -> Load {
        Load(people.num as f64 / people.den as f64)
    }

    /// The load of a year's admissions that stay so many days on average.
    pub(in crate::evidence) fn of_admissions(a_year: u32, mean_stay_days: Rational) -> Load {
        Load(f64::from(a_year) * mean_stay_days.to_float() / 365.0)
    }

    /// Average number of beds.
    pub(in crate::evidence) fn erlangs(self) -> f64 {
        self.0
    }

    /// The load of two units as one.
    pub(super) fn and(self, other: Load) -> Load {
        Load(self.0 + other.0)
    }

    /// The share of arrivals that find all beds full, above 0 and at most 1.
    pub(in crate::evidence) fn refused(self, Beds(beds): Beds) -> f64 {
        (1..=beds).fold(1.0, |refused, beds| self.one_more(refused, beds))
    }

    /// The share refused with one more bed: B(c) = a B(c-1) / (c + a B(c-1)).
    fn one_more(self, refused: f64, beds: u32) -> f64 {
        let wanted = self.0 * refused;
        wanted / (f64::from(beds) + wanted)
    }

    /// Fewest beds with which at most this share of arrivals is refused. No load needs no bed.
    pub(in crate::evidence) fn beds(self, full_probability: Ratio) -> Beds {
        if self.0 <= 0.0 {
            return Beds(0);
        }
        let limit = full_probability.num as f64 / full_probability.den as f64;
        let (mut beds, mut refused) = (0, 1.0);
        while refused > limit {
            beds += 1;
            refused = self.one_more(refused, beds);
        }
        Beds(beds)
    }

    /// The share of beds that are filled in the long run: a (1 - B) / c. Absent without beds.
    pub(in crate::evidence) fn real_occupancy(self, beds: Beds) -> Option<f64> {
        (beds.0 > 0).then(|| self.0 * (1.0 - self.refused(beds)) / f64::from(beds.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::by_occupancy;
    use super::*;
    use proptest::prelude::*;

    const TARGET: Ratio = Ratio { num: 85, den: 100 };
    const FULL: Ratio = Ratio { num: 5, den: 100 };

    /// Tenths of a per cent.
    fn tenths(share: f64) -> u32 {
        (share * 1000.0).round() as u32
    }

    fn load(tenths: u64) -> Load {
        Load::of_share(Ratio { num: tenths, den: 10 })
    }

    /// Domain §5.2: beds by a target of 85%, how many that refuses, and beds for at most 5%.
    #[test]
    fn one_target_does_not_suit_all_sizes() {
        let rows = [
            (50, 6, 192, 9),
            (100, 12, 120, 15),
            (119, 14, 114, 17),
            (200, 24, 66, 26),
            (500, 59, 27, 56),
            (1000, 118, 8, 105),
        ];
        for (tenths_of_people, beds, refused, enough) in rows {
            let load = load(tenths_of_people);
            // The target in whole numbers: tenths of people against tenths of beds.
            let by_target = (tenths_of_people * TARGET.den).div_ceil(TARGET.num * 10);
            assert_eq!(by_target, beds, "{tenths_of_people}");
            assert_eq!(tenths(load.refused(Beds(beds as u32))), refused, "{tenths_of_people}");
            assert_eq!(load.beds(FULL), Beds(enough), "{tenths_of_people}");
        }
        assert_eq!(by_occupancy(100, TARGET), Beds(118));
    }

    /// Gap-analysis §7 and story S2: 14 beds "at 85%".
    #[test]
    fn a_target_is_no_safety_rule() {
        let load = load(119);
        assert_eq!(tenths(load.refused(Beds(14))), 114);
        assert_eq!(tenths(load.real_occupancy(Beds(14)).unwrap()), 753);
        assert_eq!(load.beds(FULL), Beds(17));
        assert_eq!(tenths(Load::of_people(85).refused(Beds(100))), 12);
        assert!(load.real_occupancy(Beds(0)).is_none());
    }

    /// Gap-analysis §11.12: 110 admissions a year, at 40 and at 25 days.
    #[test]
    fn shorter_stays_need_fewer_beds() {
        for (stay, hundredths, beds) in [(40, 1205, 17), (25, 753, 12)] {
            let load = Load::of_admissions(110, Rational::whole(stay));
            assert_eq!((load.erlangs() * 100.0).round() as u32, hundredths);
            assert_eq!(load.beds(FULL), Beds(beds));
        }
    }

    #[test]
    fn no_load_and_no_limit_need_no_beds() {
        assert_eq!(Load::of_people(0).beds(FULL), Beds(0));
        assert_eq!(Load::of_people(9).beds(Ratio { num: 1, den: 1 }), Beds(0));
        assert_eq!(Load::of_people(9).refused(Beds(0)), 1.0);
    }

    proptest! {
        /// I13: fewer are refused with more beds, more with more load; never none and never all
        /// but without beds.
        #[test]
        fn refusals_fall_with_beds_and_rise_with_load(
            tenths in 10u64..2000,
            more in 1u64..500,
            beds in 0u32..120,
        ) {
            let (some, much) = (load(tenths), load(tenths + more));
            let refused = some.refused(Beds(beds));
            prop_assert!(refused > 0.0 && refused <= 1.0);
            prop_assert!(some.refused(Beds(beds + 1)) < refused);
            prop_assert!(much.refused(Beds(beds)) >= refused);
            prop_assert!(beds == 0 || much.refused(Beds(beds)) > refused);
        }

        /// The recursion against the formula itself: (a^c / c!) / sum of (a^k / k!).
        #[test]
        fn the_recursion_is_the_formula(people in 1u32..30, beds in 0u32..40) {
            let mut term = 1.0;
            let mut sum = 1.0;
            for k in 1..=beds {
                term *= f64::from(people) / f64::from(k);
                sum += term;
            }
            let refused = Load::of_people(people).refused(Beds(beds));
            prop_assert!((refused - term / sum).abs() < 1e-12);
        }

        /// The least number of beds that keeps the limit.
        #[test]
        fn one_bed_fewer_would_refuse_too_many(people in 1u32..300, per_cent in 1u64..100) {
            let (load, limit) = (Load::of_people(people), Ratio { num: per_cent, den: 100 });
            let Beds(beds) = load.beds(limit);
            let share = per_cent as f64 / 100.0;
            prop_assert!(load.refused(Beds(beds)) <= share);
            prop_assert!(load.refused(Beds(beds - 1)) > share);
        }
    }
}
