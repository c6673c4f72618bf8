//! Whether an instance makes sense, before anything is reckoned with it. Everything that is wrong
//! is said at once, by name and never with a value.

use std::collections::{BTreeMap, BTreeSet};

use super::dimensions::Tree;
use super::instance::{Coordinates, Instance, Measure, Operand, Structure, Table};
use super::{MOST, Refusal};

/// No coefficient of a target is greater.
const LARGEST: i64 = 1 << 16;

/// Checks everything that can be checked without adding up.
///
/// # Errors
///
/// A [`Refusal`] with everything that is wrong.
pub(super) fn check(instance: &Instance) -> Result<(), Refusal> {
    let structure = &instance.structure;
    let mut check = Check { structure, trees: BTreeMap::new(), reasons: Vec::new() };
    for (name, dimension) in structure.dims.iter() {
        match Tree::new(name, dimension) {
            Ok(tree) => drop(check.trees.insert(name, tree)),
            Err(refusal) => check.reasons.extend(refusal.reasons),
        }
    }
    // Codes can only be looked for in trees.
    if check.reasons.is_empty() {
        check.measures();
        check.markers();
        check.tables();
        check.quotients();
        check.wishes();
        check.records(instance);
    }
    Refusal::unless_empty(check.reasons)
}

struct Check<'a> {
    structure: &'a Structure,
    trees: BTreeMap<&'a String, Tree>,
    reasons: Vec<String>,
}

impl Check<'_> {
    fn say(&mut self, is_wrong: bool, reason: String) {
        if is_wrong {
            self.reasons.push(reason);
        }
    }

    fn measures(&mut self) {
        let measures = &self.structure.measures;
        for (name, measure) in measures.iter() {
            match measure {
                Measure::Count { threshold, min_width } => {
                    let is_odd = |limit: &i64| !(0..MOST / 4).contains(limit);
                    let reason = format!("measure `{name}`: the threshold or width makes no sense");
                    self.say(is_odd(threshold) || is_odd(min_width), reason);
                }
                Measure::Magnitude { p, count_measure, .. } => {
                    let reason = format!("measure `{name}`: p is no percentage");
                    self.say(p.is_some_and(|p| !(0..=100).contains(&p)), reason);
                    let Some(count) = count_measure else { continue };
                    let is_count = matches!(measures.get(count), Some(Measure::Count { .. }));
                    self.say(!is_count, format!("measure `{name}`: `{count}` is no count"));
                }
            }
        }
    }

    fn markers(&mut self) {
        let markers = &self.structure.markers;
        self.say(markers.keys().next().is_none(), "there is no marker".to_owned());
        for (name, (low, high)) in markers.iter() {
            let is_empty = low.zip(*high).is_some_and(|(low, high)| low > high)
                || high.is_some_and(|high| high < 0);
            self.say(is_empty, format!("marker `{name}` stands for nothing"));
            let is_number = name.trim().parse::<f64>().is_ok();
            self.say(is_number, format!("marker `{name}` looks like a number"));
        }
    }

    fn tables(&mut self) {
        let mut ids = BTreeSet::new();
        let quotients = self.structure.ratios.iter().map(|quotient| &quotient.id);
        for id in self.structure.tables.iter().map(|table| &table.id).chain(quotients) {
            self.say(!ids.insert(id), format!("two tables are called `{id}`"));
        }
        for table in &self.structure.tables {
            self.table(table);
        }
        for id in &self.structure.frozen_tables {
            self.say(!ids.contains(id), format!("frozen_tables: there is no table `{id}`"));
        }
    }

    fn table(&mut self, table: &Table) {
        let place = format!("table `{}`", table.id);
        self.measure(&place, &table.measure);
        self.spread(&place, &table.dims, &table.filter);
        for (name, codes) in &table.levels {
            let is_spread = table.dims.contains(name);
            self.say(!is_spread, format!("{place}: levels of `{name}`, which is not spread out"));
            let distinct: BTreeSet<&String> = codes.iter().collect();
            let is_odd = distinct.len() < codes.len();
            self.say(is_odd, format!("{place}: levels of `{name}`: a code stands twice"));
            for code in codes {
                self.code(&place, name, code);
            }
        }
        let is_odd = |end: i64, value: Option<i64>| {
            value.is_some_and(|value| !(end..MOST / 4).contains(&value))
        };
        self.say(is_odd(1, table.rounding), format!("{place}: the rounding makes no sense"));
        self.say(is_odd(0, table.min_shown), format!("{place}: min_shown makes no sense"));
    }

    fn quotients(&mut self) {
        for quotient in &self.structure.ratios {
            let place = format!("`{}`", quotient.id);
            for Operand { measure, fix } in [&quotient.num, &quotient.den] {
                self.measure(&place, measure);
                self.spread(&place, &quotient.dims, fix);
            }
            let is_odd = !(1..MOST).contains(&quotient.scale) || quotient.decimals > 17;
            self.say(is_odd, format!("{place}: the scale or the decimals make no sense"));
        }
    }

    /// Targets, intervals that are asked for, and the lists of what to withhold and to keep.
    fn wishes(&mut self) {
        for target in &self.structure.targets {
            let place = format!("target `{}`", target.id);
            self.say(target.terms.is_empty(), format!("{place} has no terms"));
            for (coefficient, measure, coords) in &target.terms {
                self.place(&place, measure, coords);
                let is_odd = !(-LARGEST..=LARGEST).contains(coefficient);
                self.say(is_odd, format!("{place}: a coefficient is too large"));
            }
        }
        for forced in &self.structure.force_sensitive {
            self.place("force_sensitive", &forced.measure, &forced.coords);
            let is_odd = forced.lo < 0 || forced.lo > forced.hi || forced.hi >= MOST;
            let words: Vec<&str> = forced.coords.values().map(String::as_str).collect();
            let key = format!("{} {}", forced.measure, words.join("/"));
            self.say(is_odd, format!("force_sensitive: {key}: the interval makes no sense"));
        }
        let lists =
            [("never_publish", &self.structure.never_publish), ("keep", &self.structure.keep)];
        for (name, list) in lists {
            for found in list {
                self.place(name, &found.measure, &found.coords);
            }
        }
    }

    fn records(&mut self, instance: &Instance) {
        let mut reasons = BTreeSet::new();
        for record in &instance.truth {
            self.place("records", &record.measure, &record.coordinates);
            let key = record.coordinates.values().map(String::as_str).collect::<Vec<_>>();
            let reason =
                || format!("records: {} {}: negative or too large", record.measure, key.join("/"));
            if !(0..MOST).contains(&record.value) {
                reasons.insert(reason());
            }
        }
        self.reasons.extend(reasons);
        // The same name may be wrong in every record.
        let mut seen = BTreeSet::new();
        self.reasons.retain(|reason| seen.insert(reason.clone()));
    }

    fn place(&mut self, place: &str, measure: &str, coords: &Coordinates) {
        self.measure(place, measure);
        for (name, code) in coords {
            self.code(place, name, code);
        }
    }

    fn measure(&mut self, place: &str, measure: &str) {
        let is_known = self.structure.measures.get(measure).is_some();
        self.say(!is_known, format!("{place}: there is no measure `{measure}`"));
    }

    fn spread(&mut self, place: &str, dims: &[String], fixed: &Coordinates) {
        let distinct: BTreeSet<&String> = dims.iter().collect();
        self.say(distinct.len() < dims.len(), format!("{place}: a dimension stands twice"));
        for name in dims {
            let is_known = self.trees.contains_key(name);
            self.say(!is_known, format!("{place}: there is no dimension `{name}`"));
            let is_fixed = fixed.contains_key(name);
            self.say(is_fixed, format!("{place}: `{name}` is both spread out and fixed"));
        }
        for (name, code) in fixed {
            self.code(place, name, code);
        }
    }

    /// An empty code stands for the total.
    fn code(&mut self, place: &str, name: &String, code: &str) {
        let reason = match self.trees.get(name) {
            None => Some(format!("{place}: there is no dimension `{name}`")),
            Some(tree) if code.is_empty() || tree.code(code).is_ok() => None,
            Some(_) => Some(format!("{place}: dimension `{name}` has no code `{code}`")),
        };
        self.reasons.extend(reason);
    }
}
