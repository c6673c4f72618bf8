//! A live site from its first edition to its second, as its publisher meets it.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use crate::site::{Output, TestSite};
use crate::write::snapshot;

const SIGNED: [&str; 2] = ["--signed-off-by", "Director of Commissioning"];
const ROWS: &str = "data/placements/rows.yaml";
const ELM: &str = "data/providers/elm-house.yaml";
const SITE: &str = "data/site.yaml";

fn edition(site: &TestSite, name: &str, more: &[&str]) -> Output {
    site.run(&[&["edition", name][..], &SIGNED, more].concat())
}

fn lock_of(site: &TestSite) -> String {
    fs::read_to_string(site.path("data/editions/autumn-2026.yaml")).unwrap()
}

/// A site with enough people for some figures to be shown.
fn site() -> TestSite {
    let site = TestSite::new().file("data/disclosure.yaml", "profile: nhs-mhsds\n");
    site.edit(ROWS, "people: 7", "people: 40")
}

/// Its first edition, live.
fn live() -> TestSite {
    let site = site().edit(SITE, "status: example", "status: live");
    edition(&site, "Autumn 2026", &[]).ends_with(0);
    site
}

/// The next edition's name and day.
fn next(site: TestSite) -> TestSite {
    site.edit(SITE, "Autumn 2026, date: 2026-11-02", "Winter, date: 2026-12-24")
}

/// What the download of all figures tells of people.
fn people(site: &TestSite) -> String {
    let told = site.page("data/figures.csv");
    let ids = ["out-of-area.", "need.people", "matched.people", "gap."];
    let of_people = |line: &&str| ids.iter().any(|id| line.contains(id));
    let told: Vec<&str> = told.lines().filter(of_people).collect();
    assert!(told.len() > 50, "{told:?}");
    told.join("\n")
}

#[test]
fn an_edition_is_one_file_that_holds_what_the_pages_tell() {
    let site = site();
    let before = snapshot(&site.path(""));
    edition(&site, "Autumn 2026", &["--dry-run"]).ends_with(0);
    assert!(snapshot(&site.path("")) == before, "nothing is written");
    let output = edition(&site, "Autumn 2026", &[]).ends_with(0);
    assert!(output.stdout.contains("figures about people"), "{}", output.stdout);
    let lock = lock_of(&site);
    assert!(lock.contains("  - {of: out-of-area.people, value: 40}\n"), "{lock}");
    assert!(lock.contains("signed_off_by: \"Director of Commissioning\"\n"), "{lock}");
    // Rows, pseudonyms and prices stay where they are.
    for secret in ["MH-1", "rows", "no-local-place", "2025-01-01"] {
        assert!(!lock.contains(secret), "{secret} in\n{lock}");
    }
    // The same site gives the same lock, and nothing is written over.
    edition(&site, "Autumn 2026", &[]).ends_with(2);
    assert_eq!(lock_of(&site), lock);
    site.run(&["check"]).ends_with(0);
}

#[test]
fn a_name_or_a_role_that_will_not_do_is_a_fault_of_the_command() {
    let site = site();
    for (name, role) in [
        ("...", "Director"),
        ("Winter 2027", "Director"),
        ("Autumn 2026", "Jane Smith"),
        ("Autumn 2026", "director@example.org"),
        ("Autumn 2026", ""),
    ] {
        site.run(&["edition", name, "--signed-off-by", role]).ends_with(2);
    }
    site.run(&["edition", "Autumn 2026"]).ends_with(2);
    assert!(!site.path("data/editions").exists());
}

#[test]
fn a_draft_becomes_live_with_its_first_edition_and_tells_who_signed() {
    let site = site().edit(SITE, "status: example", "status: draft");
    site.run(&["build"]).ends_with(0);
    let site = site.edit(SITE, "status: draft", "status: live");
    let output = site.run(&["build"]).ends_with(1);
    assert!(output.stderr.contains("MPS060"), "{}", output.stderr);
    assert!(output.stderr.contains("placewise edition NAME"), "{}", output.stderr);
    edition(&site, "Autumn 2026", &[]).ends_with(0);
    let output = site.run(&["build"]).ends_with(0);
    assert_eq!(output.stderr.matches("MPS").count(), 0, "{}", output.stderr);
    assert!(site.page("data/figures.csv").contains(",40"), "{}", site.page("data/figures.csv"));
    let home = site.page("index.html");
    for told in ["Autumn 2026", "31 October 2026"] {
        assert!(home.contains(told), "{told}");
    }
    let role = "Director of Commissioning";
    let footer = "Signed off by: Director of Commissioning.";
    assert!(site.pages().values().all(|page| page.contains(footer)), "nobody signed");
    // No other status tells it.
    let site = site.edit(SITE, "status: live", "status: draft");
    site.run(&["build"]).ends_with(0);
    assert!(!site.pages().values().any(|page| page.contains(role)));
}

#[test]
fn between_editions_people_stay_and_facts_of_providers_are_as_of_today() {
    let site = live();
    site.run(&["build"]).ends_with(0);
    let (first, whole) = (people(&site), site.tree());
    let site = site.edit(ROWS, "people: 40", "people: 61");
    let output = site.run(&["build"]).ends_with(0);
    assert!(output.stderr.contains("MPS064"), "{}", output.stderr);
    assert!(site.tree() == whole, "placements alone change no byte");
    // A place more on a later day: it is told, the people are not.
    let site = next(site)
        .edit(ELM, "registered: 12", "registered: 13")
        .edit(ELM, "vacancies: 2", "vacancies: 3\n    vacancies_public: exact")
        .edit(ELM, "as_of: 2026-10-20", "as_of: 2026-11-20");
    let site = site.edit(ELM, "updated: 2026-10-20", "updated: 2026-11-20");
    let output = site.run(&["build"]).ends_with(0);
    assert!(output.stderr.contains("MPS064"), "{}", output.stderr);
    let is_told = |figure: &str| site.page("data/figures.csv").contains(figure);
    assert!(is_told("registered.beds,,,,,,,13,"), "{}", site.page("data/figures.csv"));
    assert!(is_told("vacancies.beds,,,,,,,3,"));
    assert_eq!(people(&site), first);
    let output = edition(&site, "Winter", &["--dry-run"]).ends_with(0);
    assert!(output.stdout.contains("  out-of-area.people|all|all|all\n"), "{}", output.stdout);
    assert!(!output.stdout.contains("61"), "{}", output.stdout);
    assert!(!site.path("data/editions/winter.yaml").exists());
    edition(&site, "Winter", &[]).ends_with(0);
    let output = site.run(&["build"]).ends_with(0);
    assert!(!output.stderr.contains("MPS064"), "{}", output.stderr);
    let second = people(&site);
    assert_ne!(second, first);
    // One person more is nothing to tell.
    let site = site.edit(ROWS, "people: 61", "people: 62");
    let output = site.run(&["build"]).ends_with(0);
    assert!(!output.stderr.contains("MPS064"), "{}", output.stderr);
    assert_eq!(people(&site), second);
}

#[test]
fn a_lock_that_was_changed_and_a_name_used_twice_are_refused() {
    let site = live();
    edition(&site, "Autumn 2026", &[]).ends_with(2);
    let path = "data/editions/autumn-2026.yaml";
    let site = site.edit(
        path,
        "{of: out-of-area.people, value: 40}",
        "{of: out-of-area.people, value: 41}",
    );
    let output = site.run(&["build"]).ends_with(1);
    assert!(output.stderr.contains("changed since it was written"), "{}", output.stderr);
    assert!(!site.path("public").exists());
    let output = edition(&next(site), "Winter", &[]).ends_with(1);
    assert!(output.stderr.contains("MPS063"), "{}", output.stderr);
}

/// An edition that is killed at any moment is there as a whole or not at all.
#[cfg(unix)]
#[test]
fn an_edition_that_is_killed_leaves_no_half_of_it() {
    let site = live();
    site.run(&["build"]).ends_with(0);
    let first = people(&site);
    let site = next(site.edit(ROWS, "people: 40", "people: 61"));
    let winter = site.path("data/editions/winter.yaml");
    let begun = Instant::now();
    edition(&site, "Winter", &[]).ends_with(0);
    let (took, whole) = (begun.elapsed(), fs::read(&winter).unwrap());
    let mut kept = 0;
    for round in 0..12 {
        fs::remove_file(&winter).unwrap();
        let arguments = [&["edition", "Winter"][..], &SIGNED].concat();
        let mut command = site.command(&arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(took.mul_f64(f64::from(round) / 10.0));
        child.kill().unwrap();
        child.wait().unwrap();
        match fs::read(&winter) {
            Ok(found) => {
                assert!(found == whole, "round {round}: half an edition");
                kept += 1;
            }
            Err(_) => {
                site.run(&["build"]).ends_with(0);
                assert_eq!(people(&site), first, "round {round}");
                edition(&site, "Winter", &[]).ends_with(0);
                assert!(fs::read(&winter).unwrap() == whole, "round {round}");
            }
        }
    }
    println!("{kept} of 12 runs had already written");
    site.run(&["build"]).ends_with(0);
    assert_ne!(people(&site), first);
}
