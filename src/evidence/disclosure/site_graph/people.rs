//! People placed away: status by area by level, and the same by need.

use std::collections::{BTreeMap, BTreeSet};

use super::super::figure::Published;
use super::super::openings::Openings;
use super::super::primary;
use super::atoms::{Atom, Place};
use super::cells::Cells;
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{AreaId, AreaTree, LevelId, NeedId};

/// The three parts of all people away, none of which holds another.
pub(super) const PARTS: [Measure; 3] = [Measure::AwayAppropriately, Measure::Matched, Measure::Gap];

/// Index of those who are away for a good reason in [`PARTS`].
pub(super) const REASON: usize = 0;

/// Index of the people who could be taken.
pub(super) const MATCHED: usize = 1;

/// Index of the people without a place.
pub(super) const GAP: usize = 2;

/// Cells of one home and one level by part.
pub(super) type Parts = BTreeMap<Place, [Option<usize>; 3]>;

/// What the cells are built from.
pub(super) struct Frame<'a> {
    pub(super) areas: &'a AreaTree,
    pub(super) openings: &'a Openings,
    /// Each figure as it would be told if there were no others.
    pub(super) figures: &'a BTreeMap<CellKey, Published>,
}

/// Builds the cells of all people and of those of each need, and publishes their figures. Returns
/// the cells of each home and level.
pub(super) fn build(cells: &mut Cells, frame: &Frame, atoms: &[Atom]) -> Vec<Parts> {
    let all = parts(cells, frame, atoms, None);
    spread(cells, frame, &all);
    let mut found = vec![all];
    let needs: BTreeSet<&NeedId> = atoms.iter().flat_map(|atom| &atom.kind.needs).collect();
    for need in needs {
        let with = parts(cells, frame, atoms, Some(need));
        spread_need(cells, frame, &with, need);
        found.push(with);
    }
    found
}

/// The people of each home and level by part.
fn parts(cells: &mut Cells, frame: &Frame, atoms: &[Atom], need: Option<&NeedId>) -> Parts {
    let mut by_place: BTreeMap<&Place, [Vec<usize>; 3]> = BTreeMap::new();
    let is_meant = |atom: &&Atom| need.is_none_or(|need| atom.kind.needs.contains(need));
    for atom in atoms.iter().filter(is_meant) {
        by_place.entry(&atom.kind.place).or_default()[atom.status.part()].push(atom.cell);
    }
    let mut found = Parts::new();
    for (place, atoms) in by_place {
        let mut parts = [None; 3];
        for at in 0..PARTS.len() {
            let key = CellKey { measure: PARTS[at], ..group(Some(&place.0), Some(&place.1), need) };
            parts[at] = cells.sum(|| format!("part {key}"), &atoms[at]);
            if let (MATCHED, Some(cell)) = (at, parts[at]) {
                cells.bound(cell, (&key, true), frame.openings.at_most(&key));
            }
        }
        found.insert(place.clone(), parts);
    }
    found
}

/// Adds up over areas and levels, and publishes every sum.
fn spread(cells: &mut Cells, frame: &Frame, atoms: &Parts) {
    let levels: BTreeSet<&LevelId> = atoms.keys().map(|(_, level)| level).collect();
    let mut sums: BTreeMap<Option<&AreaId>, BTreeMap<&LevelId, [Option<usize>; 3]>> =
        BTreeMap::new();
    for area in bottom_up(frame.areas) {
        let children = children(frame.areas, area);
        let mut by_level = BTreeMap::new();
        for level in &levels {
            let own = area.and_then(|area| atoms.get(&(area.clone(), (*level).clone())));
            let parts = std::array::from_fn(|at| {
                let below = children.iter().filter_map(|child| sums[&Some(*child)].get(level)?[at]);
                let parts: Vec<usize> = below.chain(own.and_then(|own| own[at])).collect();
                cells.sum(|| format!("sum {area:?}|{level}|{at}"), &parts)
            });
            if parts != [None; 3] {
                by_level.insert(*level, parts);
                tell(cells, frame, &group(area, Some(level), None), parts);
            }
        }
        let all = std::array::from_fn(|at| {
            let parts: Vec<usize> = by_level.values().filter_map(|parts| parts[at]).collect();
            cells.sum(|| format!("sum {area:?}|all|{at}"), &parts)
        });
        tell(cells, frame, &group(area, None, None), all);
        sums.insert(area, by_level);
    }
}

/// The same for the people of one need, whose figures are told by area or by level.
fn spread_need(cells: &mut Cells, frame: &Frame, atoms: &Parts, need: &NeedId) {
    let mut sums: BTreeMap<Option<&AreaId>, [Option<usize>; 3]> = BTreeMap::new();
    for area in bottom_up(frame.areas) {
        let children = children(frame.areas, area);
        let parts = std::array::from_fn(|at| {
            let own = atoms.iter().filter(|((home, _), _)| Some(home) == area);
            let own = own.filter_map(|(_, parts)| parts[at]);
            let below = children.iter().filter_map(|child| sums[&Some(*child)][at]);
            let parts: Vec<usize> = below.chain(own).collect();
            cells.sum(|| format!("sum {need}|{area:?}|{at}"), &parts)
        });
        tell(cells, frame, &group(area, None, Some(need)), parts);
        sums.insert(area, parts);
    }
    let levels: BTreeSet<&LevelId> = atoms.keys().map(|(_, level)| level).collect();
    for level in levels {
        let parts = std::array::from_fn(|at| {
            let here = atoms.iter().filter(|((_, other), _)| other == level);
            let parts: Vec<usize> = here.filter_map(|(_, parts)| parts[at]).collect();
            cells.sum(|| format!("sum {need}|{level}|{at}"), &parts)
        });
        tell(cells, frame, &group(None, Some(level), Some(need)), parts);
    }
}

/// Publishes the five measures of one group from its three parts.
fn tell(cells: &mut Cells, frame: &Frame, group: &CellKey, parts: [Option<usize>; 3]) {
    let [reason, matched, gap] = parts;
    let mut sum = |measure: &str, parts: [Option<usize>; 2]| {
        let parts: Vec<usize> = parts.into_iter().flatten().collect();
        cells.sum(|| format!("{measure} {group}"), &parts)
    };
    let need = sum("need", [matched, gap]);
    let away = sum("away", [reason, need]);
    let five = [
        (Measure::AwayAppropriately, reason),
        (Measure::Matched, matched),
        (Measure::Gap, gap),
        (Measure::Need, need),
        (Measure::Away, away),
    ];
    for (measure, cell) in five {
        let key = CellKey { measure, ..group.clone() };
        let Some((cell, told)) = cell.zip(frame.figures.get(&key)) else { continue };
        let mut least = i64::from(cells.policy().zero_shown);
        if measure == Measure::Matched {
            let most = frame.openings.at_most(&key);
            cells.bound(cell, (&key, false), most);
            least = if primary::is_telling(most) { 0 } else { least };
        }
        cells.publish(&key, cell, (told.figure(), least));
    }
}

/// The key of everybody away of a group.
pub(super) fn group(
    area: Option<&AreaId>,
    level: Option<&LevelId>,
    need: Option<&NeedId>,
) -> CellKey {
    CellKey {
        measure: Measure::Away,
        area: area.cloned(),
        level: level.cloned(),
        need: need.cloned(),
    }
}

/// All areas, each after those within it, and at last the whole.
fn bottom_up(areas: &AreaTree) -> Vec<Option<&AreaId>> {
    let mut order: Vec<(usize, &AreaId)> =
        areas.iter().map(|area| (areas.lineage(&area.id).count(), &area.id)).collect();
    order.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    order.into_iter().map(|(_, id)| Some(id)).chain([None]).collect()
}

/// Areas directly in one, or those that lie in no other.
fn children<'a>(areas: &'a AreaTree, of: Option<&AreaId>) -> Vec<&'a AreaId> {
    areas.iter().filter(|area| area.parent.as_ref() == of).map(|area| &area.id).collect()
}
