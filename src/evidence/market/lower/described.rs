//! What a provider's file says that its services offer, checked against the words of a site.
//!
//! The file is one of `data/providers/`, or one service by itself. Only what can be held against a
//! gap is looked up; the rest must have the form of a record and is left.

use std::collections::BTreeSet;

use super::super::area::AreaTree;
use super::super::ids::{AreaId, LegalId, LevelId, NeedId};
use super::super::quantities::{AgeRange, Beds};
use super::super::record::provider::{RawProvider, RawService};
use super::super::service::GenderTaken;
use super::check::{Check, plain};
use super::services;
use crate::diagnostics::{Diagnostic, Outcome, has_errors};
use crate::load::yaml::{self, Text};
use crate::sources::{Source, SourceId};

/// Where to look for the ids that a file may use.
const PLACE: &str = "the words of the site";

/// The words of a site, as it publishes them.
pub(in crate::evidence) struct Known {
    pub(in crate::evidence) areas: AreaTree,
    pub(in crate::evidence) levels: Vec<String>,
    pub(in crate::evidence) needs: Vec<String>,
    pub(in crate::evidence) legal: Vec<String>,
}

/// A service as its provider describes it.
pub(in crate::evidence) struct Described {
    pub(in crate::evidence) name: String,
    pub(in crate::evidence) level: Option<LevelId>,
    pub(in crate::evidence) needs: Option<BTreeSet<NeedId>>,
    pub(in crate::evidence) age: Option<AgeRange>,
    pub(in crate::evidence) gender: Option<GenderTaken>,
    pub(in crate::evidence) legal: Option<BTreeSet<LegalId>>,
    pub(in crate::evidence) area: Option<AreaId>,
    pub(in crate::evidence) serves: Vec<AreaId>,
    pub(in crate::evidence) places: Option<Beds>,
}

/// Reads the services of a file.
pub(in crate::evidence) fn described(
    id: SourceId,
    source: &Source,
    known: &Known,
) -> Outcome<Vec<Described>> {
    let raw = match records(id, source) {
        Ok(raw) => raw,
        Err(diagnostic) => return Outcome::failed(vec![*diagnostic]),
    };
    let mut check = Check::new(id, source);
    let services = raw.iter().map(|raw| service(&mut check, raw, known)).collect();
    match has_errors(&check.diagnostics) {
        true => Outcome::failed(check.diagnostics),
        false => Outcome::new(services, check.diagnostics),
    }
}

/// A file with the key `services` is a provider's; any other is one service.
fn records(id: SourceId, source: &Source) -> Result<Vec<RawService>, Box<Diagnostic>> {
    if source.text().lines().any(|line| line.starts_with("services:")) {
        let provider: RawProvider = yaml::parse(id, source)?;
        return Ok(provider.services.into_iter().flatten().map(|found| found.value).collect());
    }
    Ok(vec![yaml::parse::<RawService>(id, source)?])
}

fn service(check: &mut Check, raw: &RawService, known: &Known) -> Described {
    let areas: Vec<&str> = known.areas.ids().collect();
    let area = |check: &mut Check, text: Option<&Text>| {
        AreaId::parse(check.reference("area", text?, areas.iter().copied(), PLACE)?)
    };
    let all = |check: &mut Check, kind, texts: Option<&Vec<Text>>, ids: &[String]| {
        let ids = ids.iter().map(String::as_str);
        let found =
            texts?.iter().filter_map(|text| check.reference(kind, text, ids.clone(), PLACE));
        Some(found.map(str::to_owned).collect::<Vec<String>>())
    };
    let level = raw.level.iter().cloned().collect();
    let levels = all(check, "level", Some(&level), &known.levels);
    let needs = all(check, "need", raw.needs.as_ref(), &known.needs);
    let legal = all(check, "legal status", raw.legal.as_ref(), &known.legal);
    Described {
        name: plain(raw.name.as_ref()).unwrap_or_else(|| raw.id.value.clone()),
        level: levels.and_then(|ids| LevelId::parse(ids.first()?)),
        needs: needs.map(|ids| ids.iter().filter_map(|id| NeedId::parse(id)).collect()),
        age: services::age(check, raw.age.as_ref()),
        gender: services::gender(check, raw.gender.as_ref()),
        legal: legal.map(|ids| ids.iter().filter_map(|id| LegalId::parse(id)).collect()),
        serves: raw.serves.iter().flatten().filter_map(|text| area(check, Some(text))).collect(),
        area: area(check, raw.area.as_ref()),
        places: check.count("places", raw.places.as_ref()).map(Beds),
    }
}
