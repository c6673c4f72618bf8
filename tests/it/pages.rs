//! What each kind of page says: its `<main>` is compared with a kept copy.
//!
//! The copies are in `tests/cases/pages/`, one for each kind, made from the small site. When a page
//! changes on purpose, `PLACEWISE_BLESS=1 cargo test` rewrites them; read the difference.

use std::collections::BTreeSet;
use std::fs;

use crate::site::{TestSite, repository};

/// One page of each kind, with the name of its copy.
const KINDS: [(&str, &str); 25] = [
    ("404.html", "not-found"),
    ("accessibility/index.html", "accessibility"),
    ("areas/bridge/index.html", "area"),
    ("areas/index.html", "areas"),
    ("check-my-service/index.html", "check"),
    ("check-my-service/open-rehab/index.html", "check-level"),
    ("data/index.html", "data"),
    ("directory/area/bridge/index.html", "services-by-area"),
    ("directory/elm-house/elm-rehab/index.html", "service"),
    ("directory/elm-house/index.html", "provider"),
    ("directory/index.html", "directory"),
    ("gaps/index.html", "gaps"),
    ("gaps/open-rehab/index.html", "gap"),
    ("gaps/open-rehab-psychosis-female-18-64-informal-mere-1/index.html", "listed-gap"),
    ("gaps/supported-living/index.html", "gap-withheld"),
    ("index.html", "home"),
    ("ladder/index.html", "ladder"),
    ("method/index.html", "method"),
    ("opportunities/index.html", "opportunities"),
    ("opportunities/pathway/index.html", "opportunity"),
    ("privacy/index.html", "privacy"),
    ("statement/index.html", "statement"),
    ("statement/summary/index.html", "chapter"),
    ("statement/whole/index.html", "whole-statement"),
    ("withheld/index.html", "withheld"),
];

/// Rows of people, so that some figures are shown and others withheld.
const PLACEMENTS: &str = "\
id,home,level,needs,age,gender,legal,people,ready,placed_since
P-1,bridge,open-rehab,psychosis,18-40,female,informal,8,yes,2025-01-01
P-2,bridge,open-rehab,autism,18-40,male,informal,6,no,2024-01-01
P-3,hill,supported-living,autism,30-40,female,informal,2,no,2023-01-01
";

/// A purchase of which one lot is not filled.
const OPPORTUNITY: &str = "\
id: pathway
title: Pathway home
stage: psr-offers
about: Three lots, each by itself.
lots:
  - {id: unit, title: Unit, size: 14, providers: one, status: no-bids, value_band: 1m-5m}
  - {id: framework, title: Framework, about: For a *short* stay., providers: several, status: awarded}
  - {id: therapy, title: Therapy}
dates:
  - {date: 2026-12-11, what: Offers close}
  - {date: 2026-06-30, what: Offers for the unit closed}
events:
  - {date: 2026-11-02, title: Open day, place: Bridge, url: \"https://care.example.org/day\"}
notices:
  - {title: Notice, url: \"https://care.example.org/notice\", date: 2026-05-04}
contact: {role: Home team, email: home@example.org}
answers:
  - {area: mere, level: open-rehab, needs: [psychosis]}
  - {area: bridge, level: supported-living}
previous_attempts:
  - {date: 2026-06-30, outcome: No offer for the unit., learned: It was too large.}
";

fn main_of(page: &str) -> &str {
    let from = page.find("<main").unwrap();
    let to = page.find("</main>").unwrap() + "</main>".len();
    &page[from..to]
}

#[test]
fn every_kind_of_page_reads_as_kept() {
    let site = TestSite::new()
        .file("data/placements/people.csv", PLACEMENTS)
        .file("data/opportunities/pathway.yaml", OPPORTUNITY)
        .edit("data/vocabulary.yaml", "scope: place}", "scope: place, target_occupancy: 0.9}")
        .edit(
            "data/vocabulary.yaml",
            "scope: icb, target_occupancy: 0.85}",
            "scope: icb, target_occupancy: 0.85, price_default: 2750.00}",
        )
        .build();
    let folder = repository().join("tests/cases/pages");
    let bless = std::env::var_os("PLACEWISE_BLESS").is_some();
    let mut wrong = Vec::new();
    for (path, name) in KINDS {
        let file = folder.join(format!("{name}.html"));
        let page = site.page(path);
        let found = format!("{}\n", main_of(&page));
        if bless {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &found).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        if kept != found {
            let at = kept.lines().zip(found.lines()).position(|(kept, found)| kept != found);
            let line = at.unwrap_or_else(|| kept.lines().count().min(found.lines().count()));
            wrong.push(format!("{name}: line {}: {:?}", line + 1, found.lines().nth(line)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let kept: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let used: BTreeSet<String> = KINDS.iter().map(|(_, name)| format!("{name}.html")).collect();
    assert_eq!(kept, used, "copies that no page is compared with");
}
