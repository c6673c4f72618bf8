//! `placewise disclosure`: what everybody may read in the terminal, the rest in one private file.

use std::fs;
use std::path::Path;

use crate::html::texts;
use crate::private_file;
use crate::site::{Output, TestSite};
use crate::write::snapshot;

const WARNING: &str =
    "This report tells which figures rest on few people and is not for publication.";

/// A site of three places, with few people in two of them and many in the third.
fn site(bridge: u32, hill: u32) -> TestSite {
    let mut rows = "id,home,level,needs,age,gender,legal,people,ready,placed_since\n".to_owned();
    for (at, home, people) in [(1, "bridge", bridge), (2, "hill", hill), (3, "ford", 4137)] {
        rows.push_str(&format!(
            "P-{at},{home},open-rehab,autism,18-64,female,informal,{people},no,2024-01-01\n"
        ));
    }
    TestSite::new()
        .remove("data/placements/rows.yaml")
        .file("data/placements/rows.csv", &rows)
        .edit(
            "data/areas.yaml",
            "- {id: hill,",
            "- {id: ford, name: Ford, kind: place, parent: mere}\n- {id: hill,",
        )
}

fn run(site: &TestSite, file: &Path) -> Output {
    private_file::run("disclosure", site, file)
}

/// The report of a site.
fn report(site: &TestSite) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.md");
    run(site, &file).ends_with(0);
    fs::read_to_string(file).unwrap()
}

#[track_caller]
fn refused(site: &TestSite, file: &Path, reason: &str) {
    private_file::refused(("disclosure", "a report"), site, file, reason);
}

#[test]
fn the_terminal_tells_what_the_site_tells() {
    let site = site(3, 4).build();
    let output = site.run(&["disclosure"]).ends_with(0);
    assert_eq!(output.stderr, "");
    let page = texts(&site.page("withheld/index.html"), |tag| tag.name == "main").remove(0).1;
    let marker = "Figures marked [c] are withheld to protect people, either because they are \
                  small or because they would reveal one that is.";
    assert!(page.contains(marker) && output.stdout.contains(marker), "{}", output.stdout);
    let told: Vec<&str> =
        output.stdout.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert!(told.len() > 6, "{}", output.stdout);
    for line in told {
        assert!(page.contains(line), "the page does not say `{line}`");
    }
    assert_eq!(site.run(&["disclosure", "--out", "-"]).ends_with(0).stdout, output.stdout);
    assert_eq!(self::site(4, 3).run(&["disclosure"]).ends_with(0).stdout, output.stdout);
}

#[test]
fn nothing_of_the_report_is_told_but_where_it_is() {
    let site = site(3, 4);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.md");
    for options in [&[][..], &["--quiet"]] {
        let named = ["disclosure", "--out", file.to_str().unwrap()];
        let output = site.run(&[&named, options].concat()).ends_with(0);
        assert_eq!(output.stdout, "");
        assert_eq!(output.stderr, format!("{WARNING} It is `{}`.\n", file.display()));
    }
    assert_eq!(snapshot(folder.path()).len(), 1, "something is left beside the file");
    let broken = TestSite::new().edit("data/areas.yaml", "{id: hill,", "{id: bridge,");
    run(&broken, &folder.path().join("other.md")).ends_with(1);
    assert_eq!(snapshot(folder.path()).len(), 1);
}

#[test]
fn the_report_names_places_and_levels_and_no_small_number() {
    let one = report(&site(3, 4));
    assert!(one == report(&site(3, 4)), "the same files give the same bytes");
    assert!(one == report(&site(4, 3)), "a small number can be told from the report");
    for secret in ["4137", "4,137", "P-1"] {
        assert!(!one.contains(secret), "{secret}\n{one}");
    }
    for words in [
        "not for publication",
        "`nhs-mhsds`",
        "Autumn 2026, of 2026-11-02; figures as at 2026-10-31",
        "Market team",
        "1. Bridge and Hill: ",
        "## The weakest figures",
        "## What to do next",
    ] {
        assert!(one.contains(words), "`{words}` is missing:\n{one}");
    }
}

#[test]
fn exceptions_of_the_guard_are_in_it_with_reason_and_role() {
    let site = site(3, 4)
        .file("content/pages/text.md", "---\ntitle: Text\n---\nWe moved 3 people home.\n")
        .file(
            "data/disclosure.yaml",
            "exceptions:\n- {file: content/pages/text.md, line: 4, rule: small-number, \
             reason: Told by the family, agreed_by: Caldicott guardian, date: 2026-10-01}\n",
        );
    let text = report(&site);
    let row = "| `small-number` | `content/pages/text.md` | line 4 | Told by the family | \
               Caldicott guardian | 2026-10-01 |";
    assert!(text.contains(row), "{text}");
    assert!(!text.contains("We moved"), "{text}");
}

#[test]
fn it_stays_out_of_the_site_and_of_every_published_folder() {
    let site = site(3, 4).build();
    for file in ["r.md", "data/r.md", "content/r.md", "data/../r.md"] {
        refused(&site, &site.path(file), "which the site is made from");
    }
    let web = tempfile::tempdir().unwrap();
    let docs = web.path().join("docs");
    site.run(&["build", "--out", docs.to_str().unwrap()]).ends_with(0);
    refused(&site, &docs.join("r.md"), "is a site that Placewise has published");
    let folder = tempfile::tempdir().unwrap();
    refused(&site, &folder.path().join("nowhere/r.md"), "its folder does not exist");
}

#[test]
fn only_an_earlier_report_is_replaced() {
    let site = site(3, 4);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let workings = at("w.json");
    site.run(&["workings", "--out", workings.to_str().unwrap()]).ends_with(0);
    refused(&site, &workings, "something else than an earlier report is there");
    for (name, text) in [("empty.md", ""), ("notes.md", "# What was withheld and why\n")] {
        fs::write(at(name), text).unwrap();
        refused(&site, &at(name), "something else than an earlier report is there");
    }
    fs::write(at("r.md"), "<!-- placewise-disclosure/0: not for publication -->\n").unwrap();
    run(&site, &at("r.md")).ends_with(0);
    run(&site, &at("r.md")).ends_with(0);
    let named = ["workings", "--out", at("r.md").to_str().unwrap()].map(str::to_owned);
    let output = site.run(&[&named[0], &named[1], &named[2]]).ends_with(2);
    assert!(output.stderr.contains("something else than earlier workings"), "{}", output.stderr);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_report_and_no_link_leads_to_another() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = site(3, 4);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.md");
    // The loosest mask that a shell can have.
    let mut command = crate::site::program("sh");
    let program = env!("CARGO_BIN_EXE_placewise");
    command.args(["-c", "umask 0; exec \"$0\" disclosure --out \"$1\"", program]);
    command.arg(&file).current_dir(site.path(""));
    crate::site::run(command).ends_with(0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
    let link = folder.path().join("link.md");
    symlink(&file, &link).unwrap();
    refused(&site, &link, "it is a link");
}
