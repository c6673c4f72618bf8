//! What increases of prices cost, and what larger orders save (gap-analysis §8 and §15.15).

use std::collections::BTreeMap;

use super::claims::Bounds;
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, Planned, ProviderId, Rate, Year};

pub(in crate::evidence) static UPLIFT: Formula = Formula {
    id: "uplift-avoided",
    rule: "sum of amount x (uplift asked - uplift agreed); in points of the amounts, each of which \
           is a hundredth of them",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static TO_COME: Formula = Formula {
    id: "spend-to-come",
    rule: "amount paid in the latest year x (1 + yearly increase)^years",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static DISCOUNT: Formula = Formula {
    id: "discount",
    rule: "sum over the tiers of the amount within the tier x per cent off",
    source: "gap-analysis §15.15",
};

const MILLION: i128 = 1_000_000;

/// Increases of prices in one year, over payments where both are known. Sums are pence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Uplift {
    /// What was paid to these providers.
    pub(in crate::evidence) paid_pence: i128,
    /// What the increases would have cost as they were asked, and as they were agreed.
    pub(in crate::evidence) asked_pence: i128,
    pub(in crate::evidence) agreed_pence: i128,
    /// The difference, rounded once.
    pub(in crate::evidence) avoided_pence: i128,
    /// The difference in points of increase of what was paid; absent when nothing was.
    pub(in crate::evidence) avoided_points: Option<Rational>,
    /// The largest share that these payments can be of all spend of the year: the file may not list
    /// every provider. Absent when nothing was paid.
    pub(in crate::evidence) share_of_spend_at_most: Option<Rational>,
    /// Payments of the year that lack one of the two rates.
    pub(in crate::evidence) unstated: u32,
}

impl Uplift {
    /// What one point of increase costs, in pence.
    pub(in crate::evidence) fn point_pence(&self) -> Option<i128> {
        Some(Rational::new(self.paid_pence, 100)?.rounded())
    }
}

/// How many years ahead spend is told.
const YEARS_AHEAD: usize = 3;

/// What a year of payments comes to in later years, if all prices rise in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct ToCome {
    /// What was paid.
    pub(in crate::evidence) paid_pence: i128,
    /// After one year, two and three, to the nearest penny; absent when it cannot be counted.
    pub(in crate::evidence) after_pence: [Option<i128>; YEARS_AHEAD],
}

/// What the tiers of one provider take off what it was paid in one year, in pence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Discount {
    /// What was paid.
    pub(in crate::evidence) paid_pence: i128,
    /// What is off, to the nearest penny.
    pub(in crate::evidence) off_pence: i128,
}

/// A rate as an exact fraction.
pub(in crate::evidence) fn fraction(rate: Rate) -> Option<Rational> {
    Rational::new(i128::from(rate.per_million()), MILLION)
}

/// Spend after some years of the same increase: spend x (1 + u)^t. Absent when it cannot be
/// counted exactly.
pub(in crate::evidence) fn uplifted(spend: i128, rate: Rate, years: u32) -> Option<Rational> {
    let factor = Rational::whole(1).plus(fraction(rate)?)?;
    (0..years).try_fold(Rational::whole(spend), |spend, _| spend.times(factor))
}

/// What is not spent because less was agreed than asked: spend x (asked - agreed).
pub(in crate::evidence) fn avoided(spend: i128, asked: Rate, agreed: Rate) -> Option<Rational> {
    let difference = i128::from(asked.per_million()) - i128::from(agreed.per_million());
    Rational::whole(spend).times(Rational::new(difference, MILLION)?)
}

/// How many points of increase a saving is worth: 100 x saving / spend.
pub(in crate::evidence) fn points(saving: Rational, spend: i128) -> Option<Rational> {
    saving.over(Rational::whole(spend))?.times(Rational::whole(100))
}

/// What marginal tiers take off a spend: each rate holds between its threshold and the next.
/// `tiers` are thresholds in pence with their rates, in any order.
pub(in crate::evidence) fn discount(spend: i128, tiers: &[(i128, Rate)]) -> Option<Rational> {
    let mut tiers = tiers.to_vec();
    tiers.sort_by_key(|(from, _)| *from);
    let ends = tiers.iter().skip(1).map(|(from, _)| *from).chain([i128::MAX]);
    let mut off = Rational::whole(0);
    for ((from, rate), end) in tiers.iter().zip(ends) {
        let within = spend.min(end) - from;
        off = off.plus(Rational::whole(within.max(0)).times(fraction(*rate)?)?)?;
    }
    Some(off)
}

pub(super) fn uplifts(market: &Market) -> Vec<(Year, Traced<Uplift>)> {
    let mut years: BTreeMap<Year, (Sums, Inputs)> = BTreeMap::new();
    for (at, payment) in market.spend.payments.iter().enumerate() {
        let (sums, inputs) = years.entry(payment.year).or_default();
        let amount = i128::from(payment.amount.raw());
        sums.all += amount;
        match payment.uplift_asked.zip(payment.uplift_agreed) {
            Some((asked, agreed)) => {
                sums.paid += amount;
                sums.asked += amount * i128::from(asked.per_million());
                sums.agreed += amount * i128::from(agreed.per_million());
                let saved = avoided(amount, asked, agreed);
                sums.avoided = sums.avoided.zip(saved).and_then(|(sum, one)| sum.plus(one));
                inputs.payments.push(at);
            }
            None => sums.unstated += 1,
        }
    }
    years
        .into_iter()
        .filter_map(|(year, (sums, inputs))| {
            Some((year, Traced::new(&UPLIFT, inputs, sums.uplift()?)))
        })
        .collect()
}

/// Sums of one year; `asked` and `agreed` in millionths of a penny.
struct Sums {
    all: i128,
    paid: i128,
    asked: i128,
    agreed: i128,
    avoided: Option<Rational>,
    unstated: u32,
}

impl Default for Sums {
    fn default() -> Sums {
        let avoided = Some(Rational::whole(0));
        Sums { all: 0, paid: 0, asked: 0, agreed: 0, avoided, unstated: 0 }
    }
}

impl Sums {
    fn uplift(&self) -> Option<Uplift> {
        let pence = |millionths: i128| Some(Rational::new(millionths, MILLION)?.rounded());
        Some(Uplift {
            paid_pence: self.paid,
            asked_pence: pence(self.asked)?,
            agreed_pence: pence(self.agreed)?,
            avoided_pence: self.avoided?.rounded(),
            avoided_points: points(self.avoided?, self.paid),
            share_of_spend_at_most: Bounds::at_least(self.all).share_at_most(self.paid),
            unstated: self.unstated,
        })
    }
}

/// What the latest year of payments comes to, at the yearly increase that is assumed.
pub(super) fn to_come(market: &Market) -> Option<(Year, Traced<ToCome>)> {
    let rate = Planned::FeeUplift.rate(&market.assumptions)?;
    let payments = market.spend.payments.iter().enumerate();
    let year = payments.clone().map(|(_, payment)| payment.year).max()?;
    let (mut paid_pence, mut inputs) = (0, Inputs::default());
    for (at, payment) in payments.filter(|(_, payment)| payment.year == year) {
        paid_pence += i128::from(payment.amount.raw());
        inputs.payments.push(at);
    }
    let after = |years| Some(uplifted(paid_pence, rate, years)?.rounded());
    let value = ToCome { paid_pence, after_pence: [1, 2, 3].map(after) };
    let assumptions = vec![Planned::FeeUplift.id().to_owned()];
    Some((year, Traced { assumptions, ..Traced::new(&TO_COME, inputs, value) }))
}

pub(super) fn discounts(market: &Market) -> Vec<(ProviderId, Year, Traced<Discount>)> {
    let mut paid: BTreeMap<(ProviderId, Year), (i128, Inputs)> = BTreeMap::new();
    for (at, payment) in market.spend.payments.iter().enumerate() {
        let (sum, inputs) = paid.entry((payment.provider.clone(), payment.year)).or_default();
        *sum += i128::from(payment.amount.raw());
        inputs.payments.push(at);
    }
    paid.into_iter()
        .filter_map(|((provider, year), (sum, mut inputs))| {
            let mut tiers = Vec::new();
            for (at, tier) in market.spend.tiers.iter().enumerate() {
                if tier.provider == provider && tier.year.is_none_or(|of| of == year) {
                    tiers.push((i128::from(tier.from_spend.raw()), tier.off));
                    inputs.tiers.push(at);
                }
            }
            if tiers.is_empty() {
                return None;
            }
            let off_pence = discount(sum, &tiers)?.rounded();
            let value = Discount { paid_pence: sum, off_pence };
            Some((provider, year, Traced::new(&DISCOUNT, inputs, value)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(percent: &str) -> Rate {
        Rate::parse_percent(percent).unwrap()
    }

    /// Example 10 and story S0: 500,000 on 25 million are 2.0 points; each point is 250,000.
    #[test]
    fn points_of_uplift_are_worth_their_share_of_the_spend() {
        assert_eq!(points(Rational::whole(500_000), 25_000_000), Some(Rational::whole(2)));
        let one = avoided(25_000_000, rate("3.5"), rate("2.5"));
        assert_eq!(one, Some(Rational::whole(250_000)));
        let two = avoided(25_000_000, rate("3.5"), rate("1.5"));
        assert_eq!(two, Some(Rational::whole(500_000)));
        assert_eq!(avoided(100, rate("1"), rate("2")), Some(Rational::whole(-1)));
        assert_eq!(points(Rational::whole(1), 0), None);
    }

    #[test]
    fn increases_compound_exactly() {
        assert_eq!(uplifted(1_000_000, rate("10"), 2), Some(Rational::whole(1_210_000)));
        assert_eq!(uplifted(100, rate("3.5"), 0), Some(Rational::whole(100)));
        assert_eq!(uplifted(100, rate("3.25"), 10).map(Rational::rounded), Some(138));
        assert_eq!(uplifted(100, rate("0.0001"), 100), None);
    }

    #[test]
    fn a_tier_takes_off_only_what_lies_within_it() {
        let tiers = [(200_000, rate("5")), (100_000, rate("2"))];
        let off = |spend| discount(spend, &tiers).unwrap();
        assert_eq!(off(100_000), Rational::whole(0));
        assert_eq!(off(150_000), Rational::whole(1_000));
        assert_eq!(off(300_000), Rational::whole(2_000 + 5_000));
        assert_eq!(discount(5, &[]), Some(Rational::whole(0)));
    }
}
