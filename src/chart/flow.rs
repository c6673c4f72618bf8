//! Streams from a home area to levels of care: how many are away, and for how many there is no
//! place.

use std::fmt::Write as _;

use super::svg::{
    self, DRAWN, LINE_HEIGHT, SPOKEN, escape, gap_words, hatching, keyed, lines, people_class,
    percent, told,
};
use crate::view::figure::FigureView;

/// One level to which people of an area go.
#[derive(Clone, Debug)]
pub struct FlowRow {
    /// Its name.
    pub label: String,
    /// People placed away at this level.
    pub away: FigureView,
    /// Those of them who could move to a place nearer home.
    pub matched: FigureView,
    /// Those of them who have no suitable place.
    pub gap: FigureView,
}

/// Height of the widest stream.
const WIDEST: u32 = 64;
/// Least height of a stream that can be seen.
const NARROWEST: u32 = 3;
/// Space below a row.
const SPACE: usize = 18;
/// Letters of a name that fit beside the streams on the narrowest screen.
const LINE_LETTERS: usize = 19;
/// In tenths of a per cent: where streams begin and end, and where words begin.
const BEGIN: u32 = 40;
const END: u32 = 340;
const BLOCK: u32 = 40;
const WORDS: u32 = 405;

/// A row with its place in the drawing.
struct Stream<'r> {
    row: &'r FlowRow,
    name: Vec<String>,
    words: Vec<String>,
    /// Its height at both ends.
    height: usize,
    /// Where it begins on the left and ends on the right.
    left: usize,
    right: usize,
}

/// The largest number of several drawings that share a scale.
pub fn broadest<'r>(rows: impl IntoIterator<Item = &'r FlowRow>) -> u32 {
    rows.into_iter().filter_map(|row| row.away.value).max().unwrap_or(0)
}

/// Draws a stream for each row of which a number is shown, the widest for `largest` people; nothing
/// without any.
pub fn flow(id: &str, title: &str, rows: &[FlowRow], largest: u32) -> Option<String> {
    let streams = streams(rows, largest);
    let last = streams.last()?;
    let height = last.right + room(last);
    let words: Vec<String> = streams
        .iter()
        .map(|stream| {
            format!("{}: {}.", escape(&stream.row.label), words(stream.row, SPOKEN).join(", "))
        })
        .collect();
    let mut svg = svg::open(id, title, &words.join(" "), height);
    svg.push_str(&hatching(id));
    // Curves are stretched to their column, words are not.
    let _ = write!(
        svg,
        "<svg x=\"{}\" y=\"0\" width=\"{}\" height=\"{height}\" viewBox=\"0 0 100 {height}\" \
         preserveAspectRatio=\"none\">",
        percent(BEGIN),
        percent(END - BEGIN)
    );
    for stream in &streams {
        let (from, to, thick) = (stream.left, stream.right, stream.height);
        let (from_end, to_end) = (from + thick, to + thick);
        let _ = write!(
            svg,
            "<path class=\"chart-stream\" {} d=\"M0 {from}C50 {from} 50 {to} 100 {to}V{to_end}\
             C50 {to_end} 50 {from_end} 0 {from_end}Z\"/>",
            keyed(&[&stream.row.away])
        );
    }
    svg.push_str("</svg>");
    let all: usize = streams.iter().map(|stream| stream.height).sum();
    let away: Vec<&FigureView> = streams.iter().map(|stream| &stream.row.away).collect();
    let attributes = format!("class=\"chart-bar-need\" {}", keyed(&away));
    block(&mut svg, &attributes, [0, BEGIN], [streams[0].left, all]);
    for stream in &streams {
        ends(&mut svg, id, stream);
        let name = stream.name.iter().map(|line| ("chart-label", escape(line)));
        let words = stream.words.iter().map(|line| ("chart-value", line.clone()));
        for (at, (class, line)) in name.chain(words).enumerate() {
            let y = stream.right + (at + 1) * LINE_HEIGHT - 5;
            svg::text(&mut svg, class, WORDS, y, &line);
        }
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn streams(rows: &[FlowRow], largest: u32) -> Vec<Stream<'_>> {
    let shown = rows.iter().filter(|row| row.away.value.is_some_and(|away| away > 0));
    let mut streams: Vec<Stream> = shown
        .map(|row| Stream {
            row,
            name: lines(&row.label, LINE_LETTERS),
            words: words(row, DRAWN),
            height: thickness(row.away.value.unwrap_or(0), largest) as usize,
            left: 0,
            right: 0,
        })
        .collect();
    let mut right = 0;
    for stream in &mut streams {
        stream.right = right;
        right += room(stream) + SPACE;
    }
    let all: usize = streams.iter().map(|stream| stream.height).sum();
    let mut left = right.saturating_sub(SPACE + all) / 2;
    for stream in &mut streams {
        stream.left = left;
        left += stream.height;
    }
    streams
}

fn room(stream: &Stream) -> usize {
    stream.height.max((stream.name.len() + stream.words.len()) * LINE_HEIGHT)
}

fn thickness(value: u32, largest: u32) -> u32 {
    (value * WIDEST / largest.max(1)).max(NARROWEST)
}

fn words(row: &FlowRow, element: &str) -> Vec<String> {
    let mut words = vec![format!("{} away", told(&row.away, element))];
    words.extend(gap_words(&row.gap, element));
    words
}

/// The end of a stream: the gap hatched, those who could move, and everybody else.
fn ends(svg: &mut String, id: &str, stream: &Stream) {
    let away = stream.row.away.value.unwrap_or(0).max(1) as usize;
    // All three are rounded, so the parts can come out larger than the whole.
    let share = |figure: &FigureView, room: usize| {
        figure.value.map_or(0, |value| value as usize * stream.height / away).min(room)
    };
    let gap = share(&stream.row.gap, stream.height);
    let matched = share(&stream.row.matched, stream.height - gap);
    let row = stream.row;
    let hatched = format!("class=\"chart-gap\" fill=\"url(#{id}-p)\"");
    let rest = format!("class=\"{}\"", people_class(&row.gap, "chart-stream"));
    let parts = [
        (hatched.as_str(), &row.gap, gap),
        ("class=\"chart-bar-capacity\"", &row.matched, matched),
        (rest.as_str(), &row.away, stream.height - gap - matched),
    ];
    let mut top = stream.right;
    for (attributes, figure, height) in parts {
        let attributes = format!("{attributes} {}", keyed(&[figure]));
        block(svg, &attributes, [END, BLOCK], [top, height]);
        top += height;
    }
}

/// A block at `x` of a width, both in tenths of a per cent, from a height of so many pixels.
fn block(svg: &mut String, attributes: &str, [x, width]: [u32; 2], [top, height]: [usize; 2]) {
    if height > 0 {
        let (x, width) = (percent(x), percent(width));
        let _ = write!(
            svg,
            "<rect {attributes} x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{figure, words_of};

    fn row(label: &str, away: Option<u32>, matched: Option<u32>, gap: Option<u32>) -> FlowRow {
        FlowRow {
            label: label.to_owned(),
            away: figure(away),
            matched: figure(matched),
            gap: figure(gap),
        }
    }

    #[test]
    fn streams_are_as_wide_as_their_numbers_and_end_in_their_parts() {
        let rows = [
            row("Ward", Some(40), Some(10), Some(20)),
            row("Home", None, None, None),
            row("Rehab", Some(20), None, Some(20)),
        ];
        let svg = flow("x", "t", &rows, broadest(&rows)).unwrap();
        assert_eq!(svg.matches("<path").count(), 2, "a withheld number has no stream: {svg}");
        assert!(!svg.contains("Home"), "{svg}");
        assert!(svg.contains("x=\"34.0%\" y=\"0\" width=\"4.0%\" height=\"32\""), "{svg}");
        assert!(svg.contains("y=\"32\" width=\"4.0%\" height=\"16\""), "{svg}");
        assert!(words_of(&svg).contains("Ward: 40 away, gap 20. Rehab: 20 away, gap 20."), "{svg}");
    }

    #[test]
    fn drawings_of_one_page_share_a_scale() {
        let svg = flow("x", "t", &[row("Ward", Some(10), None, Some(0))], 40).unwrap();
        assert!(svg.contains("width=\"4.0%\" height=\"16\""), "{svg}");
    }

    #[test]
    fn without_a_number_there_is_no_drawing() {
        assert_eq!(flow("x", "t", &[row("Home", None, None, None)], 9), None);
        assert_eq!(flow("x", "t", &[row("Home", Some(0), Some(0), Some(0))], 9), None);
    }
}
