//! One sensitive cell: its proof, and what must be withheld for it.

use super::super::engine::{Attack, Region, cheapest};
use super::super::graph::Need;
use super::super::moves::{Ask, Found};
use super::super::witness::Reach;
use super::{Proof, Rounds};

/// So many cells of a cube are searched for a repair, or as many as are close kin.
const NEAR: usize = 400;
/// The same for a proof with what is withheld already, where fewer cells can move.
const NEAR_AGAIN: usize = 500;
/// So few cells that every programme over them is solved, and not only until one has an answer.
const SMALL: usize = 200;
/// So many cells at most of the neighbourhood that is searched for a repair outside cubes, where
/// the nearest do not help, and in the last resort; and for showing again.
const NEAREST: usize = 160;
const FAR: usize = 700;
pub(super) const FARTHEST: usize = 3_000;
pub(super) const AGAIN: usize = 240;
/// Of a graph without cubes that has no more cells programmes over all of them are solved, where a
/// walk finds nothing.
const FEW_CELLS: usize = 600;

/// How far a cell has to move: the direction, and how many times by one.
pub(super) type Aim = (bool, i64);

impl Rounds<'_> {
    pub(super) fn proof(&self, by_truth: bool) -> &Proof {
        if by_truth { &self.truth } else { &self.main }
    }

    /// Proves what a cell needs for a reader, and withholds the cheapest others for it. Whether it
    /// is proved.
    pub(super) fn settle(&mut self, reader: usize, cell: usize, by_truth: bool) -> bool {
        // Much is proved by what is withheld for others already.
        if self.prove(reader, cell, (by_truth, AGAIN)) {
            return true;
        }
        let has_cubes = !self.graph.blocks.is_empty();
        loop {
            if self.has_proof(reader, cell, by_truth) {
                return true;
            }
            let reach = self.reach(reader, cell, by_truth);
            let aims = self.aims(cell, &reach, by_truth);
            if aims.is_empty() {
                return true;
            }
            let free = if has_cubes { self.free_move(reader, cell, &aims, by_truth) } else { None };
            let found = free.or_else(|| self.repair(reader, cell, &aims, by_truth));
            if !found.is_some_and(|found| self.apply(reader, cell, found, by_truth)) {
                return false;
            }
        }
    }

    /// Proves what a cell needs for a reader, with what is withheld now.
    pub(super) fn prove(
        &mut self,
        reader: usize,
        cell: usize,
        (by_truth, size): (bool, usize),
    ) -> bool {
        let has_cubes = !self.graph.blocks.is_empty();
        let by_one = matches!(self.graph.cells[cell].need, Some(Need::Width(_)));
        let has_programmes = has_cubes || self.graph.cells.len() <= FEW_CELLS;
        if !has_cubes && self.prove_by_walks(reader, cell, by_truth) {
            return true;
        }
        if !has_programmes && by_one {
            return false;
        }
        let mut attack = None;
        loop {
            let reach = self.reach(reader, cell, by_truth);
            let aims = self.aims(cell, &reach, by_truth);
            if aims.is_empty() {
                return true;
            }
            let mut found = self.free_move(reader, cell, &aims, by_truth);
            if found.is_none() && has_programmes {
                let attack = attack.get_or_insert_with(|| {
                    Attack::new(cell, self.region_again(reader, cell, (by_truth, size)))
                });
                found = self.attack(reader, (attack, &reach, cell), &aims, by_truth);
            }
            if !found.is_some_and(|found| self.apply(reader, cell, found, by_truth)) {
                return false;
            }
        }
    }

    /// A change that needs nothing withheld, found by programmes.
    fn attack(
        &self,
        reader: usize,
        (attack, reach, cell): (&mut Attack, &Reach, usize),
        aims: &[Vec<Aim>],
        by_truth: bool,
    ) -> Option<Found> {
        let known = (&*self.graph, &self.proof(by_truth).rooms, &self.readers[reader]);
        for aim in aims.iter().flatten() {
            if let Some(change) = attack.change(known, *aim) {
                return Some(Found { cost: 0, withhold: Vec::new(), change });
            }
            if let Some(Need::Width(width)) = self.graph.cells[cell].need
                && !attack.may_have(width, reach)
            {
                return None;
            }
        }
        None
    }

    /// Where a change is looked for that needs nothing withheld.
    fn region_again(&self, reader: usize, cell: usize, (by_truth, size): (bool, usize)) -> Region {
        let rooms = &self.proof(by_truth).rooms;
        let reader = &self.readers[reader];
        let ask = Ask { cell, up: true, times: 1, may_withhold: false };
        let near = || self.moves.near((self.graph, rooms, reader), ask, NEAR_AGAIN);
        match (size < FARTHEST).then(near).flatten() {
            Some(cells) => Region::within(self.graph, rooms, reader, (cells, false)),
            None => {
                let size = if self.graph.blocks.is_empty() { FEW_CELLS } else { size };
                Region::around(self.graph, rooms, reader, (cell, false), size)
            }
        }
    }

    pub(super) fn reach(&self, reader: usize, cell: usize, by_truth: bool) -> Reach {
        let width = match self.graph.cells[cell].need {
            Some(Need::Width(width)) => width,
            _ => 1,
        };
        let proof = self.proof(by_truth);
        proof.pool.reach(&proof.rooms, &self.readers[reader], cell, width)
    }

    /// What is missing, the most first; of each step any one will do. Nothing if the need is met.
    pub(super) fn aims(&self, cell: usize, reach: &Reach, by_truth: bool) -> Vec<Vec<Aim>> {
        let ends = |down: i64, up: i64| {
            let up = (reach.most < up).then(|| vec![(true, up)]);
            let down = (reach.least > -down).then(|| vec![(false, down)]);
            up.into_iter().chain(down).collect()
        };
        match self.graph.cells[cell].need {
            None => Vec::new(),
            Some(Need::Width(width)) => {
                let missing = (width - reach.count()).max(0);
                let step = |by| vec![(true, reach.most + by), (false, by - reach.least)];
                let mut aims: Vec<Vec<Aim>> = (1..=missing).rev().map(step).collect();
                let between = reach.left_out().map(|by| vec![(by > 0, by.abs())]);
                aims.extend(between.filter(|_| missing > 0));
                aims
            }
            Some(Need::Span(low, high)) => {
                // From wherever it may stand.
                let (least, most) = self.proof(by_truth).rooms.stand.ends[cell];
                ends(most - low, high - least)
            }
            Some(Need::Around(down, up)) => ends(down, up),
        }
    }

    /// A short change that needs nothing withheld.
    fn free_move(
        &self,
        reader: usize,
        cell: usize,
        aims: &[Vec<Aim>],
        by_truth: bool,
    ) -> Option<Found> {
        let proof = self.proof(by_truth);
        aims.iter().flatten().find_map(|&(up, times)| {
            let ask = Ask { cell, up, times, may_withhold: false };
            self.moves.cheapest(self.graph, &proof.rooms, &self.readers[reader], ask)
        })
    }

    /// The cheapest change among those that need something withheld.
    fn repair(
        &mut self,
        reader: usize,
        cell: usize,
        aims: &[Vec<Aim>],
        by_truth: bool,
    ) -> Option<Found> {
        if !self.graph.blocks.is_empty() {
            let step = |step: &Vec<Aim>| {
                let found =
                    step.iter().filter_map(|aim| self.repair_cube(reader, cell, *aim, by_truth));
                found.min_by_key(|found| found.cost)
            };
            return aims.iter().find_map(step);
        }
        let walked = self.repair_by_walks(reader, cell, aims, by_truth);
        let both = [walked, self.swap(reader, cell, aims, by_truth)].into_iter().flatten();
        if let Some(found) = both.min_by_key(|found| found.cost) {
            return Some(found);
        }
        // The last resort.
        let rooms = &self.proof(by_truth).rooms;
        let reader = &self.readers[reader];
        let region = Region::around(self.graph, rooms, reader, (cell, true), FAR);
        let asked = aims.last()?.iter().flat_map(|aim| programmes(cell, *aim));
        let found = asked.filter_map(|asked| cheapest(self.graph, rooms, reader, asked, &region));
        found.min_by_key(|found| found.cost)
    }

    /// The cheapest change of a cube that moves a cell as aimed: a product of lines, or a better
    /// one from a programme over the part of the cube around the cell and this product. Further
    /// away is looked where there is neither.
    fn repair_cube(
        &self,
        reader: usize,
        cell: usize,
        (up, times): Aim,
        by_truth: bool,
    ) -> Option<Found> {
        let rooms = &self.proof(by_truth).rooms;
        let reader = &self.readers[reader];
        let room = [rooms.of(reader, cell), rooms.hidden(self.graph, reader, cell)];
        if room.iter().all(|room| room.towards(up) < times) {
            return None;
        }
        let ask = Ask { cell, up, times, may_withhold: true };
        let product = self.moves.cheapest(self.graph, rooms, reader, ask);
        let solve = |region: &Region| {
            let asked = programmes(cell, (up, times)).into_iter();
            let mut found =
                asked.filter_map(|asked| cheapest(self.graph, rooms, reader, asked, region));
            // Of a few cells there is time to try both.
            match region.size() <= SMALL {
                true => found.min_by_key(|found| found.cost),
                false => found.next(),
            }
        };
        let region = match self.moves.near((self.graph, rooms, reader), ask, NEAR) {
            Some(mut cells) => {
                cells.extend(product.iter().flat_map(|found| &found.change).map(|(cell, _)| *cell));
                Region::within(self.graph, rooms, reader, (cells, true))
            }
            None => Region::around(self.graph, rooms, reader, (cell, true), NEAREST),
        };
        let both = [product, solve(&region)].into_iter().flatten();
        let best = both.min_by_key(|found| found.cost);
        if best.is_some() || region.is_whole {
            return best;
        }
        for size in [FAR, FARTHEST] {
            let region = Region::around(self.graph, rooms, reader, (cell, true), size);
            if let Some(found) = solve(&region) {
                return Some(found);
            }
            if region.is_whole {
                break;
            }
        }
        None
    }

    /// Withholds what a change needs and takes it in. Whether the cell reaches further by it.
    pub(super) fn apply(
        &mut self,
        reader: usize,
        cell: usize,
        found: Found,
        by_truth: bool,
    ) -> bool {
        let before = self.reach(reader, cell, by_truth);
        if !self.graph.is_level(&found.change) {
            return false;
        }
        for other in found.withhold {
            self.publish(other, true);
        }
        let proof = if by_truth { &mut self.truth } else { &mut self.main };
        proof.pool.add(self.graph, &proof.rooms, found.change);
        let after = self.reach(reader, cell, by_truth);
        after.count() > before.count() || after.most > before.most || after.least < before.least
    }
}

/// The programmes that look for a way to move a cell as aimed: one unit so many times, and, if that
/// fails, as many units at once.
fn programmes(cell: usize, (up, times): Aim) -> Vec<(Ask, i64)> {
    let ask = |times| Ask { cell, up, times, may_withhold: true };
    match times {
        1 => vec![(ask(1), 1)],
        times => vec![(ask(times), 1), (ask(1), times)],
    }
}
