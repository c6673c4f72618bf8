//! Whatever is published, no attack on it succeeds: over random instances of every kind.

use std::collections::BTreeMap;

use super::model::{Instance, publish};

use super::audit::{Verdict, attack};
use super::folder;
use super::random::{KINDS, Kind, instance};
use super::shrink::smallest;

/// How many seeds of each kind; the long run goes on to `MORE`.
const SEEDS: u64 = 250;
const MORE: u64 = 1500;

fn protected(instance: &Instance) -> Verdict {
    let protection = publish(instance);
    let mut verdict = attack(instance, &protection.rows);
    if !protection.open.is_empty() {
        verdict.found.push(format!("open: {:?}", protection.open));
    }
    verdict
}

/// Writes an instance that fails, made small, where `PLACEWISE_FINDINGS` names a folder.
pub(super) fn report(name: &str, instance: &Instance, verdict: &Verdict) {
    let Some(folder) = std::env::var_os("PLACEWISE_FINDINGS") else { return };
    let rule = |verdict: &Verdict| -> std::collections::BTreeSet<String> {
        let words = verdict.found.iter().filter_map(|line| line.split(' ').next());
        words.map(str::to_owned).collect()
    };
    let wanted = rule(verdict).into_iter().next_back();
    let fails = |smaller: &Instance| {
        std::panic::catch_unwind(|| protected(smaller))
            .is_ok_and(|found| rule(&found).into_iter().next_back() == wanted)
    };
    let small = smallest(instance.clone(), &fails);
    let found = protected(&small).found;
    let rows = publish(&small).rows;
    let words = format!("Found by the attacker ({name}):\n\n{}", found.join("\n"));
    folder::write(&std::path::Path::new(&folder).join(name), &small, &rows, &words);
}

fn survives(kind: Kind, seeds: std::ops::Range<u64>) {
    let (mut faults, mut undecided, mut secrets) = (BTreeMap::new(), 0, 0);
    for seed in seeds.clone() {
        let verdict = protected(&instance(kind, seed));
        undecided += verdict.undecided.len();
        secrets += verdict.secrets;
        if !verdict.found.is_empty() {
            report(&format!("{kind:?}-{seed}"), &instance(kind, seed), &verdict);
            faults.insert(seed, verdict.found);
        }
    }
    println!("{kind:?}: {secrets} secrets, {undecided} undecided, {} faulty", faults.len());
    assert!(faults.is_empty(), "{} of {seeds:?}: {faults:#?}", faults.len());
    assert!(undecided * 100 <= secrets, "{undecided} of {secrets} undecided");
}

#[test]
fn flat_tables_survive() {
    survives(Kind::Flat, 0..SEEDS);
}

#[test]
fn hierarchical_tables_survive() {
    survives(Kind::Hierarchical, 0..SEEDS);
}

#[test]
fn linked_tables_survive() {
    survives(Kind::Linked, 0..SEEDS);
}

#[test]
fn rounded_tables_survive() {
    survives(Kind::Rounded, 0..SEEDS);
}

#[test]
fn quotient_tables_survive() {
    survives(Kind::Quotient, 0..SEEDS);
}

#[test]
fn amounts_tables_survive() {
    survives(Kind::Amounts, 0..SEEDS);
}

#[test]
fn forced_tables_survive() {
    survives(Kind::Forced, 0..SEEDS);
}

#[test]
fn implied_tables_survive() {
    survives(Kind::Implied, 0..SEEDS);
}

#[test]
fn partial_tables_survive() {
    survives(Kind::Partial, 0..SEEDS);
}

#[test]
#[ignore = "thousands of instances; part of `tests/run --long`"]
fn thousands_of_tables_survive() {
    for kind in KINDS {
        survives(kind, SEEDS..MORE);
    }
}
