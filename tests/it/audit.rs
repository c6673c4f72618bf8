//! The audit of finished sites: outputs that were tampered with are refused, and what people
//! planted in the inputs is nowhere in the output.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use placewise::diagnostics::Diagnostic;
use placewise::load::disk;
use placewise::site::Site;

use crate::site::{TestSite, repository, slashed};
use crate::write::snapshot;

/// How many seeds are tried; each gives one tampering of each kind.
const SEEDS: u64 = 25;

/// The example, compiled, with its files.
static SITE: LazyLock<(Site, BTreeMap<String, Vec<u8>>)> = LazyLock::new(|| {
    let sources = disk::read_site(repository(), None).unwrap().value.unwrap();
    let site = placewise::compile(Arc::new(sources)).value.unwrap();
    let files = site
        .addresses()
        .map(|address| (address.file(), site.bytes(address).unwrap().unwrap()))
        .collect();
    (site, files)
});

fn audit(site: &Site, files: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let auditor = site.auditor();
    auditor.judge(files.iter().map(|(file, bytes)| auditor.read(file, bytes)).collect())
}

/// A number that looks random and is the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % most as u64) as usize
    }

    /// A place where a text stands in some file of a kind.
    fn place(&mut self, ending: &str, text: &str) -> (String, usize) {
        let files: Vec<_> = SITE.1.iter().filter(|(file, _)| file.ends_with(ending)).collect();
        loop {
            let (file, bytes) = files[self.below(files.len())];
            let content = std::str::from_utf8(bytes).unwrap();
            let places: Vec<usize> = content.match_indices(text).map(|(at, _)| at).collect();
            if !places.is_empty() {
                return (file.clone(), places[self.below(places.len())]);
            }
        }
    }
}

/// The file with a piece of it replaced.
fn changed(file: &str, at: usize, length: usize, by: &str) -> BTreeMap<String, Vec<u8>> {
    let mut content = String::from_utf8(SITE.1[file].clone()).unwrap();
    content.replace_range(at..at + length, by);
    BTreeMap::from([(file.to_owned(), content.into_bytes())])
}

/// What is found in the file that was changed.
#[track_caller]
fn refused(files: &BTreeMap<String, Vec<u8>>, what: &str) {
    let (site, _) = &*SITE;
    let auditor = site.auditor();
    for (file, bytes) in files {
        let found = auditor.judge_file(&auditor.read(file, bytes));
        assert!(!found.is_empty(), "{what} in {file} is not found");
        let named = found.iter().any(|finding| finding.message.contains(file.as_str()));
        assert!(named, "{what}: {found:?}");
    }
}

#[test]
fn the_example_as_it_is_has_no_fault_in_any_file() {
    let (site, files) = &*SITE;
    let auditor = site.auditor();
    for (file, bytes) in files {
        let found = auditor.judge_file(&auditor.read(file, bytes));
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

#[test]
fn an_output_that_was_tampered_with_is_refused() {
    const MARK: &str = "[c]";
    for seed in 0..SEEDS {
        let seeded = &mut Seeded(seed);
        let (file, at) = seeded.place(".html", "[c]<span class=\"vh\"> withheld</span></a>");
        refused(&changed(&file, at, MARK.len(), "3"), "a withheld figure that is shown");
        refused(&changed(&file, at, MARK.len(), "*"), "another mark");
        refused(&changed(&file, at, MARK.len(), "[c] 3"), "a number in the mark");
        let (file, at) = seeded.place(".html", " class=\"fig withheld\"");
        refused(&changed(&file, at, 0, " aria-label=\"3 people\""), "a number in a label");
        refused(&changed(&file, at, 0, " data-sort=\"3\""), "an order by a withheld number");
        for ending in [".html", ".csv"] {
            let (file, at) = match ending {
                ".html" => seeded.place(ending, "class=\"fig\" data-key=\""),
                _ => seeded.place("figures.csv", "\nneed.people|"),
            };
            let length = if ending == ".html" { 22 } else { 0 };
            match ending {
                ".html" => refused(&changed(&file, at, length, "class=\"fig\" x=\""), "no key"),
                _ => refused(&changed(&file, at + 1, 11, ""), "a key cut short"),
            }
        }
        let (file, at) = seeded.place("figures.csv", ",[c],");
        refused(&changed(&file, at, 1, ",3"), "a number beside the mark");
        let (file, at) = seeded.place("figures.json", "\"value\":null,\"mark\":\"[c]\"");
        refused(&changed(&file, at, 12, "\"value\":3"), "a number beside the mark");
    }
}

#[test]
fn a_figure_that_was_changed_or_drawn_is_refused() {
    for seed in 0..SEEDS {
        let seeded = &mut Seeded(seed);
        let (file, at) = seeded.place(".html", "class=\"fig\" data-key=\"need.people|");
        let content = std::str::from_utf8(&SITE.1[&file]).unwrap();
        let text = at + content[at..].find('>').unwrap() + 1;
        let is_number = content[text..].starts_with(|letter: char| letter.is_ascii_digit());
        if is_number {
            refused(&changed(&file, text, 0, "1"), "a digit");
        }
        let (file, at) = seeded.place(".html", "<tspan data-key=\"");
        let content = std::str::from_utf8(&SITE.1[&file]).unwrap();
        let line = content[..at].rfind("<text ").unwrap();
        refused(
            &changed(&file, line, 0, "<rect class=\"chart-bar-need\" width=\"3.0%\"/>"),
            "a bar without a key",
        );
        let withheld = content.match_indices("<tspan data-key=\"").find_map(|(at, opening)| {
            let (key, rest) = content[at + opening.len()..].split_once("\">")?;
            rest.starts_with("[c]").then_some(key)
        });
        if let Some(key) = withheld {
            let bar = format!("<rect class=\"chart-gap\" data-key=\"{key}\" width=\"3.0%\"/>");
            refused(&changed(&file, line, 0, &bar), "a bar of a withheld figure");
        }
    }
}

#[test]
fn a_figure_that_one_file_tells_otherwise_is_refused() {
    let (site, files) = &*SITE;
    let mut files = files.clone();
    let json = String::from_utf8(files["data/figures.json"].clone()).unwrap();
    let (before, after) = json.split_once("\"value\":320,").unwrap();
    files.insert("data/figures.json".to_owned(), format!("{before}\"value\":325,{after}").into());
    let found = audit(site, &files);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert!(finding.message.starts_with("`data/figures.json`: a figure is not what was decided"));
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let (site, _) = &*SITE;
    let auditor = site.auditor();
    for file in ["data/figures.xlsx", "search.bin", "map.wasm"] {
        assert!(!auditor.judge_file(&auditor.read(file, b"x")).is_empty(), "{file}");
    }
    assert!(!auditor.judge_file(&auditor.read("x.json", b"{")).is_empty());
    assert!(!auditor.judge_file(&auditor.read("x.html", b"\xff")).is_empty());
}

/// Two people whose amount and days nobody would write by chance, and 40 others, in inputs that are
/// never published: each number stands in the rows, in its place, and one is an amount of spending.
fn planted([first, second]: [(&str, &str, &str); 2]) -> TestSite {
    let row = |(id, cost, days): (&str, &str, &str), home: &str, people: u32| {
        format!(
            "- {{id: MH-{id}, home: {home}, level: open-rehab, needs: [psychosis], age: 18-64,
   gender: female, legal: informal, people: {people}, weekly_cost_pounds: {cost}, stay_days: {days},
   placed_since: 2025-01-01, reason: no-local-place}}\n"
        )
    };
    let rows = row(first, "bridge", 2) + &row(second, "hill", 40);
    let spend = format!(
        "provider,year,amount_pounds,place,area,part\nelm-house,2025/26,{}.00,local,mere,mh\n",
        first.0
    );
    TestSite::new()
        .file("data/placements/rows.yaml", &rows)
        .file("data/spend/2025.csv", &spend)
        .file("data/disclosure.yaml", "profile: nhs-mhsds\n")
        .build()
}

/// All that a site tells, by where: its files, what commands print, the lock of an edition, and the
/// files of the live site with it.
fn all_told(site: TestSite) -> BTreeMap<String, Vec<u8>> {
    let files = |site: &TestSite, of: &str| {
        let named =
            |(path, bytes): (std::path::PathBuf, _)| (of.to_owned() + &slashed(&path), bytes);
        site.tree().into_iter().map(named).collect::<Vec<_>>()
    };
    let mut told = BTreeMap::from_iter(files(&site, ""));
    let edition = ["edition", "Autumn 2026", "--signed-off-by", "Director"];
    let commands: [&[&str]; 7] = [
        &["check", "--format", "json"],
        &["check", "--stale"],
        &["figures", "--format", "json"],
        &["gaps"],
        &["gaps", "--format", "json"],
        &["disclosure"],
        &edition,
    ];
    for command in commands {
        let said = site.run(command).ends_with(0);
        told.insert(command.join(" "), format!("{}{}", said.stdout, said.stderr).into_bytes());
    }
    let lock = snapshot(&site.path("data/editions")).into_iter();
    told.extend(lock.map(|(path, bytes)| (format!("lock {}", slashed(&path)), bytes)));
    let live = site.edit("data/site.yaml", "status: example", "status: live").build();
    told.extend(files(&live, "live/"));
    told
}

/// A text without the digests in it, whose digits are those of any number now and then: runs of
/// twelve or more hexadecimal digits, among them a letter. A number is no such run.
fn without_digests(text: &str) -> String {
    let is_hex = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_hex) {
        let end = rest[at..].find(|letter| !is_hex(letter)).map_or(rest.len(), |end| at + end);
        let run = &rest[at..end];
        let is_digest = run.len() >= 12 && run.contains(|letter: char| letter.is_ascii_lowercase());
        plain.push_str(&rest[..at]);
        plain.push_str(if is_digest { "-" } else { run });
        rest = &rest[end..];
    }
    plain + rest
}

#[test]
fn planted_values_are_nowhere_in_the_output() {
    const PLANTED: [&str; 6] = ["918273", "736455", "91827", "73645", "4137", "6197"];
    let site =
        planted([(PLANTED[0], PLANTED[2], PLANTED[4]), (PLANTED[1], PLANTED[3], PLANTED[5])]);
    let told = all_told(site);
    let kinds = ["assets/search-index.js", ".csv", ".json", ".css", ".xml", "lock "];
    for kind in kinds {
        assert!(told.keys().any(|path| path.contains(kind)), "{kind}: not looked at");
    }
    let holds =
        |text: &str| told.values().any(|bytes| String::from_utf8_lossy(bytes).contains(text));
    assert!(holds("<svg") && holds("application/ld+json"), "not looked at");
    for (path, bytes) in &told {
        let text = String::from_utf8_lossy(bytes).replace([',', '\u{a0}', '\u{2009}'], "");
        let text = without_digests(&text);
        for digits in PLANTED {
            assert!(!text.contains(digits), "{digits} in {path}");
            assert!(!without_digests(path).contains(digits), "{digits} in the name {path}");
        }
        for key in ["need.people|bridge|all|all", "gap.people|bridge|open-rehab|all"] {
            for (at, _) in text.match_indices(&format!("data-key=\"{key}\"")) {
                let shown = text[at..].split_once('>').unwrap().1;
                assert!(shown.starts_with("[c]"), "{key} in {path}");
            }
        }
    }
    // Not even in a digest: with other such numbers, in the same order, every byte is the same.
    let other = planted([("564738", "81726", "3951"), ("293847", "35261", "5713")]);
    assert!(told == all_told(other), "the output follows from amounts, days or names of rows");
}

#[test]
fn planted_values_would_be_found() {
    for text in ["£918,273 a year", "width:4137px", "a4137b", "\"4137\"", "0123456789abcdef 918273"]
    {
        let text = without_digests(&text.replace(',', ""));
        assert!(text.contains("918273") || text.contains("4137"), "{text}");
    }
    assert_eq!(without_digests("a \"71843820936306f139\" b.a367377a3970.css"), "a \"-\" b.-.css");
}
