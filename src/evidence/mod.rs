//! Everything that may hold a small number about people, and the one door out of it.
//!
//! `market` is the facts as entered, `analysis` what follows from them, `disclosure` what may be
//! told. Raw counts have getters that only this module tree can call; the rest of the program gets
//! a [`disclosure::Publication`], and there is no way round it: no flag, no trait, no constructor.
//! `workings` writes the exact answer to a private file and gives it to nobody else; `report` does
//! so with what was withheld and why. `private` is how such a file is written.
//! `offers` holds what a provider describes against what was published.

pub mod analysis;
pub mod disclosure;
pub mod market;
pub mod offers;
pub mod private;
pub mod report;
#[cfg(test)]
mod small_sites;
pub mod workings;
