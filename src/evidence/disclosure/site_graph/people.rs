//! People placed away: status by area by level, and the same by need.

use std::collections::{BTreeMap, BTreeSet};

use super::super::figure::Published;
use super::super::openings::Openings;
use super::super::primary;
use super::super::protection::graph::UNBOUNDED;
use super::cells::Cells;
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{AreaId, AreaKind, AreaTree, LevelId, Market, NeedId};

/// The three parts of all people away, none of which holds another.
pub(super) const PARTS: [Measure; 3] = [Measure::AwayAppropriately, Measure::Matched, Measure::Gap];

/// Index of the gap in [`PARTS`].
pub(super) const GAP: usize = 2;

/// Index of the people who could be taken in [`PARTS`].
const MATCHED: usize = 1;

/// People of one home and one level by part. Sensitive.
type ByHome = BTreeMap<(AreaId, LevelId), [i64; 3]>;

/// Cells of one home and one level by part.
pub(super) type Atoms = BTreeMap<(AreaId, LevelId), [Option<usize>; 3]>;

/// People by home and level, in all and by need. Sensitive.
pub(super) struct People {
    all: ByHome,
    by_need: BTreeMap<NeedId, ByHome>,
}

impl People {
    /// Counts the rows of a market; `residual` says who of each has no place.
    pub(in crate::evidence) fn count(market: &Market, residual: &[u32]) -> People {
        let mut people = People { all: BTreeMap::new(), by_need: BTreeMap::new() };
        for (row, gap) in market.placements.iter().zip(residual) {
            let all = i64::from(row.people.middle());
            let gap = i64::from(*gap);
            let parts = match row.reason.is_some_and(|reason| reason.is_appropriate()) {
                true => [all, 0, 0],
                false => [0, all - gap, gap],
            };
            let add = |table: &mut ByHome| {
                let found = table.entry((row.home.clone(), row.level.clone())).or_default();
                for (count, more) in found.iter_mut().zip(parts) {
                    *count += more;
                }
            };
            if all > 0 {
                add(&mut people.all);
                for need in row.needs.iter().flatten() {
                    add(people.by_need.entry(need.clone()).or_default());
                }
            }
        }
        people
    }
}

/// What the cells are built from.
pub(super) struct Frame<'a> {
    pub(super) areas: &'a AreaTree,
    pub(super) openings: &'a Openings<'a>,
    /// Each figure as it would be told if there were no others.
    pub(super) figures: &'a BTreeMap<CellKey, Published>,
}

/// Builds the cells of all people. `gaps` gives the cell of a gap that lines are taken from.
pub(super) fn build(
    cells: &mut Cells,
    frame: &Frame,
    people: &People,
    gaps: &BTreeMap<(AreaId, LevelId), usize>,
) -> Atoms {
    let all = atoms(cells, frame, &people.all, (None, gaps));
    spread(cells, frame, &all);
    all
}

/// Builds the cells of the people of one need. The figures of the frame say what is told of all
/// people: no group has more with a need than in all.
pub(super) fn build_need(
    cells: &mut Cells,
    frame: &Frame,
    people: &People,
    need: &NeedId,
) -> Atoms {
    let nobody = ByHome::new();
    let counts = people.by_need.get(need).unwrap_or(&nobody);
    let counts = with_noughts(cells, frame, counts, &people.all);
    let atoms = atoms(cells, frame, &counts, (Some(need), &BTreeMap::new()));
    spread_need(cells, frame, &atoms, need);
    atoms
}

/// Adds noughts where people of a line may have a need as well as those who have it: where noughts
/// are withheld, with a gap at the same level of the same integrated care board.
fn with_noughts(cells: &Cells, frame: &Frame, counts: &ByHome, all: &ByHome) -> ByHome {
    let mut counts = counts.clone();
    if cells.policy().zero_shown {
        return counts;
    }
    let board = |home: &AreaId| frame.areas.ancestor(home, AreaKind::Icb).map(|icb| &icb.id);
    let found: BTreeSet<_> = counts
        .iter()
        .filter(|(_, parts)| parts[GAP] > 0)
        .map(|((home, level), _)| (board(home), level.clone()))
        .collect();
    for ((home, level), _) in all.iter().filter(|(_, parts)| parts[GAP] > 0) {
        if found.contains(&(board(home), level.clone())) {
            counts.entry((home.clone(), level.clone())).or_default();
        }
    }
    counts
}

/// The cells of each home and level where there is anybody.
fn atoms(
    cells: &mut Cells,
    frame: &Frame,
    counts: &ByHome,
    (need, gaps): (Option<&NeedId>, &BTreeMap<(AreaId, LevelId), usize>),
) -> Atoms {
    let may_be_nought = |at| !cells.policy().zero_shown && (need.is_none() || at == GAP);
    let has_nought: [bool; 3] = std::array::from_fn(may_be_nought);
    let mut atoms = Atoms::new();
    for ((home, level), counts) in counts {
        let mut found = [None; 3];
        for at in 0..PARTS.len() {
            let key = CellKey {
                measure: PARTS[at],
                area: Some(home.clone()),
                level: Some(level.clone()),
                need: need.cloned(),
            };
            let most = match at {
                MATCHED => i64::from(frame.openings.at_most(&key)),
                _ => UNBOUNDED,
            };
            if most == 0 || (counts[at] == 0 && !has_nought[at]) {
                continue;
            }
            found[at] = Some(match gaps.get(&(home.clone(), level.clone())) {
                Some(gap) if at == GAP => *gap,
                _ => cells.hide(format!("part {key}"), counts[at], (0, most)),
            });
        }
        atoms.insert((home.clone(), level.clone()), found);
    }
    atoms
}

/// Adds up over areas and levels, and publishes every sum.
fn spread(cells: &mut Cells, frame: &Frame, atoms: &Atoms) {
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
fn spread_need(cells: &mut Cells, frame: &Frame, atoms: &Atoms, need: &NeedId) {
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
    let mut by_level: [Vec<usize>; 3] = Default::default();
    for level in levels {
        let parts = std::array::from_fn(|at| {
            let here = atoms.iter().filter(|((_, other), _)| other == level);
            let parts: Vec<usize> = here.filter_map(|(_, parts)| parts[at]).collect();
            cells.sum(|| format!("sum {need}|{level}|{at}"), &parts)
        });
        tell(cells, frame, &group(None, Some(level), Some(need)), parts);
        by_level.iter_mut().zip(parts).for_each(|(all, part)| all.extend(part));
    }
    for (total, parts) in sums[&None].iter().zip(by_level) {
        if let Some(total) = total {
            cells.equate(*total, &parts);
        }
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
        let figure = cells.beside_all(frame.figures, &key, (cell, told.figure()));
        if measure == Measure::Matched {
            let most = frame.openings.at_most(&key);
            cells.know(cell, (0, i64::from(most)));
            least = if primary::is_telling(most) { 0 } else { least };
        }
        cells.publish(&key, cell, (figure, least));
    }
}

fn group(area: Option<&AreaId>, level: Option<&LevelId>, need: Option<&NeedId>) -> CellKey {
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
