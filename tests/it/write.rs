//! Publishing a site: what is kept, what goes, what is refused, and that the old site survives.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use placewise::write::{MANIFEST_NAME, Overlap, Refusal, WriteFailure, WriteReport, open};
use tempfile::TempDir;

type Site<'a> = &'a [(&'a str, &'a str)];

const FIRST: Site =
    &[("index.html", "home"), ("directory/elm-house/index.html", "elm"), ("style.css", "p{}")];

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    fn publish(&self, site: Site) -> Result<WriteReport, WriteFailure> {
        publish(&self.out(), site)
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Everything beside the output.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "public" && !(cfg!(windows) && name.ends_with("-lock")))
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn publish(out: &Path, site: Site) -> Result<WriteReport, WriteFailure> {
    let mut stage = open(out, &[])?;
    for (route, text) in site {
        stage.put(route, text.as_bytes())?;
    }
    stage.commit()
}

/// Every file and link below a folder with its bytes; folders only where they are empty.
pub(crate) fn snapshot(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
        let mut empty = true;
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            empty = false;
            let kind = entry.file_type().unwrap();
            let path = entry.path();
            let key = path.strip_prefix(root).unwrap().to_path_buf();
            if kind.is_dir() {
                walk(root, &path, into);
            } else if kind.is_symlink() {
                into.insert(
                    key,
                    fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                );
            } else {
                into.insert(key, fs::read(&path).unwrap());
            }
        }
        if empty {
            into.insert(folder.strip_prefix(root).unwrap().join("(empty)"), Vec::new());
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

fn counts(report: &WriteReport) -> (usize, usize, usize, Vec<&str>) {
    assert_eq!(report.warnings, Vec::<String>::new());
    let carried = report.carried_over.iter().map(String::as_str).collect();
    (report.written, report.unchanged, report.removed, carried)
}

fn refusal(result: Result<impl Sized, WriteFailure>) -> Refusal {
    match result.err().expect("the output must be refused") {
        WriteFailure::Refused { why, .. } => why,
        other => panic!("refused for another reason: {other}"),
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> (u64, SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).unwrap();
    (found.ino(), found.modified().unwrap())
}

#[test]
fn a_first_site_is_published_with_a_manifest_and_nothing_beside_it() {
    let desk = Desk::new();
    let report = desk.publish(FIRST).unwrap();
    assert_eq!(counts(&report), (3, 0, 0, vec![]));
    assert_eq!(desk.beside(), Vec::<String>::new());
    assert_eq!(fs::read(desk.path("public/directory/elm-house/index.html")).unwrap(), b"elm");
    let manifest = fs::read_to_string(desk.out().join(MANIFEST_NAME)).unwrap();
    let hash = blake3::hash(b"elm").to_hex();
    assert!(
        manifest.starts_with("{\"schema\":1,\"files\":[\n{\"path\":\"directory/"),
        "{manifest}"
    );
    assert!(manifest.contains(&format!("\"length\":3,\"blake3\":\"{hash}\"")), "{manifest}");
}

#[test]
fn equal_sites_have_equal_manifests_whatever_the_order_and_the_folder() {
    let (one, two) = (Desk::new(), Desk::new());
    one.publish(FIRST).unwrap();
    let mut reversed = FIRST.to_vec();
    reversed.reverse();
    two.publish(&reversed).unwrap();
    assert_eq!(snapshot(&one.out()), snapshot(&two.out()));
}

#[test]
fn a_missing_parent_and_an_empty_output_are_fine() {
    let desk = Desk::new();
    publish(&desk.path("a/b/public"), FIRST).unwrap();
    fs::create_dir(desk.out()).unwrap();
    desk.publish(FIRST).unwrap();
    assert_eq!(snapshot(&desk.out()), snapshot(&desk.path("a/b/public")));
}

#[test]
fn a_build_that_changes_nothing_touches_nothing() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let before = fs::metadata(desk.out()).unwrap().modified().unwrap();
    let report = desk.publish(FIRST).unwrap();
    assert_eq!(counts(&report), (0, 3, 0, vec![]));
    assert_eq!(fs::metadata(desk.out()).unwrap().modified().unwrap(), before);
    assert_eq!(desk.beside(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn an_unchanged_file_keeps_its_inode_and_time_and_a_changed_one_does_not() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let kept = identity(&desk.path("public/style.css"));
    let changed = identity(&desk.path("public/index.html"));
    let report = desk.publish(&[("index.html", "HOME"), ("style.css", "p{}")]).unwrap();
    assert_eq!(counts(&report), (1, 1, 1, vec![]));
    assert_eq!(identity(&desk.path("public/style.css")), kept);
    assert_ne!(identity(&desk.path("public/index.html")).0, changed.0);
    assert_eq!(fs::read(desk.path("public/index.html")).unwrap(), b"HOME");
}

#[test]
fn stale_files_and_empty_folders_leave() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    fs::create_dir_all(desk.path("public/left/empty")).unwrap();
    let report = desk.publish(&[("index.html", "home")]).unwrap();
    assert_eq!(counts(&report), (0, 1, 2, vec![]));
    let names: Vec<_> = snapshot(&desk.out()).into_keys().collect();
    assert_eq!(names, [Path::new(MANIFEST_NAME), Path::new("index.html")]);
    fs::create_dir_all(desk.path("public/left/empty")).unwrap();
    desk.publish(&[("index.html", "home")]).unwrap();
    assert!(!desk.path("public/left").exists(), "also when nothing else changed");
}

#[test]
fn a_page_edited_by_hand_gets_its_bytes_back() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let path = desk.path("public/index.html");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    // Same length and same time: only the bytes tell.
    fs::write(&path, "hand").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(counts(&desk.publish(FIRST).unwrap()), (1, 2, 0, vec![]));
    assert_eq!(fs::read(&path).unwrap(), b"home");
    fs::remove_file(&path).unwrap();
    assert_eq!(counts(&desk.publish(FIRST).unwrap()), (1, 2, 0, vec![]));
}

#[test]
fn files_we_did_not_write_are_carried_over() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file("public/CNAME", "care.example.org");
    desk.file("public/.well-known/security.txt", "Contact: x");
    desk.file("public/directory/elm-house/note.txt", "note");
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let cname = fs::File::options().write(true).open(desk.path("public/CNAME")).unwrap();
    cname.set_modified(time).unwrap();
    drop(cname);
    let report = desk.publish(&[("index.html", "new")]).unwrap();
    let all = vec![".well-known/security.txt", "CNAME", "directory/elm-house/note.txt"];
    assert_eq!(counts(&report), (1, 0, 2, all));
    assert_eq!(fs::read(desk.path("public/CNAME")).unwrap(), b"care.example.org");
    assert_eq!(fs::metadata(desk.path("public/CNAME")).unwrap().modified().unwrap(), time);
    assert!(desk.path("public/directory/elm-house/note.txt").exists());
    assert!(!desk.path("public/directory/elm-house/index.html").exists());
}

#[test]
fn a_file_we_did_not_write_is_not_overwritten() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file("public/CNAME", "care.example.org");
    desk.file("public/deep/below.txt", "x");
    let before = snapshot(&desk.out());
    for (route, in_the_way) in
        [("CNAME", "CNAME"), ("CNAME/index.html", "CNAME"), ("deep", "deep/below.txt")]
    {
        let failure = desk.publish(&[("index.html", "new"), (route, "ours")]).unwrap_err();
        let WriteFailure::Foreign { existing, .. } = &failure else { panic!("{failure}") };
        assert_eq!(*existing, desk.out().join(in_the_way));
        assert!(failure.to_string().contains(in_the_way), "{failure}");
        assert!(failure.hint().contains(in_the_way), "{}", failure.hint());
    }
    assert_eq!(snapshot(&desk.out()), before);
    assert_eq!(desk.beside(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn links_inside_the_output_are_carried_over_and_never_followed() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file("elsewhere/index.html", "elm");
    desk.file("elsewhere/precious.txt", "precious");
    symlink("../elsewhere", desk.path("public/linked")).unwrap();
    symlink("nowhere", desk.path("public/dangling")).unwrap();
    let report = desk.publish(&[("index.html", "new")]).unwrap();
    assert_eq!(counts(&report), (1, 0, 2, vec!["dangling", "linked"]));
    assert_eq!(fs::read_link(desk.path("public/linked")).unwrap(), Path::new("../elsewhere"));
    assert_eq!(fs::read_link(desk.path("public/dangling")).unwrap(), Path::new("nowhere"));
    assert!(desk.path("elsewhere/precious.txt").exists());
    let failure = desk.publish(&[("linked/index.html", "ours")]).unwrap_err();
    assert!(matches!(failure, WriteFailure::Foreign { .. }), "{failure}");
    assert_eq!(fs::read(desk.path("elsewhere/index.html")).unwrap(), b"elm");
}

#[cfg(unix)]
#[test]
fn a_folder_of_ours_replaced_by_a_link_does_not_lead_us_outside() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file("elsewhere/elm-house/index.html", "elm");
    fs::remove_dir_all(desk.path("public/directory")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", desk.path("public/directory")).unwrap();
    let failure = desk.publish(FIRST).unwrap_err();
    assert!(failure.to_string().contains("directory"), "{failure}");
    assert!(matches!(failure, WriteFailure::Foreign { .. }), "{failure}");
}

#[cfg(unix)]
#[test]
fn a_page_of_ours_replaced_by_a_link_is_put_right_without_touching_the_target() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file("target.txt", "home");
    fs::remove_file(desk.path("public/index.html")).unwrap();
    std::os::unix::fs::symlink("../target.txt", desk.path("public/index.html")).unwrap();
    assert_eq!(counts(&desk.publish(FIRST).unwrap()), (1, 2, 0, vec![]));
    assert!(fs::symlink_metadata(desk.path("public/index.html")).unwrap().is_file());
    assert_eq!(fs::read(desk.path("target.txt")).unwrap(), b"home");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_carried_over() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let odd = desk.out().join(OsStr::from_bytes(b"odd-\xff.txt"));
    fs::write(&odd, "odd").unwrap();
    assert_eq!(desk.publish(&[("index.html", "new")]).unwrap().carried_over.len(), 1);
    assert_eq!(fs::read(odd).unwrap(), b"odd");
}

#[test]
fn an_unfinished_stage_leaves_the_old_site_and_nothing_else() {
    let desk = Desk::new();
    let mut stage = open(&desk.out(), &[]).unwrap();
    stage.put("index.html", b"x").unwrap();
    drop(stage);
    assert!(!desk.out().exists());
    desk.publish(FIRST).unwrap();
    let before = snapshot(&desk.out());
    let mut stage = open(&desk.out(), &[]).unwrap();
    stage.put("index.html", b"half").unwrap();
    drop(stage);
    assert_eq!(snapshot(&desk.out()), before);
    assert_eq!(desk.beside(), Vec::<String>::new());
}

#[test]
fn routes_that_could_leave_the_site_are_refused() {
    let desk = Desk::new();
    for route in [
        "",
        "/",
        "/etc/passwd",
        "a//b",
        "a/",
        "..",
        "../a",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a\\b",
        "..\\a",
        "a\0b",
        "C:/x",
        "c:x",
        MANIFEST_NAME,
        ".Placewise-Manifest.JSON",
        ".placewise-manifest.json/x",
    ] {
        let mut stage = open(&desk.out(), &[]).unwrap();
        let failure = stage.put(route, b"x").unwrap_err();
        assert!(matches!(failure, WriteFailure::Route { .. }), "{route:?}: {failure}");
        let failure = stage.commit().unwrap_err();
        assert!(matches!(failure, WriteFailure::Incomplete { .. }), "{route:?}: {failure}");
    }
    assert!(!desk.out().exists());
    publish(&desk.out(), &[("..a/b..c/…/.nojekyll", "x"), ("a b/ü.html", "y")]).unwrap();
}

#[test]
fn a_route_is_written_once_and_is_a_file_or_a_folder() {
    let desk = Desk::new();
    for site in
        [&[("a", "1"), ("a", "1")], &[("a", "1"), ("a/b", "2")], &[("a/b", "1"), ("a", "2")]]
    {
        let failure = desk.publish(site).unwrap_err();
        let right = match failure {
            WriteFailure::Duplicate { .. } => site[0].0 == site[1].0,
            WriteFailure::FileAndFolder { .. } => site[0].0 != site[1].0,
            _ => false,
        };
        assert!(right, "{failure}");
    }
    assert!(!desk.out().exists());
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let desk = Desk::new();
    desk.publish(&[("a", "file")]).unwrap();
    assert_eq!(counts(&desk.publish(&[("a/b", "in it")]).unwrap()), (1, 0, 1, vec![]));
    assert_eq!(counts(&desk.publish(&[("a", "file")]).unwrap()), (1, 0, 1, vec![]));
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_left_alone() {
    let desk = Desk::new();
    desk.file("public/thesis.doc", "years of work");
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::NotOurs);
    assert_eq!(fs::read(desk.path("public/thesis.doc")).unwrap(), b"years of work");
    assert_eq!(snapshot(&desk.out()).len(), 1);
    desk.file("file", "text");
    assert_eq!(refusal(publish(&desk.path("file"), FIRST)), Refusal::NotAFolder);
    assert_eq!(desk.beside(), ["file"]);
}

#[test]
fn a_manifest_we_cannot_read_is_refused() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    for text in ["", "{}", "{\"schema\":2,\"pages\":[]}", "{\"schema\":1,\"files\":[{\"path\":\"x"]
    {
        desk.file(&format!("public/{MANIFEST_NAME}"), text);
        let failure = desk.publish(FIRST).unwrap_err();
        assert!(matches!(failure, WriteFailure::Manifest { .. }), "{failure}");
        assert!(failure.to_string().contains(MANIFEST_NAME), "{failure}");
    }
    assert_eq!(fs::read(desk.path("public/index.html")).unwrap(), b"home");
}

#[test]
fn a_manifest_cannot_name_files_outside_the_site() {
    let desk = Desk::new();
    desk.file("precious.txt", "precious");
    let text =
        "{\"schema\":1,\"files\":[{\"path\":\"../precious.txt\"},{\"path\":\"/etc/hosts\"}]}";
    desk.file(&format!("public/{MANIFEST_NAME}"), text);
    assert_eq!(counts(&desk.publish(FIRST).unwrap()), (3, 0, 0, vec![]));
    assert_eq!(fs::read(desk.path("precious.txt")).unwrap(), b"precious");
}

#[test]
fn an_output_that_meets_a_source_folder_is_refused() {
    let desk = Desk::new();
    desk.file("project/data/services.yaml", "x");
    let project = desk.path("project");
    let data = project.join("data");
    let cases = [
        (data.clone(), Overlap::Same),
        (data.join("."), Overlap::Same),
        (project.clone(), Overlap::Holds),
        (data.join("public"), Overlap::Inside),
        (data.join("not/yet/there"), Overlap::Inside),
        (project.join("nothing/../data"), Overlap::Same),
        (project.join("public/../data/site"), Overlap::Inside),
        (data.join(".."), Overlap::Holds),
    ];
    for (out, expected) in cases {
        let sources = [desk.path("other"), data.clone()];
        let failure = open(&out, &sources).err().expect("refused");
        assert!(failure.to_string().contains("data"), "{failure}");
        let WriteFailure::Refused { why, .. } = failure else { panic!("{failure}") };
        assert_eq!(why, Refusal::Source { source: data.clone(), overlap: expected }, "{out:?}");
    }
    assert_eq!(snapshot(&project).len(), 1, "nothing was created");
    drop(open(&project.join("data-site"), std::slice::from_ref(&data)).unwrap());
    let failure = open(&project, &[data]).err().expect("refused");
    let words = failure.to_string();
    assert!(words.contains("it holds the source folder `"), "{words}");
    assert!(failure.hint().contains("a folder of its own"), "{}", failure.hint());
}

#[cfg(unix)]
#[test]
fn links_do_not_hide_a_source_folder() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.file("real/data/services.yaml", "x");
    symlink("real", desk.path("alias")).unwrap();
    symlink("real/data", desk.path("shortcut")).unwrap();
    let real = [desk.path("real/data")];
    let alias = [desk.path("alias/data")];
    let is_source = |why| matches!(why, Refusal::Source { .. });
    assert!(is_source(refusal(open(&desk.path("alias/data/site"), &real))));
    assert!(is_source(refusal(open(&desk.path("real/data/site"), &alias))));
    assert!(is_source(refusal(open(&desk.path("shortcut/new/site"), &real))));
    // By its spelling this is `site` beside the link; in truth it is `real/data`.
    assert!(is_source(refusal(open(&desk.path("shortcut/../data"), &real))));
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_refused() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    fs::create_dir(desk.path("real")).unwrap();
    symlink("real", desk.out()).unwrap();
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::Link);
    assert_eq!(refusal(publish(&desk.path("public/"), FIRST)), Refusal::Link);
    fs::remove_dir(desk.path("real")).unwrap();
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::Link);
    symlink(".", desk.path("here")).unwrap();
    publish(&desk.path("here/site"), FIRST).unwrap();
    assert!(desk.path("site/index.html").exists(), "a link further up is resolved");
}

#[test]
fn folders_whose_loss_would_be_a_disaster_are_refused() {
    let desk = Desk::new();
    let home = std::env::home_dir().unwrap();
    let here = std::env::current_dir().unwrap();
    let top = home.ancestors().last().unwrap().to_path_buf();
    let up = here.join("..");
    for out in [top, home, here, up] {
        assert!(matches!(refusal(open(&out, &[])), Refusal::TooBroad(_)), "{out:?}");
    }
    fs::create_dir_all(desk.path("public/.git")).unwrap();
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::Repository);
    fs::remove_dir(desk.path("public/.git")).unwrap();
    desk.publish(FIRST).unwrap();
    desk.file("public/.git", "gitdir: elsewhere");
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::Repository, "even in a site of ours");
}

#[test]
fn two_builds_do_not_publish_into_one_folder() {
    let desk = Desk::new();
    let mut first = open(&desk.out(), &[]).unwrap();
    let failure = open(&desk.out(), &[]).err().expect("locked");
    assert!(failure.to_string().contains("another build"), "{failure}");
    assert_eq!(refusal(Err::<(), _>(failure)), Refusal::Locked);
    first.put("index.html", b"first").unwrap();
    drop(open(&desk.path("another"), &[]).unwrap());
    first.commit().unwrap();
    assert_eq!(fs::read(desk.path("public/index.html")).unwrap(), b"first");
    desk.publish(FIRST).unwrap();
}

#[test]
fn leftovers_of_a_killed_run_are_removed() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    desk.file(".public.placewise-staging/placewise-marker", "");
    desk.file(".public.placewise-staging/site/deep/half.html", "<p");
    desk.file(".public.placewise-previous/placewise-marker", "");
    desk.file(".public.placewise-previous/site/index.html", "older");
    desk.file(".public.placewise-lock", "");
    desk.publish(FIRST).unwrap();
    assert_eq!(desk.beside(), Vec::<String>::new());
    fs::create_dir(desk.path(".public.placewise-staging")).unwrap();
    desk.publish(FIRST).unwrap();
    assert_eq!(desk.beside(), Vec::<String>::new(), "killed before it wrote the marker");
}

#[test]
fn a_site_set_aside_by_a_killed_run_is_put_back() {
    for empty_output in [false, true] {
        let desk = Desk::new();
        desk.publish(FIRST).unwrap();
        desk.file("public/CNAME", "care.example.org");
        desk.file(".public.placewise-previous/placewise-marker", "");
        fs::rename(desk.out(), desk.path(".public.placewise-previous/site")).unwrap();
        if empty_output {
            fs::create_dir(desk.out()).unwrap();
        }
        let stage = open(&desk.out(), &[]).unwrap();
        assert_eq!(fs::read(desk.path("public/index.html")).unwrap(), b"home");
        drop(stage);
        assert_eq!(counts(&desk.publish(FIRST).unwrap()), (0, 3, 0, vec!["CNAME"]));
        assert_eq!(desk.beside(), Vec::<String>::new());
    }
}

#[test]
fn a_site_set_aside_outlives_a_foreign_folder_in_its_place() {
    let desk = Desk::new();
    desk.file("public/thesis.doc", "years of work");
    desk.file(".public.placewise-previous/placewise-marker", "");
    desk.file(".public.placewise-previous/site/index.html", "home");
    assert_eq!(refusal(desk.publish(FIRST)), Refusal::NotOurs);
    assert!(desk.path(".public.placewise-previous/site/index.html").exists());
}

#[test]
fn a_folder_with_our_name_that_is_not_ours_is_never_removed() {
    for name in [".public.placewise-staging", ".public.placewise-previous"] {
        let desk = Desk::new();
        desk.publish(FIRST).unwrap();
        desk.file(&format!("{name}/site/thesis.doc"), "years of work");
        let failure = desk.publish(FIRST).unwrap_err();
        assert!(matches!(failure, WriteFailure::Leftover { .. }), "{failure}");
        assert!(failure.to_string().contains(name), "{failure}");
        assert_eq!(desk.beside(), [name]);
        assert!(desk.path(&format!("{name}/site/thesis.doc")).exists());
        // With a marker, but holding more than we ever put there.
        desk.file(&format!("{name}/placewise-marker"), "");
        desk.file(&format!("{name}/extra.txt"), "kept");
        desk.publish(FIRST).unwrap_err();
        assert!(desk.path(&format!("{name}/extra.txt")).exists());
    }
}

#[cfg(unix)]
#[test]
fn the_output_folder_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    fs::set_permissions(desk.out(), fs::Permissions::from_mode(0o2751)).unwrap();
    desk.publish(&[("index.html", "new")]).unwrap();
    assert_eq!(fs::metadata(desk.out()).unwrap().permissions().mode() & 0o7777, 0o2751);
}
