//! How long the matching takes, and how much memory: `cargo bench --bench matching [small|national]`.
//!
//! Makes a market of a given size as text, reads it as a site would, and times the engine alone.
//! The same seed gives the same market on every machine. With a name, only that market is timed.
//!
//! `write FOLDER` writes a market as a site folder in place of timing it, for the whole command:
//! `cargo bench --bench matching national write FOLDER`, then `placewise check --site FOLDER`.
//!
//! To count instructions in place of time, run the program that `cargo bench --no-run` names under
//! callgrind, with `--toggle-collect='*rehearse'` and the arguments `small once`.

mod generator;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use generator::{Kind, NATIONAL, SMALL};
use placewise::evidence::analysis::{Rehearsal, Size, rehearse, rehearse_ranges};
use placewise::evidence::market;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |name: &str| words.iter().any(|word| word == name);
    let all = !is_asked(SMALL.name) && !is_asked(NATIONAL.name);
    let turns = |usual| if is_asked("once") { 1 } else { usual };
    let folder = words.iter().skip_while(|word| *word != "write").nth(1);
    for (kind, usual) in [(SMALL, 101), (NATIONAL, 5)] {
        match folder {
            _ if !all && !is_asked(kind.name) => {}
            Some(folder) => write(&kind, Path::new(folder)),
            None => run(&kind, turns(usual)),
        }
    }
}

/// Writes the files of a market, with a home page.
fn write(kind: &Kind, folder: &Path) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).and_then(|()| fs::write(&path, text))
    };
    let sources = generator::sources(kind);
    let files = sources.iter().map(|(_, source)| (source.path(), source.text()));
    let home = ("content/index.md", "---\ntitle: Home\n---\n\nMade up.\n");
    for (path, text) in files.chain([home]) {
        put(path, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

fn run(kind: &Kind, turns: usize) {
    let begun = Instant::now();
    let sources = generator::sources(kind);
    let outcome = market::read(&sources);
    drop(sources);
    let Some(market) = outcome.value else {
        panic!("{}: {:?}", kind.name, outcome.diagnostics.first());
    };
    println!("{}: {} rows, {} services", kind.name, kind.rows, kind.services);
    println!(
        "  made and read in {:.1} s (not part of what follows)",
        begun.elapsed().as_secs_f64()
    );
    print_memory("after reading");
    time("one scenario", turns, || rehearse(&market));
    print_memory("after one scenario");
    time("three scenarios, ranges of all groups", turns, || rehearse_ranges(&market));
    print_memory("after three scenarios");
    let rehearsal = Rehearsal::new(&market);
    let Size { classes, pools, arcs, people, vacancies } = rehearsal.size();
    println!("    {classes} classes, {pools} pools, {arcs} arcs");
    println!("    {people} people, {vacancies} vacancies");
    time("gaps listed, with their ranges", turns, || rehearsal.list());
    print_memory("after the gaps");
    time("who fits where, and the least price", turns, || rehearsal.price());
    print_memory("after the least price");
}

/// Prints the median of several turns, and the time of all processors in one turn.
fn time(name: &str, turns: usize, work: impl Fn()) {
    let before = processor_time();
    let mut taken = Vec::new();
    for _ in 0..turns {
        let begun = Instant::now();
        work();
        taken.push(begun.elapsed());
    }
    let used = processor_time().zip(before).map(|(after, before)| (after - before) / turns as u32);
    taken.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    print!("  {name}: median {:.2} ms", milliseconds(taken[turns / 2]));
    print!(", least {:.2} ms", milliseconds(taken[0]));
    if let Some(used) = used {
        print!(", processors {:.2} ms", milliseconds(used));
    }
    println!(" ({turns} turns)");
}

/// Time that this program has had of all processors, where the system tells it: in hundredths of a
/// second, so it means something over many turns only.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let user = text.rsplit_once(')')?.1.split_whitespace().nth(11)?;
    Some(Duration::from_millis(user.parse::<u64>().ok()? * 10))
}

/// Prints the most memory that was ever in use, where the system tells it.
fn print_memory(when: &str) {
    let Ok(text) = fs::read_to_string("/proc/self/status") else {
        return;
    };
    if let Some(peak) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("  most memory {when}: {}", peak.trim());
    }
}
