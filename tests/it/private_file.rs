//! Commands that write one private file, as their tests run them.

use std::path::Path;

use crate::site::{Output, TestSite};
use crate::write::snapshot;

/// Runs a command with this file.
pub(crate) fn run(command: &str, site: &TestSite, file: &Path) -> Output {
    site.run(&[command, "--out", file.to_str().unwrap()])
}

/// Expects that a command, whose file is called so, refuses it for this reason and changes nothing.
#[track_caller]
pub(crate) fn refused((command, called): (&str, &str), site: &TestSite, file: &Path, reason: &str) {
    let folder = file.parent().unwrap();
    let before = folder.is_dir().then(|| snapshot(folder));
    let output = run(command, site, file).ends_with(2);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains(reason), "{reason}\n{}", output.stderr);
    assert!(output.stderr.contains(&format!("cannot write {called} to")), "{}", output.stderr);
    assert!(output.stderr.contains("= help: "), "{}", output.stderr);
    assert!(folder.is_dir().then(|| snapshot(folder)) == before, "{reason}: something changed");
}
