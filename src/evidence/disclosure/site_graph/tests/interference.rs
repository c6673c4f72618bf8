//! Two populations with the same texts and classes are told in the same bytes (disclosure §10).

mod bytes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::{Site, with_needs};
use crate::evidence::analysis;
use crate::evidence::disclosure::gaps::Draft;
use crate::evidence::disclosure::openings::Openings;
use crate::evidence::disclosure::policy::Policy;
use crate::evidence::disclosure::protection::rounds;
use crate::evidence::disclosure::site_graph::atoms::Status;
use crate::evidence::disclosure::site_graph::{self, Asked, Model};
use crate::evidence::disclosure::{Figure, primary};
use crate::evidence::market::Market;
use crate::evidence::private::Cache;
use crate::evidence::small_sites::Dice;

const PROFILES: [&str; 4] = ["nhs-mhsds", "nhs-secondary-care", "ons-3", "ten"];
const HOMES: [&str; 3] = ["hill", "dale", "mere"];
const LEVELS: [&str; 2] = ["low", "high"];
const NEEDS: [&str; 4] = ["", "autism", "epilepsy", "autism, epilepsy"];

/// Whether people are away for a good reason, fit the service, or do not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Reason,
    Fits,
    Not,
}

/// Home, level, needs and way, with so many people.
type Population = BTreeMap<(&'static str, &'static str, &'static str, Way), u32>;

fn by_chance(dice: &mut Dice) -> Population {
    let mut all = Population::new();
    for _ in 0..8 + dice.below(24) {
        let (home, level) = (dice.one_of(&HOMES), dice.one_of(&LEVELS));
        let needs = dice.one_of(&NEEDS);
        let way = match (dice.below(8), level, needs) {
            (0, ..) => Way::Reason,
            (1..5, "low", "autism") => Way::Fits,
            _ => Way::Not,
        };
        let most = dice.one_of(&[3, 6, 9, 9, 24]);
        *all.entry((home, level, needs, way)).or_default() += 1 + dice.below(most) as u32;
    }
    all
}

fn site(profile: &'static str, free: u32, people: &Population) -> Site {
    let row = |(key, people): (&(&str, &str, &str, Way), &u32)| {
        let (home, level, needs, way) = key;
        let row = with_needs((home, level), needs, *people);
        match way {
            Way::Reason => row + ", legal: detained, reason: choice",
            Way::Fits => row + ", legal: informal",
            Way::Not => row + ", legal: detained",
        }
    };
    Site::new(profile, free, people.iter().filter(|(_, people)| **people > 0).map(row).collect())
}

/// What is known of a site before anything is decided: the text of each figure, the class of every
/// number of the model, and each line. Sites that are alike in these are told in the same bytes.
fn texts_and_classes(market: &Market) -> Vec<String> {
    before(market, |_| ()).0
}

/// The same, and what else is asked of the model that the classes are of.
fn before<T>(market: &Market, ask: impl FnOnce(&mut Model) -> T) -> (Vec<String>, T) {
    let analysis = analysis::analyse(market);
    let policy = Policy::of(market.profile);
    let openings = Openings::of(market);
    let figures = primary::figures(&policy, &analysis.counts, &openings);
    let draft = Draft::new(&policy, market, &analysis);
    let given_up = BTreeSet::new();
    let lines = draft.share_out(&given_up);
    let whole = site_graph::Site {
        policy: &policy,
        market,
        analysis: &analysis,
        openings: &openings,
        figures: &figures,
        asked: &Asked::default(),
        is_edition: false,
        cache: &Cache::none(),
    };
    let mut model = site_graph::model(&whole, &draft.told(&lines, &given_up));
    let mut alike: Vec<String> =
        figures.values().map(|told| format!("{} {:?}", told.key(), told.figure())).collect();
    for (key, line) in &lines.lines {
        alike.push(format!("{key:?} {:?} {:?}", line.band(), line.wanted));
    }
    for cell in &model.cells.graph.cells {
        let class = match cell.value {
            0 => "nought",
            value if value < i64::from(policy.threshold) => "small",
            _ => "neither",
        };
        alike.push(format!("{} {class}", cell.key));
    }
    (alike, ask(&mut model))
}

/// Another population with the same texts and classes, if one is found.
fn stand_in(model: &mut Model) -> Option<Population> {
    model.cells.begin();
    let table = rounds::alike(&model.cells.graph)?;
    let mut people = Population::new();
    for atom in &model.atoms {
        let id = |all: &[&'static str], id: &str| all.iter().copied().find(|one| *one == id);
        let needs: Vec<&str> = atom.kind.needs.iter().map(|need| need.as_str()).collect();
        let key = id(&HOMES, atom.kind.place.0.as_str())
            .zip(id(&LEVELS, atom.kind.place.1.as_str()))
            .zip(id(&NEEDS, &needs.join(", ")));
        let ((home, level), needs) = key.expect("atoms are of homes, levels and needs of rows");
        let way = match atom.status {
            Status::Reason => Way::Reason,
            Status::Matched => Way::Fits,
            Status::Gap(_) => Way::Not,
        };
        let count = u32::try_from(table[atom.cell]).expect("not negative");
        *people.entry((home, level, needs, way)).or_default() += count;
    }
    people.retain(|_, people| *people > 0);
    Some(people)
}

/// Two sites with the same texts and classes.
struct Pair {
    seed: u64,
    profile: &'static str,
    sites: [Site; 2],
    /// These texts and classes.
    alike: Vec<String>,
}

/// Compares all pairs, and keeps count of it.
fn tally<T: Default + Debug>(
    pairs: impl Iterator<Item = Pair>,
    mut compare: impl FnMut(&mut T, &Pair),
) -> T {
    let mut tally = T::default();
    pairs.for_each(|pair| compare(&mut tally, &pair));
    println!("{tally:?}");
    tally
}

/// Everything that is decided of figures and lines; nothing where nothing can be told.
fn told(site: &Site) -> Option<(Vec<String>, String)> {
    let publication = site.build().value?;
    let figures = publication.figures();
    let figures =
        figures.map(|told| format!("{} {:?} {}", told.key(), told.figure(), told.is_at_least()));
    Some((figures.collect(), format!("{:?}", publication.gaps())))
}

#[derive(Default, Debug)]
struct Tally {
    /// Pairs of sites that were compared.
    pairs: BTreeMap<&'static str, usize>,
    /// Pairs of sites with a figure that is withheld for others.
    protected: usize,
    refused: usize,
}

impl Tally {
    fn compare(&mut self, pair: &Pair) {
        let [one, other] = &pair.sites;
        let told = [one, other].map(told);
        let (profile, seed) = (pair.profile, pair.seed);
        assert!(told[0] == told[1], "{profile}, seed {seed}: {:?} {:?}", one.rows, other.rows);
        *self.pairs.entry(profile).or_default() += 1;
        let Some((figures, _)) = &told[0] else {
            self.refused += 1;
            return;
        };
        let hidden = format!(" {:?} ", Figure::Suppressed);
        let is_secondary = |told: &String| {
            let key = told.split(' ').next().unwrap_or_default();
            let text = pair.alike.iter().find(|text| text.split(' ').next() == Some(key));
            told.contains(&hidden) && text.is_some_and(|text| !text.ends_with(hidden.trim()))
        };
        self.protected += usize::from(figures.iter().any(is_secondary));
    }

    fn check(&self, least: usize) {
        for profile in PROFILES {
            assert!(self.pairs.get(profile).is_some_and(|n| *n >= least), "{profile}: {self:?}");
        }
        assert!(self.protected * 2 > self.pairs.values().sum(), "{self:?}");
    }
}

/// Moves people at a place where all sets of needs are: some who have both needs and as many who
/// have neither become people who have one each, or the other way round, so that no number of homes,
/// levels and needs changes. Or one person comes or goes.
fn moved(
    people: &Population,
    (home, level): (&'static str, &'static str),
    dice: &mut Dice,
) -> Option<Population> {
    let by = 1 + dice.below(3) as i32;
    let by = if dice.below(2) == 0 { by } else { -by };
    let mut other = people.clone();
    let steps: Vec<(&'static str, i32)> = match dice.below(4) {
        0 => vec![(dice.one_of(&NEEDS), by.signum())],
        _ => NEEDS.into_iter().zip([by, -by, -by, by]).collect(),
    };
    for (needs, by) in steps {
        let count = other.get_mut(&(home, level, needs, Way::Not))?;
        *count = count.checked_add_signed(by).filter(|count| *count > 0)?;
    }
    Some(other)
}

/// A site by chance, and the same with people moved, if there is one that is alike.
fn by_moves(seed: u64) -> Option<Pair> {
    let dice = &mut Dice(seed);
    let (profile, free) = (PROFILES[seed as usize % 4], dice.below(14) as u32);
    let mut people = by_chance(dice);
    let place = (dice.one_of(&HOMES), dice.one_of(&LEVELS));
    for needs in NEEDS {
        let here = people.entry((place.0, place.1, needs, Way::Not)).or_default();
        *here += 2 + dice.below(8) as u32;
    }
    let one = site(profile, free, &people);
    let alike = texts_and_classes(&one.market());
    let moved = (0..12).filter_map(|_| moved(&people, place, dice)).take(4);
    let mut moved = moved.map(|people| site(profile, free, &people));
    let other = moved.find(|other| texts_and_classes(&other.market()) == alike)?;
    Some(Pair { seed, profile, sites: [one, other], alike })
}

/// A site by chance, and one of its stand-in for the truth, if they are alike.
fn by_stand_in(seed: u64) -> Option<Pair> {
    let dice = &mut Dice(seed ^ 0x5eed);
    let (profile, free) = (PROFILES[seed as usize % 4], 4 + dice.below(20) as u32);
    let people = by_chance(dice);
    let one = site(profile, free, &people);
    let (alike, other) = before(&one.market(), stand_in);
    let other = other.filter(|other| *other != people)?;
    let other = site(profile, free, &other);
    let is_alike = texts_and_classes(&other.market()) == alike;
    is_alike.then_some(Pair { seed, profile, sites: [one, other], alike })
}

#[test]
fn populations_of_the_same_texts_and_classes_are_told_alike() {
    tally((0..160).filter_map(by_moves), Tally::compare).check(6);
}

#[test]
fn a_site_is_told_as_if_a_stand_in_were_its_population() {
    tally((0..160).filter_map(by_stand_in), Tally::compare).check(1);
}

#[test]
#[ignore = "thousands of sites; part of `tests/run --long`"]
fn many_populations_of_the_same_texts_and_classes_are_told_alike() {
    tally((0..3_000).filter_map(by_moves), Tally::compare).check(100);
    tally((0..3_000).filter_map(by_stand_in), Tally::compare).check(10);
}
