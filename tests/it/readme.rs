//! README tells the truth: its commands run, its flags and codes exist, its links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::site::program;

/// Commands that are run as they stand; of the others, which wait for files or for ever, only the
/// flags are compared with their help.
const RUN: [&str; 7] = ["build", "check", "explain", "figures", "gaps", "match", "new"];

#[test]
fn commands_of_the_program_run_as_they_are_written() {
    let site = tempfile::tempdir().unwrap();
    for folder in ["data", "content"] {
        copy_folder(&root().join(folder), &site.path().join(folder));
    }
    let lines = shell_lines(&readme());
    let ours: Vec<Vec<String>> = lines.iter().filter_map(|line| words(line)).collect();
    assert!(ours.len() >= 4, "README shows hardly any command");
    for arguments in ours {
        let help = help(&arguments, site.path());
        for flag in arguments.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag.as_str()), "{arguments:?}: no `{flag}`");
        }
        if RUN.contains(&arguments[0].as_str()) {
            let output = placewise(&arguments, site.path());
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{arguments:?}\n{said}");
        }
    }
    assert!(site.path().join("public/index.html").is_file());
}

#[test]
fn the_two_commands_are_there() {
    let lines = shell_lines(&readme());
    assert_eq!(lines[..2], ["cargo run --release", "tests/run"]);
    for script in ["tests/run", ".ci/run"] {
        let path = root().join(script);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("#!/usr/bin/env bash\n"), "{script}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert!(mode & 0o111 == 0o111, "{script} cannot be run");
        }
    }
}

#[test]
fn flags_and_codes_that_it_names_exist() {
    let text = readme();
    let folder = tempfile::tempdir().unwrap();
    let help = help(&[], folder.path());
    for flag in after(&text, "`--", |c| c.is_ascii_lowercase() || c == '-') {
        if flag != "path" {
            assert!(help.contains(&format!("--{flag}")), "no `--{flag}`");
        }
    }
    for code in after(&text, "MPS", |c| c.is_ascii_digit()) {
        let output = placewise(&["explain".to_owned(), format!("MPS{code}")], folder.path());
        assert!(output.status.success(), "no code MPS{code}");
    }
}

#[test]
fn every_command_is_in_it() {
    let text = readme();
    let folder = tempfile::tempdir().unwrap();
    let help = help(&[], folder.path());
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help");
    for command in commands {
        let is_shown = text.contains(&format!("placewise {command}"));
        assert!(is_shown, "README does not show `placewise {command}`");
    }
}

#[test]
fn paths_that_it_names_exist() {
    let text = readme();
    let links = after(&text, "](", |c| c != ')' && c != '#');
    let picture = |path: &str| path.ends_with(".png");
    for path in links.iter().filter(|path| !path.contains("://")) {
        assert!(picture(path) || root().join(path).exists(), "{path}");
    }
    for path in after(&text, "`", |c| c != '`') {
        let is_path = ["data/", "content/", "src/", "tests/", "themes/default"]
            .iter()
            .any(|begin| path.starts_with(begin));
        if is_path && !path.contains('*') {
            assert!(root().join(&path).exists(), "{path}");
        }
    }
}

#[test]
fn the_chapter_on_architecture_stays_short() {
    let text = readme();
    let lines = text
        .lines()
        .skip_while(|line| *line != "## Architecture")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .count();
    assert!((20..=60).contains(&lines), "{lines} lines");
}

#[test]
fn every_dependency_has_its_reason_in_the_changelog() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let reasons = changelog.split("### Dependencies: why each").nth(1).unwrap();
    let mut section = "";
    let mut wanted = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
        {
            wanted.insert(name);
        }
    }
    assert!(wanted.len() > 10);
    for name in wanted {
        assert!(reasons.contains(&format!("`{name}`")), "no reason for `{name}`");
    }
}

#[test]
fn shell_blocks_are_read() {
    let text =
        "a\n```sh\n# first\nplacewise check --site a\n```\n```yaml\nb: c\n```\n```sh\nd\n```\n";
    assert_eq!(shell_lines(text), ["placewise check --site a", "d"]);
    let found = words("placewise check --site a # why").unwrap();
    assert_eq!(found, ["check", "--site", "a"]);
    assert_eq!(words("cargo run"), None);
    assert_eq!(after("`--out` and `--site a`", "`--", char::is_alphabetic), ["out", "site"]);
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn placewise(arguments: &[String], folder: &Path) -> Output {
    program(env!("CARGO_BIN_EXE_placewise")).args(arguments).current_dir(folder).output().unwrap()
}

/// The help of the command that these arguments name.
fn help(arguments: &[String], folder: &Path) -> String {
    let words = arguments.iter().map(String::as_str);
    let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase());
    let mut command: Vec<String> = words.take_while(is_word).map(str::to_owned).collect();
    loop {
        let asked = [command.clone(), vec!["--help".to_owned()]].concat();
        let output = placewise(&asked, folder);
        if output.status.success() {
            return String::from_utf8(output.stdout).unwrap();
        }
        assert!(command.len() > 1, "there is no command {arguments:?}");
        command.pop();
    }
}

/// Lines of the `sh` blocks, without comments.
fn shell_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match line {
            "```sh" => is_inside = true,
            "```" => is_inside = false,
            line if is_inside && !line.starts_with('#') => lines.push(line.to_owned()),
            _ => {}
        }
    }
    lines
}

/// The arguments, if it is a command of ours.
fn words(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or(line);
    let mut words = line.split_whitespace().map(str::to_owned);
    (words.next()? == "placewise").then(|| words.collect())
}

/// What follows each place where `mark` stands, as long as the letters are of a kind.
fn after(text: &str, mark: &str, is_part: impl Fn(char) -> bool) -> Vec<String> {
    text.split(mark)
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            rest[..end].to_owned()
        })
        .filter(|found| !found.is_empty())
        .collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to: PathBuf = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
