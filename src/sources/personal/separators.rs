//! What people write between the digits of a number: spaces of all kinds, hyphens, dots.

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Spaces and hyphens; only one hyphen and nothing else if `is_hyphen`.
    Plain {
        /// Whether it is one hyphen.
        is_hyphen: bool,
    },
    /// Dots or slashes, perhaps with spaces; only one and nothing else if `is_bare`.
    Dot {
        /// Whether it is one dot.
        is_bare: bool,
    },
    /// A line ends here.
    Line,
}

/// Spaces by the names that Markdown, YAML and web pages give them.
const NAMED: [&str; 8] =
    ["&nbsp;", "&#160;", "&#xa0;", "&thinsp;", "&ensp;", "\\u00a0", "\\xa0", "\\_"];
/// No more separators than this stand in one gap, but for the beginning of a new line.
const MOST: usize = 4;

/// The gap that begins here, and where it ends. `None` if something else stands here.
pub(super) fn gap(text: &str, start: usize, may_break: bool) -> Option<(Gap, usize)> {
    let (mut spaces, mut hyphens, mut dots, mut line) = (0, 0, 0, false);
    let mut at = start;
    loop {
        let rest = &text.as_bytes()[at..];
        let c = match rest.first() {
            None => return None,
            Some(byte) if byte.is_ascii_digit() => break,
            Some(byte) if byte.is_ascii() => char::from(*byte),
            Some(_) => text[at..].chars().next()?,
        };
        let width = match c {
            '\n' if may_break && !line => {
                line = true;
                1
            }
            '\r' if may_break => 1,
            '&' | '\\' => {
                let name = NAMED.iter().find(|name| {
                    rest.get(..name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()))
                })?;
                spaces += 1;
                name.len()
            }
            '>' if line => 1,
            c if is_space(c) => {
                spaces += usize::from(!line);
                c.len_utf8()
            }
            c if is_hyphen(c) => {
                hyphens += 1;
                c.len_utf8()
            }
            '.' | '/' => {
                dots += 1;
                1
            }
            _ => return None,
        };
        at += width;
        if spaces + hyphens + dots > MOST || at > start + 80 {
            return None;
        }
    }
    let gap = match (dots, hyphens, line) {
        _ if at == start => return None,
        (0, 0, true) => Gap::Line,
        (0, _, false) => Gap::Plain { is_hyphen: hyphens == 1 && spaces == 0 },
        (1.., 0, false) => Gap::Dot { is_bare: dots == 1 && spaces == 0 },
        _ => return None,
    };
    Some((gap, at))
}

/// A space of any width, seen or not.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{ad}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

/// A hyphen or dash of any length; underscores join the parts of a name in their place.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}
