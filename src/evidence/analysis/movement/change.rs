//! Before and after: what changed, which is not yet what caused it (gap-analysis §8, story S2).

use crate::evidence::analysis::formula::Formula;
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::Ratio;

/// Said with every comparison of before and after.
pub(in crate::evidence) const CHANGE_LABEL: &str = "change, not proof of effect";

pub(in crate::evidence) static CHANGE: Formula = Formula {
    id: "before-after",
    rule: "after - before; per cent of before",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static RUN_RATE: Formula =
    Formula { id: "run-rate", rule: "amount x 12 / months", source: "domain §3, S2" };
pub(in crate::evidence) static THROUGHPUT: Formula = Formula {
    id: "throughput",
    rule: "beds x 365 x target occupancy / mean stay in days",
    source: "domain §5",
};

/// What kind of number a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Average {
    /// A mean.
    Mean,
    /// A median.
    Median,
    /// A count or a sum.
    Count,
}

/// How long the time is that a reading speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Period {
    /// A year.
    Year,
    /// Some months.
    Months(u32),
    /// One day.
    Day,
}

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Reading {
    /// The number.
    pub(in crate::evidence) value: Rational,
    /// What kind of number it is.
    pub(in crate::evidence) average: Average,
    /// The time it speaks of.
    pub(in crate::evidence) period: Period,
    /// People or stays in it, if told.
    pub(in crate::evidence) n: Option<u32>,
}

/// Two measurements compared. There is no interval: that would need n and a spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Change {
    /// The earlier reading.
    pub(in crate::evidence) before: Reading,
    /// The later reading.
    pub(in crate::evidence) after: Reading,
    /// After less before.
    pub(in crate::evidence) difference: Rational,
    /// The difference in per cent of before; absent when before is 0.
    pub(in crate::evidence) percent: Option<Rational>,
    /// Whether the same kind of number of a like period is compared.
    pub(in crate::evidence) is_like_with_like: bool,
}

/// Compares two readings; absent when the difference cannot be counted.
pub(in crate::evidence) fn compare(before: Reading, after: Reading) -> Option<Change> {
    let difference = after.value.minus(before.value)?;
    let share = difference.over(before.value);
    Some(Change {
        before,
        after,
        difference,
        percent: share.and_then(|share| share.times(Rational::whole(100))),
        is_like_with_like: before.period == after.period && before.average == after.average,
    })
}

/// What an amount of some months comes to in a year.
pub(in crate::evidence) fn run_rate(amount: i128, months: u32) -> Option<Rational> {
    Rational::whole(amount).times(Rational::new(12, i128::from(months))?)
}

/// People whom so many beds can take in a year at this mean stay.
pub(in crate::evidence) fn throughput(
    beds: u32,
    target: Ratio,
    stay_days: u32,
) -> Option<Rational> {
    let full = Rational::new(i128::from(beds) * 365, i128::from(stay_days))?;
    full.times(Rational::new(i128::from(target.num), i128::from(target.den))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(value: i128, period: Period) -> Reading {
        Reading { value: Rational::whole(value), average: Average::Mean, period, n: None }
    }

    fn per_cent_tenths(before: i128, after: i128) -> i128 {
        let year = |value| reading(value, Period::Year);
        let change = compare(year(before), year(after)).unwrap();
        assert!(change.is_like_with_like);
        change.percent.unwrap().times(Rational::whole(10)).unwrap().rounded()
    }

    /// Example 12 (MLCSU) and story S2.
    #[test]
    fn stays_became_shorter() {
        assert_eq!(per_cent_tenths(40, 25), -375);
        assert_eq!(per_cent_tenths(40, 33), -175);
        assert_eq!(per_cent_tenths(201, 161), -199);
    }

    /// Story S2: a year is compared with a month, which is told.
    #[test]
    fn unlike_periods_are_told() {
        let change = compare(reading(201, Period::Year), reading(161, Period::Months(1))).unwrap();
        assert!(!change.is_like_with_like);
        assert_eq!(change.difference, Rational::whole(-40));
        let from_nothing = compare(reading(0, Period::Day), reading(3, Period::Day)).unwrap();
        assert_eq!(from_nothing.percent, None);
    }

    /// Story S2: 800,000 pounds in nine months; 133% of a target of 800,000 for the year.
    #[test]
    fn nine_months_make_a_run_rate() {
        let rate = run_rate(800_000, 9).unwrap();
        assert_eq!(rate.rounded(), 1_066_667);
        let target = rate.over(Rational::whole(800_000)).unwrap();
        assert_eq!(target.times(Rational::whole(100)).unwrap().rounded(), 133);
        assert_eq!(run_rate(1, 0), None);
    }

    /// Story S2: 14 beds at 85% and stays of 40 or 25 days.
    #[test]
    fn shorter_stays_let_more_people_through() {
        let target = Ratio { num: 85, den: 100 };
        let tenths = |people: Rational| people.times(Rational::whole(10)).unwrap().rounded();
        let (long, short) =
            (throughput(14, target, 40).unwrap(), throughput(14, target, 25).unwrap());
        assert_eq!((tenths(long), tenths(short)), (1086, 1737));
        assert_eq!(short.over(long), Rational::new(160, 100));
        assert_eq!(throughput(14, target, 0), None);
    }
}
