//! Who may touch the disk, the clock, the network and each library: one door for each.

use super::imports::paths;
use super::{Source, check, expect_none, sources, tokens_without_tests};

/// What lies outside the crate, with the modules that may name it.
const DOORS: &[(&str, &[&str])] = &[
    // Private files have a writer of their own, so that what publishes cannot write them.
    ("std::fs", &["load::disk", "write", "evidence::private"]),
    ("walkdir", &["load::disk", "write", "serve"]),
    ("rustix", &["write"]),
    ("std::env", &["main", "commands", "write::guard"]),
    ("std::process", &["main", "commands", "serve", "write"]),
    ("std::net", &["serve"]),
    ("tiny_http", &["serve"]),
    ("notify", &["serve"]),
    ("std::time", &["commands", "serve", "write"]),
    ("std::thread", &["commands", "serve", "write"]),
    ("tera", &["theme"]),
    ("serde_yaml", &["load::yaml"]),
    ("pulldown_cmark", &["narrative"]),
    ("annotate_snippets", &["diagnostics::render"]),
    ("clap", &["cli", "commands"]),
    ("csv", &["load::table", "export", "import", "evidence::disclosure::audit"]),
    ("zip", &["load::workbook"]),
    ("quick_xml", &["load::workbook"]),
    ("blake3", &["commands", "site", "write", "import"]),
    ("rayon", &["commands", "evidence", "load::disk", "site", "import"]),
];

/// Names that may stand nowhere, or only in some modules, with the reason.
const NAMES: &[(&str, &[&str], &str)] = &[
    ("HashMap", &[], "its order changes from run to run"),
    ("HashSet", &[], "its order changes from run to run"),
    ("Instant", &["commands", "serve"], "a clock"),
    (
        "SystemTime",
        &["commands", "serve", "write"],
        "a clock: the day of the edition is in the data",
    ),
    ("println", &[], "`commands::terminal` is what prints"),
    ("eprintln", &[], "`commands::terminal` is what prints"),
    ("unsafe", &[], "nothing here needs it"),
    ("thread_local", &[], "no state of the whole process"),
    ("OnceLock", &[], "no state of the whole process"),
    ("LazyLock", &[], "no state of the whole process"),
];

#[test]
fn each_door_has_its_keepers() {
    expect_none(&rule(&sources()));
}

#[test]
fn going_round_a_door_is_found() {
    let view = |text, faults| check(rule, "src/view/gaps.rs", text, faults);
    view("use std::collections::BTreeMap;", 0);
    view("use std::{fmt, fs};", 1);
    view("fn f() { std::fs::read(\"a\"); }", 1);
    view("use std as s;", 1);
    view("use std::*;", 1);
    view("use tera::Tera;", 1);
    view("fn f() -> tera::Value {}", 1);
    view("fn f() { format!(\"{:?}\", std::env::args()); }", 1);
    view("fn f(a: std::collections::HashMap<A, B>) {}", 1);
    view("use std::time::Instant;", 2);
    view("fn f() { println!(\"a\"); }", 1);
    view("#[cfg(test)] mod tests { use std::fs; fn f() { println!(); } }", 0);
    view("#[cfg(test)]\nmod tests {\n use std::collections::HashMap;\n}", 0);
    check(rule, "src/theme/mod.rs", "use tera::Tera;", 0);
    check(rule, "src/load/disk.rs", "use std::fs;", 0);
    check(rule, "src/evidence/private/file.rs", "use std::fs;", 0);
    check(rule, "src/evidence/workings/rows.rs", "use std::fs;", 1);
    check(rule, "src/load/yaml.rs", "use std::fs;", 1);
    check(rule, "src/load/table.rs", "use serde_yaml::Error;", 1);
}

/// Complaints about names from outside the crate.
fn rule(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let module = file.module_name();
        let is_in = |allowed: &[&str]| {
            allowed.iter().any(|name| module == *name || module.starts_with(&format!("{name}::")))
        };
        for (line, parts) in paths(file) {
            let path = parts.join("::");
            if path == "std" {
                complaints.push(format!("{}:{line}: all of `std` at once", file.path));
            }
            for (door, keepers) in DOORS {
                let names_it = path == *door || path.starts_with(&format!("{door}::"));
                if names_it && !is_in(keepers) {
                    complaints.push(format!(
                        "{}:{line}: `{path}`: only {} may name {door}",
                        file.path,
                        keepers.join(", ")
                    ));
                }
            }
        }
        for token in tokens_without_tests(file) {
            let written = token.to_string();
            for (name, allowed, reason) in NAMES {
                if written == *name && !is_in(allowed) {
                    let line = token.span().start().line;
                    complaints.push(format!("{}:{line}: `{name}`: {reason}", file.path));
                }
            }
        }
    }
    complaints
}
