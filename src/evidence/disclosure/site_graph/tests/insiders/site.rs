//! Small sites by chance, whose people are housed by two providers that are local to nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::super::doors::{Offer, can_take, service};
use crate::evidence::analysis::{self, CellKey, Measure};
use crate::evidence::disclosure::decided::{self, Purpose, Whole};
use crate::evidence::disclosure::site_graph::atoms::Kind;
use crate::evidence::market::{self, AreaId, LevelId, NeedId};
use crate::evidence::small_sites::{Dice, SITE, words};
use crate::sources::{Source, SourceSet};

const PROFILES: [&str; 4] = ["nhs-mhsds", "nhs-secondary-care", "ons-3", "ten"];
pub(super) const HOMES: [&str; 2] = ["hill", "dale"];
pub(super) const LEVELS: [&str; 2] = ["low", "high"];
pub(super) const NEEDS: [&str; 2] = ["autism", "epilepsy"];
/// All that somebody can need.
const TOGETHER: [&[&str]; 3] = [&["autism"], &["epilepsy"], &["autism", "epilepsy"]];
/// Providers of other parts, with the service in which each houses people.
pub(super) const HOUSES: [(&str, &str); 2] = [("ash", "birch"), ("fir", "yew")];

#[derive(Clone, Debug)]
pub(super) struct Row {
    kind: (&'static str, &'static str, &'static [&'static str]),
    people: u64,
    is_away_rightly: bool,
    /// Whether services take their legal status.
    fits: bool,
    /// By which provider they are housed: a place in [`HOUSES`], or none of them.
    house: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Site {
    profile: &'static str,
    pub(super) offers: Vec<Offer>,
    rows: Vec<Row>,
}

/// People of each kind by reason, match and gap.
pub(super) type People = BTreeMap<Kind, [u32; 3]>;

/// A site as it is told, and who is behind it.
pub(super) struct Built {
    pub(super) whole: Whole,
    /// Of each provider, and at last of none of them.
    pub(super) people: Vec<People>,
}

impl Site {
    /// A site with people from everywhere.
    pub(super) fn by_chance(seed: u64) -> Site {
        let mut site = Site::with_homes_by_chance(seed);
        let is_there = |home: &&str| site.rows.iter().any(|row| row.kind.0 == *home);
        let empty = HOMES.into_iter().find(|home| !is_there(home));
        site.rows[0].kind.0 = empty.unwrap_or(site.rows[0].kind.0);
        site
    }

    /// A site that may have nobody from one of the places.
    pub(super) fn with_homes_by_chance(seed: u64) -> Site {
        let dice = &mut Dice(seed.wrapping_mul(7_919).wrapping_add(3));
        let profile = dice.one_of(&PROFILES);
        let levels = if dice.below(3) == 0 { &LEVELS[..1] } else { &LEVELS[..] };
        let most = [12, 16, 7, 20][PROFILES.iter().position(|one| *one == profile).unwrap_or(0)];
        let offers = (0..dice.below(4)).map(|_| Offer {
            level: dice.one_of(levels),
            area: dice.one_of(&HOMES),
            needs: dice.one_of(&TOGETHER).to_vec(),
            serves: dice.one_of(&[None, None, Some("hill"), Some("mere")]),
            free: 1 + dice.below(7) as u32,
        });
        let mut offers: Vec<Offer> = offers.collect();
        offers.retain(|offer| kinds().iter().any(|kind| can_take(offer, kind)));
        let rows = (0..4 + dice.below(6)).map(|_| Row {
            kind: (dice.one_of(&HOMES), dice.one_of(levels), dice.one_of(&TOGETHER)),
            people: 1 + if dice.below(2) == 0 { dice.below(3) } else { dice.below(most) },
            is_away_rightly: dice.below(5) == 0,
            fits: dice.below(3) > 0,
            house: dice.below(3) as usize,
        });
        let rows = rows.collect();
        Site { profile, offers, rows }
    }

    /// As it is told, to providers that house these people or, if `is_blind`, as if none did.
    /// Nothing where nothing may be told.
    pub(super) fn build(&self, purpose: Purpose, is_blind: bool) -> Option<Built> {
        let outcome = market::read(&self.sources(is_blind));
        let market = outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
        let analysis = analysis::analyse(&market);
        let mut people = vec![People::new(); HOUSES.len() + 1];
        for (row, gap) in market.placements.iter().zip(&analysis.residual) {
            let number: usize = row.id.trim_start_matches("P-").parse().unwrap();
            let source = &self.rows[number];
            let all = row.people.middle();
            let parts = match source.is_away_rightly {
                true => [all, 0, 0],
                false => [0, all - gap, *gap],
            };
            let kind = kind(source.kind);
            let of = people[source.house].entry(kind).or_default();
            of.iter_mut().zip(parts).for_each(|(sum, more)| *sum += more);
        }
        let whole = decided::decide(&market, &analysis, purpose).value?;
        Some(Built { whole, people })
    }

    /// What the audit finds; nothing where nothing can be published.
    pub(super) fn audited(&self) -> Vec<String> {
        let market = market::read(&self.sources(false)).value.unwrap();
        let analysis = analysis::analyse(&market);
        let publication = crate::evidence::disclosure::protect(market, analysis).value;
        let Some(publication) = publication else { return Vec::new() };
        let found = publication.audit().attacked();
        found.iter().map(|found| format!("{found:?}")).collect()
    }

    fn sources(&self, is_blind: bool) -> SourceSet {
        let rows = self.rows.iter().enumerate().map(|(number, row)| {
            let (home, level, needs) = row.kind;
            let reason = if row.is_away_rightly { "choice" } else { "no-local-place" };
            let legal = if row.fits { "informal" } else { "detained" };
            let house = HOUSES.get(row.house).filter(|_| !is_blind);
            let house = house.map_or(String::new(), |(_, id)| format!(", current_service: {id}"));
            format!(
                "- {{id: P-{number}, home: {home}, level: {level}, people: {}, needs: [{}], \
                 age: \"30-40\", gender: female, ready: yes, reason: {reason}, \
                 legal: {legal}{house}}}\n",
                row.people,
                needs.join(", ")
            )
        });
        let offers: Vec<String> =
            self.offers.iter().enumerate().map(|(at, offer)| service(at, offer)).collect();
        let far = |(provider, id): (&str, &str)| {
            let offer =
                Offer { level: "high", area: "wold", needs: vec!["autism"], serves: None, free: 0 };
            let service = service(0, &offer).replacen("s-0", id, 1);
            format!("{{id: {provider}, name: F, services: [{service}]}}")
        };
        let files = [
            ("data/site.yaml", SITE.to_owned()),
            (
                "data/areas.yaml",
                "[{id: mere, name: Mere, kind: icb}, {id: wold, name: Wold, kind: icb}, \
                 {id: dale, name: Dale, kind: place, parent: mere}, \
                 {id: hill, name: Hill, kind: place, parent: mere}]"
                    .to_owned(),
            ),
            ("data/vocabulary.yaml", words(["place", "icb"], &NEEDS)),
            ("data/analysis.yaml", "quality_floor: 0\nmax_step: 1\n".to_owned()),
            ("data/disclosure.yaml", format!("profile: {}\n", self.profile)),
            (
                "data/providers/elm.yaml",
                format!("{{id: elm, name: Elm, services: [{}]}}", offers.join(", ")),
            ),
            ("data/providers/ash.yaml", far(HOUSES[0])),
            ("data/providers/fir.yaml", far(HOUSES[1])),
            ("data/placements/rows.yaml", rows.collect()),
        ];
        SourceSet::new(files.map(|(path, text)| Source::new(path, text)))
    }
}

fn kind((home, level, needs): (&str, &str, &[&str])) -> Kind {
    let place = (AreaId::parse(home).unwrap(), LevelId::parse(level).unwrap());
    Kind { place, needs: needs.iter().filter_map(|need| NeedId::parse(need)).collect() }
}

/// Everybody who can be thought of.
pub(super) fn kinds() -> Vec<Kind> {
    let places = HOMES.iter().flat_map(|home| LEVELS.map(|level| (*home, level)));
    let all = places.flat_map(|(home, level)| TOGETHER.map(|needs| kind((home, level, needs))));
    all.collect()
}

/// Whether people of a kind are counted in a group.
pub(super) fn is_in(group: &CellKey, kind: &Kind) -> bool {
    let (home, level) = &kind.place;
    group.area.as_ref().is_none_or(|area| area == home || area.as_str() == "mere")
        && group.level.as_ref().is_none_or(|of| of == level)
        && group.need.as_ref().is_none_or(|need| kind.needs.contains(need))
}

/// The parts of all people that a measure counts.
pub(super) fn parts(measure: Measure) -> &'static [usize] {
    match measure {
        Measure::AwayAppropriately => &[0],
        Measure::Matched => &[1],
        Measure::Gap => &[2],
        Measure::Need => &[1, 2],
        Measure::Away => &[0, 1, 2],
        _ => &[],
    }
}

/// The people of some providers together, and those of all others.
pub(super) fn split(people: &[People], own: &BTreeSet<usize>) -> [People; 2] {
    let mut split = [People::new(), People::new()];
    for (provider, people) in people.iter().enumerate() {
        for (kind, more) in people {
            let of = split[usize::from(!own.contains(&provider))].entry(kind.clone()).or_default();
            of.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
    split
}
