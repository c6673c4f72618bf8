//! No value of a placement file comes into a message, whatever is wrong with the file.

use crate::site::TestSite;
use crate::write::snapshot;

const YAML: &str = "data/placements/rows.yaml";

/// A row whose values must not be told. Each is looked for, and so is each of its parts.
const ROW: [(&str, &str); 11] = [
    ("id", "CANARY-77"),
    ("home", "bridge"),
    ("level", "open-rehab"),
    ("needs", "psychosis"),
    ("age", "41-43"),
    ("gender", "female"),
    ("legal", "detained"),
    ("people", "4137"),
    ("weekly_cost_pounds", "9182.73"),
    ("placed_since", "2019-03-17"),
    ("reason", "choice"),
];

const SECRETS: [&str; 10] = [
    "CANARY",
    "4137",
    "918273",
    "9182.73",
    "9,182",
    "canary",
    "2019-03",
    "41-43",
    "psittacus",
    "MUSTELA",
];

/// Values that are wrong in one column, each holding something that must not be told.
const BROKEN: [(&str, &str); 31] = [
    ("id", ""),
    ("home", ""),
    ("home", "canary-town"),
    ("home", "Bridge CANARY-77"),
    ("level", ""),
    ("level", "canary-level"),
    ("needs", "canary"),
    ("needs", "psychosis|psittacus"),
    ("age", "CANARY"),
    ("age", "43-41"),
    ("age", "41-4137"),
    ("gender", "canary"),
    ("legal", "canary"),
    ("people", ""),
    ("people", "canary"),
    ("people", "4137.5"),
    ("people", "-4137"),
    ("people", "41370000"),
    ("people", "4137-41"),
    ("weekly_cost_pounds", "£9,182.73"),
    ("weekly_cost_pounds", "918273p"),
    ("placed_since", "17/03/2019 CANARY"),
    ("placed_since", "2019-03-41"),
    ("last_review", "2018-04-13"),
    ("last_review", "918273"),
    ("review_due", "canary"),
    ("ready", "canary"),
    ("current_service", "elm-rehab"),
    ("reason", "canary"),
    ("distance_km", "4137"),
    ("stay_days", "CANARY-77"),
];

fn row_with(column: &str, value: &str) -> Vec<(String, String)> {
    let mut row: Vec<(String, String)> =
        ROW.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    match row.iter_mut().find(|(name, _)| name == column) {
        Some(cell) => cell.1 = value.to_owned(),
        None => row.push((column.to_owned(), value.to_owned())),
    }
    row
}

fn yaml(row: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
        let value = match name == "needs" {
            true => format!("[{}]", value.replace('|', ", ")),
            false => format!("\"{value}\""),
        };
        let lead = if text.is_empty() { "- " } else { "  " };
        text.push_str(&format!("{lead}{name}: {value}\n"));
    }
    text
}

fn csv(row: &[(String, String)]) -> String {
    let quoted = |cell: &str| match cell.contains(',') {
        true => format!("\"{cell}\""),
        false => cell.to_owned(),
    };
    let (names, values): (Vec<_>, Vec<_>) = row.iter().map(|(n, v)| (n.clone(), quoted(v))).unzip();
    format!("{}\n{}\n", names.join(","), values.join(","))
}

/// Runs `check` on a placement file in both forms of message; at least one must complain.
#[track_caller]
fn stays_silent(name: &str, path: &str, text: &str) {
    let site = TestSite::new().remove(YAML).file(path, text);
    for format in ["text", "json"] {
        let output = site.run(&["check", "--quiet", "--format", format]);
        assert!(output.stderr.contains("MPS"), "{name}: nothing is told");
        let lower = output.stderr.to_lowercase();
        for secret in SECRETS {
            assert!(
                !lower.contains(&secret.to_lowercase()),
                "{name}: `{secret}` is told\n{}",
                output.stderr
            );
        }
        assert_eq!(output.stdout, "", "{name}");
    }
}

#[test]
fn broken_cells_are_not_quoted_from_yaml() {
    for (column, value) in BROKEN {
        let text = yaml(&row_with(column, value));
        stays_silent(&format!("{column}: {value}"), YAML, &text);
    }
}

#[test]
fn broken_cells_are_not_quoted_from_csv() {
    for (column, value) in BROKEN {
        let text = csv(&row_with(column, value));
        stays_silent(&format!("{column}, {value}"), "data/placements/rows.csv", &text);
    }
}

#[test]
fn rows_that_come_twice_are_not_quoted() {
    let row = row_with("reason", "choice");
    stays_silent("yaml", YAML, &yaml(&row).repeat(2));
    let once = csv(&row);
    let twice = format!("{once}{}", once.lines().last().unwrap());
    stays_silent("csv", "data/placements/rows.csv", &twice);
}

#[test]
fn broken_yaml_is_not_quoted() {
    let row = yaml(&row_with("id", "CANARY-77"));
    let cases = [
        ("an open bracket", row.replace("[psychosis]", "[psychosis, 4137")),
        ("an open quote", row.replace("\"4137\"", "\"4137")),
        ("a colon", row.replace("\"CANARY-77\"", "CANARY: 77")),
        ("a tab", row.replace("  people", "\tpeople")),
        ("a key twice", format!("{row}  people: 918273\n")),
        ("a key that does not exist", format!("{row}  persons: 4137\n")),
        ("a value as a key", format!("{row}  CANARY-77: 4137\n")),
        ("a number as a key", format!("{row}  918273: 4137\n")),
        ("a name", format!("{row}  name: CANARY MUSTELA\n")),
        ("a list as a value", row.replace("\"4137\"", "[4137]")),
        ("a group as a value", row.replace("\"4137\"", "{low: 4137}")),
        ("a value as a list", row.replace("[psychosis]", "psittacus")),
        ("no list", row.replace("- id", "id").replace("\n  ", "\n")),
        ("an alias", row.replace("\"4137\"", "&n 4137") + "  stay_days: *n\n"),
        ("a merge key", format!("{row}  <<: {{people: 4137}}\n")),
        ("a text", "CANARY-77 4137\n".to_owned()),
        ("a flow", "- {id: CANARY-77, people: 4137, home: MUSTELA}\n".to_owned()),
        ("a tag", row.replace("\"4137\"", "!!int CANARY-77")),
        ("a reserved sign", row.replace("\"4137\"", "@4137")),
        ("two documents", format!("{row}---\n{row}")),
        ("a bad escape", row.replace("\"4137\"", "\"\\q4137\"")),
        ("a percent sign", format!("%CANARY-77\n{row}")),
    ];
    for (name, text) in cases {
        stays_silent(name, YAML, &text);
    }
}

#[test]
fn broken_csv_is_not_quoted() {
    let file = csv(&row_with("id", "CANARY-77"));
    let (heading, row) = file.split_once('\n').unwrap();
    let cases = [
        ("no heading", row.to_owned()),
        ("a value in the heading", format!("{heading},CANARY-77\n")),
        ("a name in the heading", format!("{heading},Surname\n{},MUSTELA\n", row.trim())),
        ("semicolons", file.replace(',', ";")),
        ("a cell too many", format!("{heading}\n{},4137\n", row.trim())),
        ("a cell too few", format!("{heading}\nCANARY-77,4137\n")),
        ("an open quote", format!("{heading}\n\"{row}")),
        ("a missing column", file.replacen("people", "stay_days", 1)),
    ];
    for (name, text) in cases {
        stays_silent(name, "data/placements/rows.csv", &text);
    }
}

#[test]
fn other_encodings_and_other_folders_are_not_quoted() {
    let site = TestSite::new().bytes(YAML, b"- id: CANARY-77\n  people: 4137 \xa3\n");
    let output = site.run(&["check"]).ends_with(1);
    assert!(!output.stderr.contains("CANARY") && !output.stderr.contains("4137"));
    let site = TestSite::new().file("private/rows.csv", &csv(&row_with("people", "4137.5")));
    let output = site.run(&["check", "--placements", "private"]).ends_with(1);
    assert!(output.stderr.contains("private/rows.csv:2:"), "{}", output.stderr);
    assert!(!output.stderr.contains("CANARY") && !output.stderr.contains("4137"));
}

/// Runs `check` on the provider with this text put in place of its free places.
#[track_caller]
fn provider_stays_silent(name: &str, text: &str) {
    let site = TestSite::new().edit("data/providers/elm-house.yaml", "    vacancies: 2\n", text);
    for format in ["text", "json"] {
        let output = site.run(&["check", "--quiet", "--format", format]);
        assert!(output.stderr.contains("elm-house.yaml"), "{name}: nothing is told");
        let lower = output.stderr.to_lowercase();
        for secret in SECRETS {
            let told = lower.contains(&secret.to_lowercase());
            assert!(!told, "{name}: `{secret}` is told\n{}", output.stderr);
        }
    }
}

#[test]
fn private_values_of_providers_are_not_quoted() {
    let cases = [
        ("vacancies", "    vacancies: 4137 canary\n"),
        ("too many vacancies", "    vacancies: 4137\n"),
        ("a misspelt key", "    vacencies: 4137\n"),
        ("a key twice", "    vacancies: 1\n    vacancies: 4137\n"),
        ("a list", "    vacancies: [4137]\n"),
        ("a bracket", "    vacancies: [4137\n"),
        ("a reserved sign", "    vacancies: @4137\n"),
        ("an alias", "    vacancies: &n 4137\n"),
        ("a price", "    price: {pounds_per_week: \"£9,182.73\"}\n"),
        ("a price below", "    price:\n      pounds_per_week: 918273p\n"),
        ("an unknown key below", "    price:\n      4137: canary\n"),
        ("a note", "    notes_internal: [canary]\n"),
        ("a long note", "    notes_internal: |\n      a\n     canary\n"),
        ("a note of lines", "    notes_internal: a\n      canary: MUSTELA: b\n"),
        ("a reviewer", "    price: {basis: x}\n    claimed: [x]\n    notes_internal: canary\n"),
    ];
    for (name, text) in cases {
        provider_stays_silent(name, text);
    }
    let site =
        TestSite::new().edit("data/providers/elm-house.yaml", "local: 6", "local: 4137x").edit(
            "data/providers/elm-house.yaml",
            "      self:",
            "      reviewer: {score: 918273, date: 2019-03-41, publish: canary}\n      self:",
        );
    let output = site.run(&["check", "--quiet"]).ends_with(1);
    assert!(output.stderr.contains("3 errors"), "{}", output.stderr);
    for secret in ["4137", "918273", "2019", "canary"] {
        assert!(!output.stderr.contains(secret), "{secret}\n{}", output.stderr);
    }
}

/// Changes of supply: each is unknown to the public, whether it counts today or later.
const CHANGES: &str = "- service: elm-rehab
  date: 2026-10-29
  delta: +1
  certainty: confirmed
  reason: CANARY-77 opens
- service: elm-rehab
  date: 2031-03-17
  delta: -11
  certainty: probable
  reason: CANARY-77 closes
- spec: {area: bridge, level: open-rehab, needs: [psychosis], gender: any, legal: [informal]}
  date: 2026-10-30
  delta: +43
  certainty: confirmed
  reason: CANARY-77 is new
";

#[test]
fn nothing_of_a_change_comes_into_the_site() {
    let site = TestSite::new().file("data/changes.yaml", CHANGES);
    let output = site.run(&["build"]).ends_with(0);
    let mut told = format!("{}{}", output.stdout, output.stderr);
    for (_, bytes) in snapshot(&site.path("public")) {
        told.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(told.contains("Elm Rehabilitation"));
    for secret in ["CANARY", "2031-03", "March 2031", "planned-", "29 October", "30 October"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[test]
fn a_wrong_change_is_told_without_its_values() {
    let faults = [
        ("+1", "canary-4137"),
        ("2031-03-17", "CANARY 2031"),
        ("probable", "canary"),
        ("elm-rehab\n  date: 2026-10-29", "canary-house\n  date: 2026-10-29"),
        ("- spec: {area", "- canary: {area"),
        ("-11", "-4137"),
        ("+43", "-4137"),
    ];
    for (right, wrong) in faults {
        let text = CHANGES.replacen(right, wrong, 1);
        let site = TestSite::new().file("data/changes.yaml", &text);
        for format in ["text", "json"] {
            let told = site.run(&["check", "--quiet", "--format", format]).stderr;
            assert!(told.contains("MPS"), "{wrong}: nothing is told");
            for secret in ["canary", "4137", "2031", "-11", "is new", "probable\n"] {
                assert!(!told.to_lowercase().contains(secret), "{wrong}: {secret}\n{told}");
            }
        }
    }
}

/// Every cell of the sheets of money and movement is wrong in its turn, and none is quoted.
#[test]
fn broken_sheets_of_money_and_movement_are_not_quoted() {
    let sheets = [
        (
            "data/spend/2025.csv",
            "provider,year,amount_pounds,place,area,part,uplift_asked,uplift_agreed",
            "elm-house,2025/26,9182.73,local,mere,mental-health,4.137,3",
        ),
        (
            "data/pathway.csv",
            "cohort,year,identified,assessed,suitable,moved,graduated",
            "psychosis,2025/26,4137,4137,4137,4137,4137",
        ),
        (
            "data/returns.csv",
            "cohort,year,commissioner,people,saving_pounds",
            "psychosis,2025/26,mere,4137,9182.73",
        ),
        (
            "data/resident_lists/elm-house.csv",
            "service,pseudonym,funder",
            "elm-rehab,CANARY-77,mere",
        ),
    ];
    for (path, heading, row) in sheets {
        let cells: Vec<&str> = row.split(',').collect();
        for at in 0..cells.len() {
            let mut broken = cells.clone();
            broken[at] = "CANARY psittacus 918273";
            let text = format!("{heading}\n{}\n", broken.join(","));
            stays_silent(&format!("{path}, cell {at}"), path, &text);
        }
        stays_silent(path, path, &format!("{heading},Mustela\n{row},4137\n"));
        stays_silent(path, path, &format!("{heading}\n{row}\n{row}\n"));
        stays_silent(path, path, &format!("{row}\n"));
    }
    let tier = "- {provider: elm-house, from_spend: 9182.73, percent_off: 4137}\n";
    for (name, text) in [
        ("a rate", tier.to_owned()),
        ("a provider", tier.replace("elm-house", "canary")),
        ("a sum", tier.replace("9182.73", "£9,182.73")),
        ("a key", tier.replace("from_spend", "CANARY-77")),
    ] {
        stays_silent(name, "data/discounts.yaml", &text);
    }
}
