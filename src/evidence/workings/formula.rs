//! The formulas that figures name: what is computed, in which unit, and where the rule stands.

use serde::Serialize;

use crate::evidence::analysis::formula;

/// A formula of the matching and of what follows from it. Those of money and movement come with
/// their figures. An id stays when its words change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    Need,
    Placed,
    Residual,
    Vacancies,
    LeastWeeklyPrice,
    PlacedUnknownCost,
    Saving,
    Contention,
    PublishedRange,
    Funnel,
    Capability,
    Capacity,
    NeedsUnknown,
    Barrier,
    Exchange,
    WorthOfAPlace,
    ListedPeople,
    BedsByOccupancy,
    BedsByRefusals,
    Refused,
    RealOccupancy,
    Pooling,
    YearToYear,
    ListedPrice,
    ListedSaving,
    ListedSavingRange,
    ListedUnknownCost,
    Unlisted,
    Projection,
    WithoutPopulation,
    Expected,
    ClosesTooEarly,
}

/// A formula as the file tells it.
#[derive(Serialize)]
pub(super) struct Stated {
    pub(super) id: String,
    unit: &'static str,
    rule: &'static str,
    section: &'static str,
}

impl Stated {
    /// A formula that comes with its figures.
    pub(super) fn of(formula: &'static formula::Formula, unit: &'static str) -> Stated {
        let id = format!("F-{}", formula.id);
        Stated { id, unit, rule: formula.rule, section: formula.source }
    }
}

/// What the matching of people to places reads.
const MATCHING: &[&str] =
    &["max_step", "quality_floor", "regulator_floor", "unknown_vacancy_hi", "wait_days"];
/// What the choice of listed gaps reads besides.
const LISTING: &[&str] = &[
    "any_gender_levels",
    "detained_premium",
    "forbidden_pairs",
    "max_people",
    "max_specs",
    "max_step",
    "max_tags",
    "min_people",
    "objective",
    "quality_floor",
    "regulator_floor",
    "tag_premium",
    "unknown_vacancy_hi",
    "wait_days",
];

impl Formula {
    /// Settings of `analysis.yaml` that it always reads.
    pub(super) fn settings(self) -> &'static [&'static str] {
        match self {
            Formula::Need
            | Formula::Refused
            | Formula::RealOccupancy
            | Formula::YearToYear
            | Formula::BedsByOccupancy
            | Formula::WithoutPopulation
            | Formula::Expected => &[],
            Formula::ClosesTooEarly => &["max_step", "wait_days"],
            Formula::Vacancies => &["unknown_vacancy_hi", "wait_days"],
            Formula::BedsByRefusals | Formula::Pooling => &["full_probability"],
            Formula::ListedPrice => &["detained_premium", "tag_premium"],
            Formula::ListedSaving | Formula::ListedSavingRange => {
                &["detained_premium", "tag_premium", "weeks_per_year"]
            }
            Formula::ListedPeople | Formula::ListedUnknownCost | Formula::Unlisted => LISTING,
            _ => MATCHING,
        }
    }

    /// The formula as the file tells it.
    pub(super) fn stated(self) -> Stated {
        let (id, unit, section, rule) = self.words();
        Stated { id: format!("F-{id}"), unit, rule, section }
    }
}
