//! Parts that all charts share: safe text, names in lines, lengths in parts of the width.

use std::fmt::Write as _;

use crate::view::figure::FigureView;

/// Height of a line of text in pixels.
pub(super) const LINE_HEIGHT: usize = 20;

/// The element of a figure among words that are drawn.
pub(super) const DRAWN: &str = "tspan";
/// The element of a figure among words that are read out.
pub(super) const SPOKEN: &str = "span";

/// A figure among words, under its key.
pub(super) fn told(figure: &FigureView, element: &str) -> String {
    worded(figure, element, &figure.text)
}

/// A figure in words of its own, under its key.
pub(super) fn worded(figure: &FigureView, element: &str, words: &str) -> String {
    format!("<{element} {}>{}</{element}>", keyed(&[figure]), escape(words))
}

/// The keys of the figures that something stands for, as an attribute.
pub(super) fn keyed(figures: &[&FigureView]) -> String {
    let keys: Vec<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
    format!("data-key=\"{}\"", escape(&keys.join(" ")))
}

/// Opens a drawing with its title and its words, as markup, for those who do not see it.
pub(super) fn open(id: &str, title: &str, words: &str, height: usize) -> String {
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" \
         width=\"100%\" height=\"{height}\"><title id=\"{id}-t\">{}</title>\
         <desc id=\"{id}-d\">{}</desc>",
        escape(title),
        words
    )
}

/// The hatching of a gap, which tells it from other bars without colour.
pub(super) fn hatching(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}-p\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"chart-hatch-bg\" width=\"6\" height=\"6\"/>\
         <rect class=\"chart-hatch\" width=\"2\" height=\"6\"/></pattern></defs>"
    )
}

/// Breaks a name into lines of so many letters; a longer word has a line of its own.
pub(super) fn lines(name: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= letters {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Writes a line of a name; `x` in tenths of a per cent of the width.
pub(super) fn name(svg: &mut String, x: u32, y: usize, words: &str) {
    text(svg, "chart-label", x, y, &escape(words));
}

/// Writes a line of text with its figures, as markup; `x` in tenths of a per cent of the width.
pub(super) fn text(svg: &mut String, class: &str, x: u32, y: usize, words: &str) {
    let _ = write!(svg, "<text class=\"{class}\" x=\"{}\" y=\"{y}\">{words}</text>", percent(x));
}

/// The gap in words, `gap 20` or `gap [c]`; nothing where it is known that there is none.
pub(super) fn gap_words(gap: &FigureView, element: &str) -> Option<String> {
    let is_told = gap.value.map_or(gap.state != "not-applicable", |value| value > 0);
    is_told.then(|| format!("gap {}", told(gap, element)))
}

/// How people are drawn of whom it is not told how many have no place: as an outline, as a full bar
/// would say that all of them have one.
pub(super) fn people_class(gap: &FigureView, told: &'static str) -> &'static str {
    if gap.value.is_none() && gap.state != "not-applicable" { "chart-untold" } else { told }
}

/// Tenths of a per cent as SVG writes them.
pub(super) fn percent(tenths: u32) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Makes text safe inside SVG.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_take_two_lines() {
        let name = "Learning disability and autism supported living";
        assert_eq!(lines(name, 36), ["Learning disability and autism", "supported living"]);
        assert_eq!(lines("Short", 36), ["Short"]);
    }
}
