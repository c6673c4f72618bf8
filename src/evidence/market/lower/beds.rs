//! Beds, people and free places of one service, checked against each other.

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;

use super::super::quantities::Beds;
use super::super::record::provider::RawService;
use super::check::Check;

/// Beds and people of one service, checked against each other.
pub(super) struct BedCounts {
    pub(super) registered: Option<Beds>,
    pub(super) places: Option<Beds>,
    pub(super) local: Option<u32>,
    pub(super) imported: Option<u32>,
    pub(super) vacancies: Option<u32>,
}

pub(super) fn read(check: &mut Check, raw: &RawService) -> BedCounts {
    const LIMIT: std::ops::RangeInclusive<u32> = 0..=5000;
    let register = raw.register.as_ref().and_then(|register| register.beds.as_ref());
    let registered = raw.registered.as_ref().or(register);
    let occupied = raw.occupied.as_ref();
    let counts = BedCounts {
        registered: check.count_in("registered", registered, LIMIT).map(Beds),
        places: check.count_in("places", raw.places.as_ref(), LIMIT).map(Beds),
        local: check.count_in("local", occupied.and_then(|o| o.local.as_ref()), LIMIT),
        imported: check.count_in("imported", occupied.and_then(|o| o.imported.as_ref()), LIMIT),
        vacancies: check.count_in("vacancies", raw.vacancies.as_ref(), LIMIT),
    };
    let mut refuse = |at: Option<&Text>, message: &str| {
        if let Some(at) = at {
            let span = check.span(at);
            check.push(
                Diagnostic::error(Code::BedsContradict, message)
                    .at(span)
                    .help("ask the provider which number is right; leave out what is unknown"),
            );
        }
    };
    if let (Some(registered), Some(places)) = (counts.registered, counts.places)
        && places > registered
    {
        refuse(raw.places.as_ref(), "there are more places than registered beds");
    }
    if let (Some(Beds(places)), Some(vacancies)) = (counts.places, counts.vacancies)
        && vacancies > places
    {
        refuse(raw.vacancies.as_ref(), "there are more vacancies than places");
        return counts;
    }
    warn_of_too_many(check, raw, &counts);
    counts
}

/// People and vacancies that do not fit into the places: each number may be true by itself, so the
/// site is made, with the fewest free places that they allow (gap-analysis §3 and §9).
fn warn_of_too_many(check: &mut Check, raw: &RawService, counts: &BedCounts) {
    let (Some(Beds(places)), Some(places_at)) = (counts.places, raw.places.as_ref()) else {
        return;
    };
    let people = counts.local.unwrap_or(0) + counts.imported.unwrap_or(0);
    let occupied = raw.occupied.as_ref();
    let people_at = occupied.and_then(|o| o.imported.as_ref().or(o.local.as_ref()));
    let warning = |message: &str| Diagnostic::warning(Code::BedsContradict, message);
    let ask = "ask the provider which number is right; leave out what is unknown";
    if people > places {
        let Some(people_at) = people_at else { return };
        let (here, there) = (check.span(people_at), check.span(places_at));
        check.push(
            warning("more people live there than there are places")
                .at(here)
                .also(there, "more than these")
                .help("until it is mended, no place there counts as free")
                .help(ask),
        );
    } else if people + counts.vacancies.unwrap_or(0) > places {
        let (Some(people_at), Some(vacancies_at)) = (people_at, raw.vacancies.as_ref()) else {
            return;
        };
        let (here, there) = (check.span(vacancies_at), check.span(people_at));
        let all = check.span(places_at);
        check.push(
            warning("people and vacancies together are more than the places")
                .at(here)
                .label("not all of these can be free")
                .also(there, "people live in some of the places")
                .also(all, "there are only so many")
                .help("until it is mended, only places that nobody lives in count as free")
                .help(ask),
        );
    }
}
