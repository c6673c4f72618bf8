//! Numbers, days of birth and addresses of single people, in texts and in names of files.

use std::collections::BTreeSet;

use super::{Finding, Rule};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::sources::{PersonalKind, Source, SourceId, SourceSet, Span, personal_details};

/// Every place in the texts of a site that tells of a single person.
pub(super) fn find(sources: &SourceSet) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, source) in searched(sources) {
        let is_part = source.sheet().is_some_and(|sheet| sheet.is_part);
        for detail in personal_details(source.text(), source.path()) {
            // Spreadsheets write down who worked on them; that is nobody of the list.
            if is_part && detail.kind == PersonalKind::Email {
                continue;
            }
            found.push(Finding {
                rule: rule_of(detail.kind),
                severity: Severity::Error,
                span: Span::new(id, detail.range),
            });
        }
    }
    found
}

/// Names of files, folders and sheets that tell of a single person. They can be changed, so there
/// are no exceptions from this.
pub(super) fn in_names(sources: &SourceSet) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (id, source) in searched(sources) {
        let path = source.site_path();
        for detail in personal_details(path, "") {
            let after = &path[detail.range.end..];
            let end = after.find('/').map_or(path.len(), |at| detail.range.end + at);
            if told.insert(path[..end].to_owned()) {
                let thing = if end == path.len() { "file" } else { "folder" };
                found.push(in_name(detail.kind, thing, id));
            }
        }
        let name = source.sheet().map_or("", |sheet| &sheet.name);
        found.extend(personal_details(name, "").iter().map(|it| in_name(it.kind, "sheet", id)));
    }
    found
}

fn in_name(kind: PersonalKind, thing: &str, id: SourceId) -> Diagnostic {
    let words = words(rule_of(kind));
    Diagnostic::error(Code::PersonalData, format!("{words} is part of the name of this {thing}"))
        .at(Span::start_of(id))
        .label(format!("the {thing} must have another name"))
        .help(format!("rename the {thing}, here and in earlier versions"))
}

fn searched(sources: &SourceSet) -> impl Iterator<Item = (SourceId, &Source)> {
    sources.under("content/").chain(sources.under("data/")).chain(sources.under("themes/"))
}

fn rule_of(kind: PersonalKind) -> Rule {
    match kind {
        PersonalKind::NhsNumber => Rule::NhsNumber,
        PersonalKind::InsuranceNumber => Rule::InsuranceNumber,
        PersonalKind::DateOfBirth => Rule::DateOfBirth,
        PersonalKind::Email => Rule::PersonalEmail,
    }
}

/// What a rule keeps out, with its article.
pub(super) fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::NhsNumber => "an NHS number",
        Rule::InsuranceNumber => "a national insurance number",
        Rule::DateOfBirth => "a date of birth",
        Rule::PersonalEmail => "an e-mail address",
        Rule::SmallNumber => "a small number of people",
    }
}
