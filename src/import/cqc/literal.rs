//! A strict reader of the Python literals that stand in flattened API files.
//!
//! It reads lists, dictionaries, strings, numbers, `None`, `True` and `False`, and nothing else:
//! the text is data from outside and is never evaluated.

/// Deepest nesting that is read; real cells nest four deep.
const MAX_DEPTH: usize = 16;

/// A literal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    /// `None`.
    Nothing,
    /// A string, or a number or truth value in its own spelling.
    Text(String),
    /// `[…]`.
    List(Vec<Literal>),
    /// `{…}` with text keys.
    Record(Vec<(String, Literal)>),
}

impl Literal {
    /// Reads a whole cell; nothing may follow the value.
    pub(super) fn read(text: &str) -> Option<Literal> {
        let mut reader = Reader { rest: text.trim() };
        let value = reader.value(0)?;
        reader.rest.trim().is_empty().then_some(value)
    }

    /// The value under a key of a record.
    pub(super) fn get(&self, key: &str) -> Option<&Literal> {
        match self {
            Literal::Record(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a text value.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Option<&[Literal]> {
        match self {
            Literal::List(items) => Some(items),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            '[' => self.list(depth),
            '{' => self.record(depth),
            '\'' | '"' => self.string().map(Literal::Text),
            _ => self.word(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Literal> {
        self.take('[')?;
        let mut items = Vec::new();
        while self.peek()? != ']' {
            items.push(self.value(depth + 1)?);
            if self.peek()? != ']' {
                self.take(',')?;
            }
        }
        self.take(']')?;
        Some(Literal::List(items))
    }

    fn record(&mut self, depth: usize) -> Option<Literal> {
        self.take('{')?;
        let mut pairs = Vec::new();
        while self.peek()? != '}' {
            let key = self.string()?;
            self.take(':')?;
            pairs.push((key, self.value(depth + 1)?));
            if self.peek()? != '}' {
                self.take(',')?;
            }
        }
        self.take('}')?;
        Some(Literal::Record(pairs))
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek().filter(|c| matches!(c, '\'' | '"'))?;
        self.take(quote)?;
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                _ if c == quote => {
                    self.rest = &self.rest[at + c.len_utf8()..];
                    return Some(text);
                }
                '\\' => text.push(escaped(&mut chars)?),
                _ => text.push(c),
            }
        }
        None
    }

    fn word(&mut self) -> Option<Literal> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+')))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "None" => Some(Literal::Nothing),
            "True" | "False" => Some(Literal::Text(word.to_owned())),
            _ if word.parse::<f64>().is_ok_and(f64::is_finite) => {
                Some(Literal::Text(word.to_owned()))
            }
            _ => None,
        }
    }

    /// The next character that is not a space.
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn take(&mut self, wanted: char) -> Option<()> {
        self.peek().filter(|c| *c == wanted)?;
        self.rest = &self.rest[wanted.len_utf8()..];
        Some(())
    }
}

/// Reads what follows a backslash.
fn escaped(chars: &mut std::str::CharIndices<'_>) -> Option<char> {
    let (_, c) = chars.next()?;
    let digits = match c {
        'n' => return Some('\n'),
        't' => return Some('\t'),
        'r' => return Some('\r'),
        '\\' | '\'' | '"' => return Some(c),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let mut code = 0_u32;
    for _ in 0..digits {
        let (_, digit) = chars.next()?;
        code = code.checked_mul(16)?.checked_add(digit.to_digit(16)?)?;
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_literals_are_read() {
        let text = r#"{'overall': {'rating': 'Good', 'n': 2, 'ok': True, 'x': None},
            "list": [{'name': "O'Hara"}, 'it\'s', '\xe9', ]}"#;
        let value = Literal::read(text).unwrap();
        let rating = value.get("overall").and_then(|o| o.get("rating"));
        assert_eq!(rating.and_then(Literal::text), Some("Good"));
        let items = value.get("list").and_then(Literal::items).unwrap();
        assert_eq!(items[0].get("name").and_then(Literal::text), Some("O'Hara"));
        assert_eq!(items[1].text(), Some("it's"));
        assert_eq!(items[2].text(), Some("é"));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "[", "['a'", "['a' 'b']", "{'a'}", "f()", "[1,2] x", "'\\q'", "{1: 2}"] {
            assert_eq!(Literal::read(text), None, "{text}");
        }
        assert_eq!(Literal::read(&"[".repeat(100_000)), None);
    }
}
