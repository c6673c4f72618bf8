//! The instances that auditors share, and one whose answer is known from the literature.
//!
//! They lie outside the repository; where they are not at hand, the tests say so.

use std::path::PathBuf;

use super::model::{Instance, Row, publish};

use super::audit::{Attack, attack};
use super::folder::{read, rows};
use super::truth::{Truth, key};
use super::world::World;

/// An instance with a file of published rows, or nothing, said loudly.
fn shared(name: &str) -> Option<(Instance, PathBuf)> {
    let folder = std::env::var_os("PLACEWISE_SHARED_DATA")
        .map_or(PathBuf::from("../shared/data"), PathBuf::from)
        .join("disclosure")
        .join(name);
    if !folder.join("structure.json").exists() {
        println!("SKIPPED: no {}; set PLACEWISE_SHARED_DATA", folder.display());
        return None;
    }
    Some((read(&folder), folder))
}

fn published(folder: &std::path::Path, name: &str, frozen: &[Row]) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    [frozen.to_vec(), rows(&text)].concat()
}

const ALL: [&str; 3] = ["k1_known_3x3", "s1_small_8x5", "v1_two_releases"];

#[test]
fn what_hides_small_numbers_only_falls() {
    for (instance, folder) in ALL.into_iter().filter_map(shared) {
        let naive = published(&folder, "published_naive.csv", &instance.frozen);
        let verdict = attack(&instance, &naive);
        println!("{}: {} of {}", folder.display(), verdict.found.len(), verdict.secrets);
        assert!(!verdict.found.is_empty(), "{}", folder.display());
    }
}

#[test]
fn what_is_protected_stands() {
    for (instance, folder) in ALL.into_iter().filter_map(shared) {
        let protection = publish(&instance);
        assert!(protection.open.is_empty(), "{}: {:?}", folder.display(), protection.open);
        let verdict = attack(&instance, &protection.rows);
        println!("{}: {} secrets, {:?}", folder.display(), verdict.secrets, verdict.excused);
        assert!(verdict.found.is_empty(), "{}: {:#?}", folder.display(), verdict.found);
        assert!(verdict.undecided.is_empty(), "{}: {:?}", folder.display(), verdict.undecided);
    }
}

/// The answer of the literature: II/C lies in 5 to 30, and both ends are reached.
#[test]
fn the_known_pattern_leaves_the_known_interval() {
    let Some((instance, folder)) = shared("k1_known_3x3") else { return };
    let safe = published(&folder, "published_known_safe.csv", &[]);
    let verdict = attack(&instance, &safe);
    assert!(verdict.found.is_empty() && verdict.undecided.is_empty(), "{verdict:?}");
    let truth = Truth::new(&instance);
    let world = World::published(&instance, &truth, &safe);
    let forced = &instance.structure.force_sensitive[0];
    let cell = key(&instance.structure, &forced.measure, &[&forced.coords]);
    let mut attack = Attack::new(&world);
    assert_eq!(attack.reach(world.variables[&cell]), (5, 30), "by linear programmes");
    assert_eq!(attack.left(world.variables[&cell]), (5..=30).collect::<Vec<i64>>(), "by search");
}
