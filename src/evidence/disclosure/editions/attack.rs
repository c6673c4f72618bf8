//! An attacker who has several editions of a small site, and looks for a world of each that fits
//! all it tells. It is written apart from what protects: it knows sums, rounding, marks, bands and
//! free places, and finds every number that is possible by trying.

use std::collections::{BTreeMap, BTreeSet};

use super::super::decided::{self, Whole};
use super::super::figure::Figure;
use super::super::openings::Openings;
use super::tests::Files;
use crate::evidence::analysis::{CellKey, Counts, Measure};
use crate::evidence::market::{AreaId, LevelId};

/// A difference keeps so many values, or tells.
const FEWEST: usize = 4;

/// The attacker thinks of no greater number.
const MOST: i64 = 40;

/// So many worlds are begun at most before the attacker gives up, and the test with it.
const PATIENCE: usize = 200_000;

const LEVELS: [&str; 2] = ["low", "high"];

/// Which parts of a group a measure counts: away for a good reason, taken, in the gap.
const MEASURES: [(Measure, &[usize]); 5] = [
    (Measure::AwayAppropriately, &[0]),
    (Measure::Matched, &[1]),
    (Measure::Gap, &[2]),
    (Measure::Need, &[1, 2]),
    (Measure::Away, &[0, 1, 2]),
];

type Ends = (i64, i64);

/// Numbers with their signs, and the least and the greatest that they come to.
#[derive(Clone)]
struct Sum {
    parts: Vec<(usize, i64)>,
    ends: Ends,
}

/// What a reader makes of one edition.
struct Reader {
    /// By home, level and part; then by line.
    numbers: Vec<Ends>,
    sums: Vec<Sum>,
    /// Every number that is told or printed, with the parts that it is made of.
    cells: BTreeMap<String, Vec<usize>>,
    /// How many people could be taken at most, by the name of a cell.
    free: BTreeMap<String, i64>,
    truth: BTreeMap<String, i64>,
    small: i64,
    worlds: Vec<Vec<i64>>,
}

/// One edition: what is told of it, and what is true.
struct Edition {
    whole: Whole,
    counts: Counts,
    matched_most: BTreeMap<CellKey, i64>,
}

/// An edition of a site, by the rule for editions or without it; nothing if it is refused.
fn edition(files: &Files, is_edition: bool) -> Option<Edition> {
    let (market, analysis, _) = files.read();
    let whole = decided::decide(&market, &analysis, is_edition).value?;
    let openings = Openings::of(&market);
    let matched = whole.figures.keys().filter(|key| key.measure == Measure::Matched);
    let matched_most = matched.map(|key| (key.clone(), i64::from(openings.at_most(key)))).collect();
    Some(Edition { whole, counts: analysis.counts, matched_most })
}

impl Reader {
    fn of(edition: &Edition, homes: &[&str]) -> Reader {
        let mut reader = Reader {
            numbers: vec![(0, MOST); homes.len() * LEVELS.len() * 3],
            sums: Vec::new(),
            cells: BTreeMap::new(),
            free: BTreeMap::new(),
            truth: BTreeMap::new(),
            small: i64::from(edition.whole.policy.threshold) - 1,
            worlds: Vec::new(),
        };
        let everywhere: Vec<usize> = (0..homes.len()).collect();
        let areas = homes.iter().enumerate().map(|(at, home)| (Some(*home), vec![at]));
        let wider = [None, Some("east"), Some("mere")].map(|area| (area, everywhere.clone()));
        for (area, places) in areas.chain(wider) {
            let levels = LEVELS.iter().enumerate().map(|(at, level)| (Some(*level), vec![at]));
            for (level, levels) in levels.chain([(None, vec![0, 1])]) {
                for (measure, parts) in MEASURES {
                    let key = CellKey {
                        area: area.and_then(AreaId::parse),
                        level: level.and_then(LevelId::parse),
                        ..CellKey::whole(measure)
                    };
                    let groups = places.iter().flat_map(|home| {
                        levels.iter().map(move |level| (home * LEVELS.len() + level) * 3)
                    });
                    let parts = groups.flat_map(|group| parts.iter().map(move |part| group + part));
                    reader.read(edition, &key, parts.collect());
                }
            }
        }
        reader.read_lines(edition, homes);
        reader
    }

    /// Takes in what one figure tells.
    fn read(&mut self, edition: &Edition, key: &CellKey, parts: Vec<usize>) {
        let policy = &edition.whole.policy;
        let half = i64::from(policy.rounding_base / 2);
        let mut ends = match edition.whole.figures[key].figure() {
            Figure::Rounded(0) => (0, 0),
            Figure::Rounded(shown) => {
                let shown = i64::from(shown);
                ((shown - half).max(i64::from(policy.threshold)), shown + half)
            }
            _ => (0, parts.len() as i64 * MOST),
        };
        let name = key.to_string();
        if let Some(most) = edition.matched_most.get(key) {
            ends.1 = ends.1.min(*most);
            self.free.insert(name.clone(), *most);
        }
        let count = edition.counts.get(key).map_or(0, |count| i64::from(count.known));
        assert!((ends.0..=ends.1).contains(&count), "{key} is told wrongly");
        self.truth.insert(name.clone(), count);
        self.sums.push(Sum { parts: parts.iter().map(|part| (*part, 1)).collect(), ends });
        self.cells.insert(name, parts);
    }

    /// Takes in what lines of gaps tell: who is in none at one level is too few for one.
    fn read_lines(&mut self, edition: &Edition, homes: &[&str]) {
        let gaps = &edition.whole.gaps;
        let listed = gaps.listed().iter().map(|gap| {
            let wanted = gap.specification();
            (wanted.area.to_string(), wanted.level.to_string(), gap.people())
        });
        let also = gaps.also_wanted().iter();
        let also =
            also.map(|line| (line.area().to_string(), line.level().to_string(), line.people()));
        let mut lines: BTreeMap<(usize, Option<usize>), Vec<usize>> = BTreeMap::new();
        for (area, level, band) in listed.chain(also) {
            let line = self.numbers.len();
            let low = i64::from(band.low().max(gaps.fewest_people()));
            self.numbers.push((low, band.high().map_or(MOST, i64::from)));
            let level = LEVELS.iter().position(|id| *id == level).unwrap();
            lines.entry((level, None)).or_default().push(line);
            if let Some(home) = homes.iter().position(|home| *home == area) {
                lines.entry((level, Some(home))).or_default().push(line);
            }
        }
        for level in 0..LEVELS.len() {
            lines.entry((level, None)).or_default();
        }
        for ((level, home), lines) in lines {
            let homes: Vec<usize> = home.map_or((0..homes.len()).collect(), |home| vec![home]);
            let gap = homes.iter().map(|home| ((home * 2 + level) * 3 + 2, 1));
            let parts = gap.chain(lines.into_iter().map(|line| (line, -1))).collect();
            let rest = if home.is_none() { i64::from(gaps.fewest_people()) - 1 } else { MOST };
            self.sums.push(Sum { parts, ends: (0, rest) });
        }
    }

    /// Values that a cell can have; all of them if they are fewer than [`FEWEST`].
    fn possible(&mut self, name: &str) -> BTreeSet<i64> {
        let parts = self.cells[name].clone();
        let mut found: BTreeSet<i64> =
            self.worlds.iter().map(|world| parts.iter().map(|part| world[*part]).sum()).collect();
        let (truth, mut numbers) = (self.truth[name], self.numbers.clone());
        while narrow(&self.sums, &mut numbers).expect("the truth fits") {}
        let ends = |end: fn(&Ends) -> i64| parts.iter().map(|part| end(&numbers[*part])).sum();
        let (low, high): Ends = (ends(|(low, _)| *low), ends(|(_, high)| *high));
        let mut near: Vec<i64> = (low..=high).collect();
        near.sort_by_key(|value| (value - truth).abs());
        for value in near {
            if found.len() >= FEWEST || found.contains(&value) {
                continue;
            }
            let mut sums = self.sums.clone();
            let parts = parts.iter().map(|part| (*part, 1)).collect();
            sums.push(Sum { parts, ends: (value, value) });
            if let Some(world) = solve(&sums, numbers.clone(), &mut 0) {
                found.insert(value);
                self.worlds.push(world);
            }
        }
        found
    }
}

/// A world that fits all sums, if there is one.
fn solve(sums: &[Sum], mut numbers: Vec<Ends>, begun: &mut usize) -> Option<Vec<i64>> {
    *begun += 1;
    assert!(*begun < PATIENCE, "the attacker has lost patience");
    while narrow(sums, &mut numbers)? {}
    let open = numbers.iter().enumerate().filter(|(_, (low, high))| low < high);
    let Some((at, (low, high))) = open.min_by_key(|(_, (low, high))| high - low) else {
        return Some(numbers.iter().map(|(low, _)| *low).collect());
    };
    (*low..=*high).find_map(|value| {
        let mut numbers = numbers.clone();
        numbers[at] = (value, value);
        solve(sums, numbers, begun)
    })
}

/// Narrows each number by every sum. Whether any was; nothing if no world is left.
fn narrow(sums: &[Sum], numbers: &mut [Ends]) -> Option<bool> {
    let mut has_changed = false;
    for sum in sums {
        let ends = |(part, sign): &(usize, i64)| match (numbers[*part], sign) {
            ((low, high), 1) => (low, high),
            ((low, high), _) => (-high, -low),
        };
        let all: Vec<Ends> = sum.parts.iter().map(ends).collect();
        let (low, high) = all.iter().fold((0, 0), |sum, ends| (sum.0 + ends.0, sum.1 + ends.1));
        for ((part, sign), own) in sum.parts.iter().zip(all) {
            let least = own.0.max(sum.ends.0 - (high - own.1));
            let most = own.1.min(sum.ends.1 - (low - own.0));
            if least > most {
                return None;
            }
            let ends = if *sign == 1 { (least, most) } else { (-most, -least) };
            has_changed |= ends != numbers[*part];
            numbers[*part] = ends;
        }
    }
    Some(has_changed)
}

/// What a reader of two editions learns of a change by a few people, if anything.
fn told_of(old: &mut Reader, new: &mut Reader, names: (&str, &str)) -> Option<String> {
    let (before, after) = (old.possible(names.0), new.possible(names.1));
    let changes: BTreeSet<i64> =
        before.iter().flat_map(|old| after.iter().map(move |new| new - old)).collect();
    let small = old.small.max(new.small);
    let is_small = |change: i64| change != 0 && change.abs() <= small;
    if changes.len() >= FEWEST || !changes.iter().any(|change| is_small(*change)) {
        return None;
    }
    // So few places are free that these alone bound the number in both.
    let few = |reader: &Reader, name: &str| {
        reader.free.get(name).is_some_and(|most| *most + 1 < FEWEST as i64)
    };
    // Beside a nought the change is the other number: it tells of somebody where that is small.
    let (was, is) = (old.truth[names.0], new.truth[names.1]);
    let is_of_nobody = match (was, is) {
        (0, is) => is == 0 || is > new.small,
        (was, 0) => was > old.small,
        _ => false,
    };
    let is_excused = (few(old, names.0) && few(new, names.1)) || is_of_nobody;
    (!is_excused).then(|| format!("{names:?}: {before:?} then {after:?}"))
}

/// Everything that pairs of these editions tell of changes.
fn attack(readers: &mut [Reader]) -> Vec<String> {
    let mut told = Vec::new();
    for later in 1..readers.len() {
        let (before, after) = readers.split_at_mut(later);
        for old in before {
            let names: Vec<String> = after[0].cells.keys().cloned().collect();
            told.extend(names.iter().filter_map(|name| told_of(old, &mut after[0], (name, name))));
        }
    }
    told
}

/// People by home, level, and whether they are away for a good reason.
type People = [u32; 8];

fn site(profile: &str, people: &People, free: i64, homes: [&str; 2]) -> Files {
    let mut table =
        "id,home,level,needs,age,gender,legal,people,ready,placed_since,reason\n".to_owned();
    for (at, people) in people.iter().enumerate().filter(|(_, people)| **people > 0) {
        let (home, level) = (homes[at / 4], LEVELS[at / 2 % 2]);
        let reason = ["choice", "no-local-place"][at % 2];
        let row = "autism,18-64,female,informal";
        table.push_str(&format!("P-{at},{home},{level},{row},{people},no,2024-01-01,{reason}\n"));
    }
    Files::new(profile).with("data/placements/rows.csv", &table).with_free_places(free)
}

/// Numbers that look as if drawn, the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % end
    }
}

/// Three editions, from each to the next of which one to three records change. Nothing if one is
/// refused.
fn editions(seed: u64, is_edition: bool) -> Option<Vec<Reader>> {
    let mut draw = Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let sizes = [3, 8, 20][draw.below(3) as usize];
    let mut people: People = std::array::from_fn(|_| draw.below(sizes) as u32);
    let mut readers = Vec::new();
    for _ in 0..3 {
        for _ in 0..=draw.below(3) {
            let (at, by) = (draw.below(8) as usize, draw.below(5) as i32 - 2);
            people[at] = people[at].saturating_add_signed(by);
        }
        let profile = ["nhs-mhsds", "nhs-mhsds", "nhs-secondary-care"][draw.below(3) as usize];
        let free = [0, 1, 2, 4, 9][draw.below(5) as usize];
        let homes = ["dale", "hill"];
        let edition = edition(&site(profile, &people, free, homes), is_edition)?;
        readers.push(Reader::of(&edition, &homes));
    }
    Some(readers)
}

const SEEDS: u64 = 7;

#[test]
fn a_few_people_who_come_or_go_are_not_seen() {
    let mut refused = 0;
    for seed in 0..SEEDS {
        match editions(seed, true) {
            Some(mut readers) => assert_eq!(attack(&mut readers), Vec::<String>::new(), "{seed}"),
            None => refused += 1,
        }
    }
    assert!(refused * 4 <= SEEDS, "{refused} of {SEEDS} are refused");
}

#[test]
fn without_the_rule_for_editions_the_attacker_sees_changes() {
    let readers = (0..SEEDS).filter_map(|seed| editions(seed, false));
    let mut told = readers.map(|mut readers| attack(&mut readers));
    assert!(told.any(|told| !told.is_empty()));
}

#[test]
fn areas_that_were_joined_do_not_tell_of_a_few_people() {
    let areas = "[{id: east, name: East, kind: region},\n\
                 {id: mere, name: Mere, kind: icb, parent: east},\n\
                 {id: dale, name: Dale, kind: place, parent: mere},\n\
                 {id: hill, name: Hill, kind: place, parent: mere},\n\
                 {id: vale, name: Vale, kind: place, parent: mere}]";
    let people = [0, 12, 3, 6, 2, 13, 0, 7];
    for by in [-2, -1, 1, 2_i32] {
        let homes = ["dale", "hill"];
        let old = edition(&site("nhs-mhsds", &people, 0, homes), true).unwrap();
        let mut old = Reader::of(&old, &homes);
        let mut later = people;
        later[1] = later[1].saturating_add_signed(by);
        let joined = site("nhs-mhsds", &later, 0, ["vale", "vale"]).with("data/areas.yaml", areas);
        let new = edition(&joined, true).unwrap();
        let mut new = Reader::of(&new, &["dale", "hill", "vale"]);
        for level in ["low", "high", "all"] {
            for (measure, _) in MEASURES {
                let name = |area: &str| format!("{}|{area}|{level}|all", measure.id());
                let told = told_of(&mut old, &mut new, (&name("mere"), &name("vale")));
                assert_eq!(told, None, "{by}");
            }
        }
    }
}
