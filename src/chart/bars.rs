//! Horizontal bars in groups: places beside people, with the gap marked on the people.

use std::fmt::Write as _;

use super::svg::{
    self, DRAWN, LINE_HEIGHT, SPOKEN, escape, gap_words, hatching, keyed, lines, people_class, told,
};
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
            svg::name(&mut svg, 0, top - 4, &line);
        }
        let length = |value: Option<u32>| value.map_or(0, |v| v * LONGEST / largest.max(1));
        let (places, need) = (length(group.places.value), length(group.need.value));
        // Both are rounded, so the gap can come out larger than the need it is part of.
        let gap = length(group.gap.value).min(need);
        let (upper, lower) = (top + 4, top + 4 + BAR_HEIGHT + 4);
        let attributes = format!("class=\"chart-bar-capacity\" {}", keyed(&[&group.places]));
        rect(&mut svg, &attributes, 0, places, upper);
        text(&mut svg, places, upper, &format!("{} places", told(&group.places, DRAWN)));
        let class = people_class(&group.gap, "chart-bar-need");
        let attributes = format!("class=\"{class}\" {}", keyed(&[&group.need]));
        rect(&mut svg, &attributes, 0, need, lower);
        let hatched = format!("class=\"chart-gap\" fill=\"url(#{id}-p)\" {}", keyed(&[&group.gap]));
        rect(&mut svg, &hatched, need - gap, gap, lower);
        text(&mut svg, need, lower, &people(group, DRAWN));
        top += GROUP_HEIGHT;
    }
    svg.push_str("</svg>");
    svg
}

/// A group in a sentence, for those who do not see the bars.
fn words(group: &BarGroup) -> String {
    let places = told(&group.places, SPOKEN);
    format!("{}: {places} places; {}.", escape(&group.label), people(group, SPOKEN))
}

fn people(group: &BarGroup, element: &str) -> String {
    let need = told(&group.need, element);
    match gap_words(&group.gap, element) {
        Some(gap) => format!("{need} people, {gap}"),
        None => format!("{need} people"),
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
        words
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{figure_at as figure, words_of};

    #[test]
    fn a_withheld_figure_has_no_bar_and_the_longest_leaves_room() {
        let group = BarGroup {
            label: "A & B".to_owned(),
            places: figure(Some(200), "p"),
            need: figure(None, "n"),
            gap: figure(None, "g"),
        };
        let svg = bars("x", "t", std::slice::from_ref(&group), largest([&group]));
        assert!(svg.contains("width=\"56.0%\""), "{svg}");
        assert_eq!(svg.matches("<rect class=\"chart-bar").count(), 1);
        assert!(!svg.contains("chart-gap"), "{svg}");
        let told = |of: &str, key: &str| format!("<{of} data-key=\"{key}\">[c]</{of}>");
        let drawn = format!(">{} people, gap {}</text>", told("tspan", "n"), told("tspan", "g"));
        assert!(svg.contains(&drawn) && svg.contains(">A &amp; B</text>"), "{svg}");
        assert!(words_of(&svg).contains("A &amp; B: 200 places; [c] people, gap [c]."), "{svg}");
    }

    #[test]
    fn people_whose_gap_is_withheld_are_an_outline() {
        let group = BarGroup {
            label: String::new(),
            places: figure(Some(0), "p"),
            need: figure(Some(40), "n"),
            gap: figure(None, "g"),
        };
        let svg = bars("x", "t", &[group], 40);
        assert!(svg.contains("<rect class=\"chart-untold\" data-key=\"n\" x=\"0.0%\""), "{svg}");
        assert!(!svg.contains("chart-bar-need"), "{svg}");
        assert!(words_of(&svg).contains("40 people, gap [c]."), "{svg}");
    }

    #[test]
    fn the_gap_is_the_end_of_the_need() {
        let group = BarGroup {
            label: String::new(),
            places: figure(Some(0), "p"),
            need: figure(Some(40), "n"),
            gap: figure(Some(30), "g"),
        };
        let svg = bars("x", "t", &[group], 40);
        assert!(svg.contains("x=\"14.0%\" y=\"46\" width=\"42.0%\""), "{svg}");
        assert!(svg.contains("fill=\"url(#x-p)\" data-key=\"g\" x=\"14.0%\""), "{svg}");
        assert!(words_of(&svg).contains("40 people, gap 30."), "{svg}");
    }
}
