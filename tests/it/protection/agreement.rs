//! The two attackers check each other, and a third that tries every table one after the other.

use std::collections::BTreeSet;

use super::model::{Instance, publish};

use super::audit::Attack;
use super::exact::{Found, search};
use super::figures::{must_hide, plain};
use super::random::{KINDS, Kind, PEOPLE, instance};
use super::truth::{Truth, is_leaf_cell, key, rows_of};
use super::world::World;

use super::model::Row;

/// Published with nothing hidden but what is sensitive: then intervals are narrow and differ.
fn primary_only(instance: &Instance) -> Vec<Row> {
    let structure = &instance.structure;
    let truth = Truth::new(instance);
    let marker = structure.markers.keys().next().unwrap();
    let mut rows = Vec::new();
    for table in &structure.tables {
        for coordinates in rows_of(structure, table) {
            let cell = key(structure, &table.measure, &[&coordinates, &table.filter]);
            let value = match must_hide(structure, &truth, table, &cell) {
                true => marker.clone(),
                false => plain(table, truth.value(&cell)),
            };
            rows.push(Row { table: table.id.clone(), coordinates, value });
        }
    }
    rows
}

/// The least and the greatest value by search alone, within what linear programmes allow.
fn by_search(world: &World, variable: usize, (low, high): (i64, i64)) -> Option<(i64, i64)> {
    let is_there = |value: i64| {
        let mut steps = 60_000;
        match search(world, variable, (value, value), &world.true_values, &mut steps) {
            Found::Table(_) => Some(true),
            Found::Nothing => Some(false),
            Found::GaveUp => None,
        }
    };
    let first = |values: &mut dyn Iterator<Item = i64>| -> Option<i64> {
        for value in values {
            if is_there(value)? {
                return Some(value);
            }
        }
        panic!("the truth is possible")
    };
    Some((first(&mut (low..=high))?, first(&mut (low..=high).rev())?))
}

fn agree(kind: Kind, seeds: u64) {
    let (mut compared, mut wider, mut unknown) = (0, 0, 0);
    for seed in 0..seeds {
        let instance = instance(kind, seed);
        let truth = Truth::new(&instance);
        let protected = publish(&instance).rows;
        for rows in [protected, primary_only(&instance)] {
            let world = World::published(&instance, &truth, &rows);
            let mut attack = Attack::new(&world);
            for &variable in world.variables.values() {
                let (low, high) = attack.reach(variable);
                // Endless, or known already: nothing to compare.
                if high - low > 60 || low == high {
                    continue;
                }
                compared += 1;
                match by_search(&world, variable, (low, high)) {
                    None => unknown += 1,
                    Some(found) if found == (low, high) => {}
                    Some(_) if kind == Kind::Flat => panic!("seed {seed}: they differ"),
                    Some(_) => wider += 1,
                }
            }
        }
    }
    println!("{kind:?}: {compared} compared, {wider} wider by programmes, {unknown} unknown");
    assert!(compared > 0 && unknown * 50 <= compared, "{unknown} of {compared}");
}

#[test]
fn both_attackers_find_the_same_in_flat_tables() {
    agree(Kind::Flat, 40);
}

#[test]
fn linear_programmes_find_no_less_possible_than_search() {
    for kind in KINDS.into_iter().filter(|kind| !matches!(kind, Kind::Flat | Kind::Amounts)) {
        agree(kind, 8);
    }
}

/// Trying every table, one after the other, comes to the same as the search.
#[test]
fn search_finds_what_trying_everything_finds() {
    let mut compared = 0;
    for seed in 0..400 {
        let instance = instance(Kind::Flat, seed);
        let truth = Truth::new(&instance);
        let structure = &instance.structure;
        let world = World::published(&instance, &truth, &primary_only(&instance));
        let leaves: Vec<usize> = world
            .variables
            .iter()
            .filter(|(cell, _)| cell.0 == PEOPLE && is_leaf_cell(structure, cell))
            .map(|(_, variable)| *variable)
            .filter(|at| world.bounds[*at].0 < world.bounds[*at].1)
            .collect();
        let most = leaves.iter().map(|at| world.true_values[*at]).max().unwrap_or(0) + 4;
        let tables =
            (0..leaves.len()).fold(1, |tables, _| most.saturating_add(1).saturating_mul(tables));
        if leaves.is_empty() || tables > 20_000 {
            continue;
        }
        let mut seen = vec![BTreeSet::new(); world.bounds.len()];
        try_all(&instance, &world, &leaves, most, &mut seen);
        for &leaf in &leaves {
            for value in 0..=most {
                let mut steps = 1_000_000;
                // The same largest value for every leaf, as trying everything has.
                let mut capped = world.clone();
                leaves.iter().for_each(|at| capped.tighten(*at, 0, most));
                let found = search(&capped, leaf, (value, value), &world.true_values, &mut steps);
                let is_there = matches!(found, Found::Table(_));
                assert_eq!(is_there, seen[leaf].contains(&value), "seed {seed}: {value}");
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

/// Every value of the leaves up to `most`, kept where the sums then agree with what is known.
fn try_all(
    instance: &Instance,
    world: &World,
    leaves: &[usize],
    most: i64,
    seen: &mut [BTreeSet<i64>],
) {
    let mut values = world.true_values.clone();
    leaves.iter().for_each(|at| values[*at] = 0);
    loop {
        let mut table = values.clone();
        add_up(instance, world, &mut table);
        if world.admits(&table) {
            for (at, value) in table.iter().enumerate() {
                seen[at].insert(*value);
            }
        }
        let Some(next) = leaves.iter().find(|at| values[**at] < most) else { return };
        values[*next] += 1;
        for before in leaves.iter().take_while(|at| *at != next) {
            values[*before] = 0;
        }
    }
}

/// Sums of a two-way table without groups, from its leaves.
fn add_up(instance: &Instance, world: &World, table: &mut [i64]) {
    let sums: Vec<_> = world
        .variables
        .iter()
        .filter(|(cell, _)| !is_leaf_cell(&instance.structure, cell))
        .collect();
    for (sum, variable) in sums {
        let below = world.variables.iter().filter(|(cell, _)| {
            is_leaf_cell(&instance.structure, cell)
                && sum.1.iter().zip(&cell.1).all(|(above, code)| above == "All" || above == code)
        });
        table[*variable] = below.map(|(_, leaf)| table[*leaf]).sum();
    }
}
