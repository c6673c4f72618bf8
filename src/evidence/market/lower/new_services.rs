//! Services that do not exist yet, as far as a plan can know them.

use super::super::ids::ServiceId;
use super::super::provider::Contact;
use super::super::quantities::{Beds, Vacancies};
use super::super::record::time::RawNewService;
use super::super::service::{Address, Consent, Quality, Service, Status};
use super::check::Check;
use super::services::{age, gender};
use super::words::Words;

/// Reads a `spec`: where, at which level, for whom. What it leaves out is unknown, and unknown
/// passes in the hopeful scenario only (gap-analysis §15.2). It says nothing of quality, which
/// nobody can know; the quality filter lets it pass. Its places are those of the change.
pub(super) fn service(
    check: &mut Check,
    raw: &RawNewService,
    id: String,
    words: &Words,
) -> Option<Service> {
    let area = words.area(check, Some(&raw.area));
    let level = words.level(check, Some(&raw.level));
    words.expect_scope(check, area.as_ref(), level.as_ref(), Some(&raw.area));
    let legal = raw.legal.as_ref();
    Some(Service {
        span: check.span(&raw.level),
        id: ServiceId::parse(&id)?,
        name: id,
        description: None,
        is_planned: true,
        status: Status::Active,
        types: Vec::new(),
        other_types: Vec::new(),
        needs: words.needs(check, raw.needs.as_ref()),
        claimed: Default::default(),
        registered_for: Vec::new(),
        age: age(check, raw.age.as_ref()),
        gender: gender(check, raw.gender.as_ref()),
        admission_note: None,
        legal: legal.map(|all| all.iter().filter_map(|t| words.legal(check, Some(t))).collect()),
        serves: Vec::new(),
        address: Address::default(),
        geo: None,
        cqc_location: None,
        website: None,
        contact: Contact::default(),
        registered: None,
        places: Some(Beds(0)),
        occupied_local: None,
        occupied_imported: None,
        vacancies: Some(Vacancies::new(0)),
        vacancies_public: Consent::default(),
        available_from: None,
        as_of: None,
        weekly_price: None,
        quality: Quality::default(),
        contracts: Vec::new(),
        registration: None,
        level: Some(level?),
        area: Some(area?),
    })
}
