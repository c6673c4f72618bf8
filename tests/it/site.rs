//! A small valid site in a folder of its own, to be changed and built by a test.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::write::snapshot;

/// The smallest site that builds without a warning; read it to know what the cases change.
pub(crate) const MINIMAL: &[(&str, &str)] = &[
    (
        "data/site.yaml",
        "title: Test care market
base_url: https://care.example.org/
publisher: Test council
contact: {role: Market team, email: team@example.org}
status: example
edition: {name: Autumn 2026, date: 2026-11-02, as_at: 2026-10-31}
accessibility:
  compliance: fully
  prepared: 2026-11-02
  contact: {email: team@example.org}
",
    ),
    (
        "data/areas.yaml",
        "- {id: east, name: East, kind: region}
- {id: mere, name: Mere, kind: icb, parent: east}
- {id: bridge, name: Bridge, kind: place, parent: mere}
- {id: hill, name: Hill, kind: place, parent: mere}
",
    ),
    (
        "data/vocabulary.yaml",
        "ladders:
  - id: mental-health
    name: Mental health
    levels:
      - {id: supported-living, name: Supported living, scope: place}
      - {id: open-rehab, name: Open rehabilitation, scope: icb, target_occupancy: 0.85}
needs:
  - {id: autism, name: Autistic people}
  - {id: psychosis, name: Psychosis}
types:
  - {id: rehab, name: Rehabilitation}
legal:
  - {id: informal, name: Informal}
  - {id: detained, name: Detained}
age_bands:
  - {id: adults, name: Adults, min: 18, max: 64}
quality:
  - {score: 0, name: Poor}
  - {score: 4, name: Excellent}
",
    ),
    (
        "data/providers/elm-house.yaml",
        "id: elm-house
name: Elm House
sector: independent
updated: 2026-10-20
services:
  - id: elm-rehab
    name: Elm Rehabilitation
    types: [rehab]
    level: open-rehab
    needs: [psychosis]
    age: {min: 18, max: 64}
    gender: any
    legal: [informal, detained]
    area: bridge
    registered: 12
    places: 10
    occupied: {local: 6, imported: 2}
    vacancies: 2
    as_of: 2026-10-20
    quality:
      self: {score: 3, date: 2026-10-01}
",
    ),
    (
        "data/placements/rows.yaml",
        "- id: MH-1
  home: bridge
  level: open-rehab
  needs: [psychosis]
  age: 18-64
  gender: female
  legal: informal
  people: 7
  placed_since: 2025-01-01
  reason: no-local-place
",
    ),
    (
        "content/index.md",
        "---
title: Test care market
---
Care in Mere.
",
    ),
    (
        "content/statement/01-summary.md",
        "---
title: Summary
order: 1
---
## What we need

On the day, {{ figure(of=\"out-of-area.people\") }} lived away.
",
    ),
];

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    /// Checks the exit code, showing all output when it is another one.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Output {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// A site folder of one test.
pub(crate) struct TestSite {
    root: PathBuf,
    /// Removes the folder in the end; the shared example stays in the target folder.
    _dir: Option<TempDir>,
}

/// The built example, shared by all tests that only read it.
pub(crate) static EXAMPLE: LazyLock<TestSite> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    let site = TestSite { root, _dir: None };
    site.copy_example();
    site.build()
});

impl TestSite {
    /// The smallest valid site.
    pub(crate) fn new() -> TestSite {
        let site = TestSite::empty();
        for (path, text) in MINIMAL {
            site.put(path, text);
        }
        site
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> TestSite {
        let dir = tempfile::tempdir().unwrap();
        TestSite { root: dir.path().to_owned(), _dir: Some(dir) }
    }

    /// A copy of the example that comes with the program.
    pub(crate) fn example() -> TestSite {
        let site = TestSite::empty();
        site.copy_example();
        site
    }

    fn copy_example(&self) {
        for folder in ["data", "content"] {
            for (path, bytes) in snapshot(&repository().join(folder)) {
                self.put_bytes(&format!("{folder}/{}", path.display()), &bytes);
            }
        }
    }

    /// Adds or replaces a file.
    pub(crate) fn file(self, path: &str, text: &str) -> TestSite {
        self.put(path, text);
        self
    }

    /// Adds or replaces a file of any bytes.
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> TestSite {
        self.put_bytes(path, bytes);
        self
    }

    /// Takes a file away; it must be there.
    pub(crate) fn remove(self, path: &str) -> TestSite {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// Replaces a text within a file; it must be there exactly once.
    #[track_caller]
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> TestSite {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}:\n{text}");
        self.put(path, &text.replace(from, to));
        self
    }

    fn put(&self, path: &str, text: &str) {
        self.put_bytes(path, text.as_bytes());
    }

    fn put_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A path within the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A command that runs the program in the folder, free of what the tester's shell has set.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(env!("CARGO_BIN_EXE_placewise"));
        command
            .args(arguments)
            .current_dir(&self.root)
            .env_remove("RAYON_NUM_THREADS")
            .env("NO_COLOR", "1");
        command
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run(self.command(arguments))
    }

    /// Builds the site into `public`; it must succeed without a word of warning.
    #[track_caller]
    pub(crate) fn build(self) -> TestSite {
        let output = self.run(&["build", "--quiet"]).ends_with(0);
        assert_eq!(output.stderr, "");
        self
    }

    /// A file of the built site.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let file = self.path("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file of the built site with its bytes.
    pub(crate) fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        snapshot(&self.path("public"))
    }

    /// Every HTML file of the built site.
    pub(crate) fn pages(&self) -> BTreeMap<String, String> {
        self.tree()
            .into_iter()
            .filter(|(path, _)| path.extension().is_some_and(|kind| kind == "html"))
            .map(|(path, bytes)| (slashed(&path), String::from_utf8(bytes).unwrap()))
            .collect()
    }
}

/// A command that keeps nothing in the tester's own folder for caches, and finds nothing there.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    for folder in CACHES {
        command.env_remove(folder);
    }
    command
}

/// Variables that say where a user's caches are.
pub(crate) const CACHES: [&str; 3] = ["HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"];

/// Runs a prepared command to its end.
pub(crate) fn run(mut command: Command) -> Output {
    let output = command.output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The folder of the program's own source.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A relative path with `/` between its parts.
pub(crate) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[test]
fn the_smallest_site_builds_without_a_word() {
    let site = TestSite::new().build();
    assert!(site.page("index.html").contains("Care in Mere"));
}
