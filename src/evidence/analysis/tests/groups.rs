//! The groups of the worked examples, and what every range of a group obeys.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::super::groups::{Group, by_home_and_needs};
use super::super::matching::Contention;
use super::super::position::Position;
use super::super::ranges::Ranges;
use super::loader::World;
use super::{SCENARIOS, any_world, totals};
use crate::evidence::analysis::Scenario;
use crate::evidence::market::Market;

fn groups(market: &Market) -> Vec<Group> {
    by_home_and_needs(market, &Ranges::today(market))
}

/// Compares the groups of an example with its answer.
pub(super) fn check(name: &str, market: &Market, expected: &Value) {
    let found: BTreeMap<String, [u32; 7]> = groups(market)
        .into_iter()
        .map(|Group { key, need, placed, gap, contention, published, .. }| {
            let (one, all) = (contention, published);
            (key.to_string(), [need, placed, gap, one.low, one.high, all.low, all.high])
        })
        .collect();
    let answer: BTreeMap<String, [u32; 7]> = expected["groups"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, group)| {
            let of = |value: &Value| value.as_u64().unwrap() as u32;
            let [need, placed, gap] = ["need", "placed", "gap"].map(|key| of(&group[key]));
            let [one, all] = ["contention", "published"].map(|key| &group[key]);
            let ends = [&one[0], &one[1], &all[0], &all[1]].map(of);
            (key.to_lowercase(), [need, placed, gap, ends[0], ends[1], ends[2], ends[3]])
        })
        .collect();
    assert_eq!(found, answer, "{name}");
}

/// The two ranges of every group by its key.
fn ranges_by_key(market: &Market) -> BTreeMap<String, (Contention, Contention)> {
    let pairs = groups(market).into_iter();
    pairs.map(|group| (group.key.to_string(), (group.contention, group.published))).collect()
}

/// The two ranges of every row, by its id.
fn ranges_by_row(market: &Market) -> BTreeMap<String, (Contention, Contention)> {
    let ranges = Ranges::today(market);
    let rows: Vec<Vec<usize>> = (0..market.placements.len()).map(|row| vec![row]).collect();
    let both = ranges.contentions(&rows).into_iter().zip(ranges.published(&rows));
    market.placements.iter().map(|row| row.id.clone()).zip(both).collect()
}

/// A world in which other names stand for the same areas, in another order.
fn relabelled(world: &World) -> World {
    const NAMES: [(&str, &str); 6] =
        [("A", "Z"), ("B", "M"), ("C", "D"), ("ICB1", "ICB9"), ("ICB2", "ICB3"), ("EM", "AA")];
    let rename = |cell: &str| -> String {
        let part = |part: &str| {
            let found = NAMES.iter().find(|(old, _)| *old == part);
            found.map_or(part, |(_, new)| *new).to_owned()
        };
        cell.split('|').map(part).collect::<Vec<String>>().join("|")
    };
    let mut world = world.clone();
    let columns = ["area", "serves", "home"];
    let mut areas = world.areas.clone();
    for row in &mut areas {
        for column in ["id", "parent"] {
            row.insert(column.to_owned(), rename(&row[column]));
        }
    }
    world.areas = areas;
    for row in world.services.iter_mut().chain(&mut world.placements) {
        for column in columns {
            if let Some(cell) = row.get(column).map(|cell| rename(cell)) {
                row.insert(column.to_owned(), cell);
            }
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// I1, I4 and I8: groups add up to the whole, and their ranges hold their gap.
    #[test]
    fn ranges_hold_the_gap_of_each_group(world in any_world()) {
        let market = world.market();
        let groups = groups(&market);
        let total = totals(&market, Scenario::Central);
        let sum = |of: fn(&Group) -> u32| groups.iter().map(of).sum::<u32>();
        prop_assert_eq!(sum(|group| group.need), total.need);
        prop_assert_eq!(sum(|group| group.placed), total.placed);
        prop_assert!(sum(|group| group.contention.low) <= total.residual);
        prop_assert!(sum(|group| group.contention.high) >= total.residual);
        for Group { need, placed, gap, contention, published, .. } in &groups {
            prop_assert_eq!(placed + gap, *need);
            let chain =
                [published.low, contention.low, *gap, contention.high, published.high];
            prop_assert!(chain.is_sorted(), "{:?}", chain);
        }
    }

    /// I3 for ranges.
    #[test]
    fn order_in_the_files_changes_no_range(world in any_world(), turn in 0usize..7) {
        let mut other = world.clone();
        other.services.reverse();
        let rows = other.placements.len();
        other.placements.rotate_left(turn % rows);
        prop_assert_eq!(ranges_by_key(&world.market()), ranges_by_key(&other.market()));
    }

    /// I5 for ranges: one vacancy more raises no bound of any group.
    #[test]
    fn one_vacancy_more_harms_no_group(world in any_world(), which in 0usize..6) {
        let market = world.market();
        let before = Ranges::today(&market);
        let more = Ranges::of(|scenario| {
            let mut position = Position::today(&market, scenario);
            let at = which % position.capacity.len();
            position.capacity[at] += 1;
            position
        });
        let rows: Vec<Vec<usize>> = (0..market.placements.len()).map(|row| vec![row]).collect();
        let pairs = (before.contentions(&rows).into_iter().zip(more.contentions(&rows)))
            .chain(before.published(&rows).into_iter().zip(more.published(&rows)));
        for (one, other) in pairs {
            prop_assert!(other.low <= one.low && other.high <= one.high);
        }
    }

    /// I6: one person more is no more than one person more in the gap.
    #[test]
    fn one_person_more_widens_the_gap_by_at_most_one(world in any_world(), which in 0usize..7) {
        let market = world.market();
        for (_, scenario) in SCENARIOS {
            let mut position = Position::today(&market, scenario);
            let before = gap(&position);
            let at = which % position.need.len();
            position.need[at] += 1;
            let rise = gap(&position) - before;
            prop_assert!(rise <= 1);
        }
    }

    /// I7: no rule that is relaxed widens a gap.
    #[test]
    fn a_rule_less_widens_no_gap(world in any_world()) {
        let mut market = world.market();
        let gaps = |market: &Market| {
            SCENARIOS.map(|(_, scenario)| gap(&Position::today(market, scenario)))
        };
        for (_, scenario) in SCENARIOS {
            let position = Position::today(&market, scenario);
            for filter in super::super::compatibility::Filter::ALL {
                prop_assert!(gap(&position.without(filter)) <= gap(&position), "{:?}", filter);
            }
        }
        let mut before = gaps(&market);
        let mut relax = |market: &Market| {
            let after = gaps(market);
            let is_wider = after.iter().zip(before).any(|(after, before)| *after > before);
            before = after;
            !is_wider
        };
        market.parameters.quality_floor -= 1;
        prop_assert!(relax(&market), "floor");
        market.parameters.max_step += 1;
        prop_assert!(relax(&market), "step");
        market.parameters.unknown_vacancy_hi += 1;
        prop_assert!(relax(&market), "unknown vacancies");
        for level in market.vocabulary.levels.values_mut() {
            level.max_km = Some(60);
        }
        let with_limit = gaps(&market);
        prop_assert!(with_limit.iter().zip(before).all(|(near, far)| *near >= far), "distance");
    }

    /// I10 for areas: other names for them, in another order, change nothing.
    #[test]
    fn names_of_areas_change_nothing(world in any_world()) {
        let other = relabelled(&world).market();
        prop_assert_eq!(ranges_by_row(&world.market()), ranges_by_row(&other));
    }

    /// I11: twice the people and twice the places, twice the answer.
    #[test]
    fn everything_twice_is_twice_the_answer(world in any_world()) {
        let mut twice = world.clone();
        for row in &world.placements {
            let mut copy = row.clone();
            copy.insert("id".to_owned(), format!("{}b", row["id"]));
            twice.placements.push(copy);
        }
        let (one, two) = (world.market(), twice.market());
        let rows = one.placements.len();
        let ranges = Ranges::today(&one);
        let doubled = Ranges::of(|scenario| {
            let mut position = Position::today(&two, scenario);
            position.capacity.iter_mut().for_each(|places| *places *= 2);
            position
        });
        let double = |range: Contention| Contention { low: range.low * 2, high: range.high * 2 };
        for row in 0..rows {
            let pair = [vec![row, row + rows]];
            for (one, two) in [
                (ranges.contentions(&[vec![row]]), doubled.contentions(&pair)),
                (ranges.published(&[vec![row]]), doubled.published(&pair)),
            ] {
                prop_assert_eq!(double(one[0]), two[0]);
            }
            prop_assert_eq!(ranges.central.gap(&[row]) * 2, doubled.central.gap(&pair[0]));
        }
    }
}

/// People without a place.
fn gap(position: &Position) -> u32 {
    let placed = super::super::matching::Instance::new(position).place();
    position.need.iter().sum::<u32>() - placed.iter().sum::<u32>()
}
