//! Horizontal bars in groups: capacity beside need.

use std::fmt::Write as _;

use crate::view::figure::FigureView;

/// A group of two bars.
#[derive(Clone, Debug)]
pub struct BarGroup {
    /// Its name.
    pub label: String,
    /// Places.
    pub capacity: FigureView,
    /// People who could come home.
    pub need: FigureView,
}

/// Height of a group in pixels: its name, two bars and the space below.
const GROUP_HEIGHT: usize = 74;
/// Height of one bar.
const BAR_HEIGHT: usize = 18;
/// Longest bar in per cent of the width; the rest is for its number.
const LONGEST: u32 = 70;

/// Draws groups of bars on one scale that begins at nought. `title` says the finding and `about`
/// what is drawn; both are read out by screen readers.
pub fn bars(id: &str, title: &str, about: &str, groups: &[BarGroup]) -> String {
    let longest = groups
        .iter()
        .flat_map(|group| [group.capacity.value, group.need.value])
        .flatten()
        .max()
        .unwrap_or(0)
        .max(1);
    let height = groups.len() * GROUP_HEIGHT;
    let mut svg = format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" width=\"100%\" \
         height=\"{height}\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escape(title),
        escape(about)
    );
    for (index, group) in groups.iter().enumerate() {
        let top = index * GROUP_HEIGHT;
        let _ = write!(
            svg,
            "<text class=\"chart-label\" x=\"0\" y=\"{}\">{}</text>",
            top + 16,
            escape(&group.label)
        );
        let places = ("chart-bar-capacity", &group.capacity, "places");
        let people = ("chart-bar-need", &group.need, "people");
        for (row, (class, figure, unit)) in [places, people].into_iter().enumerate() {
            let y = top + 24 + row * (BAR_HEIGHT + 4);
            bar(&mut svg, class, figure, unit, y, longest);
        }
    }
    svg.push_str("</svg>");
    svg
}

fn bar(svg: &mut String, class: &str, figure: &FigureView, unit: &str, y: usize, longest: u32) {
    let width = figure
        .value
        .map_or(0, |value| value * LONGEST * 10 / longest);
    let (whole, tenth) = (width / 10, width % 10);
    if width > 0 {
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"0\" y=\"{y}\" width=\"{whole}.{tenth}%\" \
             height=\"{BAR_HEIGHT}\"/>"
        );
    }
    let _ = write!(
        svg,
        "<text class=\"chart-value\" x=\"{whole}.{tenth}%\" y=\"{}\" dx=\"{}\">{} {unit}</text>",
        y + BAR_HEIGHT - 4,
        if width > 0 { 6 } else { 0 },
        escape(&figure.text)
    );
}

/// Makes text safe inside SVG.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: Option<u32>, text: &str) -> FigureView {
        FigureView {
            state: if value.is_some() {
                "rounded"
            } else {
                "suppressed"
            },
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
            capacity: figure(Some(200), "200"),
            need: figure(None, "[c]"),
        };
        let svg = bars("x", "t", "d", &[group]);
        assert!(svg.contains("width=\"70.0%\""), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 1);
        assert!(
            svg.contains("[c] people") && svg.contains("A &amp; B"),
            "{svg}"
        );
    }
}
