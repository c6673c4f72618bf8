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
    let Some(Beds(places)) = counts.places else {
        return counts;
    };
    let people = counts.local.unwrap_or(0) + counts.imported.unwrap_or(0);
    if counts.vacancies.is_some_and(|vacancies| vacancies > places) {
        refuse(raw.vacancies.as_ref(), "there are more vacancies than places");
    } else if people > places {
        let at = occupied.and_then(|o| o.imported.as_ref().or(o.local.as_ref()));
        refuse(at, "more people live there than there are places");
    } else if people + counts.vacancies.unwrap_or(0) > places {
        refuse(raw.vacancies.as_ref(), "people and vacancies together are more than the places");
    }
    counts
}
