//! Scripts and style files as they are sent: the same, without what only their readers need.
//!
//! What goes: indents, empty lines, lines that hold only a remark, and in scripts the spaces beside
//! marks and the ends of lines that end in one. No name is shortened and no text is touched, so
//! what a browser shows of a script can still be read.

/// Beside these no space is needed, except in [`APART`].
const MARKS: &str = "{}()[];,:?=&|!*+-<>";
/// Marks that mean something else side by side.
const APART: [(char, char); 5] = [('+', '+'), ('-', '-'), ('-', '>'), ('<', '!'), ('&', '&')];
/// After these a statement goes on, or is over.
const OPEN: &str = "{([,;";

/// A script. No text of one may go over the end of a line: if one does, only indents go.
pub(super) fn script(text: &str) -> String {
    let plain = style(text);
    let lines: Option<Vec<String>> = plain.lines().map(closed_up).collect();
    lines.map_or(plain, |lines| lines.concat())
}

/// A style file, or a script that keeps its spaces.
pub(super) fn style(text: &str) -> String {
    let is_remark = |line: &str| {
        line.starts_with("//")
            || (line.starts_with("/*") && line.find("*/") == line.len().checked_sub(2))
    };
    let lines = text.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !is_remark(line));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// A line without needless spaces; nothing when a text in it has no end. A line with a slash
/// outside of a text stays as it is: it may hold a pattern or a remark.
fn closed_up(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '\'', '`', '/']) {
        let (code, text) = rest.split_at(at);
        if text.starts_with('/') {
            return Some(format!("{line}\n"));
        }
        let end = end_of_text(text)?;
        push_code(&mut out, code);
        out.push_str(&text[..end]);
        rest = &text[end..];
    }
    push_code(&mut out, rest);
    if !out.ends_with(|last| OPEN.contains(last)) {
        out.push('\n');
    }
    Some(out)
}

/// Adds code, in which a space stays only between words and marks that need it.
fn push_code(out: &mut String, code: &str) {
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        let (before, after) = (out.chars().next_back(), letters.peek());
        let is_mark = |side: Option<char>| side.is_some_and(|side| MARKS.contains(side));
        let sides = (before.unwrap_or(' '), after.copied().unwrap_or(' '));
        let is_needless = is_mark(before) || is_mark(after.copied());
        if letter != ' ' || !is_needless || APART.contains(&sides) {
            out.push(letter);
        }
    }
}

/// How long the text is that the line begins with. A template may hold code, and that code texts.
fn end_of_text(line: &str) -> Option<usize> {
    let quote = line.chars().next()?;
    let mut at = 1;
    while let Some(next) = line[at..].chars().next() {
        match next {
            '\\' => at += 1 + line[at + 1..].chars().next()?.len_utf8(),
            _ if next == quote => return Some(at + 1),
            '$' if quote == '`' && line[at..].starts_with("${") => {
                at += 2 + end_of_code(&line[at + 2..])?;
            }
            _ => at += next.len_utf8(),
        }
    }
    None
}

/// How far it is to behind the bracket that ends code in a template.
fn end_of_code(line: &str) -> Option<usize> {
    let (mut at, mut open) = (0, 1);
    while let Some(next) = line[at..].chars().next() {
        match next {
            '"' | '\'' | '`' => at += end_of_text(&line[at..])?,
            _ => {
                open += match next {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                at += next.len_utf8();
            }
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_indents_and_needless_spaces_go() {
        let source =
            "\"use strict\";\n// Why.\n{\n  const a = (b, c) => {\n\n    return b + -c;\n  };\n}\n";
        assert_eq!(script(source), "\"use strict\";{const a=(b,c)=>{return b+-c;};}\n");
        assert_eq!(style("a {\n  b: c; /* d */\n}\n/* e */\n"), "a {\nb: c; /* d */\n}\n");
    }

    #[test]
    fn texts_patterns_and_remarks_behind_code_stay() {
        for text in [
            r#""b , c""#,
            r#"'d = "e" '"#,
            "`b , ${c( { d : `e = ${f} }` } ) + \"}`\"} = g`",
            r#""\" , ""#,
        ] {
            assert_eq!(script(&format!("a( {text} )")), format!("a({text})\n"));
        }
        for line in ["a = b / c ;", "a = /[' ]/.test( b ) ;", "a( b ) ; // c ,"] {
            assert_eq!(script(line), format!("{line}\n"));
        }
    }

    #[test]
    fn words_keep_their_spaces_and_an_open_text_keeps_all() {
        assert_eq!(script("for (const a of [b]) if (c in d) return \"e\" ;"), {
            "for(const a of[b])if(c in d)return \"e\";"
        });
        assert_eq!(script("a = b ? .5 : + +c - -d;\n"), "a=b?.5:+ +c- -d;");
        let open = "a = `b\n  c ` ;\nd = e ;\n";
        assert_eq!(script(open), "a = `b\nc ` ;\nd = e ;\n");
    }

    #[test]
    fn scripts_of_the_theme_lose_nothing_but_spaces() {
        for (path, text) in super::super::embedded::FILES {
            if !path.ends_with(".js") {
                continue;
            }
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let sent = script(text);
            assert_eq!(bare(&sent), bare(&style(text)), "{path}");
            assert!(sent.len() < style(text).len() * 19 / 20, "{path} could be closed up");
        }
    }
}
