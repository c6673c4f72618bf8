//! What is out of date: in words on pages, cards and downloads, and as a list of whom to ask.

use serde_json::Value;

use crate::site::TestSite;

const PROVIDER: &str = "data/providers/elm-house.yaml";

/// The edition is of 2 November 2026; records count as old after 90 days.
fn dated(updated: &str, as_of: &str) -> TestSite {
    TestSite::new().edit(PROVIDER, "updated: 2026-10-20", updated).edit(
        PROVIDER,
        "    as_of: 2026-10-20\n",
        as_of,
    )
}

#[test]
fn what_is_old_says_so_in_the_same_words_everywhere() {
    let site = dated("updated: 2026-10-20", "    as_of: 2026-03-04\n").build();
    let words = "Out of date: last confirmed 4 March 2026";
    for page in ["directory/elm-house/elm-rehab/index.html", "directory/elm-house/index.html"] {
        assert!(site.page(page).contains(words), "{page}");
    }
    assert!(site.page("directory/area/bridge/index.html").contains(words), "a card in a list");
    assert!(site.page("assets/search-index.js").contains("4 March 2026"), "the index");
    assert!(site.page("assets/services-0.js").contains(words), "side by side");
    let table = site.page("data/services.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let at = rows.headers().unwrap().iter().position(|name| name == "out_of_date").unwrap();
    assert_eq!(&rows.records().next().unwrap().unwrap()[at], "yes");
    let provider = site.page("data/providers.csv");
    assert!(provider.lines().nth(1).unwrap().ends_with("2026-10-20,no"), "{provider}");
}

#[test]
fn each_kind_of_record_has_a_limit_of_its_own() {
    let page = "directory/elm-house/elm-rehab/index.html";
    let limits = |limits: &str| {
        let site = dated("updated: 2026-10-20", "    as_of: 2026-10-01\n");
        site.edit("data/site.yaml", "status: example", &format!("status: example\n{limits}"))
            .build()
            .page(page)
            .contains("Out of date")
    };
    assert!(!limits("freshness: {provider: 33}"), "32 days old");
    assert!(!limits("freshness: {provider: 32}"), "as old as it may be");
    assert!(limits("freshness: {provider: 31}"), "a service without a limit follows its provider");
    assert!(!limits("freshness: {provider: 31, service: 40}"));
    assert!(limits("freshness: {service: 31}"));
    assert!(limits("freshness: {service: 90, score: 31}"), "a score of 1 October");
}

#[test]
fn check_lists_what_to_chase_and_whom_to_ask() {
    let site = dated(
        "updated: 2026-03-04\ncontact: {role: Referrals team, email: referrals@elm.example}",
        "",
    );
    let output = site.run(&["check", "--stale"]).ends_with(0);
    let expected = "Elm House\n  Ask: Referrals team, referrals@elm.example\n  Elm \
                    Rehabilitation, places: \
                    no date\n    data/providers/elm-house.yaml:7\n  Record: 2026-03-04, 153 days \
                    over\n    data/providers/elm-house.yaml:4\n\n2 records are out of date or \
                    bear no date; 1 contact to ask.\n";
    assert!(output.stdout.ends_with(expected), "{}", output.stdout);
    assert!(!site.path("public").exists(), "nothing is written");
    let json = site.run(&["check", "--stale", "--format", "json"]).ends_with(0).stdout;
    let list: Value = serde_json::from_str(&json).unwrap();
    let record = &list["chase"][0]["records"][1];
    assert_eq!(list["chase"][0]["ask"]["role"], "Referrals team");
    assert_eq!((&record["days_over"], &record["line"]), (&Value::from(153), &Value::from(4)));
    assert_eq!((&record["kind"], &record["limit_days"]), (&"provider".into(), &90.into()));
    let fresh = TestSite::new().run(&["check", "--stale"]).ends_with(0);
    assert!(fresh.stdout.ends_with("Nothing is out of date.\n"), "{}", fresh.stdout);
}

#[test]
fn a_problem_is_reported_with_the_page_and_its_ids() {
    let page = "directory/elm-house/elm-rehab/index.html";
    let mail = TestSite::new().build().page(page);
    let words = "Report a problem with this record";
    assert!(mail.contains(words) && mail.contains("mailto:team@example.org?subject="), "{mail}");
    assert!(mail.contains("directory/elm-house/elm-rehab/%0D%0A"), "{mail}");
    let form = TestSite::new()
        .edit(
            "data/site.yaml",
            "status: example",
            "status: example\nfeedback: https://f.example/a?b=1",
        )
        .build()
        .page(page);
    let href = "https://f.example/a?b=1&amp;page=https%3A//care.example.org/directory/elm-house/\
                elm-rehab/&amp;title=Elm%20Rehabilitation";
    assert!(form.contains(href), "{form}");
}
