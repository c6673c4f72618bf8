//! How much of a year is left when people move (gap-analysis §8, story S0).

use jiff::civil::Date;

use crate::evidence::analysis::rational::Rational;

/// When people move in the course of a year.
#[derive(Clone, Copy, Debug)]
pub(in crate::evidence) enum Phasing {
    /// All on one day.
    AllOn(Date),
    /// Spread evenly over the year.
    Evenly,
}

impl Phasing {
    /// The share of the year from `first` to `last` in which moves save money: days left over days
    /// in the year. The day of the move counts.
    ///
    /// Absent when the year has no days.
    pub(in crate::evidence) fn share_of(self, first: Date, last: Date) -> Option<Rational> {
        let days = days_from(first, last);
        let left = |day: Date| days_from(day.max(first), last);
        match self {
            Phasing::AllOn(day) => Rational::new(left(day), days),
            Phasing::Evenly => Rational::new(days.min(1), 2),
        }
    }
}

/// Days from one day to another, both included; 0 when the second lies before the first.
pub(super) fn days_from(first: Date, last: Date) -> i128 {
    (i128::from(first.until(last).map_or(-1, |span| span.get_days())) + 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::market::Year;
    use jiff::civil::date;

    #[track_caller]
    fn check(phasing: Phasing, num: i128, den: i128) {
        let year = Year::parse("2025/26").unwrap();
        assert_eq!(phasing.share_of(year.first(), year.last()), Rational::new(num, den));
    }

    /// Story S0: all by 1 September leaves 212 of 365 days; evenly spread starts leave half.
    #[test]
    fn a_move_saves_from_its_day_to_the_end_of_the_year() {
        check(Phasing::AllOn(date(2025, 9, 1)), 212, 365);
        check(Phasing::Evenly, 1, 2);
        check(Phasing::AllOn(date(2024, 1, 1)), 1, 1);
        check(Phasing::AllOn(date(2026, 4, 1)), 0, 1);
    }

    #[test]
    fn a_leap_year_has_a_day_more() {
        let year = Year::parse("2024").unwrap();
        let leap = Phasing::AllOn(date(2024, 2, 29)).share_of(year.first(), year.last());
        assert_eq!(leap, Rational::new(307, 366));
    }
}
