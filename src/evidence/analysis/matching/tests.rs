//! The matching against every way of placing people, and against a second method.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::graph::{Graph, Lists, Number};
use super::{Contention, Instance};

/// A small problem: who fits where, row by row.
#[derive(Clone, Debug)]
struct Small {
    need: Vec<u32>,
    capacity: Vec<u32>,
    fits: Vec<Vec<usize>>,
    /// Rows that are told to be one class where they fit alike.
    merged: bool,
}

impl Small {
    fn instance(&self) -> Instance {
        let mut classes: Vec<&Vec<usize>> = Vec::new();
        let mut entries = Vec::new();
        for (row, fits) in self.fits.iter().enumerate() {
            let known = classes.iter().position(|class| self.merged && *class == fits);
            let class = known.unwrap_or_else(|| {
                classes.push(fits);
                classes.len() - 1
            });
            entries.push((class as Number, row as Number));
        }
        let pairs: Vec<(Number, Number)> = (0..)
            .zip(&classes)
            .flat_map(|(class, fits)| fits.iter().map(move |pool| (class, *pool as Number)))
            .collect();
        let pools = self.capacity.len() as Number;
        let own: Vec<(Number, Number)> = (0..pools).map(|pool| (pool, pool)).collect();
        Instance {
            need: self.need.clone(),
            order: (0..self.need.len() as Number).rev().collect(),
            class_of: entries.iter().map(|(class, _)| *class).collect(),
            rows: Lists::gather(classes.len(), &entries),
            services: Lists::gather(pools as usize, &own),
            graph: Graph::new(classes.len(), &pairs, self.capacity.clone()),
        }
    }

    /// Most people of a subset of rows that fit, by trying every way.
    fn brute(&self, subset: &[usize]) -> u32 {
        try_all(&mut self.need.clone(), subset, &mut self.capacity.clone(), &self.fits)
    }
}

/// Most people of a subset of rows that fit, as a linear programme: people along each pair, no more
/// of a row than there are, no more in a service than it has places.
fn by_linear_programme(small: &Small, subset: &[usize]) -> u32 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut into: Vec<Vec<_>> = vec![Vec::new(); small.capacity.len()];
    for row in subset {
        let mut out = Vec::new();
        for service in &small.fits[*row] {
            let people = problem.add_var(1.0, (0.0, f64::INFINITY));
            out.push((people, 1.0));
            into[*service].push((people, 1.0));
        }
        if !out.is_empty() {
            problem.add_constraint(&out, ComparisonOp::Le, f64::from(small.need[*row]));
        }
    }
    for (terms, places) in into.iter().zip(&small.capacity).filter(|(terms, _)| !terms.is_empty()) {
        problem.add_constraint(terms, ComparisonOp::Le, f64::from(*places));
    }
    let most = problem.solve().unwrap().into_solution().unwrap().objective();
    // The corners of this programme are whole numbers.
    assert!((most - most.round()).abs() < 1e-6, "{most}");
    most.round() as u32
}

fn try_all(need: &mut [u32], subset: &[usize], capacity: &mut [u32], fits: &[Vec<usize>]) -> u32 {
    let Some((first, rest)) = subset.split_first() else {
        return 0;
    };
    if need[*first] == 0 {
        return try_all(need, rest, capacity, fits);
    }
    need[*first] -= 1;
    let mut best = try_all(need, subset, capacity, fits);
    for service in &fits[*first] {
        if capacity[*service] > 0 {
            capacity[*service] -= 1;
            best = best.max(1 + try_all(need, subset, capacity, fits));
            capacity[*service] += 1;
        }
    }
    need[*first] += 1;
    best
}

fn subset(rows: usize, bits: usize) -> Vec<usize> {
    (0..rows).filter(|row| bits >> row & 1 == 1).collect()
}

/// Up to 4 services and 6 rows of up to 9 people in all.
fn small() -> impl Strategy<Value = Small> {
    let capacity = prop::collection::vec(0u32..4, 1..5);
    let rows = prop::collection::vec((0u32..4, prop::collection::vec(any::<bool>(), 4)), 1..7);
    (capacity, rows, any::<bool>()).prop_map(|(capacity, rows, merged)| {
        let mut room = 9;
        let mut take = |people: u32| {
            let people = people.min(room);
            room -= people;
            people
        };
        Small {
            need: rows.iter().map(|(people, _)| take(*people)).collect(),
            fits: rows
                .iter()
                .map(|(_, fits)| (0..capacity.len()).filter(|service| fits[*service]).collect())
                .collect(),
            capacity,
            merged,
        }
    })
}

/// Up to 8 services and 14 rows, where chains of moves are long.
fn middling() -> impl Strategy<Value = Small> {
    let capacity = prop::collection::vec(0u32..6, 3..9);
    let fits = prop::collection::vec(prop::bool::weighted(0.3), 8);
    let rows = prop::collection::vec((0u32..6, fits), 4..15);
    (capacity, rows, any::<bool>()).prop_map(|(capacity, rows, merged)| Small {
        need: rows.iter().map(|(people, _)| *people).collect(),
        fits: rows
            .iter()
            .map(|(_, fits)| (0..capacity.len()).filter(|service| fits[*service]).collect())
            .collect(),
        capacity,
        merged,
    })
}

/// A few groups of rows, which may overlap, as bits.
fn any_groups(rows: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..1usize << rows, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// I12: F, x, and both ends of the range of every subset of rows.
    #[test]
    fn every_subset_is_as_brute_force_finds_it(small in small()) {
        let instance = small.instance();
        let rows = small.need.len();
        let subsets: Vec<Vec<usize>> = (0..1 << rows).map(|bits| subset(rows, bits)).collect();
        let most: Vec<u32> = subsets.iter().map(|rows| small.brute(rows)).collect();
        let ranges = instance.contentions(&subsets);
        let full = subsets.len() - 1;
        for (bits, group) in subsets.iter().enumerate() {
            prop_assert_eq!(instance.most(group), most[bits]);
            let people: u32 = group.iter().map(|row| small.need[*row]).sum();
            let low = people - most[bits];
            let high = people - (most[full] - most[full ^ bits]);
            prop_assert_eq!(ranges[bits], Contention { low, high });
            prop_assert_eq!(instance.contention(group), Contention { low, high });
        }
        // Every prefix of the priority order is placed as far as it can be: this is the unique
        // optimum of O1 and O2.
        let placed = instance.place();
        let mut prefix = 0;
        for row in instance.order.iter().map(|row| *row as usize) {
            prefix |= 1 << row;
            let total: u32 = subset(rows, prefix).iter().map(|row| placed[*row]).sum();
            prop_assert_eq!(total, most[prefix]);
        }
    }

    /// The second oracle: F, x and the ranges of problems too large for brute force.
    #[test]
    fn a_linear_programme_finds_the_same(small in middling(), groups in any_groups(14)) {
        let instance = small.instance();
        let people = |rows: &[usize]| rows.iter().map(|row| small.need[*row]).sum::<u32>();
        let placed = instance.place();
        for end in 1..=instance.order.len() {
            let prefix: Vec<usize> =
                instance.order[..end].iter().map(|row| *row as usize).collect();
            let total: u32 = prefix.iter().map(|row| placed[*row]).sum();
            prop_assert_eq!(total, by_linear_programme(&small, &prefix));
        }
        let rows = small.need.len();
        let all: Vec<usize> = (0..rows).collect();
        let most = by_linear_programme(&small, &all);
        let groups: Vec<Vec<usize>> =
            groups.into_iter().map(|bits| subset(rows, bits)).collect();
        let ranges = instance.contentions(&groups);
        for (group, range) in groups.iter().zip(ranges) {
            let others: Vec<usize> =
                all.iter().copied().filter(|row| !group.contains(row)).collect();
            let low = people(group) - by_linear_programme(&small, group);
            let high = people(group) - (most - by_linear_programme(&small, &others));
            prop_assert_eq!(range, Contention { low, high });
        }
    }

    /// I2: nobody is where they do not fit, no pool is over full, and the classes hold exactly the
    /// places of their rows.
    #[test]
    fn the_flow_behind_the_answer_is_lawful(small in middling()) {
        let instance = small.instance();
        let best = instance.solve();
        let mut used = vec![0; small.capacity.len()];
        for class in 0..instance.classes() as Number {
            let mut held = 0;
            for (pool, people) in instance.held(&best, class) {
                used[pool as usize] += people;
                held += people;
            }
            let rows = instance.rows_in(class).iter();
            prop_assert_eq!(held, rows.map(|row| best.placed[*row as usize]).sum::<u32>());
        }
        for (used, places) in used.iter().zip(&small.capacity) {
            prop_assert!(used <= places);
        }
    }

    /// Rows that fit alike may be one class or several: no answer tells which.
    #[test]
    fn classes_change_no_answer(small in small()) {
        let apart = Small { merged: false, ..small.clone() }.instance();
        let merged = Small { merged: true, ..small.clone() }.instance();
        prop_assert!(merged.classes() <= apart.classes());
        prop_assert_eq!(apart.place(), merged.place());
    }
}

/// The first group fills every pool; those after it must find them free again, and move over
/// whichever place is taken first.
#[test]
fn each_group_begins_with_free_places() {
    let small = Small {
        need: vec![3, 1, 1, 1],
        capacity: vec![1, 1],
        fits: vec![vec![0, 1], vec![0, 1], vec![0], vec![1]],
        merged: false,
    };
    let groups = [vec![0], vec![1, 2], vec![1, 3], vec![1, 2], vec![1, 3], vec![0]];
    assert_eq!(small.instance().lows(&groups), [1, 0, 0, 0, 0, 1]);
}

#[test]
fn a_list_keeps_the_order_of_its_items() {
    let lists = Lists::gather(3, &[(2, 7), (0, 5), (2, 6)]);
    assert_eq!((lists.get(0), lists.get(1), lists.get(2)), (&[5][..], &[][..], &[7, 6][..]));
}
