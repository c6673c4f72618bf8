//! A figure that may be told, or the reason why there is none.

use crate::evidence::analysis::CellKey;

/// What a reader gets to see of one count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The exact number: not about people, or not in need of protection.
    Shown(u32),
    /// A number of people to the nearest multiple of a base.
    Rounded(u32),
    /// Withheld to protect people.
    Suppressed,
    /// Nobody has stated it.
    NotCollected,
    /// There is nothing to count.
    NotApplicable,
}

impl Figure {
    /// The number that is shown, if one is.
    pub fn value(self) -> Option<u32> {
        match self {
            Figure::Shown(value) | Figure::Rounded(value) => Some(value),
            Figure::Suppressed | Figure::NotCollected | Figure::NotApplicable => None,
        }
    }
}

/// A figure under its key, as decided by `protect`. Cannot be made anywhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    key: CellKey,
    figure: Figure,
    at_least: bool,
}

impl Published {
    /// Only the modules that apply the rules make figures.
    pub(super) fn new(key: CellKey, figure: Figure, at_least: bool) -> Published {
        Published { key, figure, at_least }
    }

    /// Which cell it is.
    pub fn key(&self) -> &CellKey {
        &self.key
    }

    /// What may be told.
    pub fn figure(&self) -> Figure {
        self.figure
    }

    /// Whether some records that belong to the cell do not state their number, so that the true
    /// number may be higher.
    pub fn is_at_least(&self) -> bool {
        self.at_least
    }
}
