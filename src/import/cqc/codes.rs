//! Numbers of registers: of companies, charities, sites, buildings, and of the regulator itself.

use super::cells::Reading;

/// A number at Companies House: eight signs; a spreadsheet may have dropped one leading 0.
pub(super) fn company(raw: &str) -> Reading<String> {
    let cell = raw.trim().to_ascii_uppercase();
    let (letters, digits) = cell.split_at(cell.bytes().take_while(u8::is_ascii_uppercase).count());
    // Societies have a letter behind their number, such as IP00000R.
    let number = match letters.len() {
        2 => digits.strip_suffix('R').unwrap_or(digits),
        _ => digits,
    };
    let plain = letters.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    match (cell.as_str(), cell.len()) {
        ("" | "-", _) => Reading::unknown(),
        (_, 8) if plain => Reading::spelled(raw, cell, "company-normalised"),
        (_, 7) if plain && letters.is_empty() => {
            Reading::repaired("company-zero-restored", format!("0{cell}"))
        }
        _ => Reading::rejected("company-invalid"),
    }
}

/// A number of another register: letters and digits within a length, `-` for none.
pub(super) fn code(
    raw: &str,
    length: std::ops::RangeInclusive<usize>,
    rule: &'static str,
) -> Reading<String> {
    let cell = raw.trim().to_ascii_uppercase();
    let plain = cell.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    match cell.as_str() {
        "" | "-" => Reading::unknown(),
        _ if plain && length.contains(&cell.len()) => {
            Reading::spelled(raw, cell, "code-normalised")
        }
        _ => Reading::rejected(rule),
    }
}

/// A unique property reference number: up to twelve digits.
pub(super) fn uprn(raw: &str) -> Reading<String> {
    let digits = raw.trim();
    match digits {
        "" => Reading::unknown(),
        _ if digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Reading::spelled(raw, digits.to_owned(), "code-normalised")
        }
        _ => Reading::rejected("uprn-invalid"),
    }
}

/// Whether a text is the id of a location or a provider on the register.
pub(super) fn is_register_id(text: &str) -> bool {
    if text
        .strip_prefix("1-")
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    {
        return true;
    }
    let (code, site) = text.split_once('-').map_or((text, None), |(code, site)| (code, Some(site)));
    (3..=8).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && site.is_none_or(|site| !site.is_empty() && !site.contains(char::is_control))
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
    fn numbers_of_registers() {
        check(company("02215899"), Some("02215899"), &[]);
        check(company("2215899"), Some("02215899"), &["company-zero-restored"]);
        check(company("02215899  "), Some("02215899"), &["company-normalised"]);
        check(company("OC123456"), Some("OC123456"), &[]);
        check(company("12"), None, &["company-invalid"]);
        check(company("-"), None, &[]);
        for good in ["1-123", "RX1", "ABC12-Ward 3"] {
            assert!(is_register_id(good), "{good}");
        }
        for bad in ["", "1-", "1-x", "ab", "RX", "abc", "RX1-", "ABCDEFGHI"] {
            assert!(!is_register_id(bad), "{bad}");
        }
    }
}
