//! Horizontal bars in groups: places beside people, with the gap marked on the people.

use std::fmt::Write as _;

use super::svg::{self, LINE_HEIGHT, escape, gap_words, hatching, lines, people_class};
use crate::view::figure::FigureView;

/// One group of bars.
#[derive(Clone, Debug)]
pub struct BarGroup {
    /// Its name.
    pub label: String,
    /// Places.
    pub places: FigureView,
    /// People who could come home.
    pub need: FigureView,
    /// Those of them who have no suitable place.
    pub gap: FigureView,
}

/// Height of a group in pixels without its name: two bars and the space below.
const GROUP_HEIGHT: usize = 56;
/// Letters of a name that fit on a line of the narrowest screen.
const LINE_LETTERS: usize = 36;
/// Height of one bar.
const BAR_HEIGHT: usize = 18;
/// Longest bar in tenths of a per cent of the width; the rest is for its number.
const LONGEST: u32 = 560;

/// The largest number of several groups, for charts that share a scale.
pub fn largest<'g>(groups: impl IntoIterator<Item = &'g BarGroup>) -> u32 {
    groups
        .into_iter()
        .flat_map(|group| [group.places.value, group.need.value])
        .flatten()
        .max()
        .unwrap_or(0)
}

/// Draws groups of bars on a scale from nought to `largest`. `title` says what is drawn and is read
/// out by screen readers; `id` keeps the ids of several charts on one page apart.
pub fn bars(id: &str, title: &str, groups: &[BarGroup], largest: u32) -> String {
    let names: Vec<Vec<String>> =
        groups.iter().map(|group| lines(&group.label, LINE_LETTERS)).collect();
    let height: usize = names.iter().map(|name| name.len() * LINE_HEIGHT + GROUP_HEIGHT).sum();
    let words: Vec<String> = groups.iter().map(words).collect();
    let mut svg = svg::open(id, title, &words.join(" "), height);
    svg.push_str(&hatching(id));
    let mut top = 0;
    for (group, name) in groups.iter().zip(names) {
        for line in name {
            top += LINE_HEIGHT;
            let _ = write!(
                svg,
                "<text class=\"chart-label\" x=\"0\" y=\"{}\">{}</text>",
                top - 4,
                escape(&line)
            );
        }
        let length = |value: Option<u32>| value.map_or(0, |v| v * LONGEST / largest.max(1));
        let (places, need) = (length(group.places.value), length(group.need.value));
        // Both are rounded, so the gap can come out larger than the need it is part of.
        let gap = length(group.gap.value).min(need);
        let (upper, lower) = (top + 4, top + 4 + BAR_HEIGHT + 4);
        rect(&mut svg, "class=\"chart-bar-capacity\"", 0, places, upper);
        text(&mut svg, places, upper, &format!("{} places", group.places.text));
        let class = format!("class=\"{}\"", people_class(&group.gap, "chart-bar-need"));
        rect(&mut svg, &class, 0, need, lower);
        let hatched = format!("class=\"chart-gap\" fill=\"url(#{id}-p)\"");
        rect(&mut svg, &hatched, need - gap, gap, lower);
        text(&mut svg, need, lower, &people(group));
        top += GROUP_HEIGHT;
    }
    svg.push_str("</svg>");
    svg
}

/// A group in a sentence, for those who do not see the bars.
fn words(group: &BarGroup) -> String {
    format!("{}: {} places; {}.", group.label, group.places.text, people(group))
}

fn people(group: &BarGroup) -> String {
    match gap_words(&group.gap) {
        Some(gap) => format!("{} people, {gap}", group.need.text),
        None => format!("{} people", group.need.text),
    }
}

/// A bar; positions and lengths in tenths of a per cent.
fn rect(svg: &mut String, attributes: &str, from: u32, length: u32, y: usize) {
    if length > 0 {
        let _ = write!(
            svg,
            "<rect {attributes} x=\"{}.{}%\" y=\"{y}\" width=\"{}.{}%\" height=\"{BAR_HEIGHT}\"/>",
            from / 10,
            from % 10,
            length / 10,
            length % 10
        );
    }
}

fn text(svg: &mut String, after: u32, y: usize, words: &str) {
    let _ = write!(
        svg,
        "<text class=\"chart-value\" x=\"{}.{}%\" y=\"{}\" dx=\"{}\">{}</text>",
        after / 10,
        after % 10,
        y + BAR_HEIGHT - 4,
        if after > 0 { 6 } else { 0 },
        escape(words)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: Option<u32>, text: &str) -> FigureView {
        FigureView {
            state: if value.is_some() { "rounded" } else { "suppressed" },
            value,
            text: text.to_owned(),
            phrase: String::new(),
            unit: "people",
            key: String::new(),
        }
    }

    #[test]
    fn a_withheld_figure_has_no_bar_and_the_longest_leaves_room() {
        let group = BarGroup {
            label: "A & B".to_owned(),
            places: figure(Some(200), "200"),
            need: figure(None, "[c]"),
            gap: figure(None, "[c]"),
        };
        let svg = bars("x", "t", std::slice::from_ref(&group), largest([&group]));
        assert!(svg.contains("width=\"56.0%\""), "{svg}");
        assert_eq!(svg.matches("<rect class=\"chart-bar").count(), 1);
        assert!(!svg.contains("chart-gap"), "{svg}");
        assert!(svg.contains("[c] people, gap [c]") && svg.contains("A &amp; B"), "{svg}");
        assert!(svg.contains("A &amp; B: 200 places; [c] people, gap [c].</desc>"), "{svg}");
    }

    #[test]
    fn people_whose_gap_is_withheld_are_an_outline() {
        let group = BarGroup {
            label: String::new(),
            places: figure(Some(0), "0"),
            need: figure(Some(40), "40"),
            gap: figure(None, "[c]"),
        };
        let svg = bars("x", "t", &[group], 40);
        assert!(svg.contains("<rect class=\"chart-untold\" x=\"0.0%\""), "{svg}");
        assert!(!svg.contains("chart-bar-need"), "{svg}");
        assert!(svg.contains("40 people, gap [c]</text>"), "{svg}");
    }

    #[test]
    fn the_gap_is_the_end_of_the_need() {
        let group = BarGroup {
            label: String::new(),
            places: figure(Some(0), "0"),
            need: figure(Some(40), "40"),
            gap: figure(Some(30), "30"),
        };
        let svg = bars("x", "t", &[group], 40);
        assert!(svg.contains("x=\"14.0%\" y=\"46\" width=\"42.0%\""), "{svg}");
        assert!(svg.contains("40 people, gap 30"), "{svg}");
    }
}
