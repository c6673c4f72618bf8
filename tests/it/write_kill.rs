//! Publishing when the process is killed or the disk is full. Unix only: that is where a test can
//! kill without warning and make a disk of its own.
#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Instant;

use placewise::write::{WriteFailure, open};

use crate::site::program;
use crate::write::{publish, snapshot};

/// Tells a child of the test which site to publish where: `old` or `new`, a colon, the output.
const ORDER: &str = "PLACEWISE_TEST_PUBLISH";

/// Kills `binary` 20 times at random moments while it replaces one site by another, and checks
/// after each kill that `out` is, byte for byte, the whole old or the whole new site.
///
/// `old` and `new` are the arguments that build two different sites into `out`. Call it with
/// `env!("CARGO_BIN_EXE_placewise")`.
#[allow(dead_code, reason = "called with the built program, which is not part of this module")]
pub(crate) fn survives_kills(
    binary: &Path,
    old: &[OsString],
    new: &[OsString],
    out: &Path,
    seed: u64,
) {
    let command = |which: usize| {
        let mut command = program(binary);
        command.args([old, new][which]);
        command
    };
    kill_often(command, out, seed);
}

/// The kill test for any two commands that publish different sites into `out`.
fn kill_often(command: impl Fn(usize) -> Command, out: &Path, mut seed: u64) {
    println!("kill test: seed {seed}");
    let quiet = |which: usize| {
        let mut command = command(which);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let build = |which: usize| {
        let begun = Instant::now();
        assert!(quiet(which).status().unwrap().success(), "the build must succeed unharmed");
        (snapshot(out), begun.elapsed())
    };
    let (first, _) = build(0);
    let (second, took) = build(1);
    assert_ne!(first, second, "the two sites must differ");
    let mut standing = 1;
    let mut swapped = 0;
    for round in 0..20 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let delay = took.mul_f64(f64::from((seed >> 40) as u32) / f64::from(1 << 24) * 1.1);
        let mut child = quiet(1 - standing).spawn().unwrap();
        thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();
        let found = snapshot(out);
        println!("kill test: round {round}, killed after {delay:?} of about {took:?}");
        assert!(found == first || found == second, "round {round}: neither the old nor the new");
        let now = usize::from(found == second);
        swapped += usize::from(now != standing);
        standing = now;
    }
    println!("kill test: {swapped} of 20 runs had already swapped");
    assert_eq!(build(1 - standing).0, [first, second][1 - standing], "the next build recovers");
    let parent = out.parent().unwrap();
    for entry in fs::read_dir(parent).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.contains(".placewise-"), "left behind: {name}");
    }
}

/// The body of a child process; does nothing in an ordinary run of the tests.
#[test]
fn child_publishes() {
    let Some(order) = std::env::var_os(ORDER) else {
        return;
    };
    let order = order.into_string().unwrap();
    let (which, out) = order.split_once(':').unwrap();
    let mut stage = open(Path::new(out), &[]).unwrap();
    for page in 0..400 {
        let text = if page % 3 == 0 { "both" } else { which };
        stage.put(&format!("{which}-or/{page}/index.html"), text.as_bytes()).unwrap();
        stage.put(&format!("same/{page}.html"), text.repeat(1000).as_bytes()).unwrap();
    }
    stage.commit().unwrap();
}

#[test]
fn a_killed_run_leaves_the_whole_old_or_the_whole_new_site() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    let binary = std::env::current_exe().unwrap();
    let command = |which: usize| {
        let mut command = Command::new(&binary);
        let order = format!("{}:{}", ["old", "new"][which], out.display());
        command.args(child_args("child_publishes")).env(ORDER, order);
        command
    };
    kill_often(command, &out, std::process::id().into());
}

/// Publishes into a disk that runs full and checks that the old site is left; the body of a child
/// whose disk or file size is limited.
#[test]
fn child_fills_the_disk() {
    let Some(out) = std::env::var_os(FULL) else {
        return;
    };
    let out = PathBuf::from(out);
    publish(&out, &[("index.html", "old"), ("kept.html", "kept")]).unwrap();
    fs::write(out.join("CNAME"), "care.example.org").unwrap();
    let before = snapshot(&out);
    let mut stage = open(&out, &[]).unwrap();
    stage.put("kept.html", b"kept").unwrap();
    let page = vec![b'x'; 300_000];
    let failure = (0..20).find_map(|n| stage.put(&format!("p/{n}/index.html"), &page).err());
    let failure = failure.expect("the disk is too small for these pages");
    let WriteFailure::Full { room, .. } = &failure else { panic!("{failure}") };
    assert!(*room >= 300_000, "{room}");
    println!("{failure}\nhint: {}", failure.hint());
    assert!(failure.hint().contains("the published site is as it was"), "{}", failure.hint());
    assert!(stage.commit().is_err(), "a site with a page missing is not published");
    assert_eq!(snapshot(&out), before);
    let beside = fs::read_dir(out.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "the staging folder and the lock are gone");
    publish(&out, &[("index.html", "mended")]).unwrap();
}

const FULL: &str = "PLACEWISE_TEST_FULL";

/// A disk of one megabyte, in a namespace of its own so that nothing outside sees it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let dir = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=1m none \"$0\"";
    if !in_namespace(mount, dir.path()).is_ok_and(|output| output.status.success()) {
        println!("skipped: a_full_disk_leaves_the_old_site cannot mount a small disk here");
        eprintln!("skipped: a_full_disk_leaves_the_old_site cannot mount a small disk here");
        return;
    }
    let script = format!("{mount} && exec \"$@\"");
    let output = in_namespace(&script, dir.path()).unwrap();
    report(&output, "the disk is full while writing");
}

#[cfg(target_os = "linux")]
fn in_namespace(script: &str, dir: &Path) -> std::io::Result<Output> {
    Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .arg(dir)
        .arg(std::env::current_exe()?)
        .args(child_args("child_fills_the_disk"))
        .env(FULL, dir.join("public"))
        .output()
}

/// A limit on the size of a file fails a write half-way as a full disk does, and needs no
/// privilege. The signal that comes with it is ignored, or it would kill the child.
#[test]
fn a_limit_on_file_sizes_leaves_the_old_site() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ && ulimit -f 200 && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(child_args("child_fills_the_disk"))
        .env(FULL, dir.path().join("public"))
        .output()
        .unwrap();
    report(&output, "the file-size limit of this account was reached while writing");
}

fn report(output: &Output, expected: &str) {
    let words = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}\n{errors}");
    assert!(words.contains("1 passed") && words.contains(expected), "{words}\n{errors}");
    println!("{words}");
}

/// Arguments that make this test binary run one test of this module and show what it prints.
fn child_args(test: &str) -> Vec<OsString> {
    let module = module_path!().split_once("::").map_or("", |(_, module)| module);
    let name = format!("{module}::{test}");
    [OsStr::new(&name), OsStr::new("--exact"), OsStr::new("--nocapture")].map(OsString::from).into()
}
