//! How far money goes to few providers (gap-analysis §8).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, ProviderId, Year};

pub(in crate::evidence) static OCCUPIED_VALUE: Formula = Formula {
    id: "concentration-occupied",
    rule: "providers by occupied places x weekly price; HHI = 10,000 x sum of squared shares",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static PAID: Formula = Formula {
    id: "concentration-paid",
    rule: "providers by amount paid in the year; HHI = 10,000 x sum of squared shares",
    source: "gap-analysis §8",
};

/// How concentrated a market is, by the convention of merger guidelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Band {
    /// Below 1,000.
    Low,
    /// From 1,000 to 2,000.
    Moderate,
    /// Above 2,000.
    High,
}

/// Providers by what they are paid, in pence, most first.
#[derive(Clone)]
pub(in crate::evidence) struct Concentration {
    /// Providers with their sums, most first; equal sums by id.
    pub(in crate::evidence) ranking: Vec<(ProviderId, i128)>,
    /// Services whose price or number of people is unknown; they are in no sum.
    pub(in crate::evidence) unstated: u32,
}

impl Concentration {
    fn new(sums: BTreeMap<ProviderId, i128>, unstated: u32) -> Concentration {
        let mut ranking: Vec<(ProviderId, i128)> = sums.into_iter().collect();
        ranking.sort_by_key(|(_, pence)| Reverse(*pence));
        Concentration { ranking, unstated }
    }

    fn values(&self) -> Vec<i128> {
        self.ranking.iter().map(|(_, pence)| *pence).collect()
    }

    /// The Herfindahl-Hirschman index; absent when nothing is paid.
    pub(in crate::evidence) fn index(&self) -> Option<Rational> {
        index(&self.values())
    }

    /// Share of the first few providers; absent when nothing is paid.
    pub(in crate::evidence) fn top(&self, providers: usize) -> Option<Rational> {
        top_share(&self.values(), providers)
    }

    /// What the first few providers are paid on average, in pence; absent when there are none.
    pub(in crate::evidence) fn mean_of_top(&self, providers: usize) -> Option<Rational> {
        let first = &self.ranking[..self.ranking.len().min(providers)];
        Rational::new(first.iter().map(|(_, pence)| pence).sum(), first.len() as i128)
    }
}

/// The Herfindahl-Hirschman index: 10,000 times the sum of the squared shares, exactly.
///
/// Absent when the total is 0 ("n/a"), or too large to be squared.
pub(in crate::evidence) fn index(values: &[i128]) -> Option<Rational> {
    let total: i128 = values.iter().sum();
    let mut squares: i128 = 0;
    for value in values {
        squares = squares.checked_add(value.checked_mul(*value)?)?;
    }
    Rational::new(squares, total.checked_mul(total)?)?.times(Rational::whole(10_000))
}

/// The band of an index.
pub(in crate::evidence) fn band(index: Rational) -> Band {
    match index {
        low if low.num() < 1_000 * low.den() => Band::Low,
        high if high.num() > 2_000 * high.den() => Band::High,
        _ => Band::Moderate,
    }
}

/// Share of the largest few values; absent when the total is 0.
pub(in crate::evidence) fn top_share(values: &[i128], count: usize) -> Option<Rational> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by_key(|value| Reverse(*value));
    Rational::new(sorted.iter().take(count).sum(), values.iter().sum())
}

/// Providers by the weekly price of their occupied places.
pub(super) fn of_occupied_value(market: &Market) -> Traced<Concentration> {
    let mut sums: BTreeMap<ProviderId, i128> = BTreeMap::new();
    let mut inputs = Inputs::default();
    let mut unstated = 0;
    for provider in market.providers.values() {
        for service in provider.services.iter().filter(|service| service.is_open()) {
            let known = [service.occupied_local, service.occupied_imported];
            let people: u32 = known.iter().flatten().map(|people| people.raw()).sum();
            let is_known = known.iter().any(Option::is_some);
            match service.weekly_price.filter(|_| is_known) {
                Some(price) => {
                    *sums.entry(provider.id.clone()).or_default() +=
                        i128::from(people) * i128::from(price.raw());
                    inputs.services.push(service.id.clone());
                }
                None => unstated += 1,
            }
        }
    }
    Traced::new(&OCCUPIED_VALUE, inputs, Concentration::new(sums, unstated))
}

/// Providers by what they were paid in each year.
pub(super) fn of_payments(market: &Market) -> Vec<(Year, Traced<Concentration>)> {
    let mut years: BTreeMap<Year, (BTreeMap<ProviderId, i128>, Inputs)> = BTreeMap::new();
    for (at, payment) in market.spend.payments.iter().enumerate() {
        let (sums, inputs) = years.entry(payment.year).or_default();
        *sums.entry(payment.provider.clone()).or_default() += i128::from(payment.amount.raw());
        inputs.payments.push(at);
    }
    years
        .into_iter()
        .map(|(year, (sums, inputs))| {
            (year, Traced::new(&PAID, inputs, Concentration::new(sums, 0)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_equal_providers_make_an_index_of_5000() {
        assert_eq!(index(&[7, 7]), Some(Rational::whole(5_000)));
        assert_eq!(index(&[3]), Some(Rational::whole(10_000)));
        assert_eq!(index(&[1, 1, 2]), Some(Rational::whole(3_750)));
        assert_eq!((index(&[]), index(&[0, 0])), (None, None));
        assert_eq!(index(&[i128::MAX / 4]), None);
    }

    #[test]
    fn bands_begin_at_1000_and_end_at_2000() {
        let bands = [(999, Band::Low), (1_000, Band::Moderate), (2_000, Band::Moderate)];
        for (value, expect) in bands {
            assert_eq!(band(Rational::whole(value)), expect, "{value}");
        }
        assert_eq!(band(Rational::new(20_001, 10).unwrap()), Band::High);
    }

    #[test]
    fn the_largest_come_first() {
        assert_eq!(top_share(&[1, 5, 2, 2], 2), Rational::new(7, 10));
        assert_eq!(top_share(&[4], 3), Some(Rational::whole(1)));
        assert_eq!(top_share(&[0], 3), None);
    }

    /// Story S0: the top 30 providers are paid 25 million pounds, 833,333 each on average.
    #[test]
    fn the_mean_of_the_largest_is_exact() {
        let share = |n: usize| ProviderId::parse(&format!("p{n}")).map(|id| (id, 25_000_000 / 25));
        let ranking: Vec<_> = (0..25).filter_map(share).collect();
        let concentration = Concentration { ranking, unstated: 0 };
        assert_eq!(concentration.mean_of_top(30), Some(Rational::whole(1_000_000)));
        assert_eq!(Rational::new(25_000_000, 30).map(Rational::rounded), Some(833_333));
    }
}
