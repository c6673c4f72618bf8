//! `placewise workings`: the exact answer reaches one private file, and nothing else.

mod content;
mod schema;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::private_file;
use crate::site::{Output, TestSite};
use crate::write::snapshot;

const WARNING: &str = "This file holds small numbers about people and is not for publication.";

/// Numbers that no rounding would leave as they are, and that no other file has.
fn site_with_secrets() -> TestSite {
    TestSite::new().edit("data/placements/rows.yaml", "people: 7", "people: 4137").edit(
        "data/placements/rows.yaml",
        "  placed_since",
        "  weekly_cost_pounds: 9182.73\n  placed_since",
    )
}

/// Runs the command with this file.
fn run(site: &TestSite, file: &Path) -> Output {
    private_file::run("workings", site, file)
}

/// The workings of a site.
pub(crate) fn workings(site: &TestSite) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("workings.json");
    run(site, &file).ends_with(0);
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// Expects that the file is refused for this reason, and that nothing changes.
#[track_caller]
fn refused(site: &TestSite, file: &Path, reason: &str) {
    private_file::refused(("workings", "workings"), site, file, reason);
}

#[test]
fn nothing_is_told_but_that_the_file_is_private_and_where_it_is() {
    let site = site_with_secrets();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.json");
    for options in [&[][..], &["--quiet"]] {
        let named = ["workings", "--out", file.to_str().unwrap()];
        let output = site.run(&[&named, options].concat()).ends_with(0);
        assert_eq!(output.stdout, "");
        assert_eq!(output.stderr, format!("{WARNING} It is `{}`.\n", file.display()));
    }
    let text = fs::read_to_string(&file).unwrap();
    let begin = format!(
        "{{\n \"warning\": \"{WARNING}\",\n \"not_for_publication\": true,\n \"schema\": \
         \"placewise-workings/1\",\n"
    );
    assert!(text.starts_with(&begin), "{text}");
    assert!(text.contains("4137"));
    assert_eq!(snapshot(folder.path()).len(), 1, "something is left beside the file");
}

#[test]
fn the_file_is_named_and_wrong_data_give_none() {
    let site = TestSite::new();
    let output = site.run(&["workings"]).ends_with(2);
    assert!(output.stderr.contains("--out <FILE.json>"), "{}", output.stderr);
    let broken = TestSite::new().edit("data/areas.yaml", "{id: hill,", "{id: bridge,");
    let folder = tempfile::tempdir().unwrap();
    let output = run(&broken, &folder.path().join("w.json")).ends_with(1);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("data/areas.yaml:4:"), "{}", output.stderr);
    assert!(snapshot(folder.path()).values().all(Vec::is_empty));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let made = |site: &TestSite, name: &str, threads: &str| {
        let file = folder.path().join(name);
        let mut command = site.command(&["workings", "--out", file.to_str().unwrap()]);
        command.env("RAYON_NUM_THREADS", threads);
        crate::site::run(command).ends_with(0);
        fs::read(file).unwrap()
    };
    let one = made(&TestSite::example(), "one.json", "1");
    let other = made(&TestSite::example(), "other.json", "7");
    assert!(one == other, "the workings differ");
}

#[test]
fn it_stays_out_of_the_site_folder_and_of_the_output() {
    let site = TestSite::new().build();
    let inside = "which the site is made from";
    for file in ["w.json", "data/w.json", "content/w.json", "data/../w.json"] {
        refused(&site, &site.path(file), inside);
    }
    refused(&site, Path::new("w.json"), inside);
    // A site elsewhere is made into the `public` of the folder in which the command runs.
    let elsewhere = TestSite::empty();
    let named = |file: &str| {
        let named = ["workings", "--site", site.path("").to_str().unwrap(), "--out", file]
            .map(str::to_owned);
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        elsewhere.run(&named)
    };
    for name in ["public", "PUBLIC"] {
        let output = named(name).ends_with(2);
        assert!(output.stderr.contains("is published under this name"), "{}", output.stderr);
    }
    fs::create_dir(elsewhere.path("public")).unwrap();
    let output = named("public/w.json").ends_with(2);
    assert!(output.stderr.contains("where the site is published"), "{}", output.stderr);
    let output = named("w.json").ends_with(0);
    assert!(output.stderr.contains("It is `w.json`."), "{}", output.stderr);
    // Placements that are kept outside are read by the next build, so they are an input too.
    let kept = TestSite::empty().file("rows.yaml", "[]\n");
    let file = kept.path("w.json");
    let folder = kept.path("");
    let out = file.to_str().unwrap();
    let named = ["workings", "--placements", folder.to_str().unwrap(), "--out", out];
    let output = site.run(&named).ends_with(2);
    assert!(output.stderr.contains(inside), "{}", output.stderr);
}

#[test]
fn it_stays_out_of_every_published_folder() {
    let site = TestSite::new();
    let web = tempfile::tempdir().unwrap();
    let public = web.path().join("docs");
    site.run(&["build", "--out", public.to_str().unwrap()]).ends_with(0);
    let published = "is a site that Placewise has published";
    refused(&site, &public.join("w.json"), published);
    refused(&site, &public.join("directory/w.json"), published);
    refused(&site, &public.join("directory/../w.json"), published);
    let staged = web.path().join(".docs.placewise-staging");
    fs::create_dir(&staged).unwrap();
    refused(&site, &staged.join("w.json"), published);
    run(&site, &web.path().join("w.json")).ends_with(0);
}

#[cfg(unix)]
#[test]
fn no_link_leads_around_a_fence() {
    use std::os::unix::fs::symlink;
    let site = TestSite::new().build();
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    fs::create_dir(&private).unwrap();
    let link = |name: &str, to: &Path| {
        let link = folder.path().join(name);
        symlink(to, &link).unwrap();
        link
    };
    let inside = "which the site is made from";
    refused(&site, &link("to-site", &site.path("")).join("w.json"), inside);
    refused(&site, &link("to-data", &site.path("data")).join("w.json"), inside);
    let published = "where the site is published";
    refused(&site, &link("to-public", &site.path("public")).join("w.json"), published);
    refused(&site, &link("to-texts", &site.path("content")).join("../w.json"), inside);
    // The other way round: a folder that a web server would show by a link within the site.
    symlink(&private, site.path("public/private")).unwrap();
    refused(&site, &site.path("public/private/w.json"), published);
    assert_eq!(snapshot(&private).len(), 1);
    // A link in the place of the file is not followed.
    refused(&site, &link("w.json", &private.join("real.json")), "it is a link");
    fs::write(private.join("other.json"), "{}").unwrap();
    refused(&site, &link("v.json", &private.join("other.json")), "it is a link");
    // A link to a private folder is a way like any other.
    run(&site, &link("to-private", &private).join("w.json")).ends_with(0);
    assert!(private.join("w.json").is_file());
}

#[test]
fn only_earlier_workings_are_replaced() {
    let site = TestSite::new();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("folder")).unwrap();
    refused(&site, &at("folder"), "it is a folder");
    refused(&site, &at("nowhere/w.json"), "its folder does not exist");
    for (name, text) in [
        ("empty.json", ""),
        ("other.json", "{\"schema\": \"placewise-workings/1\"}"),
        ("text.json", "This file holds small numbers about people."),
        ("next.json", "{\"not_for_publication\": true, \"schema\": \"other/1\"}"),
    ] {
        fs::write(at(name), text).unwrap();
        refused(&site, &at(name), "something else than earlier workings is there");
    }
    // Those of another version, even if a program has laid them out anew, are.
    let earlier = "{\"schema\":\"placewise-workings/0\",\"a\":[1],\"not_for_publication\":true}";
    fs::write(at("w.json"), earlier).unwrap();
    run(&site, &at("w.json")).ends_with(0);
    run(&site, &at("w.json")).ends_with(0);
    assert!(fs::read_to_string(at("w.json")).unwrap().contains("placewise-workings/1"));
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_file() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let site = TestSite::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.json");
    let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o7777;
    let run = || {
        // The loosest mask that a shell can have.
        let mut command = crate::site::program("sh");
        let program = env!("CARGO_BIN_EXE_placewise");
        command.args(["-c", "umask 0; exec \"$0\" workings --out \"$1\"", program]);
        command.arg(&file).current_dir(site.path(""));
        crate::site::run(command).ends_with(0);
    };
    run();
    assert_eq!(mode(), 0o600);
    // A file that was opened to others is closed again; one that was closed further stays so.
    for (before, after) in [(0o666, 0o600), (0o400, 0o400)] {
        fs::set_permissions(&file, fs::Permissions::from_mode(before)).unwrap();
        let second = folder.path().join("second name");
        fs::hard_link(&file, &second).unwrap();
        let old = fs::metadata(&file).unwrap().ino();
        run();
        assert_eq!(mode(), after);
        // The file was replaced whole: who has the old one open keeps the old one.
        assert_ne!(fs::metadata(&file).unwrap().ino(), old);
        assert_eq!(fs::metadata(&second).unwrap().ino(), old);
        fs::remove_file(second).unwrap();
    }
    assert_eq!(snapshot(folder.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn out_of_room_the_earlier_file_stays_and_nothing_is_left_beside_it() {
    let site = TestSite::example();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.json");
    run(&site, &file).ends_with(0);
    let before = snapshot(folder.path());
    // Writing past a limit on the size of files fails once the signal that comes with it is
    // ignored.
    let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" workings --out \"$1\"";
    let mut command = crate::site::program("bash");
    command.args(["-c", limited, env!("CARGO_BIN_EXE_placewise")]);
    command.arg(&file).current_dir(site.path(""));
    let output = crate::site::run(command).ends_with(2);
    assert!(output.stderr.contains("earlier workings are as they were"), "{}", output.stderr);
    assert!(snapshot(folder.path()) == before);
}
