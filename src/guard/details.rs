//! Numbers, days of birth and addresses of single people, in texts and in names of files.

use std::collections::BTreeSet;

use super::{Finding, Rule};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::sources::{PersonalKind, Source, SourceId, SourceSet, Span, personal_details};

/// Every place in the texts of a site that tells of a single person.
pub(super) fn find(sources: &SourceSet) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, source) in searched(sources) {
        let mut tell = |span: Span, kind: PersonalKind, in_sheet_name: bool| {
            let rule = rule_of(kind);
            found.push(Finding { rule, severity: Severity::Error, span, in_sheet_name });
        };
        let is_part = source.sheet().is_some_and(|sheet| sheet.is_part);
        for detail in personal_details(source.text(), source.path()) {
            // Spreadsheets write down who worked on them; that is nobody of the list.
            if is_part && detail.kind == PersonalKind::Email {
                continue;
            }
            tell(Span::new(id, detail.range), detail.kind, false);
        }
        if let Some(sheet) = source.sheet() {
            for detail in personal_details(&sheet.name, "") {
                tell(Span::start_of(id), detail.kind, true);
            }
        }
    }
    found
}

/// Names of files and folders that tell of a single person. They can be changed, so there are no
/// exceptions from this.
pub(super) fn in_names(sources: &SourceSet) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (id, source) in searched(sources) {
        for detail in personal_details(source.site_path(), "") {
            let name = source.site_path();
            let end =
                name[detail.range.end..].find('/').map_or(name.len(), |at| detail.range.end + at);
            if told.insert(name[..end].to_owned()) {
                let kind = if end == name.len() { "file" } else { "folder" };
                let words = words(rule_of(detail.kind));
                found.push(
                    Diagnostic::error(
                        Code::PersonalData,
                        format!("{words} is part of the name of this {kind}"),
                    )
                    .at(Span::start_of(id))
                    .label(format!("in a {kind} that must have another name"))
                    .help(format!("rename the {kind}, here and in earlier versions")),
                );
            }
        }
    }
    found
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
