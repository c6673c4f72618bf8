//! Figures that are withheld for others, told: the attack finds what follows, or they were needless.

use super::super::worlds::Secret;
use super::super::worlds::exact::{Standing, standing};
use super::*;

/// What became of figures that were told, one of each site, of those that are withheld for others.
#[derive(Default, Debug)]
struct Tally {
    /// A small number is narrow by it.
    caught: usize,
    /// For every small number there are as many tables as it needs, in whole numbers, with the
    /// figure told: to this reader it need not have been withheld.
    needless: usize,
    /// A small number is narrow, and the attack does not see it.
    missed: Vec<u64>,
    /// No number was found to be narrow, nor all tables that would prove that none is.
    undecided: Vec<u64>,
}

impl Tally {
    fn all(&self) -> usize {
        self.caught + self.needless + self.missed.len() + self.undecided.len()
    }
}

impl Site {
    /// The figures with one withheld number of people told as it is told where nothing protects.
    fn unhidden(&self, seed: u64) -> Option<BTreeMap<CellKey, Reading>> {
        let policy = self.publication.policy();
        let withheld = self.readings.iter().filter(|(key, reading)| {
            let truth = self.truth.get(&Number::Figure((*key).clone()));
            let can_be_told = truth.is_some_and(|truth| *truth >= i64::from(policy.threshold));
            can_be_told && **reading == Reading::Withheld
        });
        let withheld: Vec<&CellKey> = withheld.map(|(key, _)| key).collect();
        let at = Dice(seed).below(withheld.len().max(1) as u64) as usize;
        let key = *withheld.get(at)?;
        let (base, truth) = (policy.rounding_base, self.truth[&Number::Figure(key.clone())] as u32);
        let text = (truth + base / 2) / base * base;
        let mut readings = self.readings.clone();
        readings.insert(key.clone(), Reading::exactly(text, false));
        Some(readings)
    }

    /// Whether every small number keeps its values for a reader of these figures. With the mark
    /// read in two ways it is enough if it does by one.
    fn standing(&self, readings: &BTreeMap<CellKey, Reading>) -> Standing {
        let (public, readings) = (self.public(), &readings.iter().collect());
        let alone = publicly_known(&public, readings);
        let by = |mark| {
            let mut told = know(&public, readings, mark);
            let is_whole = told.system.narrow().is_ok();
            let small = &self.publication.watched.small;
            let secrets = small.iter().filter(|number| !is_told(readings, number));
            let secrets = secrets.filter_map(|number| {
                let cell = told.find(number)?;
                let most = alone.find(number).map(|at| alone.system.ranges[at].width());
                Some(Secret { cell, values: most.unwrap_or(FEWEST_VALUES).min(FEWEST_VALUES) })
            });
            let secrets: Vec<Secret> = secrets.collect();
            if is_whole { standing(&told.system, &secrets) } else { Standing::Unknown }
        };
        match by(Mark::ByProfile) {
            Standing::Wide => Standing::Wide,
            _ if by(Mark::Anything) == Standing::Wide => Standing::Wide,
            other => other,
        }
    }
}

fn unhide(seeds: std::ops::Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let Some(site) = Site::of(&by_chance(seed)) else { continue };
        let Some(readings) = site.unhidden(seed) else { continue };
        let before = site.attack(&site.readings);
        match site.attack(&readings).iter().any(|one| !before.contains(one)) {
            true => tally.caught += 1,
            false => match site.standing(&readings) {
                Standing::Wide => tally.needless += 1,
                Standing::Narrow => tally.missed.push(seed),
                Standing::Unknown => tally.undecided.push(seed),
            },
        }
    }
    println!("{tally:?}");
    tally
}

#[test]
fn a_figure_that_was_withheld_for_others_is_missed_when_it_is_told() {
    let tally = unhide(0..25);
    assert!(tally.caught * 4 >= tally.all() && tally.all() > 10, "{tally:?}");
    assert!(tally.missed.is_empty() && tally.undecided.is_empty(), "{tally:?}");
}

#[test]
#[ignore = "500 sites; part of `tests/run --long`"]
fn figures_that_were_withheld_for_others_are_missed_when_they_are_told() {
    let tally = unhide(0..500);
    assert!(tally.caught * 3 >= tally.all() && tally.all() > 250, "{tally:?}");
    assert!(tally.missed.is_empty() && tally.undecided.is_empty(), "{tally:?}");
}
