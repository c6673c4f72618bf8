//! An attacker who has two editions of a small site and tries every world that fits each.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::tests::Files;
use super::*;
use crate::evidence::analysis::Measure;
use crate::evidence::market::{AreaId, ProfileName};

#[track_caller]
fn check(profile: ProfileName, old: Figure, new: Figure, expect: bool) {
    let policy = Policy::of(profile);
    let [old, new] = [old, new].map(|figure| ends(&policy, figure).unwrap());
    assert_eq!(is_narrow(old, new, policy.threshold), expect, "{profile:?} {old:?} {new:?}");
}

#[test]
fn an_exact_figure_that_changes_by_a_few_people_tells_of_them() {
    use Figure::{Rounded, Shown, Suppressed};
    let ten = ProfileName::Ten;
    check(ten, Shown(30), Shown(31), true);
    check(ten, Shown(30), Shown(21), true);
    check(ten, Shown(30), Shown(30), false);
    check(ten, Shown(30), Shown(40), false);
    check(ten, Suppressed, Shown(30), false);
    check(ProfileName::Ons3, Shown(30), Shown(32), true);
    check(ProfileName::Ons3, Shown(30), Shown(33), false);
    check(ProfileName::NhsMhsds, Rounded(30), Rounded(30), false);
    check(ProfileName::NhsMhsds, Rounded(30), Rounded(35), false);
    check(ProfileName::NhsMhsds, Rounded(5), Rounded(5), false);
}

/// The attacker thinks of no greater number of one part of one place.
const MOST: i64 = 20;

const MEASURES: [Measure; 5] =
    [Measure::AwayAppropriately, Measure::Matched, Measure::Need, Measure::Gap, Measure::Away];

const PLACES: [&str; 2] = ["dale", "hill"];

/// The figures of one group: away for a reason, matched and in the gap, as [`MEASURES`].
fn group([reason, matched, gap]: [i64; 3]) -> [i64; 5] {
    [reason, matched, matched + gap, gap, reason + matched + gap]
}

fn key(measure: Measure, place: Option<&str>) -> CellKey {
    let area = place.and_then(AreaId::parse);
    CellKey { area, ..CellKey::whole(measure) }
}

/// Whether a group could have been told as it was.
fn fits(lock: &Lock, place: Option<&str>, counts: [i64; 5]) -> bool {
    MEASURES.into_iter().zip(counts).all(|(measure, count)| {
        let figure = lock.figures[&key(measure, place)].figure();
        ends(&lock.policy, figure).is_none_or(|(low, high)| (low..=high).contains(&count))
    })
}

/// Every number that each figure of a place, or of both, can be in some world that fits an edition.
/// No more people are matched than places are free, as everybody can read.
fn possible(lock: &Lock, free: i64) -> BTreeMap<(Option<&'static str>, usize), BTreeSet<i64>> {
    let worlds = PLACES.map(|place| {
        let parts = (0..=MOST).flat_map(|reason| {
            (0..=free).flat_map(move |matched| (0..=MOST).map(move |gap| [reason, matched, gap]))
        });
        parts.filter(|parts| fits(lock, Some(place), group(*parts))).collect::<Vec<_>>()
    });
    let mut found: BTreeMap<_, BTreeSet<i64>> = BTreeMap::new();
    for dale in &worlds[0] {
        for hill in &worlds[1] {
            let both = [0, 1, 2].map(|at| dale[at] + hill[at]);
            if both[1] > free || !fits(lock, None, group(both)) {
                continue;
            }
            for (place, parts) in [(Some(PLACES[0]), *dale), (Some(PLACES[1]), *hill), (None, both)]
            {
                for (at, count) in group(parts).into_iter().enumerate() {
                    found.entry((place, at)).or_default().insert(count);
                }
            }
        }
    }
    found
}

/// A site of two places and one level: away for a reason and in need, of each place.
fn site(files: Files, [dale_reason, dale, hill_reason, hill]: [u32; 4], free: i64) -> Files {
    let mut table =
        "id,home,level,needs,age,gender,legal,people,ready,placed_since,reason\n".to_owned();
    let rows = [
        ("dale", dale_reason, "choice"),
        ("dale", dale, "no-local-place"),
        ("hill", hill_reason, "choice"),
        ("hill", hill, "no-local-place"),
    ];
    for (at, (home, people, reason)) in rows.into_iter().enumerate().filter(|(_, row)| row.1 > 0) {
        let row = "autism,18-64,female,informal";
        table.push_str(&format!("P-{at},{home},low,{row},{people},no,2024-01-01,{reason}\n"));
    }
    files.with("data/placements/rows.csv", &table).with_free_places(free).with_one_level()
}

/// What the attacker makes of two editions; nothing if the second was refused.
fn attack(profile: &str, first: [u32; 4], second: [u32; 4], free: i64) -> Result<(), String> {
    let old = site(Files::new(profile), first, free);
    // What cannot be told at all is not told in a first edition either.
    let Ok((path, text)) = old.frozen() else { return Ok(()) };
    let old = old.with(&path, &text);
    let new = site(old.on("2026-04-05"), second, free);
    let Ok((path, text)) = new.frozen() else { return Ok(()) };
    let locks = new.with(&path, &text).locks();
    let [old, new] = [&locks[0], &locks[1]].map(|lock| possible(lock, free));
    let small = i64::from(locks[1].policy.threshold) - 1;
    for (at, new) in &new {
        let old = &old[at];
        let change: BTreeSet<i64> =
            new.iter().flat_map(|n| old.iter().map(move |o| n - o)).collect();
        let tells = change.iter().any(|change| *change != 0 && change.abs() <= small);
        // With so few places free, how many could be taken is all but public.
        let is_public = at.1 == 1 && free + 1 < FEWEST_VALUES;
        if tells && !is_public && change.len() < FEWEST_VALUES as usize {
            return Err(format!("{at:?}: {old:?} then {new:?}"));
        }
    }
    Ok(())
}

#[test]
fn one_person_who_comes_or_goes_is_not_seen() {
    for profile in ["ons-3", "ten", "nhs-mhsds", "nhs-secondary-care"] {
        for second in [[0, 13, 0, 12], [0, 12, 0, 13], [0, 11, 0, 12], [1, 12, 0, 12]] {
            attack(profile, [0, 12, 0, 12], second, 0).unwrap_or_else(|e| panic!("{profile} {e}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// One to three records differ between two editions.
    #[test]
    fn a_few_people_who_come_or_go_are_not_seen(
        profile in prop::sample::select(vec!["ons-3", "ten", "nhs-mhsds", "nhs-secondary-care"]),
        first in prop::array::uniform4(0u32..14),
        changes in prop::collection::vec((0usize..4, -2i32..=2), 1..=3),
        free in 0i64..5,
    ) {
        let mut second = first;
        for (at, by) in changes {
            second[at] = second[at].saturating_add_signed(by);
        }
        let told = attack(profile, first, second, free);
        prop_assert!(told.is_ok(), "{profile} {first:?} {second:?} {free}: {told:?}");
    }
}
