//! The importer of the CQC register, on invented rows and, where they are at hand, on real files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use placewise::import::cqc::{DateOrder, Existing, Plan, Refusal, Request, plan};
use proptest::prelude::*;

const DIRECTORY: &str = "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,CQC Location ID (for office use only),CQC Provider ID (for office use only)";
const ACTIVE: &str = "Location ID,Location HSCA start date,Dormant (Y/N),Care home?,Location Name,Registered manager,Care homes beds,Location Latest Overall Rating,Publication Date,Inherited Rating (Y/N),Location Region,Location Local Authority,Location Street Address,Location Postal Code,Location Latitude,Location Longitude,Provider Companies House Number,Provider ID,Provider Name,Provider Type/Sector,Provider Nominated Individual Name,Service type - Care home service with nursing,Service type - Zzz,Service user band - Dementia";

fn request<'a>(bytes: &'a [u8]) -> Request<'a> {
    Request {
        file_name: "01_October_2026_register.csv",
        bytes,
        local_authorities: &[],
        date_order: None,
        existing: &[],
        areas_yaml: Some("[]"),
        vocabulary_yaml: Some(""),
        has_site_yaml: true,
    }
}

fn planned(text: &str) -> Plan {
    let plan = plan(&request(text.as_bytes())).unwrap();
    assert!(plan.summary.balances(), "{}", plan.summary);
    plan
}

fn refused(text: &str) -> Refusal {
    plan(&request(text.as_bytes())).unwrap_err()
}

fn active(rows: &[&str]) -> String {
    format!("{ACTIVE}\n{}\n", rows.join("\n"))
}

fn home(id: &str, rest: &str) -> String {
    format!("{id},2015-01-02,N,Y,Elm Lodge,Secret Person,{rest}")
}

const GOOD: &str = "28,Good,2024-05-02,N,North,Elmbury,1 Elm Way,EX1 2QE,53.1,-2.1,1234567,1-900,Elm Care Ltd,NHS Healthcare Organisation,Hidden Name,Y,,Y";

/// The file of the only provider.
fn only_file(plan: &Plan) -> &str {
    assert_eq!(plan.files.len(), 1, "{:?}", plan.files.keys());
    plan.files.values().next().unwrap()
}

fn rules(plan: &Plan) -> Vec<&'static str> {
    plan.report.counts().into_keys().filter(|rule| *rule != "area-unknown").collect()
}

#[test]
fn a_row_becomes_a_service_with_a_register_block() {
    let plan = planned(&active(&[&home("1-11", GOOD)]));
    let expected = r#"# `register:` blocks are replaced by each import. Write your own keys beside them.
id: "elm-care-ltd"
identifiers:
  cqc-provider: "1-900"
register:
  source: "CQC care directory with filters"
  date: 2026-10-01
  row: 2
  provider: "1-900"
  name: "Elm Care Ltd"
  sector: nhs
  company: "01234567"
services:
  - id: "elm-lodge-1-11"
    regulated:
      cqc-location: "1-11"
    register:
      source: "CQC care directory with filters"
      date: 2026-10-01
      row: 2
      location: "1-11"
      name: "Elm Lodge"
      address:
        line1: "1 Elm Way"
        postcode: "EX1 2QE"
      geo: {lat: 53.1, lon: -2.1}
      local_authority: "Elmbury"
      region: "North"
      types:
        - "Care home service with nursing"
      specialisms:
        - "Dementia"
      beds: 28
      rating:
        rating: good
        date: 2024-05-02
        inherited: false
      dormant: false
      registered_on: 2015-01-02
"#;
    assert_eq!(only_file(&plan), expected);
    assert_eq!(plan.files.keys().next().unwrap(), "data/providers/elm-care-ltd.yaml");
    assert_eq!(rules(&plan), ["company-zero-restored", "type-unknown"]);
}

#[test]
fn people_are_never_read() {
    let plan = planned(&active(&[&home("1-11", GOOD), &home("", GOOD), &home("1-11", "9,x")]));
    let all = format!("{:?}{}", plan.files, plan.report.to_csv());
    assert!(!all.contains("Secret") && !all.contains("Hidden"));
}

#[test]
fn every_row_is_a_service_or_has_a_reason() {
    let text = active(&[
        &home("1-11", GOOD),
        &home("1-11", GOOD),
        &home("1-11", &GOOD.replace("28", "30")),
        &home("", GOOD),
        &home("x 1", GOOD),
        ",,,,,,,,,,,,,,,,,,,,,,,",
        "1-12,2015-01-02",
        &format!("{},extra", home("1-13", GOOD)),
    ]);
    let plan = planned(&text);
    assert_eq!((plan.summary.rows, plan.summary.services), (8, 3));
    let rules = rules(&plan);
    for rule in [
        "skipped-duplicate",
        "skipped-conflict",
        "skipped-no-location-id",
        "skipped-bad-location-id",
        "skipped-blank-row",
        "row-short",
        "row-long",
    ] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    let csv = plan.report.to_csv();
    assert!(csv.contains("4,,skipped-conflict,1-11: other beds,line 2 is kept"), "{csv}");
}

#[test]
fn unknown_stays_unknown() {
    let row = home("1-11", "0.0,Splendid,43831,?,,,,TBC,0,0,-,,,Social Care Org,,,,");
    let plan = planned(&active(&[&row]));
    let file = only_file(&plan);
    for key in ["beds:", "rating:", "geo:", "address:", "company:", "sector:", "types:", "region:"]
    {
        assert!(!file.contains(key), "{key}\n{file}");
    }
    assert!(plan.files.contains_key("data/providers/elm-lodge.yaml") || file.contains("provider-"));
    for rule in [
        "beds-zero",
        "beds-decimal",
        "rating-unknown",
        "date-serial",
        "flag-invalid",
        "postcode-invalid",
        "geo-zero",
        "provider-id-missing",
        "provider-name-missing",
    ] {
        assert!(rules(&plan).contains(&rule), "{rule}");
    }
}

#[test]
fn slash_dates_need_a_proof() {
    let row = home("1-11", &GOOD.replace("2024-05-02", "03/04/2024"));
    let bytes = active(&[&row]);
    assert!(rules(&planned(&bytes)).contains(&"date-ambiguous"));
    let given = Request { date_order: Some(DateOrder::DayFirst), ..request(bytes.as_bytes()) };
    assert!(only_file(&plan(&given).unwrap()).contains("date: 2024-04-03"));
    let proof = home("1-12", &GOOD.replace("2024-05-02", "25/12/2023"));
    assert!(only_file(&planned(&active(&[&row, &proof]))).contains("date: 2024-04-03"));
}

#[test]
fn the_directory_has_a_preamble_bars_and_odd_text() {
    let text = format!(
        "\u{FEFF}CQC Locations data,,\r\n\r\nThis data was produced on 02 November 2026,,\r\n{DIRECTORY}\r\n\
         \"=1+\"\"<b>\u{A0}\\ {{{{ x }}}}\",,\"1 Elm Way,Flat 2\nElmton\",ex12qe,1632960100,n/a,\
         Nursing homes|Nursing homes|Zzz,,Dementia|Older People,Elm & Ash Ltd,Elmbury,North,,1-11,1-900\r\n"
    );
    let plan = planned(&text);
    let file = only_file(&plan);
    for line in [
        r#"name: "=1+\"<b> \\ {{ x }}""#,
        r#"line1: "1 Elm Way""#,
        r#"line2: "Flat 2, Elmton""#,
        "date: 2026-11-02",
        r#"phone: "01632960100""#,
        r#"postcode: "EX1 2QE""#,
        r#"- "Zzz""#,
        r#"- "Caring for adults over 65 yrs""#,
        r#"id: "elm-and-ash-ltd""#,
    ] {
        assert!(file.contains(line), "{line}\n{file}");
    }
    assert!(plan.report.to_csv().contains(",5,Name,text-nbsp,\"'=1+"));
}

#[test]
fn api_and_comma_lists_are_read() {
    let api = "locationId,providerId,name,gacServiceTypes,specialisms,currentRatings,careHome,numberOfBeds,registrationDate,deregistrationDate\n\
        1-11,1-900,Elm,\"[{'name': 'Residential homes', 'description': 'Care home service without nursing'}]\",\
        \"[{'name': 'Sensory impairment'}]\",\"{'overall': {'rating': 'Good', 'reportDate': '2020-05-06'}}\",Y,4,13/04/2014,\n\
        1-12,1-900,Ash,oops,[],,Y,4,13/04/2014,2020-01-01\n\
        1-13,1-900,Fir,oops,[],,Y,4,13/04/2014,\n";
    let plan = planned(api);
    let file = only_file(&plan);
    assert!(
        file.contains("\"Care home service without nursing\"") && file.contains("rating: good")
    );
    assert!(file.contains("\"Sensory impairments\"") && file.contains("rating: not-rated"));
    assert!(plan.files.contains_key("data/providers/provider-1-900.yaml"));
    assert_eq!(plan.summary.skipped["skipped-deregistered"], 1);
    assert!(rules(&plan).contains(&"literal-invalid"));
    let extract = "Name,Address 1,CQC Provider ID (for office use only),CQC Location ID (for office use only),Service types,Provider name\n\
        Elm,1 Way,1-900,1-11,\"Homecare agencies,Hospital services for people with mental health needs, learning disabilities and problems with substance misuse\",Elm\n";
    let file = planned(extract).files["data/providers/elm.yaml"].clone();
    assert!(
        file.contains(
            "- \"Domiciliary care service\"\n        - \"Hospital services for people with"
        )
    );
}

#[test]
fn other_files_are_refused_in_words() {
    assert!(refused("").message.contains("empty"));
    assert!(refused("a,b\n1,2\n").hint.contains("known files"));
    assert!(refused("Name,Address,Postcode,Service types\n").hint.contains("CQC Location ID"));
    assert!(refused("PK\u{3}\u{4}rest").hint.contains("CSV"));
    let text = active(&[&home("1-11", GOOD)]);
    let wanted = ["Elmbery".to_owned()];
    let refusal = plan(&Request { local_authorities: &wanted, ..request(text.as_bytes()) });
    assert_eq!(refusal.unwrap_err().hint, "did you mean \"Elmbury\"?");
}

#[test]
fn authorities_are_filtered_whatever_their_spelling() {
    let ash = GOOD.replace("Elmbury", "\"Ash, City of\"");
    let text = active(&[&home("1-11", GOOD), &home("1-12", &ash)]);
    let wanted = ["CITY OF ASH".to_owned()];
    let found = plan(&Request { local_authorities: &wanted, ..request(text.as_bytes()) }).unwrap();
    assert!(only_file(&found).contains("1-12") && !only_file(&found).contains("1-11\""));
    assert_eq!(found.summary.skipped["skipped-other-authority"], 1);
}

#[test]
fn providers_of_one_name_are_told_apart() {
    let other = GOOD.replace("1-900", "1-901");
    let plan = planned(&active(&[&home("1-11", GOOD), &home("1-12", &other)]));
    let paths: Vec<&String> = plan.files.keys().collect();
    assert_eq!(
        paths,
        ["data/providers/elm-care-ltd-1-900.yaml", "data/providers/elm-care-ltd-1-901.yaml"]
    );
}

const HAND_MADE: &str = "\
# Ours.
id: elm   # keep
name: Elm people
identifiers: {cqc-provider: 1-900}
services:
  # the old house
  - id: lodge
    regulated: {cqc-location: 1-11}
    places: 20   # counted in May
    register:
      source: \"old\"
      rating:
        rating: inadequate
    vacancies: 3

  - id: gone-house
    regulated: {cqc-location: 1-99}

# the end
";

#[test]
fn what_people_wrote_stays_byte_for_byte() {
    let text = active(&[&home("1-11", &GOOD.replace("Good", "Outstanding")), &home("1-12", GOOD)]);
    let existing = [Existing { path: "data/providers/elm.yaml", text: HAND_MADE }];
    let first = plan(&Request { existing: &existing, ..request(text.as_bytes()) }).unwrap();
    let summary = &first.summary;
    assert!(summary.balances());
    assert_eq!(
        (summary.added, summary.changed, summary.gone, summary.rating_changed),
        (1, 1, 1, 1)
    );
    let file = only_file(&first);
    for kept in [
        "# Ours.\nid: elm   # keep\nname: Elm people\nidentifiers: {cqc-provider: 1-900}\nregister:\n",
        "  # the old house\n  - id: lodge\n    regulated: {cqc-location: 1-11}\n    places: 20   # counted in May\n    register:\n",
        "    vacancies: 3\n\n  - id: gone-house\n    regulated: {cqc-location: 1-99}\n  - id: \"elm-lodge-1-12\"\n",
    ] {
        assert!(file.contains(kept), "{kept}\n---\n{file}");
    }
    assert!(file.ends_with("registered_on: 2015-01-02\n\n# the end\n") && !file.contains("old\""));
    let existing = [Existing { path: "data/providers/elm.yaml", text: file }];
    let second = plan(&Request { existing: &existing, ..request(text.as_bytes()) }).unwrap();
    assert!(second.files.is_empty());
    assert_eq!(second.summary.unchanged, 2);
}

#[test]
fn files_that_cannot_be_edited_are_left_alone_and_said() {
    let text = active(&[&home("1-11", GOOD)]);
    let flow = "{id: elm, services: [{id: a, regulated: {cqc-location: 1-11}}]}\n";
    let existing = [Existing { path: "data/providers/elm.yaml", text: flow }];
    let found = plan(&Request { existing: &existing, ..request(text.as_bytes()) }).unwrap();
    assert!(found.files.is_empty() && found.summary.balances());
    assert_eq!(found.summary.skipped["skipped-existing-not-editable"], 1);
    let broken = [Existing { path: "data/providers/elm.yaml", text: "id: [" }];
    let refusal = plan(&Request { existing: &broken, ..request(text.as_bytes()) }).unwrap_err();
    assert!(refusal.message.contains("data/providers/elm.yaml"));
}

#[test]
fn a_new_site_gets_starters() {
    let text = active(&[&home("1-11", GOOD)]);
    let fresh = Request {
        areas_yaml: None,
        vocabulary_yaml: None,
        has_site_yaml: false,
        ..request(text.as_bytes())
    };
    let found = plan(&fresh).unwrap();
    let areas = &found.files["data/areas.yaml"];
    assert!(areas.contains("name: \"Elmbury\"\n  kind: place\n  parent: \"north\""), "{areas}");
    assert!(found.files["data/site.yaml"].contains("as_at: 2026-10-01"));
    assert!(found.files["data/vocabulary.yaml"].contains("\"Nursing homes\""));
    assert!(found.files.contains_key("content/index.md"));
    let missing = planned(&text);
    assert!(
        missing.report.to_csv().contains("Location Local Authority,area-unknown,Elmbury,rows: 1")
    );
}

fn apply(plan: &Plan) -> Vec<(String, String)> {
    let files = plan.files.iter().filter(|(path, _)| path.starts_with("data/providers/"));
    files.map(|(path, text)| (path.clone(), text.clone())).collect()
}

fn assert_settled(bytes: &[u8], first: &Plan) {
    let files = apply(first);
    let existing: Vec<Existing<'_>> =
        files.iter().map(|(path, text)| Existing { path, text }).collect();
    let second = plan(&Request { existing: &existing, ..request(bytes) }).unwrap();
    assert!(second.files.is_empty(), "{:?}", second.files);
    assert!(second.summary.balances());
    assert_eq!(second.summary.unchanged, first.summary.services);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), headed in any::<bool>()) {
        let mut file = if headed { format!("{ACTIVE}\n").into_bytes() } else { Vec::new() };
        file.extend(bytes);
        if let Ok(plan) = plan(&request(&file)) {
            prop_assert!(plan.summary.balances());
        }
    }

    #[test]
    fn importing_twice_changes_nothing(cells in proptest::collection::vec(("[A-Z]{0,4}|1-[0-9]{1,2}", "\\PC{0,12}", "\\PC{0,12}", "[0-9/.: -]{0,10}"), 1..12)) {
        let rows: Vec<String> = cells.iter().map(|(id, name, town, number)| {
            let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            format!("{id},{number},N,Y,{},x,{number},Good,{number},N,North,{},{},EX1 2QE,{number},1,1,1-9,{},x,x,Y,Y,Y",
                quote(name), quote(town), quote(name), quote(name))
        }).collect();
        let file = format!("{ACTIVE}\n{}\n", rows.join("\n"));
        let first = plan(&request(file.as_bytes())).unwrap();
        prop_assert!(first.summary.balances());
        assert_settled(file.as_bytes(), &first);
    }

    #[test]
    fn no_provider_file_panics(text in "(id: a\n)?(services:\n)?([ -]{0,4}[a-z]{0,8}:? ?[\\[\\]{}|+>#\"a-z]{0,4}\n){0,8}") {
        let csv = active(&[&home("1-11", GOOD)]);
        let existing = [Existing { path: "data/providers/a.yaml", text: &text }];
        if let Ok(plan) = plan(&Request { existing: &existing, ..request(csv.as_bytes()) }) {
            prop_assert!(plan.summary.balances());
        }
    }
}

/// A file of the shared folder, or nothing, said loudly, where that folder is absent.
fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("PLACEWISE_SHARED_DATA")
        .map_or(PathBuf::from("../shared/data"), PathBuf::from);
    let bytes = std::fs::read(folder.join(path)).ok();
    if bytes.is_none() {
        println!("SKIPPED: no {path} in {}; set PLACEWISE_SHARED_DATA", folder.display());
    }
    bytes
}

fn check_shared(path: &str, rows: usize, services: usize) -> Option<Plan> {
    let bytes = shared(path)?;
    let name = path.rsplit('/').next().unwrap();
    let found = plan(&Request { file_name: name, ..request(&bytes) }).unwrap();
    assert!(found.summary.balances(), "{}", found.summary);
    assert_eq!((found.summary.rows, found.summary.services), (rows, services), "{path}");
    Some(found)
}

#[test]
fn real_files_are_accounted_for() {
    check_shared("cqc/cqc_api_devon_care_homes_2021.csv", 728, 728);
    check_shared("cqc/cqc_locations_extract_first500.csv", 500, 500);
    if let Some(found) = check_shared("cqc/cqc_directory_extract_2025.csv", 500, 329) {
        assert_eq!(found.summary.skipped["skipped-no-location-id"], 170);
    }
}

/// The generator's truth: dirt by class, and clean totals.
fn truth() -> Option<serde_json::Value> {
    Some(serde_json::from_slice(&shared("synthetic/truth.json")?).unwrap())
}

#[test]
fn generated_files_agree_with_their_truth() {
    let Some(truth) = truth() else { return };
    let path = "synthetic/01_October_2026_HSCA_Active_Locations.csv";
    let Some(found) = check_shared(path, 2002, 1996) else {
        return;
    };
    let dirt = |class: &str| truth["dirt"][class].as_array().unwrap().len();
    let counts = found.report.counts();
    for (rule, classes) in [
        ("skipped-no-location-id", &["id.missing"][..]),
        ("skipped-duplicate", &["id.duplicate_identical"]),
        ("skipped-conflict", &["id.duplicate_conflict"]),
        ("text-mojibake", &["name.mojibake"]),
        ("text-nbsp", &["name.nbsp"]),
        ("text-spaces", &["name.leading_space"]),
        ("postcode-normalised", &["postcode.lower_nospace"]),
        ("postcode-invalid", &["postcode.invalid"]),
        ("address-newline", &["address.newline"]),
        ("phone-normalised", &["phone.spaces"]),
        ("website-invalid", &["web.junk"]),
        ("rating-not-rated", &["rating.other"]),
        ("date-ambiguous", &["date.us_time", "date.slash_dmy"]),
        ("date-future", &["date.future"]),
        ("date-serial", &["date.serial"]),
        ("beds-decimal", &["beds.decimal"]),
        ("beds-not-a-number", &["beds.text"]),
        ("beds-too-many", &["beds.huge"]),
        ("geo-swapped", &["geo.swapped"]),
        ("geo-zero", &["geo.zero"]),
        ("row-short", &["row.short"]),
        ("row-long", &["row.long"]),
    ] {
        let planted: usize = classes.iter().map(|class| dirt(class)).sum();
        assert_eq!(counts.get(rule).copied().unwrap_or(0), planted, "{rule}");
    }
    let all: String = found.files.values().map(String::as_str).collect();
    let near = |what: &str, count: usize, expected: &serde_json::Value| {
        let expected = usize::try_from(expected.as_u64().unwrap()).unwrap();
        // Rows with planted dirt may lose this one fact: at most the missing, short and changed ones.
        assert!(count.abs_diff(expected) <= 16, "{what}: {count} for {expected}");
    };
    for (service, count) in truth["by_service"].as_object().unwrap() {
        near(service, all.matches(&format!("- \"{service}\"\n")).count(), count);
    }
    let ratings = BTreeMap::from([
        ("Good", "good"),
        ("Requires improvement", "requires-improvement"),
        ("Outstanding", "outstanding"),
        ("Inadequate", "inadequate"),
        ("(none)", "not-rated"),
    ]);
    for (word, rating) in ratings {
        near(word, all.matches(&format!(" rating: {rating}\n")).count(), &truth["by_rating"][word]);
    }
    check_shared("synthetic/01_October_2026_CQC_directory.csv", 2002, 1992);
}
