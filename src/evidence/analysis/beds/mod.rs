//! How many beds a number of people needs (gap-analysis §7).
//!
//! Two rules stand side by side. The occupancy rule divides by a target and is exact; the rule of
//! refusals (`erlang`) keeps the share of arrivals that find the service full below a limit. A unit
//! of few beds needs more by the second. Which units could be pooled is in `pooling`, how many
//! people pass through in `throughput` and, of a market,
//! in `turnover`, and how a count varies from year to year in `byar`.

mod byar;
mod erlang;
mod pooling;
mod throughput;
mod turnover;

use crate::evidence::market::{Beds, Ratio};

pub(in crate::evidence) use byar::year_to_year;
pub(in crate::evidence) use erlang::Load;
pub(in crate::evidence) use pooling::pool;
pub(in crate::evidence) use turnover::{admissions, turnover};

/// Fewest beds for a number of people by each rule. It tells the number of people: sensitive,
/// unless the number is the end of a published band.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct Sizes {
    /// By the target for occupancy.
    pub(in crate::evidence) by_occupancy: Beds,
    /// By the limit for how often the service may be full.
    pub(in crate::evidence) by_refusals: Beds,
}

/// Fewest beds such that the people fill at most the target share of them, in whole numbers.
pub(in crate::evidence) fn by_occupancy(people: u32, target: Ratio) -> Beds {
    let beds = (u128::from(people) * u128::from(target.den)).div_ceil(u128::from(target.num));
    Beds(u32::try_from(beds).unwrap_or(u32::MAX))
}

/// Fewest beds for a number of people by both rules. The people are the load: people out of the
/// area are the demand that finds no place, so they count as if they were in it.
pub(in crate::evidence) fn sizes(people: u32, target: Ratio, full_probability: Ratio) -> Sizes {
    Sizes {
        by_occupancy: by_occupancy(people, target),
        by_refusals: Load::of_people(people).beds(full_probability),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TARGET: Ratio = Ratio { num: 85, den: 100 };
    const FULL: Ratio = Ratio { num: 5, den: 100 };

    #[test]
    fn beds_by_occupancy_are_exact() {
        for (people, beds) in [(0, 0), (1, 2), (8, 10), (11, 13), (17, 20), (18, 22), (85, 100)] {
            assert_eq!(by_occupancy(people, TARGET), Beds(beds), "{people}");
        }
        // A quotient that floats round to 100.00000000000001.
        assert_eq!(by_occupancy(70, Ratio { num: 7, den: 10 }), Beds(100));
        assert_eq!(by_occupancy(u32::MAX, Ratio { num: 1, den: 1_000_000 }), Beds(u32::MAX));
    }

    /// Both rules for the listed gaps of the casebook and of gap-analysis §7.
    #[test]
    fn both_rules_are_told() {
        let both = |people| {
            let sizes = sizes(people, TARGET, FULL);
            (sizes.by_occupancy.0, sizes.by_refusals.0)
        };
        assert_eq!(both(11), (13, 16));
        assert_eq!(both(8), (10, 13));
        assert_eq!(both(6), (8, 10));
        assert_eq!(both(5), (6, 9));
        assert_eq!(both(0), (0, 0));
    }

    proptest! {
        /// I13: more people never need fewer beds.
        #[test]
        fn beds_rise_with_people(
            people in 0u32..400,
            more in 0u32..40,
            share in 1u64..=100,
            full in 1u64..=100,
        ) {
            let target = Ratio { num: share, den: 100 };
            let full = Ratio { num: full, den: 100 };
            let (some, many) = (sizes(people, target, full), sizes(people + more, target, full));
            prop_assert!(some.by_occupancy <= many.by_occupancy);
            prop_assert!(some.by_refusals <= many.by_refusals);
            // The least that keeps the target.
            let Beds(beds) = some.by_occupancy;
            let (people, beds) = (u64::from(people) * 100, u64::from(beds));
            prop_assert!(people <= share * beds);
            prop_assert!(beds == 0 || people > share * (beds - 1));
        }
    }
}
