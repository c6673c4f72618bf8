//! How people move and what is known of them: flows, reviews, returns, lists (gap-analysis §8).
//!
//! Everything here counts people, exactly, and none of it is published. Start reading at
//! [`measure`].

pub(in crate::evidence) mod binomial;
pub(in crate::evidence) mod change;
pub(in crate::evidence) mod flows;
pub(in crate::evidence) mod over_capacity;
pub(in crate::evidence) mod reconcile;
pub(in crate::evidence) mod returns;
pub(in crate::evidence) mod review;

use super::formula::Traced;
use crate::evidence::market::{AreaId, Market, ServiceId};
use change::Followed;
use flows::{Flow, ImportRate};
use over_capacity::OverCapacity;
use reconcile::Reconciliation;
use returns::{PathwayLine, ReturnLine};
use review::Reviews;

/// Every figure about movement.
#[derive(Clone)]
pub(in crate::evidence) struct Moves {
    /// Imports and exports: the whole site, then each area.
    pub(in crate::evidence) flows: Vec<(Option<AreaId>, Traced<Flow>)>,
    /// Share of residents from elsewhere, by service.
    pub(in crate::evidence) import_rates: Vec<(ServiceId, Traced<ImportRate>)>,
    /// Places beyond what local need could fill, where there are any.
    pub(in crate::evidence) over_capacity: Vec<Traced<OverCapacity>>,
    /// Reviews: the whole site, then each area of home.
    pub(in crate::evidence) reviews: Vec<(Option<AreaId>, Traced<Reviews>)>,
    /// People who came back, by cohort and year.
    pub(in crate::evidence) returns: Vec<Traced<ReturnLine>>,
    /// Stages of the pathway, by cohort and year.
    pub(in crate::evidence) pathway: Vec<Traced<PathwayLine>>,
    /// Providers' lists against the placements, by service.
    pub(in crate::evidence) lists: Vec<(ServiceId, Traced<Reconciliation>)>,
    /// What was measured of every outcome, in the order of the file.
    pub(in crate::evidence) outcomes: Vec<Traced<Followed>>,
}

/// Computes every figure about movement.
pub(in crate::evidence::analysis) fn measure(market: &Market) -> Moves {
    Moves {
        flows: flows::by_area(market),
        import_rates: flows::import_rates(market),
        over_capacity: over_capacity::find(market),
        reviews: review::by_area(market),
        returns: returns::returns(market),
        pathway: returns::pathway(market),
        lists: reconcile::by_service(market),
        outcomes: change::followed(market),
    }
}

/// The whole site and every area above and including one: the groups that something there counts
/// in.
fn groups(market: &Market, area: Option<&AreaId>) -> Vec<Option<AreaId>> {
    let lineage = area.into_iter().flat_map(|area| market.areas.lineage(area));
    std::iter::once(None).chain(lineage.map(|area| Some(area.id.clone()))).collect()
}

/// The whole site, then every area in order of its id.
fn frame(market: &Market) -> impl Iterator<Item = Option<AreaId>> {
    std::iter::once(None).chain(market.areas.iter().map(|area| Some(area.id.clone())))
}
