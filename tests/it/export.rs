//! Figures agree wherever they stand, downloads are harmless, and text of providers stays text.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::html::{tags, texts};
use crate::site::{EXAMPLE, TestSite};

/// What one output says of a figure: `320`, `[c]`.
type Figures = BTreeMap<String, String>;

fn figures_of_csv(site: &TestSite) -> Figures {
    let table = site.page("data/figures.csv");
    csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .map(|row: Result<BTreeMap<String, String>, _>| row.unwrap())
        .map(|row| {
            let said = format!("{}{}", row["value"], row["mark"]);
            (row["key"].clone(), said)
        })
        .collect()
}

fn figures_of_json(site: &TestSite) -> Figures {
    let document: Value = serde_json::from_str(&site.page("data/figures.json")).unwrap();
    let rows = document["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            let said = match (&row["value"], &row["mark"]) {
                (Value::Number(number), Value::Null) => number.to_string(),
                (Value::Null, Value::String(mark)) => mark.clone(),
                other => panic!("{row}: {other:?}"),
            };
            (row["key"].as_str().unwrap().to_owned(), said)
        })
        .collect()
}

/// The number or the mark in the words of a figure: `about 1,240 people`, `[c] withheld …`, `no`.
fn said(words: &str) -> String {
    for mark in ["[c]", "[x]", "[z]"] {
        if words.contains(mark) {
            return mark.to_owned();
        }
    }
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    match digits.is_empty() && words.starts_with("no ") {
        true => "0".to_owned(),
        false => digits,
    }
}

/// Checks all figures of all pages; returns how many there are, and how many of them are withheld.
fn agree(site: &TestSite) -> (usize, usize) {
    let (csv, json) = (figures_of_csv(site), figures_of_json(site));
    assert_eq!(csv, json);
    let (mut seen, mut withheld) = (0, 0);
    for (path, html) in site.pages() {
        // Lines of gaps have a download of their own.
        let is_figure = |key: &str| !key.starts_with("gap-line.");
        for (tag, words) in texts(&html, |tag| tag.get("data-key").is_some_and(is_figure)) {
            let key = tag.get("data-key").unwrap();
            // Bars and lines of charts have keys and no words, and stand for told figures only.
            if ["rect", "path", "circle", "line"].contains(&tag.name.as_str()) {
                for key in key.split_whitespace() {
                    assert_ne!(csv.get(key).unwrap(), "[c]", "{path}: {key} is drawn");
                }
                continue;
            }
            // A description for search engines has its words in an attribute, the number first.
            let words = match tag.get("content") {
                Some(text) if tag.name == "meta" => text.split(" people").next().unwrap(),
                _ => &words,
            };
            assert!(!words.trim().is_empty(), "{path}: {key} stands there without words");
            let expected = csv.get(key).map_or("[z]", String::as_str);
            let told = said(words);
            let none = expected == "[z]" && told == "0";
            assert!(told == expected || none, "{path}: {key} is {expected}, not `{words}`");
            seen += 1;
            withheld += usize::from(expected == "[c]");
        }
    }
    (seen, withheld)
}

#[test]
fn every_figure_of_the_example_agrees_in_pages_csv_and_json() {
    let (seen, withheld) = agree(&EXAMPLE);
    assert!(seen > 1000 && withheld > 50, "{seen} figures, {withheld} withheld");
}

#[test]
fn few_people_are_withheld_everywhere() {
    let site = TestSite::new()
        .edit("data/placements/rows.yaml", "people: 7", "people: 3")
        .file(
            "content/pages/all.md",
            "---\ntitle: All\n---\n{{ figure(of=\"out-of-area.people\") }}, \
             {{ figure(of=\"out-of-area.people\", area=\"bridge\") }},
             {{ figure(of=\"gap.people\", level=\"open-rehab\") }}\n\n{{ gap_table() }}\n",
        )
        .build();
    let (_, withheld) = agree(&site);
    assert!(withheld > 3);
    let figures = figures_of_csv(&site);
    for key in ["all|all|all", "bridge|all|all", "all|open-rehab|all", "all|all|psychosis"] {
        assert_eq!(figures[&format!("out-of-area.people|{key}")], "[c]", "{key}");
    }
    assert!(site.page("all/index.html").contains("a withheld number of people"));
}

#[test]
fn every_profile_agrees() {
    for profile in ["nhs-mhsds", "nhs-secondary-care", "ons-3", "ten"] {
        let site =
            TestSite::new().file("data/disclosure.yaml", &format!("profile: {profile}\n")).build();
        let (seen, _) = agree(&site);
        assert!(seen > 10, "{profile}");
        let shown = &figures_of_csv(&site)["out-of-area.people|all|all|all"];
        let expected = match profile {
            "nhs-mhsds" => "5",
            "ons-3" => "7",
            _ => "[c]",
        };
        assert_eq!(shown, expected, "{profile}");
    }
}

/// A site whose provider writes what a careless or hostile person could write.
fn hostile(name: &str, description: &str) -> TestSite {
    let quoted = serde_json::to_string(name).unwrap();
    let text = serde_json::to_string(description).unwrap();
    TestSite::new()
        .edit(
            "data/providers/elm-house.yaml",
            "name: Elm House",
            &format!("name: {quoted}\ndescription: {text}"),
        )
        .edit(
            "data/providers/elm-house.yaml",
            "    name: Elm Rehabilitation",
            &format!("    name: {quoted}\n    description: {text}\n    admission_note: {text}"),
        )
}

#[test]
fn cells_cannot_become_formulas() {
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://x.example\",\"x\")"] {
        let site = hostile(name, "Plain.").build();
        for file in ["data/providers.csv", "data/services.csv"] {
            let table = site.page(file);
            let mut cells = 0;
            for record in csv::Reader::from_reader(table.as_bytes()).records() {
                for cell in &record.unwrap() {
                    assert!(!cell.starts_with(['=', '+', '-', '@']), "{file}: {cell}");
                    cells += usize::from(cell == format!("'{name}"));
                }
            }
            assert!(cells > 0, "{file}: `{name}` is not there");
        }
        let json = site.page("data/providers.json");
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(document["rows"][0]["name"], name);
    }
}

#[test]
fn markup_of_providers_stays_text() {
    let words = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "'); alert(1); //",
        "{{ page.title }} {% for x in y %} {# z #}",
        "{{ figure(of=\"gap.people\") }}",
        "</title><base href=\"https://x.example/\">",
        "&lt;b&gt; & &amp;",
        "<!-- a",
    ];
    let plain = hostile("Plain", "Plain.").build();
    let kinds = |html: &str| -> Vec<String> {
        let mut names: Vec<_> = tags(html).into_iter().map(|tag| tag.name).collect();
        names.retain(|name| {
            !["p", "dt", "dd", "section", "h2", "div", "dl"].contains(&name.as_str())
        });
        names
    };
    for markup in words {
        // The same first letter keeps the lists of letters alike.
        let name = format!("Plain {markup}");
        let site = hostile(&name, "Plain.").build();
        for (path, html) in plain.pages() {
            let changed = site.page(&path);
            assert_eq!(kinds(&changed), kinds(&html), "{path}: {name}");
        }
        let page = site.page("directory/elm-house/index.html");
        let title = texts(&page, |tag| tag.name == "h1").remove(0).1;
        assert_eq!(title.trim(), name, "the name is shown as it was written");
    }
}

#[test]
fn descriptions_hold_no_tags_scripts_or_unsafe_links() {
    let descriptions = [
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1)) [or](JAVASCRIPT:alert(1)) [this](data:text/html,x)",
        "[a](vbscript:x) <javascript:alert(1)> ![p](https://x.example/p.png)",
        "{{ page.title }} {% include \"layout.html\" %}",
        "# Heading\n\n## Another\n\n```html\n<script>\n```",
        "[a][b]\n\n[b]: javascript:alert(1) \"x\"",
        "a `<b onclick=\"x\">` <div style=\"x\">\n\n<style>p{}</style>",
    ];
    for text in descriptions {
        let site = hostile("Elm House", text).build();
        for (path, html) in site.pages() {
            for tag in tags(&html) {
                let name = tag.name.as_str();
                // The search, the shortlist and the check are the only scripts, and no text can
                // name another; facts for search engines are data, and never run.
                let from = |start: &str| {
                    let folders = "../".repeat(path.matches('/').count());
                    let start = format!("{folders}assets/{start}");
                    tag.get("src").is_some_and(|src| src.starts_with(&start))
                };
                let is_fact = tag.get("type") == Some("application/ld+json")
                    && tag.get("src").is_none()
                    && path.starts_with("directory/elm-house/");
                let own = match path.as_str() {
                    _ if from("page.") => true,
                    "directory/index.html" => from("search") || from("fit") || from("shortlist."),
                    "check-my-service/index.html" => from("check"),
                    "compare/index.html" => from("compare.") || from("shortlist."),
                    path if path.starts_with("directory/") => is_fact || from("shortlist."),
                    _ => false,
                };
                assert!(name != "script" || own, "{path}");
                assert!(!["style", "img", "iframe"].contains(&name), "{path}");
                assert!(name != "h1" || !html.contains("<h1>Heading"), "{path}");
                for (key, value) in &tag.attributes {
                    let lower = value.trim().to_lowercase();
                    let harmless = !key.starts_with("on") && key != "style";
                    assert!(harmless, "{path}: {key}");
                    if ["href", "src", "action"].contains(&key.as_str()) {
                        for scheme in ["javascript:", "data:", "vbscript:"] {
                            assert!(!lower.starts_with(scheme), "{path}: {value}");
                        }
                    }
                }
            }
        }
        let output = site.run(&["check", "--quiet"]).ends_with(0);
        assert_eq!(output.stderr, "");
    }
}

#[test]
fn facts_for_search_engines_are_what_was_written_and_nothing_private() {
    let name = "Elm </script><script>alert(1)</script> & \u{2028}<!-- \"House\"";
    let site = hostile(name, "Plain.")
        .edit(
            "data/providers/elm-house.yaml",
            "    vacancies: 2",
            "    vacancies: 2\n    price: {pounds_per_week: 7319.00}",
        )
        .edit("data/providers/elm-house.yaml", "{score: 3,", "{score: 4,")
        .build();
    for path in ["directory/elm-house/index.html", "directory/elm-house/elm-rehab/index.html"] {
        let page = site.page(path);
        let is_data = |tag: &crate::html::Tag| tag.get("type") == Some("application/ld+json");
        let (_, text) = texts(&page, is_data).remove(0);
        let thing: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(thing["@context"], "https://schema.org");
        assert_eq!(thing["name"], name, "{path}");
        assert!(!text.contains('<') && !text.contains("7319") && !text.contains("score"), "{text}");
    }
}
