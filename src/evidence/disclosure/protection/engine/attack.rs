//! How far one cell can move with what is withheld now.

use std::collections::BTreeMap;

use super::super::graph::{Graph, Reader};
use super::super::moves::Ask;
use super::super::rooms::Rooms;
use super::super::witness::{Change, Reach};
use super::{Programme, Region, WHOLE};

/// The attack on one cell over one region, which is set up once for all that is asked of it. It
/// holds as long as nothing is shown or withheld.
pub(in super::super) struct Attack {
    cell: usize,
    region: Region,
    /// The programmes that move the cell by units of which each is possible so many times.
    programmes: BTreeMap<i64, Option<Programme>>,
    /// How far the cell can move within the region at most, down and up, as far as it is known.
    furthest: [f64; 2],
}

impl Attack {
    pub(in super::super) fn new(cell: usize, region: Region) -> Attack {
        Attack { cell, region, programmes: BTreeMap::new(), furthest: [f64::INFINITY; 2] }
    }

    /// A change that moves the cell so far up or down: as many units at once, or one that is
    /// possible so many times.
    pub(in super::super) fn change(
        &mut self,
        known: (&Graph, &Rooms, &Reader),
        (up, times): (bool, i64),
    ) -> Option<Change> {
        let sign = if up { 1 } else { -1 };
        // How far it can go at all shows with the first.
        for (each, by) in [(1, times), (times, 1)] {
            if times as f64 > self.furthest[usize::from(up)] + WHOLE {
                return None;
            }
            match self.solve(known, each, by * sign) {
                Ok(change) => return Some(change),
                Err(furthest) if each == 1 => {
                    let end = &mut self.furthest[usize::from(up)];
                    *end = end.min(furthest);
                }
                Err(_) => {}
            }
        }
        None
    }

    /// Whether the cell might have so many values besides where it stands: more than those that
    /// the region leaves it at most, or those that are known.
    pub(in super::super) fn may_have(&self, width: i64, reach: &Reach) -> bool {
        let [down, up] = self.furthest.map(|end| (end + WHOLE).floor());
        up.max(reach.most as f64) + down.max(-reach.least as f64) >= width as f64
    }

    fn solve(
        &mut self,
        known: (&Graph, &Rooms, &Reader),
        each: i64,
        by: i64,
    ) -> Result<Change, f64> {
        let ask = Ask { cell: self.cell, up: by > 0, times: each, may_withhold: false };
        let region = &self.region;
        let programme = self.programmes.entry(each);
        let programme = programme.or_insert_with(|| Programme::new(known, ask, region));
        programme.as_ref().ok_or(0.0)?.solve(region, by)
    }
}
