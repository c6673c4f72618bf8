//! What a week of such care costs, told so that no provider's price can be read from it.

use std::collections::BTreeMap;

use crate::evidence::market::{AreaId, LevelId, Market, Pence, ProviderId};

/// A price is told from so many providers or not at all.
const FEWEST_PROVIDERS: usize = 3;

/// Prices are told to multiples of this, lower ones down and higher ones up.
const STEP_PENCE: i64 = 25_000;

/// Where a price comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceBasis {
    /// Prices of at least three providers of this level in the area.
    Providers,
    /// What the publisher assumes for the level.
    Assumed,
}

/// A weekly price between two ends, in whole pounds. Made in `disclosure` only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBand {
    low_pounds: u32,
    high_pounds: u32,
    basis: PriceBasis,
}

impl PriceBand {
    /// A price as an earlier edition told it, in pounds a week.
    pub(in crate::evidence::disclosure) fn told(
        low_pounds: u32,
        high_pounds: u32,
        basis: PriceBasis,
    ) -> PriceBand {
        PriceBand { low_pounds, high_pounds, basis }
    }

    /// Its lower end, in pounds a week.
    pub fn low_pounds(self) -> u32 {
        self.low_pounds
    }

    /// Its upper end, in pounds a week.
    pub fn high_pounds(self) -> u32 {
        self.high_pounds
    }

    /// Where it comes from.
    pub fn basis(self) -> PriceBasis {
        self.basis
    }

    /// The band around some prices, one of each provider. A single step wide where they are alike.
    ///
    /// An end that the dearest or the cheapest provider set would be that provider's price, to a
    /// step. So the ends are around the second lowest and the second highest, beyond each of which
    /// there is another.
    fn around(prices: &[i64], basis: PriceBasis) -> Option<PriceBand> {
        let mut prices = prices.to_vec();
        prices.sort_unstable();
        let beyond = if basis == PriceBasis::Providers { 1 } else { 0 };
        let low = *prices.get(beyond)?;
        let high = *prices.get(prices.len().checked_sub(1 + beyond)?)?;
        let (low, high) = (low / STEP_PENCE, (high + STEP_PENCE - 1) / STEP_PENCE);
        // Two ends that meet would tell a price that is a multiple of the step exactly.
        let high = if basis == PriceBasis::Providers { high.max(low + 1) } else { high };
        let pounds = |steps: i64| u32::try_from(steps * (STEP_PENCE / 100)).ok();
        Some(PriceBand { low_pounds: pounds(low)?, high_pounds: pounds(high)?, basis })
    }
}

/// The weekly price at a level in an area: of its providers if they are enough, else `assumed`.
///
/// Of each provider the price in the middle counts, so that many services do not weigh more.
pub(super) fn weekly(
    market: &Market,
    area: &AreaId,
    level: &LevelId,
    assumed_pence: Option<i64>,
) -> Option<PriceBand> {
    let mut by_provider: BTreeMap<&ProviderId, Vec<i64>> = BTreeMap::new();
    for provider in market.providers.values() {
        for service in provider.services.iter().filter(|service| service.is_open()) {
            let is_here = service.level.as_ref() == Some(level)
                && service.area.as_ref().is_some_and(|at| market.areas.is_within(at, area));
            if let (true, Some(price)) = (is_here, service.weekly_price) {
                by_provider.entry(&provider.id).or_default().push(price.raw());
            }
        }
    }
    if by_provider.len() >= FEWEST_PROVIDERS {
        let prices: Vec<i64> = by_provider
            .into_values()
            .map(|mut prices| {
                prices.sort_unstable();
                prices[prices.len() / 2]
            })
            .collect();
        return PriceBand::around(&prices, PriceBasis::Providers);
    }
    let default = market.vocabulary.levels.get(level).and_then(|level| level.price_default);
    let assumed = assumed_pence.or(default.map(Pence::raw))?;
    PriceBand::around(&[assumed], PriceBasis::Assumed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_go_outward_and_never_meet_at_a_providers_price() {
        let check = |prices: &[i64], basis, expect: (u32, u32)| {
            let band = PriceBand::around(prices, basis).unwrap();
            assert_eq!((band.low_pounds, band.high_pounds), expect, "{prices:?}");
        };
        check(&[187_300, 287_300, 301_000, 333_399], PriceBasis::Providers, (2750, 3250));
        // Nobody can read the third price: it is beyond the upper end.
        check(&[40_000, 40_500, 101_000], PriceBasis::Providers, (250, 500));
        check(&[500_000, 101_000, 40_500, 40_000], PriceBasis::Providers, (250, 1250));
        check(&[275_000, 275_000, 275_000], PriceBasis::Providers, (2750, 3000));
        check(&[275_000], PriceBasis::Assumed, (2750, 2750));
        check(&[290_000], PriceBasis::Assumed, (2750, 3000));
        assert_eq!(PriceBand::around(&[], PriceBasis::Assumed), None);
    }
}
