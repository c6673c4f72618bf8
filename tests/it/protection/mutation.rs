//! Showing one hidden figure: the attacker must notice, or it was hidden needlessly.

use super::model::publish;

use super::audit::attack;
use super::dice::Dice;
use super::figures::{must_hide, plain};
use super::random::{Kind, instance};
use super::truth::{Truth, key};

const MUTATED: [Kind; 6] =
    [Kind::Flat, Kind::Hierarchical, Kind::Linked, Kind::Rounded, Kind::Partial, Kind::Implied];

/// What became of it.
#[derive(Default, Debug)]
struct Tally {
    caught: usize,
    needless: usize,
    undecided: usize,
}

/// Shows one hidden figure in each of so many instances: half the time one that is sensitive
/// itself, where there is another.
fn mutate(wanted: usize) -> Tally {
    let mut tally = Tally::default();
    for seed in 1000.. {
        if tally.caught + tally.needless + tally.undecided == wanted {
            break;
        }
        let mut dice = Dice::new(seed);
        let instance = instance(*dice.choice(&MUTATED), seed);
        let structure = &instance.structure;
        let truth = Truth::new(&instance);
        let mut rows = publish(&instance).rows;
        let hidden: Vec<(usize, bool, String)> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| structure.markers.contains_key(&row.value))
            .filter_map(|(at, row)| {
                let table = structure.tables.iter().find(|table| table.id == row.table)?;
                let cell = key(structure, &table.measure, &[&row.coordinates, &table.filter]);
                let is_sensitive = must_hide(structure, &truth, table, &cell);
                Some((at, is_sensitive, plain(table, truth.value(&cell))))
            })
            .collect();
        let others: Vec<_> = hidden.iter().filter(|(_, is_sensitive, _)| !is_sensitive).collect();
        if others.is_empty() {
            continue;
        }
        let (at, is_sensitive, right) = match dice.percent(15) {
            true => dice.choice(&hidden),
            false => *dice.choice(&others),
        };
        rows[*at].value.clone_from(right);
        let verdict = attack(&instance, &rows);
        match verdict {
            found if !found.found.is_empty() => tally.caught += 1,
            unsure if !unsure.undecided.is_empty() => tally.undecided += 1,
            _ if *is_sensitive => panic!("seed {seed}: a sensitive figure is shown, unnoticed"),
            _ => tally.needless += 1,
        }
    }
    tally
}

#[test]
fn one_hidden_figure_shown_is_noticed_or_was_needless() {
    check(25);
}

#[test]
#[ignore = "500 instances; part of `tests/run --long`"]
fn one_of_many_hidden_figures_shown_is_noticed_or_was_needless() {
    check(500);
}

fn check(wanted: usize) {
    let tally = mutate(wanted);
    println!("{tally:?}: {} % needless", 100 * tally.needless / wanted);
    assert_eq!(tally.undecided, 0, "{tally:?}");
    assert!(tally.needless * 100 <= 30 * wanted, "{tally:?}");
}
