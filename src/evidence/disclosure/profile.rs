//! What may be told of a provider: an explicit list of fields.
//!
//! Prices, internal notes, the split of residents by where they come from, and unpublished reviews
//! have no field here, so they cannot be told by mistake.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::evidence::market::{
    Address, AgeRange, AreaId, Beds, Consent, Contact, Contract, GenderTaken, LegalId, LevelId,
    NeedId, Point, Provider, ProviderId, Registration, RegulatorRating, Sector, Service, ServiceId,
    Status, TypeId, VACANCY_BANDS, Vacancies,
};

/// What may be told of the free places of a service, by its provider's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicVacancies {
    /// The number.
    Exact(u32),
    /// Between two numbers; no upper end means "or more".
    Band(u32, Option<u32>),
    /// Whether there are any.
    Any(bool),
    /// The provider has not stated it.
    NotStated,
}

/// What may be told of a provider.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of `Provider`, under the same names")]
pub struct PublicProvider {
    pub id: ProviderId,
    pub name: String,
    pub sector: Option<Sector>,
    pub description: Option<String>,
    pub identifiers: BTreeMap<String, String>,
    pub website: Option<String>,
    pub contact: Contact,
    pub updated: Option<Date>,
    pub registration: Option<Registration>,
    pub services: Vec<PublicService>,
}

/// What may be told of a service.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of `Service`, under the same names")]
pub struct PublicService {
    pub id: ServiceId,
    pub name: String,
    pub description: Option<String>,
    pub status: Status,
    pub types: Vec<TypeId>,
    pub other_types: Vec<String>,
    pub level: Option<LevelId>,
    pub needs: Option<BTreeSet<NeedId>>,
    pub claimed: BTreeSet<NeedId>,
    pub registered_for: Vec<String>,
    pub age: Option<AgeRange>,
    pub gender: Option<GenderTaken>,
    pub admission_note: Option<String>,
    pub legal: Option<BTreeSet<LegalId>>,
    pub area: Option<AreaId>,
    pub serves: Vec<AreaId>,
    pub address: Address,
    pub geo: Option<Point>,
    pub cqc_location: Option<String>,
    pub website: Option<String>,
    pub contact: Contact,
    pub registered: Option<Beds>,
    pub places: Option<Beds>,
    pub vacancies: PublicVacancies,
    pub available_from: Option<Date>,
    pub as_of: Option<Date>,
    pub regulator: Option<RegulatorRating>,
    pub own_score: Option<(u8, Option<Date>)>,
    pub reviewer_score: Option<(u8, Option<Date>)>,
    pub contracts: Vec<Contract>,
    pub registration: Option<Registration>,
}

pub(super) fn vacancies(consent: Consent, vacancies: Option<Vacancies>) -> PublicVacancies {
    let Some(count) = vacancies.map(Vacancies::raw) else {
        return PublicVacancies::NotStated;
    };
    match consent {
        Consent::Exact => PublicVacancies::Exact(count),
        Consent::YesNo => PublicVacancies::Any(count > 0),
        Consent::Band => VACANCY_BANDS
            .into_iter()
            .find(|(_, high)| count <= *high)
            .map_or(PublicVacancies::Band(11, None), |(low, high)| {
                PublicVacancies::Band(low, Some(high))
            }),
    }
}

pub(super) fn provider(provider: Provider) -> PublicProvider {
    PublicProvider {
        id: provider.id,
        name: provider.name,
        sector: provider.sector,
        description: provider.description,
        identifiers: provider.identifiers,
        website: provider.website,
        contact: provider.contact,
        updated: provider.updated,
        registration: provider.registration,
        services: provider.services.into_iter().map(service).collect(),
    }
}

fn service(service: Service) -> PublicService {
    let quality = service.quality;
    PublicService {
        id: service.id,
        name: service.name,
        description: service.description,
        status: service.status,
        types: service.types,
        other_types: service.other_types,
        level: service.level,
        needs: service.needs,
        claimed: service.claimed,
        registered_for: service.registered_for,
        age: service.age,
        gender: service.gender,
        admission_note: service.admission_note,
        legal: service.legal,
        area: service.area,
        serves: service.serves,
        address: service.address,
        geo: service.geo,
        cqc_location: service.cqc_location,
        website: service.website,
        contact: service.contact,
        registered: service.registered,
        places: service.places,
        vacancies: vacancies(service.vacancies_public, service.vacancies),
        available_from: service.available_from,
        as_of: service.as_of,
        regulator: quality.regulator,
        own_score: quality.own,
        reviewer_score: quality.reviewer.filter(|_| quality.reviewer_published),
        contracts: service.contracts,
        registration: service.registration,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_places_are_told_by_consent() {
        let told = |consent, count: u32| vacancies(consent, Some(Vacancies::new(count)));
        assert_eq!(told(Consent::Exact, 3), PublicVacancies::Exact(3));
        assert_eq!(told(Consent::YesNo, 3), PublicVacancies::Any(true));
        assert_eq!(told(Consent::Band, 0), PublicVacancies::Band(0, Some(0)));
        assert_eq!(told(Consent::Band, 5), PublicVacancies::Band(3, Some(5)));
        assert_eq!(told(Consent::Band, 11), PublicVacancies::Band(11, None));
        assert_eq!(vacancies(Consent::Exact, None), PublicVacancies::NotStated);
    }
}
