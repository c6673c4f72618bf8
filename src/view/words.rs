//! Words for values: dates, numbers, kinds of things. One place, so that they read alike.

use jiff::civil::Date;
use serde::Serialize;

use crate::evidence::disclosure::{
    Address as Postal, AgeRange, AreaKind, Contract, GenderTaken, Measure, PublicVacancies, Rating,
    Sector, Status,
};

/// A date for machines and for people.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// `2026-10-31`.
    pub iso: String,
    /// `31 October 2026`.
    pub text: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day { iso: date.to_string(), text: long_date(date) }
    }
}

/// `31 October 2026`.
pub fn long_date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS[(date.month() - 1) as usize];
    format!("{} {month} {}", date.day(), date.year())
}

/// `1,240`.
pub fn thousands(value: u32) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 service`, `12 services`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count as u32), if count == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// Kind of organisation.
pub fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Nhs => "NHS",
        Sector::Independent => "Independent",
        Sector::Voluntary => "Voluntary or community",
        Sector::LocalAuthority => "Council",
    }
}

/// Kind of area.
pub fn area_kind(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Region => "Region",
        AreaKind::Icb => "Integrated care board",
        AreaKind::Place => "Place",
    }
}

/// What a service at a level is local to.
pub fn scope(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Region => "the whole region",
        AreaKind::Icb => "the whole area of an integrated care board",
        AreaKind::Place => "one place",
    }
}

/// Why a service takes nobody at present; nothing when it is open.
pub fn closed(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => None,
        Status::Inactive => Some("Not taking people at present"),
        Status::Defunct => Some("Closed"),
        Status::TemporarilyClosed => Some("Closed for a time"),
    }
}

/// The regulator's rating.
pub fn rating(rating: Option<Rating>) -> &'static str {
    match rating {
        Some(Rating::Outstanding) => "Outstanding",
        Some(Rating::Good) => "Good",
        Some(Rating::RequiresImprovement) => "Requires improvement",
        Some(Rating::Inadequate) => "Inadequate",
        None => "Not rated",
    }
}

/// Whom a service takes; children are not called men and women.
pub fn gender(gender: GenderTaken, ages: Option<AgeRange>) -> &'static str {
    let children = ages.is_some_and(|ages| ages.max < 18);
    match gender {
        GenderTaken::Any => "Any gender",
        GenderTaken::Female if children => "Girls",
        GenderTaken::Male if children => "Boys",
        GenderTaken::Female => "Women",
        GenderTaken::Male => "Men",
    }
}

/// `Ages 18 to 64`, `Ages 65 and over`.
pub fn ages(ages: AgeRange) -> String {
    match (ages.min, ages.max) {
        (0, max) if max >= 100 => "All ages".to_owned(),
        (min, max) if max >= 100 => format!("Ages {min} and over"),
        (min, max) => format!("Ages {min} to {max}"),
    }
}

/// How a service is paid.
pub fn contract(contract: Contract) -> &'static str {
    match contract {
        Contract::Block => "Block contract",
        Contract::Framework => "Framework",
        Contract::Spot => "Spot purchase",
        Contract::CostAndVolume => "Cost and volume",
        Contract::Grant => "Grant",
    }
}

/// What may be told of free places; nothing when the provider has not stated it.
pub fn vacancies(vacancies: PublicVacancies) -> Option<String> {
    Some(match vacancies {
        PublicVacancies::Exact(0) | PublicVacancies::Band(_, Some(0)) => {
            "No places free".to_owned()
        }
        PublicVacancies::Exact(1) => "1 place free".to_owned(),
        PublicVacancies::Exact(count) => format!("{count} places free"),
        PublicVacancies::Band(low, Some(high)) => format!("{low} to {high} places free"),
        PublicVacancies::Band(low, None) => format!("{low} or more places free"),
        PublicVacancies::Any(true) => "Some places free, number not given".to_owned(),
        PublicVacancies::Any(false) => "No places free".to_owned(),
        PublicVacancies::NotStated => return None,
    })
}

/// An address on one line; nothing when no part is known.
pub fn postal(address: &Postal) -> Option<String> {
    let mut parts: Vec<&str> = address.lines.iter().map(String::as_str).collect();
    parts.extend(address.city.as_deref());
    parts.extend(address.postcode.as_deref());
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What a measure counts, in a sentence.
pub fn meaning(measure: Measure) -> &'static str {
    match measure {
        Measure::Away => "Everybody on the lists. Where only a range is known, its middle counts.",
        Measure::AwayAppropriately => {
            "Away by choice, for safety, because of an offence, near a relative, or taken ill \
             elsewhere."
        }
        Measure::Need => "Placed away, less those away for a good reason.",
        Measure::Matched => {
            "The most people who could move at once to places that are free or open soon."
        }
        Measure::Gap => "Could come home, less those who could move to such a place.",
        Measure::GapLow => {
            "The fewest people of the gap, if every blank in the facts is read hopefully and the \
             group comes first."
        }
        Measure::GapHigh => {
            "The most people of the gap, if every blank in the facts is read cautiously and the \
             group comes last."
        }
        Measure::Services => "Services that are open.",
        Measure::Providers => "Providers with an open service.",
        Measure::RegisteredBeds => {
            "Beds for which open services are registered, as stated or as on the register."
        }
        Measure::Places => "Beds and places in use, of open services that state them.",
        Measure::VacantPlaces => "Free places of open services, as providers last stated them.",
        Measure::OccupiedLocally => "Local people living in open local services.",
        Measure::OccupiedByOthers => "People from elsewhere living in open local services.",
        Measure::Occupancy => {
            "People living in services for each hundred places, from the figures \
                               shown."
        }
    }
}

/// A file size: `850 bytes`, `12 KB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(counted(1, "service", "services"), "1 service");
        let words: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(joined(&words, "and"), "a, b and c");
        assert_eq!(ages(AgeRange { min: 65, max: 120 }), "Ages 65 and over");
        assert_eq!(size(12_001), "13 KB");
    }
}
