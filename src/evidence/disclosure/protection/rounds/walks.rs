//! Changes where there are no cubes: to prove a cell with what is withheld, mostly long ones, and
//! to withhold little more for it.

use super::super::graph::{Graph, Reader};
use super::super::moves::{Ask, Found, Swaps};
use super::super::rooms::{Room, Rooms};
use super::super::walk::{Net, Walk};
use super::super::witness::{Change, Reach};
use super::Rounds;
use super::settle::Aim;

/// So many steps are taken at most from one value of a cell to the next.
const STEPS: usize = 500;
/// The same where something is to be withheld, which is not asked as often.
const STEPS_TO_REPAIR: usize = 2_000;
/// So many cells at most are withheld for one value.
const MOST_WITHHELD: usize = 8;

/// What bounds a walk.
struct Bounds<'a> {
    graph: &'a Graph,
    swaps: &'a Swaps,
    net: Net<'a>,
    rooms: &'a Rooms,
    reader: &'a Reader,
}

impl Rounds<'_> {
    /// Proves what a cell needs for a reader, with what is withheld now: walks from where the table
    /// stands to others in which the cell has other values.
    pub(super) fn prove_by_walks(&mut self, reader: usize, cell: usize, by_truth: bool) -> bool {
        for up in [true, false] {
            if self.has_proof(reader, cell, by_truth) {
                return true;
            }
            let reach = self.reach(reader, cell, by_truth);
            let aims = self.aims(cell, &reach, by_truth);
            let mut wanted: Vec<i64> = towards(&aims, up).collect();
            wanted.sort_unstable();
            let aim = (up, furthest(&reach, up), &wanted[..]);
            let walks = |bounds: &Bounds, walk: &mut Walk| bounds.walks(walk, cell, aim);
            let found = self.walk((reader, cell, by_truth), walks);
            let proof = if by_truth { &mut self.truth } else { &mut self.main };
            found.into_iter().for_each(|change| proof.pool.add(self.graph, &proof.rooms, change));
        }
        self.has_proof(reader, cell, by_truth)
    }

    /// The cheapest that walks find to withhold for one value more, of the nearest either way.
    pub(super) fn repair_by_walks(
        &mut self,
        reader: usize,
        cell: usize,
        aims: &[Vec<Aim>],
        by_truth: bool,
    ) -> Option<Found> {
        let reach = self.reach(reader, cell, by_truth);
        self.walk((reader, cell, by_truth), |bounds, walk| {
            let mut best: Option<Found> = None;
            for up in [true, false] {
                let further = towards(aims, up).filter(|by| *by > furthest(&reach, up));
                let Some(by) = further.min() else { continue };
                let found = bounds.repair(walk, cell, if up { by } else { -by });
                best = [best, found].into_iter().flatten().min_by_key(|found| found.cost);
                if best.as_ref().is_some_and(|best| best.cost == 0) {
                    break;
                }
            }
            best
        })
    }

    /// The cheapest of the short changes that there are for the aims; the first that costs nothing.
    pub(super) fn swap(
        &self,
        reader: usize,
        cell: usize,
        aims: &[Vec<Aim>],
        by_truth: bool,
    ) -> Option<Found> {
        let rooms = &self.proof(by_truth).rooms;
        let mut best: Option<Found> = None;
        for &(up, times) in aims.iter().flatten() {
            let ask = Ask { cell, up, times, may_withhold: true };
            let found = self.moves.cheapest(self.graph, rooms, &self.readers[reader], ask);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.cost < best.cost)
            {
                if found.cost == 0 {
                    return Some(found);
                }
                best = Some(found);
            }
        }
        best
    }

    /// Lets a walk do some work that begins where the table stands, bound by what a reader knows.
    /// Nothing where there are cubes.
    fn walk<T: Default>(
        &mut self,
        (reader, cell, by_truth): (usize, usize, bool),
        work: impl FnOnce(&Bounds, &mut Walk) -> T,
    ) -> T {
        let proof = if by_truth { &mut self.truth } else { &mut self.main };
        let (Some(swaps), Some(walk)) = (&self.moves.swaps, &mut proof.walk) else {
            return T::default();
        };
        let (graph, rooms, net) = (&*self.graph, &proof.rooms, swaps.net());
        let reader = &self.readers[reader];
        for known in reader.knows.keys() {
            walk.set_ends(net, *known, rooms.of(reader, *known).ends());
        }
        let done = work(&Bounds { graph, swaps, net, rooms, reader }, walk);
        walk.go_home(net);
        for changed in reader.knows.keys().chain([&cell]) {
            walk.set_ends(net, *changed, rooms.now(*changed).ends());
        }
        done
    }
}

impl Bounds<'_> {
    /// Changes that move a cell so far up or down, each going on from the last, as far as they are
    /// found; less than the furthest known just so far, and otherwise so far or further.
    fn walks(
        &self,
        walk: &mut Walk,
        cell: usize,
        (up, furthest, wanted): (bool, i64, &[i64]),
    ) -> Vec<Change> {
        let room = self.rooms.of(self.reader, cell);
        let mut changes = Vec::new();
        for by in wanted.iter().copied().filter(|by| *by <= room.towards(up)) {
            let most = if by < furthest { by } else { room.towards(up) };
            walk.set_ends(self.net, cell, if up { (by, most) } else { (-most, -by) });
            if walk.run(self.net, STEPS, |_| ()) {
                changes.push(self.swaps.spread(&walk.changed()));
            } else if by > furthest {
                break;
            }
        }
        changes
    }

    /// A change that moves a cell so far, or further: the cheapest of the tables that a walk passes
    /// in which only such cells are outside as could be withheld.
    fn repair(&self, walk: &mut Walk, cell: usize, by: i64) -> Option<Found> {
        let room = self.rooms.hidden(self.graph, self.reader, cell);
        if room.towards(by > 0) < by.abs() {
            return None;
        }
        walk.go_home(self.net);
        walk.set_ends(self.net, cell, if by > 0 { (by, room.up) } else { (-room.down, by) });
        let mut best: Option<Found> = None;
        let mut look = |walk: &Walk| {
            let Some((cost, withhold)) = self.price(walk, cell) else { return };
            if best.as_ref().is_none_or(|best| cost < best.cost) {
                best = Some(Found { cost, withhold, change: self.swaps.spread(&walk.changed()) });
            }
        };
        if walk.run(self.net, STEPS_TO_REPAIR, &mut look) {
            look(walk);
        }
        walk.set_ends(self.net, cell, self.rooms.of(self.reader, cell).ends());
        best
    }

    /// What must be withheld for where a walk stands, and what that costs: all that is outside, and
    /// the cell asked for if it is further than what is told of it. `None` if it cannot be
    /// withheld, or is too much.
    fn price(&self, walk: &Walk, cell: usize) -> Option<(i64, Vec<usize>)> {
        let is_within = |room: Room, at: usize| {
            let (low, high) = room.ends();
            (low..=high).contains(&walk.value(at))
        };
        let own = (!is_within(self.rooms.of(self.reader, cell), cell)).then_some(cell);
        let withhold: Vec<usize> = walk.outside().iter().copied().chain(own).collect();
        let price = |at: &usize| {
            let found = &self.graph.cells[*at];
            let hidden = self.rooms.hidden(self.graph, self.reader, *at);
            (found.is_candidate() && is_within(hidden, *at)).then_some(found.weight.max(1))
        };
        let is_short = withhold.len() <= MOST_WITHHELD;
        let cost = is_short.then(|| withhold.iter().map(price).sum()).flatten();
        cost.map(|cost| (cost, withhold))
    }
}

/// How far the aims are in one direction.
fn towards(aims: &[Vec<Aim>], up: bool) -> impl Iterator<Item = i64> {
    aims.iter().flatten().filter(move |(is_up, _)| *is_up == up).map(|(_, by)| *by)
}

/// How far a cell was moved in one direction.
fn furthest(reach: &Reach, up: bool) -> i64 {
    if up { reach.most } else { -reach.least }
}
