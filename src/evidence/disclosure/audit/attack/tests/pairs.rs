//! Two editions of the example that differ by one person, and a reader who has both.
//!
//! Nothing but what each tells ties one to the other. So a difference has at least as many values
//! as both numbers together, less one; it tells of somebody where these are too few.

use super::super::worlds::{self, Secret};
use super::*;

/// How many values each number keeps, up to [`FEWEST_VALUES`], as far as the attack finds. Where
/// free places alone leave fewer, or nobody is counted, it has as many as are wished for.
fn widths(site: &Site) -> BTreeMap<Number, i64> {
    let readings = site.readings.iter().collect();
    let public = site.public();
    let mut told = know(&public, &readings, Mark::ByProfile);
    assert!(told.system.narrow().is_ok());
    let alone = publicly_known(&public, &readings);
    let mut widths = BTreeMap::new();
    let mut open: BTreeMap<usize, Vec<&Number>> = BTreeMap::new();
    for (number, people) in &site.truth {
        let Some(cell) = told.find(number) else { continue };
        let most = alone.find(number).map_or(FEWEST_VALUES, |at| alone.system.ranges[at].width());
        let width = match *people {
            0 if told.system.ranges[cell].width() == 1 => 1,
            _ if most < FEWEST_VALUES => FEWEST_VALUES,
            _ => told.system.ranges[cell].width().min(FEWEST_VALUES),
        };
        widths.insert(number.clone(), width);
        if most >= FEWEST_VALUES && width > 1 {
            open.entry(cell).or_default().push(number);
        }
    }
    for values in (2..=FEWEST_VALUES).rev() {
        let wide =
            |(cell, _): &(&usize, &Vec<&Number>)| told.system.ranges[**cell].width() >= values;
        let secrets: Vec<Secret> =
            open.iter().filter(wide).map(|(cell, _)| Secret { cell: *cell, values }).collect();
        let narrow: BTreeSet<usize> =
            worlds::narrow(&told.system, &secrets).into_iter().map(|(cell, _)| cell).collect();
        for secret in secrets {
            let numbers = &open[&secret.cell];
            let width = if narrow.contains(&secret.cell) { values - 1 } else { values };
            for number in numbers {
                widths.insert((*number).clone(), width);
            }
        }
        open.retain(|cell, _| narrow.contains(cell));
    }
    widths
}

/// An edition, and how many values each of its numbers keeps.
struct Edition {
    site: Site,
    widths: BTreeMap<Number, i64>,
}

impl Edition {
    fn of(site: Site) -> Edition {
        let widths = widths(&site);
        assert!(widths.len() > 1_000, "{}", widths.len());
        Edition { site, widths }
    }
}

/// Numbers whose difference keeps too few values and may be of few people.
fn told_by_both(old: &Edition, new: &Edition) -> Vec<String> {
    let small = i64::from(old.site.publication.policy().threshold) - 1;
    let mut told = Vec::new();
    for (number, width) in &new.widths {
        let Some(other) = old.widths.get(number) else { continue };
        let [was, is] = [old, new].map(|of| of.site.truth.get(number).copied().unwrap_or(0));
        // Beside a nought the difference is the other number.
        let is_of_nobody = match (was, is) {
            (0, people) | (people, 0) => people == 0 || people > small,
            _ => false,
        };
        if width + other - 1 < FEWEST_VALUES && !is_of_nobody {
            told.push(format!("{number}: {other} and {width} values"));
        }
    }
    told
}

/// The example as an edition, with one person more or less of a record of one person, among few of
/// the same home and level with the same need.
fn edition(change: impl Fn(&mut Market, usize)) -> Edition {
    let mut market = example_market();
    let first = |row: &market::Placement| row.needs.iter().flatten().next().cloned();
    let people = |row: &market::Placement| {
        let need = first(row);
        let has_it = |other: &&market::Placement| {
            let mut needs = other.needs.iter().flatten();
            needs.any(|one| Some(one) == need.as_ref())
                && (&other.home, &other.level) == (&row.home, &row.level)
        };
        let rows = market.placements.iter().filter(has_it);
        rows.map(|row| row.people.middle()).sum::<u32>()
    };
    let mut rows = market.placements.iter();
    let at = rows.position(|row| row.people.middle() == 1 && (2..=3).contains(&people(row)));
    let at = at.unwrap();
    change(&mut market, at);
    Edition::of(Site::made(market, Purpose::Edition).unwrap())
}

#[test]
fn two_editions_of_the_example_that_differ_by_one_person_tell_nothing_of_that_person() {
    let old = edition(|_, _| {});
    let more = edition(|market, at| market.placements.push(market.placements[at].clone()));
    assert_eq!(told_by_both(&old, &more), Vec::<String>::new());
    let less = edition(|market, at| drop(market.placements.remove(at)));
    assert_eq!(told_by_both(&old, &less), Vec::<String>::new());
    assert_eq!(told_by_both(&less, &more), Vec::<String>::new());
}

#[test]
fn two_drafts_of_the_example_may_tell_of_a_person() {
    let old = Edition::of(example());
    assert!(!told_by_both(&old, &old).is_empty(), "the attack sees nothing at all");
}
