//! The locations of each registered provider, brought together.

use std::collections::BTreeMap;

use super::location::{Location, Provider};
use crate::import::report::{Entry, Report};

/// The wanted locations of one registered provider.
pub(super) struct Group<'a> {
    pub(super) provider: Provider,
    /// In the order of the file; never empty.
    pub(super) locations: Vec<&'a Location>,
}

/// Groups locations by provider; one without a provider id stands alone.
pub(super) fn group<'a>(
    locations: &'a [Location],
    report: &mut Report,
) -> BTreeMap<String, Group<'a>> {
    let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
    for location in locations {
        // A space keeps these keys apart from provider ids that begin with a number.
        let key = location.provider.id.clone().unwrap_or_else(|| format!(" {}", location.id));
        let group = groups.entry(key).or_insert_with(|| Group {
            provider: location.provider.clone(),
            locations: Vec::new(),
        });
        complete(&mut group.provider, location, report);
        group.locations.push(location);
    }
    for group in groups.values().filter(|group| group.provider.name.is_none()) {
        let id = group.provider.id.as_deref().unwrap_or_default();
        report.add(Entry::new(group.locations[0].line, "", "provider-name-missing", id, ""));
    }
    groups
}

/// Fills gaps of a provider from another of its rows; where two rows differ the first one counts.
fn complete(provider: &mut Provider, location: &Location, report: &mut Report) {
    let other = &location.provider;
    let fields = [
        ("name", &mut provider.name, &other.name),
        ("company", &mut provider.company, &other.company),
        ("charity", &mut provider.charity, &other.charity),
        ("phone", &mut provider.phone, &other.phone),
        ("website", &mut provider.website, &other.website),
    ];
    for (name, kept, found) in fields {
        match (kept.as_deref(), found.as_deref()) {
            (Some(kept), Some(found)) if kept != found => {
                report.add(Entry::new(location.line, name, "provider-differs", found, kept));
            }
            (None, Some(found)) => *kept = Some(found.to_owned()),
            _ => {}
        }
    }
    provider.sector = provider.sector.or(other.sector);
}
