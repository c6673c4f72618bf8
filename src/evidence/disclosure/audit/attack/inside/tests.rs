//! Small sites whose people are housed by providers that are named, attacked by these.

use super::super::tests::{Site, housed_by_chance};
use super::*;

/// What is found where the site is protected, and where it is protected against readers from outside
/// alone; and how many numbers are asked for.
fn both(seed: u64) -> Option<(Vec<Found>, Vec<Found>, usize)> {
    let site = Site::of(&housed_by_chance(seed, true))?;
    let insiders = &site.publication.watched.insiders;
    let now = attack(&site.public(), &site.readings.iter().collect(), insiders);
    let asked = insiders.values().map(|insider| insider.small.len()).sum();
    let blind = Site::of(&housed_by_chance(seed, false))?;
    let before = attack(&blind.public(), &blind.readings.iter().collect(), insiders);
    Some((now, before, asked))
}

#[test]
fn providers_find_out_no_small_number_of_others() {
    let (mut leaks, mut asked) = (0, 0);
    for seed in 0..60 {
        let found = both(seed);
        let (now, before, numbers) = found.unwrap_or_else(|| panic!("seed {seed} is refused"));
        assert_eq!(now, [], "seed {seed}");
        leaks += usize::from(!before.is_empty());
        asked += numbers;
    }
    println!("{leaks} leak where only outsiders count, {asked} numbers");
    assert!(leaks > 5 && asked > 100, "{leaks} {asked}");
}
