//! Lines of gaps: every person without a place is in one line or in the rest (disclosure §11).
//!
//! A reader knows the band of each line, what its people need or do not need, and that whoever is
//! in no line is too few for one. So a gap is the sum of its lines and its rest, and the rest is a
//! small number of people like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gaps::lines::{Group, Key, Line, Lines};
use super::super::protection::graph::UNBOUNDED;
use super::cells::Cells;
use super::people::{Atoms, GAP};
use crate::evidence::market::{AreaId, LevelId, NeedId};

/// What it costs to give a line up, beside the people in it.
const WORTH: i64 = 12;

/// People of one home and one level.
type Place = (AreaId, LevelId);

/// Everything about lines that the cells are built from.
pub(in crate::evidence::disclosure) struct Told<'a> {
    pub(in crate::evidence::disclosure) groups: &'a [Group],
    pub(in crate::evidence::disclosure) lines: &'a Lines,
    /// What a service must meet to take a listed gap, by its id.
    pub(in crate::evidence::disclosure) specified: &'a BTreeMap<String, BTreeSet<NeedId>>,
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
    /// People of each line from each home and level.
    parts: BTreeMap<(Key, Place), usize>,
    /// Numbers of people in no line: by home, and by integrated care board.
    pub(super) rests: Vec<usize>,
}

/// How people of a line stand to a need.
enum Bearing {
    /// All have it.
    All,
    /// Somebody has it.
    Some,
    /// Some may have it.
    Perhaps,
    /// Nobody has it.
    None,
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
            built.parts.insert((key.clone(), place), part);
            all.push(part);
        }
        let cell = cells.hide(format!("{key:?}"), i64::from(line.people), (0, UNBOUNDED));
        let band = line.band();
        let low = i64::from(band.low().max(told.least));
        cells.tell_line(cell, (low, band.high().map_or(UNBOUNDED, i64::from)), WORTH);
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

/// Ties lines to the people who have a need, at home and in each integrated care board.
pub(super) fn tie(
    cells: &mut Cells,
    told: &Told,
    built: &Built,
    by_need: &BTreeMap<NeedId, Atoms>,
) {
    for (need, atoms) in by_need {
        for (place, parts) in atoms {
            let Some(with) = parts[GAP] else { continue };
            let (mut all, mut none) = (Vec::new(), vec![with]);
            for ((key, at), part) in built.parts.iter().filter(|((_, at), _)| at == place) {
                debug_assert_eq!(at, place);
                match bearing(key, &told.lines.lines[key], told, need) {
                    Bearing::All => all.push(*part),
                    Bearing::None => none.push(*part),
                    Bearing::Some | Bearing::Perhaps => {}
                }
            }
            let name = format!("{need}|{}|{}", place.0, place.1);
            if !all.is_empty() {
                cells.at_most(format!("not in lines with {name}"), &all, &[with]);
            }
            if let Some(gap) = built.gaps.get(place).filter(|_| none.len() > 1) {
                cells.at_most(format!("in no line without {name}"), &none, &[*gap]);
            }
        }
        tie_boards(cells, told, built, (need, atoms));
    }
}

/// Who has a need, by integrated care board: in lines where all have it, in lines where some do,
/// and in the rest, where they are too few for a line of their own.
fn tie_boards(cells: &mut Cells, told: &Told, built: &Built, (need, atoms): (&NeedId, &Atoms)) {
    let has = |group: &Group| group.needs.contains(need) && group.people > 0;
    let with: Vec<usize> = (0..told.groups.len()).filter(|at| has(&told.groups[*at])).collect();
    let mut boards: BTreeMap<Place, BTreeSet<Place>> = BTreeMap::new();
    for group in with.iter().map(|at| &told.groups[*at]) {
        let Some(icb) = &group.icb else { continue };
        boards.entry((icb.clone(), group.level.clone())).or_default().insert(place(group));
    }
    for ((icb, level), homes) in boards {
        let is_here = |at: &&usize| homes.contains(&place(&told.groups[**at]));
        let here: BTreeSet<usize> = with.iter().filter(is_here).copied().collect();
        let mut parts = Vec::new();
        for (key, line) in &told.lines.lines {
            let bearing = bearing(key, line, told, need);
            let of_homes =
                homes.iter().filter_map(|home| built.parts.get(&(key.clone(), home.clone())));
            let of_homes: Vec<usize> = of_homes.copied().collect();
            if of_homes.is_empty() {
                continue;
            }
            let taken = line.takes.iter().filter(|(at, _)| here.contains(at));
            let people: i64 = taken.map(|(_, people)| i64::from(*people)).sum();
            let least = match bearing {
                Bearing::All => {
                    parts.extend(of_homes);
                    continue;
                }
                Bearing::None => continue,
                Bearing::Some => 1,
                Bearing::Perhaps => 0,
            };
            let name = format!("{need} in {key:?} of {icb}|{level}");
            let some = cells.hide(name.clone(), people, (least.min(people), UNBOUNDED));
            cells.at_most(format!("without {name}"), &[some], &of_homes);
            parts.push(some);
        }
        let left: i64 = here.iter().map(|at| i64::from(told.lines.left[*at])).sum();
        let fewer = (i64::from(told.least) - 1).max(left);
        parts.push(cells.hide(format!("{need} in rest of {icb}|{level}"), left, (0, fewer)));
        let all = homes.iter().filter_map(|home| atoms.get(home)?[GAP]).collect::<Vec<_>>();
        let name = format!("{need} of {icb}|{level}");
        if let (Some(total), false) = (cells.sum(|| name.clone(), &all), parts.len() < 2) {
            cells.equate(total, &parts);
        }
    }
}

fn bearing(key: &Key, line: &Line, told: &Told, need: &NeedId) -> Bearing {
    match key {
        Key::Alike(_, _, needs) if needs.contains(need) => Bearing::All,
        Key::Alike(..) => Bearing::None,
        Key::OneNeed(_, _, one) if one == need => Bearing::All,
        Key::OneNeed(..) | Key::Rest(..) if line.wanted.contains(need) => Bearing::Some,
        Key::OneNeed(..) | Key::Rest(..) => Bearing::None,
        Key::Listed(id) if told.specified.get(id).is_some_and(|needs| needs.contains(need)) => {
            Bearing::Perhaps
        }
        Key::Listed(_) => Bearing::None,
    }
}

fn place(group: &Group) -> Place {
    (group.home.clone(), group.level.clone())
}
