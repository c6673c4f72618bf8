//! The one integration binary: every module tests one feature from outside.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops; the helpers here are tests too"
)]

mod canary;
mod cli;
mod determinism;
mod errors;
mod example;
mod export;
mod html;
mod robust;
mod site;
mod write;
mod write_kill;
