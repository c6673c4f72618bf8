//! The attack as a whole: every secret of every reader, first by tables at hand, then by search.

use super::model::{Instance, Row};

use super::exact::{Found, narrowed, search};
use super::figures;
use super::linear::end;
use super::secrets::{Keeps, Secret, inside, outside};
use super::truth::Truth;
use super::world::{ENDLESS, World};

/// Steps for a first look, which mostly succeeds.
const QUICK: usize = 200;
/// Steps before the search gives up.
const LONG: usize = 40_000;
/// A wider range is not looked through value by value.
const MANY: i64 = 200;

/// What the attack came to.
#[derive(Default, Debug)]
pub(super) struct Verdict {
    /// Secrets that a reader finds out, with what is left to them; and figures that are wrong.
    pub(super) found: Vec<String>,
    /// Secrets that earlier releases alone give away, and nothing more than those.
    pub(super) excused: Vec<String>,
    /// Where the attacker cannot tell.
    pub(super) undecided: Vec<String>,
    /// How many secrets there are.
    pub(super) secrets: usize,
}

/// Whether a range can still be reached.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Possible {
    Yes,
    No,
    Unknown,
}

/// Attacks published rows.
pub(super) fn attack(instance: &Instance, rows: &[Row]) -> Verdict {
    let truth = Truth::new(instance);
    let mut verdict =
        Verdict { found: figures::complaints(instance, &truth, rows), ..Verdict::default() };
    let world = World::published(instance, &truth, rows);
    if !world.admits(&world.true_values) {
        verdict.found.push("what is published is not true".to_owned());
        return verdict;
    }
    let earlier = World::published(instance, &truth, &instance.frozen);
    verdict.reader(&mut Attack::new(&world), &earlier, &outside(instance, &truth));
    for (_, knows, secrets) in inside(instance, &truth) {
        if secrets.is_empty() {
            continue;
        }
        let (mut now, mut before) = (world.clone(), earlier.clone());
        for (cell, (low, high)) in &knows {
            now.tighten(now.variables[cell], *low, *high);
            before.tighten(before.variables[cell], *low, *high);
        }
        verdict.reader(&mut Attack::new(&now), &before, &secrets);
    }
    verdict
}

impl Verdict {
    /// Adds what one reader finds out.
    fn reader(&mut self, attack: &mut Attack, earlier: &World, secrets: &[Secret]) {
        for secret in secrets {
            self.secrets += 1;
            let variable = attack.world.variables[&secret.cell];
            let name = format!("{} {} {:?}", secret.rule, secret.cell.0, secret.cell.1);
            match attack.keeps(variable, &secret.keeps) {
                Possible::Yes => {}
                Possible::Unknown => self.undecided.push(name),
                Possible::No => {
                    let left = attack.left(variable);
                    let before = Attack::new(earlier).left(variable);
                    if !left.is_empty() && left == before {
                        self.excused.push(name);
                    } else {
                        let value = attack.world.true_values[variable];
                        self.found.push(format!("{name}: {value} is one of {left:?}"));
                    }
                }
            }
        }
    }
}

/// An attack on one world, with the tables found so far.
pub(super) struct Attack<'a> {
    pub(super) world: &'a World,
    /// Bounds after sums.
    bounds: Vec<(i64, i64)>,
    /// Tables that agree with everything.
    tables: Vec<Vec<i64>>,
}

impl<'a> Attack<'a> {
    pub(super) fn new(world: &'a World) -> Attack<'a> {
        let bounds = narrowed(world).expect("the truth is possible");
        Attack { world, bounds, tables: vec![world.true_values.clone()] }
    }

    fn keeps(&mut self, variable: usize, keeps: &Keeps) -> Possible {
        match keeps {
            Keeps::Values(count) => self.values(variable, *count),
            Keeps::Each(ranges) => {
                let each: Vec<_> = ranges.iter().map(|r| self.possible(variable, *r)).collect();
                match each {
                    _ if each.contains(&Possible::No) => Possible::No,
                    _ if each.contains(&Possible::Unknown) => Possible::Unknown,
                    _ => Possible::Yes,
                }
            }
            Keeps::Either(ranges) => {
                let each: Vec<_> = ranges.iter().map(|r| self.possible(variable, *r)).collect();
                match each {
                    _ if each.contains(&Possible::Yes) => Possible::Yes,
                    _ if each.contains(&Possible::Unknown) => Possible::Unknown,
                    _ => Possible::No,
                }
            }
        }
    }

    /// Whether a variable can have at least so many values.
    fn values(&mut self, variable: usize, count: usize) -> Possible {
        if self.known(variable).len() >= count {
            return Possible::Yes;
        }
        let value = self.world.true_values[variable];
        let reach = i64::try_from(count).expect("a few");
        for away in 1..reach {
            for wanted in [value + away, value - away] {
                self.quickly(variable, (wanted, wanted));
                if self.known(variable).len() >= count {
                    return Possible::Yes;
                }
            }
        }
        let (low, high) = self.reach(variable);
        if high - low + 1 < reach {
            return Possible::No;
        }
        let mut is_sure = high - low <= MANY;
        for wanted in low..=high.min(low + MANY) {
            is_sure &= self.possible(variable, (wanted, wanted)) != Possible::Unknown;
            if self.known(variable).len() >= count {
                return Possible::Yes;
            }
        }
        if is_sure { Possible::No } else { Possible::Unknown }
    }

    /// The values that a variable has in the tables found.
    fn known(&self, variable: usize) -> std::collections::BTreeSet<i64> {
        self.tables.iter().map(|table| table[variable]).collect()
    }

    /// A short search for a table.
    fn quickly(&mut self, variable: usize, range: (i64, i64)) -> Possible {
        let (low, high) = self.bounds[variable];
        if range.1 < low || high < range.0 {
            return Possible::No;
        }
        if self.tables.iter().any(|table| (range.0..=range.1).contains(&table[variable])) {
            return Possible::Yes;
        }
        self.look(variable, range, &self.world.true_values, QUICK)
    }

    fn look(
        &mut self,
        variable: usize,
        range: (i64, i64),
        near: &[i64],
        mut steps: usize,
    ) -> Possible {
        match search(self.world, variable, range, near, &mut steps) {
            Found::Table(table) => {
                assert!(self.world.admits(&table), "a table that was found agrees");
                self.tables.push(table);
                Possible::Yes
            }
            Found::Nothing => Possible::No,
            Found::GaveUp => Possible::Unknown,
        }
    }

    /// Whether a variable can lie in a range: a quick look, a linear programme, a long search.
    pub(super) fn possible(&mut self, variable: usize, range: (i64, i64)) -> Possible {
        let quick = self.quickly(variable, range);
        if quick != Possible::Unknown {
            return quick;
        }
        let mut bounds = self.bounds.clone();
        bounds[variable] = (bounds[variable].0.max(range.0), bounds[variable].1.min(range.1));
        let Some(found) =
            end(self.world, &bounds, variable, self.world.true_values[variable] >= range.1)
        else {
            return Possible::No;
        };
        if let Some(table) = found.table {
            self.tables.push(table);
            return Possible::Yes;
        }
        self.look(variable, range, &found.near, LONG)
    }

    /// The least and the greatest value by linear programmes.
    pub(super) fn reach(&mut self, variable: usize) -> (i64, i64) {
        let ends = [false, true].map(|greatest| {
            let found = end(self.world, &self.bounds, variable, greatest);
            let found = found.expect("the truth is possible");
            self.tables.extend(found.table);
            found.value
        });
        (ends[0], ends[1])
    }

    /// Every value that is possible by search; the ends only where they are far apart or endless.
    pub(super) fn left(&mut self, variable: usize) -> Vec<i64> {
        let (low, high) = self.reach(variable);
        if high - low > MANY || high >= ENDLESS {
            return vec![low, high];
        }
        (low..=high).filter(|v| self.possible(variable, (*v, *v)) != Possible::No).collect()
    }
}
