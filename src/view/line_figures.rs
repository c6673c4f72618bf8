//! Figures of the lines of gaps, each under a key of its own: people in bands, places, prices.
//!
//! A line has one name in every output: the id of a listed gap, or the number of a line of what
//! else is wanted. Its figures are `gap-line.people|NAME` and so on, so that the audit of the
//! finished site can tell which line a number belongs to.

use super::figure::FigureView;
use super::gap_words;
use crate::evidence::disclosure::{AlsoWanted, Band, BedRange, PriceBand, PublicGap, Publication};

/// What a figure of a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFigure {
    /// People without a place.
    People,
    /// Places by both rules together.
    Beds,
    /// Places at the target occupancy.
    BusyBeds,
    /// Places so that someone is seldom turned away.
    FreeBeds,
    /// Weekly price in pounds.
    Price,
}

impl LineFigure {
    const fn id(self) -> &'static str {
        match self {
            LineFigure::People => "gap-line.people",
            LineFigure::Beds => "gap-line.beds",
            LineFigure::BusyBeds => "gap-line.busy-beds",
            LineFigure::FreeBeds => "gap-line.free-beds",
            LineFigure::Price => "gap-line.price",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            LineFigure::People => "people",
            LineFigure::Beds | LineFigure::BusyBeds | LineFigure::FreeBeds => "beds",
            LineFigure::Price => "pounds",
        }
    }

    /// The key of this figure of a line.
    pub fn key(self, line: &str) -> String {
        format!("{}|{line}", self.id())
    }

    fn view(self, line: &str, text: String, phrase: String) -> FigureView {
        FigureView {
            state: "band",
            value: None,
            text,
            phrase,
            unit: self.unit(),
            key: self.key(line),
        }
    }
}

/// The name of a line of what else is wanted.
pub fn also_wanted_name(publication: &Publication, line: &AlsoWanted) -> String {
    let lines = publication.gaps().also_wanted();
    let number = lines.iter().position(|other| std::ptr::eq(other, line)).map_or(0, |at| at + 1);
    format!("also-wanted-{number}")
}

/// The people of a line: `10 to 14`.
pub fn people(line: &str, band: Band) -> FigureView {
    let text = gap_words::band(band);
    let phrase = format!("{text} people");
    LineFigure::People.view(line, text, phrase)
}

/// Places for a listed gap: `12 to 19`.
pub fn beds(of: LineFigure, gap: &PublicGap, range: BedRange) -> FigureView {
    let text = gap_words::beds(range);
    let phrase = format!("{text} places");
    of.view(gap.id(), text, phrase)
}

/// The price of a listed gap: `£2,750 to £3,500 a week`.
pub fn price(gap: &PublicGap, price: PriceBand) -> FigureView {
    let text = gap_words::price(price);
    LineFigure::Price.view(gap.id(), text.clone(), text)
}
