//! The lines share out everybody.

use proptest::prelude::*;

use super::lines::{Group, share_out};
use super::*;

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
}
