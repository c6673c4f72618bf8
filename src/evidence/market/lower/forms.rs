//! Values with a form of their own: addresses, telephone numbers, postcodes, colours.

use crate::diagnostics::Code;
use crate::load::yaml::Text;

use super::check::Check;

impl Check<'_> {
    /// An address of a web page.
    pub(super) fn url(&mut self, text: Option<&Text>) -> Option<String> {
        self.form(
            text,
            "web address",
            "write it in full, such as https://www.example.org",
            |value| {
                let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
                let plain = !value.contains(|c: char| {
                    c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`' | '\\')
                });
                rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.')) && plain
            },
        )
    }

    /// An e-mail address.
    pub(super) fn email(&mut self, text: Option<&Text>) -> Option<String> {
        self.form(text, "e-mail address", "write it as team@example.org", |value| {
            let plain = |c: char| c.is_ascii_alphanumeric() || ".!#$&'*+-/=?^_{|}~@".contains(c);
            value.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !host.contains('@')
            }) && value.chars().all(plain)
        })
    }

    /// A telephone number, kept as written.
    pub(super) fn phone(&mut self, text: Option<&Text>) -> Option<String> {
        self.form(
            text,
            "telephone number",
            "write digits and spaces, such as 01632 960001",
            |value| {
                let digits = value.bytes().filter(u8::is_ascii_digit).count();
                (3..=15).contains(&digits)
                    && value.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c))
            },
        )
    }

    /// A postcode in its usual spelling.
    pub(super) fn postcode(&mut self, text: Option<&Text>) -> Option<String> {
        let written = self.form(text, "postcode", "write it as AB1 2CD", |value| {
            let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let bytes = compact.as_bytes();
            (5..=7).contains(&bytes.len())
                && bytes.iter().all(u8::is_ascii_alphanumeric)
                && bytes[0].is_ascii_alphabetic()
                && bytes[bytes.len() - 3].is_ascii_digit()
                && bytes[bytes.len() - 2..].iter().all(u8::is_ascii_alphabetic)
        })?;
        let compact: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let upper = compact.to_ascii_uppercase();
        Some(format!("{} {}", &upper[..upper.len() - 3], &upper[upper.len() - 3..]))
    }

    /// A colour as `#rrggbb`.
    pub(super) fn colour(&mut self, text: Option<&Text>) -> Option<String> {
        self.form(text, "colour", "write it as # and six digits, such as \"#12436D\"", |value| {
            value.strip_prefix('#').is_some_and(|digits| {
                digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        })
    }

    fn form(
        &mut self,
        text: Option<&Text>,
        kind: &str,
        help: &str,
        is_well_formed: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let text = text?;
        let value = text.value.trim();
        if is_well_formed(value) {
            return Some(value.to_owned());
        }
        let message = format!("{} is not a valid {kind}", self.quote(text));
        self.fault(Code::MalformedText, text, message, help);
        None
    }
}

/// What to do about a number of people; never tells the number.
pub(super) fn way_to_people(value: &str, least: i64) -> &'static str {
    let ends = value.split_once('-').map(|(low, high)| (low.trim(), high.trim()));
    let ends = ends.and_then(|(low, high)| low.parse::<u32>().ok().zip(high.parse::<u32>().ok()));
    match (value.parse::<i64>(), ends) {
        (Ok(number), _) if number < least && least > 0 => {
            "write at least 1, or remove the row if there is nobody"
        }
        (Ok(number), _) if number < least => "write 0 or more",
        (Ok(_), _) => "write at most 10000",
        (_, Some((low, high))) if low > high => "the smaller number comes first: 3-6",
        (_, Some((_, 0))) => "write at least 1, or remove the row if there is nobody",
        _ => "write a whole number, a range such as 3-6, or <5 for one to four",
    }
}
