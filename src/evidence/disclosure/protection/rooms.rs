//! How far each number may move from where it stands, for a reader.
//!
//! Where it stands is known to the search in one of three ways ([`Stand`]). By class: then a cell
//! has only the room that every value of its class has, and what is found holds for every table of
//! the same classes. By a stand-in: a whole table with the same published texts. By the truth.

use super::graph::{Graph, Reader, UNBOUNDED};

/// Where the cells stand: the least and the greatest value each may have.
#[derive(Clone)]
pub(super) struct Stand {
    pub(super) ends: Vec<(i64, i64)>,
    /// Whether what an insider contributed is taken by its band, and not exactly.
    pub(super) is_by_class: bool,
    /// Whether it is the true table.
    pub(super) is_truth: bool,
}

impl Stand {
    /// Every value of the class.
    pub(super) fn of_classes(graph: &Graph) -> Stand {
        let ends = graph.cells.iter().map(|cell| cell.class).collect();
        Stand { ends, is_by_class: true, is_truth: false }
    }

    /// The true values.
    pub(super) fn of_truth(graph: &Graph) -> Stand {
        let ends = graph.cells.iter().map(|cell| (cell.value, cell.value)).collect();
        Stand { ends, is_by_class: false, is_truth: true }
    }
}

impl Stand {
    /// Whether a reader must think possible that the table is like this, by what it contributed.
    pub(super) fn suits(&self, graph: &Graph, reader: &Reader) -> bool {
        reader.knows.iter().all(|(cell, (own, most))| {
            let (least, greatest) = self.ends[*cell];
            let is_open = least != greatest || graph.cells[*cell].value == least;
            is_open || (*own <= least && greatest <= *most)
        })
    }
}

/// How far a number may fall and rise; [`UNBOUNDED`] and more is as far as you like.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Room {
    pub(super) down: i64,
    pub(super) up: i64,
}

impl Room {
    /// Between what is known and where it stands.
    pub(super) fn between((low, high): (i64, i64), (least, most): (i64, i64)) -> Room {
        if low >= high {
            return Room::default();
        }
        let down = if low <= -UNBOUNDED { UNBOUNDED } else { least.saturating_sub(low) };
        let up = if high >= UNBOUNDED { UNBOUNDED } else { high.saturating_sub(most) };
        Room { down: down.clamp(0, UNBOUNDED), up: up.clamp(0, UNBOUNDED) }
    }

    /// How far it may be from where it stands.
    pub(super) fn ends(self) -> (i64, i64) {
        (-self.down, self.up)
    }

    /// The room in a direction.
    pub(super) fn towards(self, up: bool) -> i64 {
        if up { self.up } else { self.down }
    }

    /// How many times it can move by so much.
    pub(super) fn times(self, by: i64) -> i64 {
        match by {
            0 => UNBOUNDED,
            by => match self.towards(by > 0) {
                room if room >= UNBOUNDED => UNBOUNDED,
                room => room / by.abs(),
            },
        }
    }
}

/// The room of every cell as it is published now.
pub(super) struct Rooms {
    pub(super) stand: Stand,
    now: Vec<Room>,
}

impl Rooms {
    pub(super) fn new(graph: &Graph, stand: Stand) -> Rooms {
        let mut rooms = Rooms { now: vec![Room::default(); graph.cells.len()], stand };
        for cell in 0..graph.cells.len() {
            rooms.set(graph, cell);
        }
        rooms
    }

    /// Takes over how a cell is published now.
    pub(super) fn set(&mut self, graph: &Graph, cell: usize) {
        let found = &graph.cells[cell];
        self.now[cell] = Room::between((found.low, found.high), self.stand.ends[cell]);
    }

    /// For somebody from outside.
    pub(super) fn now(&self, cell: usize) -> Room {
        self.now[cell]
    }

    /// For the reader.
    pub(super) fn of(&self, reader: &Reader, cell: usize) -> Room {
        match reader.knows.get(&cell) {
            None => self.now[cell],
            Some(own) => self.narrowed(self.now[cell], *own, cell),
        }
    }

    /// The room that a cell would have for the reader if it were withheld.
    pub(super) fn hidden(&self, graph: &Graph, reader: &Reader, cell: usize) -> Room {
        let found = &graph.cells[cell];
        let Some(bounds) = found.withheld else { return self.of(reader, cell) };
        let room = Room::between(bounds, self.stand.ends[cell]);
        match reader.knows.get(&cell) {
            None => room,
            Some(own) => self.narrowed(room, *own, cell),
        }
    }

    /// How many times a change is possible for the reader.
    pub(super) fn times(&self, reader: &Reader, change: &[(usize, i64)]) -> i64 {
        let times = change.iter().map(|&(cell, by)| self.of(reader, cell).times(by));
        times.min().unwrap_or(0)
    }

    /// An insider knows that a cell is no less than what it contributed, and may know the most.
    fn narrowed(&self, room: Room, (own, most): (i64, i64), cell: usize) -> Room {
        let (least, greatest) = self.stand.ends[cell];
        if own == most {
            return Room::default();
        }
        let own = match self.stand.is_by_class && own > 0 {
            true => (own as u64).checked_next_power_of_two().map_or(i64::MAX, |own| own as i64),
            false => own,
        };
        let down = least.saturating_sub(own).clamp(0, UNBOUNDED);
        let up = if most >= UNBOUNDED { UNBOUNDED } else { most.saturating_sub(greatest).max(0) };
        Room { down: room.down.min(down), up: room.up.min(up) }
    }
}
