//! How much of the money stays with local services (gap-analysis §8, story S1).

use std::collections::BTreeMap;

use super::saving::share_of;
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{
    AreaId, Beds, Budget, LevelId, Market, Pence, Place, Placement, Rate, Service,
};

pub(in crate::evidence) static LOCAL_SHARE: Formula = Formula {
    id: "local-spend-share",
    rule: "weekly price of local people in local places / (the same + weekly cost of people \
           placed out of area)",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static BUDGET_SHARE: Formula = Formula {
    id: "local-budget-share",
    rule: "amount paid to local services / budget of the same year, area and part",
    source: "gap-analysis §8",
};

/// Pence a week: what is known, and the lowest and highest that the unknown allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct WeeklyPence {
    /// The low end.
    pub(in crate::evidence) low: i128,
    /// What is known; ranges of people by their middle.
    pub(in crate::evidence) known: i128,
    /// The high end.
    pub(in crate::evidence) high: i128,
}

/// Weekly spend of one area and what share of it is local.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct LocalShare {
    /// Local people in local places.
    pub(in crate::evidence) local: WeeklyPence,
    /// People placed out of area.
    pub(in crate::evidence) out_of_area: WeeklyPence,
    /// Services and rows with a price that is unknown and cannot be bounded either: they are in no
    /// sum.
    pub(in crate::evidence) unpriced: u32,
}

impl LocalShare {
    /// The share of what is known; absent when nothing is spent.
    pub(in crate::evidence) fn share(&self) -> Option<Rational> {
        Rational::new(self.local.known, self.local.known + self.out_of_area.known)
    }

    /// The lowest and highest share that the unknown allows; absent when nothing may be spent.
    pub(in crate::evidence) fn range(&self) -> Option<(Rational, Rational)> {
        let (local, away) = (self.local, self.out_of_area);
        let low = Rational::new(local.low, local.low + away.high);
        let high = Rational::new(local.high, local.high + away.low);
        Some((low.or(high)?, high.or(low)?))
    }

    /// Whether less than half of what is known is local (story S1: shown in red).
    pub(in crate::evidence) fn is_below_half(&self) -> bool {
        self.local.known < self.out_of_area.known
    }
}

/// What of a budget went to local services, in pence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct BudgetShare {
    /// The budget.
    pub(in crate::evidence) budget_pence: i128,
    /// Paid to local services, for certain and at most: payments whose place, area or part is
    /// unknown may belong to it.
    pub(in crate::evidence) local_low: i128,
    pub(in crate::evidence) local_high: i128,
}

impl BudgetShare {
    /// The share, from its low to its high end; absent when the budget is 0.
    pub(in crate::evidence) fn range(&self) -> Option<(Rational, Rational)> {
        let share = |local| Rational::new(local, self.budget_pence);
        Some((share(self.local_low)?, share(self.local_high)?))
    }
}

/// The part of a budget that a share of it makes: 10% of 500 million, to the nearest penny.
pub(in crate::evidence) fn part_of(amount: i128, share: Option<Rate>) -> Option<i128> {
    match share {
        Some(rate) => share_of(amount, super::payments::fraction(rate)?),
        None => Some(amount),
    }
}

/// The lowest and highest price that is known at each level, with the default where none is.
struct Prices {
    services: BTreeMap<LevelId, (i128, i128)>,
    placements: BTreeMap<LevelId, (i128, i128)>,
}

impl Prices {
    fn of(market: &Market) -> Prices {
        let mut prices = Prices { services: BTreeMap::new(), placements: BTreeMap::new() };
        for service in market.providers.values().flat_map(|provider| &provider.services) {
            note(&mut prices.services, service.level.as_ref(), service.weekly_price);
        }
        for row in &market.placements {
            note(&mut prices.placements, Some(&row.level), row.weekly_cost);
        }
        for level in market.vocabulary.levels.values() {
            for known in [&mut prices.services, &mut prices.placements] {
                if !known.contains_key(&level.id) {
                    note(known, Some(&level.id), level.price_default);
                }
            }
        }
        prices
    }
}

fn note(
    known: &mut BTreeMap<LevelId, (i128, i128)>,
    level: Option<&LevelId>,
    price: Option<Pence>,
) {
    if let (Some(level), Some(price)) = (level, price) {
        let pence = i128::from(price.raw());
        let (low, high) = known.entry(level.clone()).or_insert((pence, pence));
        (*low, *high) = (pence.min(*low), pence.max(*high));
    }
}

/// Adds what so many people cost at a price; whether that could be bounded.
fn add(
    sum: &mut WeeklyPence,
    people: (u32, Option<u32>, u32),
    price: Option<Pence>,
    bounds: Option<&(i128, i128)>,
) -> bool {
    let exact = price.map(|price| i128::from(price.raw()));
    let Some((low, high)) = exact.map(|price| (price, price)).or(bounds.copied()) else {
        return people.2 == 0;
    };
    sum.low += i128::from(people.0) * low;
    sum.high += i128::from(people.2) * high;
    if let (Some(price), Some(count)) = (exact, people.1) {
        sum.known += i128::from(count) * price;
    }
    true
}

/// Local people of a service: fewest, known, most.
fn residents(service: &Service) -> (u32, Option<u32>, u32) {
    let imported = service.occupied_imported.map_or(0, |people| people.raw());
    match service.occupied_local.map(|people| people.raw()) {
        Some(local) => (local, Some(local), local),
        None => (0, None, service.places.map_or(0, |Beds(places)| places.saturating_sub(imported))),
    }
}

fn people(row: &Placement) -> (u32, Option<u32>, u32) {
    (row.people.low(), Some(row.people.middle()), row.people.high())
}

/// Local share of weekly spend: the whole site, then each area in order of its id.
pub(super) fn by_area(market: &Market) -> Vec<(Option<AreaId>, Traced<LocalShare>)> {
    let prices = Prices::of(market);
    let areas = market.areas.iter().map(|area| Some(area.id.clone()));
    let mut found: BTreeMap<Option<AreaId>, (LocalShare, Inputs)> =
        std::iter::once(None).chain(areas).map(|area| (area, Default::default())).collect();
    let above = |area: Option<&AreaId>| -> Vec<Option<AreaId>> {
        let lineage = area.into_iter().flat_map(|area| market.areas.lineage(area));
        std::iter::once(None).chain(lineage.map(|area| Some(area.id.clone()))).collect()
    };
    let services = market.providers.values().flat_map(|provider| &provider.services);
    for service in services.filter(|service| service.is_open()) {
        let bounds = service.level.as_ref().and_then(|level| prices.services.get(level));
        for area in above(service.area.as_ref()) {
            let (share, inputs) = found.entry(area).or_default();
            let people = residents(service);
            let is_bounded = add(&mut share.local, people, service.weekly_price, bounds);
            share.unpriced += u32::from(!is_bounded);
            inputs.services.push(service.id.clone());
        }
    }
    for (at, row) in market.placements.iter().enumerate() {
        let bounds = prices.placements.get(&row.level);
        for area in above(Some(&row.home)) {
            let (share, inputs) = found.entry(area).or_default();
            let is_bounded = add(&mut share.out_of_area, people(row), row.weekly_cost, bounds);
            share.unpriced += u32::from(!is_bounded);
            inputs.placements.push(at);
        }
    }
    found
        .into_iter()
        .map(|(area, (share, inputs))| (area, Traced::new(&LOCAL_SHARE, inputs, share)))
        .collect()
}

/// Share of each budget that went to local services.
pub(super) fn of_budgets(market: &Market) -> Vec<(usize, Traced<BudgetShare>)> {
    let budgets = market.spend.budgets.iter().enumerate();
    budgets.filter_map(|(at, budget)| Some((at, of_budget(market, at, budget)?))).collect()
}

fn of_budget(market: &Market, at: usize, budget: &Budget) -> Option<Traced<BudgetShare>> {
    let mut share = BudgetShare {
        budget_pence: part_of(i128::from(budget.amount.raw()), budget.share)?,
        local_low: 0,
        local_high: 0,
    };
    let mut inputs = Inputs { budgets: vec![at], ..Inputs::default() };
    for (at, payment) in market.spend.payments.iter().enumerate() {
        // For each condition: whether it holds, or that it is not known.
        let conditions = [
            Some(payment.year == budget.year),
            payment.place.map(|place| place == Place::Local),
            payment.area.as_ref().map(|area| market.areas.is_within(area, &budget.area)),
            match (&payment.part, &budget.part) {
                (_, None) => Some(true),
                (part, Some(wanted)) => part.as_ref().map(|part| part == wanted),
            },
        ];
        if conditions.contains(&Some(false)) {
            continue;
        }
        let amount = i128::from(payment.amount.raw());
        share.local_high += amount;
        share.local_low += if conditions.contains(&None) { 0 } else { amount };
        inputs.payments.push(at);
    }
    Some(Traced::new(&BUDGET_SHARE, inputs, share))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Example 14 and story S4: 10% of 500 million and 1.2 million of the council.
    #[test]
    fn a_budget_may_be_a_share_of_a_larger_one() {
        let ten = Rate::parse_percent("10");
        let health = part_of(500_000_000 * 100, ten).unwrap();
        assert_eq!(health + part_of(1_200_000 * 100, None).unwrap(), 51_200_000 * 100);
    }

    /// Story S1: less than half of the spend is local; what is unknown makes a range.
    #[test]
    fn unknown_prices_make_a_range() {
        let exact = |pence| WeeklyPence { low: pence, known: pence, high: pence };
        let mut share = LocalShare { local: exact(40), out_of_area: exact(60), unpriced: 0 };
        let four_tenths = Rational::new(4, 10).unwrap();
        assert_eq!(share.share(), Some(four_tenths));
        assert_eq!(share.range(), Some((four_tenths, four_tenths)));
        assert!(share.is_below_half());
        share.out_of_area.high = 160;
        share.local.high = 60;
        let range = (Rational::new(1, 5).unwrap(), Rational::new(1, 2).unwrap());
        assert_eq!(share.range(), Some(range));
        assert_eq!((LocalShare::default().share(), LocalShare::default().range()), (None, None));
    }

    #[test]
    fn a_price_that_nothing_bounds_is_left_out_and_told() {
        let mut sum = WeeklyPence::default();
        assert!(!add(&mut sum, (1, Some(1), 2), None, None));
        assert!(add(&mut sum, (0, None, 0), None, None));
        assert_eq!(sum, WeeklyPence::default());
        assert!(add(&mut sum, (1, Some(2), 3), None, Some(&(10, 20))));
        assert_eq!(sum, WeeklyPence { low: 10, known: 0, high: 60 });
    }
}
