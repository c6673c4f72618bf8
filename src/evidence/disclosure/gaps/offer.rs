//! What local services are listed as offering of what a gap asks for: public facts only.
//!
//! Quality is left out, because a service that is passed over for it would tell a score that its
//! reviewer has not agreed to publish.

use std::collections::BTreeSet;

use super::asks::{self, Ask};
use crate::evidence::analysis::Specification;
use crate::evidence::market::{LegalId, Market, NeedId, ProviderId, ServiceId};

/// Why a gap is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// No local service is listed as offering all of it.
    Capability,
    /// Some are, but there are not enough places that are free.
    Capacity,
}

/// Something that a service is not listed as offering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// These needs.
    Needs(BTreeSet<NeedId>),
    /// All of these ages.
    Ages,
    /// This gender.
    Gender,
    /// These legal statuses.
    Legal(BTreeSet<LegalId>),
    /// People from the whole area.
    Area,
}

/// The local service that comes closest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Its provider.
    pub provider: ProviderId,
    /// The service.
    pub service: ServiceId,
    /// The one thing it is not listed as offering.
    pub unlisted: Unlisted,
}

/// What local services offer of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalOffer {
    /// Why the gap is there.
    pub kind: GapKind,
    /// Open local services at the level.
    pub services: usize,
    /// Of these, services listed as meeting all its needs.
    pub meeting_needs: usize,
    /// Of these, services listed as offering all of it.
    pub meeting_all: Vec<(ProviderId, ServiceId)>,
    /// The service that lacks one thing; the first by id of those that lack least. Absent where one
    /// offers all of it: that one is closer.
    pub nearest: Option<Nearest>,
}

/// Holds a specification against the open services at its level in its area.
pub(super) fn local(market: &Market, wanted: &Specification) -> LocalOffer {
    let mut offer = LocalOffer {
        kind: GapKind::Capability,
        services: 0,
        meeting_needs: 0,
        meeting_all: Vec::new(),
        nearest: None,
    };
    let asks = asks::of(wanted);
    let (local, other): (Vec<&Ask>, Vec<&Ask>) =
        asks.iter().partition(|ask| matches!(ask, Ask::Level(_) | Ask::Area(_)));
    let mut nearest: Option<(usize, &ServiceId)> = None;
    for provider in market.providers.values() {
        for service in provider.services.iter().filter(|service| service.is_open()) {
            let offered = asks::offered(service);
            if !local.iter().all(|ask| ask.is_met(&market.areas, &offered)) {
                continue;
            }
            offer.services += 1;
            let unmet = other.iter().filter(|ask| !ask.is_met(&market.areas, &offered));
            let unlisted = by_kind(unmet.copied());
            if !unlisted.iter().any(|(_, what)| matches!(what, Unlisted::Needs(_))) {
                offer.meeting_needs += 1;
            }
            match &unlisted[..] {
                [] => offer.meeting_all.push((provider.id.clone(), service.id.clone())),
                [(how_much, what)] if nearest.is_none_or(|n| (*how_much, &service.id) < n) => {
                    nearest = Some((*how_much, &service.id));
                    offer.nearest = Some(Nearest {
                        provider: provider.id.clone(),
                        service: service.id.clone(),
                        unlisted: what.clone(),
                    });
                }
                _ => {}
            }
        }
    }
    if !offer.meeting_all.is_empty() {
        offer.kind = GapKind::Capacity;
        offer.nearest = None;
    }
    offer
}

/// What a service is not listed as offering, kind by kind, each with how many things are missing.
fn by_kind<'a>(unmet: impl Iterator<Item = &'a Ask>) -> Vec<(usize, Unlisted)> {
    let mut found = Vec::new();
    let (mut needs, mut legal) = (BTreeSet::new(), BTreeSet::new());
    for ask in unmet {
        match ask {
            Ask::Need(need) => drop(needs.insert(need.clone())),
            Ask::Legal(status) => drop(legal.insert(status.clone())),
            Ask::Ages(_) => found.push((1, Unlisted::Ages)),
            Ask::Gender(_) => found.push((1, Unlisted::Gender)),
            Ask::Serves(_) => found.push((1, Unlisted::Area)),
            // A service at another level or elsewhere is not a local one.
            Ask::Level(_) | Ask::Area(_) => {}
        }
    }
    if !needs.is_empty() {
        found.push((needs.len(), Unlisted::Needs(needs)));
    }
    if !legal.is_empty() {
        found.push((legal.len(), Unlisted::Legal(legal)));
    }
    found
}
