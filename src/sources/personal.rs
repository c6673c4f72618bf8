//! What in a text tells of single people: NHS numbers, national insurance numbers, days of birth.

use std::ops::Range;

/// Keys whose numbers are those of organisations and buildings.
const OTHER_NUMBERS: [&str; 7] =
    ["uprn", "phone", "ods", "company", "cqc-location", "location", "row"];

/// Places of valid NHS numbers: ten digits with a right check digit, perhaps with single spaces or
/// hyphens after the third and the sixth.
///
/// In data files that are not about people, the values of keys that hold other numbers are passed
/// over; so are longer numbers, and places on the regulator's register such as `1-1234567890`.
pub fn nhs_numbers(text: &str, path: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match number_at(bytes, at) {
            Some(end) if !is_other_number(text, path, at) => {
                found.push(at..end);
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The end of the NHS number that begins here.
fn number_at(bytes: &[u8], start: usize) -> Option<usize> {
    if continues_number(&bytes[..start]) {
        return None;
    }
    let mut digits = [0_u32; 10];
    let mut at = start;
    for (index, digit) in digits.iter_mut().enumerate() {
        if matches!(index, 3 | 6) && matches!(bytes.get(at), Some(b' ' | b'-')) {
            at += 1;
        }
        let byte = bytes.get(at).filter(|byte| byte.is_ascii_digit())?;
        *digit = u32::from(byte - b'0');
        at += 1;
    }
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if is_digit(at) || bytes.get(at) == Some(&b'.') && is_digit(at + 1) {
        return None;
    }
    let sum: u32 =
        digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let is_valid = (11 - sum % 11) % 11 == digits[9];
    (is_valid && digits != [0; 10]).then_some(at)
}

/// Whether a digit after these bytes would go on with a number: a longer one, the decimals of one,
/// or a place on the regulator's register.
fn continues_number(before: &[u8]) -> bool {
    match before {
        [.., b'0'..=b'9'] | [.., b'0'..=b'9', b'.'] => true,
        [b'1', b'-'] => true,
        [.., c, b'1', b'-'] => !c.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether the number at this place is the value of a key that holds another kind of number.
fn is_other_number(text: &str, path: &str, at: usize) -> bool {
    if !path.starts_with("data/") || super::is_sensitive_path(path) {
        return false;
    }
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let Some((before, between)) = line.rsplit_once(':') else {
        return false;
    };
    let key = before.rsplit([' ', ',', '{', '"', '\'']).find(|word| !word.is_empty());
    let is_value = between.bytes().all(|byte| matches!(byte, b' ' | b'"' | b'\'' | b'+' | b'('));
    is_value && !before.contains('#') && key.is_some_and(|key| OTHER_NUMBERS.contains(&key))
}

/// Places of national insurance numbers, such as `QQ 12 34 56 C`.
pub fn insurance_numbers(text: &str) -> Vec<Range<usize>> {
    starts_of_words(text).filter_map(|at| Some(at..insurance_end(text.as_bytes(), at)?)).collect()
}

fn insurance_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for index in 0..9 {
        if matches!(index, 2 | 4 | 6 | 8) && matches!(bytes.get(at), Some(b' ' | b'-')) {
            at += 1;
        }
        let byte = bytes.get(at)?.to_ascii_uppercase();
        let fits = match index {
            0 | 1 => byte.is_ascii_uppercase() && !b"DFIUV".contains(&byte),
            8 => (b'A'..=b'D').contains(&byte),
            _ => byte.is_ascii_digit(),
        };
        if !fits {
            return None;
        }
        at += 1;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some(at)
}

/// Places of days of birth that say so: `dob 01/02/1980`, `date of birth: 1980-02-01`.
pub fn births(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let names = ["dob", "d.o.b.", "d.o.b", "date of birth", "date_of_birth", "born on", "born"];
    starts_of_words(text)
        .filter_map(|start| {
            let name = names.iter().find(|name| {
                let end = start + name.len();
                bytes.get(start..end).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            })?;
            let rest = &bytes[start + name.len()..];
            let gap = rest.iter().take_while(|byte| b" :=-\"'".contains(byte)).count();
            let is_date = |byte: &&u8| byte.is_ascii_digit() || b"/.-".contains(byte);
            let date = rest[gap..].iter().take_while(is_date).count();
            let digits = rest[gap..gap + date].iter().filter(|b| b.is_ascii_digit()).count();
            (digits >= 4).then(|| start..start + name.len() + gap + date)
        })
        .collect()
}

/// Every place where a word of letters and digits begins.
fn starts_of_words(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|at| {
        bytes[*at].is_ascii_alphabetic() && (*at == 0 || !bytes[*at - 1].is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nhs_numbers_are_found_and_other_numbers_are_not() {
        let check = |path: &str, text: &str, expect: &[&str]| {
            let found: Vec<&str> =
                nhs_numbers(text, path).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expect, "{text}");
        };
        let page = "content/index.md";
        check(
            page,
            "a 9434765919 b 943 476 5919, 943-476-5919.",
            &["9434765919", "943 476 5919", "943-476-5919"],
        );
        check(page, "NHS9434765919é", &["9434765919"]);
        check(page, "9434765918 99434765919 94347659190 1.9434765919 9434765919.5", &[]);
        check(page, "1-9434765919 0000000000 943  476 5919 01632 960001 2026-10-31", &[]);
        let provider = "data/providers/a.yaml";
        check(provider, "phone: \"9434765919\"", &[]);
        check(provider, "a: {name: b, uprn: 9434765919}", &[]);
        check(provider, "phone: 1 # 9434765919", &["9434765919"]);
        check(provider, "name: 9434765919", &["9434765919"]);
        check("data/placements/a.yaml", "row: 9434765919", &["9434765919"]);
        check(page, "phone: 9434765919", &["9434765919"]);
    }

    #[test]
    fn insurance_numbers_and_days_of_birth_are_found() {
        let count = |text: &str| (insurance_numbers(text).len(), births(text).len());
        assert_eq!(count("QQ 12 34 56 C, ab123456c"), (2, 0));
        assert_eq!(count("AV-0041 AB1234567C XAB123456C"), (0, 0));
        assert_eq!(count("# dob 01/02/1980 and Date of birth: 1980-02-01"), (0, 2));
        assert_eq!(count("dob\nborn in 1980; newborn 2020"), (0, 0));
    }
}
