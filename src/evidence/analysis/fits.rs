//! Which services could take which people, asked once for all rows that are alike.
//!
//! Services of any number of places are in it, full ones too: why somebody has no place is a
//! question about full services. Closed services are not, unless a change gives them places.

use super::matching::{Instance, Number};
use super::position::Position;

/// The services that each row of placements fits.
pub(in crate::evidence) struct Fits {
    /// The class of each row: rows of a class fit the same services.
    class_of: Vec<Option<Number>>,
    /// Services that each class fits, in order of their numbers.
    services: Vec<Vec<usize>>,
}

impl Fits {
    /// Compares everybody of a position who needs a place with every service that takes part.
    pub(in crate::evidence) fn of(position: &Position) -> Fits {
        // One person in each row and one place in each service: how many there are does not decide
        // who fits where.
        let services = 0..position.services.len();
        let instance = Instance::new(&Position {
            need: position.need.iter().map(|people| (*people).min(1)).collect(),
            capacity: services.map(|service| u32::from(position.takes_part(service))).collect(),
            ..position.clone()
        });
        let services = (0..instance.classes() as Number)
            .map(|class| {
                let pools = instance.pools_of(class).iter();
                let mut services: Vec<usize> = pools
                    .flat_map(|pool| instance.services_in(*pool))
                    .map(|service| *service as usize)
                    .collect();
                services.sort_unstable();
                services
            })
            .collect();
        let rows = 0..position.need.len();
        Fits { class_of: rows.map(|row| instance.class_of(row)).collect(), services }
    }

    /// The class of a row; none if nobody of it needs a place, or no service can be compared with
    /// it.
    pub(super) fn class_of(&self, row: usize) -> Option<Number> {
        self.class_of[row]
    }

    /// Services that a class fits, full or not, in order of their numbers.
    pub(super) fn of_class(&self, class: Number) -> &[usize] {
        &self.services[class as usize]
    }

    /// Services that the people of a row fit, full or not, in order of their numbers.
    pub(in crate::evidence) fn of_row(&self, row: usize) -> &[usize] {
        self.class_of(row).map_or(&[], |class| self.of_class(class))
    }
}
