//! Single faults in the rules of the gap analysis and of editions, each of which a test must
//! notice.
//!
//! `tests/faults.txt` lists them: what is wrong, the file, a piece of it and what stands there
//! instead. That each still fits its file is checked always. That each is caught takes a
//! compilation for every fault and is left to `tests/run --long`; one of them, or those with some
//! words, run alone with `PLACEWISE_FAULT=7` or `PLACEWISE_FAULT="§7"` and
//! `cargo test --test it faults:: -- --ignored`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::privacy::{cargo, copy_folder, library_only, root};

/// The tests that must notice.
const TESTS: [&str; 3] =
    ["evidence::analysis::", "evidence::disclosure::gaps::asks::", "disclosure::editions::attack"];

/// A fault whose tests take longer has made them endless, and is caught by that.
const LONGEST: Duration = Duration::from_secs(300);

/// One fault.
struct Fault {
    /// What is wrong with it, in words.
    words: String,
    /// The file it is in.
    file: String,
    before: String,
    after: String,
}

impl Fault {
    /// The file with the fault in it.
    fn planted(&self) -> Result<String, String> {
        let text = fs::read_to_string(root().join(&self.file))
            .map_err(|error| format!("{}: {}: {error}", self.words, self.file))?;
        match text.matches(&self.before).count() {
            1 => Ok(text.replacen(&self.before, &self.after, 1)),
            found => Err(format!("{}: {} has it {found} times", self.words, self.file)),
        }
    }
}

/// Reads the list: `# words`, a line with the file, `- before` and `+ after`. A part of a line is
/// enough, so no fault depends on how far a line is indented.
fn faults() -> Vec<Fault> {
    let text = fs::read_to_string(root().join("tests/faults.txt")).unwrap();
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    blocks
        .map(|block| {
            let mut lines = block.lines();
            let mut next = |mark: &str| {
                let line = lines.next().unwrap_or_else(|| panic!("incomplete: {block}"));
                line.strip_prefix(mark).unwrap_or_else(|| panic!("no `{mark}`: {block}")).to_owned()
            };
            let [words, file, before, after] = [next("# "), next("src/"), next("- "), next("+ ")];
            assert!(lines.next().is_none(), "one line each: {block}");
            Fault { words, file: format!("src/{file}"), before, after }
        })
        .collect()
}

#[test]
fn every_fault_fits_its_file() {
    let faults = faults();
    assert!(faults.len() >= 25, "{}", faults.len());
    let words: BTreeSet<&str> = faults.iter().map(|fault| fault.words.as_str()).collect();
    assert_eq!(words.len(), faults.len(), "each has words of its own");
    let wrong: Vec<String> = faults.iter().filter_map(|fault| fault.planted().err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Compiles the tests of the library in a folder; returns the program, or what the compiler says.
fn compile(folder: &Path) -> Result<PathBuf, String> {
    let output = Command::new(cargo())
        .args(["test", "--offline", "--locked", "--lib", "--no-run", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target/faults"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .output()
        .unwrap();
    let lines = String::from_utf8_lossy(&output.stdout);
    let mut programs = lines.lines().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(line["executable"].as_str()?))
    });
    match programs.next() {
        Some(program) if output.status.success() => Ok(program),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Runs the tests up to the first that fails, and tells which that is.
fn first_failing(program: &Path, folder: &Path) -> Option<String> {
    let mut child = Command::new(program)
        .args(TESTS)
        .current_dir(folder)
        .env("RUST_BACKTRACE", "0")
        .env_remove("PROPTEST_CASES")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (tell, told) = channel();
    let reader = thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    let end = Instant::now() + LONGEST;
    let failing = loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                let name = line.strip_prefix("test ").and_then(|line| line.split_once(" ... "));
                if let Some((name, "FAILED")) = name {
                    break Some(name.to_owned());
                }
            }
            Err(RecvTimeoutError::Timeout) => break Some("the limit of time".to_owned()),
            // The tests are over, or have brought the whole program down.
            Err(RecvTimeoutError::Disconnected) => {
                let well = child.wait().unwrap().success();
                break (!well).then(|| "the end of the program".to_owned());
            }
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    drop(told);
    reader.join().unwrap();
    failing
}

#[test]
#[ignore = "compiles the program once for each fault; part of `tests/run --long`"]
fn every_fault_is_caught() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), library_only(&manifest)).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    for name in ["src", "themes", "data", "content", "tests/casebook"] {
        copy_folder(&root().join(name), &folder.path().join(name));
    }
    let program = compile(folder.path()).unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(first_failing(&program, folder.path()), None, "without any fault");
    let wanted = std::env::var("PLACEWISE_FAULT").unwrap_or_default();
    let is_wanted = |(number, fault): &(usize, Fault)| match wanted.parse::<usize>() {
        Ok(wanted) => *number == wanted,
        Err(_) => fault.words.contains(&wanted),
    };
    let mut missed = Vec::new();
    for (number, fault) in (1..).zip(faults()).filter(is_wanted) {
        let file = folder.path().join(&fault.file);
        fs::write(&file, fault.planted().unwrap()).unwrap();
        let by = match compile(folder.path()) {
            Ok(program) => first_failing(&program, folder.path()),
            Err(said) => panic!("{} does not compile:\n{said}", fault.words),
        };
        // Past what a test's output is kept back for: this takes long.
        let told = by.as_deref().unwrap_or("NO TEST");
        writeln!(stderr(), "{number}. {}: caught by {told}", fault.words).unwrap();
        if by.is_none() {
            missed.push(fault.words);
        }
        fs::copy(root().join(&fault.file), &file).unwrap();
    }
    assert!(missed.is_empty(), "no test notices: {missed:#?}");
}
