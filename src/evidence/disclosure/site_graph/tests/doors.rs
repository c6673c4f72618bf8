//! Free places that several groups share: what the graph leaves possible is what is possible.

use std::collections::{BTreeMap, BTreeSet};

use super::super::atoms::Kind;
use super::super::cells::Cells;
use super::super::{Asked, doors};
use super::{key, with_needs};
use crate::evidence::analysis::{self, CellKey, Measure};
use crate::evidence::disclosure::openings::Openings;
use crate::evidence::disclosure::{self, Figure, Policy};
use crate::evidence::market::{self, AreaId, LevelId, Market, NeedId};
use crate::evidence::small_sites::{SITE, words};
use crate::sources::{Source, SourceSet};

/// A service with free places: level, area, what it meets, and only whom it takes, if not all.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) level: &'static str,
    pub(super) area: &'static str,
    pub(super) needs: Vec<&'static str>,
    pub(super) serves: Option<&'static str>,
    pub(super) free: u32,
}

const NEEDS: [&str; 3] = ["autism", "epilepsy", "trauma"];
const LEVELS: [&str; 2] = ["low", "high"];
const HOMES: [&str; 3] = ["hill", "dale", "mere"];

/// A service as files tell it.
pub(super) fn service(number: usize, offer: &Offer) -> String {
    let serves = offer.serves.map_or(String::new(), |area| format!("serves: [{area}], "));
    format!(
        "{{id: s-{number}, name: S, level: {}, area: {}, needs: [{}], {serves}places: 100, \
         age: {{min: 18, max: 90}}, gender: any, legal: [informal], vacancies: {}, \
         vacancies_public: exact}}",
        offer.level,
        offer.area,
        offer.needs.join(", "),
        offer.free
    )
}

fn market(profile: &str, offers: &[Offer], rows: &[String]) -> Market {
    let services = offers.iter().enumerate().map(|(number, offer)| service(number, offer));
    let services = services.collect::<Vec<_>>().join(", ");
    let rows = rows.iter().enumerate();
    let rows: Vec<String> = rows
        .map(|(n, row)| format!("- {{id: P-{n}, {row}, legal: informal, ready: yes}}\n"))
        .collect();
    let files = [
        ("data/site.yaml", SITE.to_owned()),
        (
            "data/areas.yaml",
            "[{id: mere, name: Mere, kind: icb}, \
             {id: dale, name: Dale, kind: place, parent: mere}, \
             {id: hill, name: Hill, kind: place, parent: mere}]"
                .to_owned(),
        ),
        ("data/vocabulary.yaml", words(["place", "icb"], &NEEDS)),
        ("data/analysis.yaml", "quality_floor: 0\nmax_step: 1\n".to_owned()),
        ("data/disclosure.yaml", format!("profile: {profile}\n")),
        ("data/providers/elm.yaml", format!("{{id: elm, name: Elm, services: [{services}]}}")),
        ("data/placements/rows.yaml", rows.concat()),
    ];
    let files = files.map(|(path, text)| Source::new(path, text));
    let outcome = market::read(&SourceSet::new(files));
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

/// Whether a service can take somebody, by the words of the rule and by no code of the product.
pub(super) fn can_take(offer: &Offer, kind: &Kind) -> bool {
    let (home, level) = (kind.place.0.as_str(), kind.place.1.as_str());
    let is_near = offer.level == "high" || (home == offer.area && home != "mere");
    let is_served = offer.serves.is_none_or(|area| home == area || area == "mere");
    let is_level = level == offer.level || (level == "high" && offer.level == "low");
    let is_met = kind.needs.iter().all(|need| offer.needs.contains(&need.as_str()));
    is_near && is_served && is_level && is_met
}

/// All numbers of people of each kind that can be taken at once: person by person.
fn possible(offers: &[Offer], kinds: &[Kind]) -> BTreeSet<Vec<i64>> {
    let mut found = BTreeSet::new();
    let free: Vec<u32> = offers.iter().map(|offer| offer.free).collect();
    let mut open = vec![(vec![0; kinds.len()], free)];
    let mut seen = BTreeSet::new();
    while let Some((taken, free)) = open.pop() {
        found.insert(taken.clone());
        for (kind, of) in kinds.iter().enumerate() {
            for (at, offer) in offers.iter().enumerate() {
                if free[at] > 0 && can_take(offer, of) {
                    let (mut taken, mut free) = (taken.clone(), free.clone());
                    taken[kind] += 1;
                    free[at] -= 1;
                    if seen.insert((taken.clone(), free.clone())) {
                        open.push((taken, free));
                    }
                }
            }
        }
    }
    found
}

/// All that the cells of the graph leave possible: every table within their bounds and equations.
fn left_by_graph(openings: &Openings, kinds: &[Kind]) -> BTreeSet<Vec<i64>> {
    let policy = Policy::of(crate::evidence::market::ProfileName::Ten);
    let asked = Asked::default();
    let mut cells = Cells::new(&policy, &asked, false);
    let matched = kinds.iter().map(|kind| (kind.clone(), 0)).collect();
    let atoms = doors::build(&mut cells, openings, matched);
    let graph = &cells.graph;
    let place: BTreeMap<usize, usize> =
        atoms.iter().enumerate().map(|(at, atom)| (atom.cell, at)).collect();
    let kind_of = |at: usize| kinds.iter().position(|kind| *kind == atoms[at].kind).unwrap();
    let is_allowed = |table: &[i64]| {
        let value = |cell: usize| table.get(place[&cell]).copied().unwrap_or(0);
        graph.equations.iter().all(|equation| {
            let (total, _) = equation.iter().find(|(_, by)| *by < 0).unwrap();
            let parts = equation.iter().filter(|(_, by)| *by > 0);
            parts.map(|(cell, _)| value(*cell)).sum::<i64>() <= graph.cells[*total].known.1
        })
    };
    let mut found = BTreeSet::new();
    let mut open = vec![Vec::new()];
    while let Some(table) = open.pop() {
        if table.len() == atoms.len() {
            let mut sums = vec![0; kinds.len()];
            table.iter().enumerate().for_each(|(at, people)| sums[kind_of(at)] += people);
            found.insert(sums);
            continue;
        }
        for people in 0..=graph.cells[atoms[table.len()].cell].known.1 {
            let longer: Vec<i64> = table.iter().copied().chain([people]).collect();
            if is_allowed(&longer) {
                open.push(longer);
            }
        }
    }
    found
}

/// A number that looks random and is the same in every run.
struct Dice(u32);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) as usize % sides
    }

    fn some_needs(&mut self) -> Vec<&'static str> {
        let chosen = 1 + self.below(7);
        NEEDS.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, n)| *n).collect()
    }
}

fn offers_by_chance(dice: &mut Dice) -> Vec<Offer> {
    let offer = |dice: &mut Dice| Offer {
        level: LEVELS[dice.below(2)],
        area: HOMES[dice.below(2)],
        needs: dice.some_needs(),
        serves: [None, None, Some("hill"), Some("mere")][dice.below(4)],
        free: 1 + dice.below(2) as u32,
    };
    (0..3).map(|_| offer(dice)).collect()
}

#[test]
fn the_graph_leaves_possible_what_can_be_taken_and_nothing_else() {
    let mut dice = Dice(5);
    let mut tables = 0;
    let mut shared = 0;
    for _ in 0..120 {
        let offers = offers_by_chance(&mut dice);
        let kinds: BTreeSet<Kind> = (0..4)
            .map(|_| Kind {
                place: (
                    AreaId::parse(HOMES[dice.below(3)]).unwrap(),
                    LevelId::parse(LEVELS[dice.below(2)]).unwrap(),
                ),
                needs: dice.some_needs().into_iter().filter_map(NeedId::parse).collect(),
            })
            .collect();
        let kinds: Vec<Kind> = kinds.into_iter().collect();
        let openings = Openings::of(&market("ten", &offers, &[]));
        let possible = possible(&offers, &kinds);
        assert!(possible == left_by_graph(&openings, &kinds), "{offers:?}");
        // Otherwise bounds of each kind alone would do.
        let most: Vec<i64> =
            (0..kinds.len()).map(|at| possible.iter().map(|p| p[at]).max().unwrap()).collect();
        shared += usize::from(!possible.contains(&most));
        tables += possible.len();
    }
    assert!(tables > 300 && shared > 20, "{tables} tables, {shared} sites with shared places");
}

#[test]
fn the_most_of_a_group_is_what_can_be_taken_if_nobody_else_is() {
    let mut dice = Dice(11);
    for _ in 0..40 {
        let offers = offers_by_chance(&mut dice);
        let openings = Openings::of(&market("ten", &offers, &[]));
        for home in HOMES {
            for level in LEVELS {
                for need in NEEDS {
                    let kind = Kind {
                        place: (AreaId::parse(home).unwrap(), LevelId::parse(level).unwrap()),
                        needs: NeedId::parse(need).into_iter().collect(),
                    };
                    let takes = |offer: &&Offer| can_take(offer, &kind);
                    // People of an area may have their home in it or anywhere within.
                    let within = |offer: &&Offer| {
                        let homes = HOMES.iter().filter(|at| home == "mere" || **at == home);
                        homes.into_iter().any(|at| {
                            let place = (AreaId::parse(at).unwrap(), kind.place.1.clone());
                            can_take(offer, &Kind { place, ..kind.clone() })
                        })
                    };
                    let open = offers.iter().filter(takes).map(|offer| offer.free).sum::<u32>();
                    let most = offers.iter().filter(within).map(|offer| offer.free).sum::<u32>();
                    let doors = openings.open_to(&kind.place, &kind.needs);
                    let places = openings.places();
                    assert_eq!(doors.iter().map(|door| places[*door]).sum::<u32>(), open);
                    let group = key(Measure::Matched, Some(home), Some(level));
                    let group = CellKey { need: NeedId::parse(need), ..group };
                    assert_eq!(openings.at_most(&group), most, "{offers:?} {group}");
                }
            }
        }
    }
}

#[test]
fn a_small_number_does_not_follow_from_places_that_others_share() {
    // Twelve places for autism or epilepsy, from all homes, and many for trauma, so that no sum of
    // people is near its bound. If eleven with autism from one home were told, of the people with
    // epilepsy from another there could be one and no more.
    let offer = |needs: &[&'static str], free| Offer {
        level: "high",
        area: "hill",
        needs: needs.to_vec(),
        serves: None,
        free,
    };
    let offers = [offer(&["autism", "epilepsy"], 12), offer(&["trauma"], 80)];
    let rows = [
        ("hill", "autism", 11),
        ("dale", "epilepsy", 1),
        ("hill", "trauma", 35),
        ("dale", "trauma", 35),
    ];
    let rows = rows.map(|(home, need, people)| with_needs((home, "high"), need, people));
    let market = market("ten", &offers, &rows);
    let analysis = analysis::analyse(&market);
    let publication = disclosure::protect(market, analysis).value.unwrap();
    let told = |home: &str, need: &str| {
        let group = key(Measure::Matched, Some(home), None);
        let group = CellKey { need: NeedId::parse(need), ..group };
        publication.figure(&group).unwrap().figure()
    };
    assert!(told("dale", "epilepsy") == Figure::Suppressed);
    let others = told("hill", "autism").value().unwrap_or(0);
    assert!(12 - others >= 4, "of the one withheld number {} values are left", 12 - others);
}
