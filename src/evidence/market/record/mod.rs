//! Shapes of the data files. Every value is text with a place; `lower` gives it meaning.

pub(in crate::evidence::market) mod ledger;
pub(in crate::evidence::market) mod opportunity;
pub(in crate::evidence::market) mod outcome;
pub(in crate::evidence::market) mod provider;
pub(in crate::evidence::market) mod site;
pub(in crate::evidence::market) mod time;
pub(in crate::evidence::market) mod words;
