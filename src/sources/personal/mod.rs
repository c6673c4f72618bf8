//! What in a text tells of single people: NHS numbers, national insurance numbers, days of birth,
//! e-mail addresses of persons.
//!
//! The text is searched as it stands, so that comments and rows that cannot be read are searched
//! too. Places are found here; what becomes of them is for `guard` (to refuse) and `diagnostics`
//! (to mask).

mod births;
mod email;
mod insurance;
mod nhs;
mod separators;
#[cfg(test)]
mod tests;

use std::ops::Range;

/// What a place tells of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// Ten digits with a right check digit.
    NhsNumber,
    /// Two letters, six digits and a letter.
    InsuranceNumber,
    /// A day of birth that says so.
    DateOfBirth,
    /// An address that names a person, or a private one.
    Email,
}

/// A place that tells of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalDetail {
    /// The bytes.
    pub range: Range<usize>,
    /// What they tell.
    pub kind: PersonalKind,
}

/// Every place of a text that tells of a person, in order; no two of them overlap.
///
/// `path` is the file that the text is from: in files about people, numbers are taken more
/// strictly than in others, where some keys hold the numbers of organisations and telephones.
pub fn personal_details(text: &str, path: &str) -> Vec<PersonalDetail> {
    let of = |kind| move |range| PersonalDetail { range, kind };
    let mut found: Vec<PersonalDetail> = Vec::new();
    found.extend(nhs::find(text, path).into_iter().map(of(PersonalKind::NhsNumber)));
    found.extend(insurance::find(text).into_iter().map(of(PersonalKind::InsuranceNumber)));
    found.extend(births::find(text, path).into_iter().map(of(PersonalKind::DateOfBirth)));
    found.extend(email::find(text, path).into_iter().map(of(PersonalKind::Email)));
    found.sort_by_key(|detail| (detail.range.start, detail.kind));
    let mut end = 0;
    found.retain(|detail| {
        let is_new = detail.range.start >= end;
        end = end.max(detail.range.end);
        is_new
    });
    found
}

/// The text with every place that tells of a person replaced by `mark`.
pub fn without_personal_details(text: &str, mark: &str) -> String {
    let mut shown = text.to_owned();
    for detail in personal_details(text, "").into_iter().rev() {
        shown.replace_range(detail.range, mark);
    }
    shown
}

/// Whether the file is about people, so that no other numbers belong into it.
fn is_about_people(path: &str) -> bool {
    super::is_sensitive_path(path)
}
