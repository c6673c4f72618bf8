//! From a register file on the disk to pages: the import command, then the build.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::site::program;
use crate::write::snapshot;

const REGISTER: &str = "\
Name,Address 1,Address 2,Town/City,County,Postcode,Phone number,\
CQC Provider ID (for office use only),CQC Location ID (for office use only),Website,\
Local authority,Region,Report publication date,URL,Also known as,Specialisms/services,\
Service types,Provider name
Elm Lodge,1 Elm Way,,Elmbury,,EX1 2QE,01632 960001,1-900,1-11,,Elmshire,North,,,,Dementia,\
Nursing homes,Elm Care Ltd
Elm Court,2 Elm Way,,Elmbury,,EX1 2QF,01632 960002,1-900,1-12,,Elmshire,North,,,,Dementia,\
Residential homes,Elm Care Ltd
Oak & <b>Ash</b>,3 Oak Way,,Oakbury,,EX1 2QG,,1-901,1-13,,Oakshire,North,,,,Mental health \
conditions,Supported living,=Oak
Head office,4 Elm Way,,Elmbury,,EX1 2QH,,1-900,,,Elmshire,North,,,,Personal care,Organisation,\
Elm Care Ltd
Elm Lodge,1 Elm Way,,Elmbury,,EX1 2QE,01632 960001,1-900,1-11,,Elmshire,North,,,,Dementia,\
Nursing homes,Elm Care Ltd
";

fn placewise(arguments: &[&str]) -> Output {
    program(env!("CARGO_BIN_EXE_placewise")).args(arguments).output().unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = placewise(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The numbers of a summary, in order.
fn numbers(summary: &str) -> Vec<usize> {
    summary.lines().filter_map(|line| line.split_whitespace().last()?.parse().ok()).collect()
}

/// Service pages of a built site: folders two below the directory that no facet owns.
fn service_pages(out: &Path) -> usize {
    let facets = BTreeSet::from(["area", "level", "letter", "need", "page", "type"]);
    let folders = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    folders(&out.join("directory"))
        .iter()
        .filter(|path| !facets.contains(path.file_name().unwrap().to_str().unwrap()))
        .map(|provider| folders(provider).len())
        .sum()
}

/// Rows in are pages plus rows that the report names as skipped.
fn balance(register: &Path, rows: usize) {
    let dir = tempfile::tempdir().unwrap();
    let site = dir.path().join("site");
    let out = dir.path().join("public");
    let [site, out] = [site.to_str().unwrap(), out.to_str().unwrap()];
    done(&["import", "cqc", register.to_str().unwrap(), "--into", site]);
    done(&["build", "--quiet", "--site", site, "--out", out]);
    done(&["check", "--quiet", "--site", site]);
    let report = fs::read_to_string(Path::new(site).join("import-report.csv")).unwrap();
    let skipped = report.lines().filter(|line| line.contains(",skipped-")).count();
    assert_eq!(service_pages(Path::new(out)) + skipped, rows, "{}", register.display());
    let before = snapshot(&Path::new(site).join("data"));
    done(&["import", "cqc", register.to_str().unwrap(), "--into", site]);
    assert!(snapshot(&Path::new(site).join("data")) == before, "a second import changes files");
}

#[test]
fn every_row_is_a_page_or_in_the_report() {
    let dir = tempfile::tempdir().unwrap();
    let register = dir.path().join("register.csv");
    fs::write(&register, REGISTER).unwrap();
    balance(&register, 5);
}

#[test]
fn without_a_list_of_people_nothing_is_withheld() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (register, site, out) = (path("register.csv"), path("site"), path("public"));
    fs::write(&register, REGISTER).unwrap();
    done(&["import", "cqc", &register, "--into", &site]);
    let home = || {
        done(&["build", "--quiet", "--site", &site, "--out", &out]);
        fs::read_to_string(Path::new(&out).join("index.html")).unwrap()
    };
    let without = home();
    assert!(!without.contains("[c]") && without.contains("Not collected:"), "{without}");
    // An empty list is a list: that nobody stands in it is not told.
    fs::create_dir_all(Path::new(&site).join("data/placements")).unwrap();
    fs::write(Path::new(&site).join("data/placements/none.yaml"), "[]\n").unwrap();
    let with = home();
    assert!(with.contains("[c]") && !with.contains("Not collected:"), "{with}");
}

#[test]
fn a_dry_run_writes_nothing_and_an_authority_can_be_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let register = dir.path().join("register.csv");
    fs::write(&register, REGISTER).unwrap();
    let site = dir.path().join("site");
    let [file, into] = [register.to_str().unwrap(), site.to_str().unwrap()];
    let said = done(&["import", "cqc", file, "--into", into, "--dry-run"]);
    assert_eq!(numbers(&said)[..3], [5, 3, 1], "{said}");
    assert!(!site.exists());
    let said = done(&["import", "cqc", file, "--into", into, "--local-authority", "oakshire"]);
    assert_eq!(numbers(&said)[..2], [5, 1], "{said}");
    let wrong =
        placewise(&["import", "cqc", file, "--into", into, "--local-authority", "Oakshyre"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("Oakshire"), "did you mean");
}

/// Real public files, where they are at hand; never part of this repository.
#[test]
fn real_files_balance_too() {
    let folder = std::env::var_os("PLACEWISE_SHARED_DATA").unwrap_or("../shared/data".into());
    for (path, rows) in [
        ("cqc/cqc_api_devon_care_homes_2021.csv", 728),
        ("cqc/cqc_directory_extract_2025.csv", 500),
        ("synthetic/01_October_2026_HSCA_Active_Locations.csv", 2002),
        ("synthetic/01_October_2026_CQC_directory.csv", 2002),
    ] {
        let register = Path::new(&folder).join(path);
        match register.exists() {
            true => balance(&register, rows),
            false => println!("SKIPPED: {} is not there", register.display()),
        }
    }
}

#[cfg(unix)]
#[test]
fn an_import_writes_through_no_link() {
    let dir = tempfile::tempdir().unwrap();
    let register = dir.path().join("register.csv");
    fs::write(&register, REGISTER).unwrap();
    let site = dir.path().join("site");
    let victim = dir.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    let [file, into] = [register.to_str().unwrap(), site.to_str().unwrap()];
    done(&["import", "cqc", file, "--into", into]);
    let report = site.join("import-report.csv");
    std::os::unix::fs::symlink(&victim, site.join("import-report.csv.placewise.tmp")).unwrap();
    done(&["import", "cqc", file, "--into", into]);
    assert!(fs::symlink_metadata(&report).unwrap().is_file());
    fs::remove_file(&report).unwrap();
    std::os::unix::fs::symlink(&victim, &report).unwrap();
    let refused = placewise(&["import", "cqc", file, "--into", into]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("import-report.csv` is a link"), "{said}");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[cfg(unix)]
#[test]
fn an_import_does_not_wait_for_a_pipe() {
    let dir = tempfile::tempdir().unwrap();
    let register = dir.path().join("register.csv");
    fs::write(&register, REGISTER).unwrap();
    let site = dir.path().join("site");
    let [file, into] = [register.to_str().unwrap(), site.to_str().unwrap()];
    done(&["import", "cqc", file, "--into", into]);
    let pipe = |path: &str| {
        assert!(Command::new("mkfifo").arg(site.join(path)).status().unwrap().success());
    };
    pipe("data/providers/pipe.yaml");
    done(&["import", "cqc", file, "--into", into]);
    fs::remove_file(site.join("data/areas.yaml")).unwrap();
    pipe("data/areas.yaml");
    let refused = placewise(&["import", "cqc", file, "--into", into]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is not a file"));
}
