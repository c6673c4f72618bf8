//! Before and after: what changed, which is not yet what caused it (gap-analysis §8, story S2).

use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Aim, Average, Decimal, Length, Market};

/// Said with every comparison of before and after.
pub(in crate::evidence) const CHANGE_LABEL: &str = "change, not proof of effect";

pub(in crate::evidence) static CHANGE: Formula = Formula {
    id: "before-after",
    rule: "after - before; per cent of before",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static RUN_RATE: Formula =
    Formula { id: "run-rate", rule: "amount x 12 / months", source: "domain §3, S2" };
pub(in crate::evidence) static PROGRESS: Formula = Formula {
    id: "percent-of-target",
    rule: "100 x latest measurement / target; F-run-rate in its place where there is one",
    source: "domain §3, S2",
};

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Reading {
    /// The number.
    pub(in crate::evidence) value: Rational,
    /// What kind of number it is, if told.
    pub(in crate::evidence) average: Option<Average>,
    /// How long the time is that it speaks of.
    pub(in crate::evidence) period: Length,
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
pub(in crate::evidence) fn run_rate(amount: Rational, months: u32) -> Option<Rational> {
    amount.times(Rational::new(12, i128::from(months))?)
}

/// What was measured of one outcome, as far as it was.
#[derive(Clone, Copy)]
pub(in crate::evidence) struct Followed {
    /// Its number in `market.outcomes`.
    pub(in crate::evidence) outcome: usize,
    /// The first measurement against the latest, where there are two.
    pub(in crate::evidence) change: Option<Change>,
    /// What the latest comes to in a year, where it is a sum of some months.
    pub(in crate::evidence) run_rate: Option<Rational>,
    /// The latest, as a sum of a year where it is one of some months, in per cent of the target.
    pub(in crate::evidence) percent_of_target: Option<Rational>,
}

/// What was measured of every outcome, in the order of the file.
pub(super) fn followed(market: &Market) -> Vec<Traced<Followed>> {
    let followed = |(at, aim): (usize, &Aim)| {
        let inputs = Inputs { outcomes: vec![at], ..Inputs::default() };
        Traced::new(&CHANGE, inputs, follow(at, aim))
    };
    market.outcomes.iter().enumerate().map(followed).collect()
}

fn follow(outcome: usize, aim: &Aim) -> Followed {
    let reading = |at: usize| {
        let measured = &aim.measurements[at];
        Some(Reading {
            value: exactly(measured.value)?,
            average: measured.average,
            period: measured.period.length,
            n: measured.n,
        })
    };
    let (first, last) = match aim.measurements.len() {
        0 => (None, None),
        1 => (None, Some(0)),
        more => (Some(0), Some(more - 1)),
    };
    let (before, latest) = (first.and_then(reading), last.and_then(reading));
    // A mean or a median of some months is no larger in a year; a sum is.
    let run_rate = latest.and_then(|latest| match (latest.average, latest.period) {
        (Some(Average::Count), Length::Months(months)) => run_rate(latest.value, months),
        _ => None,
    });
    let reached = run_rate.or(latest.map(|latest| latest.value));
    let share = reached.zip(aim.target.and_then(exactly));
    Followed {
        outcome,
        change: before.zip(latest).and_then(|(before, latest)| compare(before, latest)),
        run_rate,
        percent_of_target: share
            .and_then(|(reached, target)| reached.over(target)?.times(Rational::whole(100))),
    }
}

/// A number of the file as a fraction.
fn exactly(number: Decimal) -> Option<Rational> {
    Rational::new(i128::from(number.millionths()), 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::market::{Counts, Measurement, OutcomeGroup, Period};
    use crate::sources::{SourceId, Span};

    fn reading(value: i128, period: Length) -> Reading {
        Reading { value: Rational::whole(value), average: Some(Average::Mean), period, n: None }
    }

    fn per_cent_tenths(before: i128, after: i128) -> i128 {
        let year = |value| reading(value, Length::Year);
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
        let change = compare(reading(201, Length::Year), reading(161, Length::Months(1))).unwrap();
        assert!(!change.is_like_with_like);
        assert_eq!(change.difference, Rational::whole(-40));
        let from_nothing = compare(reading(0, Length::Day), reading(3, Length::Day)).unwrap();
        assert_eq!(from_nothing.percent, None);
    }

    /// Story S2: 800,000 pounds in nine months; 133% of a target of 800,000 for the year.
    #[test]
    fn nine_months_make_a_run_rate() {
        let rate = run_rate(Rational::whole(800_000), 9).unwrap();
        assert_eq!(rate.rounded(), 1_066_667);
        let target = rate.over(Rational::whole(800_000)).unwrap();
        assert_eq!(target.times(Rational::whole(100)).unwrap().rounded(), 133);
        assert_eq!(run_rate(rate, 0), None);
    }

    fn aim(average: &str, target: i64, measured: &[(&str, &str)]) -> Followed {
        let average = (average == "count").then_some(Average::Count);
        let measured = measured.iter().map(|(period, value)| Measurement {
            period: Period::parse(period).unwrap(),
            value: Decimal::parse(value).unwrap(),
            average,
            n: None,
        });
        let aim = Aim {
            span: Span { source: SourceId(0), start: 0, end: 0 },
            id: "a".to_owned(),
            group: OutcomeGroup::Patient,
            text: "t".to_owned(),
            counts: Counts::Other,
            work_stream: None,
            indicator: None,
            baseline: None,
            target: Decimal::parse(&target.to_string()),
            owner: None,
            measurements: measured.collect(),
        };
        follow(3, &aim)
    }

    /// Story S2, from the file on: a sum of nine months is told as that of a year.
    #[test]
    fn a_sum_of_months_is_held_against_the_target_of_a_year() {
        let followed = aim("count", 800_000, &[("2018-04 to 2018-12", "800000")]);
        assert!(followed.change.is_none());
        assert_eq!(followed.run_rate, Rational::new(3_200_000, 3));
        assert_eq!(followed.percent_of_target, Rational::new(400, 3));
    }

    /// The first is compared with the latest; a number that is no sum is not made one of a year.
    #[test]
    fn the_first_measurement_is_compared_with_the_latest() {
        let followed = aim("", 25, &[("2017/18", "40"), ("2018/19", "36.5"), ("2019/20", "33")]);
        let change = followed.change.unwrap();
        assert!(change.is_like_with_like && followed.run_rate.is_none());
        assert_eq!(change.percent, Rational::new(-35, 2));
        assert_eq!(followed.percent_of_target, Some(Rational::whole(132)));
        assert_eq!(followed.outcome, 3);
        let unlike = aim("", 0, &[("2017/18", "201"), ("2018-12", "161")]);
        assert!(!unlike.change.unwrap().is_like_with_like);
        assert_eq!(unlike.percent_of_target, None);
        assert!(aim("", 1, &[]).percent_of_target.is_none());
    }
}
