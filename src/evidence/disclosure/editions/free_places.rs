//! How the free places of each service were told in an edition.
//!
//! A live site tells them in the same way until the record bears a later day than the edition. A
//! later day is another fact. The same fact told more closely, a band that becomes a number, would
//! bound how many people the edition can have matched, and it was not protected against that.

use std::collections::BTreeMap;

use super::super::profile::{self, PublicVacancies};
use super::read::{RESTORE, broken};
use super::record::RawFree;
use super::{Lock, NOT_STATED};
use crate::evidence::market::lower::check::Check;
use crate::evidence::market::{Consent, Market, ServiceId, VACANCY_BANDS, Vacancies};

/// Free places as they were told, by service.
pub(super) type FreePlaces = BTreeMap<ServiceId, PublicVacancies>;

/// How every service is told now.
pub(super) fn of(market: &Market) -> FreePlaces {
    let services = market.providers.values().flat_map(|provider| &provider.services);
    services
        .map(|service| {
            let told = profile::vacancies(service.vacancies_public, service.vacancies);
            (service.id.clone(), told)
        })
        .collect()
}

/// Takes free places back to what the edition told, where the record bears no later day. Whether
/// anything had to be taken back.
pub(super) fn hold(market: &mut Market, lock: &Lock) -> bool {
    let mut has_changed = false;
    for service in market.providers.values_mut().flat_map(|provider| &mut provider.services) {
        let Some(told) = lock.free_places.get(&service.id) else { continue };
        let is_later = service.as_of.is_some_and(|day| day > lock.signed.as_at);
        if is_later || *told == profile::vacancies(service.vacancies_public, service.vacancies) {
            continue;
        }
        // The fewest that the words allow, which is what totals count of them anyway.
        let (consent, fewest) = match *told {
            PublicVacancies::Exact(count) => (Consent::Exact, Some(count)),
            PublicVacancies::Band(low, _) => (Consent::Band, Some(low)),
            PublicVacancies::Any(is_any) => (Consent::YesNo, Some(u32::from(is_any))),
            PublicVacancies::NotStated => (service.vacancies_public, None),
        };
        service.vacancies_public = consent;
        service.vacancies = fewest.map(Vacancies::new);
        has_changed = true;
    }
    has_changed
}

/// The word for how free places were told.
pub(super) fn word(told: PublicVacancies) -> String {
    match told {
        PublicVacancies::Exact(count) => count.to_string(),
        PublicVacancies::Band(low, Some(high)) => format!("{low}-{high}"),
        PublicVacancies::Band(low, None) => format!("{low}+"),
        PublicVacancies::Any(true) => "yes".to_owned(),
        PublicVacancies::Any(false) => "no".to_owned(),
        PublicVacancies::NotStated => NOT_STATED.to_owned(),
    }
}

/// Reads the free places of a lock. Services that are gone are nobody's any more.
pub(super) fn read(check: &mut Check, raw: &[RawFree]) -> FreePlaces {
    let mut found = FreePlaces::new();
    for raw in raw {
        let service = check.slug(&raw.service).and_then(ServiceId::parse);
        let told = parse(raw.free.value.trim());
        if told.is_none() {
            let message = "free places are not told in such words".to_owned();
            broken(check, &raw.free, message, RESTORE);
        }
        found.extend(service.zip(told));
    }
    found
}

fn parse(word: &str) -> Option<PublicVacancies> {
    let mut bands = VACANCY_BANDS.into_iter().map(|(low, high)| (low, Some(high)));
    let of_band = |band: &(u32, Option<u32>)| self::word(PublicVacancies::Band(band.0, band.1));
    match word {
        "yes" => Some(PublicVacancies::Any(true)),
        "no" => Some(PublicVacancies::Any(false)),
        NOT_STATED => Some(PublicVacancies::NotStated),
        "11+" => Some(PublicVacancies::Band(11, None)),
        _ => match bands.find(|band| word.contains('-') && of_band(band) == word) {
            Some((low, high)) => Some(PublicVacancies::Band(low, high)),
            None => word.parse().ok().map(PublicVacancies::Exact),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_tell_free_places_is_read_back() {
        for told in [
            PublicVacancies::Exact(0),
            PublicVacancies::Exact(14),
            PublicVacancies::Band(0, Some(0)),
            PublicVacancies::Band(3, Some(5)),
            PublicVacancies::Band(11, None),
            PublicVacancies::Any(true),
            PublicVacancies::Any(false),
            PublicVacancies::NotStated,
        ] {
            assert_eq!(parse(&word(told)), Some(told));
        }
        for word in ["", "-1", "3-7", "12+", "many"] {
            assert_eq!(parse(word), None, "{word}");
        }
    }
}
