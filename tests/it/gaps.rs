//! Published gaps: every line a band, no count in any file, the same from every door.

use std::collections::BTreeMap;

use crate::html::texts;
use crate::site::{EXAMPLE, TestSite};

/// A market with no free place, and rows of people in one place.
fn site(rows: &[(&str, &str, &str, u32)]) -> TestSite {
    let mut table = "id,home,level,needs,age,gender,legal,people,ready,placed_since\n".to_owned();
    for (at, (home, level, needs, people)) in rows.iter().enumerate() {
        table.push_str(&format!(
            "P-{at},{home},{level},{needs},18-64,female,informal,{people},no,2024-01-01\n"
        ));
    }
    TestSite::new()
        .remove("data/placements/rows.yaml")
        .file("data/placements/rows.csv", &table)
        .file("data/analysis.yaml", "max_people: 60\nforbidden_pairs: [[autism, psychosis]]\n")
        .edit("data/providers/elm-house.yaml", "    vacancies: 2\n", "    vacancies: 0\n")
        .edit("data/vocabulary.yaml", "scope: place}", "scope: place, target_occupancy: 0.9}")
        .edit(
            "data/vocabulary.yaml",
            "scope: icb, target_occupancy: 0.85}",
            "scope: icb, target_occupancy: 0.85, price_default: 2750.00}",
        )
}

fn rows_of(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

const LISTED: &str = "gaps/open-rehab-autism-female-18-64-informal-mere-1/index.html";

#[test]
fn a_listed_gap_has_a_page_a_card_and_a_row_and_no_count() {
    let site = site(&[("bridge", "open-rehab", "autism", 47)]).build();
    let page = site.page(LISTED);
    let main = texts(&page, |tag| tag.name == "main").remove(0).1;
    for words in [
        "Open rehabilitation for women aged 18 to 64: autistic people",
        "30 to 49 people from Mere",
        "36 to 58",
        "About £2,750 a week",
        "Elm Rehabilitation",
        "not listed as offering care for autistic people",
        "subject to clinical assessment and choice",
        "team@example.org",
    ] {
        assert!(main.contains(words), "`{words}` is missing:\n{main}");
    }
    let row = &rows_of(&site.page("data/gaps.csv"))[0];
    let told = ["people_low", "people_high", "beds_busy_low", "beds_busy_high"];
    assert_eq!(told.map(|name| row[name].as_str()), ["30", "49", "36", "58"]);
    assert!(site.page("gaps/index.html").contains("open-rehab-autism-female-18-64"));
    // Neither 47 people nor the beds for them stand anywhere as a number of their own.
    for (path, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let numbers = text.split(|c: char| !c.is_ascii_alphanumeric() && !".%".contains(c));
        let found = numbers.filter(|word| ["47", "56"].contains(&word.trim_matches('.'))).count();
        assert_eq!(found, 0, "{}", path.display());
    }
}

#[test]
fn two_counts_of_one_band_and_one_rounding_give_the_same_bytes() {
    let of = |people| site(&[("bridge", "open-rehab", "autism", people)]).build().tree();
    assert_eq!(of(43), of(44));
    assert_ne!(of(43), of(52), "another band is another site");
}

/// Free places that may be told as they are.
const EXACTLY: &str = "vacancies: 22\n    vacancies_public: exact\n";

/// A change that is not announced alters no byte of the site, whatever it does to the gap.
#[test]
fn changes_that_are_not_announced_alter_nothing() {
    let of = |status: &str, service: &str, delta: &str, rest: &str| {
        let site = site(&[("bridge", "open-rehab", "psychosis", 47)])
            .edit("data/providers/elm-house.yaml", "vacancies: 0\n", EXACTLY)
            .edit("data/providers/elm-house.yaml", "registered: 12", "registered: 40")
            .edit("data/providers/elm-house.yaml", "    places: 10", "    places: 30")
            .edit(
                "data/providers/elm-house.yaml",
                "    name: Elm",
                &format!("{status}    name: Elm"),
            );
        let change = format!("- {service}\n  date: 2026-10-29\n  delta: {delta}\n{rest}");
        let site = if delta.is_empty() { site } else { site.file("data/changes.yaml", &change) };
        site.build().tree()
    };
    let spec = "spec: {area: bridge, level: open-rehab, needs: [psychosis], gender: any, \
                legal: [informal], age: {min: 18}}";
    let elm = "service: elm-rehab";
    let closed = "    status: temporarily closed\n";
    for (status, service, delta) in
        [("", elm, "+21"), ("", elm, "-21"), ("", spec, "+21"), (closed, elm, "+21")]
    {
        let without = of(status, service, "", "");
        let sure = "  certainty: confirmed\n";
        for secret in [sure, "  certainty: confirmed\n  public: no\n", "  certainty: probable\n"] {
            assert!(of(status, service, delta, secret) == without, "{service} {delta} {secret}");
        }
        let told = of(status, service, delta, &format!("{sure}  public: yes\n"));
        assert!(told != without, "{service} {delta}: an announced change counts");
    }
}

#[test]
fn the_tiers_follow_each_other_and_the_last_line_is_always_there() {
    let site = site(&[
        ("bridge", "open-rehab", "autism", 14),
        ("bridge", "open-rehab", "psychosis", 25),
        ("hill", "supported-living", "autism|psychosis", 3),
        ("bridge", "supported-living", "psychosis", 4),
        ("hill", "supported-living", "", 5),
    ])
    .build();
    let csv = site.page("data/gaps.csv");
    let lines: Vec<(String, String, String)> = rows_of(&csv)
        .into_iter()
        .map(|row| (row["tier"].clone(), row["level"].clone(), row["people_low"].clone()))
        .collect();
    let line = |tier: &str, level: &str, low: &str| (tier.into(), level.into(), low.into());
    assert_eq!(
        lines,
        [
            line("listed", "open-rehab", "20"),
            line("listed", "open-rehab", "10"),
            line("also-wanted", "supported-living", "5"),
            line("individual", "", ""),
        ],
        "{csv}"
    );
    let empty = TestSite::new().build();
    let lines = rows_of(&empty.page("data/gaps.csv"));
    let last = lines.last().unwrap();
    assert_eq!(last["tier"], "individual", "the sentence is always there");
    assert!(empty.page("gaps/index.html").contains(&last["title"]));
}

#[test]
fn the_command_tells_what_the_site_tells() {
    let site = site(&[("bridge", "open-rehab", "autism", 14)]).build();
    for format in ["csv", "json"] {
        let told = site.run(&["gaps", "--quiet", "--format", format]).ends_with(0).stdout;
        assert_eq!(told, site.page(&format!("data/gaps.{format}")), "{format}");
    }
    let table = site.run(&["gaps", "--quiet"]).ends_with(0).stdout;
    let (head, rest) = table.split_once("\n\n").unwrap();
    let (rows, rules) = rest.split_once("\n\n").unwrap();
    assert!(head.contains("\nFigures as at "), "{table}");
    assert!(rules.contains("BEDS BUSY: ") && rules.contains("BEDS SELDOM FULL: "), "{table}");
    let lines: Vec<&str> = rows.lines().collect();
    assert!(lines[0].starts_with("PEOPLE    BEDS BUSY  BEDS SELDOM FULL  AREA"), "{table}");
    assert!(lines[1].starts_with("10 to 14  12 to "), "{table}");
    assert!(lines[1].contains("Mere  Open rehabilitation for"), "{table}");
    assert!(rows.contains("Some people have needs"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let refused = site.run(&["check", "--format", "csv"]).ends_with(2);
    assert!(refused.stderr.contains("only `placewise gaps` prints CSV"), "{}", refused.stderr);
}

#[test]
fn texts_can_hold_listed_gaps_and_charts() {
    let text = "---\ntitle: Wanted\n---\n{{ listed_gaps(need=\"autism\", limit=\"1\") }}\n\n\
                {{ chart(of=\"flows\", area=\"bridge\") }}\n\n{{ chart(of=\"ranges\") }}\n\n\
                {{ listed_gaps(level=\"supported-living\") }}\n";
    let site = site(&[("bridge", "open-rehab", "autism", 14)])
        .file("content/pages/wanted.md", text)
        .build();
    let page = site.page("wanted/index.html");
    assert_eq!(page.matches("class=\"card gap-card\"").count(), 1);
    assert_eq!(page.matches("<svg class=\"chart\"").count(), 2);
    assert!(page.contains("chart-stream") && page.contains("chart-dot"));
    assert!(page.contains("No gap of this kind is large enough"));
}

#[test]
fn every_chart_has_a_title_words_and_a_table() {
    let mut charts = 0;
    for (path, html) in EXAMPLE.pages() {
        let drawn = html.matches("<svg class=\"chart\"").count();
        charts += drawn;
        let maps = html.matches("<svg class=\"map\"").count();
        assert_eq!(html.matches("<desc id=").count(), drawn + maps, "{path}");
        assert!(drawn == 0 || html.contains("<table"), "{path}: charts without a table");
    }
    assert!(charts > 20, "only {charts} charts");
}

#[test]
fn ranges_hold_the_gap_and_stand_where_it_stands() {
    let rows = rows_of(&EXAMPLE.page("data/figures.csv"));
    let by_key: BTreeMap<&str, &str> =
        rows.iter().map(|row| (row["key"].as_str(), row["value"].as_str())).collect();
    let mut ranges = 0;
    for (key, gap) in by_key.iter().filter(|(key, _)| key.starts_with("gap.people|")) {
        let end = |name: &str| by_key.get(key.replace("gap.people", name).as_str()).copied();
        let (Some(low), Some(high)) = (end("gap.low"), end("gap.high")) else { continue };
        let number = |text: &str| text.parse::<u32>().ok();
        match number(gap) {
            None => assert_eq!((low, high), ("", ""), "{key}"),
            Some(gap) => {
                assert!(number(low).is_none_or(|low| low <= gap), "{key}");
                assert!(number(high).is_none_or(|high| gap <= high), "{key}");
                ranges += usize::from(number(high).is_some_and(|high| high > gap));
            }
        }
    }
    assert!(ranges > 5, "only {ranges} ranges");
}
