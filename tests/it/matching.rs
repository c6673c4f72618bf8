//! `placewise match`: the same answer from a site folder, a built site and its download.

use std::fs;

use crate::site::TestSite;

/// A site that lists one gap: women in Mere who need care for psychosis.
fn site() -> TestSite {
    TestSite::new()
        .edit("data/placements/rows.yaml", "people: 7", "people: 9")
        .edit("data/providers/elm-house.yaml", "    vacancies: 2\n", "    vacancies: 0\n")
        .build()
}

const OWN: &str = "id: own\nname: Our unit\nlevel: open-rehab\narea: hill\nneeds: [psychosis]\n\
                   age: {min: 18, max: 64}\ngender: female\nlegal: [informal]\nplaces: 3\n";

#[test]
fn a_file_is_held_against_a_site_folder_a_built_site_and_a_download() {
    let site = site().file("own.yaml", OWN);
    let of = |against: &[&str]| {
        let arguments = [&["match", "own.yaml"], against].concat();
        site.run(&arguments).ends_with(0).stdout
    };
    let told = of(&[]);
    for words in [
        "Our unit\n  Your service would answer:\n    Open rehabilitation for women aged 18 to 64: \
         psychosis\n      5 to 12 people from Mere\n",
        "With 3 of about",
        "https://care.example.org/gaps/open-rehab-psychosis-female-18-64-informal-mere-1/",
        "Some people have needs that would identify them. Talk to us.",
    ] {
        assert!(told.contains(words), "`{words}` is missing:\n{told}");
    }
    assert_eq!(of(&["--against", "."]), told);
    assert_eq!(of(&["--against", "public"]), told);
    assert_eq!(of(&["--against", "public/data/gaps.json"]), told);
    // The provider's own record as it stands in the site.
    let own = site.run(&["match", "data/providers/elm-house.yaml"]).ends_with(0).stdout;
    assert!(own.contains("Elm Rehabilitation\n  Your service would answer:"), "{own}");
}

#[test]
fn one_thing_that_is_missing_is_told_in_the_second_person_and_as_json() {
    let site = site().file("own.yaml", &OWN.replace("gender: female", "gender: male"));
    let told = site.run(&["match", "own.yaml", "--against", "public"]).ends_with(0).stdout;
    assert!(told.contains("One thing is missing:"), "{told}");
    assert!(told.contains("you would need to take women"), "{told}");
    let json = ["match", "own.yaml", "--against", "public", "--format", "json"];
    let json: serde_json::Value =
        serde_json::from_str(&site.run(&json).ends_with(0).stdout).unwrap();
    let one = &json["services"][0]["lacks_one"][0];
    assert_eq!(one["missing"], serde_json::json!(["take women"]));
    assert_eq!(json["services"][0]["answers"], serde_json::json!([]));
}

#[test]
fn faults_of_the_file_are_told_with_their_places() {
    let site = site().file("own.yaml", "id: own\nlevel: open-rehap\ngender: everybody\n");
    let output = site.run(&["match", "own.yaml", "--against", "public"]).ends_with(1);
    assert_eq!(output.stdout, "");
    for words in ["own.yaml:2:8", "did you mean `open-rehab`?", "own.yaml:3:9"] {
        assert!(output.stderr.contains(words), "`{words}` is missing:\n{}", output.stderr);
    }
}

#[test]
fn a_file_or_a_site_that_is_not_there_is_a_failure() {
    let site = site().file("own.yaml", OWN).file("other.json", "{\"rows\": []}");
    for (arguments, words) in [
        (&["match", "none.yaml"][..], "cannot read `none.yaml`"),
        (&["match", "own.yaml", "--against", "none"], "not a site folder"),
        (&["match", "own.yaml", "--against", "other.json"], "holds no published gaps"),
        (&["match"], "FILE.yaml"),
        (&["match", "own.yaml", "--format", "csv"], "only `placewise gaps`"),
    ] {
        let output = site.run(arguments).ends_with(2);
        assert!(output.stderr.contains(words), "{arguments:?}\n{}", output.stderr);
    }
    fs::write(site.path("bytes.yaml"), [0xff, 0xfe]).unwrap();
    assert!(site.run(&["match", "bytes.yaml"]).ends_with(2).stderr.contains("UTF-8"));
}
