//! A live site from its first edition to its second, as its publisher meets it.

use std::fs;

use crate::site::{Output, TestSite};
use crate::write::snapshot;

const SIGNED: [&str; 2] = ["--signed-off-by", "Director of Commissioning"];

fn edition(site: &TestSite, name: &str, more: &[&str]) -> Output {
    site.run(&[&["edition", name][..], &SIGNED, more].concat())
}

fn lock_of(site: &TestSite) -> String {
    fs::read_to_string(site.path("data/editions/autumn-2026.yaml")).unwrap()
}

/// A site with enough people for some figures to be shown.
fn site() -> TestSite {
    TestSite::new().file("data/disclosure.yaml", "profile: nhs-mhsds\n").edit(
        "data/placements/rows.yaml",
        "people: 7",
        "people: 40",
    )
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
fn a_live_site_goes_from_edition_to_edition() {
    let site = site().edit("data/site.yaml", "status: example", "status: live");
    let output = site.run(&["build"]).ends_with(1);
    assert!(output.stderr.contains("MPS060"), "{}", output.stderr);
    if output.stderr.contains("this version hides small numbers") {
        // The switch is not on: then no edition makes a site live. The same walk past the switch is
        // a unit test of `disclosure::editions`.
        edition(&site, "Autumn 2026", &[]).ends_with(1);
        return;
    }
    assert!(output.stderr.contains("placewise edition NAME"), "{}", output.stderr);
    edition(&site, "Autumn 2026", &[]).ends_with(0);
    site.run(&["build"]).ends_with(0);
    let people = |site: &TestSite| site.page("data/figures.csv");
    let first = people(&site);
    // A place more, and more people: the place is told, the people are not.
    let site = site
        .edit("data/placements/rows.yaml", "people: 40", "people: 61")
        .edit("data/providers/elm-house.yaml", "registered: 12", "registered: 13")
        .edit("data/site.yaml", "Autumn 2026, date: 2026-11-02", "Winter, date: 2026-12-24");
    let output = site.run(&["build"]).ends_with(0);
    assert!(output.stderr.contains("MPS064"), "{}", output.stderr);
    let second = people(&site);
    assert_ne!(first, second, "registered beds have changed");
    let of_people = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("out-of-area.people")).map(str::to_owned).collect()
    };
    assert_eq!(of_people(&first), of_people(&second));
    let output = edition(&site, "Winter", &["--dry-run"]).ends_with(0);
    assert!(output.stdout.contains("  out-of-area.people|all|all|all\n"), "{}", output.stdout);
    assert!(!output.stdout.contains("61"), "{}", output.stdout);
    edition(&site, "Winter", &[]).ends_with(0);
    let output = site.run(&["build"]).ends_with(0);
    assert!(!output.stderr.contains("MPS064"), "{}", output.stderr);
    let told = of_people(&people(&site));
    assert_ne!(told, of_people(&second));
    // One person more is nothing to tell.
    let site = site.edit("data/placements/rows.yaml", "people: 61", "people: 62");
    let output = site.run(&["build"]).ends_with(0);
    assert!(!output.stderr.contains("MPS064"), "{}", output.stderr);
    assert_eq!(of_people(&people(&site)), told);
}
