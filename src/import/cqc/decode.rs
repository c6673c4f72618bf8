//! From bytes to text: UTF-8 with or without a byte order mark, else Windows-1252 byte by byte.

use std::borrow::Cow;

use crate::import::report::Entry;

/// Characters of the bytes 0x80 to 0x9F in Windows-1252; the five unused bytes have none.
const CP1252: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

/// Decodes a file, with one finding for every line that was not UTF-8.
///
/// Only the bytes that are not UTF-8 are read as Windows-1252: a file pasted together from two
/// sources holds both, and reading it all in one way would break the other half.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<Entry>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut findings: Vec<Entry> = Vec::new();
    let (mut line, mut offset) = (1, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        line += chunk.valid().bytes().filter(|byte| *byte == b'\n').count() as u64;
        offset += chunk.valid().len();
        for byte in chunk.invalid() {
            let c = from_cp1252(*byte);
            text.push(c);
            if findings.last().is_none_or(|last| last.line != line) {
                let before = format!("byte 0x{byte:02X} at offset {offset}");
                findings.push(Entry::new(line, "", "encoding", &before, &c.to_string()));
            }
            offset += 1;
        }
    }
    (Cow::Owned(text), findings)
}

/// Undoes UTF-8 that was read as Windows-1252, if the whole text goes back exactly.
pub(super) fn repair_mojibake(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(to_cp1252).collect();
    let repaired = String::from_utf8(bytes?).ok()?;
    (repaired != text).then_some(repaired)
}

/// Whether a text looks as if it had been decoded wrongly.
pub(super) fn looks_like_mojibake(text: &str) -> bool {
    let mut previous = ' ';
    text.chars().any(|c| {
        let pair = (previous, c);
        previous = c;
        match pair {
            (_, '\u{FFFD}') | ('â', '€') => true,
            ('Ã' | 'Â', second) => to_cp1252(second).is_some_and(|byte| byte >= 0x80),
            _ => false,
        }
    })
}

fn from_cp1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => CP1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn to_cp1252(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (0..0x80 | 0xA0..=0xFF) => u8::try_from(code).ok(),
        _ if c == '\u{FFFD}' => None,
        _ => {
            let index = CP1252.iter().position(|known| *known == c)?;
            u8::try_from(0x80 + index).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_bytes_are_read_and_named() {
        let (text, findings) = decode(b"caf\xE9 \xE2\x80\x93 ok\nO\x92Hara\n");
        assert_eq!(text, "café – ok\nO’Hara\n");
        let places: Vec<_> = findings.iter().map(|f| (f.line, f.before.as_str())).collect();
        assert_eq!(places, [(1, "byte 0xE9 at offset 3"), (2, "byte 0x92 at offset 13")]);
        assert_eq!(decode(b"\xEF\xBB\xBFa").0, "a");
    }

    #[test]
    fn only_an_exact_round_trip_is_repaired() {
        assert_eq!(repair_mojibake("Elm â€“ Oâ€™Neill").as_deref(), Some("Elm – O’Neill"));
        assert_eq!(repair_mojibake("Café Rouge"), None);
        assert!(looks_like_mojibake("Elm â€? House"));
        assert!(!looks_like_mojibake("Café – O’Neill"));
    }
}
