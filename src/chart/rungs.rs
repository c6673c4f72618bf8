//! A ladder: each level a rung, with the people who wait and the places that are free.

use std::fmt::Write as _;

use super::svg::{
    self, DRAWN, LINE_HEIGHT, SPOKEN, escape, gap_words, hatching, keyed, lines, people_class,
    percent, told, worded,
};
use crate::view::figure::FigureView;

/// One rung of a ladder.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Name of the level.
    pub label: String,
    /// People placed away at this level.
    pub away: FigureView,
    /// Those of them who have no suitable place.
    pub gap: FigureView,
    /// Places that are free.
    pub free: FigureView,
}

/// Height of a rung without its name: two bars, and space above and below.
const RUNG_HEIGHT: usize = 66;
/// Letters of a name that fit on a line of the narrowest screen.
const LINE_LETTERS: usize = 33;
/// Height of one bar.
const BAR_HEIGHT: usize = 18;
/// In tenths of a per cent: where bars begin, and the longest.
const BEGIN: u32 = 40;
const LONGEST: u32 = 440;

/// The largest number of several ladders that share a scale.
pub fn longest<'r>(rungs: impl IntoIterator<Item = &'r Rung>) -> u32 {
    let values =
        rungs.into_iter().flat_map(|rung| [rung.away.value.or(rung.gap.value), rung.free.value]);
    values.flatten().max().unwrap_or(0)
}

/// Draws a ladder, the first rung at the top, on a scale from nought to `largest`.
pub fn rungs(id: &str, title: &str, rungs: &[Rung], largest: u32) -> String {
    let names: Vec<Vec<String>> =
        rungs.iter().map(|rung| lines(&rung.label, LINE_LETTERS)).collect();
    let height: usize = names.iter().map(|name| name.len() * LINE_HEIGHT + RUNG_HEIGHT).sum();
    let words: Vec<String> = rungs
        .iter()
        .map(|rung| {
            let (people, places) = (people(rung, SPOKEN), places(rung, SPOKEN));
            format!("{}: {people}, {places}.", escape(&rung.label))
        })
        .collect();
    let mut svg = svg::open(id, title, &words.join(" "), height);
    svg.push_str(&hatching(id));
    for rail in ["0.5%", "99.5%"] {
        let _ = write!(
            svg,
            "<line class=\"chart-rail\" x1=\"{rail}\" y1=\"0\" x2=\"{rail}\" y2=\"{height}\"/>"
        );
    }
    let length =
        |figure: &FigureView| figure.value.map_or(0, |value| value * LONGEST / largest.max(1));
    let mut top = 0;
    for (rung, name) in rungs.iter().zip(names) {
        for line in name {
            top += LINE_HEIGHT;
            svg::name(&mut svg, BEGIN, top, &line);
        }
        let (away, free) = (length(&rung.away), length(&rung.free));
        // Both are rounded, so the gap can come out larger than the people it is part of. Where
        // these are not told, it stands alone.
        let gap = length(&rung.gap);
        let (gap, people_end) = if away > 0 { (gap.min(away), away) } else { (gap, gap) };
        let (upper, lower) = (top + 8, top + 8 + BAR_HEIGHT + 4);
        let class = people_class(&rung.gap, "chart-bar-need");
        let drawn = format!("class=\"{class}\" {}", keyed(&[&rung.away]));
        bar(&mut svg, &drawn, [BEGIN, away], upper);
        let hatched = format!("class=\"chart-gap\" fill=\"url(#{id}-p)\" {}", keyed(&[&rung.gap]));
        bar(&mut svg, &hatched, [BEGIN + people_end - gap, gap], upper);
        let drawn = format!("class=\"chart-bar-capacity\" {}", keyed(&[&rung.free]));
        bar(&mut svg, &drawn, [BEGIN, free], lower);
        let words = [(people_end, upper, people(rung, DRAWN)), (free, lower, places(rung, DRAWN))];
        for (long, y, words) in words {
            let x = if long > 0 { BEGIN + long + 15 } else { BEGIN };
            svg::text(&mut svg, "chart-value", x, y + BAR_HEIGHT - 4, &words);
        }
        top += RUNG_HEIGHT;
        let y = top - 6;
        let _ = write!(
            svg,
            "<line class=\"chart-rail\" x1=\"0.5%\" y1=\"{y}\" x2=\"99.5%\" y2=\"{y}\"/>"
        );
    }
    svg.push_str("</svg>");
    svg
}

fn people(rung: &Rung, element: &str) -> String {
    let away = told(&rung.away, element);
    match gap_words(&rung.gap, element) {
        Some(gap) => format!("{away} away, {gap}"),
        None => format!("{away} away"),
    }
}

fn places(rung: &Rung, element: &str) -> String {
    match (rung.free.state, rung.free.value) {
        ("not-applicable", _) => worded(&rung.free, element, "no service here"),
        // Of services that do not say how many: not the same as none.
        (_, Some(0)) if rung.free.text.ends_with('+') => {
            worded(&rung.free, element, "an unknown number of places free")
        }
        (_, Some(0)) => worded(&rung.free, element, "no places free"),
        _ => format!("{} free", told(&rung.free, element)),
    }
}

/// A bar; place and length in tenths of a per cent.
fn bar(svg: &mut String, attributes: &str, [from, length]: [u32; 2], y: usize) {
    if length > 0 {
        let (from, length) = (percent(from), percent(length));
        let _ = write!(
            svg,
            "<rect {attributes} x=\"{from}\" y=\"{y}\" width=\"{length}\" \
             height=\"{BAR_HEIGHT}\"/>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{figure, words_of};

    #[test]
    fn a_rung_shows_who_waits_and_what_is_free_and_nothing_withheld() {
        let rung = |label: &str, away, gap, free| Rung {
            label: label.to_owned(),
            away: figure(away),
            gap: figure(gap),
            free: figure(free),
        };
        let unknown = rung("Hostel", None, None, None);
        let all = [
            rung("Ward", Some(40), Some(20), Some(0)),
            rung("Rehab", Some(10), None, Some(0)),
            rung("Home", None, None, Some(4)),
            rung("Flat", None, Some(10), Some(0)),
            Rung { free: FigureView { text: "0+".to_owned(), ..figure(Some(0)) }, ..unknown },
        ];
        let svg = rungs("x", "t", &all, longest(&all));
        assert!(svg.contains("x=\"26.0%\" y=\"28\" width=\"22.0%\""), "{svg}");
        assert_eq!(svg.matches("chart-bar-need").count(), 1, "{svg}");
        assert_eq!(svg.matches("chart-untold").count(), 1, "{svg}");
        // The gap of a rung whose people are withheld has a bar all the same.
        assert_eq!(svg.matches("class=\"chart-gap\"").count(), 2, "{svg}");
        assert!(svg.contains("x=\"4.0%\" y=\"286\" width=\"11.0%\""), "{svg}");
        let words = words_of(&svg);
        assert!(
            words.contains("Ward: 40 away, gap 20, no places free. Rehab: 10 away, gap [c], no")
        );
        assert!(words.contains("Home: [c] away, gap [c], 4 free."), "{words}");
        let unknown = "Hostel: [c] away, gap [c], an unknown number of places free.";
        assert!(words.contains(unknown), "{words}");
    }
}
