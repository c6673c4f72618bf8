//! Which module may name which: the arrows of the flow drawing point one way.

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};

use super::{Source, check, expect_none, flat, is_test, sources};

/// Each module with what it may name of the others. A module may always name itself; the most
/// exact entry holds. Naming a module means anything below it.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("main", &["commands"]),
    ("", &["sources", "diagnostics", "evidence", "narrative", "theme", "site"]),
    ("cli", &[]),
    (
        "commands",
        &[
            "cli",
            "compile",
            "diagnostics",
            "import",
            "load::disk",
            "serve",
            "site",
            "sources",
            "view::address",
            "view::data_sets",
            "view::figure",
            "view::gap_lines",
            "view::words",
            "write",
        ],
    ),
    // Commands that write a private file must know where it may not be.
    (
        "commands::private_place",
        &[
            "cli",
            "commands",
            "diagnostics",
            "evidence::private",
            "load::disk",
            "sources",
            "write::MANIFEST_NAME",
        ],
    ),
    // Prints what the site tells, and has the private report saved.
    (
        "commands::disclosure",
        &["cli", "commands", "diagnostics", "evidence::report", "view::withheld"],
    ),
    // The one command that asks for the exact answer. It can have it saved and not look at it.
    ("commands::workings", &["cli", "commands", "diagnostics", "evidence::workings"]),
    // Holds a provider's file against what a site has published, and sees nothing else of it.
    (
        "commands::matching",
        &[
            "cli",
            "commands",
            "diagnostics",
            "evidence::offers",
            "load::disk",
            "sources",
            "view::data_sets",
        ],
    ),
    // Asks for an edition, and gets what was published of it.
    (
        "commands::edition",
        &[
            "cli",
            "commands",
            "diagnostics",
            "evidence::disclosure::EditionRequest",
            "evidence::disclosure::EditionSummary",
            "freeze",
            "load::disk",
            "view::words",
            "write",
        ],
    ),
    ("sources", &[]),
    ("diagnostics", &["sources"]),
    ("guard", &["sources", "diagnostics", "load::yaml"]),
    ("load", &["sources", "diagnostics"]),
    ("evidence", &[]),
    (
        "evidence::market",
        &["sources", "diagnostics", "guard", "load::yaml", "load::table", "load::names"],
    ),
    ("evidence::analysis", &["evidence::market"]),
    // The only part of the analysis that speaks to the author: it warns of a plan.
    (
        "evidence::analysis::stability",
        &["evidence::market", "evidence::analysis", "diagnostics", "sources"],
    ),
    (
        "evidence::disclosure",
        &["evidence::market", "evidence::analysis", "diagnostics", "guard::Exception"],
    ),
    // The audit attacks what was decided, so it shares no code with what decides.
    (
        "evidence::disclosure::audit",
        &[
            "diagnostics",
            "evidence::market",
            "evidence::analysis",
            "evidence::disclosure::figure",
            "evidence::disclosure::openings",
            "evidence::disclosure::policy",
            "evidence::disclosure::profile",
            "evidence::disclosure::publication",
        ],
    ),
    ("evidence::private", &["diagnostics"]),
    (
        "evidence::workings",
        &["sources", "diagnostics", "evidence::market", "evidence::analysis", "evidence::private"],
    ),
    (
        "evidence::report",
        &[
            "sources",
            "diagnostics",
            "evidence::market",
            "evidence::analysis",
            "evidence::disclosure",
            "evidence::private",
        ],
    ),
    // Editions are the only part of the door that reads files: the locks of what was published.
    (
        "evidence::disclosure::editions",
        &[
            "sources",
            "diagnostics",
            "load::yaml",
            "evidence::market",
            "evidence::analysis",
            "evidence::disclosure",
        ],
    ),
    // Reads what was published, as anybody can, and what a provider describes.
    ("evidence::offers", &["sources", "diagnostics", "evidence::market", "evidence::disclosure"]),
    (
        "narrative",
        &["sources", "diagnostics", "load::front_matter", "load::yaml", "evidence::disclosure"],
    ),
    ("view", &["evidence::disclosure", "narrative", "chart"]),
    ("chart", &["view::figure"]),
    (
        "theme",
        &[
            "sources",
            "diagnostics",
            "load::yaml",
            "view::View",
            "view::figure",
            "view::flows",
            "view::frame",
            "view::gap_cards",
            "view::ladder",
            "view::opportunities",
            "view::ranges",
        ],
    ),
    ("export", &["evidence::disclosure", "view"]),
    ("search", &["view"]),
    (
        "site",
        &[
            "sources",
            "diagnostics",
            "evidence::disclosure",
            "narrative",
            "view",
            "theme",
            "export",
            "search",
        ],
    ),
    ("write", &[]),
    ("import", &["sources", "diagnostics", "load::yaml", "load::table", "load::names"]),
    ("serve", &["sources", "diagnostics", "load::disk", "site", "view::address"]),
];

#[test]
fn modules_name_only_what_the_table_allows() {
    expect_none(&rule(&sources()));
}

#[test]
fn every_module_is_in_the_table() {
    let missing: Vec<String> = sources()
        .iter()
        .filter(|source| source.module().len() == 1)
        .map(Source::module_name)
        .filter(|name| !MAY_NAME.iter().any(|(module, _)| module == name))
        .collect();
    expect_none(&missing);
}

#[test]
fn a_forbidden_name_is_found_however_it_is_written() {
    let view = |text, faults| check(rule, "src/view/gaps.rs", text, faults);
    view("use crate::evidence::disclosure::{Figure, Published};", 0);
    view("use super::{Material, figure::FigureView};", 0);
    view("use crate::evidence::market::People;", 1);
    view("use crate::{evidence::{disclosure, analysis::Counts}};", 1);
    view("pub use crate::evidence;", 1);
    view("use crate as all;", 1);
    view("use super::super::evidence::market as m;", 1);
    view("fn f() { crate::evidence::market::read(x); }", 1);
    view("fn f(p: crate::evidence::market::People) {}", 1);
    view("fn f() { let text = format!(\"{}\", crate::write::open()); }", 1);
    view("macro_rules! m { () => { $crate::evidence::market::read() } }", 1);
    view("mod inner { use super::super::super::write; }", 1);
    view("pub(in crate::evidence) fn f() {}", 0);
    view("#[cfg(test)] mod tests { use crate::evidence::market::People; }", 0);
    view("fn f() {}\n#[cfg(test)]\nfn g() { crate::write::open(); }", 0);
    check(rule, "src/main.rs", "use placewise::site::Site;", 1);
    check(rule, "src/lib.rs", "use write::open;", 1);
    check(rule, "src/commands/build.rs", "use crate::compile;", 0);
    check(rule, "src/commands/build.rs", "use crate::evidence::workings;", 1);
    check(rule, "src/commands/workings.rs", "use crate::evidence::workings;", 0);
    check(rule, "src/commands/workings.rs", "use crate::evidence::market;", 1);
    check(rule, "src/new/mod.rs", "use crate::sources;", 1);
}

/// Every path that a file names, as it is written, with its line; tests do not count.
pub(super) fn paths(file: &Source) -> Vec<(usize, Vec<String>)> {
    let mut finder = Finder { module: file.module(), named: Vec::new() };
    finder.visit_file(&file.syntax);
    finder.named.into_iter().map(|(line, _, parts)| (line, parts)).collect()
}

/// Complaints about names that a file may not use.
fn rule(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let mut finder = Finder { module: file.module(), named: Vec::new() };
        finder.visit_file(&file.syntax);
        for (line, here, parts) in finder.named {
            let Some(named) = resolve(here, &parts) else {
                continue;
            };
            if !is_allowed(&file.module(), &named) {
                complaints.push(format!(
                    "{}:{line}: `{}` may not name `crate::{}`",
                    file.path,
                    file.module_name(),
                    named.join("::"),
                ));
            }
        }
    }
    complaints
}

/// The path from the root of the crate, if it is one of this crate.
fn resolve(mut here: Vec<String>, parts: &[String]) -> Option<Vec<String>> {
    let is_root = here.is_empty();
    let first = parts.first()?.as_str();
    match first {
        "crate" | "placewise" => here.clear(),
        "self" | "super" => {}
        // In the root, a path may begin with the name of a module.
        first if is_root && MAY_NAME.iter().any(|(module, _)| *module == first) => {}
        _ => return None,
    }
    for part in parts {
        match part.as_str() {
            "crate" | "placewise" | "self" => {}
            "super" => {
                here.pop();
            }
            part => here.push(part.to_owned()),
        }
    }
    Some(here)
}

fn is_allowed(module: &[String], named: &[String]) -> bool {
    let begins = |path: &[String], with: &str| {
        let with: Vec<&str> = with.split("::").filter(|part| !part.is_empty()).collect();
        path.len() >= with.len() && path.iter().zip(&with).all(|(a, b)| a == b)
    };
    let entry = MAY_NAME
        .iter()
        .filter(|(key, _)| match key.is_empty() {
            true => module.is_empty(),
            false => begins(module, key),
        })
        .max_by_key(|(key, _)| key.len());
    let Some((key, allowed)) = entry else {
        return false;
    };
    // A file may name what is in its own module, and the crate root what is in the root itself.
    let own = !key.is_empty() && begins(named, key);
    own || allowed.iter().any(|allowed| begins(named, allowed))
}

/// Finds every path of a file.
struct Finder {
    /// The module it is in.
    module: Vec<String>,
    /// Lines, the modules they are in, and the paths.
    named: Vec<(usize, Vec<String>, Vec<String>)>,
}

impl Finder {
    fn note(&mut self, line: usize, parts: &[String]) {
        self.named.push((line, self.module.clone(), parts.to_vec()));
    }

    fn use_tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.use_tree(&path.tree, before);
                before.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(tree, before);
                }
            }
            syn::UseTree::Glob(glob) => {
                self.note(glob.star_token.spans[0].start().line, before);
            }
            syn::UseTree::Name(syn::UseName { ident })
            | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                before.push(ident.to_string());
                self.note(ident.span().start().line, before);
                before.pop();
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !super::attributes(item).is_some_and(is_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&item.tree, &mut Vec::new());
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.note(line, &parts);
        visit::visit_path(self, path);
    }

    /// The inside of a macro is no syntax yet; its paths are found among its tokens.
    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        self.visit_path(&found.path);
        let tokens = flat(found.tokens.clone());
        let mut at = 0;
        while at < tokens.len() {
            let (parts, next) = path_at(&tokens, at);
            if parts.len() > 1 {
                self.note(tokens[at].span().start().line, &parts);
            }
            at = next;
        }
    }
}

/// The path that begins at a token, and where the tokens after it begin.
fn path_at(tokens: &[TokenTree], begin: usize) -> (Vec<String>, usize) {
    let mut parts = Vec::new();
    let mut at = begin;
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        parts.push(name.to_string());
        at += 1;
        let colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
        if !(colon(at) && colon(at + 1)) {
            break;
        }
        at += 2;
    }
    (parts, at.max(begin + 1))
}
