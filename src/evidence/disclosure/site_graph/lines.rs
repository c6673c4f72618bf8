//! Lines of gaps: every person without a place is in one line or in the rest (disclosure §11).
//!
//! A reader knows the band of each line, and that whoever is in no line is too few for one. So a
//! gap is the sum of its lines and its rest, and the rest is a small number of people like any
//! other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gaps::lines::{Group, Key, Line, Lines};
use super::super::protection::graph::{Graph, UNBOUNDED};
use super::atoms::{Atom, Kind, Place, Status};
use super::cells::Cells;
use crate::evidence::market::{AreaId, AreaKind, AreaTree, LevelId};

/// Everything about lines that the cells are built from.
pub(in crate::evidence::disclosure) struct Told<'a> {
    pub(in crate::evidence::disclosure) groups: &'a [Group],
    pub(in crate::evidence::disclosure) lines: &'a Lines,
    /// The fewest people of a line.
    pub(in crate::evidence::disclosure) least: u32,
    /// Lines that were given up, though they have people enough.
    pub(in crate::evidence::disclosure) given_up: &'a BTreeSet<Key>,
}

/// Cells of lines.
#[derive(Default)]
pub(super) struct Built {
    /// Each line as it is told.
    pub(super) told: BTreeMap<Key, usize>,
    /// Numbers of people in no line: by home, and by integrated care board.
    pub(super) rests: BTreeSet<usize>,
    /// People who are known to be too few for a line that is not there.
    absent: Vec<(Key, usize)>,
}

/// Builds the cells of lines, of rests, and of what readers know of both.
pub(super) fn build(cells: &mut Cells, areas: &AreaTree, told: &Told, atoms: &[Atom]) -> Built {
    let mut built = Built::default();
    for (key, line) in &told.lines.lines {
        let is_in = |atom: &&Atom| atom.status == Status::Gap(Some(key));
        let all: Vec<&Atom> = atoms.iter().filter(is_in).collect();
        let people = all.iter().map(|atom| atom.cell).collect::<Vec<_>>();
        let cell = cells.hide(format!("{key:?}"), i64::from(line.people), (0, UNBOUNDED));
        let band = line.band();
        let low = i64::from(band.low().max(told.least));
        cells.tell_line(cell, (low, band.high().map_or(UNBOUNDED, i64::from)));
        cells.equate(cell, &people);
        built.told.insert(key.clone(), cell);
        tell_wanted(cells, key, line, &all);
    }
    let rules = Rules { areas, told, atoms };
    rules.add_rests(cells, &mut built);
    rules.add_alike(cells, &mut built);
    rules.add_one_need(cells, &mut built);
    built
}

/// A line that is told by level says which needs its people have, among them: somebody each.
fn tell_wanted(cells: &mut Cells, key: &Key, line: &Line, atoms: &[&Atom]) {
    let all_have = match key {
        Key::OneNeed(_, _, need) => Some(need),
        Key::Rest(..) => None,
        Key::Listed(_) | Key::Alike(..) => return,
    };
    for need in line.wanted.iter().filter(|need| Some(*need) != all_have) {
        let with = atoms.iter().filter(|atom| atom.kind.needs.contains(need));
        let with: Vec<usize> = with.map(|atom| atom.cell).collect();
        if let Some(cell) = cells.sum(|| format!("{need} in {key:?}"), &with) {
            cells.know(cell, (1, UNBOUNDED));
        }
    }
}

/// The lines that are nearest to a cell, over equations, there or not: what is known of their
/// people may be what narrows it. That is undone only by telling these people in other lines, or in
/// none; and of a line that is not there by no longer saying that its people would be too few for
/// it.
pub(super) fn nearest(graph: &Graph, built: &Built, from: usize) -> Vec<Key> {
    let mut seen = BTreeSet::from([from]);
    let mut ring = vec![from];
    while !ring.is_empty() {
        let told = built.told.iter();
        let absent = built.absent.iter().map(|(key, cell)| (key, cell));
        let found = told.chain(absent).filter(|(_, cell)| ring.contains(cell));
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

/// What readers know of lines that are not there: too few people were left for one.
struct Rules<'a> {
    areas: &'a AreaTree,
    told: &'a Told<'a>,
    atoms: &'a [Atom<'a>],
}

impl Rules<'_> {
    /// Whether there is no such line, and people would have been in it rather than where they are.
    fn would_take(&self, key: &Key, atom: &Atom) -> bool {
        let Status::Gap(line) = atom.status else { return false };
        line.is_none_or(|line| !matches!(line, Key::Listed(_)) && line > key)
    }

    fn board(&self, home: &AreaId) -> Option<&AreaId> {
        self.areas.ancestor(home, AreaKind::Icb).map(|icb| &icb.id)
    }

    /// States that people are too few for a line that is not there, unless it was given up. These
    /// are people who would have been in it, by the order in which lines are made (`gaps::lines`).
    fn are_too_few(
        &self,
        cells: &mut Cells,
        built: &mut Built,
        (key, people): (&Key, &[usize]),
    ) -> Option<usize> {
        let fewer = i64::from(self.told.least) - 1;
        let cell = cells.sum(|| format!("too few for {key:?}"), people)?;
        if !self.told.given_up.contains(key) {
            debug_assert!(
                cells.graph.cells[cell].value <= fewer,
                "a line is made of enough people"
            );
            cells.tell_too_few(cell, fewer);
            built.absent.push((key.clone(), cell));
        }
        Some(cell)
    }

    /// Who is in no line, by home and level and by board and level.
    fn add_rests(&self, cells: &mut Cells, built: &mut Built) {
        let mut by_home: BTreeMap<&Place, Vec<usize>> = BTreeMap::new();
        for atom in self.atoms.iter().filter(|atom| atom.status == Status::Gap(None)) {
            by_home.entry(&atom.kind.place).or_default().push(atom.cell);
        }
        let mut by_board: BTreeMap<(&AreaId, &LevelId), Vec<usize>> = BTreeMap::new();
        for ((home, level), people) in by_home {
            let rest = cells.sum(|| format!("rest {home}|{level}"), &people);
            built.rests.extend(rest);
            if let Some(icb) = self.board(home) {
                by_board.entry((icb, level)).or_default().extend(rest);
            }
        }
        for ((icb, level), rests) in by_board {
            let key = Key::Rest(icb.clone(), level.clone());
            let rest = match self.told.lines.lines.contains_key(&key) {
                true => cells.sum(|| format!("rest {icb}|{level}"), &rests),
                false => self.are_too_few(cells, built, (&key, &rests)),
            };
            built.rests.extend(rest);
        }
    }

    /// People of one kind for whom there is no line of their own.
    fn add_alike(&self, cells: &mut Cells, built: &mut Built) {
        let mut by_kind: BTreeMap<&Kind, Vec<usize>> = BTreeMap::new();
        for atom in self.atoms {
            let Kind { place: (home, level), needs } = &atom.kind;
            let key = Key::Alike(home.clone(), level.clone(), needs.clone());
            if !self.told.lines.lines.contains_key(&key) && self.would_take(&key, atom) {
                by_kind.entry(&atom.kind).or_default().push(atom.cell);
            }
        }
        for (kind, people) in by_kind {
            let (home, level) = kind.place.clone();
            let key = Key::Alike(home, level, kind.needs.clone());
            self.are_too_few(cells, built, (&key, &people));
        }
    }

    /// People who have a need, at home or in one board, where there is no line for it.
    fn add_one_need(&self, cells: &mut Cells, built: &mut Built) {
        // People of one home make lines first, and then those of a whole board.
        let mut by_key: BTreeMap<(bool, Key), Vec<usize>> = BTreeMap::new();
        for atom in self.atoms {
            let (home, level) = &atom.kind.place;
            let areas = [(false, Some(home)), (true, self.board(home))];
            for (is_board, area) in areas.into_iter().filter_map(|(of, area)| Some((of, area?))) {
                for need in &atom.kind.needs {
                    let key = Key::OneNeed(area.clone(), level.clone(), need.clone());
                    let is_there = self.told.lines.lines.contains_key(&key);
                    if !is_there && self.would_take_here(&key, (is_board, home), atom) {
                        by_key.entry((is_board, key)).or_default().push(atom.cell);
                    }
                }
            }
        }
        for ((_, key), people) in by_key {
            self.are_too_few(cells, built, (&key, &people));
        }
    }

    /// Lines of homes come before those of boards, and within each those of earlier needs. Whose
    /// home is the board itself may be in a line of it from before the others joined.
    fn would_take_here(&self, key: &Key, (is_board, home): (bool, &AreaId), atom: &Atom) -> bool {
        match &atom.status {
            Status::Gap(Some(Key::OneNeed(of, ..))) if !is_board && of != home => true,
            Status::Gap(Some(Key::OneNeed(of, ..))) if is_board && of == home => false,
            Status::Gap(_) => self.would_take(key, atom),
            _ => false,
        }
    }
}
