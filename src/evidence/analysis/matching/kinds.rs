//! Rows and services sorted into kinds by what one filter reads of them, so that the filter is
//! asked once for each pair of kinds.
//!
//! What a filter says is decided in `compatibility` and nowhere else: it is put to one row and one
//! service of each kind.

use std::collections::BTreeMap;

use super::graph::Number;
use crate::evidence::analysis::compatibility::{self, Filter};
use crate::evidence::analysis::position::Position;
use crate::evidence::market::{AreaId, AreaKind, Level, NeedId};

/// Numbers things by their keys, in order of appearance; also tells the first thing of each kind.
pub(super) fn sort_out<K: Ord>(keys: impl Iterator<Item = K>) -> (Vec<Number>, Vec<usize>) {
    let mut numbers = BTreeMap::new();
    let mut first = Vec::new();
    let kinds = keys
        .enumerate()
        .map(|(at, key)| {
            *numbers.entry(key).or_insert_with(|| {
                first.push(at);
                first.len() as Number - 1
            })
        })
        .collect();
    (kinds, first)
}

/// The rows and services that could take part at all.
pub(super) struct Live<'p> {
    pub(super) position: &'p Position<'p>,
    /// Rows with people, as numbers of placements.
    pub(super) rows: Vec<usize>,
    /// Services with places that pass the filters which read nothing of the row.
    pub(super) services: Vec<usize>,
}

impl<'p> Live<'p> {
    pub(super) fn of(position: &'p Position<'p>) -> Live<'p> {
        let placements = &position.market.placements;
        let has_people = |row: &usize| position.need[*row] > 0;
        let rows: Vec<usize> = (0..placements.len()).filter(has_people).collect();
        let mut live = Live { position, rows, services: Vec::new() };
        let has_places = |at: &usize| position.capacity[*at] > 0;
        // Services without places cannot take part in any chain of moves.
        live.services = match live.rows.first() {
            None => Vec::new(),
            Some(row) => (0..position.services.len())
                .filter(has_places)
                .filter(|at| live.ask(Filter::Quality, *row, *at))
                .collect(),
        };
        live
    }

    /// What a filter says of a placement and a service; a filter that is ignored is passed.
    fn ask(&self, filter: Filter, row: usize, service: usize) -> bool {
        let Position { market, scenario, audience, services, .. } = self.position;
        self.ignores(filter)
            || compatibility::passes(
                market,
                (*scenario, *audience),
                &market.placements[row],
                services[service],
                filter,
            )
    }

    fn ignores(&self, filter: Filter) -> bool {
        self.position.ignored == Some(filter)
    }

    /// Whether incomplete facts are read hopefully; only the needs read it here.
    fn is_hopeful(&self) -> bool {
        self.position.scenario == crate::evidence::analysis::Scenario::Low
    }
}

/// What one filter says of each kind of row and each kind of service.
pub(super) struct Verdicts {
    /// Kinds of the live rows.
    pub(super) rows: Vec<Number>,
    /// Kinds of the live services.
    pub(super) services: Vec<Number>,
    /// By kind of service, then by kind of row.
    passes: Vec<Vec<bool>>,
}

impl Verdicts {
    /// Sorts by these keys, which must hold everything that the filter reads, and asks the filter.
    /// Kinds of which it says the same everywhere become one.
    pub(super) fn new<R: Ord, S: Ord>(
        live: &Live,
        filter: Filter,
        row_key: impl Fn(usize) -> R,
        service_key: impl Fn(usize) -> S,
    ) -> Verdicts {
        if live.ignores(filter) {
            let (rows, services) = (vec![0; live.rows.len()], vec![0; live.services.len()]);
            return Verdicts { rows, services, passes: vec![vec![true]] };
        }
        let (rows, row) = sort_out(live.rows.iter().map(|at| row_key(*at)));
        let (services, service) = sort_out(live.services.iter().map(|at| service_key(*at)));
        let said: Vec<Vec<bool>> = row
            .iter()
            .map(|r| {
                let of = |s: &usize| live.ask(filter, live.rows[*r], live.services[*s]);
                service.iter().map(of).collect()
            })
            .collect();
        let (row_kinds, row) = sort_out(said.iter());
        let by_service =
            (0..service.len()).map(|s| row.iter().map(|r| said[*r][s]).collect::<Vec<bool>>());
        let by_service: Vec<Vec<bool>> = by_service.collect();
        let (service_kinds, service) = sort_out(by_service.iter());
        Verdicts {
            rows: rows.into_iter().map(|kind| row_kinds[kind as usize]).collect(),
            services: services.into_iter().map(|kind| service_kinds[kind as usize]).collect(),
            passes: service.into_iter().map(|s| by_service[s].clone()).collect(),
        }
    }

    /// Whether a kind of row and a kind of service pass.
    pub(super) fn pass(&self, row: Number, service: Number) -> bool {
        self.passes[service as usize][row as usize]
    }
}

/// The homes whose people each service is local to.
pub(super) struct Reaches {
    /// The number of the home of each live row.
    pub(super) homes: Vec<Number>,
    /// The number of the reach of each live service.
    pub(super) services: Vec<Number>,
    /// Homes of each reach, in order.
    pub(super) reaches: Vec<Vec<Number>>,
    /// How many homes there are.
    pub(super) count: usize,
}

impl Reaches {
    pub(super) fn new(live: &Live) -> Reaches {
        let services = live.services.len();
        if live.ignores(Filter::Scope) {
            let homes = vec![0; live.rows.len()];
            return Reaches {
                homes,
                services: vec![0; services],
                reaches: vec![vec![0]],
                count: 1,
            };
        }
        let market = live.position.market;
        let home = |at: usize| &market.placements[at].home;
        let (homes, rows) = sort_out(live.rows.iter().map(|at| home(*at)));
        let rows: Vec<usize> = rows.into_iter().map(|at| live.rows[at]).collect();
        // Homes by the area that makes a service local to them: no other can be in its reach.
        let mut around: BTreeMap<(AreaKind, &AreaId), Vec<Number>> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate() {
            for area in market.areas.lineage(home(*row)) {
                around.entry((area.kind, &area.id)).or_default().push(number as Number);
            }
        }
        let (kinds, first) = sort_out(live.services.iter().map(|at| scope_key(live, *at)));
        let reach_of = |at: usize| -> Vec<Number> {
            let service = live.position.services[at];
            let level = service.level.as_ref().and_then(|id| market.vocabulary.levels.get(id));
            let area = service.area.as_ref().zip(level).and_then(|(area, level)| {
                compatibility::catchment(market, area, level).map(|area| (area.kind, &area.id))
            });
            let near = area.and_then(|area| around.get(&area)).into_iter().flatten().copied();
            near.filter(|home| live.ask(Filter::Scope, rows[*home as usize], at)).collect()
        };
        let by_kind: Vec<Vec<Number>> =
            first.into_iter().map(|at| reach_of(live.services[at])).collect();
        let (numbers, first) = sort_out(by_kind.iter());
        Reaches {
            homes,
            services: kinds.into_iter().map(|kind| numbers[kind as usize]).collect(),
            reaches: first.into_iter().map(|at| by_kind[at].clone()).collect(),
            count: rows.len(),
        }
    }
}

/// What the scope reads of a service. Its point counts only where there is a limit of distance.
fn scope_key<'p>(live: &Live<'p>, at: usize) -> impl Ord + use<'p> {
    let Position { market, services, .. } = live.position;
    let service = services[at];
    let level: Option<&Level> =
        service.level.as_ref().and_then(|id| market.vocabulary.levels.get(id));
    let point = service.geo.filter(|_| level.is_some_and(|level| level.max_km.is_some()));
    let point = point.map(|point| (point.lat.to_bits(), point.lon.to_bits()));
    let limits = level.map(|level| (level.scope, level.max_km));
    (service.area.as_ref(), limits, service.serves.as_slice(), point)
}

/// Needs as sets of bits, in as many words as it takes.
pub(super) struct Needs {
    /// The number of the set that each live row needs; none if nothing can meet it.
    pub(super) rows: Vec<Option<Number>>,
    /// The number of the set that each live service meets.
    pub(super) services: Vec<Number>,
    needed: Bits,
    met: Bits,
}

/// Sets of bits of one width, one after another.
struct Bits {
    words: usize,
    sets: Vec<u64>,
    numbers: BTreeMap<Vec<u64>, Number>,
}

impl Bits {
    fn new(words: usize) -> Bits {
        Bits { words, sets: Vec::new(), numbers: BTreeMap::new() }
    }

    fn number(&mut self, set: &[u64]) -> Number {
        if let Some(number) = self.numbers.get(set) {
            return *number;
        }
        let number = self.numbers.len() as Number;
        self.sets.extend(set);
        self.numbers.insert(set.to_vec(), number);
        number
    }

    fn get(&self, number: Number) -> &[u64] {
        let begin = number as usize * self.words;
        &self.sets[begin..begin + self.words]
    }
}

impl Needs {
    pub(super) fn new(live: &Live) -> Needs {
        let Position { market, services, .. } = live.position;
        let is_ignored = live.ignores(Filter::Needs);
        // Only needs that somebody has can tell services apart.
        let rows = live.rows.iter().map(|at| market.placements[*at].needs.as_ref());
        let mut bits: BTreeMap<&NeedId, usize> = BTreeMap::new();
        for need in rows.clone().flatten().flatten().filter(|_| !is_ignored) {
            bits.entry(need).or_default();
        }
        for (at, bit) in bits.values_mut().enumerate() {
            *bit = at;
        }
        let words = bits.len().div_ceil(64).max(1);
        let mut set = vec![0; words];
        let mut needed = Bits::new(words);
        let unknown = is_ignored || compatibility::unknown_needs_fit(live.is_hopeful());
        let rows = rows
            .map(|needs| {
                set.fill(0);
                for bit in needs.into_iter().flatten().filter_map(|need| bits.get(need)) {
                    set[bit / 64] |= 1 << (bit % 64);
                }
                (needs.is_some() || unknown).then(|| needed.number(&set))
            })
            .collect();
        let mut met = Bits::new(words);
        let services = live
            .services
            .iter()
            .map(|at| {
                set.fill(0);
                for (need, bit) in &bits {
                    if compatibility::meets(live.is_hopeful(), services[*at], need) {
                        set[bit / 64] |= 1 << (bit % 64);
                    }
                }
                met.number(&set)
            })
            .collect();
        Needs { rows, services, needed, met }
    }

    /// Whether a service that meets one set meets everything in another.
    pub(super) fn pass(&self, needed: Number, met: Number) -> bool {
        let (needed, met) = (self.needed.get(needed), self.met.get(met));
        needed.iter().zip(met).all(|(needed, met)| needed & !met == 0)
    }
}
