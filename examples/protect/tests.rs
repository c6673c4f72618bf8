//! The door with files that are as they should be, and with files that are not.

use std::fs;

use super::{Fault, run};

const STRUCTURE: &str = r#"{"name": "made up", "dims": {
    "service": {"total": "All", "edges": [["beds, \"short\"", "All"], ["home", "All"]]},
    "area": {"total": "All", "edges": [["north", "All"], ["south", "All"], ["west", "All"]]}},
    "measures": {"people": {"type": "count", "threshold": 5, "min_width": 3}},
    "markers": {"[c]": [1, null]},
    "tables": [{"id": "t", "measure": "people", "dims": ["service", "area"]}]}"#;

const TRUTH: &str = "measure,area,service,holder,value
people,north,\"beds, \"\"short\"\"\",,717
people,south,home,,20
people,west,home,,\"30\"
people,north,home,,40
";

/// Runs the door on these files. The answer is what was written, or the reasons and whether the
/// machine is to blame.
fn door(structure: &str, truth: &str, frozen: Option<&str>) -> Result<String, (bool, String)> {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("structure.json"), structure).unwrap();
    fs::write(at("truth.csv"), truth).unwrap();
    if let Some(frozen) = frozen {
        fs::write(at("frozen.csv"), frozen).unwrap();
    }
    let outcome = run(folder.path(), &at("out.csv"));
    let written = fs::read_to_string(at("out.csv"));
    let (is_machine, reason) = match outcome {
        Ok(()) => return Ok(written.unwrap()),
        Err(Fault::Instance(reasons)) => (false, reasons.join("\n")),
        Err(Fault::Machine(reason)) => (true, reason),
    };
    assert!(written.is_err(), "nothing may be written");
    assert!(!reason.contains("717"), "{reason} repeats a value");
    Err((is_machine, reason))
}

#[test]
fn columns_and_rows_come_in_the_order_of_the_structure() {
    let expected = "table,service,area,value
t,All,All,807
t,All,north,757
t,All,south,20
t,All,west,30
t,\"beds, \"\"short\"\"\",All,717
t,\"beds, \"\"short\"\"\",north,717
t,\"beds, \"\"short\"\"\",south,0
t,\"beds, \"\"short\"\"\",west,0
t,home,All,90
t,home,north,40
t,home,south,20
t,home,west,30
";
    assert_eq!(door(STRUCTURE, TRUTH, None), Ok(expected.to_owned()));
    let with_marks = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(
        door(&with_marks(STRUCTURE), &with_marks(TRUTH), None),
        Ok(expected.to_owned()),
        "as a spreadsheet program writes it"
    );
}

#[test]
fn the_same_instance_gives_the_same_bytes_in_any_order_of_its_records() {
    let small = TRUTH.replace(",20\n", ",2\n");
    let mut lines: Vec<&str> = small.lines().collect();
    lines[1..].reverse();
    let published = door(STRUCTURE, &small, None).unwrap();
    assert!(published.contains("[c]"));
    assert_eq!(door(STRUCTURE, &lines.join("\n"), None), Ok(published));
}

#[test]
fn wrong_files_are_named_by_line_and_column_and_never_by_value() {
    let wrong = |truth: &str, frozen: Option<&str>| door(STRUCTURE, truth, frozen).unwrap_err();
    let no_number = "truth.csv line 2: the value is no whole number of nought or more";
    for value in ["-717", "717.5", "many 717", "", "71799999999999999999"] {
        let truth = TRUTH.replace(",717\n", &format!(",{value}\n"));
        assert_eq!(wrong(&truth, None), (false, no_number.to_owned()));
    }
    for (from, to, reason) in [
        ("measure,", "", "truth.csv: there is no column `measure`"),
        (",value", ",amount", "truth.csv: there is no column `value`"),
        ("measure,area", "measure,place", "truth.csv: there is no column `area`"),
        (",holder,", ",holder,holder,", "truth.csv: a column stands twice"),
        ("home,,20", "home,20", "truth.csv: record 2 has too many or few columns"),
        ("people,south,home", "people,east,home", "records: dimension `area` has no code `east`"),
        ("people,south", "beds,south", "records: there is no measure `beds`"),
        ("people,south", "people,", "people: the codes of a record are no leaf: `All` of `area`"),
    ] {
        let (is_machine, said) = wrong(&TRUTH.replacen(from, to, 1), None);
        assert!(said.lines().any(|line| line == reason) && !is_machine, "{said}");
    }
    let frozen = "table,service,area,value\nold,All,All,717\n";
    let reason = "`old` is not among the frozen tables".to_owned();
    assert_eq!(wrong(TRUTH, Some(frozen)), (false, reason));
    let (is_machine, _) = run_nowhere();
    assert!(is_machine, "a folder that is not there is no fault of the instance");
}

fn run_nowhere() -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    match run(&folder.path().join("none"), &folder.path().join("out.csv")) {
        Err(Fault::Machine(reason)) => (true, reason),
        _ => (false, String::new()),
    }
}

#[test]
fn a_wrong_structure_is_refused_by_its_names() {
    for (from, to, reason) in [
        ("\"name\"", "\"title\"", "line 1, column 8: unknown field `title`"),
        ("\"count\"", "\"tally\"", "unknown variant `tally`"),
        ("\"threshold\": 5, ", "", "missing field `threshold`"),
        ("\"threshold\": 5", "\"threshold\": \"717\"", "a value of another kind is needed here"),
        ("\"area\"", "\"service\"", "duplicate name `service`"),
        ("\"area\"]}]}", "\"area\"]}]", "it is not JSON"),
    ] {
        let (is_machine, said) = door(&STRUCTURE.replacen(from, to, 1), TRUTH, None).unwrap_err();
        assert!(said.starts_with("structure.json line ") && said.contains(reason), "{said}");
        assert!(!is_machine);
    }
}

#[test]
fn nothing_is_written_of_what_cannot_be_protected() {
    let few = STRUCTURE.replace("[1, null]", "[1, 4]");
    let (is_machine, said) = door(&few, &TRUTH.replace(",20\n", ",2\n"), None).unwrap_err();
    assert!(
        said.contains("cannot be protected, whatever is withheld: people south/home"),
        "{said}"
    );
    assert!(!is_machine);
}
