//! Pages that every site must have: accessibility, privacy, page not found.

use serde::Serialize;

use super::address::Address;
use super::frame::{ContactView, Head};
use super::words::{Day, counted, long_date};
use super::{Material, view};
use crate::evidence::disclosure::{Accessibility, Compliance, Enforcement, IssueReason};

/// The accessibility statement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct AccessibilityPage {
    #[serde(flatten)]
    pub head: Head,
    pub compliance_text: String,
    pub issues: Vec<IssueGroup>,
    pub alternatives: String,
    pub contact: ContactView,
    pub response_text: String,
    pub enforcement_text: &'static str,
    pub prepared: Day,
    pub reviewed: Day,
    pub tested: Option<String>,
}
view!(AccessibilityPage, "accessibility.html");

/// Issues of one of the three kinds that the regulations name.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the list")]
pub struct IssueGroup {
    pub group: &'static str,
    pub items: Vec<Issue>,
}

/// Something that is not accessible.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `AccessibilityIssue`")]
pub struct Issue {
    pub what: String,
    pub criterion: Option<String>,
    pub plan: Option<String>,
}

/// Makes the accessibility statement (SI 2018/952, regulation 8) from the settings.
pub fn accessibility(material: Material, at: &Address) -> AccessibilityPage {
    let facts = &material.publication.settings().accessibility;
    let about = "How accessible this website is, what is not accessible, and whom to tell.";
    let grade = match facts.compliance {
        Compliance::Fully => "fully compliant with",
        Compliance::Partially => "partially compliant with",
        Compliance::Not => "not compliant with",
    };
    let because = match (facts.compliance, facts.issues.is_empty()) {
        (Compliance::Fully, _) | (_, true) => "",
        _ => " What is not accessible is listed below.",
    };
    AccessibilityPage {
        head: Head::new(material, at, "Accessibility statement", about, &[]),
        compliance_text: format!(
            "This website is {grade} the Web Content Accessibility Guidelines version 2.2, level \
             AA.{because}"
        ),
        issues: issue_groups(facts),
        alternatives: facts.alternatives.clone(),
        contact: ContactView::from(&facts.contact),
        response_text: format!(
            "We answer within {}.",
            counted(facts.response_days as usize, "working day", "working days")
        ),
        enforcement_text: match facts.enforcement {
            Enforcement::EqualityAndHumanRightsCommission => {
                "The Equality and Human Rights Commission (EHRC) enforces the accessibility \
                 regulations. If you are not happy with how we answer, contact the Equality \
                 Advisory and Support Service (EASS)."
            }
            Enforcement::EqualityCommissionNorthernIreland => {
                "The Equality Commission for Northern Ireland (ECNI) enforces the accessibility \
                 regulations. If you are not happy with how we answer, contact the ECNI."
            }
        },
        prepared: facts.prepared.into(),
        reviewed: facts.reviewed.into(),
        tested: facts.tested.as_ref().map(|test| {
            let how = test.how.trim().trim_end_matches('.');
            format!("It rests on a test by {} on {}: {how}.", test.by, long_date(test.date))
        }),
    }
}

fn issue_groups(facts: &Accessibility) -> Vec<IssueGroup> {
    [
        (IssueReason::NonCompliance, "Not compliant with the accessibility regulations"),
        (IssueReason::DisproportionateBurden, "Disproportionate burden"),
        (IssueReason::OutOfScope, "Not within the scope of the accessibility regulations"),
    ]
    .into_iter()
    .map(|(reason, group)| IssueGroup {
        group,
        items: facts
            .issues
            .iter()
            .filter(|issue| issue.reason == reason)
            .map(|issue| Issue {
                what: issue.what.clone(),
                criterion: issue.criterion.clone(),
                plan: issue.plan.clone(),
            })
            .collect(),
    })
    .filter(|group| !group.items.is_empty())
    .collect()
}

/// The privacy page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Privacy {
    #[serde(flatten)]
    pub head: Head,
    pub paragraphs: Vec<&'static str>,
}
view!(Privacy, "privacy.html");

/// Makes the privacy page.
pub fn privacy(material: Material, at: &Address) -> Privacy {
    let about = "This website sets no cookies and collects nothing about you.";
    Privacy {
        head: Head::new(material, at, "Privacy", about, &[]),
        paragraphs: vec![
            "It stores nothing on your device and loads nothing from other websites. It has no \
             forms and no accounts.",
            "The computer that sends you the pages may keep a record of requests, as all web \
             servers do. Ask us if you want to know for how long.",
            "Figures about people who use services are protected before they are published. The \
             page “What was withheld and why” says how.",
        ],
    }
}

/// The page for addresses that do not exist.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct NotFound {
    #[serde(flatten)]
    pub head: Head,
    pub contact: ContactView,
}
view!(NotFound, "not_found.html");

/// Makes the page for addresses that do not exist. It has no breadcrumbs.
pub fn not_found(material: Material, at: &Address) -> NotFound {
    let mut head = Head::new(material, at, "Page not found", "This page does not exist.", &[]);
    head.breadcrumbs.clear();
    NotFound { head, contact: ContactView::from(&material.publication.settings().contact) }
}
