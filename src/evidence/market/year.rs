//! Years of money: calendar years and financial years, which do not begin on the same day.

use std::fmt;

use jiff::civil::{Date, date};

/// A calendar year such as 2026, or a financial year such as 2025/26, April to March.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year {
    start: i16,
    is_financial: bool,
}

impl Year {
    /// Reads `2026` or `2025/26`. Years before 1990 and after 2099 are slips of the keyboard.
    pub(in crate::evidence) fn parse(text: &str) -> Option<Year> {
        let number = |part: &str, length: usize| {
            let plain = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<i16>().ok()).flatten()
        };
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (number(start, 4)?, Some(number(end, 2)?)),
            None => (number(text, 4)?, None),
        };
        let follows = end.is_none_or(|end| (start + 1) % 100 == end);
        let is_financial = end.is_some();
        ((1990..=2099).contains(&start) && follows).then_some(Year { start, is_financial })
    }

    /// The financial year with this day in it.
    pub(in crate::evidence) fn financial_with(day: Date) -> Year {
        Year { start: day.year() - i16::from(day.month() < 4), is_financial: true }
    }

    /// Its first day.
    pub(in crate::evidence) fn first(self) -> Date {
        date(self.start, if self.is_financial { 4 } else { 1 }, 1)
    }

    /// Its last day.
    pub(in crate::evidence) fn last(self) -> Date {
        match self.is_financial {
            true => date(self.start + 1, 3, 31),
            false => date(self.start, 12, 31),
        }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_financial {
            true => write!(f, "{}/{:02}", self.start, (self.start + 1) % 100),
            false => write!(f, "{}", self.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_calendar_or_financial() {
        let days = |text: &str| {
            let year = Year::parse(text).unwrap();
            assert_eq!(year.to_string(), text);
            (year.first().to_string(), year.last().to_string())
        };
        assert_eq!(days("2026"), ("2026-01-01".to_owned(), "2026-12-31".to_owned()));
        assert_eq!(days("1999/00"), ("1999-04-01".to_owned(), "2000-03-31".to_owned()));
        let of = |month, day| Year::financial_with(date(2026, month, day)).to_string();
        assert_eq!([of(3, 31), of(4, 1)], ["2025/26", "2026/27"]);
        for bad in ["", "26", "2025/27", "2025-26", "2025/2026", "20255", "1850", "+202", "2100"] {
            assert_eq!(Year::parse(bad), None, "{bad}");
        }
    }
}
