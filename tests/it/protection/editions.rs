//! Two releases that add up: what was published stays, and what came in between is a secret too.

use super::model::publish;
use super::model::{Coordinates, Dimension, Instance, Record, Row, Target};

use super::audit::{Verdict, attack};
use super::dice::Dice;
use super::random::{Kind, PEOPLE, instance};
use super::survival::report;
use super::truth::rows_of;

const BATCH: &str = "batch";

/// A first release as the product protects it, and a second with some people more.
pub(super) fn pair(kind: Kind, seed: u64) -> Instance {
    let mut dice = Dice::new(seed ^ 0xED17);
    let first = instance(kind, seed);
    let published = publish(&first).rows;
    let mut structure = first.structure.clone();
    let edges = ["v1", "added"].map(|code| (code.to_owned(), "v2".to_owned())).to_vec();
    structure.dims.insert(BATCH.to_owned(), Dimension { total: "v2".to_owned(), edges });
    structure.implied = false;
    let mut tables = Vec::new();
    for table in &first.structure.tables {
        let mut old = table.clone();
        old.id = format!("old-{}", table.id);
        old.filter.insert(BATCH.to_owned(), "v1".to_owned());
        structure.frozen_tables.push(old.id.clone());
        tables.extend([old, table.clone()]);
        for row in rows_of(&first.structure, table) {
            let mut codes: Coordinates = row.clone();
            codes.extend(table.filter.clone());
            codes.insert(BATCH.to_owned(), "added".to_owned());
            let name: Vec<&str> = row.values().map(String::as_str).collect();
            let id = format!("more {} {}", table.id, name.join("/"));
            structure.targets.push(Target { id, terms: vec![(1, PEOPLE.to_owned(), codes)] });
        }
    }
    structure.tables = tables;
    let frozen: Vec<Row> = published
        .into_iter()
        .map(|row| Row { table: format!("old-{}", row.table), ..row })
        .collect();
    let mut truth = first.truth.clone();
    for record in &mut truth {
        record.coordinates.insert(BATCH.to_owned(), "v1".to_owned());
    }
    let more = dice.between(1, 5);
    for _ in 0..more {
        let mut place: Record = dice.choice(&first.truth).clone();
        place.coordinates.insert(BATCH.to_owned(), "added".to_owned());
        place.value = dice.between(1, 3);
        if !truth.iter().any(|record| record.coordinates == place.coordinates) {
            truth.push(place);
        }
    }
    Instance { structure, truth, frozen }
}

fn protected(made: &Instance) -> Verdict {
    let protection = publish(made);
    let mut verdict = attack(made, &protection.rows);
    if !protection.open.is_empty() {
        verdict.found.push(format!("open: {:?}", protection.open));
    }
    if !verdict.excused.is_empty() && protection.lost.is_empty() {
        verdict.found.push("lost: earlier releases give something away, unsaid".to_owned());
    }
    verdict
}

fn survive(kind: Kind, seeds: u64) {
    let (mut faulty, mut excused, mut undecided, mut secrets) = (Vec::new(), 0, 0, 0);
    for seed in (0..seeds).filter(|seed| !instance(kind, *seed).truth.is_empty()) {
        let made = pair(kind, seed);
        let verdict = protected(&made);
        excused += verdict.excused.len();
        undecided += verdict.undecided.len();
        secrets += verdict.secrets;
        if !verdict.found.is_empty() {
            report(&format!("editions-{kind:?}-{seed}"), &made, &verdict);
            faulty.push((seed, verdict.found));
        }
    }
    println!(
        "{kind:?}: {secrets} secrets, {excused} excused, {undecided} undecided, {} faulty",
        faulty.len()
    );
    assert!(faulty.is_empty(), "{} of {seeds}: {faulty:#?}", faulty.len());
    assert!(undecided * 100 <= secrets, "{undecided} of {secrets} undecided");
}

#[test]
fn pairs_of_flat_releases_survive() {
    survive(Kind::Flat, 80);
}

#[test]
fn pairs_of_grouped_releases_survive() {
    survive(Kind::Hierarchical, 60);
}

#[test]
fn pairs_of_linked_releases_survive() {
    survive(Kind::Linked, 30);
}

#[test]
fn pairs_of_rounded_releases_survive() {
    survive(Kind::Rounded, 60);
}
