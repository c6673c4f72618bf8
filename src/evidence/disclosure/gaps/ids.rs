//! Ids of listed gaps, which are also the last parts of their addresses.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::{Listing, Specification};
use crate::evidence::market::{GenderTaken, Market, slugify};

/// The id of each listed gap: the slug of its specification and a number (gap-analysis §15.8).
///
/// Listings of one specification share an id, as they are told together. Two specifications may
/// have one slug, as their parts are joined; the second then takes the next number that is free.
pub(super) fn of(market: &Market, listing: &Listing) -> Vec<String> {
    let wanted: BTreeSet<&Specification> =
        listing.gaps.iter().map(|gap| &gap.specification).collect();
    let mut taken = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for wanted in wanted {
        let slug = slug(market, wanted);
        let mut number = 1;
        while !taken.insert(format!("{slug}-{number}")) {
            number += 1;
        }
        ids.insert(wanted, format!("{slug}-{number}"));
    }
    listing.gaps.iter().map(|gap| ids[&gap.specification].clone()).collect()
}

fn slug(market: &Market, wanted: &Specification) -> String {
    let legal = match wanted.legal.len() {
        all if all == market.vocabulary.legal.len() => "any-status".to_owned(),
        _ => wanted.legal.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"),
    };
    let gender = match wanted.gender {
        GenderTaken::Any => "any-gender",
        GenderTaken::Female => "female",
        GenderTaken::Male => "male",
    };
    let mut parts = vec![wanted.level.to_string()];
    parts.extend(wanted.needs.iter().map(ToString::to_string));
    parts.push(gender.to_owned());
    parts.push(format!("{}-{}", wanted.ages.min, wanted.ages.max));
    parts.push(legal);
    parts.push(wanted.area.to_string());
    slugify(&parts.join("-"))
}
