//! The command line: what it answers, on which stream, and with which exit code.

use serde_json::Value;

use crate::site::TestSite;

#[test]
fn exit_codes_tell_done_from_wrong_data_from_wrong_call() {
    let site = TestSite::new();
    for command in ["build", "check", "figures"] {
        site.run(&[command]).ends_with(0);
    }
    let broken = TestSite::new().edit("data/site.yaml", "status: example", "status: x");
    for command in ["build", "check", "figures"] {
        let output = broken.run(&[command]).ends_with(1);
        assert_eq!(output.stdout, "", "{command}");
        assert!(output.stderr.contains("MPS027"), "{command}");
    }
    assert!(!broken.path("public").exists(), "nothing is written");
    for arguments in [
        &["bild"][..],
        &["check", "--sight", "."],
        &["check", "--format", "xml"],
        &["explain"],
        &["check", "--site", "nowhere"],
        &["check", "--placements", "nowhere"],
    ] {
        let output = site.run(arguments).ends_with(2);
        assert_eq!(output.stdout, "", "{arguments:?}");
        assert!(output.stderr.contains("error"), "{arguments:?}");
    }
}

#[test]
fn a_folder_that_is_no_site_is_told_with_a_way_out() {
    let output = TestSite::empty().run(&["build"]).ends_with(2);
    assert!(output.stderr.contains("is not a site folder"), "{}", output.stderr);
    assert!(output.stderr.contains("--site DIR"), "{}", output.stderr);
    let output = TestSite::empty().run(&["build", "--format", "json"]).ends_with(2);
    let failure: Value = serde_json::from_str(output.stderr.trim()).unwrap();
    assert_eq!(failure["severity"], "failure");
}

#[test]
fn without_a_command_the_site_is_built() {
    let site = TestSite::new();
    let output = site.run(&[]).ends_with(0);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.starts_with("1 provider and 1 service"), "{}", output.stderr);
    assert!(site.page("index.html").contains("Care in Mere"));
}

#[test]
fn check_writes_nothing() {
    let site = TestSite::new();
    site.run(&["check"]).ends_with(0);
    assert!(!site.path("public").exists());
}

#[test]
fn quiet_says_nothing_but_errors_and_warnings() {
    let site = TestSite::new();
    for command in ["build", "check"] {
        let output = site.run(&[command, "--quiet"]).ends_with(0);
        assert_eq!((output.stdout, output.stderr), (String::new(), String::new()));
    }
    let warned = site.file("data/boundaries.geojson", "{}\n");
    let output = warned.run(&["check", "-q"]).ends_with(0);
    assert!(output.stderr.contains("warning[MPS005]"), "{}", output.stderr);
}

#[test]
fn help_and_version_go_to_the_standard_output() {
    let site = TestSite::empty();
    let help = site.run(&["--help"]).ends_with(0);
    assert_eq!(help.stderr, "");
    for word in ["build", "check", "figures", "explain", "--site", "--out", "--placements"] {
        assert!(help.stdout.contains(word), "{word}\n{}", help.stdout);
    }
    assert!(help.stdout.contains("placewise"));
    let version = site.run(&["--version"]).ends_with(0);
    assert_eq!(version.stdout, format!("placewise {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn explain_tells_more_about_a_code_in_any_case() {
    let site = TestSite::empty();
    for code in ["MPS040", "mps040"] {
        let output = site.run(&["explain", code]).ends_with(0);
        assert!(output.stdout.starts_with("MPS040\n\nThe beds"), "{}", output.stdout);
        assert!(output.stdout.ends_with('\n') && output.stderr.is_empty());
    }
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest() {
    let output = TestSite::empty().run(&["explain", "MPS04O"]).ends_with(2);
    assert!(output.stderr.contains("did you mean MPS040?"), "{}", output.stderr);
    let output = TestSite::empty().run(&["explain", "banana"]).ends_with(2);
    assert!(output.stderr.contains("codes go from MPS001"), "{}", output.stderr);
}

#[test]
fn json_messages_are_one_object_a_line() {
    let site = TestSite::new()
        .edit("data/providers/elm-house.yaml", "places: 10", "places: ten")
        .edit("data/areas.yaml", "{id: hill,", "{id: bridge,")
        .file("data/boundaries.geojson", "{}\n");
    let output = site.run(&["check", "--format", "json"]).ends_with(1);
    let lines: Vec<Value> =
        output.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["code"].as_str().unwrap(), line["severity"].as_str().unwrap()))
        .collect();
    assert!(told.contains(&("MPS022", "error")) && told.contains(&("MPS005", "warning")));
    for line in &lines {
        assert!(line["message"].is_string() && line["help"].is_array());
        assert!(line["file"].is_string() && line["line"].is_u64() && line["column"].is_u64());
    }
    let twice = lines.iter().find(|line| line["code"] == "MPS022").unwrap();
    assert_eq!(twice["related"][0]["line"], 3);
    let done = TestSite::new().run(&["check", "--format", "json"]).ends_with(0);
    assert_eq!(done.stderr, "");
}

#[test]
fn every_listed_figure_can_be_pasted_into_a_page() {
    let site = TestSite::new();
    let output = site.run(&["figures"]).ends_with(0);
    let names: Vec<(&str, &str)> =
        output.stdout.lines().map(|line| line.split_once('\t').unwrap()).collect();
    assert!(names.len() > 100, "{} figures", names.len());
    let mut text = "---\ntitle: All figures\n---\n".to_owned();
    for (name, _) in &names {
        text.push_str(&format!("{name}\n\n"));
    }
    let site = site.file("content/pages/all.md", &text).build();
    let page = site.page("all/index.html");
    let figures = crate::html::texts(&page, |tag| tag.get("data-key").is_some());
    assert_eq!(figures.len(), names.len());
    for ((_, shown), (name, phrase)) in figures.iter().zip(&names) {
        assert!(shown.starts_with(phrase), "{name}: `{shown}`, not `{phrase}`");
    }
}

const HOME: &str = "themes/default/templates/home.html";

#[test]
fn a_broken_template_is_told_with_its_place() {
    let site = TestSite::new().file(
        HOME,
        "{% extends \"layout.html\" %}\n{% block content %}\n  {{ page.nothing }}\n{% endblock %}\n",
    );
    for command in ["build", "check"] {
        let output = site.run(&[command]).ends_with(1);
        let place = format!("{HOME}:3:11");
        assert!(output.stderr.contains(&place), "{command}\n{}", output.stderr);
        assert!(output.stderr.contains("MPS081"), "{command}");
    }
    assert!(!site.path("public").exists());
}

#[test]
fn a_theme_of_the_site_replaces_single_files() {
    let site = TestSite::new()
        .edit("data/site.yaml", "status: example", "status: example\ntheme: own")
        .file(
            "themes/own/templates/home.html",
            "{% extends \"layout.html\" %}\n{% block content %}<p>Ours.</p>{% endblock %}\n",
        )
        .build();
    assert!(site.page("index.html").contains("<p>Ours.</p>"));
    assert!(site.page("gaps/index.html").contains("<table"));
}

#[test]
fn bad_input_leaves_the_old_site_as_it_was() {
    let good = TestSite::new().build();
    let before = good.tree();
    let mut site = good;
    let faults = [
        ("data/providers/oak.yaml", "id: ok\n"),
        ("data/placements/more.csv", "id,home\n"),
        ("content/pages/gaps.md", "---\ntitle: Gaps\n---\n"),
        ("content/pages/raw.md", "---\ntitle: Raw\n---\n<b>x</b>\n"),
        (HOME, "{{ page.nothing }}"),
        (HOME, "{% if %}"),
    ];
    for (path, text) in faults {
        site = site.file(path, text);
        site.run(&["build"]).ends_with(1);
        assert_eq!(site.tree(), before, "{path}");
        site = site.remove(path);
    }
    site = site.build();
    assert_eq!(site.tree(), before);
    let output = site.run(&["build", "--out", "data"]).ends_with(2);
    assert!(output.stderr.contains("error"), "{}", output.stderr);
    assert!(site.path("data/site.yaml").exists());
}

#[test]
fn what_is_gone_from_the_input_goes_from_the_site() {
    let site =
        TestSite::new().file("content/pages/plans.md", "---\ntitle: Plans\n---\nText.\n").build();
    assert!(site.page("plans/index.html").contains("Text."));
    let site = site.remove("content/pages/plans.md").build();
    assert!(!site.path("public/plans").exists());
}

#[test]
fn a_closed_pipe_is_no_fault() {
    use std::process::Stdio;
    let site = TestSite::new();
    let mut child =
        site.command(&["figures"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
