//! What may be told of an opportunity: an explicit list of fields.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::publication::Publication;
use crate::evidence::market::{
    Answer, AreaId, AreaTree, Attempt, Contact, LevelId, Lot, NeedId, Notice, Opportunity,
    OpportunityId, Stage, Step,
};

/// What may be told of an opportunity.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of `Opportunity`, under the same names")]
pub struct PublicOpportunity {
    pub id: OpportunityId,
    pub title: String,
    pub about: Option<String>,
    pub stage: Stage,
    pub lots: Vec<Lot>,
    pub dates: Vec<Step>,
    pub events: Vec<Step>,
    pub notices: Vec<Notice>,
    pub contact: Contact,
    pub answers: Vec<Answer>,
    pub previous_attempts: Vec<Attempt>,
}

pub(super) fn opportunity(opportunity: Opportunity) -> PublicOpportunity {
    PublicOpportunity {
        id: opportunity.id,
        title: opportunity.title,
        about: opportunity.about,
        stage: opportunity.stage,
        lots: opportunity.lots,
        dates: opportunity.dates,
        events: opportunity.events,
        notices: opportunity.notices,
        contact: opportunity.contact,
        answers: opportunity.answers,
        previous_attempts: opportunity.previous_attempts,
    }
}

/// Puts those with the earliest date to come first, then those without one; then by title.
pub(super) fn sort(opportunities: &mut [PublicOpportunity], day: Date) {
    opportunities.sort_by_cached_key(|opportunity| {
        let next = opportunity.next_step(day).map(|step| step.date);
        (next.is_none(), next, opportunity.title.clone(), opportunity.id.clone())
    });
}

impl PublicOpportunity {
    /// Dates and events together, earliest first.
    pub fn steps(&self) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.dates.iter().chain(&self.events).collect();
        steps.sort_by_key(|step| step.date);
        steps
    }

    /// The first date or event on this day or later.
    pub fn next_step(&self, day: Date) -> Option<&Step> {
        self.steps().into_iter().find(|step| step.date >= day)
    }

    /// Of these needs, those that it does not name for people from an area, at a level. Nothing
    /// when it is for other people: another level, another area, or none of their needs.
    ///
    /// An answer for a part of the area counts, and so does one for a larger area. One that names
    /// no needs is for everybody.
    pub fn unnamed(
        &self,
        areas: &AreaTree,
        area: &AreaId,
        level: &LevelId,
        needs: &BTreeSet<NeedId>,
    ) -> Option<BTreeSet<NeedId>> {
        let is_for_them = |answer: &&Answer| {
            let is_there =
                areas.is_within(area, &answer.area) || areas.is_within(&answer.area, area);
            let shares_a_need = answer.needs.is_empty()
                || needs.is_empty()
                || answer.needs.iter().any(|need| needs.contains(need));
            &answer.level == level && is_there && shares_a_need
        };
        let answers: Vec<&Answer> = self.answers.iter().filter(is_for_them).collect();
        let is_for_all = answers.iter().any(|answer| answer.needs.is_empty());
        let is_named = |need: &NeedId| answers.iter().any(|answer| answer.needs.contains(need));
        let unnamed = needs.iter().filter(|need| !is_for_all && !is_named(need)).cloned().collect();
        (!answers.is_empty()).then_some(unnamed)
    }
}

impl Publication {
    /// Opportunities: those with the earliest date to come first, as on the day of the edition.
    pub fn opportunities(&self) -> &[PublicOpportunity] {
        &self.opportunities
    }

    /// The opportunity with this id.
    pub fn opportunity(&self, id: &OpportunityId) -> Option<&PublicOpportunity> {
        self.opportunities.iter().find(|opportunity| &opportunity.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{analysis, disclosure, market};
    use crate::sources::{Source, SourceSet};

    fn publication(files: &[(&str, &str)]) -> Publication {
        let site = "{title: T, base_url: \"https://e.example.org/\", publisher: P, \
                    status: example, contact: {email: t@example.org}, \
                    edition: {name: E, date: 2026-11-02, as_at: 2026-10-31}, \
                    accessibility: {compliance: fully, prepared: 2026-11-02, \
                    contact: {email: t@example.org}}}";
        let areas = "[{id: east, name: East, kind: region}, \
                     {id: mere, name: Mere, kind: icb, parent: east}, \
                     {id: dale, name: Dale, kind: icb, parent: east}, \
                     {id: hill, name: Hill, kind: place, parent: mere}]";
        let words = "{ladders: [{id: l, name: L, levels: [{id: low, name: Low, scope: icb}, \
                     {id: high, name: High, scope: icb}]}], \
                     needs: [{id: autism, name: A}, {id: psychosis, name: P}]}";
        let fixed =
            [("data/site.yaml", site), ("data/areas.yaml", areas), ("data/vocabulary.yaml", words)];
        let files = fixed.iter().chain(files).map(|(path, text)| Source::new(*path, *text));
        let outcome = market::read(&SourceSet::new(files));
        let market = outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
        let analysis = analysis::analyse(&market);
        disclosure::protect(market, analysis).value.expect("nothing to protect")
    }

    fn ids<'a>(found: impl Iterator<Item = &'a PublicOpportunity>) -> Vec<&'a str> {
        found.map(|opportunity| opportunity.id.as_str()).collect()
    }

    #[test]
    fn the_next_date_on_the_day_of_the_edition_decides_the_order() {
        let publication = publication(&[
            (
                "data/opportunities/a.yaml",
                "{id: a, title: Z, stage: uk4, dates: [{date: 2026-11-01, what: past}, \
                 {date: 2027-01-01, what: bids}], events: [{date: 2026-12-01, title: day}]}",
            ),
            ("data/opportunities/b.yaml", "{id: b, title: A, stage: psr-award}"),
            (
                "data/opportunities/c.yaml",
                "{id: c, title: Y, stage: UK1, dates: [{date: 2026-11-02, what: notice}]}",
            ),
        ]);
        assert_eq!(ids(publication.opportunities().iter()), ["c", "a", "b"]);
        let day = jiff::civil::date(2026, 11, 2);
        let next = publication.opportunities()[1].next_step(day).map(|step| step.what.as_str());
        assert_eq!(next, Some("day"));
    }

    #[test]
    fn an_opportunity_answers_areas_around_and_within_and_says_what_it_does_not_name() {
        let publication = publication(&[
            (
                "data/opportunities/a.yaml",
                "{id: a, title: A, stage: uk1, \
                 answers: [{area: mere, level: low, needs: [autism]}]}",
            ),
            (
                "data/opportunities/b.yaml",
                "{id: b, title: B, stage: uk1, answers: [{area: hill, level: low}]}",
            ),
        ]);
        let check = |area: &str, level: &str, needs: &[&str], expect: &[(&str, &[&str])]| {
            let area = AreaId::parse(area).unwrap();
            let level = LevelId::parse(level).unwrap();
            let needs: BTreeSet<NeedId> =
                needs.iter().map(|id| NeedId::parse(id).unwrap()).collect();
            let found: Vec<(String, Vec<String>)> = publication
                .opportunities()
                .iter()
                .filter_map(|opportunity| {
                    let unnamed =
                        opportunity.unnamed(publication.areas(), &area, &level, &needs)?;
                    let unnamed = unnamed.iter().map(ToString::to_string).collect();
                    Some((opportunity.id.to_string(), unnamed))
                })
                .collect();
            let expect: Vec<(String, Vec<String>)> = expect
                .iter()
                .map(|(id, needs)| {
                    ((*id).to_owned(), needs.iter().map(|need| (*need).to_owned()).collect())
                })
                .collect();
            assert_eq!(found, expect, "{area} {level} {needs:?}");
        };
        check("hill", "low", &["autism"], &[("a", &[]), ("b", &[])]);
        check("mere", "low", &[], &[("a", &[]), ("b", &[])]);
        check("hill", "low", &["autism", "psychosis"], &[("a", &["psychosis"]), ("b", &[])]);
        check("hill", "low", &["psychosis"], &[("b", &[])]);
        check("dale", "low", &["autism"], &[]);
        check("hill", "high", &[], &[]);
    }
}
