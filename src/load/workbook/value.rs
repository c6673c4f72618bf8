//! What a cell shows, as the text that a CSV file would hold.
//!
//! A number is read as its author sees it: a date as a date, a price to the pence shown. Floats
//! are used here because the file holds them; no count is decided by one, since whole numbers
//! are taken over digit by digit.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// How numbers of a cell are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// As they are, or in a way that changes nothing.
    #[default]
    Plain,
    /// With this many decimals, two or more.
    Decimals(u8),
    /// A hundred times as much, with a percent sign.
    Percent,
    /// A day, perhaps with the time of day.
    Day,
}

impl Format {
    /// A format that every spreadsheet knows by number.
    pub(super) fn known(id: u32) -> Format {
        match id {
            2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => Format::Decimals(2),
            9 | 10 => Format::Percent,
            14..=17 | 22 | 27..=36 | 50..=58 => Format::Day,
            _ => Format::Plain,
        }
    }

    /// A format that the workbook spells out, such as `dd/mm/yyyy` or `£#,##0.00`.
    pub(super) fn of(code: &str) -> Format {
        let letters = bare(code);
        if letters.contains('%') {
            return Format::Percent;
        }
        let has = |any: &[char]| letters.contains(any);
        let is_time = has(&['h', 's']);
        if has(&['y', 'd']) || has(&['m']) && !is_time && !has(&['0', '#', '?']) {
            return Format::Day;
        }
        let decimals = letters.split_once('.').map_or("", |(_, decimals)| decimals);
        match decimals.bytes().take_while(|byte| matches!(byte, b'0' | b'#' | b'?')).count() {
            shown @ 2..=9 => Format::Decimals(shown as u8),
            _ => Format::Plain,
        }
    }
}

/// The letters of a format that shape the number: its first part without quoted words, colours
/// and currencies.
fn bare(code: &str) -> String {
    let mut letters = String::new();
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            ';' => break,
            '"' => {
                characters.by_ref().find(|c| *c == '"');
            }
            '[' => {
                characters.by_ref().find(|c| *c == ']');
            }
            // The next one is shown as it is, or gives a width.
            '\\' | '_' | '*' => {
                characters.next();
            }
            c => letters.push(c.to_ascii_lowercase()),
        }
    }
    if letters == "general" { String::new() } else { letters }
}

/// The text of a number; absent if it is none.
pub(super) fn number(written: &str, format: Format, from_1904: bool) -> Option<String> {
    let written = written.trim();
    let value: f64 = written.parse().ok().filter(|value: &f64| value.is_finite())?;
    let is_whole = written.bytes().all(|byte| byte.is_ascii_digit());
    Some(match format {
        Format::Day => match day(value, from_1904) {
            Some(day) => day.to_string(),
            None => plain(value),
        },
        _ if is_whole && format != Format::Percent => written.to_owned(),
        Format::Decimals(shown) => format!("{:.*}", usize::from(shown), exact(value)),
        Format::Percent => format!("{}%", plain(value * 100.0)),
        Format::Plain => plain(value),
    })
}

/// Spreadsheets count to 15 digits; the others come from counting in twos.
fn exact(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

fn plain(value: f64) -> String {
    let text = exact(value).to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// The day of a number of days; the time of day, behind the point, is not wanted.
///
/// The count from 1900 has a 29 February 1900, which never was: it is the 60th day.
fn day(days: f64, from_1904: bool) -> Option<Date> {
    let whole = days.floor();
    if !(0.0..=2_958_465.0).contains(&whole) {
        return None;
    }
    let whole = whole as i32;
    let origin = match (from_1904, whole) {
        (true, _) => date(1904, 1, 1),
        (false, 61..) => date(1899, 12, 30),
        (false, 1..=59) => date(1899, 12, 31),
        (false, _) => return None,
    };
    origin.checked_add(whole.days()).ok()
}

/// Text as it is read: blanks of every kind are one space, dashes of every kind are hyphens, and
/// what cannot be seen and means nothing is dropped. So `3–6` is the range it looks like.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for c in unescaped(text).chars() {
        match c {
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => tidied.push('-'),
            c if c.is_whitespace() => {
                if !tidied.ends_with(' ') {
                    tidied.push(' ');
                }
            }
            c => tidied.push(c),
        }
    }
    tidied.trim().to_owned()
}

/// Some characters are written `_x000D_` in a workbook.
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let character = code
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        match character {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for code in ["dd/mm/yyyy", "[$-809]d mmmm yyyy", "yyyy-mm-dd hh:mm", "mmm", "d-m;@"] {
            assert_eq!(Format::of(code), Format::Day, "{code}");
        }
        for code in ["General", "0", "#,##0", "hh:mm:ss", "mm:ss.00", "[Red]0", "0\" days\"", "@"] {
            assert_ne!(Format::of(code), Format::Day, "{code}");
        }
        assert_eq!(Format::of("[$£-809]#,##0.00;[Red]-0"), Format::Decimals(2));
        assert_eq!(Format::of("0.0%"), Format::Percent);
        assert_eq!(Format::of("0.0"), Format::Plain);
        assert_eq!((Format::known(14), Format::known(44)), (Format::Day, Format::Decimals(2)));
    }

    #[test]
    fn numbers_are_read_as_they_are_seen() {
        let check = |written: &str, format: Format, expect: &str| {
            assert_eq!(number(written, format, false).as_deref(), Some(expect), "{written}");
        };
        check("3", Format::Plain, "3");
        check("3.0", Format::Plain, "3");
        check("1850.4999999999998", Format::Plain, "1850.5");
        check("2.05769E3", Format::Plain, "2057.69");
        check("1961.5384615384614", Format::Decimals(2), "1961.54");
        check("1961.5384615384614", Format::Plain, "1961.53846153846");
        check("0.25", Format::Percent, "25%");
        check("-0.0", Format::Plain, "0");
        check("12345678901234567890", Format::Plain, "12345678901234567890");
        assert_eq!(number("NaN", Format::Plain, false), None);
        assert_eq!(number("1e999", Format::Day, false), None);
    }

    #[test]
    fn days_are_counted_from_1900_with_its_false_leap_day_or_from_1904() {
        let check = |days: &str, from_1904: bool, expect: &str| {
            let shown = number(days, Format::Day, from_1904);
            assert_eq!(shown.as_deref(), Some(expect), "{days}");
        };
        check("46326", false, "2026-10-31");
        check("46326.6", false, "2026-10-31");
        check("1", false, "1900-01-01");
        check("59", false, "1900-02-28");
        check("60", false, "60");
        check("61", false, "1900-03-01");
        check("44864", true, "2026-10-31");
        check("0", true, "1904-01-01");
        check("-4", false, "-4");
        check("1e12", false, "1000000000000");
    }

    #[test]
    fn text_loses_what_cannot_be_seen() {
        assert_eq!(tidy("\u{a0} 3–6\u{200b} "), "3-6");
        assert_eq!(tidy("a\r\nb_x000D__x0041_ _x00"), "a b A _x00");
        assert_eq!(tidy("−1 — x"), "-1 - x");
    }
}
