//! What a provider works out that houses people who are placed away: it knows its own part of every
//! number, and may not find out how few the others are.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::insiders::Insider;
use super::super::reading::Reading;
use super::grid::{Mark, Readings};
use super::worlds::{self, Secret};
use super::{FEWEST_VALUES, Found, Public, know, publicly_known};
use crate::evidence::market::ProviderId;

/// Attacks as each provider, by what it houses.
pub(in super::super) fn attack(
    public: &Public,
    readings: &Readings,
    insiders: &BTreeMap<ProviderId, Insider>,
) -> Vec<Found> {
    let is_told = |reading: &&Reading| reading.is_number();
    if !readings.values().copied().any(|reading| is_told(&reading)) {
        return Vec::new();
    }
    let found = insiders.par_iter().flat_map_iter(|(provider, insider)| {
        let by_profile = attack_by(public, readings, (provider, insider), Mark::ByProfile);
        let found = by_profile
            .or_else(|| attack_by(public, readings, (provider, insider), Mark::Anything))
            .unwrap_or_else(|| vec![Found::Contradiction(format!("people by {provider}"))]);
        found.into_iter()
    });
    found.collect()
}

/// What one provider finds; nothing where no table agrees with what it knows.
fn attack_by(
    public: &Public,
    readings: &Readings,
    (provider, insider): (&ProviderId, &Insider),
    mark: Mark,
) -> Option<Vec<Found>> {
    let mut told = know(public, readings, mark);
    // Whatever is published, it knows its own people, and what places these leave to others.
    let mut alone = publicly_known(public, readings);
    for grid in [&mut told, &mut alone] {
        for (number, own) in &insider.own {
            if let Some(cell) = grid.find(number) {
                let range = &mut grid.system.ranges[cell];
                range.low = range.low.max(i64::from(*own));
            }
        }
    }
    told.system.narrow().ok()?;
    alone.system.narrow().ok()?;
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut names = BTreeMap::new();
    for number in &insider.small {
        let Some(cell) = told.find(number) else { continue };
        let left = alone.find(number).map_or(FEWEST_VALUES, |at| alone.system.ranges[at].width());
        let values = left.min(FEWEST_VALUES);
        let name = format!("{number} beside those of {provider}");
        match told.system.ranges[cell].width() < values {
            true => found.push(Found::Narrow(name)),
            false => {
                open.push(Secret { cell, values });
                names.insert(cell, name);
            }
        }
    }
    for (cell, is_decided) in worlds::narrow(&told.system, &open) {
        let Some(name) = names.get(&cell).cloned() else { continue };
        found.push(if is_decided { Found::Narrow(name) } else { Found::Undecided(name) });
    }
    Some(found)
}

#[cfg(test)]
mod tests;
