//! The tests of the whole program, one module for each feature.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod build_safety;
mod import;
mod licences;
mod privacy;
mod readme;
mod tidy;
mod write;
mod write_kill;
