//! Makes an instance that fails smaller, as long as it fails.

use super::model::Instance;

/// The smallest instance on the way down for which `fails` still says yes: fewer records, smaller
/// values, fewer tables.
pub(super) fn smallest(mut instance: Instance, fails: &dyn Fn(&Instance) -> bool) -> Instance {
    loop {
        let better = steps(&instance).into_iter().find(|smaller| fails(smaller));
        match better {
            Some(smaller) => instance = smaller,
            None => return instance,
        }
    }
}

/// Everything one step smaller.
fn steps(instance: &Instance) -> Vec<Instance> {
    let mut found = Vec::new();
    let mut step = |change: &dyn Fn(&mut Instance)| {
        let mut smaller = instance.clone();
        change(&mut smaller);
        found.push(smaller);
    };
    for at in 0..instance.structure.tables.len() {
        if instance.structure.tables.len() > 1 {
            step(&|smaller| drop(smaller.structure.tables.remove(at)));
        }
    }
    for at in 0..instance.structure.ratios.len() {
        step(&|smaller| drop(smaller.structure.ratios.remove(at)));
    }
    if instance.structure.implied {
        step(&|smaller| smaller.structure.implied = false);
    }
    for (name, dim) in &instance.structure.dims {
        for (code, _) in dim.edges.iter().filter(|(code, _)| super::truth::is_leaf(dim, code)) {
            step(&|smaller| {
                let dim = smaller.structure.dims.get_mut(name).expect("the same dimensions");
                dim.edges.retain(|(child, _)| child != code);
                smaller.truth.retain(|record| record.coordinates.get(name) != Some(code));
            });
        }
    }
    for at in 0..instance.truth.len() {
        step(&|smaller| drop(smaller.truth.remove(at)));
        for less in [10, 1] {
            if instance.truth[at].value > less {
                step(&|smaller| smaller.truth[at].value -= less);
            }
        }
    }
    found
}
