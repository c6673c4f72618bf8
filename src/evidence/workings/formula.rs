//! The formulas that figures name: what is computed, in which unit, and where the rule stands.

use serde::Serialize;

/// A formula. Its id stays when its words change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    Need,
    Placed,
    Residual,
    Vacancies,
    Contention,
    PublishedRange,
}

/// A formula as the file tells it.
#[derive(Serialize)]
pub(super) struct Stated {
    pub(super) id: String,
    unit: &'static str,
    rule: &'static str,
    section: &'static str,
}

/// What the matching of people to places reads.
const MATCHING: &[&str] =
    &["max_step", "quality_floor", "regulator_floor", "unknown_vacancy_hi", "wait_days"];
impl Formula {
    /// Settings of `analysis.yaml` that it always reads.
    pub(super) fn settings(self) -> &'static [&'static str] {
        match self {
            Formula::Need => &[],
            Formula::Vacancies => &["unknown_vacancy_hi", "wait_days"],
            _ => MATCHING,
        }
    }

    /// The formula as the file tells it.
    pub(super) fn stated(self) -> Stated {
        let (id, unit, section, rule) = self.words();
        Stated { id: format!("F-{id}"), unit, rule, section }
    }

    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Formula::Placed => (
                "placed",
                "people",
                "gap-analysis §5",
                "most people who could have a vacancy that fits them; among equals whoever has \
                 waited longest, then the dearest placement",
            ),
            Formula::Residual => ("residual", "people", "gap-analysis §5", "F-need less F-placed"),
            Formula::Vacancies => (
                "vacancies",
                "places",
                "gap-analysis §3 and §15.4",
                "vacancies of open services that could be filled within the waiting time, with \
                 changes due by then, as the scenario reads blanks",
            ),
            Formula::Contention => (
                "contention",
                "people, lowest and highest",
                "gap-analysis §5.1",
                "people of the group without a place if the group comes first, and if everybody \
                 else does",
            ),
            Formula::PublishedRange => (
                "published-range",
                "people, lowest and highest",
                "gap-analysis §5.1",
                "lowest end of F-contention in the low scenario, highest in the high one",
            ),
            Formula::Need => (
                "need",
                "people",
                "gap-analysis §3 and §15.1",
                "people of the rows, as the scenario reads ranges, without those whose reason for \
                 being away is an appropriate one",
            ),
        }
    }
}
