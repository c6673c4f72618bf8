//! The built program, killed or out of room while it replaces a published site.
#![cfg(unix)]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::site::program;
use crate::write::snapshot;
use crate::write_kill::survives_kills;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The shipped example in two forms that differ on every page.
fn two_sites(dir: &Path) -> [PathBuf; 2] {
    let example = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["old", "new"].map(|name| {
        let site = dir.join(name);
        copy(&example.join("data"), &site.join("data"));
        copy(&example.join("content"), &site.join("content"));
        let settings = site.join("data/site.yaml");
        let text = fs::read_to_string(&settings).unwrap();
        let title = text.lines().find(|line| line.starts_with("title:")).unwrap();
        fs::write(&settings, text.replace(title, &format!("title: The {name} site"))).unwrap();
        site
    })
}

fn arguments(site: &Path, out: &Path) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = ["build", "--quiet", "--site"].map(OsString::from).into();
    arguments.extend([site.into(), "--out".into(), out.into()]);
    arguments
}

#[test]
fn a_killed_build_leaves_the_whole_old_or_the_whole_new_site() {
    let dir = tempfile::tempdir().unwrap();
    let sites = two_sites(dir.path());
    let out = dir.path().join("web/public");
    fs::create_dir(dir.path().join("web")).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_placewise"));
    let [old, new] = sites.map(|site| arguments(&site, &out));
    survives_kills(binary, &old, &new, &out, 2026);
}

#[test]
fn a_build_out_of_room_leaves_the_old_site_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let [old, new] = two_sites(dir.path());
    let out = dir.path().join("public");
    let binary = env!("CARGO_BIN_EXE_placewise");
    assert!(program(binary).args(arguments(&old, &out)).status().unwrap().success());
    let before = snapshot(&out);
    // A limit on the size of files stands in for a full disk: writing past it fails with an error
    // once the signal that comes with it is ignored.
    let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let output =
        program("bash").args(["-c", limited, binary]).args(arguments(&new, &out)).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("help:"), "{said}");
    assert!(snapshot(&out) == before, "the old site changed");
    assert!(program(binary).args(arguments(&new, &out)).status().unwrap().success());
    assert!(snapshot(&out) != before);
}
