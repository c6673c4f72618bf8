//! Primary protection: each count on its own, withheld if small, else rounded.

use std::collections::BTreeMap;

use super::figure::{Figure, Published};
use super::policy::Policy;
use crate::evidence::analysis::{CellKey, Count, Counts, Measure};

/// Decides every cell that is counted.
pub(super) fn figures(policy: &Policy, counts: &Counts) -> BTreeMap<CellKey, Published> {
    counts
        .iter()
        .map(|(key, count)| {
            let figure = decide(policy, key.measure, count);
            let at_least = count.unstated > 0 && figure.value().is_some();
            (key.clone(), Published::new(key.clone(), figure, at_least))
        })
        .collect()
}

/// Adds occupancy, which is worked out from published figures.
pub(super) fn add_occupancy(counts: &Counts, figures: &mut BTreeMap<CellKey, Published>) {
    let places: Vec<CellKey> =
        figures.keys().filter(|key| key.measure == Measure::Places).cloned().collect();
    for key in places {
        let occupancy = CellKey { measure: Measure::Occupancy, ..key.clone() };
        let figure = occupancy_of(figures, counts, &key);
        figures.insert(occupancy.clone(), Published::new(occupancy, figure, false));
    }
}

/// A range is told only where the gap that lies within it is.
pub(super) fn hide_ranges(figures: &mut BTreeMap<CellKey, Published>) {
    let ends: Vec<CellKey> = figures
        .keys()
        .filter(|key| matches!(key.measure, Measure::GapLow | Measure::GapHigh))
        .cloned()
        .collect();
    for end in ends {
        let gap = CellKey { measure: Measure::Gap, ..end.clone() };
        if figures.get(&gap).is_none_or(|gap| gap.figure().value().is_none()) {
            figures.insert(end.clone(), Published::new(end, Figure::Suppressed, false));
        }
    }
}

/// Without any list of people placed away nothing is withheld: nobody has counted. Whether there is
/// a list does not depend on what is in it, so this tells nothing about people.
pub(super) fn tell_uncollected(figures: &mut BTreeMap<CellKey, Published>) {
    for (key, figure) in figures.iter_mut() {
        let of_people = matches!(
            key.measure,
            Measure::Away
                | Measure::AwayAppropriately
                | Measure::Need
                | Measure::Matched
                | Measure::Gap
                | Measure::GapLow
                | Measure::GapHigh
        );
        if of_people {
            *figure = Published::new(key.clone(), Figure::NotCollected, false);
        }
    }
}

fn decide(policy: &Policy, measure: Measure, count: &Count) -> Figure {
    match measure {
        Measure::Services | Measure::Providers => Figure::Shown(count.known),
        // Free places are counted as far as each provider lets them be told (see `counts`).
        Measure::RegisteredBeds | Measure::Places | Measure::VacantPlaces => {
            of_services(count, Figure::Shown(count.known))
        }
        Measure::OccupiedLocally | Measure::OccupiedByOthers => {
            match count.providers.len() < policy.fewest_providers {
                true => of_services(count, Figure::Suppressed),
                false => people(policy, count.known),
            }
        }
        Measure::Away
        | Measure::AwayAppropriately
        | Measure::Need
        | Measure::Matched
        | Measure::Gap
        | Measure::GapLow
        | Measure::GapHigh => people(policy, count.known),
        Measure::Occupancy => Figure::NotApplicable,
    }
}

/// A count over services, which says something only where there are services that state it.
fn of_services(count: &Count, figure: Figure) -> Figure {
    match (count.providers.is_empty(), count.unstated) {
        (false, _) => figure,
        (true, 0) => Figure::NotApplicable,
        (true, _) => Figure::NotCollected,
    }
}

/// A count of people: withheld below the threshold, else to the nearest multiple of the base.
pub(super) fn people(policy: &Policy, count: u32) -> Figure {
    let hidden = match count {
        0 => !policy.zero_shown,
        count => count < policy.threshold,
    };
    match policy.rounding_base {
        _ if hidden => Figure::Suppressed,
        1 => Figure::Shown(count),
        base => Figure::Rounded((count + base / 2) / base * base),
    }
}

/// Occupancy is worked out from published figures only, so it tells nothing that they do not.
fn occupancy_of(
    figures: &BTreeMap<CellKey, Published>,
    counts: &Counts,
    places: &CellKey,
) -> Figure {
    let of = |measure| CellKey { measure, ..places.clone() };
    let value = |measure| figures.get(&of(measure)).and_then(|figure| figure.figure().value());
    let complete = [Measure::Places, Measure::OccupiedLocally, Measure::OccupiedByOthers]
        .into_iter()
        .all(|measure| counts.get(&of(measure)).is_some_and(|count| count.unstated == 0));
    let people = value(Measure::OccupiedLocally)
        .zip(value(Measure::OccupiedByOthers))
        .map(|(local, other)| local + other);
    match (value(Measure::Places), people) {
        (None | Some(0), _) => Figure::NotApplicable,
        (Some(_), _) if !complete => Figure::NotCollected,
        (Some(places), Some(people)) => Figure::Rounded(percent(people, places)),
        (Some(_), None) => Figure::Suppressed,
    }
}

/// Whole per cent, rounded half up, at most 100.
fn percent(part: u32, whole: u32) -> u32 {
    let (part, whole) = (u64::from(part), u64::from(whole));
    ((part * 200 + whole) / (whole * 2)).min(100) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::market::ProfileName;

    fn check(profile: ProfileName, count: u32, expect: Figure) {
        assert_eq!(people(&Policy::of(profile), count), expect, "{profile:?} {count}");
    }

    #[test]
    fn counts_of_people_follow_the_profile_at_its_edges() {
        use Figure::{Rounded, Shown, Suppressed};
        check(ProfileName::NhsMhsds, 0, Suppressed);
        check(ProfileName::NhsMhsds, 1, Suppressed);
        check(ProfileName::NhsMhsds, 4, Suppressed);
        check(ProfileName::NhsMhsds, 5, Rounded(5));
        check(ProfileName::NhsMhsds, 7, Rounded(5));
        check(ProfileName::NhsMhsds, 8, Rounded(10));
        check(ProfileName::NhsSecondaryCare, 0, Rounded(0));
        check(ProfileName::NhsSecondaryCare, 7, Suppressed);
        check(ProfileName::NhsSecondaryCare, 8, Rounded(10));
        check(ProfileName::Ons3, 0, Shown(0));
        check(ProfileName::Ons3, 2, Suppressed);
        check(ProfileName::Ons3, 3, Shown(3));
        check(ProfileName::Ten, 9, Suppressed);
        check(ProfileName::Ten, 10, Shown(10));
    }
}
