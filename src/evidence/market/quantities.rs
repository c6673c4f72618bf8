//! Counts and money, in integers, with their units in their types.
//!
//! [`People`], [`PeopleRange`], [`Vacancies`] and [`Pence`] are sensitive: outside `evidence` they
//! cannot be printed, serialised, read, or compared with one another. Beds are not people and are
//! free.

use std::fmt;

/// A number of beds or places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Beds(pub u32);

/// A number of people. Sensitive.
#[derive(Clone, Copy)]
pub struct People(u32);

/// A number of people known to lie between two numbers. Sensitive.
#[derive(Clone, Copy)]
pub struct PeopleRange {
    low: u32,
    high: u32,
}

/// A number of places free now. Places less vacancies tell how many people live somewhere, so it
/// leaves only as its provider consents. Sensitive.
#[derive(Clone, Copy)]
pub struct Vacancies(u32);

impl People {
    pub(in crate::evidence) fn new(count: u32) -> People {
        People(count)
    }

    pub(in crate::evidence) fn raw(self) -> u32 {
        self.0
    }
}

impl PeopleRange {
    /// A range; the ends are put in order.
    pub(in crate::evidence) fn new(one: u32, other: u32) -> PeopleRange {
        PeopleRange { low: one.min(other), high: one.max(other) }
    }

    pub(in crate::evidence) fn low(self) -> u32 {
        self.low
    }

    pub(in crate::evidence) fn high(self) -> u32 {
        self.high
    }

    /// The middle, rounded down: the central value of gap-analysis §3.
    pub(in crate::evidence) fn middle(self) -> u32 {
        self.low + (self.high - self.low) / 2
    }
}

impl Vacancies {
    pub(in crate::evidence) fn new(count: u32) -> Vacancies {
        Vacancies(count)
    }

    pub(in crate::evidence) fn raw(self) -> u32 {
        self.0
    }
}

macro_rules! secretive_debug {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(withheld)"))
            }
        }
    )+};
}

secretive_debug!(People, PeopleRange, Vacancies);

/// Money in pence.
#[derive(Clone, Copy)]
pub struct Pence(i64);

impl Pence {
    pub(in crate::evidence) fn new(pence: i64) -> Pence {
        Pence(pence)
    }

    pub(in crate::evidence) fn raw(self) -> i64 {
        self.0
    }

    /// Reads pounds with up to two decimals, such as `1850` or `1850.5`; no sign, no commas.
    pub(in crate::evidence) fn parse_pounds(text: &str) -> Option<Pence> {
        let (pounds, pence) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if pounds.is_empty() || pence.len() > 2 || !digits(pounds) || !digits(pence) {
            return None;
        }
        if text.ends_with('.') {
            return None;
        }
        let pounds: i64 = pounds.parse().ok()?;
        let pence: i64 = format!("{pence:0<2}").parse().ok()?;
        pounds.checked_mul(100)?.checked_add(pence).map(Pence)
    }
}

secretive_debug!(Pence);

/// An exact fraction, for shares and occupancy targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Numerator.
    pub num: u64,
    /// Denominator, never zero.
    pub den: u64,
}

impl Ratio {
    /// Reads a decimal fraction such as `0.85`, exactly.
    pub(in crate::evidence) fn parse(text: &str) -> Option<Ratio> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
            return None;
        }
        let den = 10u64.pow(fraction.len() as u32);
        let fraction: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        let num = whole.parse::<u64>().ok()?.checked_mul(den)?.checked_add(fraction)?;
        Some(Ratio { num, den })
    }

    /// Whole per cent, rounded half up.
    pub fn percent(self) -> u64 {
        (self.num * 200 + self.den) / (self.den * 2)
    }
}

/// Ages from youngest to oldest, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgeRange {
    /// Youngest age.
    pub min: u8,
    /// Oldest age.
    pub max: u8,
}

impl AgeRange {
    /// Whether the two ranges share an age.
    pub fn overlaps(self, other: AgeRange) -> bool {
        self.min <= other.max && other.min <= self.max
    }

    /// Whether every age of `other` is in this range.
    pub fn contains(self, other: AgeRange) -> bool {
        self.min <= other.min && other.max <= self.max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_exactly() {
        let check = |text: &str, expect: Option<i64>| {
            assert_eq!(Pence::parse_pounds(text).map(Pence::raw), expect, "{text}");
        };
        check("1850", Some(185_000));
        check("1850.5", Some(185_050));
        check("0.07", Some(7));
        for bad in ["1,850", "£5", "-1", "1.", ".5", "1.234", "1e3", "", "99999999999999999999"] {
            check(bad, None);
        }
    }

    #[test]
    fn ratios_are_exact() {
        assert_eq!(Ratio::parse("0.85"), Some(Ratio { num: 85, den: 100 }));
        assert_eq!(Ratio { num: 1, den: 8 }.percent(), 13);
        assert_eq!(Ratio::parse("85%"), None);
    }

    #[test]
    fn sensitive_quantities_do_not_print() {
        let text = format!("{:?} {:?}", People::new(3), PeopleRange::new(6, 3));
        assert_eq!(text, "People(withheld) PeopleRange(withheld)");
        assert_eq!(PeopleRange::new(6, 3).middle(), 4);
    }
}
