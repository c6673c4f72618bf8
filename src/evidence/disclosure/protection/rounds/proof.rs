//! Where a proof stands, and what it found.

use std::collections::BTreeSet;

use super::super::graph::Graph;
use super::super::moves::{Moves, Swaps};
use super::super::rooms::{Rooms, Stand};
use super::super::walk::Walk;
use super::super::witness::Pool;

/// One proof, for every reader.
pub(super) struct Proof {
    pub(super) rooms: Rooms,
    pub(super) pool: Pool,
    /// At home where the table stands; what bounds it is what somebody from outside knows. `None`
    /// where there are cubes.
    pub(super) walk: Option<Walk>,
}

impl Proof {
    pub(super) fn new(graph: &Graph, moves: &Moves, stand: Stand) -> Proof {
        let rooms = Rooms::new(graph, stand);
        let still = vec![0; graph.cells.len()];
        let walk = moves
            .swaps
            .as_ref()
            .map(Swaps::net)
            .map(|net| Walk::new(net, &still, |cell| rooms.now(cell).ends()));
        Proof { rooms, pool: Pool::new(graph.cells.len()), walk }
    }

    /// Takes over how a cell is published now. Returns the cells that may have lost a proof by it.
    pub(super) fn publish(&mut self, graph: &Graph, moves: &Moves, cell: usize) -> BTreeSet<usize> {
        self.rooms.set(graph, cell);
        if let (Some(net), Some(walk)) = (moves.swaps.as_ref().map(Swaps::net), &mut self.walk) {
            walk.set_ends(net, cell, self.rooms.now(cell).ends());
        }
        self.pool.recount(&self.rooms, cell)
    }
}
