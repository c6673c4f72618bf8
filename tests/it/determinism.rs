//! The same files give the same bytes: on any day, in any place, in any order, on any machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::site::{EXAMPLE, TestSite, run};
use crate::write::snapshot;

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Says where two trees first differ.
#[track_caller]
fn same(one: &Tree, other: &Tree) {
    let names: Vec<_> = one.keys().chain(other.keys()).collect();
    for name in names {
        let (a, b) = (one.get(name), other.get(name));
        if a == b {
            continue;
        }
        let (Some(a), Some(b)) = (a, b) else {
            panic!("{} is in one tree only", name.display());
        };
        let at = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let near = |bytes: &[u8]| {
            let end = (at + 80).min(bytes.len());
            String::from_utf8_lossy(&bytes[at.saturating_sub(80)..end]).into_owned()
        };
        panic!("{} differs at byte {at}:\n{}\n---\n{}", name.display(), near(a), near(b));
    }
}

/// Builds with these variables of the environment and gives the tree.
fn tree(site: &TestSite, variables: &[(&str, &str)]) -> Tree {
    let mut command = site.command(&["build", "--quiet"]);
    command.envs(variables.iter().copied());
    assert_eq!(run(command).ends_with(0).stderr, "");
    site.tree()
}

#[test]
fn the_environment_changes_nothing() {
    let first = EXAMPLE.tree();
    assert!(first.len() > 200);
    let surroundings: [&[(&str, &str)]; 2] = [
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "1")],
        &[
            ("TZ", "America/Los_Angeles"),
            ("LANG", "de_DE.UTF-8"),
            ("HOME", "nowhere"),
            ("SOURCE_DATE_EPOCH", "1"),
            ("RAYON_NUM_THREADS", "4"),
        ],
    ];
    for variables in surroundings {
        same(&first, &tree(&TestSite::example(), variables));
    }
}

#[test]
fn a_second_build_over_the_first_changes_nothing() {
    let site = TestSite::example().build();
    let first = site.tree();
    same(&first, &site.build().tree());
}

#[test]
fn the_order_in_which_files_are_made_changes_nothing() {
    let site = &*EXAMPLE;
    let mut files: Vec<_> = ["data", "content"]
        .iter()
        .flat_map(|folder| {
            let files = snapshot(&site.path(folder)).into_iter();
            files.map(move |(path, bytes)| (PathBuf::from(folder).join(path), bytes))
        })
        .collect();
    files.reverse();
    let middle = files.len() / 3;
    files.rotate_left(middle);
    let other = files.into_iter().fold(TestSite::empty(), |other, (path, bytes)| {
        other.bytes(path.to_str().unwrap(), &bytes)
    });
    same(&site.tree(), &other.build().tree());
}

#[test]
fn where_the_program_runs_and_writes_changes_nothing() {
    let site = &*EXAMPLE;
    let elsewhere = TestSite::empty();
    fs::create_dir(elsewhere.path("deep")).unwrap();
    let arguments = [
        "build".to_owned(),
        "--quiet".to_owned(),
        format!("--site={}", site.path("").display()),
        "--out=deep/er/site".to_owned(),
    ];
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    elsewhere.run(&arguments).ends_with(0);
    same(&site.tree(), &snapshot(&elsewhere.path("deep/er/site")));
}

#[test]
fn placements_from_another_folder_change_nothing() {
    let site = TestSite::example();
    fs::rename(site.path("data/placements"), site.path("private")).unwrap();
    site.run(&["build", "--quiet", "--placements", "private"]).ends_with(0);
    same(&EXAMPLE.tree(), &site.tree());
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_change_nothing() {
    let site = TestSite::new().build();
    let mut other = TestSite::new();
    for (path, text) in crate::site::MINIMAL {
        let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        other = other.file(path, &text);
    }
    same(&site.tree(), &other.build().tree());
}

#[test]
fn an_edit_and_its_reversal_give_the_first_bytes() {
    let site = TestSite::new().build();
    let first = site.tree();
    let edited = site.edit("content/index.md", "Care in Mere", "Help in Mere").build();
    assert_ne!(first, edited.tree());
    let back = edited.edit("content/index.md", "Help in Mere", "Care in Mere").build();
    same(&first, &back.tree());
}
