//! Placewise.
pub mod diagnostics;
pub mod evidence;
pub mod load;
pub mod sources;
