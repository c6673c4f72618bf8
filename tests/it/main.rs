//! The tests of the whole program, one module for each feature.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops; the helpers here are tests too"
)]

mod alike;
mod audit;
mod build_safety;
mod canary;
mod cli;
mod determinism;
mod disclosure;
mod editions;
mod errors;
mod example;
mod export;
mod faults;
mod gaps;
mod guard;
mod html;
mod import;
mod import_build;
mod kept;
mod licences;
mod matching;
mod pages;
mod privacy;
mod private_file;
mod protection;
mod readme;
mod robust;
mod serve;
mod site;
mod stale;
mod tidy;
mod workbooks;
mod workings;
mod write;
mod write_kill;
