//! Sums that hold among the figures of one edition, and how far a reader gets with them.
//!
//! All is worked out from what is published, never from a count, so that what is withheld for an
//! earlier edition tells nothing of the counts.

use super::UNBOUNDED;
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::Market;

/// The least and the greatest number that a figure can be.
pub(super) type Ends = (i64, i64);

/// What a reader knows of each figure, in the order of the keys; nothing where nothing is told.
pub(super) type Known = Vec<Option<Ends>>;

/// So many times every sum is gone through at most. To stop earlier leaves ends too wide: a reader
/// who goes on could find more. Ends settle after a few rounds, as each chain of sums is short.
const ROUNDS_AT_MOST: usize = 64;

/// A total and its parts, as places in the list of keys.
pub(super) struct Sum {
    total: usize,
    parts: Vec<usize>,
}

impl Sum {
    /// The total and its parts.
    pub(super) fn figures(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.total).chain(self.parts.iter().copied())
    }
}

/// Every sum of figures that the site has: by measure, by area and by level. The keys are in order.
///
/// People whose home is not told more closely than their board count in no place of it. A reader
/// who takes it that there are none is the one to be guarded against, where that can be.
pub(super) fn all(market: &Market, keys: &[CellKey]) -> Vec<Sum> {
    let at = |key: &CellKey| keys.binary_search(key).ok();
    let mut sums = Vec::new();
    for (total, key) in keys.iter().enumerate() {
        let mut add = |parts: Vec<CellKey>| {
            let places: Option<Vec<usize>> = parts.iter().map(at).collect();
            sums.extend(places.filter(|parts| !parts.is_empty()).map(|parts| Sum { total, parts }));
        };
        let of = |measure| CellKey { measure, ..key.clone() };
        match key.measure {
            Measure::Away => add(vec![of(Measure::AwayAppropriately), of(Measure::Need)]),
            Measure::Need => add(vec![of(Measure::Matched), of(Measure::Gap)]),
            Measure::AwayAppropriately | Measure::Matched | Measure::Gap => {}
            _ => continue,
        }
        let areas = match &key.area {
            None => market.areas.roots(),
            Some(area) => market.areas.children(area),
        };
        add(areas.into_iter().map(|area| key.clone().in_area(&area.id)).collect());
        if key.level.is_none() {
            let levels = market.vocabulary.levels.keys();
            add(levels.map(|level| key.clone().at_level(level)).collect());
        }
    }
    sums
}

/// Narrows what is known of each figure by the sums, until no sum narrows anything. A sum that
/// cannot hold, because some people count in no part, is passed over.
pub(super) fn narrow(sums: &[Sum], known: &mut Known) {
    for _ in 0..ROUNDS_AT_MOST {
        let mut is_settled = true;
        for sum in sums {
            is_settled &= !narrow_one(sum, known);
        }
        if is_settled {
            return;
        }
    }
}

/// Whether one sum narrowed anything.
fn narrow_one(sum: &Sum, known: &mut Known) -> bool {
    let (mut low, mut high) = (0, 0);
    let ends: Option<Vec<Ends>> = sum.parts.iter().map(|part| known[*part]).collect();
    let (Some(ends), Some(total)) = (ends, known[sum.total]) else { return false };
    for (least, most) in &ends {
        low += least;
        high = (high + most).min(UNBOUNDED);
    }
    if low > total.1 || high < total.0 {
        return false;
    }
    let mut has_changed = narrow_to(&mut known[sum.total], (low, high));
    for (part, (least, most)) in sum.parts.iter().zip(&ends) {
        let others_most =
            if high == UNBOUNDED { most_of_others(&ends, *most) } else { high - most };
        let fewest = if others_most >= UNBOUNDED { 0 } else { total.0 - others_most };
        has_changed |= narrow_to(&mut known[*part], (fewest, total.1 - (low - least)));
    }
    has_changed
}

/// The most that all but one part can be, where the sum of all has no bound.
fn most_of_others(ends: &[Ends], own: i64) -> i64 {
    let all: i64 = ends.iter().map(|(_, most)| (*most).min(UNBOUNDED)).sum();
    all - own
}

fn narrow_to(known: &mut Option<Ends>, (low, high): Ends) -> bool {
    let Some(found) = known else { return false };
    let narrowed = (found.0.max(low), found.1.min(high));
    let has_changed = narrowed != *found && narrowed.0 <= narrowed.1;
    if has_changed {
        *found = narrowed;
    }
    has_changed
}
