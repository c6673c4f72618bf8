//! What is kept of a build for the next one: it makes no difference, and cannot make one.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::site::{Output, TestSite, run};

/// A site with one small number and others that are withheld for it.
fn site() -> TestSite {
    let row = |id: &str, home: &str, people: u32| {
        format!(
            "- {{id: {id}, home: {home}, level: open-rehab, needs: [autism], age: 18-64, \
             gender: female, legal: informal, people: {people}, placed_since: 2025-01-01, \
             reason: no-local-place}}\n"
        )
    };
    let rows = row("MH-1", "bridge", 30) + &row("MH-2", "hill", 3);
    TestSite::new()
        .file("data/placements/rows.yaml", &rows)
        .file("data/disclosure.yaml", "profile: ten\n")
}

/// A folder of a user in which caches are kept.
struct User(TempDir);

impl User {
    fn new() -> User {
        User(tempfile::tempdir().unwrap())
    }

    fn build(&self, site: &TestSite, more: &[&str]) -> Output {
        let mut command = site.command(&["build", "--timings"]);
        let home = self.0.path();
        command.args(more).env("HOME", home).env("LOCALAPPDATA", home).env("XDG_CACHE_HOME", home);
        run(command)
    }

    fn files(&self) -> Vec<PathBuf> {
        let folder = match cfg!(target_os = "macos") {
            true => self.0.path().join("Library/Caches/placewise"),
            false => self.0.path().join("placewise"),
        };
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

const REMEMBERED: &str = "protection from the cache";

#[test]
fn a_second_build_works_nothing_out_and_gives_the_same_bytes() {
    let (user, site) = (User::new(), site());
    let first = user.build(&site, &[]).ends_with(0);
    assert!(!first.stderr.contains(REMEMBERED), "{}", first.stderr);
    let tree = site.tree();
    assert!(!user.files().is_empty());
    let second = user.build(&site, &[]).ends_with(0);
    assert!(second.stderr.contains(REMEMBERED), "{}", second.stderr);
    assert!(tree == site.tree());
    let third = user.build(&site, &["--no-cache"]).ends_with(0);
    assert!(!third.stderr.contains(REMEMBERED), "{}", third.stderr);
    assert!(tree == site.tree());
}

#[test]
fn nothing_is_kept_if_it_is_not_wanted_or_would_lie_in_the_site() {
    let (user, site) = (User::new(), site());
    user.build(&site, &["--no-cache"]).ends_with(0);
    assert!(user.files().is_empty());
    let mut inside = site.command(&["build"]);
    inside.env("XDG_CACHE_HOME", site.path("data")).env("HOME", site.path("data"));
    run(inside).ends_with(0);
    assert!(!site.path("data/placewise").exists() && !site.path("data/Library").exists());
}

#[test]
fn other_people_are_another_question() {
    let (user, site) = (User::new(), site());
    user.build(&site, &[]).ends_with(0);
    let site = site.edit("data/placements/rows.yaml", "people: 30", "people: 31");
    let changed = user.build(&site, &[]).ends_with(0);
    assert!(!changed.stderr.contains(REMEMBERED), "{}", changed.stderr);
}

/// Files of answers as their form has them: how many bytes stand before the answer, and which cells
/// were withheld when the question was asked, for these are too small to be shown.
fn read(bytes: &[u8]) -> (usize, Vec<u64>) {
    let lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let mut at = lines.map(|(at, _)| at).nth(1).unwrap() + 1;
    let mut next = || {
        let number = u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
        at += 8;
        number
    };
    let end = next();
    // The question begins with how it is to be answered.
    let _way = next();
    let cells = next();
    let begin = at - 16;
    let mut small = Vec::new();
    for cell in 0..cells {
        let number = |at: &mut usize| {
            let number = u64::from_le_bytes(bytes[*at..*at + 8].try_into().unwrap());
            *at += 8;
            number
        };
        let key = number(&mut at);
        at += key as usize + 10 * 8;
        if number(&mut at) == 1 {
            at += 16;
        }
        if number(&mut at) == 1 {
            small.push(cell);
        }
        number(&mut at);
        at += 8 * number(&mut at) as usize;
    }
    (begin + end as usize, small)
}

/// Writes an answer that withholds nothing but what is small.
fn spoil(file: &Path) {
    let bytes = fs::read(file).unwrap();
    let (begin, small) = read(&bytes);
    let mut answer: Vec<u64> = vec![small.len() as u64];
    answer.extend(small);
    answer.extend([0; 5]);
    let answer: Vec<u8> = answer.into_iter().flat_map(u64::to_le_bytes).collect();
    let mut spoilt = bytes[..begin].to_vec();
    spoilt.extend((answer.len() as u64).to_le_bytes());
    spoilt.extend(answer);
    fs::write(file, spoilt).unwrap();
}

#[test]
fn an_answer_that_was_tampered_with_is_stopped_by_the_audit() {
    let (user, site) = (User::new(), site());
    user.build(&site, &[]).ends_with(0);
    let before = site.tree();
    user.files().iter().for_each(|file| spoil(file));
    let spoilt = user.build(&site, &[]).ends_with(1);
    assert!(spoilt.stderr.contains(REMEMBERED), "{}", spoilt.stderr);
    assert!(spoilt.stderr.contains("MPS069"), "{}", spoilt.stderr);
    assert!(before == site.tree(), "what was published stays as it was");
}

#[test]
fn what_is_damaged_is_worked_out_again() {
    let (user, site) = (User::new(), site());
    user.build(&site, &[]).ends_with(0);
    let before = site.tree();
    for file in user.files() {
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    let again = user.build(&site, &[]).ends_with(0);
    assert!(!again.stderr.contains(REMEMBERED), "{}", again.stderr);
    assert!(before == site.tree());
}
