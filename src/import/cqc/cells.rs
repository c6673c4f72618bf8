//! One function for each kind of cell: what may be taken from it, and what must be reported.

use super::decode::{looks_like_mojibake, repair_mojibake};

/// What a cell gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading<T> {
    /// The value, or nothing when it is unknown or was rejected.
    pub(super) value: Option<T>,
    /// Rule that repaired or rejected the cell, with what was taken or is proposed instead.
    pub(super) notes: Vec<(&'static str, String)>,
}

impl<T> Reading<T> {
    /// An empty cell.
    pub(super) fn unknown() -> Reading<T> {
        Reading { value: None, notes: Vec::new() }
    }

    /// A value as it stands.
    pub(super) fn plain(value: T) -> Reading<T> {
        Reading { value: Some(value), notes: Vec::new() }
    }

    /// No value, by a rule.
    pub(super) fn rejected(rule: &'static str) -> Reading<T> {
        Reading { value: None, notes: vec![(rule, String::new())] }
    }
}

impl Reading<String> {
    /// Another value than stands there, by a rule.
    pub(super) fn repaired(rule: &'static str, value: String) -> Reading<String> {
        Reading { notes: vec![(rule, value.clone())], value: Some(value) }
    }

    /// The value as it stands, or a note that its spelling changed.
    pub(super) fn spelled(before: &str, value: String, rule: &'static str) -> Reading<String> {
        match value == before {
            true => Reading::plain(value),
            false => Reading::repaired(rule, value),
        }
    }
}

/// A name or another free text: one line, single spaces, no control characters. Markup stays text.
pub(super) fn text(raw: &str) -> Reading<String> {
    if raw.is_empty() {
        return Reading::unknown();
    }
    if is_clean(raw) {
        return Reading::plain(raw.to_owned());
    }
    let mut rules = Vec::new();
    let mut text = raw.to_owned();
    if !raw.is_ascii() && looks_like_mojibake(raw) {
        text = repair_mojibake(raw).unwrap_or(text);
        rules.push(match text == raw {
            true => "text-mojibake-kept",
            false => "text-mojibake",
        });
    }
    if text.contains('\u{A0}') {
        rules.push("text-nbsp");
        text = text.replace('\u{A0}', " ");
    }
    if text.chars().any(is_invisible) {
        rules.push("text-control");
        text.retain(|c| !is_invisible(c));
    }
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced != text {
        rules.push("text-spaces");
    }
    let notes = rules.into_iter().map(|rule| (rule, spaced.clone())).collect();
    Reading { value: Some(spaced).filter(|text| !text.is_empty()), notes }
}

/// Whether nothing can be wrong with a text: the common case, told without copying it.
fn is_clean(text: &str) -> bool {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    printable && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ")
}

/// Control characters other than white space, and marks that hide or turn text around.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A postcode, as `AAN NAA`.
pub(super) fn postcode(raw: &str) -> Reading<String> {
    if raw.trim().is_empty() {
        return Reading::unknown();
    }
    let packed: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let packed = packed.to_ascii_uppercase();
    let shape: String = packed.chars().map(letter_or_digit).collect();
    let outward = shape.strip_suffix("9AA").unwrap_or_default();
    match outward {
        "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A" => {
            let (outward, inward) = packed.split_at(outward.len());
            Reading::spelled(raw, format!("{outward} {inward}"), "postcode-normalised")
        }
        _ => Reading::rejected("postcode-invalid"),
    }
}

fn letter_or_digit(c: char) -> char {
    match c {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        _ => '?',
    }
}

/// A telephone number: digits with their leading 0, which spreadsheets drop.
pub(super) fn phone(raw: &str) -> Reading<String> {
    if raw.trim().is_empty() {
        return Reading::unknown();
    }
    let packed: String = raw.chars().filter(|c| !" \u{A0}()-.".contains(*c)).collect();
    let national = packed.strip_prefix("+44").or(packed.strip_prefix("0044"));
    let digits =
        national.map_or(packed.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Reading::rejected("phone-invalid");
    }
    match (digits.len(), digits.as_bytes()[0]) {
        (10 | 11, b'0') => Reading::spelled(raw, digits, "phone-normalised"),
        // Nine digits are a whole number in the few places with short ones, such as 01364 7....
        (10, _) | (9, b'1') => Reading::repaired("phone-zero-restored", format!("0{digits}")),
        _ => Reading::rejected("phone-invalid"),
    }
}

/// The address of a web site; only http and https can become a link.
pub(super) fn website(raw: &str) -> Reading<String> {
    let cell = raw.trim();
    if cell.is_empty() {
        return Reading::unknown();
    }
    let (scheme, rest, rule) = match cell.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest, "website-normalised"),
        None => ("https".to_owned(), cell, "website-scheme-added"),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.to_ascii_lowercase();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\^`{|};,".contains(c);
    if !matches!(scheme.as_str(), "http" | "https") || !is_host(&host) || path.contains(odd) {
        return Reading::rejected("website-invalid");
    }
    Reading::spelled(raw, format!("{scheme}://{host}{path}"), rule)
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(is_label)
        && last.len() >= 2
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && (1..=5).contains(&port.len())
        && port.bytes().all(|b| b.is_ascii_digit())
}

/// Registered beds; 0 says nothing, and more than 2,000 is a slip.
pub(super) fn beds(raw: &str, care_home: bool) -> Reading<u32> {
    const MOST_BEDS: u32 = 2000;
    let cell = raw.trim();
    if cell.is_empty() {
        return Reading::unknown();
    }
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return Reading::rejected("beds-not-a-number");
    }
    let mut notes = Vec::new();
    let value = match whole.parse::<u32>() {
        Ok(0) => {
            if care_home {
                notes.push(("beds-zero", String::new()));
            }
            None
        }
        Ok(beds) if beds <= MOST_BEDS => Some(beds),
        _ => return Reading::rejected("beds-too-many"),
    };
    if whole != cell {
        notes.push(("beds-decimal", value.map_or(String::new(), |beds| beds.to_string())));
    }
    Reading { value, notes }
}

/// A point in England as latitude and longitude, in degrees, each as it was written.
pub(super) fn point(lat: &str, lon: &str) -> Reading<(String, String)> {
    let (lat, lon) = (lat.trim(), lon.trim());
    if lat.is_empty() && lon.is_empty() {
        return Reading::unknown();
    }
    let (Some(y), Some(x)) = (degrees(lat), degrees(lon)) else {
        return Reading::rejected("geo-invalid");
    };
    match (in_england(y, x), in_england(x, y)) {
        (true, _) => Reading::plain((lat.to_owned(), lon.to_owned())),
        _ if y == 0.0 && x == 0.0 => Reading::rejected("geo-zero"),
        (_, true) => {
            let proposal = format!("proposal: latitude {lon}, longitude {lat}");
            Reading { value: None, notes: vec![("geo-swapped", proposal)] }
        }
        _ => Reading::rejected("geo-outside"),
    }
}

fn degrees(text: &str) -> Option<f64> {
    let plain = text.len() <= 24 && text.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b));
    plain.then(|| text.parse().ok()).flatten()
}

fn in_england(lat: f64, lon: f64) -> bool {
    (49.8..=55.9).contains(&lat) && (-6.5..=1.9).contains(&lon)
}

/// A rating in the program's words; the regulator's "no rating" is a fact of its own.
pub(super) fn rating(raw: &str) -> Reading<&'static str> {
    let word: String = raw.chars().filter(|c| c.is_alphanumeric()).collect();
    match word.to_ascii_lowercase().as_str() {
        "outstanding" => Reading::plain("outstanding"),
        "good" => Reading::plain("good"),
        "requiresimprovement" => Reading::plain("requires-improvement"),
        "inadequate" => Reading::plain("inadequate"),
        "" | "notrated" | "nopublishedrating" => Reading::plain("not-rated"),
        "insufficientevidencetorate" | "inspectedbutnotrated" | "notformallyrated" => Reading {
            value: Some("not-rated"),
            notes: vec![("rating-not-rated", "not-rated".to_owned())],
        },
        _ => Reading::rejected("rating-unknown"),
    }
}

/// `Y` or `N`.
pub(super) fn flag(raw: &str) -> Reading<bool> {
    match raw.trim() {
        "" => Reading::unknown(),
        "Y" | "y" => Reading::plain(true),
        "N" | "n" => Reading::plain(false),
        _ => Reading::rejected("flag-invalid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Reading<String>, value: Option<&str>, rules: &[&str]) {
        assert_eq!(found.value.as_deref(), value);
        let names: Vec<_> = found.notes.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(names, rules);
    }

    #[test]
    fn texts() {
        check(text("Elm House"), Some("Elm House"), &[]);
        check(text(" Elm\u{A0}House  "), Some("Elm House"), &["text-nbsp", "text-spaces"]);
        check(text("Elm\u{7}\u{202E}"), Some("Elm"), &["text-control"]);
        check(text("Elm â€“ Lea"), Some("Elm – Lea"), &["text-mojibake"]);
        check(text("Elm Ã“ \u{FFFD}"), Some("Elm Ã“ \u{FFFD}"), &["text-mojibake-kept"]);
        check(text("<b>=x</b>"), Some("<b>=x</b>"), &[]);
        check(text("  "), None, &["text-spaces"]);
    }

    #[test]
    fn postcodes() {
        check(postcode("EX1 2QE"), Some("EX1 2QE"), &[]);
        check(postcode("ex12qe"), Some("EX1 2QE"), &["postcode-normalised"]);
        check(postcode("W1A 1AA"), Some("W1A 1AA"), &[]);
        check(postcode("XX99 9XXX"), None, &["postcode-invalid"]);
        check(postcode("TBC"), None, &["postcode-invalid"]);
        check(postcode(""), None, &[]);
    }

    #[test]
    fn phones() {
        check(phone("01632960100"), Some("01632960100"), &[]);
        check(phone("1632960100"), Some("01632960100"), &["phone-zero-restored"]);
        check(phone("+44 (0)1632 960-100"), Some("01632960100"), &["phone-normalised"]);
        check(phone("163296010"), Some("0163296010"), &["phone-zero-restored"]);
        check(phone("123"), None, &["phone-invalid"]);
        check(phone("call us"), None, &["phone-invalid"]);
    }

    #[test]
    fn websites() {
        let added = &["website-scheme-added"];
        check(website("https://a.example/x?y"), Some("https://a.example/x?y"), &[]);
        check(website("www.A.example/X"), Some("https://www.a.example/X"), added);
        check(website("HTTP://A.example"), Some("http://a.example"), &["website-normalised"]);
        for junk in [
            "n/a",
            "javascript:alert(1)",
            "HTTP://A.example ;www.b.example",
            "a@b.example",
            "ftp://a.example",
            "none",
            "https://a.example/\"x",
            "1.2.3.4x",
            "https://",
        ] {
            check(website(junk), None, &["website-invalid"]);
        }
    }

    #[test]
    fn numbers_and_points() {
        assert_eq!(beds("28", true), Reading::plain(28));
        assert_eq!(beds("28.0", true).value, Some(28));
        assert_eq!(beds("0", false), Reading::unknown());
        assert_eq!(beds("0", true).notes[0].0, "beds-zero");
        assert_eq!(beds("twelve", true).notes[0].0, "beds-not-a-number");
        assert_eq!(beds("9999", true).notes[0].0, "beds-too-many");
        assert_eq!(beds("2000", true).value, Some(2000));
        assert!(point("53.35", "-2.05").value.is_some());
        for (lat, lon, rule) in [
            ("0", "0.0", "geo-zero"),
            ("-2.05", "53.35", "geo-swapped"),
            ("60", "1", "geo-outside"),
            ("53", "", "geo-invalid"),
            ("NaN", "1", "geo-invalid"),
        ] {
            assert_eq!(point(lat, lon).notes[0].0, rule);
        }
    }

    #[test]
    fn ratings() {
        assert_eq!(rating("Requires Improvement").value, Some("requires-improvement"));
        assert_eq!(rating("").value, Some("not-rated"));
        assert_eq!(rating("Insufficient evidence to rate").notes.len(), 1);
        assert_eq!(rating("Splendid"), Reading::rejected("rating-unknown"));
    }
}
