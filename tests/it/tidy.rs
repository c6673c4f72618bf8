//! The rules of the house, each as a test over `src` with a second test proving that it can fail.
//!
//! A rule is a function from source files to complaints. To allow a module more than it has now,
//! change the table in `imports` or `doors`, in the same change as README's table of modules.

mod doors;
mod imports;
mod lengths;
mod names;
mod secrecy;
mod tree;

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::Attribute;
use syn::spanned::Spanned;

/// One file of `src`, parsed.
pub(crate) struct Source {
    /// Its path from the root of the repository, with forward slashes.
    path: String,
    text: String,
    syntax: syn::File,
}

impl Source {
    /// A made-up file, to prove that a rule can fail.
    fn made_up(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
            syntax: syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}")),
        }
    }

    /// The module that the file is, such as `["view", "gaps"]`; the crate root is empty, and the
    /// program is `["main"]`.
    fn module(&self) -> Vec<String> {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
            parts.pop();
        }
        parts
    }

    /// The module as it is written, such as `view::gaps`.
    fn module_name(&self) -> String {
        self.module().join("::")
    }

    /// Lines without the tests at its end.
    fn lines_without_tests(&self) -> usize {
        let tests: usize = self
            .syntax
            .items
            .iter()
            .filter(|item| attributes(item).is_some_and(is_test))
            .map(|item| lines(item) + usize::from(!matches!(item, syn::Item::Use(_))))
            .sum();
        self.text.lines().count().saturating_sub(tests)
    }
}

/// All files of `src` that are not tests, in order of their paths.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    read_folder(&root().join("src"), "src", &mut found);
    let mut found = without_test_files(found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the files of `src` were not found");
    found
}

/// Leaves out files that are tests as a whole: those under a `#[cfg(test)] mod tests;`.
fn without_test_files(mut found: Vec<Source>) -> Vec<Source> {
    let is_test_module = |path: &str| {
        let parent = |source: &&Source| {
            let folder = match source.path.strip_suffix("/mod.rs") {
                Some(folder) => folder.to_owned(),
                None => source.path.trim_end_matches(".rs").to_owned(),
            };
            path.strip_prefix(&format!("{folder}/"))
                .and_then(|rest| rest.trim_end_matches(".rs").split('/').next())
                .is_some_and(|name| declares_tests(source, name))
        };
        found.iter().any(|source| parent(&source))
    };
    let tests: Vec<String> = found
        .iter()
        .map(|source| source.path.clone())
        .filter(|path| is_test_module(path))
        .collect();
    found.retain(|source| !tests.contains(&source.path));
    found
}

fn read_folder(folder: &Path, name: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{name}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &path, found);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            found.push(Source::made_up(&path, &text));
        }
    }
}

fn declares_tests(source: &Source, module: &str) -> bool {
    source.syntax.items.iter().any(|item| match item {
        syn::Item::Mod(found) => {
            found.ident == module && found.content.is_none() && is_test(&found.attrs)
        }
        _ => false,
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether `#[cfg(test)]` stands before an item.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

fn attributes(item: &syn::Item) -> Option<&[Attribute]> {
    Some(match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

/// The file without its tests, as tokens.
fn tokens_without_tests(source: &Source) -> Vec<TokenTree> {
    let tests: Vec<_> = source
        .syntax
        .items
        .iter()
        .filter(|item| attributes(item).is_some_and(is_test))
        .map(|item| item.span().start().line..=item.span().end().line)
        .collect();
    let tokens = source.text.parse().expect("it was parsed before");
    let mut tokens = flat(tokens);
    tokens.retain(|token| {
        let line = token.span().start().line;
        !tests.iter().any(|range| range.contains(&line))
    });
    tokens
}

/// Tokens one after another, without their groups.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => all.extend(flat(group.stream())),
            token => all.push(token),
        }
    }
    all
}

/// How many lines a piece of syntax takes.
fn lines(piece: &impl Spanned) -> usize {
    let span = piece.span();
    span.end().line - span.start().line + 1
}

/// Fails with every complaint on a line of its own.
fn expect_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Proves that a rule finds exactly this many faults in made-up files.
fn check(
    rule: impl Fn(&[Source]) -> Vec<String>,
    path: &str,
    text: &str,
    faults: usize,
) -> Vec<String> {
    let complaints = rule(&[Source::made_up(path, text)]);
    assert_eq!(complaints.len(), faults, "{text}\n{complaints:#?}");
    complaints
}
