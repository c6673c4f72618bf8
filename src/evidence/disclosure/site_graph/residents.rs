//! Residents: who lives in the services of the site now, from here and from elsewhere.
//!
//! # The model
//!
//! The residents of one service from here are an atom, and so are those from elsewhere. Every
//! figure is a sum of atoms, over areas, levels and needs. Both atoms of a service together are no
//! more than its places less the free ones, as far as its provider lets them be told. Some places
//! may be out of use, so nobody can count how many live there.
//!
//! Secrets are small figures, figures of too few providers, and what one provider has in any of
//! these groups, from here or from elsewhere. Each keeps several possible values; what a provider
//! has in one service, or at one level of one area, as many as are a share of it, so that nobody
//! comes nearer than the p% rule lets a second provider come.
//!
//! # Who reads
//!
//! Somebody from outside, and every provider, who knows its own residents. A provider may not work
//! out those of another, nor a small number of people of others: what a sum leaves beside its own.
//! What it knows does not fit a stand-in, so against providers the true numbers prove, as they do
//! in the p% rule itself.
//!
//! # What a figure tells by being there
//!
//! That enough providers have some of its people (`rules`). That the others are enough beside the
//! two largest (`primary`) is not held against them: it would say how far the largest is at most
//! above the others. A figure that is withheld may be any number: there are several reasons for
//! it.

mod rules;

use std::collections::{BTreeMap, BTreeSet};

use super::super::figure::Figure;
use super::super::protection::graph::{Reader, UNBOUNDED};
use super::super::protection::remembered;
use super::cells::{Cells, FEWEST_OTHERS};
use super::decisions::{Decided, Decision, Decisions};
use super::{Site, is_of_residents};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{Beds, Market, People, ProviderId, Service};

/// Residents of one service from here, or from elsewhere.
struct Atom<'a> {
    provider: &'a ProviderId,
    service: &'a Service,
    measure: Measure,
    cell: usize,
}

/// A provider, and the group of its residents; none for those of one service.
type Share<'a, 'k> = (&'a ProviderId, Option<&'k CellKey>);

/// What is built, and for whom what is no secret.
struct Built<'a> {
    market: &'a Market,
    atoms: Vec<Atom<'a>>,
    /// The cell of each sum, by its atoms' cells.
    sums: BTreeMap<Vec<usize>, usize>,
    /// Providers to whom a number that is asked for is no secret.
    owners: BTreeMap<usize, BTreeSet<&'a ProviderId>>,
    providers: BTreeSet<&'a ProviderId>,
    /// Cells of which one is true while a figure is told, with the figure.
    rules: Vec<(usize, usize)>,
}

/// Decides which figures of residents are told.
pub(in super::super) fn protect(site: &Site) -> Decisions {
    let mut decisions = Decisions::default();
    let mut cells = Cells::new(site.policy, site.asked, site.is_edition);
    let mut built = Built::new(&mut cells, site.market);
    let of_residents = || site.figures.iter().filter(|(key, _)| is_of_residents(key));
    for (key, told) in of_residents() {
        let atoms = built.of_group(key);
        if atoms.is_empty() {
            continue;
        }
        let all: Vec<usize> = atoms.iter().map(|at| built.atoms[*at].cell).collect();
        let cell = built.sum(&mut cells, all);
        cells.publish(key, cell, (told.figure(), 0));
    }
    let groups: BTreeMap<usize, CellKey> =
        cells.figures.iter().rev().map(|(key, cell)| (*cell, key.clone())).collect();
    for (cell, key) in &groups {
        built.ask(&mut cells, *cell, key);
    }
    for at in 0..built.atoms.len() {
        let (cell, provider) = (built.atoms[at].cell, built.atoms[at].provider);
        built.ask_share(&mut cells, cell, (provider, None));
    }
    cells.begin();
    let readers = built.readers(&cells);
    let found = remembered::protect_by_truth(&mut cells.graph, readers, site.cache);
    for (rule, figure) in &built.rules {
        if cells.graph.cells[*rule].is_withheld {
            cells.graph.cells[*figure].withhold();
        }
    }
    // With no figure at all only public facts are left, and no more is asked than they leave.
    let is_open = !found.open.is_empty() || !found.lost.is_empty();
    for (key, told) in of_residents() {
        let cell = cells.figures.get(key);
        let is_withheld = |cell: &&usize| is_open || cells.graph.cells[**cell].is_withheld;
        let decision = match cell.filter(is_withheld) {
            _ if told.figure() == Figure::Suppressed => Decision::FewProviders,
            _ if site.asked.never.contains(key) => Decision::Listed,
            Some(cell) => {
                let other = found.protects.get(cell).and_then(|other| groups.get(other));
                Decision::Protects(other.cloned())
            }
            None => Decision::Shown,
        };
        decisions.add(key.clone(), Decided { decision });
    }
    decisions
}

impl<'a> Built<'a> {
    /// Builds the residents of each service that is open.
    fn new(cells: &mut Cells, market: &'a Market) -> Built<'a> {
        let mut atoms = Vec::new();
        for provider in market.providers.values() {
            for service in provider.services.iter().filter(|service| service.is_open()) {
                let stated = [
                    (Measure::OccupiedLocally, service.occupied_local),
                    (Measure::OccupiedByOthers, service.occupied_imported),
                ];
                let stated: Vec<(Measure, i64)> = stated
                    .into_iter()
                    .filter_map(|(measure, people)| Some((measure, people.map(raw)?)))
                    .collect();
                let all = stated.iter().map(|(_, people)| people).sum::<i64>();
                let most = most_told(service, all);
                let mut parts = Vec::new();
                for (measure, people) in stated {
                    let name = format!("{}|{}", measure.id(), service.id);
                    let cell = cells.hide(name, people, (0, most));
                    parts.push(cell);
                    atoms.push(Atom { provider: &provider.id, service, measure, cell });
                }
                if let (2, Some(total)) =
                    (parts.len(), cells.sum(|| format!("living in {}", service.id), &parts))
                {
                    cells.know(total, (0, most));
                }
            }
        }
        let providers = atoms.iter().map(|atom| atom.provider).collect();
        let (sums, owners, rules) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Built { market, atoms, sums, owners, providers, rules }
    }

    /// The atoms of a figure.
    fn of_group(&self, key: &CellKey) -> Vec<usize> {
        let is_in = |atom: &Atom| {
            let service = atom.service;
            let is_within = |area| {
                let own = service.area.as_ref();
                own.is_some_and(|own| self.market.areas.is_within(own, area))
            };
            atom.measure == key.measure
                && key.area.as_ref().is_none_or(is_within)
                && (key.level.is_none() || key.level == service.level)
                && key.need.as_ref().is_none_or(|need| {
                    service.needs.as_ref().is_some_and(|needs| needs.contains(need))
                })
        };
        (0..self.atoms.len()).filter(|at| is_in(&self.atoms[*at])).collect()
    }

    /// The cell of a sum; every sum has one.
    fn sum(&mut self, cells: &mut Cells, parts: Vec<usize>) -> usize {
        if let [one] = parts[..] {
            return one;
        }
        *self.sums.entry(parts).or_insert_with_key(|parts| {
            let value = parts.iter().map(|part| cells.graph.cells[*part].value).sum();
            let most = parts.iter().map(|part| cells.graph.cells[*part].known.1).sum::<i64>();
            let total = cells.hide("residents".to_owned(), value, (0, most.min(UNBOUNDED)));
            cells.equate(total, parts);
            total
        })
    }

    /// Asks for what must be kept of a group: of all its people, of those of each provider, and
    /// from each provider, of those of the others.
    fn ask(&mut self, cells: &mut Cells, cell: usize, key: &CellKey) {
        let mut by_provider: BTreeMap<&'a ProviderId, Vec<usize>> = BTreeMap::new();
        for at in self.of_group(key) {
            let atom = &self.atoms[at];
            by_provider.entry(atom.provider).or_default().push(atom.cell);
        }
        let is_told = !cells.graph.cells[cell].is_primary;
        if !is_told || cells.is_small(cell) {
            cells.ask(cell, FEWEST_OTHERS);
            self.own(cell, by_provider.keys().copied().collect());
        }
        let mut shares = Vec::new();
        for (provider, parts) in &by_provider {
            let share = self.sum(cells, parts.clone());
            self.ask_share(cells, share, (provider, Some(key)));
            shares.push(share);
        }
        for provider in by_provider.keys() {
            let others = by_provider.iter().filter(|(other, _)| *other != provider);
            let mut parts: Vec<usize> = others.flat_map(|(_, parts)| parts.clone()).collect();
            parts.sort_unstable();
            let people: i64 = parts.iter().map(|part| cells.graph.cells[*part].value).sum();
            if (1..i64::from(cells.policy().threshold)).contains(&people) {
                let rest = self.sum(cells, parts);
                cells.ask(rest, FEWEST_OTHERS);
                self.own(rest, self.providers.iter().copied().filter(|o| o != provider).collect());
            }
        }
        if is_told {
            self.rules.extend(rules::add(cells, cell, &shares));
        }
    }

    /// Asks for what must be kept of the residents of one provider; at one level of one area, by
    /// the p% rule.
    fn ask_share(&mut self, cells: &mut Cells, share: usize, (provider, at): Share<'a, '_>) {
        let percent = i64::from(cells.policy().least_others_percent);
        let around = match at {
            Some(key) if key.area.is_none() || key.level.is_none() => 0,
            _ => (cells.graph.cells[share].value * percent + 99) / 100,
        };
        cells.ask(share, FEWEST_OTHERS.max(around));
        self.own(share, BTreeSet::from([provider]));
    }

    /// Notes to whom a number is no secret; whatever else it is, it may be one to them.
    fn own(&mut self, cell: usize, owners: BTreeSet<&'a ProviderId>) {
        let before = self.owners.entry(cell).or_insert_with(|| owners.clone());
        before.retain(|owner| owners.contains(owner));
    }

    /// Somebody from outside, and each provider, who knows its own.
    fn readers(&self, cells: &Cells) -> Vec<Reader> {
        let mut readers = vec![Reader::default()];
        for provider in &self.providers {
            let own = self.atoms.iter().filter(|atom| atom.provider == *provider);
            let exactly = |atom: &Atom| {
                let people = cells.graph.cells[atom.cell].value;
                (atom.cell, (people, people))
            };
            let knows: BTreeMap<usize, (i64, i64)> = own.map(exactly).collect();
            let owned = self.owners.iter().filter(|(_, owners)| owners.contains(provider));
            let owns = owned.map(|(cell, _)| *cell).collect();
            readers.push(Reader { knows, owns });
        }
        readers
    }
}

fn raw(people: People) -> i64 {
    i64::from(people.raw())
}

/// The most people who can live in a service, as everybody can count: its places less those that
/// are told to be free. A place may be out of use, so it is no more than a bound.
fn most_told(service: &Service, people: i64) -> i64 {
    let Some(Beds(places)) = service.places.or(service.registered) else { return UNBOUNDED };
    let free = service.vacancies.map_or(0, |free| service.vacancies_public.fewest(free).0);
    (i64::from(places) - i64::from(free)).max(people)
}
