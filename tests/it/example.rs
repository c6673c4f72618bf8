//! The example that comes with the program: it builds without a warning, and every page keeps the
//! rules for pages. Links, ids and tables are read by code of the tests alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::html::{Piece, Tag, VOID, pieces, tags, target, texts};
use crate::site::{EXAMPLE, TestSite, repository, slashed};
use crate::write::snapshot;

static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| EXAMPLE.pages());

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Asks every page for its faults.
#[track_caller]
fn every_page(faults_of: impl Fn(&str) -> Vec<String>) {
    none(
        PAGES
            .iter()
            .flat_map(|(path, html)| {
                let faults = faults_of(html).into_iter();
                faults.map(move |fault| format!("{path}: {fault}"))
            })
            .collect(),
    );
}

#[test]
fn check_finds_that_every_link_leads_somewhere() {
    let output = EXAMPLE.run(&["check"]).ends_with(0);
    assert_eq!(output.stdout, "");
    assert_eq!(output.stderr.lines().count(), 1, "{}", output.stderr);
    assert!(output.stderr.contains("links within the site lead somewhere"));
    let pages = PAGES.len().to_string();
    assert!(output.stderr.starts_with(&pages), "{}", output.stderr);
}

#[test]
fn every_link_and_anchor_of_every_file_leads_somewhere() {
    let files: BTreeSet<String> = EXAMPLE.tree().keys().map(|path| slashed(path)).collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = PAGES
        .iter()
        .map(|(path, html)| {
            let ids =
                tags(html).iter().filter_map(|tag| tag.get("id").map(str::to_owned)).collect();
            (path.as_str(), ids)
        })
        .collect();
    let mut faults = Vec::new();
    let mut followed = 0;
    for (path, html) in PAGES.iter() {
        for tag in tags(html) {
            let Some(href) = tag.get("href").or(tag.get("src")) else {
                continue;
            };
            let outside = ["https://", "http://", "mailto:", "tel:"];
            if outside.iter().any(|scheme| href.starts_with(scheme)) {
                continue;
            }
            followed += 1;
            let file = target(path, href);
            // What is written as `name=value` is read by a script, and is no place on the page.
            let anchor = href.split_once('#').map(|(_, anchor)| anchor);
            let anchor = anchor.filter(|anchor| !anchor.contains('='));
            let anchored = match (ids.get(file.as_str()), anchor) {
                (Some(ids), Some(anchor)) => ids.contains(anchor),
                _ => true,
            };
            if !files.contains(&file) || !anchored {
                faults.push(format!("{path}: {href}"));
            }
        }
    }
    none(faults);
    assert!(followed > 5000, "only {followed} links were found");
}

#[test]
fn every_file_can_be_reached_from_the_home_page() {
    let mut seen = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(path) = open.pop() {
        let Some(html) = PAGES.get(&path) else {
            continue;
        };
        for tag in tags(html) {
            let Some(href) = tag.get("href").or(tag.get("src")).filter(|h| !h.contains(':')) else {
                continue;
            };
            let file = target(&path, href);
            if seen.insert(file.clone()) {
                open.push(file);
            }
        }
    }
    // Records are asked for by the script of the check, when somebody wants to start from one.
    let unlinked = ["404.html", "assets/records.js", "robots.txt", "sitemap.xml"];
    none(
        EXAMPLE
            .tree()
            .keys()
            .map(|path| slashed(path))
            .filter(|path| !path.starts_with('.') && !seen.contains(path))
            .filter(|path| !unlinked.contains(&path.as_str()))
            // The page that compares asks for these by their numbers.
            .filter(|path| !path.starts_with("assets/services-"))
            .collect(),
    );
}

#[test]
fn ids_are_unique_and_tags_are_balanced() {
    every_page(|html| {
        let mut faults = Vec::new();
        let (mut ids, mut open) = (BTreeSet::new(), Vec::new());
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) => {
                    if let Some(id) = tag.get("id")
                        && (!ids.insert(id.to_owned()) || id.contains(char::is_whitespace))
                    {
                        faults.push(format!("the id `{id}`"));
                    }
                    let is_drawn = tag.name != "svg" && open.iter().any(|name| name == "svg");
                    if !VOID.contains(&tag.name.as_str()) && !is_drawn {
                        open.push(tag.name);
                    }
                }
                Piece::Close(name) if open.last() == Some(&name) => {
                    open.pop();
                }
                Piece::Close(name) => {
                    // Shapes of a drawing close themselves or not.
                    if !open.iter().any(|name| name == "svg") {
                        faults.push(format!("</{name}> after <{:?}>", open.last()));
                    }
                }
                Piece::Text(_) => {}
            }
        }
        faults.extend(open.into_iter().map(|name| format!("<{name}> stays open")));
        faults
    });
}

#[test]
fn every_page_has_its_frame() {
    every_page(|html| {
        let tags = tags(html);
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        let csp = tags.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
        let banner = texts(html, |tag| tag.get("class") == Some("banner"));
        let rules = [
            ("one h1", count("h1") == 1),
            ("one main", count("main") == 1),
            ("one title", html.matches("<title>").count() == 1),
            ("a language", tags[0].get("lang") == Some("en-GB")),
            (
                "no script within but data for search engines, which can hold no tag",
                texts(html, |tag| tag.name == "script").iter().all(|(tag, text)| {
                    match tag.get("type") {
                        Some("application/ld+json") => serde_json::from_str::<Value>(text).is_ok(),
                        _ => tag.get("src").is_some() && text.is_empty(),
                    }
                }),
            ),
            ("no style in tags", tags.iter().all(|tag| tag.get("style").is_none())),
            ("no style sheet within", count("style") == 0),
            (
                "nothing that runs",
                tags.iter().all(|tag| tag.attributes.keys().all(|key| !key.starts_with("on"))),
            ),
            (
                "a content security policy",
                csp.is_some_and(|tag| tag.get("content").unwrap().contains("default-src 'none'")),
            ),
            (
                "a banner",
                banner.len() == 1
                    && banner[0].1.contains("Example")
                    && banner[0].1.contains("invented"),
            ),
            (
                "a description",
                tags.iter().any(|tag| {
                    tag.get("name") == Some("description")
                        && tag.get("content").is_some_and(|text| text.len() > 20)
                }),
            ),
        ];
        rules.into_iter().filter(|(_, kept)| !kept).map(|(rule, _)| format!("not {rule}")).collect()
    });
}

/// What is withheld for others must not leave a page of marks: of people away and of gaps at least
/// four in five are told of by board and level, and every headline figure is a number.
#[test]
fn most_people_are_told_of() {
    let page = &PAGES["withheld/index.html"];
    let of_board = |line: &str| -> Option<u32> {
        let (before, _) = line.split_once("% by integrated care board and level")?;
        before.rsplit(' ').next()?.parse().ok()
    };
    let shares: Vec<u32> = page.split("published figures tell of").filter_map(of_board).collect();
    assert!(shares.len() == 2 && shares.iter().all(|share| *share >= 80), "{shares:?}");
    let head = PAGES["index.html"].split("The picture in words").next().unwrap_or_default();
    assert!(head.contains("people live away from home") && !head.contains("[c]"), "{head}");
}

/// A commissioner may choose any profile, so each must give a whole, audited site.
#[test]
fn every_profile_gives_a_site() {
    for profile in ["nhs-secondary-care", "ons-3", "ten"] {
        let site = TestSite::example().edit("data/disclosure.yaml", "nhs-mhsds", profile);
        // With a warning that noughts are withheld, or without.
        site.run(&["build", "--quiet"]).ends_with(0);
        let page = site.page("withheld/index.html");
        assert!(page.contains(profile) && page.contains("published figures tell of"), "{profile}");
    }
}

#[test]
fn only_the_directory_and_the_check_have_scripts() {
    let runs = |tag: &Tag| tag.name == "script" && tag.get("src").is_some();
    let with = PAGES.iter().filter(|(_, html)| tags(html).iter().any(runs));
    for (path, html) in with {
        let has_services =
            html.contains("<article class=\"card\"") || path.matches('/').count() == 3;
        let is_list = path.starts_with("directory/") && has_services;
        let others = ["check-my-service/index.html", "compare/index.html", "directory/index.html"];
        assert!(is_list || others.contains(&path.as_str()), "{path}");
    }
}

/// Most bytes, as they are sent and before any packing, of all scripts that a page runs.
const SCRIPTS_AT_MOST: usize = 20_000;
/// Most bytes of all style files of a page.
const STYLES_AT_MOST: usize = 25_000;

#[test]
fn scripts_and_styles_of_every_page_are_small() {
    let files: BTreeMap<String, usize> =
        EXAMPLE.tree().iter().map(|(path, bytes)| (slashed(path), bytes.len())).collect();
    // Lists that programs read; `load` in `page.js` fetches no other file.
    let is_list = |path: &str| {
        path.starts_with("assets/services-")
            || ["assets/records.js", "assets/search-index.js"].contains(&path)
    };
    let ends = |end: &str| files.keys().filter(|path| path.ends_with(end)).cloned().collect();
    let (scripts, styles): (Vec<String>, Vec<String>) = (ends(".js"), ends(".css"));
    assert_eq!(scripts.iter().filter(|path| is_list(path)).count(), 2 + 5);
    let mut run = BTreeSet::new();
    for (path, html) in PAGES.iter() {
        let tags = tags(html);
        let named = |name: &str| -> Vec<String> {
            tags.iter()
                .filter(|tag| tag.name == name)
                .filter_map(|tag| tag.get("src").or(tag.get("href")))
                .map(|href| target(path, href))
                .collect()
        };
        let programs: BTreeSet<String> =
            named("script").into_iter().filter(|path| !is_list(path)).collect();
        let size: usize = programs.iter().map(|path| files[path]).sum();
        assert!(size <= SCRIPTS_AT_MOST, "{path}: {size} bytes of scripts");
        run.extend(programs);
        let own: BTreeSet<String> =
            named("link").into_iter().filter(|path| styles.contains(path)).collect();
        let size: usize = own.iter().map(|path| files[path]).sum();
        assert!((1..=STYLES_AT_MOST).contains(&size), "{path}: {size} bytes of styles");
    }
    let unread = scripts.iter().filter(|path| !is_list(path) && !run.contains(*path));
    none(unread.map(|path| format!("no page runs {path}")).collect());
}

#[test]
fn titles_and_descriptions_tell_pages_apart() {
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, html) in PAGES.iter() {
        let title = texts(html, |tag| tag.name == "title").remove(0).1;
        if let Some(before) = titles.insert(title.clone(), path) {
            faults.push(format!("{path} and {before}: {title}"));
        }
    }
    none(faults);
}

#[test]
fn headings_never_skip_a_level() {
    every_page(|html| {
        let mut before = 0;
        let mut faults = Vec::new();
        for (tag, words) in
            texts(html, |tag| tag.name.len() == 2 && tag.name.starts_with('h') && tag.name != "hr")
        {
            let level: u32 = tag.name[1..].parse().unwrap();
            if level > before + 1 || words.trim().is_empty() {
                faults.push(format!("h{level} after h{before}: {words}"));
            }
            before = level;
        }
        faults
    });
}

#[test]
fn tables_have_captions_and_heads_with_scope() {
    let mut tables = 0;
    let mut faults = Vec::new();
    for (path, html) in PAGES.iter() {
        let pieces = pieces(html);
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Open(table) = piece else { continue };
            if table.name != "table" {
                continue;
            }
            tables += 1;
            let end = pieces[at..].iter().position(|p| *p == Piece::Close("table".to_owned()));
            let inner: Vec<_> = pieces[at..at + end.unwrap()]
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Open(tag) => Some(tag),
                    _ => None,
                })
                .collect();
            if !inner.iter().any(|tag| tag.name == "caption") {
                faults.push(format!("{path}: a table without a caption"));
            }
            let heads: Vec<_> = inner.iter().filter(|tag| tag.name == "th").collect();
            let scoped = heads
                .iter()
                .all(|th| matches!(th.get("scope"), Some("col" | "row" | "rowgroup" | "colgroup")));
            if heads.is_empty() || !scoped {
                faults.push(format!("{path}: a table without heads or scope"));
            }
        }
    }
    none(faults);
    assert!(tables > 50, "only {tables} tables");
}

#[test]
fn pages_and_styles_are_small() {
    let mut sizes: Vec<usize> = PAGES.values().map(String::len).collect();
    sizes.sort_unstable();
    assert!(sizes[sizes.len() / 2] < 25_000, "median {}", sizes[sizes.len() / 2]);
    let css: usize = EXAMPLE
        .tree()
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|kind| kind == "css"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert!((1..25_000).contains(&css), "{css} bytes of style");
}

#[test]
fn nothing_is_unfinished_and_no_template_shows_through() {
    every_page(|html| {
        let text: String = pieces(html)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Text(words) => Some(words),
                _ => None,
            })
            .collect();
        let lower = text.to_lowercase();
        ["lorem", "ipsum", "coming soon", "to be confirmed", "todo", "fixme", "tbc", "{{", "}}"]
            .into_iter()
            .chain(["{%", "undefined", "[object", "some(", "none)"])
            .filter(|sign| lower.contains(sign))
            .map(str::to_owned)
            .collect()
    });
}

/// Ids in provider files, counted line by line: (providers, services).
fn records() -> (BTreeSet<String>, Vec<(String, String)>) {
    let mut providers = BTreeSet::new();
    let mut services = Vec::new();
    for (path, bytes) in snapshot(&repository().join("data/providers")) {
        let text = String::from_utf8(bytes).unwrap();
        let owner = slashed(&path).trim_end_matches(".yaml").to_owned();
        for line in text.lines() {
            if let Some(id) = line.trim_start().strip_prefix("- id:") {
                services.push((owner.clone(), id.trim().to_owned()));
            } else if let Some(id) = line.strip_prefix("id:") {
                assert_eq!(id.trim(), owner);
            }
        }
        providers.insert(owner);
    }
    (providers, services)
}

#[test]
fn every_provider_and_service_has_a_page_and_a_row() {
    let (providers, services) = records();
    assert!(providers.len() > 20 && services.len() > 40);
    for provider in &providers {
        let page = format!("directory/{provider}/index.html");
        assert!(PAGES.contains_key(&page), "{page}");
    }
    let mut expected: Vec<(String, String)> = Vec::new();
    for (provider, service) in services {
        let page = format!("directory/{provider}/{service}/index.html");
        assert!(PAGES.contains_key(&page), "{page}");
        expected.push((service, provider));
    }
    expected.sort();
    let table = EXAMPLE.page("data/services.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut rows: Vec<(String, String)> = reader
        .deserialize()
        .map(|row: Result<BTreeMap<String, String>, _>| row.unwrap())
        .map(|row| (row["id"].clone(), row["provider"].clone()))
        .collect();
    rows.sort();
    assert_eq!(rows, expected);
    let table = EXAMPLE.page("data/providers.csv");
    let rows = csv::Reader::from_reader(table.as_bytes()).into_records().count();
    assert_eq!(rows, providers.len());
}

#[test]
fn the_site_map_lists_every_page_and_robots_stay_out() {
    let map = EXAMPLE.page("sitemap.xml");
    for path in PAGES.keys().filter(|path| *path != "404.html") {
        let address = path.trim_end_matches("index.html");
        let line = format!("<loc>https://market.avonmere.example/{address}</loc>");
        assert!(map.contains(&line), "{path}");
    }
    assert_eq!(map.matches("<loc>").count(), PAGES.len() - 1);
    assert!(EXAMPLE.page("robots.txt").contains("Disallow: /"));
}

#[test]
fn what_is_internal_stays_inside() {
    let (mut found, mut notes) = (Vec::new(), 0);
    for (_, bytes) in snapshot(&repository().join("data/providers")) {
        let text = String::from_utf8(bytes).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(rest) = line.trim_start().strip_prefix("notes_internal:") else {
                continue;
            };
            let words = match rest.trim() {
                ">-" | "|" | ">" | "|-" => lines.next().unwrap_or_default().trim(),
                words => words.trim_matches('"'),
            };
            notes += 1;
            let start: String = words.chars().take(40).collect();
            for (path, html) in PAGES.iter().filter(|(_, html)| html.contains(&start)) {
                found.push(format!("{path}: {start} ({} bytes)", html.len()));
            }
        }
    }
    none(found);
    assert!(notes > 0, "the example has no internal note to look for");
    let ids = fs::read_to_string(repository().join("data/placements/children.yaml")).unwrap();
    for id in ids.lines().filter_map(|line| line.strip_prefix("- id:")) {
        every_page(|html| match html.contains(id.trim()) {
            true => vec![format!("tells {id}")],
            false => Vec::new(),
        });
    }
}
