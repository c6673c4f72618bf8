//! What would be told now, held against what an edition told.

use super::super::decided::Whole;
use super::super::figure::Published;
use super::{Lock, is_frozen};
use crate::evidence::analysis::CellKey;

/// Figures that the lock does not have, and figures that it tells otherwise; also those that it has
/// and that would no longer be told at all.
pub(super) fn figures(lock: &Lock, now: &Whole) -> (Vec<CellKey>, Vec<CellKey>) {
    let told = |figure: &Published| (figure.figure(), figure.is_at_least());
    let frozen = now.figures.iter().filter(|(key, _)| is_frozen(key.measure));
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (key, published) in frozen {
        match lock.figures.get(key) {
            None => new.push(key.clone()),
            Some(before) if told(before) != told(published) => changed.push(key.clone()),
            Some(_) => {}
        }
    }
    changed.extend(lock.figures.keys().filter(|key| !now.figures.contains_key(*key)).cloned());
    changed.sort();
    (new, changed)
}

/// Whether an edition made now would tell anything else of people and gaps.
pub(super) fn differs(lock: &Lock, now: &Whole) -> bool {
    let (new, changed) = figures(lock, now);
    !new.is_empty()
        || !changed.is_empty()
        || lock.policy != now.policy
        || !lock.gaps.are_told_like(&now.gaps)
}
