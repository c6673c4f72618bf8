//! Whom a specification covers: gap-analysis §4 with ready = yes only.
//!
//! Quality and distance are taken as met: they are conditions on a service that does not exist yet.
//! This is the rule in plain words; `candidates` counts by it in bulk.

use super::Specification;
use crate::evidence::market::{AgeRange, Gender, GenderTaken, Level, LevelId, Market, Placement};

/// Every age that a person may have: who is of unknown age fits only where all are taken.
const EVERY_AGE: AgeRange = AgeRange { min: 0, max: 120 };

/// Whether a service of this specification could take the people of a row.
pub(in crate::evidence) fn covers(
    market: &Market,
    specification: &Specification,
    row: &Placement,
) -> bool {
    reaches(market, row, &specification.level)
        && row.needs.as_ref().is_some_and(|needs| needs.is_subset(&specification.needs))
        && is_of_age(row.age, specification.ages)
        && is_of_gender(row.gender, specification.gender)
        && match &row.legal {
            Some(status) => specification.legal.contains(status),
            None => market.vocabulary.legal.keys().all(|id| specification.legal.contains(id)),
        }
        && market.areas.is_within(&row.home, &specification.area)
}

/// The row is at the level, or up to `max_step` above it on the same ladder and ready to move.
fn reaches(market: &Market, row: &Placement, level: &LevelId) -> bool {
    if row.level == *level {
        return true;
    }
    let levels = &market.vocabulary.levels;
    row.ready == Some(true)
        && levels
            .get(&row.level)
            .zip(levels.get(level))
            .is_some_and(|(needed, level)| is_step_down(market, needed, level))
}

/// `level` is at least one and at most `max_step` below `needed`.
pub(super) fn is_step_down(market: &Market, needed: &Level, level: &Level) -> bool {
    needed.ladder == level.ladder
        && level.rank < needed.rank
        && needed.rank - level.rank <= market.parameters.max_step as usize
}

pub(super) fn is_of_age(age: Option<AgeRange>, taken: AgeRange) -> bool {
    taken.contains(age.unwrap_or(EVERY_AGE))
}

pub(super) fn is_of_gender(gender: Option<Gender>, taken: GenderTaken) -> bool {
    match gender {
        Some(gender) => gender.is_taken_by(taken),
        None => taken == GenderTaken::Any,
    }
}
