//! What the audit is told of providers that house people placed away: their own people, by every
//! number that counts them, and which numbers are small beside these.

use std::collections::{BTreeMap, BTreeSet};

use super::super::policy::Policy;
use super::attack::Number;
use super::watched::{Home, Homed, homed};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{Market, ProviderId, ServiceId};

/// What one provider knows. Sensitive.
#[derive(Default)]
pub(super) struct Insider {
    /// Its own part of each number, where it has one.
    pub(super) own: BTreeMap<Number, u32>,
    /// Numbers that count few people beside its own.
    pub(super) small: BTreeSet<Number>,
}

/// Each provider that houses people placed away.
pub(super) fn of(
    policy: &Policy,
    market: &Market,
    residual: &[u32],
) -> BTreeMap<ProviderId, Insider> {
    let all = numbers(market, &homed(market, residual, |_| true));
    let mut insiders = BTreeMap::new();
    for provider in market.providers.values() {
        let services: BTreeSet<&ServiceId> =
            provider.services.iter().map(|service| &service.id).collect();
        let is_here = |id: &ServiceId| services.contains(id);
        let own = homed(market, residual, |row| row.current_service.as_ref().is_some_and(is_here));
        let mut own = numbers(market, &own);
        own.retain(|_, people| *people > 0);
        if own.is_empty() {
            continue;
        }
        let is_small = |(number, own): &(&Number, &u32)| {
            (1..policy.threshold).contains(&(all.get(number).copied().unwrap_or(0) - *own))
        };
        let small = own.iter().filter(is_small).map(|(number, _)| number.clone()).collect();
        insiders.insert(provider.id.clone(), Insider { own, small });
    }
    insiders
}

/// Every number of people that figures or homes tell of.
fn numbers(market: &Market, homed: &Homed) -> BTreeMap<Number, u32> {
    let mut numbers = BTreeMap::new();
    for (home, [reason, matched, gap]) in homed {
        let need = matched + gap;
        let five = [
            (Measure::AwayAppropriately, *reason),
            (Measure::Matched, *matched),
            (Measure::Gap, *gap),
            (Measure::Need, need),
            (Measure::Away, reason + need),
        ];
        for (measure, people) in five {
            for number in counting(market, measure, home) {
                *numbers.entry(number).or_default() += people;
            }
        }
    }
    numbers
}

/// The numbers that count people of one home, level and need, or of all needs.
fn counting(market: &Market, measure: Measure, (area, level, need): &Home) -> Vec<Number> {
    let lineage = market.areas.lineage(area).map(|area| Some(&area.id));
    let mut found = Vec::new();
    for area in lineage.chain([None]) {
        for level in [Some(level), None] {
            let key =
                CellKey { measure, area: area.cloned(), level: level.cloned(), need: need.clone() };
            if need.is_none() || area.is_none() || level.is_none() {
                found.push(Number::Figure(key));
            }
        }
    }
    let (area, level, need) = (Some(area.clone()), Some(level.clone()), need.clone());
    let home = CellKey { measure, area, level, need };
    let has_inner = home.area.as_ref().is_some_and(|area| !market.areas.children(area).is_empty());
    match has_inner {
        true => found.push(Number::Own(home)),
        // Of all needs it is a figure already.
        false if home.need.is_some() => found.push(Number::Figure(home)),
        false => {}
    }
    found
}
