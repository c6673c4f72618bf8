//! What keeps numbers of people inside `evidence`, beyond what the compiler refuses already.
//!
//! `privacy` proves that the locks hold; these rules see to it that nobody adds a key.

use syn::visit::{self, Visit};

use super::{Source, check, expect_none, sources, tokens_without_tests};

/// Types that hold a number of people or a price.
const SENSITIVE: [&str; 4] = ["People", "PeopleRange", "Vacancies", "Pence"];
/// Types of which no field may be read outside `evidence`.
const CLOSED: [&str; 8] =
    ["Market", "Placement", "Analysis", "Count", "Counts", "Workings", "Report", "Exact"];
/// What can be saved to a private file, and nothing else.
const SEALED: [&str; 2] = ["Workings", "Report"];
/// The one folder of `evidence` that may write what it holds, to a private file.
const WORKINGS: &str = "src/evidence/workings/";
/// What a sensitive type may derive: nothing that prints, writes or compares it.
const DERIVES: [&str; 2] = ["Clone", "Copy"];

#[test]
fn numbers_of_people_have_no_way_out() {
    expect_none(&rule(&sources()));
}

#[test]
fn the_sensitive_types_are_where_the_rule_looks() {
    let files = sources();
    for name in SENSITIVE.iter().chain(&CLOSED) {
        let is_there = files.iter().any(|file| {
            file.path.starts_with("src/evidence/")
                && file
                    .syntax
                    .items
                    .iter()
                    .any(|item| matches!(item, syn::Item::Struct(found) if found.ident == name))
        });
        assert!(is_there, "there is no type `{name}`: rename it here too");
    }
}

#[test]
fn a_way_out_is_found() {
    let market = |text, faults| check(rule, "src/evidence/market/quantities.rs", text, faults);
    market("#[derive(Clone, Copy)] pub struct People(u32);", 0);
    market("impl People { pub(in crate::evidence) fn raw(self) -> u32 { self.0 } }", 0);
    market("impl People { pub fn raw(self) -> u32 { self.0 } }", 1);
    market("impl People { pub(crate) fn raw(self) -> u32 { self.0 } }", 1);
    market("#[derive(Debug)] pub struct People(u32);", 1);
    market("#[derive(Clone, Copy, Default)] pub struct People(u32);", 1);
    market("#[derive(Clone, PartialEq)] pub struct Vacancies(u32);", 1);
    market("pub struct People(pub u32);", 1);
    market("pub struct PeopleRange { pub(crate) low: u32 }", 1);
    market("impl fmt::Display for People { }", 1);
    market("impl From<People> for u32 { }", 1);
    market("impl std::ops::Deref for Pence { }", 1);
    market("use serde::Serialize;", 1);
    market("#[derive(serde::Serialize)] pub struct Level;", 1);
    market("pub struct Market { pub settings: Settings }", 1);
    market("pub struct Service { pub places: Option<Beds> }", 0);
    market("pub struct Service { pub price: Option<Pence> }", 1);
    market("pub(in crate::evidence) fn f(p: People) -> u32 { p.raw() }", 0);
    let workings = |text, faults| check(rule, "src/evidence/workings/rows.rs", text, faults);
    workings("#[derive(Serialize)] pub(super) struct Row { need: Figure }", 0);
    workings("#[derive(Serialize)] pub struct Row { need: Figure }", 1);
    workings("#[derive(Serialize)] pub(crate) enum Row { A }", 1);
    workings("impl serde::Serialize for People { }", 1);
    workings("pub struct Workings { pub document: Document }", 1);
    workings("impl Workings { pub fn save(&self) {} }", 0);
    workings("impl Workings { pub fn bytes(&self) -> Vec<u8> {} }", 1);
    let report = |text, faults| check(rule, "src/evidence/report/mod.rs", text, faults);
    report("impl Report { pub fn save(&self) {} }", 0);
    report("impl Report { pub fn text(&self) -> &str {} }", 1);
    report("pub struct Report { pub text: String }", 1);
    report("#[derive(Serialize)] struct Report { text: String }", 1);
    let view = |text, faults| check(rule, "src/view/gaps.rs", text, faults);
    view("use serde::Serialize;", 0);
    view("pub struct Vacancies { pub text: String }", 0);
}

fn rule(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        // The workings write what they hold, and only that: their types are checked below.
        let writes = file.path.starts_with(WORKINGS);
        // The audit reads downloads again, and writes nothing.
        let reads = file.path.starts_with("src/evidence/disclosure/audit/");
        if file.path.starts_with("src/evidence/") && !writes {
            for token in tokens_without_tests(file) {
                let name = token.to_string();
                if name == "Serialize" || (name == "serde_json" && !reads) {
                    let line = token.span().start().line;
                    complaints.push(format!("{}:{line}: `{token}`", file.path));
                }
            }
        }
        // Outside, other types may have these names: the table of imports keeps these ones away.
        if file.path.starts_with("src/evidence/") {
            let mut finder = Finder { path: &file.path, complaints: &mut complaints };
            finder.visit_file(&file.syntax);
        }
    }
    complaints
}

struct Finder<'a> {
    path: &'a str,
    complaints: &'a mut Vec<String>,
}

impl Finder<'_> {
    fn complain(&mut self, ident: &syn::Ident, message: &str) {
        let line = ident.span().start().line;
        self.complaints.push(format!("{}:{line}: `{ident}`: {message}", self.path));
    }
}

impl Finder<'_> {
    /// A type that can be written is never seen outside `evidence`.
    fn keep_written(&mut self, name: &syn::Ident, seen: &syn::Visibility, on: &[syn::Attribute]) {
        let is_written = on.iter().flat_map(derives).any(|derived| derived == "Serialize");
        // One module up is still within `evidence`.
        let is_near = matches!(seen, syn::Visibility::Restricted(to) if to.path.is_ident("super"));
        if self.path.starts_with(WORKINGS) && is_written && !is_near && !is_inside(seen) {
            self.complain(name, "what can be written must not be seen outside `evidence`");
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !super::attributes(item).is_some_and(super::is_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.keep_written(&item.ident, &item.vis, &item.attrs);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.keep_written(&item.ident, &item.vis, &item.attrs);
        let name = item.ident.to_string();
        let is_sensitive = SENSITIVE.contains(&name.as_str());
        for field in &item.fields {
            let is_closed = is_sensitive || CLOSED.contains(&name.as_str());
            if !is_inside(&field.vis) && (is_closed || names_sensitive(&field.ty)) {
                let field = field.ident.as_ref().unwrap_or(&item.ident);
                self.complain(field, "this field can be read outside `evidence`");
            }
        }
        for derived in item.attrs.iter().flat_map(derives).filter(|_| is_sensitive) {
            if !DERIVES.contains(&derived.as_str()) {
                self.complain(&item.ident, &format!("must not derive {derived}"));
            }
        }
        visit::visit_item_struct(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let Some(owner) = type_name(&item.self_ty) else {
            return;
        };
        let is_sensitive = SENSITIVE.contains(&owner.to_string().as_str());
        match &item.trait_ {
            None if SEALED.contains(&owner.to_string().as_str()) => {
                for function in item.items.iter().filter_map(|part| match part {
                    syn::ImplItem::Fn(function) => Some(function),
                    _ => None,
                }) {
                    if !is_inside(&function.vis) && function.sig.ident != "save" {
                        self.complain(&function.sig.ident, "this can be saved and no more");
                    }
                }
            }
            None if is_sensitive => {
                for function in item.items.iter().filter_map(|part| match part {
                    syn::ImplItem::Fn(function) => Some(function),
                    _ => None,
                }) {
                    if !is_inside(&function.vis) {
                        let message = "must be `pub(in crate::evidence)`";
                        self.complain(&function.sig.ident, message);
                    }
                }
            }
            Some((_, implemented, _)) => {
                let last = implemented.segments.last();
                let converts = last.is_some_and(|part| match &part.arguments {
                    syn::PathArguments::AngleBracketed(of) => of.args.iter().any(
                        |kind| matches!(kind, syn::GenericArgument::Type(kind) if names_sensitive(kind)),
                    ),
                    _ => false,
                });
                // The hand-written `Debug`, which prints no number, is made by a macro.
                if is_sensitive || converts {
                    self.complain(owner, "a trait could give the number away");
                }
            }
            None => {}
        }
        visit::visit_item_impl(self, item);
    }
}

/// Whether only `evidence`, or less, can see it.
fn is_inside(visibility: &syn::Visibility) -> bool {
    match visibility {
        syn::Visibility::Inherited => true,
        syn::Visibility::Public(_) => false,
        syn::Visibility::Restricted(within) => {
            let parts: Vec<String> =
                within.path.segments.iter().map(|part| part.ident.to_string()).collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            matches!(parts.as_slice(), ["crate", "evidence", ..] | ["self"])
        }
    }
}

fn names_sensitive(kind: &syn::Type) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.0 |= SENSITIVE.contains(&ident.to_string().as_str());
        }
    }
    let mut search = Search(false);
    search.visit_type(kind);
    search.0
}

fn type_name(kind: &syn::Type) -> Option<&syn::Ident> {
    match kind {
        syn::Type::Path(path) => path.path.segments.last().map(|part| &part.ident),
        _ => None,
    }
}

fn derives(attribute: &syn::Attribute) -> Vec<String> {
    let mut found = Vec::new();
    if attribute.path().is_ident("derive") {
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            found.extend(last.map(|part| part.ident.to_string()));
            Ok(())
        });
    }
    found
}
