//! What each formula computes, in words.

use super::formula::Formula;

/// Id, unit, section and rule.
type Words = (&'static str, &'static str, &'static str, &'static str);

impl Formula {
    /// The words of the formula.
    pub(super) fn words(self) -> Words {
        match self {
            Formula::Need
            | Formula::Placed
            | Formula::Residual
            | Formula::Vacancies
            | Formula::LeastWeeklyPrice
            | Formula::PlacedUnknownCost
            | Formula::Saving => self.of_scenarios(),
            Formula::ListedPeople
            | Formula::ListedPrice
            | Formula::ListedSaving
            | Formula::ListedSavingRange
            | Formula::ListedUnknownCost
            | Formula::Unlisted => self.of_listing(),
            Formula::BedsByOccupancy
            | Formula::BedsByRefusals
            | Formula::Refused
            | Formula::RealOccupancy
            | Formula::Pooling
            | Formula::YearToYear => self.of_beds(),
            Formula::Projection
            | Formula::WithoutPopulation
            | Formula::Expected
            | Formula::ClosesTooEarly => self.of_time(),
            _ => self.of_reasons(),
        }
    }

    fn of_scenarios(self) -> Words {
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
            Formula::LeastWeeklyPrice => (
                "least-weekly-price",
                "pence per week",
                "gap-analysis §5, O3",
                "the least that the places of everybody placed could cost together; an unknown \
                 price is the default of its level",
            ),
            Formula::PlacedUnknownCost => (
                "placed-unknown-cost",
                "people",
                "gap-analysis §8",
                "people placed whose present weekly cost is not known",
            ),
            Formula::Saving => (
                "saving",
                "pence per year",
                "gap-analysis §8",
                "(present weekly cost of people placed whose cost is known - least weekly price \
                 of their places) x weeks in a year; null if one of them can only go to a \
                 service of unknown price",
            ),
            _ => (
                "need",
                "people",
                "gap-analysis §3 and §15.1",
                "people of the rows, as the scenario reads ranges, without those whose reason for \
                 being away is an appropriate one",
            ),
        }
    }

    fn of_reasons(self) -> Words {
        match self {
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
            Formula::Funnel => (
                "funnel",
                "services, nine numbers",
                "gap-analysis §5.2 and §15.9",
                "all services; those left after the filters of scope, level, needs, age, gender, \
                 legal status and quality; those of them with a vacancy",
            ),
            Formula::Capability => (
                "capability-gap",
                "people",
                "gap-analysis §5.2",
                "people without a place for whom no service passes all filters",
            ),
            Formula::Capacity => (
                "capacity-gap",
                "people",
                "gap-analysis §5.2",
                "people without a place for whom a service passes all filters and is full, or \
                 whose places go to people with priority",
            ),
            Formula::NeedsUnknown => (
                "needs-unknown",
                "people",
                "gap-analysis §15.2",
                "people of F-capability-gap whose needs are not recorded",
            ),
            _ => self.of_rules_left_out(),
        }
    }

    /// What one thing less, or one place more, would be worth.
    fn of_rules_left_out(self) -> Words {
        match self {
            Formula::Barrier => (
                "barrier",
                "people",
                "gap-analysis §5.2",
                "people who could be placed if the filter did not exist, less F-placed; does not \
                 add up over filters",
            ),
            Formula::Exchange => (
                "exchange",
                "people",
                "gap-analysis §9",
                "most people who could have a place if a bed that somebody leaves can be given \
                 to another",
            ),
            _ => (
                "worth-of-a-place",
                "people",
                "gap-analysis §5.2",
                "people who could be placed with one vacancy more at the service, less F-placed: \
                 0 or 1",
            ),
        }
    }

    fn of_listing(self) -> Words {
        match self {
            Formula::ListedPeople => (
                "listed-people",
                "people",
                "gap-analysis §6 and §15.8",
                "people of the central residual whom the specification takes, by greedy coverage",
            ),
            Formula::ListedPrice => (
                "listed-price",
                "pence per person per week",
                "gap-analysis §6",
                "default price of the level + premium for each need after the first + premium \
                 for taking detained people",
            ),
            Formula::ListedSaving => (
                "listed-saving",
                "pence per year",
                "gap-analysis §6 and §8",
                "(present weekly cost of the people taken whose cost is known - F-listed-price \
                 for each) x weeks in a year",
            ),
            Formula::ListedSavingRange => (
                "listed-saving-range",
                "pence per year, lowest and highest",
                "gap-analysis §8",
                "F-listed-saving; and that with the assumed saving for each person of unknown \
                 cost; null where none is assumed",
            ),
            Formula::ListedUnknownCost => (
                "listed-unknown-cost",
                "people",
                "gap-analysis §8",
                "people taken whose present weekly cost is not known",
            ),
            _ => (
                "unlisted",
                "people",
                "gap-analysis §6",
                "people of the central residual whom no listed specification takes",
            ),
        }
    }

    fn of_beds(self) -> Words {
        match self {
            Formula::BedsByOccupancy => (
                "beds-occupancy",
                "beds",
                "gap-analysis §7",
                "people / target occupancy of the level, rounded up",
            ),
            Formula::BedsByRefusals => (
                "beds-full",
                "beds",
                "gap-analysis §7",
                "fewest beds that are all full for no more than the accepted share of time \
                 (Erlang B, with the people as the load)",
            ),
            Formula::Refused => (
                "refused",
                "share of arrivals",
                "gap-analysis §7",
                "share of arrivals that would find all beds of F-beds-occupancy full (Erlang B)",
            ),
            Formula::RealOccupancy => (
                "real-occupancy",
                "share of beds",
                "gap-analysis §7",
                "people x (1 - F-refused) / F-beds-occupancy: the share that would be filled",
            ),
            Formula::Pooling => (
                "pooling",
                "beds",
                "gap-analysis §7",
                "F-beds-full of each gap, added up; and of their people as one service",
            ),
            _ => (
                "year-to-year",
                "people, lowest and highest",
                "gap-analysis §7",
                "80% range of a count after Byar: how it varies from year to year by chance",
            ),
        }
    }

    fn of_time(self) -> Words {
        match self {
            Formula::Projection => (
                "projection",
                "people and places, each under its name",
                "gap-analysis §8 and §15.12",
                "need of each row x population of the year / population today x \
                 (1 + growth)^years, matched to the places of that year",
            ),
            Formula::WithoutPopulation => (
                "without-population",
                "people",
                "gap-analysis §15.12",
                "people of today's need whose home and age no table of population counts",
            ),
            Formula::Expected => (
                "expected-need",
                "people",
                "gap-analysis §15.12",
                "people of each age band x rate, for needs that no row of placements has",
            ),
            _ => (
                "closes-too-early",
                "people",
                "domain §3, S3",
                "places that the plan closes by the year, less what is free or has opened at the \
                 level and up to the largest step below",
            ),
        }
    }
}
