//! The repository as a whole: README's map is true, and nothing names a machine.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{expect_none, root};

/// Folders that are made by building, or by git.
const MADE: [&str; 4] = ["target", "public", ".git", "node_modules"];
/// Files that other programs write, or whose words are not ours.
const NOT_OURS: [&str; 2] = ["Cargo.lock", "LICENSE"];
/// Parts of paths that exist on one machine only.
const MACHINE: [&str; 6] = [
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/t", "mp/"),
    concat!("/Us", "ers/"),
    concat!("C:", "\\"),
];
/// Hosts that may be named besides those of made-up organisations, which end in `.example` or are
/// `example.org`.
const HOSTS: [&str; 12] = [
    "www.rust-lang.org",
    "www.nationalarchives.gov.uk",
    "www.gov.uk",
    "www.legislation.gov.uk",
    "www.cqc.org.uk",
    "api.service.cqc.org.uk",
    "www.equalityadvisoryservice.com",
    "www.w3.org",
    "www.sitemaps.org",
    "keepachangelog.com",
    "json-schema.org",
    "schema.org",
];

/// Text files under a folder, with their paths.
pub(super) fn texts(folder: &Path, name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let file = entry.file_name().to_str().unwrap().to_owned();
        let path = match name.is_empty() {
            true => file.clone(),
            false => format!("{name}/{file}"),
        };
        if MADE.contains(&file.as_str()) || file.starts_with(".public.") {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            found.extend(texts(&entry.path(), &path));
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push((path, text));
        }
    }
    found.sort();
    found
}

#[test]
fn no_file_names_a_machine_or_a_foreign_host() {
    let mut complaints = Vec::new();
    for (path, text) in texts(root(), "") {
        if !NOT_OURS.contains(&path.as_str()) {
            complaints.extend(foreign(&path, &text));
        }
    }
    expect_none(&complaints);
}

#[test]
fn a_machine_or_a_foreign_host_is_found() {
    let found = |text: &str| foreign("README.md", text).len();
    assert_eq!(found("open `public/index.html`, or http://127.0.0.1:8000/"), 0);
    assert_eq!(found("https://www.elm-house.example/a and https://example.org"), 0);
    assert_eq!(found("<https://www.w3.org/2000/svg>"), 0);
    for machine in MACHINE {
        assert_eq!(found(&format!("see {machine}placewise")), 1);
    }
    assert_eq!(found(concat!("https", "://index.cra", "tes.io/config")), 1);
    assert_eq!(found(concat!("http", "://fonts.elsewhere.com")), 1);
    assert_eq!(found(concat!("https", "://www.w3.org.elsewhere.com/")), 1);
}

fn foreign(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for machine in MACHINE.iter().filter(|part| line.contains(**part)) {
            complaints.push(format!("{path}:{}: `{machine}` is on one machine", at + 1));
        }
        for host in hosts(line) {
            let is_known = HOSTS.contains(&host)
                || ["127.0.0.1", "localhost"].contains(&host)
                || ["example.org", ".example", "example.com"].iter().any(|end| host.ends_with(end));
            if !is_known {
                complaints.push(format!("{path}:{}: the host `{host}`", at + 1));
            }
        }
    }
    complaints
}

/// Hosts of full addresses; what is not a whole name, such as in code that looks for addresses, is
/// none.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    let addresses =
        ["https://", "http://"].into_iter().flat_map(move |scheme| line.split(scheme).skip(1));
    addresses
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'));
            &rest[..end.unwrap_or(rest.len())]
        })
        .filter(|host| host.trim_matches('.').contains('.'))
}

#[test]
fn readme_maps_exactly_what_is_in_src() {
    let there: BTreeSet<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert_eq!(mapped(&readme), there, "README's table of modules, and `src`");
}

#[test]
fn the_map_is_read_from_its_table() {
    let readme = "| `a` | x |\n## Architecture\n| Module | For |\n|---|---|\n\
                  | `view/` | pages |\n| `lib.rs` | root |\n## Next\n| `b` | y |\n";
    let expect: BTreeSet<String> = ["view", "lib.rs"].map(str::to_owned).into();
    assert_eq!(mapped(readme), expect);
}

/// The first column of the table of modules in README's chapter on architecture.
fn mapped(readme: &str) -> BTreeSet<String> {
    readme
        .lines()
        .skip_while(|line| *line != "## Architecture")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.trim_end_matches('/').to_owned())
        .collect()
}

#[test]
fn the_lock_file_names_the_public_registry_only() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for line in lock.lines().filter(|line| line.starts_with("source = ")) {
        let source =
            concat!("source = \"registry+https", "://github.com/rust-lang/cra", "tes.io-index\"");
        assert_eq!(line, source);
    }
}

#[test]
fn the_top_holds_only_what_the_layout_names() {
    const TOP: [&str; 14] = [
        "Cargo.lock",
        "Cargo.toml",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "clippy.toml",
        "rustfmt.toml",
        "benches",
        "content",
        "data",
        "examples",
        "src",
        "tests",
        "themes",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = TOP.contains(&name.as_str())
            || MADE.contains(&name.as_str())
            || name.starts_with('.')
            || name == "import-report.csv";
        assert!(known, "`{name}` has no place at the top of the repository");
    }
}
