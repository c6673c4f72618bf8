//! The facts of the accessibility statement, from `site.yaml`.

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;
use crate::sources::Span;

use super::super::provider::Contact;
use super::super::record::site::{RawAccessibility, RawSite};
use super::super::settings::{
    Accessibility, AccessibilityIssue, Compliance, Enforcement, IssueReason, Tested,
};
use super::check::{Check, plain};
use super::settings::contact;

/// The facts of the accessibility statement; the three the law cannot do without must be there.
pub(super) fn read(check: &mut Check, raw: &RawSite) -> Option<Accessibility> {
    let Some(block) = &raw.accessibility else {
        check.push(
            Diagnostic::error(Code::AccessibilityIncomplete, "there is no accessibility statement")
                .at(Span::start_of(check.id))
                .help("add `accessibility:` with compliance, prepared and contact"),
        );
        return None;
    };
    let at = block.span(check.id);
    let at = Span { end: at.start, ..at };
    let facts = &block.value;
    let grades = [
        ("fully", Compliance::Fully),
        ("partially", Compliance::Partially),
        ("not", Compliance::Not),
    ];
    let compliance = check.word("grade of compliance", facts.compliance.as_ref(), &grades);
    let prepared = check.date(facts.prepared.as_ref());
    let reviewed = check.date(facts.reviewed.as_ref());
    check.in_order(("prepared", prepared), ("reviewed", reviewed, facts.reviewed.as_ref()));
    let contact = contact(check, facts.contact.as_ref());
    let issues = issues(check, raw);
    refuse_incomplete(check, at, facts, &contact);
    if issues.is_empty() && matches!(compliance, Some(Compliance::Partially | Compliance::Not)) {
        let missing = "`issues`, although the site does not fully comply";
        let help = "list under `issues:` what is not accessible, with its reason";
        incomplete(check, at, missing, help);
    }
    let tested = facts.tested.as_ref().and_then(|test| {
        let date = check.date(Some(&test.date))?;
        Some(Tested { date, by: test.by.value.clone(), how: test.how.value.clone() })
    });
    Some(Accessibility {
        compliance: compliance?,
        prepared: prepared?,
        reviewed: reviewed.or(prepared)?,
        tested,
        issues,
        alternatives: plain(facts.alternatives.as_ref()).unwrap_or_else(|| {
            "Tell us if you need this content in another form, such as large print, easy read or \
             a recording."
                .to_owned()
        }),
        contact,
        response_days: check
            .count_in("response_days", facts.response_days.as_ref(), 1..=60)
            .unwrap_or(10),
        enforcement: enforcement(check, facts.enforcement.as_ref()),
    })
}

fn incomplete(check: &mut Check, at: Span, missing: &str, help: &str) {
    check.push(
        Diagnostic::error(
            Code::AccessibilityIncomplete,
            format!("the accessibility statement lacks {missing}"),
        )
        .at(at)
        .help(help),
    );
}

fn refuse_incomplete(check: &mut Check, at: Span, facts: &RawAccessibility, contact: &Contact) {
    if facts.compliance.is_none() {
        let help = "write `compliance: fully`, `partially` or `not`";
        incomplete(check, at, "`compliance`", help);
    }
    if facts.prepared.is_none() {
        let help = "write `prepared:` and the day on which it was prepared";
        incomplete(check, at, "`prepared`", help);
    }
    if contact.email.is_none() && contact.phone.is_none() {
        let help = "write `contact: {email: ...}`, so that people can tell you about problems";
        incomplete(check, at, "a `contact` with e-mail or phone", help);
    }
}

/// Who sees to it that the law is kept, by the part of the country.
fn enforcement(check: &mut Check, part: Option<&Text>) -> Enforcement {
    let enforcers = [
        ("england", Enforcement::EqualityAndHumanRightsCommission),
        ("scotland", Enforcement::EqualityAndHumanRightsCommission),
        ("wales", Enforcement::EqualityAndHumanRightsCommission),
        ("northern-ireland", Enforcement::EqualityCommissionNorthernIreland),
    ];
    check.word("part of the United Kingdom", part, &enforcers).unwrap_or_default()
}

fn issues(check: &mut Check, raw: &RawSite) -> Vec<AccessibilityIssue> {
    let reasons = [
        ("non-compliance", IssueReason::NonCompliance),
        ("disproportionate-burden", IssueReason::DisproportionateBurden),
        ("out-of-scope", IssueReason::OutOfScope),
    ];
    let block = raw.accessibility.as_ref().and_then(|block| block.value.issues.as_ref());
    let mut issues = Vec::new();
    for issue in block.into_iter().flatten() {
        if let Some(reason) = check.word("reason", Some(&issue.reason), &reasons) {
            issues.push(AccessibilityIssue {
                what: issue.what.value.clone(),
                criterion: plain(issue.criterion.as_ref()),
                reason,
                plan: plain(issue.plan.as_ref()),
            });
        }
    }
    issues
}
