//! The lines share out everybody, and no line taken off a total leaves a small number bare.

use proptest::prelude::*;

use super::super::primary;
use super::lines::{Group, share_out};
use super::remainder::{FEWEST_VALUES, Part, Reach, Total, settle, too_telling, values_left};
use super::*;
use crate::evidence::market::{Area, AreaTree, Ladder, LadderId, ProfileName};

fn area(id: &str) -> AreaId {
    AreaId::parse(id).unwrap()
}

fn level(id: &str) -> LevelId {
    LevelId::parse(id).unwrap()
}

fn needs(ids: &str) -> BTreeSet<NeedId> {
    ids.split_whitespace().map(|id| NeedId::parse(id).unwrap()).collect()
}

/// People from `home` in the integrated care board `mere`.
fn group(home: &str, at: &str, wanted: &str, people: u32) -> Group {
    Group {
        home: area(home),
        icb: Some(area("mere")),
        places: 2,
        level: level(at),
        needs: needs(wanted),
        people,
    }
}

fn candidate(id: &str, takes: &[(usize, u32)]) -> Candidate {
    Candidate {
        id: id.to_owned(),
        area: area("mere"),
        level: level("rehab"),
        sizes: Sizes::from(6),
        takes: takes.into(),
    }
}

fn sizes(lines: &lines::Lines) -> Vec<(String, u32)> {
    let name = |key: &Key| match key {
        Key::Listed(id) => id.clone(),
        Key::Alike(home, _, needs) => format!("alike {home} {needs:?}"),
        Key::OneNeed(area, _, need) => format!("one need {area} {need}"),
        Key::Rest(icb, level) => format!("rest {icb} {level}"),
    };
    lines.lines.iter().map(|(key, line)| (name(key), line.people)).collect()
}

#[test]
fn who_is_in_no_listed_gap_is_joined_step_by_step() {
    let groups = [
        group("bridge", "rehab", "autism", 9),
        group("hill", "rehab", "autism", 7),
        group("hill", "rehab", "autism psychosis", 2),
        group("hill", "rehab", "psychosis", 4),
        group("bridge", "rehab", "psychosis trauma", 3),
        group("bridge", "rehab", "", 3),
        group("hill", "rehab", "deaf", 3),
        group("hill", "ward", "deaf", 5),
    ];
    let listed = [candidate("gap-1", &[(0, 8), (4, 1)])];
    let lines = share_out(&groups, &listed, 6, &BTreeSet::new());
    let expect = [
        ("gap-1", 9),
        ("alike hill {autism}", 7),
        ("one need hill psychosis", 6),
        ("rest mere rehab", 9),
    ];
    assert_eq!(sizes(&lines), expect.map(|(key, people)| (key.to_owned(), people)));
    let rest = &lines.lines[&Key::Rest(area("mere"), level("rehab"))];
    assert_eq!(rest.wanted, needs("autism deaf psychosis trauma"));
    assert_eq!(lines.left, [0, 0, 0, 0, 0, 0, 0, 5], "five on the ward are told in no line");
    assert!(lines.is_partition_of(&groups));
}

#[test]
fn a_listed_gap_of_too_few_is_no_line_of_its_own() {
    let groups = [group("hill", "rehab", "autism", 5)];
    let lines = share_out(&groups, &[candidate("gap-1", &[(0, 5)])], 6, &BTreeSet::new());
    assert_eq!(sizes(&lines), []);
    assert_eq!(lines.left, [5]);
}

/// What a reader knows of a count under the rules that hide fewer than 5 and round to 5.
fn read(people: u32) -> (u32, u32) {
    match primary::people(&policy(), people).value() {
        Some(shown) => remainder::reading(&policy(), shown),
        None => (0, u32::MAX / 2),
    }
}

fn policy() -> Policy {
    Policy::of(ProfileName::NhsMhsds)
}

/// Two places in one integrated care board, in one region.
fn areas() -> AreaTree {
    let one = |id: &str, kind, parent: Option<&str>| Area {
        id: area(id),
        code: None,
        name: id.to_owned(),
        kind,
        parent: parent.map(area),
        centroid: None,
        population: None,
        valid_from: None,
        valid_to: None,
        successor: None,
    };
    let all = [
        one("east", AreaKind::Region, None),
        one("mere", AreaKind::Icb, Some("east")),
        one("bridge", AreaKind::Place, Some("mere")),
        one("hill", AreaKind::Place, Some("mere")),
    ];
    AreaTree::new(all.into_iter().map(|area| (area.id.clone(), area)).collect())
}

/// Every total of an area, a level or both that is told.
fn totals(groups: &[Group]) -> Vec<Total> {
    let areas = areas();
    let mut totals = Vec::new();
    for within in [None, Some("east"), Some("mere"), Some("bridge"), Some("hill")] {
        for at in [None, Some("rehab"), Some("ward")] {
            let belongs = |group: &&Group| {
                within.is_none_or(|within| areas.is_within(&group.home, &area(within)))
                    && at.is_none_or(|at| group.level.as_str() == at)
            };
            let people = groups.iter().filter(belongs).map(|group| group.people).sum();
            if primary::people(&policy(), people).value().is_some() {
                let area = within.map(area);
                let levels = at.map(|at| BTreeSet::from([level(at)]));
                let reading = Some(read(people));
                let parts = Vec::new();
                totals.push(Total { area, levels, people, reading, told: None, parts });
            }
        }
    }
    totals
}

/// The lines that are told, each of listed gaps only among people of its own level.
fn settled(groups: &[Group], listed: &[Candidate]) -> lines::Lines {
    let areas = areas();
    let reach = Reach { areas: &areas, ladders: &[], max_step: 0 };
    let totals = totals(groups);
    settle(
        |barred| share_out(groups, listed, 6, barred),
        |lines| too_telling(&policy(), 6, lines, &totals, &reach),
    )
}

#[test]
fn a_line_that_leaves_one_person_bare_takes_that_person_in() {
    // Seven, shown as 5: a line of at least six would leave none or one.
    let groups = [group("hill", "rehab", "autism", 6), group("hill", "rehab", "deaf", 1)];
    let listed = [candidate("gap-1", &[(0, 6)])];
    assert_eq!(values_left(read(7), &[Band::of(6, Sizes::from(6))], 6), 2);
    let lines = settled(&groups, &listed);
    assert_eq!(sizes(&lines), [("rest mere rehab".to_owned(), 7)]);
    // Without the seventh there is nobody to protect, and the gap stays listed.
    let lines = settled(&groups[..1], &listed);
    assert_eq!(sizes(&lines), [("gap-1".to_owned(), 6)]);
}

#[test]
fn a_line_across_two_small_levels_is_given_up() {
    // Four at each level make a line of at least six: each would be two to four.
    let of = |people| Group { level: level("ward"), ..group("hill", "ward", "autism", people) };
    let groups = [group("hill", "rehab", "autism", 4), of(4)];
    let listed = [candidate("gap-1", &[(0, 4), (1, 4)])];
    let areas = areas();
    let ladders = [Ladder {
        id: LadderId::parse("l").unwrap(),
        name: "L".to_owned(),
        about: None,
        levels: vec![level("rehab"), level("ward")],
    }];
    let reach = Reach { areas: &areas, ladders: &ladders, max_step: 1 };
    let told = |high: Option<u32>| {
        let small = Part { ends: (0, Some(4)), is_small: true };
        let other = Part { ends: (0, high), is_small: high == Some(4) };
        let levels = Some(BTreeSet::from([level("rehab"), level("ward")]));
        let parts = vec![small, other];
        let total = Total { area: None, levels, people: 8, reading: None, told: None, parts };
        let lines = settle(
            |barred| share_out(&groups, &listed, 6, barred),
            |lines| too_telling(&policy(), 6, lines, std::slice::from_ref(&total), &reach),
        );
        sizes(&lines).len()
    };
    assert_eq!(told(Some(4)), 0);
    assert_eq!(told(None), 1, "the other level may have them all");
}

#[test]
fn the_values_that_are_left_are_those_that_fit() {
    let bands =
        |counts: &[u32]| counts.iter().map(|n| Band::of(*n, Sizes::from(6))).collect::<Vec<_>>();
    assert_eq!(values_left((8, 12), &bands(&[10]), 6), 3, "0 to 2");
    assert_eq!(values_left((13, 17), &bands(&[10]), 6), 6, "0 to 5");
    assert_eq!(values_left((18, 22), &bands(&[10]), 6), 2, "4 and 5");
    assert_eq!(values_left((60, 64), &bands(&[55]), 6), 6, "no upper end");
}

prop_compose! {
    fn any_group()(
        home in prop::sample::select(vec!["bridge", "hill", "mere", "east"]),
        at in prop::sample::select(vec!["rehab", "ward"]),
        wanted in prop::sample::select(vec!["", "a", "b", "a b", "b c", "c", "a c"]),
        people in 0u32..9,
    ) -> Group {
        let icb = (home != "east").then(|| area("mere"));
        Group { icb, ..group(home, at, wanted, people) }
    }
}

proptest! {
    /// Everybody is in one line or in none, and every line has enough people.
    #[test]
    fn the_lines_share_out_everybody(
        groups in prop::collection::vec(any_group(), 0..14),
        picks in prop::collection::btree_map(0usize..14, 0u32..9, 0..12),
        least in 4u32..12,
        barred in prop::collection::btree_set(0usize..20, 0..6),
    ) {
        let takes = |part: usize| -> Vec<(usize, u32)> {
            let mine = picks.iter().enumerate().filter(|(at, _)| at % 3 == part);
            mine.map(|(_, (at, people))| (*at, *people)).filter(|(at, _)| *at < groups.len()).collect()
        };
        let listed: Vec<Candidate> =
            (0..3).map(|part| candidate(&format!("gap-{part}"), &takes(part))).collect();
        let first = share_out(&groups, &listed, least, &BTreeSet::new());
        let keys: Vec<Key> = first.lines.keys().cloned().collect();
        let barred = barred.iter().filter_map(|at| keys.get(*at).cloned()).collect();
        for lines in [first, share_out(&groups, &listed, least, &barred)] {
            prop_assert!(lines.is_partition_of(&groups));
            for (key, line) in &lines.lines {
                prop_assert!(line.people >= least, "{key:?}");
                let taken: u32 = line.takes.iter().map(|(_, people)| people).sum();
                prop_assert_eq!(line.people, taken);
                let is_listed = matches!(key, Key::Listed(_));
                let is_one_level = line.takes.iter().all(|(at, _)| groups[*at].level == line.level);
                prop_assert!(is_listed || is_one_level);
            }
        }
    }

    /// A reader who takes the bands off a total, trying every size they allow, finds at least four
    /// numbers of people who are in no line, wherever there are a few.
    #[test]
    fn a_total_less_its_lines_stays_wide(
        groups in prop::collection::vec(any_group(), 0..14),
        pick in prop::collection::vec(0u32..9, 14),
    ) {
        let takes = |part: usize| -> Vec<(usize, u32)> {
            let of_part = |at: &usize| {
                let group: &Group = &groups[*at];
                at % 2 == part && group.level.as_str() == "rehab" && group.icb.is_some()
            };
            (0..groups.len()).filter(of_part).map(|at| (at, pick[at])).collect()
        };
        let listed = [candidate("gap-0", &takes(0)), candidate("gap-1", &takes(1))];
        let lines = settled(&groups, &listed);
        prop_assert!(lines.is_partition_of(&groups));
        let areas = areas();
        for total in totals(&groups) {
            let within: Vec<&Line> = lines
                .lines
                .values()
                .filter(|line| {
                    total.area.as_ref().is_none_or(|area| areas.is_within(&line.area, area))
                        && total.levels.as_ref().is_none_or(|levels| levels.contains(&line.level))
                })
                .collect();
            let rest = total.people - within.iter().map(|line| line.people).sum::<u32>();
            if within.is_empty() || rest == 0 || rest >= 5 {
                continue;
            }
            let mut sums = BTreeSet::from([0u32]);
            for line in within {
                let band = line.band();
                let sizes = band.low().max(6)..=band.high().unwrap_or(99).min(99);
                sums = sizes.flat_map(|size| sums.iter().map(move |sum| sum + size)).collect();
            }
            let (fewest, most) = total.reading.unwrap();
            let possible: BTreeSet<u32> = (fewest..=most)
                .flat_map(|total| sums.iter().filter_map(move |sum| total.checked_sub(*sum)))
                .filter(|left| *left < 6)
                .collect();
            prop_assert!(possible.contains(&rest));
            prop_assert!(possible.len() as u32 >= FEWEST_VALUES, "{possible:?}");
        }
    }
}
