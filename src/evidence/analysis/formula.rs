//! Which rule a figure comes from and what it rests on, so that the workings can show both.

use crate::evidence::market::ServiceId;

/// A rule by which a figure is computed.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Formula {
    /// Stable name in the workings file.
    pub(in crate::evidence) id: &'static str,
    /// The rule in one line.
    pub(in crate::evidence) rule: &'static str,
    /// Where it is laid down.
    pub(in crate::evidence) source: &'static str,
}

/// Rows of the data that a figure rests on, by their numbers in the market.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Inputs {
    /// Numbers in `market.placements`.
    pub(in crate::evidence) placements: Vec<usize>,
    /// Services by id.
    pub(in crate::evidence) services: Vec<ServiceId>,
    /// Numbers in `market.spend.payments`.
    pub(in crate::evidence) payments: Vec<usize>,
    /// Numbers in `market.spend.budgets`.
    pub(in crate::evidence) budgets: Vec<usize>,
    /// Numbers in `market.spend.tiers`.
    pub(in crate::evidence) tiers: Vec<usize>,
    /// Numbers in `market.movement.pathway`.
    pub(in crate::evidence) pathway: Vec<usize>,
    /// Numbers in `market.movement.returns`.
    pub(in crate::evidence) returns: Vec<usize>,
    /// Numbers in `market.movement.residents`.
    pub(in crate::evidence) residents: Vec<usize>,
    /// Numbers in `market.outcomes`.
    pub(in crate::evidence) outcomes: Vec<usize>,
}

/// A figure with the rule it comes from and the rows and assumptions it rests on.
#[derive(Clone)]
pub(in crate::evidence) struct Traced<T> {
    /// The figure.
    pub(in crate::evidence) value: T,
    /// Its rule.
    pub(in crate::evidence) formula: &'static Formula,
    /// Ids of the assumptions in it.
    pub(in crate::evidence) assumptions: Vec<String>,
    /// The rows it rests on.
    pub(in crate::evidence) inputs: Inputs,
}

impl<T> Traced<T> {
    /// A figure that assumes nothing.
    pub(in crate::evidence) fn new(
        formula: &'static Formula,
        inputs: Inputs,
        value: T,
    ) -> Traced<T> {
        Traced { value, formula, assumptions: Vec::new(), inputs }
    }
}
