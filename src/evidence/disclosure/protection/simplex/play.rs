//! The play of bounds: without it most steps would lead nowhere, as nearly all changes begin, and
//! stay, at an end of theirs, which is nought.

use super::{Simplex, Variable};

/// The least play that a bound has, and half of the most.
const LEAST: f64 = 1e-6;
/// More than what all play together moves a variable, and less than any part of a whole.
pub(super) const PLAY: f64 = 1e-3;

/// By how much a variable of the basis may go over its bounds: for each one its own small amount,
/// so that no two are met at once and each step gains something. The same at every run.
fn play(variable: usize) -> f64 {
    // Multiples of the golden section lie far from each other.
    let spread = (variable as u32).wrapping_mul(2_654_435_769) >> 8;
    LEAST * (1.0 + f64::from(spread) / f64::from(1 << 24))
}

impl Simplex {
    /// The bounds that hold while a variable of the basis stays on its side.
    pub(super) fn bounds(&self, variable: usize) -> (f64, f64) {
        let Variable { low, high, price } = self.variables[variable];
        let play = play(variable);
        match price > 0.0 {
            true if self.side[variable] > 0.0 => (-play, high + play),
            true => (low - play, play),
            false => (low - play, high + play),
        }
    }
}
