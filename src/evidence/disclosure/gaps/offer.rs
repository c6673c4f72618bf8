//! What local services are listed as offering of what a gap asks for: public facts only.
//!
//! Quality is left out, because a service that is passed over for it would tell a score that its
//! reviewer has not agreed to publish.

use std::collections::BTreeSet;

use crate::evidence::analysis::Specification;
use crate::evidence::market::{
    GenderTaken, LegalId, Market, NeedId, ProviderId, Service, ServiceId,
};

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
    let mut nearest: Option<(usize, &ServiceId)> = None;
    for provider in market.providers.values() {
        for service in provider.services.iter().filter(|service| is_local(market, wanted, service))
        {
            offer.services += 1;
            let unlisted = unlisted(market, wanted, service);
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

fn is_local(market: &Market, wanted: &Specification, service: &Service) -> bool {
    service.is_open()
        && service.level.as_ref() == Some(&wanted.level)
        && service.area.as_ref().is_some_and(|at| market.areas.is_within(at, &wanted.area))
}

/// What a service is not listed as offering, each with how many things are missing. What it does
/// not state, it is not listed as offering (gap-analysis §15.2).
fn unlisted(market: &Market, wanted: &Specification, service: &Service) -> Vec<(usize, Unlisted)> {
    let mut found = Vec::new();
    let met = service.needs.clone().unwrap_or_default();
    let needs: BTreeSet<NeedId> = wanted.needs.difference(&met).cloned().collect();
    if !needs.is_empty() {
        found.push((needs.len(), Unlisted::Needs(needs)));
    }
    if !service.age.is_some_and(|ages| ages.contains(wanted.ages)) {
        found.push((1, Unlisted::Ages));
    }
    let takes = |taken| taken == GenderTaken::Any || taken == wanted.gender;
    if !service.gender.is_some_and(takes) {
        found.push((1, Unlisted::Gender));
    }
    let taken = service.legal.clone().unwrap_or_default();
    let legal: BTreeSet<LegalId> = wanted.legal.difference(&taken).cloned().collect();
    if !legal.is_empty() {
        found.push((legal.len(), Unlisted::Legal(legal)));
    }
    let serves = |area| market.areas.is_within(&wanted.area, area);
    if !service.serves.is_empty() && !service.serves.iter().any(serves) {
        found.push((1, Unlisted::Area));
    }
    found
}
