//! How many people beds serve, in exact fractions (domain §3, S2, and §5).

use crate::evidence::analysis::formula::Formula;
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Beds, Ratio};

pub(in crate::evidence) static THROUGHPUT: Formula = Formula {
    id: "throughput",
    rule: "beds x 365 x target occupancy / mean stay in days",
    source: "domain §5",
};

/// People who can live in so many beds at the target: beds x target.
pub(in crate::evidence) fn people_in_beds(Beds(beds): Beds, target: Ratio) -> Ratio {
    Ratio { num: u64::from(beds) * target.num, den: target.den }
}

/// People who pass through in a year: beds x 365 x target / mean stay. Absent if nobody stays.
pub(in crate::evidence) fn people_a_year(
    beds: Beds,
    target: Ratio,
    mean_stay_days: Rational,
) -> Option<Rational> {
    let people = people_in_beds(beds, target);
    let days = Rational::new(i128::from(people.num) * 365, i128::from(people.den))?;
    days.over(mean_stay_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Ratio = Ratio { num: 85, den: 100 };

    /// Story S2: 108.6 people a year at 40 days, 173.7 at 25, and 60% more.
    #[test]
    fn a_shorter_stay_serves_more_people() {
        let a_year = |stay| people_a_year(Beds(14), TARGET, Rational::whole(stay));
        let tenths = |people: Rational| people.times(Rational::whole(10)).unwrap().rounded();
        let (long, short) = (a_year(40).unwrap(), a_year(25).unwrap());
        assert_eq!((tenths(long), tenths(short)), (1086, 1737));
        assert_eq!(short.over(long), Rational::new(160, 100));
        assert!(a_year(0).is_none());
    }

    /// Gap-analysis §11.8: a unit of 14 beds at 85% serves 11.9 people.
    #[test]
    fn fourteen_beds_do_not_serve_fourteen_people() {
        let Ratio { num, den } = people_in_beds(Beds(14), TARGET);
        assert_eq!((num, den), (1190, 100));
    }
}
