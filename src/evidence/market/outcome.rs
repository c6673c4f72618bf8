//! What is to become better, how it is measured, and what was measured. Measurements may be of
//! people: all of it is sensitive.

use std::fmt;

use jiff::civil::{Date, date};

use super::year::Year;
use crate::sources::Span;

/// For whom something is to become better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum OutcomeGroup {
    /// For services.
    Service,
    /// For patients.
    Patient,
    /// For commissioning.
    Commissioning,
}

impl OutcomeGroup {
    /// The word for it in the file.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            OutcomeGroup::Service => "service",
            OutcomeGroup::Patient => "patient",
            OutcomeGroup::Commissioning => "commissioning",
        }
    }
}

/// What the numbers of an outcome count, which decides how they are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Counts {
    /// People.
    People,
    /// Beds.
    Beds,
    /// Pounds.
    Money,
    /// Anything else, such as days or per cent.
    Other,
}

impl Counts {
    /// The word for it in the file.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            Counts::People => "people",
            Counts::Beds => "beds",
            Counts::Money => "money",
            Counts::Other => "other",
        }
    }
}

/// What kind of number a measurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Average {
    /// A mean.
    Mean,
    /// A median.
    Median,
    /// A count or a sum.
    Count,
}

impl Average {
    /// The word for it in the file.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            Average::Mean => "mean",
            Average::Median => "median",
            Average::Count => "count",
        }
    }
}

/// How long the time is that a measurement speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Length {
    /// A year.
    Year,
    /// Some months.
    Months(u32),
    /// One day.
    Day,
}

/// The time that a measurement speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Period {
    /// As it is written.
    pub(in crate::evidence) text: String,
    /// Its first day.
    pub(in crate::evidence) first: Date,
    /// How long it is.
    pub(in crate::evidence) length: Length,
}

impl Period {
    /// Reads a year as `2026` or `2025/26`, a month as `2026-10`, months as `2026-04 to 2026-12`
    /// and a day as `2026-10-31`.
    pub(in crate::evidence) fn parse(text: &str) -> Option<Period> {
        let (first, length) = match text.split_once(" to ") {
            Some((from, to)) => {
                let (from, to) = (month(from.trim())?, month(to.trim())?);
                let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
                let length = u32::try_from(months(to) - months(from) + 1).ok()?;
                (from, Length::Months(Some(length).filter(|months| (1..=120).contains(months))?))
            }
            None => match (Year::parse(text), month(text)) {
                (Some(year), _) => (year.first(), Length::Year),
                (None, Some(month)) => (month, Length::Months(1)),
                (None, None) => (text.parse().ok().filter(|_| text.len() == 10)?, Length::Day),
            },
        };
        Some(Period { text: text.to_owned(), first, length })
    }
}

/// The first day of a month written `2026-10`.
fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-').filter(|_| text.len() == 7)?;
    let year = Year::parse(year)?.first().year();
    let month: i8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(date(year, month, 1))
}

/// A number in millionths: 2.5 is 2,500,000. Sensitive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct Decimal(i64);

impl Decimal {
    /// In millionths.
    pub(in crate::evidence) fn millionths(self) -> i64 {
        self.0
    }

    /// Reads a number with up to twelve digits before the point and up to six after it.
    pub(in crate::evidence) fn parse(text: &str) -> Option<Decimal> {
        let (sign, plain) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = plain.split_once('.').unwrap_or((plain, "0"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_well_formed = (1..=12).contains(&whole.len()) && (1..=6).contains(&part.len());
        if !is_well_formed || !digits(whole) || !digits(part) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<6}").parse().ok()?;
        Some(Decimal(sign * (whole * 1_000_000 + part)))
    }
}

/// One measurement.
#[derive(Clone)]
pub(in crate::evidence) struct Measurement {
    /// The time that it speaks of.
    pub(in crate::evidence) period: Period,
    /// The number; of money, in pounds.
    pub(in crate::evidence) value: Decimal,
    /// What kind of number it is, if told.
    pub(in crate::evidence) average: Option<Average>,
    /// People or stays in it, if told.
    pub(in crate::evidence) n: Option<u32>,
}

/// One outcome that is aimed at: an entry of `data/outcomes.yaml`.
#[derive(Clone)]
pub(in crate::evidence) struct Aim {
    /// Where its id is written.
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) id: String,
    pub(in crate::evidence) group: OutcomeGroup,
    /// What is to become better.
    pub(in crate::evidence) text: String,
    pub(in crate::evidence) counts: Counts,
    /// The stream of work that it belongs to, if any.
    pub(in crate::evidence) work_stream: Option<String>,
    /// How it is measured; absent when missing, which a warning tells, as of the next three.
    pub(in crate::evidence) indicator: Option<String>,
    /// The number at the start.
    pub(in crate::evidence) baseline: Option<Decimal>,
    /// The number to be reached.
    pub(in crate::evidence) target: Option<Decimal>,
    /// The role that answers for it.
    pub(in crate::evidence) owner: Option<String>,
    /// In order of their periods.
    pub(in crate::evidence) measurements: Vec<Measurement>,
}

impl fmt::Debug for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Aim(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_know_their_length() {
        let length = |text| Period::parse(text).map(|period| period.length);
        assert_eq!(length("2017/18"), Some(Length::Year));
        assert_eq!(length("2018"), Some(Length::Year));
        assert_eq!(length("2018-12"), Some(Length::Months(1)));
        assert_eq!(length("2018-04 to 2018-12"), Some(Length::Months(9)));
        assert_eq!(length("2018-12-31"), Some(Length::Day));
        for bad in ["", "18", "2018-13", "2018-12 to 2018-04", "2018-1", "12/2018", "2018-02-30"] {
            assert_eq!(length(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_are_exact() {
        let read = |text| Decimal::parse(text).map(Decimal::millionths);
        assert_eq!(read("37.5"), Some(37_500_000));
        assert_eq!(read("-0.000001"), Some(-1));
        assert_eq!(read("800000"), Some(800_000_000_000));
        for bad in
            ["", "-", ".5", "5.", "1e3", "1,000", "£5", "5%", "0.1234567", "1000000000000000"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
