//! The tests of the whole program, one module for each feature.

mod write;
mod write_kill;
