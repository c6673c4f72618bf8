//! Nothing grows until nobody reads it.

use syn::visit::{self, Visit};

use super::{Source, check, expect_none, is_test, lines, sources, without_test_files};

/// Lines of a file without its tests. When a file nears it, a noun moves out.
const FILE: usize = 300;
const FUNCTION: usize = 60;
const LINE: usize = 100;
const ARGUMENTS: usize = 6;

#[test]
fn files_functions_lines_and_arguments_are_few() {
    expect_none(&rule(&sources()));
}

#[test]
fn what_is_too_long_is_found() {
    let check = |text: &str, faults| check(rule, "src/a.rs", text, faults);
    check(&"fn f() {}\n".repeat(FILE), 0);
    check(&"fn f() {}\n".repeat(FILE + 1), 1);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(FILE));
    check(&tests, 0);
    check(&format!("fn f() {{\n{}}}", "\n".repeat(FUNCTION - 2)), 0);
    check(&format!("fn f() {{\n{}}}", "\n".repeat(FUNCTION - 1)), 1);
    let method = format!("impl A {{ fn f() {{\n{}}} }}", "let a = 1;\n".repeat(FUNCTION));
    check(&method, 1);
    check(&format!("// {}", "é".repeat(LINE - 3)), 0);
    check(&format!("// {}", "é".repeat(LINE - 2)), 1);
    check("fn f(a: A, b: A, c: A, d: A, e: A, f: A) {}", 0);
    check("fn f(a: A, b: A, c: A, d: A, e: A, f: A, g: A) {}", 1);
}

#[test]
fn files_of_tests_may_be_long() {
    let long = "fn f() {}\n".repeat(FILE + 1);
    let check = |declared: &str, faults| {
        let files = without_test_files(vec![
            Source::made_up("src/a/mod.rs", declared),
            Source::made_up("src/a/tests.rs", &long),
            Source::made_up("src/a/tests/loader.rs", &long),
        ]);
        assert_eq!(rule(&files).len(), faults, "{declared}");
    };
    check("#[cfg(test)] mod tests;", 0);
    check("mod tests;", 2);
    check("#[cfg(unix)] mod tests;", 2);
}

fn rule(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let count = file.lines_without_tests();
        if count > FILE {
            complaints
                .push(format!("{}: {count} lines without tests, more than {FILE}", file.path));
        }
        for (at, line) in file.text.lines().enumerate() {
            if line.chars().count() > LINE {
                complaints.push(format!("{}:{}: longer than {LINE} characters", file.path, at + 1));
            }
        }
        let mut finder = Finder { path: &file.path, complaints: &mut complaints };
        finder.visit_file(&file.syntax);
    }
    complaints
}

struct Finder<'a> {
    path: &'a str,
    complaints: &'a mut Vec<String>,
}

impl Finder<'_> {
    fn function(&mut self, signature: &syn::Signature, body: Option<&syn::Block>) {
        let name = &signature.ident;
        let line = name.span().start().line;
        let length = body.map_or(0, |body| {
            let end = body.brace_token.span.close().end().line;
            end + 1 - line
        });
        if length > FUNCTION {
            self.complaints.push(format!(
                "{}:{line}: `{name}` has {length} lines, more than {FUNCTION}",
                self.path
            ));
        }
        let arguments = signature
            .inputs
            .iter()
            .filter(|argument| matches!(argument, syn::FnArg::Typed(_)))
            .count();
        if arguments > ARGUMENTS {
            self.complaints.push(format!(
                "{}:{line}: `{name}` takes {arguments} arguments, more than {ARGUMENTS}",
                self.path
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !super::attributes(item).is_some_and(is_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig, Some(&function.block));
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig, Some(&function.block));
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        self.function(&function.sig, function.default.as_ref());
        visit::visit_trait_item_fn(self, function);
    }
}

#[test]
fn lines_are_counted_from_first_to_last() {
    let file = Source::made_up("src/a.rs", "fn f() {\n\n}\n");
    assert_eq!(lines(&file.syntax.items[0]), 3);
}
