//! Charts as inline SVG that reads without colour, without scripts and at any width.
//!
//! Charts are made from figures that have been published, so a withheld figure has no length. They
//! use percentages instead of a scaled drawing: on a narrow screen bars get shorter and letters
//! keep their size.

mod bars;

pub use bars::{BarGroup, bars, largest};
