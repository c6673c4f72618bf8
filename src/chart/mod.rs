//! Charts as inline SVG that reads without colour, without scripts and at any width.
//!
//! Charts are made from figures that have been published, so a withheld figure has no length and no
//! place. They use percentages instead of a scaled drawing: on a narrow screen bars get shorter and
//! letters keep their size. Each has a title, and words that say the same.

mod bars;
mod flow;
mod locator;
mod ranges;
mod rungs;
mod svg;

pub use bars::{BarGroup, bars, largest};
pub use flow::{FlowRow, broadest, flow};
pub use locator::{KM_PER_MILE, Spot, locator};
pub use ranges::{RangeRow, ranges, widest};
pub use rungs::{Rung, longest, rungs};

#[cfg(test)]
mod tests {
    use crate::view::figure::FigureView;

    /// A figure of people, or a withheld one.
    pub(super) fn figure(value: Option<u32>) -> FigureView {
        figure_at(value, "")
    }

    /// What a drawing says to those who do not see it, without the marks of its figures.
    pub(super) fn words_of(svg: &str) -> String {
        let words = svg.split("<desc").nth(1).unwrap().split("</desc>").next().unwrap();
        words.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
    }

    /// A figure of people under a key.
    pub(super) fn figure_at(value: Option<u32>, key: &str) -> FigureView {
        FigureView {
            state: if value.is_some() { "rounded" } else { "suppressed" },
            value,
            text: value.map_or("[c]".to_owned(), |value| value.to_string()),
            phrase: String::new(),
            unit: "people",
            key: key.to_owned(),
        }
    }
}
