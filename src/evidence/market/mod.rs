//! The facts of a market as their publisher entered them: areas, vocabulary, providers, placements.
//!
//! `record` holds the shapes of the files, `lower` turns them into the checked types beside it.
//! Nothing here computes a figure. Start reading at [`Market`].

mod area;
mod change;
mod growth;
mod ids;
pub(in crate::evidence) mod lower;
mod movement;
mod opportunity;
mod outcome;
mod parameters;
mod placement;
mod plan;
mod planned;
mod population;
mod provider;
mod quantities;
mod record;
mod service;
mod settings;
mod spend;
mod vocabulary;
mod year;

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostics::Outcome;
use crate::guard::Exception;
use crate::sources::SourceSet;

pub use area::{Area, AreaKind, AreaTree, Point};
pub(in crate::evidence) use change::{Certainty, Change, Subject};
pub use growth::{Growth, YearlyGrowth};
pub(crate) use ids::slugify;
pub use ids::{
    AreaId, CohortId, LadderId, LegalId, LevelId, NeedId, OpportunityId, ProviderId, ServiceId,
    TypeId,
};
pub(in crate::evidence) use lower::described::{Described, Known, described};
pub(in crate::evidence) use movement::{Funder, Movement, PathwayStage, Resident};
pub use opportunity::{
    Answer, Attempt, Lot, LotStatus, Notice, Opportunity, Stage, Step, ValueBand,
};
pub(in crate::evidence) use outcome::{Aim, Average, Decimal, Length, Period};
#[cfg(test)]
pub(in crate::evidence) use outcome::{Counts, Measurement, OutcomeGroup};
pub use parameters::{Assumption, Objective, Parameters};
pub(in crate::evidence) use parameters::{FEWEST_SIZES, MOST_TAGS};
pub(in crate::evidence) use placement::Gender;
pub use placement::Placement;
pub use plan::{PlanStep, StepStatus};
pub(in crate::evidence) use planned::{Planned, admissions_a_year, admissions_id};
pub use population::{NeedRate, Population};
pub use provider::{Contact, Provider, Registration, Sector};
pub use quantities::{AgeRange, Beds, Pence, People, PeopleRange, Ratio, Vacancies};
pub(in crate::evidence) use service::VACANCY_BANDS;
pub use service::{
    Address, Consent, Contract, GenderTaken, Quality, Rating, RegulatorRating, Service, Status,
};
pub(in crate::evidence) use settings::FigureName;
pub use settings::{
    Accessibility, AccessibilityIssue, Compliance, Edition, Enforcement, Freshness, IssueReason,
    Licence, ProfileName, Settings, SiteStatus, Tested,
};
pub(in crate::evidence) use spend::{Budget, Place, Rate, Spend};
pub use vocabulary::{AgeBand, Ladder, Level, Need, ServiceType, Vocabulary};
pub use year::Year;

/// Everything that was entered, checked.
///
/// The fields can be read inside `evidence` only; what may be told of them is decided by
/// `disclosure`.
pub struct Market {
    pub(in crate::evidence) settings: Settings,
    pub(in crate::evidence) profile: ProfileName,
    /// Figures that are not to be told, whatever they are.
    pub(in crate::evidence) never_publish: Vec<FigureName>,
    /// Figures that are to be withheld for others only if nothing else helps.
    pub(in crate::evidence) keep: Vec<FigureName>,
    pub(in crate::evidence) areas: AreaTree,
    pub(in crate::evidence) vocabulary: Vocabulary,
    pub(in crate::evidence) parameters: Parameters,
    pub(in crate::evidence) assumptions: Vec<Assumption>,
    pub(in crate::evidence) providers: BTreeMap<ProviderId, Provider>,
    /// Whether there is a list of people placed away, even an empty one.
    pub(in crate::evidence) has_placement_lists: bool,
    pub(in crate::evidence) placements: Vec<Placement>,
    pub(in crate::evidence) opportunities: BTreeMap<OpportunityId, Opportunity>,
    pub(in crate::evidence) spend: Spend,
    pub(in crate::evidence) movement: Movement,
    pub(in crate::evidence) changes: Vec<Change>,
    pub(in crate::evidence) plan: Vec<PlanStep>,
    pub(in crate::evidence) outcomes: Vec<Aim>,
    pub(in crate::evidence) population: Population,
    pub(in crate::evidence) need_rates: Vec<NeedRate>,
    /// Places that may break a rule of the guard, with the reason; never what stands there.
    pub(in crate::evidence) exceptions: Vec<Exception>,
}

/// Tells everything but placements, changes, outcomes, spend and movement, of which not even the
/// number is told.
impl fmt::Debug for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Market")
            .field("settings", &self.settings)
            .field("profile", &self.profile)
            .field("never_publish", &self.never_publish)
            .field("keep", &self.keep)
            .field("areas", &self.areas)
            .field("vocabulary", &self.vocabulary)
            .field("parameters", &self.parameters)
            .field("assumptions", &self.assumptions)
            .field("providers", &self.providers)
            .field("opportunities", &self.opportunities)
            .field("placements", &format_args!("withheld"))
            .field("spend", &self.spend)
            .field("movement", &self.movement)
            .field("changes", &format_args!("withheld"))
            .field("plan", &self.plan)
            .field("outcomes", &format_args!("withheld"))
            .field("population", &self.population)
            .field("need_rates", &self.need_rates)
            .field("exceptions", &self.exceptions)
            .finish()
    }
}

/// Reads the data files of a site into a market.
///
/// There is a value only when all records of all kinds could be read; a gap table that lacks one
/// provider would be false. All diagnostics of all files are told at once.
pub fn read(sources: &SourceSet) -> Outcome<Market> {
    lower::market(sources)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Source;

    /// Reads a small market with these rows of placements.
    fn small(rows: &str) -> Market {
        let sources = SourceSet::new([
            Source::new(
                "data/site.yaml",
                "{title: T, base_url: \"https://e.example.org/\", publisher: P, status: example, \
                 contact: {email: t@example.org}, \
                 edition: {name: E, date: 2026-11-02, as_at: 2026-10-31}, \
                 accessibility: {compliance: fully, prepared: 2026-11-02, \
                 contact: {email: t@example.org}}}",
            ),
            Source::new("data/areas.yaml", "[{id: mere, name: Mere, kind: region}]"),
            Source::new(
                "data/vocabulary.yaml",
                "{ladders: [{id: l, name: L, levels: [{id: rehab, name: R, scope: region, \
                 target_occupancy: 0.85}]}], age_bands: [{id: a, name: A, min: 0, max: 120}], \
                 quality: [{score: 0, name: Poor}, {score: 9, name: Good}]}",
            ),
            Source::new(
                "data/providers/elm.yaml",
                "{id: elm, name: Elm, services: [{id: oak, name: Oak, level: rehab, area: mere, \
                 quality: {reviewer: {score: 7, date: 1987-06-05, publish: \"no\"}}}]}",
            ),
            Source::new("data/placements/rows.yaml", rows),
        ]);
        let outcome = read(&sources);
        outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
    }

    #[test]
    fn a_market_prints_no_score_of_a_reviewer_and_no_number_of_placements() {
        let row = |n: usize| format!("- {{id: P-{n}, home: mere, level: rehab, people: 1}}\n");
        let one = format!("{:#?}", small(&row(1)));
        let many: String = (1..=9).map(row).collect();
        assert_eq!(one, format!("{:#?}", small(&many)));
        assert!(one.contains("reviewer: withheld"), "{one}");
        assert!(!one.contains("1987"), "{one}");
    }
}
