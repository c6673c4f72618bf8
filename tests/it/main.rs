//! The tests of the whole program, one module for each feature.

mod serve;
mod write;
mod write_kill;
