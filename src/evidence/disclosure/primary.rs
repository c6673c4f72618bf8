//! Primary protection: each count on its own, withheld if small, else rounded.

use std::collections::BTreeMap;

use super::figure::{Figure, Published};
use super::openings::Openings;
use super::policy::Policy;
use crate::evidence::analysis::{CellKey, Count, Counts, Measure};

/// A withheld number of people who could be taken has so many possible values, or nought as well.
const FEWEST_MATCHES: u32 = 4;

/// Decides every cell that is counted.
pub(super) fn figures(
    policy: &Policy,
    counts: &Counts,
    openings: &Openings,
) -> BTreeMap<CellKey, Published> {
    counts
        .iter()
        .map(|(key, count)| {
            let figure = match key.measure {
                Measure::Matched => matched(policy, count.known, openings.at_most(key)),
                measure => decide(policy, measure, count),
            };
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

/// Withholds all residents, as an edition does: that one and the next tell nothing of a few
/// residents who came or went is not proved.
pub(super) fn hide_residents(figures: &mut BTreeMap<CellKey, Published>) {
    for (key, figure) in figures.iter_mut() {
        let is_of_residents =
            matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers);
        if is_of_residents && figure.figure().value().is_some() {
            *figure = Published::new(key.clone(), Figure::Suppressed, false);
        }
    }
}

/// A range is told only where the need and the gap of its group are. Returns the ends that are
/// withheld for it.
///
/// A gap lies within its range, and the range within the need. Where both are told, rounded alike,
/// their own figures already say as much. Where one is withheld an end would narrow it, and an end
/// that is left out would do the same, as readers know the rule: so whether ends are told follows
/// from figures that are told, never from the ends.
pub(super) fn hide_ranges(figures: &mut BTreeMap<CellKey, Published>) -> Vec<CellKey> {
    let is_told = |key: &CellKey, measure| {
        let figure = figures.get(&CellKey { measure, ..key.clone() });
        figure.is_some_and(|figure| figure.figure().value().is_some())
    };
    let ends: Vec<CellKey> = figures
        .keys()
        .filter(|key| matches!(key.measure, Measure::GapLow | Measure::GapHigh))
        .filter(|key| !(is_told(key, Measure::Need) && is_told(key, Measure::Gap)))
        .cloned()
        .collect();
    for end in &ends {
        figures.insert(end.clone(), Published::new(end.clone(), Figure::Suppressed, false));
    }
    ends
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
        Measure::OccupiedLocally | Measure::OccupiedByOthers => match are_shared(policy, count) {
            true => people(policy, count.known),
            false => of_services(count, Figure::Suppressed),
        },
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

/// Whether a count of residents tells little of those of any one provider.
///
/// Enough providers must have some, as one without any adds nothing to hide behind. And no second
/// provider, who knows its own, may come too near the largest by taking its own off the sum: the
/// others must be at least a share of the largest (the p% rule).
fn are_shared(policy: &Policy, count: &Count) -> bool {
    let mut residents: Vec<u32> =
        count.providers.values().copied().filter(|people| *people > 0).collect();
    residents.sort_unstable_by(|a, b| b.cmp(a));
    let largest = u64::from(residents.first().copied().unwrap_or(0));
    let others: u64 = residents.iter().skip(2).map(|people| u64::from(*people)).sum();
    residents.len() >= policy.fewest_providers
        && others * 100 >= largest * u64::from(policy.least_others_percent)
}

/// A number of people who could be taken, of whom there are at most so many.
///
/// Where noughts are shown, a withheld number is one or more. With so few free places that fewer
/// than [`FEWEST_MATCHES`] numbers are then left, nought is withheld as well: that somebody was
/// taken is no public fact, only that somebody can be.
fn matched(policy: &Policy, count: u32, at_most: u32) -> Figure {
    match count < policy.threshold && is_telling(at_most) {
        true => Figure::Suppressed,
        false => people(policy, count),
    }
}

/// Whether "one or more" of so many people at most leaves too few numbers.
pub(super) fn is_telling(at_most: u32) -> bool {
    (1..FEWEST_MATCHES).contains(&at_most)
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
    match policy.rounding_base {
        _ if !policy.shows(count) => Figure::Suppressed,
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
    use crate::evidence::market::{ProfileName, ProviderId};

    fn check(profile: ProfileName, count: u32, expect: Figure) {
        assert_eq!(people(&Policy::of(profile), count), expect, "{profile:?} {count}");
    }

    #[test]
    fn residents_are_counted_only_where_they_hide_each_provider() {
        let policy = Policy::of(ProfileName::NhsMhsds);
        let check = |residents: &[u32], expect| {
            let providers = residents.iter().enumerate();
            let count = Count {
                known: residents.iter().sum(),
                unstated: 0,
                providers: providers
                    .map(|(at, people)| (ProviderId::parse(&format!("p{at}")).unwrap(), *people))
                    .collect(),
            };
            let figure = decide(&policy, Measure::OccupiedLocally, &count);
            assert_eq!(figure, expect, "{residents:?}");
        };
        check(&[10, 10, 10], Figure::Rounded(30));
        check(&[10, 10, 0], Figure::Suppressed);
        check(&[29, 0, 0], Figure::Suppressed);
        check(&[28, 1, 1], Figure::Suppressed);
        check(&[20, 8, 2], Figure::Rounded(30));
        check(&[21, 7, 2], Figure::Suppressed);
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
