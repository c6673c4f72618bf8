//! Figures of a page or a drawing: elements with a `data-key`, what they say, what is beside them.

use super::markup::{Child, Document, Element};
use super::reading::{Reading, has_digit};
use super::sheet::{Rule, Sheet};

/// Attributes that hold names and places in a table, and no numbers that anybody has counted.
const NAMES: [&str; 12] = [
    "class",
    "id",
    "href",
    "data-key",
    "headers",
    "scope",
    "colspan",
    "rowspan",
    "aria-labelledby",
    "aria-describedby",
    "tabindex",
    "lang",
];
/// Elements that hold one figure, so that any other number in them belongs to it.
const HOLDERS: [&str; 9] = ["td", "th", "dd", "span", "b", "strong", "em", "a", "tspan"];
/// Elements of a drawing that have a length or a place.
const SHAPES: [&str; 7] = ["rect", "path", "circle", "line", "polygon", "polyline", "ellipse"];
/// Shapes of a chart that stand for no figure.
const PLAIN_SHAPES: [&str; 3] = ["chart-hatch", "chart-hatch-bg", "chart-rail"];
/// Attributes that draw a number.
const LENGTHS: [&str; 14] =
    ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "width", "height", "dx"];

/// Reads a page or a drawing.
pub(super) fn read(markup: &str, sheet: &mut Sheet) {
    let Some(document) = Document::read(markup) else {
        sheet.fault(Rule::UnreadableFile, "");
        return;
    };
    for at in 1..document.elements.len() {
        let element = &document.elements[at];
        match element.attribute("data-key") {
            Some(keys) if is_shape(element) => shapes(keys, sheet),
            Some(key) if element.name == "meta" => meta(key, element, sheet),
            Some(key) => figure(&document, at, key, sheet),
            None => unkeyed(&document, at, sheet),
        }
    }
}

fn is_shape(element: &Element) -> bool {
    SHAPES.contains(&element.name.as_str())
}

/// A shape stands for figures; that all of them are told is checked when every file is read.
fn shapes(keys: &str, sheet: &mut Sheet) {
    sheet.drawn.extend(keys.split_whitespace().map(str::to_owned));
}

/// A description begins with its figure, which ends where the words for people begin.
fn meta(key: &str, element: &Element, sheet: &mut Sheet) {
    let text = element.attribute("content").unwrap_or_default();
    let end = text.find(" people").or_else(|| text.find(" person")).unwrap_or(text.len());
    sheet.figure(key, Reading::of(&text[..end]));
}

fn figure(document: &Document, at: usize, key: &str, sheet: &mut Sheet) {
    let reading = Reading::of(&document.text(at));
    let hides = !reading.is_number();
    sheet.figure(key, reading);
    if hides && (has_number(document, at) || is_beside_number(document, at)) {
        sheet.fault(Rule::NumberBesideMark, key);
    }
    if hides && is_moved(document, at) {
        sheet.fault(Rule::MarkWithLength, key);
    }
}

/// Whether an attribute of a figure, or of what is in it, holds a number; or a hidden text does.
fn has_number(document: &Document, at: usize) -> bool {
    let element = &document.elements[at];
    is_numbered(element)
        || element
            .attribute("href")
            .is_some_and(|to| to.find(['?', '#']).is_some_and(|from| has_digit(&to[from..])))
        || element.children.iter().any(|child| match child {
            Child::Hidden(text) => has_digit(text),
            Child::Element(inner) => has_number(document, *inner),
            Child::Text(_) => false,
        })
}

fn is_numbered(element: &Element) -> bool {
    element
        .attributes
        .iter()
        .filter(|(name, _)| !NAMES.contains(&name.as_str()))
        .filter(|(name, _)| !LENGTHS.contains(&name.as_str()) || !is_drawn(element))
        .any(|(_, value)| has_digit(value))
}

fn is_drawn(element: &Element) -> bool {
    matches!(element.name.as_str(), "text" | "tspan" | "svg")
}

/// Whether what holds a withheld figure holds a number as well that is no figure of its own.
fn is_beside_number(document: &Document, at: usize) -> bool {
    let mut inner = at;
    for outer in document.around(at) {
        let element = &document.elements[outer];
        if outer == 0 || !HOLDERS.contains(&element.name.as_str()) {
            return touches_number(document, outer, inner);
        }
        if is_numbered(element) || has_own_number(document, outer, inner) {
            return true;
        }
        inner = outer;
    }
    false
}

/// Whether an element holds a number outside one of its children and outside other figures.
fn has_own_number(document: &Document, of: usize, but: usize) -> bool {
    document.elements[of].children.iter().any(|child| match child {
        Child::Text(text) => has_digit(text),
        Child::Hidden(text) => has_digit(text),
        Child::Element(inner) if *inner == but => false,
        Child::Element(inner) => {
            let element = &document.elements[*inner];
            element.attribute("data-key").is_none()
                && (is_numbered(element) || has_own_number(document, *inner, but))
        }
    })
}

/// Whether the text right before or after a figure in a sentence ends or begins with a number.
fn touches_number(document: &Document, of: usize, inner: usize) -> bool {
    let children = &document.elements[of].children;
    let place = children.iter().position(|c| matches!(c, Child::Element(at) if *at == inner));
    let Some(place) = place else { return false };
    let text = |child: Option<&Child>| match child {
        Some(Child::Text(text)) => text.to_string(),
        Some(Child::Hidden(text)) => (*text).to_owned(),
        _ => String::new(),
    };
    let joins = |letter: char| letter.is_whitespace() || "()[]{}<>=≈~/|".contains(letter);
    let after = text(children.get(place + 1));
    let before = text(place.checked_sub(1).and_then(|at| children.get(at)));
    after.trim_start_matches(joins).starts_with(char::is_numeric)
        || before.trim_end_matches(joins).ends_with(char::is_numeric)
}

/// Whether a withheld figure among the words of a chart stands further right than where words
/// begin, although no told figure is beside it: a bar that is not drawn would end there.
fn is_moved(document: &Document, at: usize) -> bool {
    let text = |at: &usize| document.elements[*at].name == "text";
    let chart = |at: &usize| document.elements[*at].is_of("chart");
    let Some(line) = std::iter::once(at).chain(document.around(at)).find(text) else {
        return false;
    };
    let Some(chart) = document.around(line).find(chart) else { return false };
    let has_told = inside(document, line).any(|inner| {
        document.elements[inner].attribute("data-key").is_some()
            && Reading::of(&document.text(inner)).is_number()
    });
    let place = |at: usize| tenths(document.elements[at].attribute("x").unwrap_or("0"));
    let first = inside(document, chart).filter(text).map(place).min();
    !has_told && first.is_some_and(|first| place(line) > first)
}

/// The elements within one; they stand after it, before the next that is not within.
fn inside<'d>(document: &'d Document, of: usize) -> impl Iterator<Item = usize> + 'd {
    (of + 1..document.elements.len())
        .take_while(move |at| document.around(*at).any(|outer| outer == of))
}

/// `12.5%` in tenths; what is no such number is taken as far away.
fn tenths(text: &str) -> u32 {
    let text = text.trim_end_matches('%');
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let number = |text: &str| text.parse::<u32>().ok();
    number(whole).zip(number(part)).map_or(u32::MAX, |(whole, part)| whole * 10 + part)
}

/// An element without a key that looks like a figure.
fn unkeyed(document: &Document, at: usize, sheet: &mut Sheet) {
    let element = &document.elements[at];
    let in_chart = || document.around(at).any(|outer| document.elements[outer].is_of("chart"));
    let is_in_figure = || {
        document.around(at).any(|outer| document.elements[outer].attribute("data-key").is_some())
    };
    if element.is_of("fig") || element.is_of("withheld") {
        sheet.fault(Rule::WithoutKey, "");
    }
    if is_shape(element) && !PLAIN_SHAPES.iter().any(|class| element.is_of(class)) && in_chart() {
        sheet.fault(Rule::WithoutKey, "");
    }
    let own: Vec<&str> = element
        .children
        .iter()
        .filter_map(|child| match child {
            Child::Text(text) => Some(text.trim()),
            _ => None,
        })
        .collect();
    let is_mark = own.iter().any(|text| ["[c]", "[x]", "[z]"].contains(text));
    // Elsewhere a mark by itself is being explained.
    let is_in_cell = || {
        let cell = |at: usize| ["td", "dd"].contains(&document.elements[at].name.as_str());
        cell(at) || document.around(at).any(cell)
    };
    if is_mark && is_in_cell() && !is_in_figure() {
        sheet.fault(Rule::WithoutKey, "");
    }
    let is_drawn_value = element.name == "text" && element.is_of("chart-value");
    if is_drawn_value && own.iter().any(|text| has_digit(text)) {
        sheet.fault(Rule::WithoutKey, "");
    }
    // A mark that is told in words only, to some readers only, beside a number.
    let tells = |value: &str| value.contains("[c]") && has_digit(value);
    if element.attributes.iter().any(|(_, value)| tells(value)) {
        sheet.fault(Rule::NumberBesideMark, "");
    }
    if element.name == "table" {
        cells(document, at, sheet);
    }
}

/// In a table that holds figures, every cell that is a number must be one.
fn cells(document: &Document, table: usize, sheet: &mut Sheet) {
    let has_key = |at: usize| document.elements[at].attribute("data-key").is_some();
    if !inside(document, table).any(has_key) {
        return;
    }
    for at in inside(document, table).filter(|at| document.elements[*at].name == "td") {
        let text = document.text(at);
        let text = text.trim().trim_end_matches(['+', '%']);
        let is_number = has_digit(text)
            && text.chars().all(|letter| letter.is_numeric() || matches!(letter, ',' | '.'));
        if is_number && !has_key(at) && !inside(document, at).any(has_key) {
            sheet.fault(Rule::WithoutKey, "");
        }
    }
}
