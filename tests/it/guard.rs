//! No detail of a person gets into a message, wherever it stands and however it is written.

use crate::site::TestSite;

/// The same NHS number in several spacings, an insurance number and others; none may be told.
const DETAILS: [&str; 9] = [
    "9434765919",
    "943 476 5919",
    "943-476-5919",
    "943.476.5919",
    "943\u{a0}476\u{a0}5919",
    "9 4 3 4 7 6 5 9 1 9",
    "AB 12 34 56 C",
    "dob 17/03/1946",
    "jane.canary@gmail.com",
];
/// What of them would give them away.
const SECRETS: [&str; 6] = ["5919", "5\u{a0}9", "9 1 9", "34 56", "1946", "canary"];

/// Where they are planted: a file, a text in it, and what comes in its place, with `@@` for the
/// detail.
const PLACES: [(&str, &str, &str); 7] = [
    ("content/index.md", "Care in Mere.", "Care in Mere, @@."),
    ("content/index.md", "title: Test", "title: @@ Test"),
    ("data/site.yaml", "status: example", "status: example # @@"),
    ("data/areas.yaml", "name: East", "name: \"East @@\""),
    ("data/providers/elm-house.yaml", "sector: independent", "description: Ask @@ first"),
    ("data/placements/rows.yaml", "reason: no-local-place", "reason: \"@@\""),
    ("data/placements/rows.yaml", "- id: MH-1", "# @@\n- id: MH-1"),
];

/// Runs `check` in both forms of message; something must be told, and no secret.
#[track_caller]
fn is_told_and_masked(name: &str, site: &TestSite) {
    for format in ["text", "json"] {
        let output = site.run(&["check", "--quiet", "--format", format]).ends_with(1);
        let is_told = ["MPS051", "MPS055"].iter().any(|code| output.stderr.contains(code));
        assert!(is_told, "{name}: nothing is told\n{}", output.stderr);
        for secret in SECRETS {
            let shows = output.stderr.contains(secret);
            assert!(!shows, "{name}: `{secret}` is told\n{}", output.stderr);
        }
    }
}

#[test]
fn planted_details_are_told_and_masked() {
    for (path, from, to) in PLACES {
        for detail in DETAILS {
            let site = TestSite::new().edit(path, from, &to.replace("@@", detail));
            is_told_and_masked(&format!("{detail} in {path}"), &site);
        }
    }
}

#[test]
fn names_of_files_and_folders_are_masked_too() {
    let rows = "id,home,level,needs,people\nMH-9,hill,open-rehab,psychosis,6\n";
    for path in [
        "data/placements/9434765919.csv",
        "data/placements/_943-476-5919.csv",
        "data/placements/943 476 5919/x.csv",
        "content/pages/.9434765919.swp",
        "content/_notes/AB 12 34 56 C/note.txt",
        "content/pages/jane.canary@gmail.com.md",
    ] {
        is_told_and_masked(path, &TestSite::new().file(path, rows));
    }
    let site = TestSite::new();
    std::fs::create_dir(site.path("data/9434765919")).unwrap();
    is_told_and_masked("an empty folder", &site);
}

#[test]
fn an_exception_lets_a_place_stand_and_nothing_else() {
    let exception = "exceptions:
  - file: content/index.md
    line: 4
    rule: nhs-number
    reason: The number of a lease, checked against the deeds.
    agreed_by: Information governance lead
    date: 2026-10-31
";
    let site = TestSite::new()
        .edit("content/index.md", "Care in Mere.", "Care in Mere, lease 943 476 5919.")
        .file("data/disclosure.yaml", exception);
    assert_eq!(site.run(&["check", "--quiet"]).ends_with(0).stderr, "");
    let site = site.edit("data/site.yaml", "status: example", "status: example # 9434765919");
    is_told_and_masked("another place", &site);
}
