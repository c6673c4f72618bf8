//! Changes of services that are announced: free places that no record tells yet.

use std::collections::BTreeMap;

use jiff::ToSpan;

use crate::evidence::market::{
    AreaId, Certainty, LevelId, Market, NeedId, Point, ServiceId, Subject,
};

/// Places that open or close soon, as everybody has been told. No number of people is in it.
#[derive(Default)]
pub(super) struct Announced {
    /// Places that open in a service, less those that close.
    pub(super) net_places: BTreeMap<ServiceId, i64>,
    /// Services that are not there yet.
    pub(super) planned: Vec<Planned>,
}

/// A service that is not there yet.
pub(super) struct Planned {
    pub(super) id: ServiceId,
    pub(super) level: Option<LevelId>,
    pub(super) area: Option<AreaId>,
    pub(super) serves: Vec<AreaId>,
    pub(super) geo: Option<Point>,
    pub(super) needs: Vec<NeedId>,
}

impl Announced {
    /// Changes that are public and sure, and in force before whoever waits has waited too long.
    pub(super) fn of(market: &Market) -> Announced {
        let waits = i64::from(market.parameters.wait_days).days();
        let last = market.settings.edition.as_at.saturating_add(waits);
        let mut announced = Announced::default();
        for change in &market.changes {
            let is_sure = change.public && change.certainty == Certainty::Confirmed;
            if !is_sure || change.in_record || change.date > last {
                continue;
            }
            let id = match &change.subject {
                Subject::Service(id) => id.clone(),
                Subject::New(service) => {
                    announced.planned.push(Planned {
                        id: service.id.clone(),
                        level: service.level.clone(),
                        area: service.area.clone(),
                        serves: service.serves.clone(),
                        geo: service.geo,
                        needs: service.needs.iter().flatten().cloned().collect(),
                    });
                    service.id.clone()
                }
            };
            *announced.net_places.entry(id).or_default() += i64::from(change.delta_places);
        }
        announced
    }
}
