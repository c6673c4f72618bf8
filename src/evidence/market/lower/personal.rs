//! Personal details, which no file of placements may hold.

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Source, SourceId, Span};

/// Keys and columns that would hold personal details.
const PERSONAL: [&str; 14] = [
    "name",
    "first_name",
    "surname",
    "forename",
    "last_name",
    "nhs_number",
    "nhs",
    "nhs_no",
    "date_of_birth",
    "dob",
    "birth_date",
    "address",
    "postcode",
    "phone",
];

/// An unknown key that names personal details is not a slip of the keyboard.
pub(super) fn misread(id: SourceId, source: &Source, diagnostic: Diagnostic) -> Diagnostic {
    let span = diagnostic.span.unwrap_or(Span::start_of(id));
    let key = source.text().get(span.range()).unwrap_or_default();
    match diagnostic.code == Code::UnknownKey && is_named_by(key) {
        true => refuse(key, span),
        false => diagnostic,
    }
}

pub(super) fn is_named_by(name: &str) -> bool {
    let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
    PERSONAL.contains(&plain.as_str())
}

pub(super) fn refuse(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::PersonalData, format!("`{}` would hold personal details", name.trim()))
        .at(span)
        .label("must not be in this folder")
        .help("remove it, here and from earlier versions of the file; the id is a pseudonym")
}
