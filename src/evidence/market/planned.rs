//! Assumptions that the program itself reads, by their ids; all others are for people to read.

use super::ids::LevelId;
use super::parameters::Assumption;
use super::quantities::{Pence, Ratio};
use super::spend::Rate;

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
    /// Pounds that moves are to save in their first financial year.
    SavingTarget,
    /// Per cent by which prices rise in a year.
    FeeUplift,
}

impl Planned {
    /// All of them.
    pub(in crate::evidence) const ALL: [Planned; 7] = [
        Planned::SavingPerPerson,
        Planned::MoveSuccess,
        Planned::DoubleRunningWeeks,
        Planned::SecondMoveMonths,
        Planned::SecondMovePrice,
        Planned::SavingTarget,
        Planned::FeeUplift,
    ];

    /// Its id in `data/assumptions.yaml`.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            Planned::SavingPerPerson => "saving-per-person",
            Planned::MoveSuccess => "move-success",
            Planned::DoubleRunningWeeks => "double-running-weeks",
            Planned::SecondMoveMonths => "second-move-months",
            Planned::SecondMovePrice => "second-move-price",
            Planned::SavingTarget => "saving-target",
            Planned::FeeUplift => "fee-uplift",
        }
    }

    /// How its value is to be written.
    pub(in crate::evidence) const fn form(self) -> &'static str {
        match self {
            Planned::SavingPerPerson | Planned::SecondMovePrice | Planned::SavingTarget => {
                "write pounds with at most two decimals, such as 49000"
            }
            Planned::MoveSuccess => "write a decimal fraction between 0 and 1, such as 0.76",
            Planned::DoubleRunningWeeks => "write whole weeks from 0 to 104",
            Planned::SecondMoveMonths => "write whole months from 0 to 120",
            Planned::FeeUplift => "write per cent from -100 to 100, without a sign: 3.5",
        }
    }

    /// Whether a value can be read.
    pub(in crate::evidence) fn accepts(self, value: &str) -> bool {
        match self {
            Planned::SavingPerPerson | Planned::SecondMovePrice | Planned::SavingTarget => {
                Pence::parse_pounds(value).is_some()
            }
            Planned::MoveSuccess => Ratio::parse(value).is_some_and(|share| share.num <= share.den),
            Planned::DoubleRunningWeeks => value.parse::<u32>().is_ok_and(|weeks| weeks <= 104),
            Planned::SecondMoveMonths => value.parse::<u32>().is_ok_and(|months| months <= 120),
            Planned::FeeUplift => Rate::parse_percent(value)
                .is_some_and(|rate| rate.per_million().unsigned_abs() <= 1_000_000),
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

    /// The rate that is assumed.
    pub(in crate::evidence) fn rate(self, assumptions: &[Assumption]) -> Option<Rate> {
        Rate::parse_percent(self.value(assumptions)?)
    }

    /// The number of weeks or months that is assumed.
    pub(in crate::evidence) fn count(self, assumptions: &[Assumption]) -> Option<u32> {
        self.value(assumptions)?.parse().ok()
    }
}

/// Begins the id of an assumption about the admissions of a level.
pub(in crate::evidence) const ADMISSIONS: &str = "admissions-";

/// The id of the assumption about the admissions of a level: `admissions-open-rehab`.
pub(in crate::evidence) fn admissions_id(level: &LevelId) -> String {
    format!("{ADMISSIONS}{level}")
}

/// Admissions to a level in a year, where the publisher assumes a number.
pub(in crate::evidence) fn admissions_a_year(
    level: &LevelId,
    assumptions: &[Assumption],
) -> Option<u32> {
    let id = admissions_id(level);
    let found = assumptions.iter().find(|assumption| assumption.id == id)?;
    found.value.trim().parse().ok()
}
