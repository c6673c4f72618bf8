//! Dots with whiskers: the published gap of each level, and how far it may be from the truth.

use std::fmt::Write as _;

use super::svg::{self, DRAWN, LINE_HEIGHT, SPOKEN, escape, keyed, lines, percent, told};
use crate::view::figure::{FigureView, GapRange};

/// One gap with the ends of its range.
#[derive(Clone, Debug)]
pub struct RangeRow {
    /// Its name.
    pub label: String,
    /// The fewest people.
    pub low: FigureView,
    /// The published gap.
    pub gap: FigureView,
    /// The most people.
    pub high: FigureView,
}

impl RangeRow {
    /// The gap in words: `15 (10 to 25)`.
    fn words(&self, element: &str) -> String {
        let gap = told(&self.gap, element);
        let Some(range) = GapRange::between(&self.low, &self.gap, &self.high) else { return gap };
        let end = |figure: FigureView| told(&figure, element);
        match (range.low.map(end), range.high.map(end)) {
            (Some(low), Some(high)) => format!("{gap} ({low} to {high})"),
            (None, Some(high)) => format!("{gap} (at most {high})"),
            (Some(low), None) => format!("{gap} (at least {low})"),
            (None, None) => gap,
        }
    }

    /// The keys of the gap and of the ends that are told.
    fn keys(&self) -> String {
        let ends = [&self.low, &self.high].into_iter().filter(|end| end.value.is_some());
        keyed(&std::iter::once(&self.gap).chain(ends).collect::<Vec<_>>())
    }
}

/// Height of a row without its name.
const ROW_HEIGHT: usize = 34;
/// Letters of a name that fit on a line of the narrowest screen.
const LINE_LETTERS: usize = 36;
/// Where the largest number stands, in tenths of a per cent; the rest is for words.
const LONGEST: u32 = 540;

/// The largest number of several rows, for charts that share a scale.
pub fn widest<'r>(rows: impl IntoIterator<Item = &'r RangeRow>) -> u32 {
    rows.into_iter().flat_map(|row| [row.gap.value, row.high.value]).flatten().max().unwrap_or(0)
}

/// Draws rows on a scale from nought to `largest`. A withheld end has no whisker, and a withheld
/// gap neither dot nor whisker.
pub fn ranges(id: &str, title: &str, rows: &[RangeRow], largest: u32) -> String {
    let names: Vec<Vec<String>> = rows.iter().map(|row| lines(&row.label, LINE_LETTERS)).collect();
    let height: usize = names.iter().map(|name| name.len() * LINE_HEIGHT + ROW_HEIGHT).sum();
    let words: Vec<String> =
        rows.iter().map(|row| format!("{}: {}.", escape(&row.label), row.words(SPOKEN))).collect();
    let mut svg = svg::open(id, title, &words.join(" "), height);
    let place = |value: u32| 5 + value * LONGEST / largest.max(1);
    let mut top = 0;
    for (row, name) in rows.iter().zip(names) {
        for line in name {
            top += LINE_HEIGHT;
            svg::name(&mut svg, 0, top - 4, &line);
        }
        let y = top + 12;
        let mut after = 0;
        if let Some(gap) = row.gap.value {
            let low = row.low.value.map_or(gap, |low| low.min(gap));
            let high = row.high.value.map_or(gap, |high| high.max(gap));
            after = place(high) + 15;
            whisker(&mut svg, &row.keys(), [place(low), place(high)], y);
            for (figure, end) in [(&row.low, low), (&row.high, high)] {
                if figure.value.is_some() && end != gap {
                    tick(&mut svg, &keyed(&[figure]), place(end), y);
                }
            }
            let _ = write!(
                svg,
                "<circle class=\"chart-dot\" {} cx=\"{}\" cy=\"{y}\" r=\"6\"/>",
                keyed(&[&row.gap]),
                percent(place(gap))
            );
        }
        svg::text(&mut svg, "chart-value", after, y + 5, &row.words(DRAWN));
        top += ROW_HEIGHT;
    }
    svg.push_str("</svg>");
    svg
}

fn whisker(svg: &mut String, keys: &str, [from, to]: [u32; 2], y: usize) {
    if from < to {
        let (from, to) = (percent(from), percent(to));
        let _ = write!(
            svg,
            "<line class=\"chart-whisker\" {keys} x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>"
        );
    }
}

fn tick(svg: &mut String, key: &str, x: u32, y: usize) {
    let (x, from, to) = (percent(x), y - 7, y + 7);
    let _ = write!(
        svg,
        "<line class=\"chart-whisker\" {key} x1=\"{x}\" y1=\"{from}\" x2=\"{x}\" y2=\"{to}\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{figure, words_of};

    fn row(low: Option<u32>, gap: Option<u32>, high: Option<u32>) -> RangeRow {
        RangeRow {
            label: "Open & free".to_owned(),
            low: figure(low),
            gap: figure(gap),
            high: figure(high),
        }
    }

    #[test]
    fn a_gap_has_a_dot_between_the_ends_of_its_whisker() {
        let row = row(Some(10), Some(15), Some(25));
        let svg = ranges("x", "t", std::slice::from_ref(&row), widest([&row]));
        assert!(svg.contains("x1=\"22.1%\" y1=\"32\" x2=\"54.5%\""), "{svg}");
        assert!(svg.contains("cx=\"32.9%\""), "{svg}");
        assert_eq!(svg.matches("<line").count(), 3);
        assert!(words_of(&svg).contains("Open &amp; free: 15 (10 to 25)."), "{svg}");
    }

    #[test]
    fn what_is_withheld_has_no_place() {
        let svg = ranges("x", "t", &[row(None, Some(15), Some(25))], 25);
        assert_eq!(svg.matches("<line").count(), 2, "a whisker from the dot, one end: {svg}");
        assert!(words_of(&svg).contains("15 (at most 25)"), "{svg}");
        let svg = ranges("x", "t", &[row(None, None, None)], 25);
        assert!(!svg.contains("<line") && !svg.contains("<circle"), "{svg}");
        assert!(svg.contains(">[c]</tspan></text>"), "{svg}");
    }
}
