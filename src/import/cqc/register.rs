//! The `register:` blocks, as YAML lines. What an importer knows is written here and nowhere else.

use super::location::{Address, Location, Provider};

/// Keys that change with every file although the facts do not.
const FILE_KEYS: [&str; 3] = ["source:", "date:", "row:"];

/// Where a fact was read.
pub(super) struct Origin {
    /// What the file is called by its publisher.
    pub(super) source: &'static str,
    /// Day of the file as ISO text, if known.
    pub(super) date: Option<String>,
}

/// A block of YAML under construction, without the indentation of its place.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    fn new(origin: &Origin, line: u64) -> Lines {
        let mut lines = Lines(String::with_capacity(1024));
        lines.0.push_str("register:\n");
        lines.text("source", Some(origin.source));
        lines.plain("date", origin.date.as_ref());
        lines.plain("row", Some(line));
        lines
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.key(key);
            self.0.push(' ');
            push_quoted(&mut self.0, value);
            self.0.push('\n');
        }
    }

    /// A value whose characters are known to be safe: numbers, dates, words of our own.
    fn plain(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.key(key);
            self.0.push(' ');
            self.0.push_str(&value.to_string());
            self.0.push('\n');
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        self.key(key);
        self.0.push('\n');
        for value in values {
            self.0.push_str("    - ");
            push_quoted(&mut self.0, value);
            self.0.push('\n');
        }
    }

    fn address(&mut self, address: &Address) {
        if *address != Address::default() {
            self.0.push_str("  address:\n");
            self.text("  line1", address.line1.as_deref());
            self.text("  line2", address.line2.as_deref());
            self.text("  city", address.city.as_deref());
            self.text("  county", address.county.as_deref());
            self.text("  postcode", address.postcode.as_deref());
        }
    }

    fn key(&mut self, key: &str) {
        self.0.push_str("  ");
        self.0.push_str(key);
        self.0.push(':');
    }

    /// Adds the lines to a text, at an indentation.
    pub(super) fn render_into(&self, text: &mut String, indent: usize, newline: &str) {
        for line in self.0.lines() {
            text.extend(std::iter::repeat_n(' ', indent));
            text.push_str(line);
            text.push_str(newline);
        }
    }

    /// The text of the lines at an indentation.
    pub(super) fn render(&self, indent: usize, newline: &str) -> String {
        let mut text = String::with_capacity(self.0.len() * 2);
        self.render_into(&mut text, indent, newline);
        text
    }
}

/// The block of a service.
pub(super) fn service(location: &Location, origin: &Origin) -> Lines {
    let mut lines = Lines::new(origin, location.line);
    lines.text("location", Some(&location.id));
    lines.text("name", location.name.as_deref());
    lines.text("also_known_as", location.also_known_as.as_deref());
    lines.address(&location.address);
    let point = location.point.as_ref().map(|(lat, lon)| format!("{{lat: {lat}, lon: {lon}}}"));
    lines.plain("geo", point);
    lines.text("local_authority", location.authority.as_deref());
    lines.text("region", location.region.as_deref());
    lines.text("phone", location.phone.as_deref());
    lines.text("website", location.website.as_deref());
    lines.list("types", &location.types);
    lines.list("specialisms", &location.specialisms);
    lines.plain("beds", location.beds);
    if let Some(rating) = &location.rating {
        lines.0.push_str("  rating:\n");
        lines.plain("  rating", Some(rating.rating));
        lines.plain("  date", rating.date);
        lines.plain("  inherited", rating.inherited);
    }
    lines.plain("dormant", location.dormant);
    lines.plain("registered_on", location.registered_on);
    lines.text("ods", location.ods.as_deref());
    lines.text("uprn", location.uprn.as_deref());
    lines
}

/// The block of a provider; `line` is that of its first location.
pub(super) fn provider(provider: &Provider, line: u64, origin: &Origin) -> Lines {
    let mut lines = Lines::new(origin, line);
    lines.text("provider", provider.id.as_deref());
    lines.text("name", provider.name.as_deref());
    lines.plain("sector", provider.sector);
    lines.text("company", provider.company.as_deref());
    lines.text("charity", provider.charity.as_deref());
    lines.text("phone", provider.phone.as_deref());
    lines.text("website", provider.website.as_deref());
    lines
}

/// Whether two written blocks state the same facts, whatever file and row they came from.
pub(super) fn same_facts(old: &str, new: &str) -> bool {
    facts(old) == facts(new)
}

fn facts(block: &str) -> Vec<&str> {
    let indent = block.len() - block.trim_start().len();
    let of_file = |line: &str| {
        let key = line.get(indent + 2..).unwrap_or_default();
        FILE_KEYS.iter().any(|file_key| key.starts_with(file_key))
    };
    block
        .lines()
        .filter(|line| !of_file(line))
        .map(|line| line.get(indent..).unwrap_or(line).trim_end())
        .collect()
}

/// A YAML text between double quotes, on one line, with everything unusual escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\') {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| push_escaped(out, c));
    }
    out.push('"');
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
            out.push_str(&format!("\\u{:04X}", u32::from(c)));
        }
        _ if c.is_control() => out.push_str(&format!("\\x{:02X}", u32::from(c))),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_escaped() {
        assert_eq!(quoted("a\"b\\c: #d\u{85}\u{2028}"), r#""a\"b\\c: #d\x85\u2028""#);
    }

    #[test]
    fn file_and_row_are_no_facts() {
        let old = "    register:\n      source: \"a\"\n      row: 2\n".to_owned()
            + "      rating:\n        date: 2020-01-01\n";
        let other_row = old.replace("row: 2", "row: 3");
        assert!(same_facts(&old, &other_row));
        assert!(same_facts(&old, "register:\r\n  rating:\r\n    date: 2020-01-01\r\n"));
        assert!(!same_facts(&old, &old.replace("2020", "2021")));
    }
}
