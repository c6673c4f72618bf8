//! Dates in the four spellings of the register, and when a spelling may be trusted.
//!
//! `3/4/2020` means two days. It is read only if its column proves which: some other value of the
//! same shape has a number above 12, or the person who imports says so.

use jiff::civil::Date;

/// Which number of `3/4/2020` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April, as in British files.
    DayFirst,
    /// March 4, as in American exports.
    MonthFirst,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Which orders the slash dates of one column prove, apart for dates with a time and without:
/// one column may mix a British and an American export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    day_first: [bool; 2],
    month_first: [bool; 2],
}

impl Evidence {
    /// Takes a cell of the column into account.
    pub(super) fn observe(&mut self, cell: &str) {
        if let Some(slash) = Slash::parse(cell.trim()) {
            let shape = usize::from(slash.timed);
            self.day_first[shape] |= slash.first > 12 && slash.second <= 12;
            self.month_first[shape] |= slash.second > 12 && slash.first <= 12;
        }
    }

    /// Whether the column proves an order against the one that was asked for.
    pub(super) fn contradicts(&self, given: DateOrder) -> bool {
        (0..2).any(|shape| self.proven(shape).is_some_and(|order| order != given))
    }

    fn proven(&self, shape: usize) -> Option<DateOrder> {
        match (self.day_first[shape], self.month_first[shape]) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a cell that is not blank; the error is the rule that rejects it.
pub(super) fn read(
    cell: &str,
    evidence: &Evidence,
    given: Option<DateOrder>,
) -> Result<Date, &'static str> {
    let cell = cell.trim();
    if let Some(date) = iso(cell).or_else(|| named_month(cell)) {
        return Ok(date);
    }
    if let Some(slash) = Slash::parse(cell) {
        return slash.date(evidence.proven(usize::from(slash.timed)).or(given));
    }
    let serial = cell.strip_suffix(".0").unwrap_or(cell);
    match (4..=6).contains(&serial.len()) && serial.bytes().all(|b| b.is_ascii_digit()) {
        true => Err("date-serial"),
        false => Err("date-invalid"),
    }
}

/// The first whole date in a sentence or a file name, such as "produced on 01 October 2026".
pub(super) fn find(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words
        .windows(3)
        .find_map(|w| day_month_year(w[0], w[1], w[2]).or_else(|| ymd(w[0], w[1], w[2])))
}

/// `2026-10-01`, with or without a time behind `T` or a space.
fn iso(cell: &str) -> Option<Date> {
    let (day, time) = cell.split_at_checked(10)?;
    if !(time.is_empty() || (time.starts_with(['T', ' ']) && is_time(&time[1..]))) {
        return None;
    }
    let mut parts = day.split('-');
    let date = ymd(parts.next()?, parts.next()?, parts.next()?);
    date.filter(|_| parts.next().is_none())
}

/// `09/Jan/2018 - 00:00`, and the same with spaces or dashes.
fn named_month(cell: &str) -> Option<Date> {
    let (day, time) = cell.split_once(" - ").unwrap_or((cell, ""));
    if !(time.is_empty() || is_time(time)) {
        return None;
    }
    let mut parts = day.split(['/', ' ', '-']);
    let date = day_month_year(parts.next()?, parts.next()?, parts.next()?);
    date.filter(|_| parts.next().is_none())
}

fn day_month_year(day: &str, month: &str, year: &str) -> Option<Date> {
    let lower = month.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower))?;
    let year = number(year, 4, 4)?;
    Date::new(year, i8::try_from(month + 1).ok()?, i8::try_from(number(day, 1, 2)?).ok()?).ok()
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let (month, day) = (number(month, 2, 2)?, number(day, 2, 2)?);
    Date::new(number(year, 4, 4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A time of day, loosely: only digits and the signs that times are written with.
fn is_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || ":.+- ZAPMapm".contains(c))
}

fn number(text: &str, min_digits: usize, max_digits: usize) -> Option<i16> {
    let plain =
        (min_digits..=max_digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

struct Slash {
    first: i16,
    second: i16,
    year: i16,
    timed: bool,
}

impl Slash {
    fn parse(cell: &str) -> Option<Slash> {
        let (day, time) = cell.split_once(' ').unwrap_or((cell, ""));
        if !(time.is_empty() || is_time(time.trim_start_matches(['-', ' ']))) {
            return None;
        }
        let mut parts = day.split('/');
        let slash = Slash {
            first: number(parts.next()?, 1, 2)?,
            second: number(parts.next()?, 1, 2)?,
            year: number(parts.next()?, 4, 4)?,
            timed: !time.is_empty(),
        };
        parts.next().is_none().then_some(slash)
    }

    fn date(&self, order: Option<DateOrder>) -> Result<Date, &'static str> {
        // A number above 12 can only be a day, and two equal numbers are the same day either way.
        let order = match (self.first, self.second) {
            (first, second) if first > 12 || first == second => DateOrder::DayFirst,
            (_, second) if second > 12 => DateOrder::MonthFirst,
            _ => order.ok_or("date-ambiguous")?,
        };
        let (day, month) = match order {
            DateOrder::DayFirst => (self.first, self.second),
            DateOrder::MonthFirst => (self.second, self.first),
        };
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        date.and_then(|(month, day)| Date::new(self.year, month, day).ok()).ok_or("date-invalid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(column: &[&str], given: Option<DateOrder>, cell: &str, expect: Result<&str, &str>) {
        let mut evidence = Evidence::default();
        column.iter().for_each(|cell| evidence.observe(cell));
        let found = read(cell, &evidence, given).map(|date| date.to_string());
        assert_eq!(found.as_deref().map_err(|rule| *rule), expect, "{cell}");
    }

    #[test]
    fn certain_spellings() {
        check(&[], None, "2019-01-09", Ok("2019-01-09"));
        check(&[], None, "2025-05-02T13:52:23Z", Ok("2025-05-02"));
        check(&[], None, "09/Jan/2018 - 00:00", Ok("2018-01-09"));
        check(&[], None, "25/12/2020", Ok("2020-12-25"));
        check(&[], None, "12/25/2020 12:00:00 AM", Ok("2020-12-25"));
        check(&[], None, "5/5/2020", Ok("2020-05-05"));
    }

    #[test]
    fn the_column_proves_the_order() {
        check(&[], None, "04/11/2013", Err("date-ambiguous"));
        check(&["31/01/2013"], None, "04/11/2013", Ok("2013-11-04"));
        check(&["1/31/2013 12:00:00 AM"], None, "4/11/2013 12:00:00 AM", Ok("2013-04-11"));
        check(&["1/31/2013 12:00:00 AM"], None, "04/11/2013", Err("date-ambiguous"));
        check(&["31/01/2013", "1/31/2013"], None, "04/11/2013", Err("date-ambiguous"));
        check(&[], Some(DateOrder::MonthFirst), "04/11/2013", Ok("2013-04-11"));
    }

    #[test]
    fn the_rest_is_rejected() {
        check(&[], None, "43831", Err("date-serial"));
        check(&[], None, "31/02/2020", Err("date-invalid"));
        check(&[], None, "1/2/20", Err("date-invalid"));
        check(&[], None, "soon", Err("date-invalid"));
        check(&[], None, "2020-13-01", Err("date-invalid"));
    }

    #[test]
    fn file_dates_are_found() {
        let found = |text: &str| find(text).map(|date| date.to_string());
        assert_eq!(
            found("This data was produced on 01 October 2026").as_deref(),
            Some("2026-10-01")
        );
        assert_eq!(found("01_October_2026_CQC_directory.csv").as_deref(), Some("2026-10-01"));
        assert_eq!(found("cqc-2026-10-01.csv").as_deref(), Some("2026-10-01"));
        assert_eq!(found("cqc_directory_extract_2025.csv"), None);
    }
}
