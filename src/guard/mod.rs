//! What no file of a site may hold: details of single people, private e-mail addresses where a
//! role belongs, and small numbers of people typed into a text (disclosure §10).
//!
//! Every file is searched as it stands, with its comments, its name and what a spreadsheet hides.
//! What is found is never quoted. A place that is no such thing may be excepted, by name and with
//! a reason, in `data/disclosure.yaml`; the exceptions that were used are a list of their own, for
//! the private report. Start reading at [`search`].

mod columns;
mod counts;
mod details;
mod exceptions;
mod fields;
mod places;
mod typed;

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::sources::{SourceSet, Span};

pub use columns::refuse;
pub use exceptions::{Exception, RawException};

/// A rule of the guard from which a place may be excepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// No NHS numbers.
    NhsNumber,
    /// No national insurance numbers.
    InsuranceNumber,
    /// No days of birth.
    DateOfBirth,
    /// No e-mail addresses that name a person or are private.
    PersonalEmail,
    /// No typed number of people below the threshold.
    SmallNumber,
}

impl Rule {
    /// All rules by the names that exceptions use.
    pub const ALL: [(&'static str, Rule); 5] = [
        ("nhs-number", Rule::NhsNumber),
        ("ni-number", Rule::InsuranceNumber),
        ("date-of-birth", Rule::DateOfBirth),
        ("personal-email", Rule::PersonalEmail),
        ("small-number", Rule::SmallNumber),
    ];

    /// The name that exceptions use.
    pub fn id(self) -> &'static str {
        Rule::ALL.iter().find(|(_, rule)| *rule == self).map_or("", |(id, _)| id)
    }
}

/// What the site asks for in typed numbers of people.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Numbers below this one may not be typed: the threshold of the disclosure profile.
    pub threshold: u32,
    /// Whether the site is live, so that they are errors and not warnings.
    pub is_live: bool,
}

/// What the guard says of a site.
#[derive(Debug, Default)]
pub struct Guarded {
    /// What must not be there, and what is wrong with exceptions.
    pub diagnostics: Vec<Diagnostic>,
    /// The exceptions that were used, in the order of the file.
    pub exceptions: Vec<Exception>,
}

/// Searches every file of `data/`, `content/` and `themes/`.
pub fn search(sources: &SourceSet, bounds: Bounds) -> Guarded {
    let mut findings = details::find(sources);
    findings.extend(typed::find(sources, bounds));
    let mut guarded = Guarded::default();
    let left = exceptions::apply(sources, findings, &mut guarded);
    guarded.diagnostics.extend(left.into_iter().map(|finding| finding.told(sources)));
    guarded.diagnostics.extend(details::in_names(sources));
    guarded.diagnostics.extend(columns::find(sources));
    guarded
}

/// A place at which a rule is broken.
#[derive(Clone, Debug)]
struct Finding {
    rule: Rule,
    severity: Severity,
    span: Span,
}

impl Finding {
    fn told(&self, sources: &SourceSet) -> Diagnostic {
        let in_people = sources.get(self.span.source).is_sensitive();
        let (code, words, label) = match (self.rule, in_people) {
            (Rule::SmallNumber, _) => (
                Code::SmallNumberTyped,
                "a small number of people is typed here",
                "may point to somebody",
            ),
            (Rule::PersonalEmail, false) => (
                Code::PersonalEmail,
                "this e-mail address names a person, or is a private one",
                "the mailbox of a role belongs here",
            ),
            (rule, _) => (Code::PersonalData, details::words(rule), "must not be in this folder"),
        };
        let message = match code {
            Code::PersonalData => format!("{words} stands here"),
            _ => words.to_owned(),
        };
        let way = match code {
            Code::SmallNumberTyped => {
                "quote a published figure, such as {{ figure(of=\"gap.people\") }}, or say it \
                 without a number"
            }
            Code::PersonalEmail => "write the mailbox of a team, such as placements@example.org",
            _ => "remove it, here and from earlier versions of the file; use a pseudonym as id",
        };
        let exception = format!(
            "if it may stand: add it to the exceptions in data/disclosure.yaml, with `rule: {}`",
            self.rule.id()
        );
        Diagnostic { severity: self.severity, ..Diagnostic::error(code, message) }
            .at(self.span)
            .label(label)
            .help(way)
            .help(exception)
    }
}
