//! A provider's file against published gaps.

use super::*;
use crate::diagnostics::Code;
use crate::sources::Source;

const BOARD: &str = r#"{
  "format": "placewise-gaps-1", "title": "Gaps of Mere", "as_at": "2026-10-31",
  "areas": [["mere", "Mere", "icb", ""], ["hill", "Hill", "place", "mere"],
            ["far", "Far", "icb", ""]],
  "levels": [["rehab", "Rehabilitation"]],
  "needs": [["autism", "Autistic people"], ["psychosis", "Psychosis"], ["trauma", "Trauma"]],
  "legal": [["informal", "Informal"]],
  "rows": [
    {"tier": "listed", "title": "Rehabilitation for women", "page": "https://x/gaps/1/",
     "level_name": "Rehabilitation", "area_name": "Mere", "people_low": 10, "people_high": 14,
     "beds_busy_low": 12, "beds_busy_high": 17, "beds_free_low": 13, "beds_free_high": 19,
     "asks": [["level", "rehab", "offer rehabilitation"], ["area", "mere", "be in Mere"],
              ["serves", "mere", "take people from all of Mere"],
              ["need", "psychosis", "offer care for psychosis"],
              ["ages", "18-64", "take people aged 18 to 64"], ["gender", "female", "take women"],
              ["legal", "informal", "take people whose legal status is informal"]]},
    {"tier": "also-wanted", "title": "Autistic people and trauma", "page": "https://x/gaps/",
     "level_name": "Rehabilitation", "area_name": "Mere", "people_low": 50, "people_high": null,
     "asks": [["level", "rehab", "offer rehabilitation"], ["area", "mere", "be in Mere"],
              ["serves", "mere", "take people from all of Mere"],
              ["need", "autism", "offer care for autistic people"],
              ["need", "trauma", "offer care for trauma"],
              ["need", "psychosis", "offer care for psychosis"]]},
    {"tier": "individual", "title": "Talk to us.", "page": "https://x/gaps/", "asks": []}
  ]
}"#;

const WHOLE: &str = "id: a\nname: A\nlevel: rehab\narea: hill\nneeds: [psychosis]\nplaces: 8\n\
                     age: {min: 18}\ngender: female\nlegal: [informal]\n";

fn read(text: &str) -> Result<Board, String> {
    Board::of(serde_json::from_str(text).unwrap())
}

fn compared(file: &str) -> Outcome<Comparison> {
    let sources = SourceSet::new([Source::new("data/providers/a.yaml", file)]);
    compare(&sources, &read(BOARD).unwrap())
}

#[test]
fn a_service_is_held_against_every_line() {
    let whole = compared(WHOLE);
    assert_eq!(whole.diagnostics, []);
    let told = whole.value.unwrap();
    let service = &told.services[0];
    assert_eq!(service.answers[0].title, "Rehabilitation for women");
    assert_eq!(service.answers[0].people, "10 to 14 people from Mere");
    assert_eq!(service.in_part[0].people, "50 or more people from Mere");
    assert_eq!(service.in_part[0].missing.len(), 2);
    let expect = [
        "Gaps of Mere, as at 2026-10-31",
        "",
        "A",
        "  Your service would answer:",
        "    Rehabilitation for women",
        "      10 to 14 people from Mere",
        "      With 8 of about 12 to 19 places wanted, it would be a part of the answer.",
        "      https://x/gaps/1/",
        "  It could take some of the people:",
        "    Rehabilitation, also wanted: Autistic people and trauma",
        "      50 or more people from Mere",
        "      to take all, you would need to offer care for autistic people and offer care for \
         trauma",
        "      https://x/gaps/",
        "  Of 2 published gaps, 0 ask for two things or more that it does not state.",
        "",
        "Quality and distance must also meet the rules of the site. Talk to us.",
        "",
    ];
    assert_eq!(told.text(), expect.join("\n"));
}

#[test]
fn the_one_thing_that_is_missing_is_named() {
    let missing = |from: &str, to: &str| {
        assert!(WHOLE.contains(from));
        let told = compared(&WHOLE.replace(from, to)).value.unwrap();
        told.services[0].lacks_one.first().map(|line| line.missing.join(";"))
    };
    let needs = |text: &str| Some(text.to_owned());
    assert_eq!(missing("area: hill", "area: far"), needs("be in Mere"));
    assert_eq!(missing("gender: female\n", ""), needs("take women"));
    assert_eq!(missing("min: 18", "min: 19"), needs("take people aged 18 to 64"));
    assert_eq!(
        missing("area: hill", "area: hill\nserves: [hill]"),
        needs("take people from all of Mere")
    );
    assert_eq!(
        missing("legal: [informal]\n", "legal: []\n"),
        needs("take people whose legal status is informal")
    );
    assert_eq!(missing("level: rehab\n", ""), needs("offer rehabilitation"));
    assert_eq!(missing("gender: female\nlegal: [informal]\n", ""), None);
}

#[test]
fn a_provider_has_several_services_and_its_faults_are_told_together() {
    let provider = "id: p\nname: P\nservices:\n  - {id: a, name: A}\n  - {id: b, name: B}\n";
    let names: Vec<String> =
        compared(provider).value.unwrap().services.into_iter().map(|s| s.service).collect();
    assert_eq!(names, ["A", "B"]);
    let wrong = "id: a\nlevel: rehap\nneeds: [psychosis, dragons]\ngender: women\nage: {min: x}\n";
    let codes: Vec<Code> = compared(wrong).diagnostics.iter().map(|found| found.code).collect();
    let unknown = Code::UnknownReference;
    assert_eq!(codes.iter().filter(|code| **code == unknown).count(), 2, "{codes:?}");
    assert_eq!(codes.len(), 4, "{codes:?}");
    assert!(compared("id: a\nlevle: rehab\n").has_errors());
    assert!(compared("id: [").has_errors());
}

#[test]
fn what_is_no_download_of_gaps_is_refused() {
    for (text, words) in [
        ("{}", "placewise-gaps-1"),
        (&BOARD.replace("gaps-1", "gaps-2"), "placewise-gaps-1"),
        (&BOARD.replace("\"icb\", \"\"], [\"hill\"", "\"town\", \"\"], [\"hill\""), "no area"),
        (&BOARD.replace("\"place\", \"mere\"", "\"place\", \"hill\""), "no area"),
        (&BOARD.replace("\"gender\", \"female\"", "\"sex\", \"female\""), "asks nothing"),
    ] {
        let error = read(text).err().unwrap_or_default();
        assert!(error.contains(words), "{words}: {error}");
    }
}
