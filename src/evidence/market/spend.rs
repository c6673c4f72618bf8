//! What was paid to whom, out of which budget, and what larger orders save. All of it is sensitive.

use std::fmt;

use super::ids::{AreaId, ProviderId};
use super::quantities::Pence;
use super::year::Year;
use crate::sources::Span;

/// A rate or a share, in parts of a million: 3.5 per cent is 35,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) struct Rate(i64);

impl Rate {
    /// Parts of a million.
    pub(in crate::evidence) fn per_million(self) -> i64 {
        self.0
    }

    /// Reads per cent with up to four decimals, such as `3.5` or `-0.25`; no sign of per cent.
    pub(in crate::evidence) fn parse_percent(text: &str) -> Option<Rate> {
        let (sign, plain) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = plain.split_once('.').unwrap_or((plain, "0"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_well_formed = (1..=9).contains(&whole.len()) && (1..=4).contains(&part.len());
        if !is_well_formed || !digits(whole) || !digits(part) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<4}").parse().ok()?;
        Some(Rate(sign * (whole * 10_000 + part)))
    }
}

/// Where money is spent, as seen from whoever pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Place {
    /// With a local service.
    Local,
    /// With a service out of area.
    OutOfArea,
}

/// What one provider was paid in one year: a row of `data/spend/*.csv`.
#[derive(Clone)]
pub(in crate::evidence) struct Payment {
    pub(in crate::evidence) span: Span,
    /// A provider out of area need not be in the directory.
    pub(in crate::evidence) provider: ProviderId,
    pub(in crate::evidence) year: Year,
    pub(in crate::evidence) amount: Pence,
    /// Absent when unknown.
    pub(in crate::evidence) place: Option<Place>,
    /// The area whose commissioner pays; absent when unknown.
    pub(in crate::evidence) area: Option<AreaId>,
    /// The part of the budget that pays; absent when unknown.
    pub(in crate::evidence) part: Option<String>,
    /// Increase of prices that the provider asked for, and what was agreed.
    pub(in crate::evidence) uplift_asked: Option<Rate>,
    pub(in crate::evidence) uplift_agreed: Option<Rate>,
}

/// A budget of one year: an entry of `data/budget.yaml`.
#[derive(Clone)]
pub(in crate::evidence) struct Budget {
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) area: AreaId,
    pub(in crate::evidence) year: Year,
    /// What it is for; absent when it is for everything.
    pub(in crate::evidence) part: Option<String>,
    pub(in crate::evidence) amount: Pence,
    /// The share of the amount that belongs to this part; absent when it is all of it.
    pub(in crate::evidence) share: Option<Rate>,
}

/// A discount on what is spent above a threshold: an entry of `data/discounts.yaml`.
#[derive(Clone)]
pub(in crate::evidence) struct Tier {
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) provider: ProviderId,
    /// Absent when it holds in every year.
    pub(in crate::evidence) year: Option<Year>,
    pub(in crate::evidence) from_spend: Pence,
    pub(in crate::evidence) off: Rate,
}

/// All that is known of money paid and promised.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Spend {
    pub(in crate::evidence) payments: Vec<Payment>,
    pub(in crate::evidence) budgets: Vec<Budget>,
    pub(in crate::evidence) tiers: Vec<Tier>,
}

impl fmt::Debug for Spend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spend(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_exactly() {
        let check = |text: &str, expect: Option<i64>| {
            assert_eq!(Rate::parse_percent(text).map(Rate::per_million), expect, "{text}");
        };
        check("3.5", Some(35_000));
        check("10", Some(100_000));
        check("-0.25", Some(-2_500));
        check("0.0001", Some(1));
        for bad in ["", "3.", ".5", "3,5", "3.5%", "1e2", "0.00001", "--1", "+1", "9999999999"] {
            check(bad, None);
        }
    }
}
