//! Lines of gaps: every person without a place is in one line or in the rest (disclosure §11).
//!
//! A reader knows the band of each line, and that whoever is in no line is too few for one. So a
//! gap is the sum of its lines and its rest, and the rest is a small number of people like any
//! other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gaps::lines::{Group, Key, Lines};
use super::super::protection::graph::{Graph, UNBOUNDED};
use super::cells::Cells;
use crate::evidence::market::{AreaId, LevelId};

/// People of one home and one level.
type Place = (AreaId, LevelId);

/// Everything about lines that the cells are built from.
pub(in crate::evidence::disclosure) struct Told<'a> {
    pub(in crate::evidence::disclosure) groups: &'a [Group],
    pub(in crate::evidence::disclosure) lines: &'a Lines,
    /// The fewest people of a line.
    pub(in crate::evidence::disclosure) least: u32,
}

/// Cells of lines.
#[derive(Default)]
pub(super) struct Built {
    /// The gap of each home and level: its lines and its rest.
    pub(super) gaps: BTreeMap<Place, usize>,
    /// Each line as it is told.
    pub(super) told: BTreeMap<Key, usize>,
    /// Numbers of people in no line: by home, and by integrated care board.
    pub(super) rests: Vec<usize>,
}

/// Builds the cells of gaps from lines and rests.
pub(super) fn build(cells: &mut Cells, told: &Told) -> Built {
    let mut built = Built::default();
    let mut by_place: BTreeMap<Place, (Vec<usize>, i64)> = BTreeMap::new();
    for (group, left) in told.groups.iter().zip(&told.lines.left).filter(|(g, _)| g.people > 0) {
        by_place.entry(place(group)).or_default().1 += i64::from(*left);
    }
    for (key, line) in &told.lines.lines {
        let mut people: BTreeMap<Place, i64> = BTreeMap::new();
        for (group, taken) in &line.takes {
            *people.entry(place(&told.groups[*group])).or_default() += i64::from(*taken);
        }
        let mut all = Vec::new();
        for (place, people) in people {
            // With more of one home and one need, that home would have a line of its own.
            let fewer = i64::from(told.least) - 1;
            let is_joined = matches!(key, Key::OneNeed(area, ..) if *area != place.0);
            let most = if is_joined && people <= fewer { fewer } else { UNBOUNDED };
            let name = format!("{key:?} of {}|{}", place.0, place.1);
            let part = cells.hide(name, people, (0, most));
            by_place.entry(place.clone()).or_default().0.push(part);
            all.push(part);
        }
        let cell = cells.hide(format!("{key:?}"), i64::from(line.people), (0, UNBOUNDED));
        let band = line.band();
        let low = i64::from(band.low().max(told.least));
        cells.tell_line(cell, (low, band.high().map_or(UNBOUNDED, i64::from)));
        cells.equate(cell, &all);
        built.told.insert(key.clone(), cell);
    }
    for (place, (mut parts, rest)) in by_place {
        let left = cells.hide(format!("rest {}|{}", place.0, place.1), rest, (0, UNBOUNDED));
        parts.push(left);
        let gap = cells.sum(|| format!("gap {}|{}", place.0, place.1), &parts);
        built.gaps.extend(gap.map(|gap| (place.clone(), gap)));
        built.rests.push(left);
    }
    add_rests(cells, told, &mut built);
    built
}

/// The lines that are nearest to a cell, over equations: what is known of their people may be what
/// narrows it, and that is undone only by telling these people in other lines, or in none.
pub(super) fn nearest(graph: &Graph, built: &Built, from: usize) -> Vec<Key> {
    let mut seen = BTreeSet::from([from]);
    let mut ring = vec![from];
    while !ring.is_empty() {
        let found = built.told.iter().filter(|(_, cell)| ring.contains(cell));
        let found: Vec<Key> = found.map(|(key, _)| key.clone()).collect();
        if !found.is_empty() {
            return found;
        }
        let places = ring.iter().flat_map(|cell| &graph.places[*cell]);
        let next = places.flat_map(|place| &graph.equations[*place]).map(|(cell, _)| *cell);
        ring = next.filter(|cell| seen.insert(*cell)).collect();
    }
    Vec::new()
}

/// Whoever is left in an integrated care board at one level is too few for a line, as readers know.
fn add_rests(cells: &mut Cells, told: &Told, built: &mut Built) {
    let mut homes: BTreeMap<Place, BTreeSet<Place>> = BTreeMap::new();
    for group in told.groups.iter().filter(|group| group.people > 0) {
        let Some(icb) = &group.icb else { continue };
        homes.entry((icb.clone(), group.level.clone())).or_default().insert(place(group));
    }
    let rest_of: BTreeMap<&Place, usize> = built.gaps.keys().zip(built.rests.clone()).collect();
    let mut all = Vec::new();
    for ((icb, level), homes) in homes {
        let parts: Vec<usize> =
            homes.iter().filter_map(|home| rest_of.get(home).copied()).collect();
        let rest = cells.sum(|| format!("rest {icb}|{level}"), &parts);
        let Some(rest) = rest else { continue };
        let fewer = i64::from(told.least) - 1;
        if cells.graph.cells[rest].value <= fewer {
            cells.know(rest, (0, fewer));
        }
        all.push(rest);
    }
    built.rests.extend(all);
}

fn place(group: &Group) -> Place {
    (group.home.clone(), group.level.clone())
}
