//! An attack on small sites by trying every population.

use std::collections::{BTreeMap, BTreeSet};

use super::{Site, key, with_needs};
use crate::evidence::disclosure::{CellKey, Figure, Measure};
use crate::evidence::market::NeedId;

const PLACES: [(&str, &str); 4] =
    [("hill", "low"), ("hill", "high"), ("dale", "low"), ("dale", "high")];
const NEEDS: [&str; 3] = ["autism", "epilepsy", "autism, epilepsy"];
/// No atom has more people in a population that is tried.
const MOST: u32 = 12;
/// So many possible values are enough.
const ENOUGH: usize = 4;

/// One sum that is told or withheld, by the atoms that it has.
struct Sum {
    atoms: Vec<usize>,
    figure: Option<u32>,
}

/// Populations that would be told in the same words.
struct Attack {
    sums: Vec<Sum>,
    secrets: Vec<Vec<usize>>,
    seen: Vec<BTreeSet<u32>>,
    atoms: Vec<u32>,
    left: u32,
}

impl Attack {
    fn sum(&self, atoms: &[usize]) -> u32 {
        atoms.iter().filter_map(|at| self.atoms.get(*at)).sum()
    }

    fn is_possible(&self) -> bool {
        let known = self.atoms.len();
        self.sums.iter().all(|sum| {
            let is_whole = sum.atoms.iter().all(|at| *at < known);
            let so_far = self.sum(&sum.atoms);
            match sum.figure {
                Some(shown) if is_whole => so_far == shown,
                Some(shown) => so_far <= shown,
                // Noughts are shown, so the marker says one or more.
                None => !is_whole || so_far >= 1,
            }
        })
    }

    /// Tries all from here on, until every secret keeps enough values.
    fn run(&mut self) {
        if self.left == 0 || self.seen.iter().all(|seen| seen.len() >= ENOUGH) {
            return;
        }
        self.left -= 1;
        if self.atoms.len() == PLACES.len() * NEEDS.len() {
            for at in 0..self.secrets.len() {
                let value = self.sum(&self.secrets[at]);
                self.seen[at].insert(value);
            }
            return;
        }
        for people in 0..=MOST {
            self.atoms.push(people);
            if self.is_possible() {
                self.run();
            }
            self.atoms.pop();
        }
    }
}

/// The atoms of a group.
fn atoms_of(group: &CellKey) -> Vec<usize> {
    let all = PLACES.iter().flat_map(|place| NEEDS.iter().map(move |needs| (place, needs)));
    let is_in = |((home, level), needs): &(&(&str, &str), &&str)| {
        let area = group.area.as_ref().map(|area| area.as_str());
        area.is_none_or(|area| area == *home || area == "mere" || area == "east")
            && group.level.as_ref().is_none_or(|wanted| wanted.as_str() == *level)
            && group.need.as_ref().is_none_or(|need| needs.contains(need.as_str()))
    };
    all.enumerate().filter(|(_, atom)| is_in(atom)).map(|(at, _)| at).collect()
}

/// What a reader finds who tries every population; the number of secrets that were looked at, or
/// nothing if there are too many populations, or the site is refused.
fn attacked(people: [u32; 12]) -> Option<usize> {
    let atoms = PLACES.iter().flat_map(|place| NEEDS.iter().map(move |needs| (place, needs)));
    let rows = atoms
        .zip(people)
        .filter(|(_, people)| *people > 0)
        .map(|((place, needs), people)| with_needs(*place, needs, people) + ", legal: detained");
    let publication = Site::new("ons-3", 0, rows.collect()).build().value?;
    let told: BTreeMap<CellKey, Figure> =
        publication.figures().map(|told| (told.key().clone(), told.figure())).collect();
    let gaps = told.iter().filter(|(key, _)| key.measure == Measure::Gap);
    let sums: Vec<Sum> = gaps
        .map(|(key, figure)| Sum { atoms: atoms_of(key), figure: figure.value() })
        .filter(|sum| !sum.atoms.is_empty())
        .collect();
    let mut secrets: BTreeSet<Vec<usize>> = sums.iter().map(|sum| sum.atoms.clone()).collect();
    for (home, level) in PLACES {
        for need in ["autism", "epilepsy"] {
            let group = key(Measure::Gap, Some(home), Some(level));
            secrets.insert(atoms_of(&CellKey { need: NeedId::parse(need), ..group }));
        }
    }
    let value = |atoms: &Vec<usize>| atoms.iter().map(|at| people[*at]).sum::<u32>();
    let secrets: Vec<Vec<usize>> =
        secrets.into_iter().filter(|atoms| (1..3).contains(&value(atoms))).collect();
    let seen = vec![BTreeSet::new(); secrets.len()];
    let mut attack = Attack { sums, secrets, seen, atoms: Vec::new(), left: 1_000_000 };
    attack.run();
    if attack.left == 0 {
        return None;
    }
    for (atoms, seen) in attack.secrets.iter().zip(&attack.seen) {
        assert!(seen.len() >= ENOUGH, "{people:?}: {atoms:?} is one of {seen:?}");
    }
    Some(attack.secrets.len())
}

#[test]
fn needs_do_not_narrow_what_all_people_leave_open() {
    // Margins of one need hold the corners of a table of all people.
    let corners = [5, 0, 0, 0, 2, 0, 0, 2, 0, 5, 0, 0];
    assert!(attacked(corners).is_some_and(|secrets| secrets > 0));
}

#[test]
fn every_small_number_of_a_small_site_keeps_several_values() {
    let mut state = 7_u32;
    let mut dice = |sides: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % sides
    };
    let mut done = 0;
    let mut secrets = 0;
    for _ in 0..12 {
        let people = std::array::from_fn(|_| if dice(3) == 0 { 0 } else { dice(6) });
        if let Some(found) = attacked(people) {
            done += 1;
            secrets += found;
        }
    }
    assert!(done >= 3 && secrets >= 10, "{done} sites with {secrets} secrets");
}
