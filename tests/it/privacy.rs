//! The compiler itself keeps raw numbers inside `evidence`: proved by trying to take them out.
//!
//! Doc tests in `evidence::disclosure` show what another crate cannot do. Here a line is planted in
//! a copy of this crate, in `view`, and the compiler must refuse that line for that reason.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A page's module, from which raw numbers must be out of reach.
const PLANTED: &str = "src/view/gaps.rs";

/// Function that is planted, with `OFFENCE` where the offending line goes.
const FUNCTION: &str = "
#[allow(dead_code, unused_variables, missing_docs)]
fn planted(
    market: &crate::evidence::market::Market,
    people: crate::evidence::market::People,
    key: crate::evidence::disclosure::CellKey,
) {
    OFFENCE
}
";

/// A copy of the crate, without tests and data.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        fs::write(folder.path().join("Cargo.toml"), library_only(&manifest)).unwrap();
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        for name in ["src", "themes", "data", "content"] {
            copy_folder(&root().join(name), &folder.path().join(name));
        }
        Copy { folder }
    }

    /// What the compiler says of the copy with this line planted, as `line: code`.
    fn faults(&self, offence: &str) -> Result<(), Vec<(usize, String)>> {
        let original = fs::read_to_string(root().join(PLANTED)).unwrap();
        let text = original + &FUNCTION.replace("OFFENCE", offence);
        fs::write(self.folder.path().join(PLANTED), &text).unwrap();
        let output = Command::new(cargo())
            .args(["check", "--offline", "--locked", "--lib", "--quiet"])
            .args(["--message-format=short", "--color=never"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", root().join("target/privacy-proof"))
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTC_WRAPPER")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Ok(());
        }
        let place = format!("{}:", PLANTED.replace('/', std::path::MAIN_SEPARATOR_STR));
        let faults: Vec<(usize, String)> = said
            .lines()
            .filter_map(|line| {
                let (line, rest) = line.strip_prefix(&place)?.split_once(':')?;
                let code = rest.split_once("error[")?.1.split_once(']')?.0;
                Some((line.parse().ok()?, code.to_owned()))
            })
            .collect();
        let errors = said.lines().filter(|line| line.contains("error[")).count();
        assert!(
            !faults.is_empty() && errors == faults.len(),
            "the copy does not compile, for another reason:\n{said}"
        );
        Err(faults)
    }
}

pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The manifest without targets whose files are not copied.
pub(crate) fn library_only(manifest: &str) -> String {
    let mut kept = String::new();
    let mut skipped = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            skipped = ["[[test]]", "[[bench]]", "[[example]]"].contains(&line);
        }
        if !skipped {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
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

#[test]
fn a_page_that_reaches_for_a_raw_number_does_not_compile() {
    let copy = Copy::new();
    let line = {
        let text = fs::read_to_string(root().join(PLANTED)).unwrap();
        let before = FUNCTION.split("OFFENCE").next().unwrap();
        text.lines().count() + before.lines().count()
    };
    let mut proof = Vec::new();
    let mut refused = |offence: &str, code: &str| {
        let expect = Err(vec![(line, code.to_owned())]);
        let faults = copy.faults(offence);
        proof.push((offence.to_owned(), faults == expect, faults));
    };
    refused("let count = market.placements.len();", "E0616");
    refused("let count = market.providers.len();", "E0616");
    refused("let count = people.raw();", "E0624");
    refused("let text = people.to_string();", "E0599");
    refused("let text = serde_json::to_string(&people);", "E0277");
    refused(
        "let forged = crate::evidence::disclosure::Published { key, figure: \
         crate::evidence::disclosure::Figure::Shown(3), at_least: false };",
        "E0451",
    );
    refused(
        "let forged = crate::evidence::disclosure::Published::new(key, \
         crate::evidence::disclosure::Figure::Shown(3), false);",
        "E0624",
    );
    // The same function with lines that may stand there compiles: nothing else was refused above.
    let lawful = "let (key, text) = (key.to_string(), format!(\"{market:?} {people:?}\"));";
    let faults = copy.faults(lawful);
    proof.push((lawful.to_owned(), faults.is_ok(), faults));
    let failed: Vec<_> = proof.iter().filter(|(_, holds, _)| !holds).collect();
    assert!(failed.is_empty(), "planted on line {line}: {failed:#?}");
}
