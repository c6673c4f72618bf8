//! Names that say nothing, and words of unfinished work.

use std::fs;

use syn::visit::{self, Visit};

use super::{Source, check, expect_none, root, sources};

/// Names by themselves.
const EMPTY_NAMES: [&str; 5] = ["data", "info", "common", "context", "stuff"];
/// Words of a name.
const EMPTY_WORDS: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "misc"];
/// Macros that stand for unfinished work. The lint wall knows some of them; tests have no wall.
const UNFINISHED: [&str; 3] =
    [concat!("to", "do!"), concat!("unimple", "mented!"), concat!("d", "bg!")];
/// Words of comments that stand for unfinished work: file an issue in their place.
const MARKERS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];

#[test]
fn names_say_what_they_are() {
    expect_none(&rule(&sources()));
}

#[test]
fn nothing_is_marked_as_unfinished() {
    let mut complaints = Vec::new();
    for folder in ["src", "tests", "themes"] {
        for (path, text) in super::tree::texts(&root().join(folder), folder) {
            complaints.extend(unfinished(&path, &text));
        }
    }
    expect_none(&complaints);
}

#[test]
fn empty_names_are_found() {
    let check = |text, faults| check(rule, "src/view/gaps.rs", text, faults);
    check("struct GapRow; fn data_sets() {} mod information {}", 0);
    check("mod utils;", 1);
    check("struct ProviderManager;", 1);
    check("enum Info { A }", 1);
    check("fn page_helper() {}", 1);
    check("impl A { fn helpers(&self) {} }", 1);
    check("type Data = u8; trait Common {}", 2);
    super::check(rule, "src/view/provider_helpers.rs", "", 1);
    super::check(rule, "src/misc/mod.rs", "", 1);
}

#[test]
fn unfinished_work_is_found() {
    let found = |text: &str| unfinished("src/a.rs", text).len();
    assert_eq!(found("let words = [\"TBC\"]; // whole words"), 0);
    for marker in MARKERS {
        assert_eq!(found(&format!("let a = 1; // {marker}: later")), 1);
        assert_eq!(found(&format!("let a = \"{marker}\";")), 0);
        assert_eq!(found(&format!("<p>text</p> {{# {marker} #}}")), 1);
    }
    for call in UNFINISHED {
        assert_eq!(found(&format!("fn f() {{ {call}() }}")), 1);
    }
}

/// Complaints about one text. Markers count in comments only: the checks of texts by editors look
/// for such words and must be able to name them.
fn unfinished(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let comment = ["//", "/*", "{#", "<!--", "# "]
            .iter()
            .filter_map(|begin| line.find(begin))
            .min()
            .map_or("", |begin| &line[begin..]);
        let is_word = |marker: &&&str| {
            comment.split(|c: char| !c.is_alphanumeric()).any(|word| word == **marker)
        };
        let called = |call: &&&str| line.contains(**call);
        for word in MARKERS.iter().filter(is_word).chain(UNFINISHED.iter().filter(called)) {
            complaints.push(format!("{path}:{}: `{word}`: file an issue", at + 1));
        }
    }
    complaints
}

fn rule(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let mut finder = Finder { path: &file.path, complaints: &mut complaints };
        if let Some(name) = file.module().last() {
            finder.name(name, 1);
        }
        finder.visit_file(&file.syntax);
    }
    complaints
}

struct Finder<'a> {
    path: &'a str,
    complaints: &'a mut Vec<String>,
}

impl Finder<'_> {
    fn name(&mut self, name: &str, line: usize) {
        let mut words = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() {
                words.push('_');
            }
            words.extend(letter.to_lowercase());
        }
        let words = words.trim_matches('_');
        let is_empty = EMPTY_NAMES.contains(&words)
            || words.split('_').any(|word| EMPTY_WORDS.contains(&word));
        if is_empty {
            self.complaints.push(format!("{}:{line}: `{name}` says nothing", self.path));
        }
    }

    fn ident(&mut self, ident: &syn::Ident) {
        self.name(&ident.to_string(), ident.span().start().line);
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Enum(item) => self.ident(&item.ident),
            syn::Item::Mod(item) => self.ident(&item.ident),
            syn::Item::Struct(item) => self.ident(&item.ident),
            syn::Item::Trait(item) => self.ident(&item.ident),
            syn::Item::Type(item) => self.ident(&item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.ident(&signature.ident);
        visit::visit_signature(self, signature);
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    expect_none(&undocumented(&sources()));
    let tests = super::tree::texts(&root().join("tests/it"), "tests/it");
    for (path, text) in tests.into_iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(text.starts_with("//!"), "{path} begins without `//!`");
    }
}

#[test]
fn a_file_without_its_purpose_is_found() {
    check(undocumented, "src/a.rs", "//! What it is for.\nfn f() {}", 0);
    check(undocumented, "src/a.rs", "/// What `f` does.\nfn f() {}", 1);
    check(undocumented, "src/a.rs", "//!\nfn f() {}", 1);
}

fn undocumented(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}: begins without `//!` and its purpose", file.path))
        .collect()
}

#[test]
fn the_folders_of_the_rules_are_there() {
    for folder in ["src", "tests", "themes"] {
        assert!(fs::metadata(root().join(folder)).unwrap().is_dir());
    }
}
