//! The preview: edits are seen, errors are shown and go away.

#![allow(clippy::unwrap_used)] // Here a panic is how a test fails.

mod desk;
mod fences;
mod hostile;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::time::Instant;

use desk::{CHAPTER, Desk, ELM};

const ELM_PAGE: &str = "/directory/elm/";
const ELM_FILE: &str = "data/providers/elm.yaml";
const CHAPTER_FILE: &str = "content/statement/01-summary.md";

#[test]
fn an_edit_of_a_provider_is_served_and_taking_it_back_gives_the_same_bytes() {
    let desk = Desk::open();
    let before = desk.get(ELM_PAGE);
    assert_eq!(before.status, 200, "{}", desk.said());
    assert!(before.body.contains("Elm House"), "{}", before.body);
    desk.save(ELM_FILE, &ELM.replace("Elm House", "Oak House"));
    desk.page_when(ELM_PAGE, |page| page.body.contains("Oak House"));
    assert!(desk.get("/directory/").body.contains("Oak House"));
    desk.until("a line about the file", |desk| {
        let said = desk.said();
        (said.contains("Rebuilt in 0") && said.contains("(data/providers/elm.yaml)")).then_some(())
    });
    desk.save(ELM_FILE, ELM);
    let after = desk.page_when(ELM_PAGE, |page| page.body.contains("Elm House"));
    assert_eq!(before.body, after.body);
}

#[test]
fn edits_of_a_chapter_and_of_the_theme_are_served() {
    let desk = Desk::open();
    desk.save(CHAPTER_FILE, &CHAPTER.replace("first", "soonest"));
    desk.page_when("/statement/summary/", |page| page.body.contains("soonest"));
    let template = "themes/default/templates/not_found.html";
    desk.save(template, "<body><p>Nothing of that name: {{ page.title }}</p></body>");
    let page = desk.page_when("/nowhere", |page| page.body.contains("Nothing of that name"));
    assert_eq!(page.status, 404);
    fs::remove_dir_all(desk.path("themes")).unwrap();
    desk.page_when("/nowhere", |page| !page.body.contains("Nothing of that name"));
}

#[test]
fn a_template_that_fails_on_a_page_shows_its_error_there() {
    let desk = Desk::open();
    let template = "themes/default/templates/not_found.html";
    desk.save(template, "<body>\n<p>{{ page.nonsense.deep }}</p></body>");
    let page = desk.page_when("/nowhere", |page| page.status == 500);
    assert!(page.body.contains("placewise-trouble"), "{}", page.body);
    assert!(page.body.contains("not_found.html:2"), "{}", page.body);
    assert_eq!(desk.get("/").status, 200);
}

#[test]
fn broken_data_shows_its_error_over_the_last_good_page_until_it_is_mended() {
    let desk = Desk::open();
    let good = desk.get(ELM_PAGE);
    desk.save(ELM_FILE, &ELM.replace("sector:", "sectr:"));
    let page = desk.page_when(ELM_PAGE, |page| page.body.contains("placewise-trouble"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Elm House"), "the last good page is gone");
    assert!(page.body.contains("error[MPS"), "{}", page.body);
    let place = "<p class=\"placewise-place\">data/providers/elm.yaml:3:";
    assert!(page.body.contains(place), "{}", page.body);
    assert!(desk.get("/gaps/").body.contains(place));
    assert!(!desk.get("/robots.txt").body.contains("placewise"));
    desk.until("a line in the terminal", |desk| {
        desk.said().contains("data/providers/elm.yaml:3:").then_some(())
    });
    desk.save(ELM_FILE, ELM);
    let mended = desk.page_when(ELM_PAGE, |page| !page.body.contains("placewise-trouble"));
    assert_eq!(good.body, mended.body);
}

#[test]
fn a_site_that_never_was_good_shows_its_errors_everywhere_and_recovers() {
    let desk = Desk::open_with(&[], |dir| {
        let path = dir.path().join("site").join(ELM_FILE);
        fs::write(path, ELM.replace("area: town", "area: tawn")).unwrap();
    });
    for path in ["/", ELM_PAGE, "/nowhere", "/robots.txt"] {
        let page = desk.get(path);
        assert_eq!(page.status, 500, "{path}");
        assert!(page.body.contains("data/providers/elm.yaml:5:"), "{}", page.body);
        assert!(page.body.contains("/__placewise/reload.js"), "{}", page.body);
    }
    desk.save(ELM_FILE, ELM);
    desk.page_when("/", |page| page.status == 200);
}

#[test]
fn a_file_that_is_saved_by_renaming_is_seen() {
    let desk = Desk::open();
    for name in ["Oak House", "Ash House"] {
        // Both ways of editors: the old file moved away first, and the new one moved over it.
        let (new, kept) = (desk.path("data/providers/elm.yaml.new~"), desk.path("data/elm~"));
        fs::write(&new, ELM.replace("Elm House", name)).unwrap();
        if name == "Oak House" {
            fs::rename(desk.path(ELM_FILE), kept).unwrap();
        }
        fs::rename(new, desk.path(ELM_FILE)).unwrap();
        desk.page_when(ELM_PAGE, |page| page.body.contains(name));
    }
}

#[test]
fn a_folder_that_is_deleted_and_put_back_is_watched_again() {
    let desk = Desk::open();
    let away = desk.path("away");
    fs::rename(desk.path("data"), &away).unwrap();
    let page = desk.page_when(ELM_PAGE, |page| page.body.contains("placewise-trouble"));
    assert!(page.body.contains("Elm House"), "the last good page is gone");
    assert!(page.body.contains("it has no `data` folder"), "{}", page.body);
    fs::rename(&away, desk.path("data")).unwrap();
    desk.page_when(ELM_PAGE, |page| !page.body.contains("placewise-trouble"));
    desk.save(ELM_FILE, &ELM.replace("Elm House", "Oak House"));
    desk.page_when(ELM_PAGE, |page| page.body.contains("Oak House"));
    // Deleted and made anew, deep down and at once.
    fs::remove_dir_all(desk.path("data/providers")).unwrap();
    desk.save(ELM_FILE, &ELM.replace("Elm House", "Ash House"));
    desk.page_when(ELM_PAGE, |page| page.body.contains("Ash House"));
    fs::remove_dir_all(desk.path("content")).unwrap();
    desk.page_when("/statement/summary/", |page| page.status == 404);
    desk.save(CHAPTER_FILE, CHAPTER);
    desk.page_when("/statement/summary/", |page| page.status == 200);
}

#[test]
fn a_storm_of_events_leads_to_few_rebuilds_and_a_touch_to_none() {
    let desk = Desk::open();
    let since = Instant::now();
    for number in 0..1_200 {
        desk.save(ELM_FILE, &ELM.replace("Elm House", &format!("House {number}.")));
    }
    let seconds = since.elapsed().as_secs() as usize;
    desk.page_when(ELM_PAGE, |page| page.body.contains("House 1199."));
    desk.until("a line about it", |desk| (desk.rebuilds() > 0).then_some(()));
    // A storm that goes on for long may not keep the preview old for ever.
    assert!(desk.rebuilds() <= 2 + seconds, "{}", desk.said());
    let before = desk.rebuilds();
    desk.save(CHAPTER_FILE, CHAPTER);
    desk.save("data/.hidden.yaml", "x");
    desk.save("public/data/providers/x.yaml", "x");
    desk.save(ELM_FILE, ELM);
    desk.page_when(ELM_PAGE, |page| page.body.contains("Elm House"));
    desk.until("a line about it", |desk| (desk.rebuilds() > before).then_some(()));
    assert_eq!(desk.rebuilds(), before + 1, "{}", desk.said());
    assert!(!desk.said().contains("summary.md"), "{}", desk.said());
}

#[test]
fn changes_are_found_without_the_help_of_the_system() {
    let desk = Desk::open_with(&["--poll", "--quiet"], |_| {});
    desk.save(ELM_FILE, &ELM.replace("Elm House", "Oak House"));
    desk.page_when(ELM_PAGE, |page| page.body.contains("Oak House"));
    assert!(!desk.said().contains("Rebuilt"), "{}", desk.said());
}

#[test]
fn open_pages_hear_of_a_rebuild() {
    let desk = Desk::open();
    let page = desk.get("/");
    let version = page
        .body
        .split_once("data-placewise-version=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .unwrap()
        .0;
    let mut stream = desk.connect();
    write!(stream, "GET /__placewise/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "HTTP/1.1 200 OK");
    let mut event = |name: &str| {
        lines.by_ref().find(|line| line == &format!("event: {name}")).unwrap();
        lines.next().unwrap()
    };
    let hello = event("hello");
    assert!(hello.ends_with(version), "{hello} is not about {version}");
    desk.save(ELM_FILE, &ELM.replace("Elm House", "Oak House"));
    let reload = event("reload");
    assert_ne!(hello, reload);
    assert!(desk.get(ELM_PAGE).body.contains("Oak House"));
}
