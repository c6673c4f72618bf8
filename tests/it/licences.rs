//! What others wrote and we build on: under which terms, and what we keep out. Works offline.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Terms that may be combined with ours and ask for no more than a notice.
const ALLOWED: [&str; 12] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "0BSD",
];

/// Packages that stay out, with the reason.
const BANNED: [(&str, &str); 7] = [
    ("serde_yml", "unsound, and abandoned"),
    ("unsafe-libyaml", "C in disguise"),
    ("openssl", "no part of this program speaks to a network"),
    ("openssl-sys", "needs a C library"),
    ("native-tls", "no part of this program speaks to a network"),
    ("ring", "needs a C compiler"),
    ("chrono", "`jiff` does dates here"),
];

#[test]
fn every_package_has_terms_that_we_accept() {
    let refused: Vec<String> = packages()
        .iter()
        .filter(|(_, terms)| !terms.as_deref().is_some_and(is_allowed))
        .map(|(name, terms)| format!("{name}: {terms:?}"))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_banned_package_is_built() {
    let names: BTreeSet<String> = packages().into_iter().map(|(name, _)| name).collect();
    for (name, reason) in BANNED {
        assert!(!names.contains(name), "{name}: {reason}");
    }
}

#[test]
fn terms_are_understood() {
    for allowed in [
        "MIT",
        "MIT OR Apache-2.0",
        "MIT/Apache-2.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Unlicense/MIT",
        "MIT OR GPL-3.0",
        "0BSD OR MIT OR Apache-2.0",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR Apache-2.0) AND GPL-3.0",
        "MPL-2.0",
        "GPL-2.0 OR LGPL-3.0",
        "Apache-2.0 WITH Classpath-exception-2.0",
        "MIT OR",
        "(MIT",
    ] {
        assert!(!is_allowed(refused), "{refused}");
    }
}

/// Names and terms of the packages that are built on any system; those named for one system are
/// listed too.
fn packages() -> Vec<(String, Option<String>)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--locked", "--format-version=1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    // Packages for other systems may never have been fetched; then those for this one must do.
    let output = if output.status.success() {
        output
    } else {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["metadata", "--offline", "--locked", "--format-version=1"])
            .args(["--filter-platform", &host()])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap()
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 20, "too few packages to be true");
    packages
        .iter()
        .map(|package| {
            let text = |key: &str| package[key].as_str().map(str::to_owned);
            (text("name").unwrap(), text("license"))
        })
        .collect()
}

/// The system that the compiler builds for.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .unwrap()
}

/// Reads an SPDX expression: `AND` binds closer than `OR`; `/` is an old way to write `OR`.
fn is_allowed(terms: &str) -> bool {
    let spaced = terms.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest) == Some(true) && rest.is_empty()
}

fn any_of(rest: &mut &[&str]) -> Option<bool> {
    let mut allowed = all_of(rest)?;
    while rest.first() == Some(&"OR") {
        *rest = &rest[1..];
        allowed |= all_of(rest)?;
    }
    Some(allowed)
}

fn all_of(rest: &mut &[&str]) -> Option<bool> {
    let mut allowed = one(rest)?;
    while rest.first() == Some(&"AND") {
        *rest = &rest[1..];
        allowed &= one(rest)?;
    }
    Some(allowed)
}

fn one(rest: &mut &[&str]) -> Option<bool> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    match *first {
        "(" => {
            let allowed = any_of(rest)?;
            let (closing, after) = rest.split_first()?;
            *rest = after;
            (*closing == ")").then_some(allowed)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        name if rest.first() == Some(&"WITH") => {
            let exception = rest.get(1)?;
            let whole = format!("{name} WITH {exception}");
            *rest = &rest[2..];
            Some(ALLOWED.contains(&whole.as_str()))
        }
        name => Some(ALLOWED.contains(&name)),
    }
}
