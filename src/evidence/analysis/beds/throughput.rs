//! How many people beds serve, in exact fractions (domain §3, S2, and §5).

use crate::evidence::market::{Beds, Ratio};

/// People who can live in so many beds at the target: beds x target.
pub(in crate::evidence) fn people_in_beds(Beds(beds): Beds, target: Ratio) -> Ratio {
    Ratio { num: u64::from(beds) * target.num, den: target.den }
}

/// People who pass through in a year: beds x 365 x target / mean stay. Absent if nobody stays.
pub(in crate::evidence) fn people_a_year(
    beds: Beds,
    target: Ratio,
    mean_stay_days: u32,
) -> Option<Ratio> {
    let Ratio { num, den } = people_in_beds(beds, target);
    (mean_stay_days > 0).then(|| Ratio { num: num * 365, den: den * u64::from(mean_stay_days) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Ratio = Ratio { num: 85, den: 100 };

    /// A fraction in tenths, rounded half up.
    fn tenths(ratio: Ratio) -> u64 {
        (ratio.num * 20 + ratio.den) / (ratio.den * 2)
    }

    /// Story S2: 108.6 people a year at 40 days, 173.7 at 25, and 60% more.
    #[test]
    fn a_shorter_stay_serves_more_people() {
        let a_year = |stay| people_a_year(Beds(14), TARGET, stay);
        let (long, short) = (a_year(40).unwrap(), a_year(25).unwrap());
        assert_eq!((tenths(long), tenths(short)), (1086, 1737));
        let more = Ratio { num: short.num * long.den, den: short.den * long.num };
        assert_eq!((more.percent(), tenths(more)), (160, 16));
        assert!(a_year(0).is_none());
    }

    /// Gap-analysis §11.8: a unit of 14 beds at 85% serves 11.9 people.
    #[test]
    fn fourteen_beds_do_not_serve_fourteen_people() {
        assert_eq!(people_in_beds(Beds(14), TARGET), Ratio { num: 1190, den: 100 });
        assert_eq!(tenths(people_in_beds(Beds(14), TARGET)), 119);
    }
}
