//! Messages are a deliverable: every code has a case whose exact text is kept beside it.
//!
//! A case is a folder `tests/cases/errors/<CODE>-<slug>` with
//! - `case.md`: what is wrong, one sentence;
//! - `files/`: files that replace or join those of the smallest site (see `site.rs`);
//! - `sheets/`: texts of workbooks, made into files of the same path less `.txt` (`workbooks.rs`);
//! - `remove.txt`: paths to take away, one a line; `grow.txt`: paths to fill up with comment
//!   lines, and to how many bytes;
//! - `stderr.txt`: what `placewise check` says. `PLACEWISE_BLESS=1 cargo test` rewrites it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use placewise::diagnostics::{ALL_CODES, Code, explain};
use rayon::prelude::*;

use crate::site::{TestSite, repository, slashed};
use crate::workbooks;
use crate::write::snapshot;

/// Names of the cases with their folders.
fn cases() -> Vec<(String, PathBuf)> {
    let folder = repository().join("tests/cases/errors");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect();
    cases.sort();
    cases
}

fn code_of(name: &str) -> Code {
    let id = name.split('-').next().unwrap_or_default();
    Code::parse(id).unwrap_or_else(|| panic!("{name}: a case is called <CODE>-<slug>"))
}

fn site_of(case: &Path) -> TestSite {
    let mut site = TestSite::new();
    for (path, bytes) in snapshot(case) {
        let path = slashed(&path);
        if let Some(inside) = path.strip_prefix("files/") {
            site = site.bytes(inside, &bytes);
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        if let Some(inside) = path.strip_prefix("sheets/") {
            let workbook = inside.strip_suffix(".txt").unwrap_or_else(|| panic!("{inside}"));
            site = site.bytes(workbook, &workbooks::made(&text));
            continue;
        }
        match path.as_str() {
            "remove.txt" => site = text.lines().fold(site, |site, path| site.remove(path)),
            "grow.txt" => {
                for line in text.lines() {
                    let (path, bytes) = line.split_once(' ').unwrap();
                    let bytes: usize = bytes.parse().unwrap();
                    site = site.file(path, &"# filled\n".repeat(bytes / 9 + 1));
                }
            }
            "case.md" | "command.txt" | "stderr.txt" => {}
            other => panic!("{}: nothing reads `{other}`", case.display()),
        }
    }
    site
}

fn check(name: &str, case: &Path) -> Result<(), String> {
    let about = fs::read_to_string(case.join("case.md")).map_err(|e| format!("case.md: {e}"))?;
    let first = about.lines().next().unwrap_or_default();
    if !first.ends_with('.') || first.len() < 20 {
        return Err(format!("case.md begins with a sentence, not with `{first}`"));
    }
    // Most faults are told by `check`; the others name their command, one word on a line.
    let command = fs::read_to_string(case.join("command.txt")).unwrap_or("check".to_owned());
    let words: Vec<&str> = command.lines().chain(["--quiet"]).collect();
    let output = site_of(case).run(&words);
    let code = i32::from(output.stderr.contains("error["));
    if output.code != code || !output.stdout.is_empty() {
        return Err(format!("exit code {}, not {code}\n{output:?}", output.code));
    }
    if !output.stderr.contains(&format!("[{}]", code_of(name).id())) {
        return Err(format!("the code does not come\n{}", output.stderr));
    }
    let file = case.join("stderr.txt");
    if std::env::var_os("PLACEWISE_BLESS").is_some() {
        fs::write(&file, &output.stderr).unwrap();
    }
    let expected = fs::read_to_string(&file).map_err(|e| format!("stderr.txt: {e}"))?;
    match expected.replace('\r', "") == output.stderr {
        true => Ok(()),
        false => Err(format!("expected\n{expected}\ngot\n{}", output.stderr)),
    }
}

#[test]
fn every_case_says_exactly_what_is_expected() {
    let faults: Vec<String> = cases()
        .par_iter()
        .filter_map(|(name, case)| Some(format!("{name}: {}", check(name, case).err()?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Codes that no file of a site brings about as far as is known: the last resort of protection,
/// which is tested beside it.
const WITHOUT_CASE: [Code; 1] = [Code::CannotProtect];

#[test]
fn every_code_has_a_case_and_an_explanation() {
    let told: BTreeSet<Code> = cases().iter().map(|(name, _)| code_of(name)).collect();
    for code in ALL_CODES {
        let has_case = told.contains(code) || WITHOUT_CASE.contains(code);
        assert!(has_case, "{} has no case", code.id());
        let words = explain(*code).split_whitespace().count();
        assert!(words > 15, "{} is not explained", code.id());
        assert!(explain(*code).contains("Mend it"), "{}", code.id());
    }
}

#[test]
fn every_diagnostic_of_the_cases_has_a_place_and_a_way_out() {
    for (name, case) in cases() {
        let text = fs::read_to_string(case.join("stderr.txt")).unwrap();
        for part in text.split("\n\n").filter(|part| !part.ends_with("more\n")) {
            assert!(part.contains("= help: "), "{name}: no way out\n{part}");
            // A missing file has no line, and a finished page has none in a template; the message
            // names the file and the page. That noughts are withheld follows from all files.
            let whole = [Code::MissingFile, Code::AuditFailed, Code::NoughtsWithheld];
            let is_whole = whole.contains(&code_of(&name)) || name == "MPS071-template";
            let placed = part.contains("--> ") || is_whole;
            assert!(placed, "{name}: no place\n{part}");
        }
    }
}

#[test]
fn every_fault_of_every_file_is_told_in_one_run_in_order() {
    let site = TestSite::new()
        .edit("data/site.yaml", "2026-11-02, as_at", "02/11/2026, as_at")
        .edit("data/providers/elm-house.yaml", "places: 10", "places: ten")
        .edit("data/providers/elm-house.yaml", "area: bridge", "area: brigde")
        .edit("data/placements/rows.yaml", "people: 7", "people: some")
        .edit("content/index.md", "Care in", "TBC: care in");
    let output = site.run(&["check", "--quiet"]).ends_with(1);
    let places: Vec<&str> =
        output.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    assert_eq!(
        places,
        [
            "content/index.md:4:1",
            "data/placements/rows.yaml:8:11",
            "data/providers/elm-house.yaml:14:11",
            "data/providers/elm-house.yaml:16:13",
            "data/site.yaml:6:36",
        ]
    );
    assert!(output.stderr.contains("5 errors."), "{}", output.stderr);
}

#[test]
fn a_flood_of_faults_is_cut_and_counted() {
    let lines: String = (0..30).map(|n| format!("A line. <b>{n}</b>\n\n")).collect();
    let site =
        TestSite::new().file("content/pages/long.md", &format!("---\ntitle: Long\n---\n{lines}"));
    let output = site.run(&["check"]).ends_with(1);
    assert_eq!(output.stderr.matches("error[MPS070]").count(), 20);
    assert!(output.stderr.contains("60 errors; the first 20 are shown"));
    let output = site.run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(output.stderr.lines().count(), 60);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_elsewhere_is_not_followed() {
    let site = TestSite::new().file("elsewhere.yaml", "id: oak\nname: Oak\n");
    std::os::unix::fs::symlink(site.path("elsewhere.yaml"), site.path("data/providers/oak.yaml"))
        .unwrap();
    let output = site.run(&["check"]).ends_with(1);
    assert!(output.stderr.contains("MPS004"), "{}", output.stderr);
    assert!(output.stderr.contains("data/providers/oak.yaml"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let site = TestSite::new();
    let pipe = site.path("data/providers/pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(pipe).status().unwrap();
    assert!(made.success());
    let output = site.run(&["check"]).ends_with(1);
    assert!(output.stderr.contains("MPS004"), "{}", output.stderr);
    assert!(output.stderr.contains("data/providers/pipe.yaml"), "{}", output.stderr);
    assert!(output.stderr.contains("a pipe, a socket or a device"), "{}", output.stderr);
}
