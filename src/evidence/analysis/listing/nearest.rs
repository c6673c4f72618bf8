//! The existing service that comes closest to a listed gap.

use super::super::changes::Audience;
use super::super::compatibility::{Filter, quality_fits};
use super::super::scenario::Scenario;
use super::{Nearest, Specification};
use crate::evidence::market::{AreaId, GenderTaken, Market, Service};

/// The open service at the level and in the area of a specification that fails exactly one filter.
///
/// A service that is closed is not named, even if places are to open in it: nobody can ask it
/// today.
/// Of several, the one that lacks the fewest needs or statuses, then the first by id. Blanks are
/// read as in the central scenario: what a service does not state, it is not listed as offering.
pub(super) fn find(market: &Market, specification: &Specification) -> Option<Nearest> {
    let scope = market.vocabulary.levels.get(&specification.level)?.scope;
    let is_here = |area: &AreaId| {
        market.areas.ancestor(area, scope).is_some_and(|area| area.id == specification.area)
    };
    market
        .providers
        .values()
        .flat_map(|provider| &provider.services)
        .filter(|service| service.is_open() && service.level.as_ref() == Some(&specification.level))
        .filter(|service| service.area.as_ref().is_some_and(is_here))
        .filter_map(|service| {
            let [(lacks, how_much)] = lacking(market, specification, service)[..] else {
                return None;
            };
            Some((how_much, &service.id, lacks, service))
        })
        .min_by_key(|(how_much, id, _, _)| (*how_much, *id))
        .map(|(_, id, lacks, service)| Nearest {
            service: id.clone(),
            lacks,
            missing_needs: match (&service.needs, lacks) {
                (Some(met), Filter::Needs) => {
                    specification.needs.difference(met).cloned().collect()
                }
                (None, Filter::Needs) => specification.needs.clone(),
                _ => Default::default(),
            },
        })
}

/// The filters that a service fails, each with how many things it lacks there.
fn lacking(
    market: &Market,
    specification: &Specification,
    service: &Service,
) -> Vec<(Filter, usize)> {
    let serves = service.serves.is_empty()
        || service.serves.iter().any(|area| market.areas.is_within(&specification.area, area));
    let (needs, legal) = (&specification.needs, &specification.legal);
    let unmet = service.needs.as_ref().map_or(needs.len(), |met| needs.difference(met).count());
    let untaken =
        service.legal.as_ref().map_or(legal.len(), |taken| legal.difference(taken).count());
    let ages = service.age.is_some_and(|taken| taken.contains(specification.ages));
    let gender = service
        .gender
        .is_some_and(|taken| taken == GenderTaken::Any || taken == specification.gender);
    let quality = quality_fits(market, (Scenario::Central, Audience::Commissioner), service);
    [
        (Filter::Scope, usize::from(!serves)),
        (Filter::Needs, unmet),
        (Filter::Age, usize::from(!ages)),
        (Filter::Gender, usize::from(!gender)),
        (Filter::Legal, untaken),
        (Filter::Quality, usize::from(!quality)),
    ]
    .into_iter()
    .filter(|(_, how_much)| *how_much > 0)
    .collect()
}
