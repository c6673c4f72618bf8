//! The one integration binary, a module for each feature.

#![allow(clippy::unwrap_used)] // Here a panic is how a test fails.

mod serve;
