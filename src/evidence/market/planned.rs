//! Assumptions that the program itself reads, by their ids; all others are for people to read.

use super::parameters::Assumption;
use super::quantities::{Pence, Ratio};

/// A planning figure that a saving may rest on. Where the publisher gives none, nothing is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Planned {
    /// Pounds that one person's move saves in a year where the present cost is not known.
    SavingPerPerson,
    /// Share of moves that last.
    MoveSuccess,
    /// Weeks in which the old and the new place are both paid.
    DoubleRunningWeeks,
    /// Months until a second move to a cheaper level.
    SecondMoveMonths,
    /// Pounds a week for one person after the second move.
    SecondMovePrice,
}

impl Planned {
    /// All of them.
    pub(in crate::evidence) const ALL: [Planned; 5] = [
        Planned::SavingPerPerson,
        Planned::MoveSuccess,
        Planned::DoubleRunningWeeks,
        Planned::SecondMoveMonths,
        Planned::SecondMovePrice,
    ];

    /// Its id in `data/assumptions.yaml`.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            Planned::SavingPerPerson => "saving-per-person",
            Planned::MoveSuccess => "move-success",
            Planned::DoubleRunningWeeks => "double-running-weeks",
            Planned::SecondMoveMonths => "second-move-months",
            Planned::SecondMovePrice => "second-move-price",
        }
    }

    /// How its value is to be written.
    pub(in crate::evidence) const fn form(self) -> &'static str {
        match self {
            Planned::SavingPerPerson | Planned::SecondMovePrice => {
                "write pounds with at most two decimals, such as 49000"
            }
            Planned::MoveSuccess => "write a decimal fraction between 0 and 1, such as 0.76",
            Planned::DoubleRunningWeeks => "write whole weeks from 0 to 104",
            Planned::SecondMoveMonths => "write whole months from 0 to 120",
        }
    }

    /// Whether a value can be read.
    pub(in crate::evidence) fn accepts(self, value: &str) -> bool {
        match self {
            Planned::SavingPerPerson | Planned::SecondMovePrice => {
                Pence::parse_pounds(value).is_some()
            }
            Planned::MoveSuccess => Ratio::parse(value).is_some_and(|share| share.num <= share.den),
            Planned::DoubleRunningWeeks => value.parse::<u32>().is_ok_and(|weeks| weeks <= 104),
            Planned::SecondMoveMonths => value.parse::<u32>().is_ok_and(|months| months <= 120),
        }
    }

    fn value(self, assumptions: &[Assumption]) -> Option<&str> {
        let found = assumptions.iter().find(|assumption| assumption.id == self.id())?;
        Some(found.value.trim())
    }

    /// The sum of money that is assumed.
    pub(in crate::evidence) fn pence(self, assumptions: &[Assumption]) -> Option<Pence> {
        Pence::parse_pounds(self.value(assumptions)?)
    }

    /// The share that is assumed.
    pub(in crate::evidence) fn share(self, assumptions: &[Assumption]) -> Option<Ratio> {
        Ratio::parse(self.value(assumptions)?)
    }

    /// The number of weeks or months that is assumed.
    pub(in crate::evidence) fn count(self, assumptions: &[Assumption]) -> Option<u32> {
        self.value(assumptions)?.parse().ok()
    }
}
