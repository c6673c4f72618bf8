//! A small map: one service, the places around it, and a scale.
//!
//! Unlike a chart it shows no figure and keeps its proportions, so it has a fixed size that fits
//! the narrowest screen. North is at the top.

use std::fmt::Write as _;

use super::svg::escape;

/// A place on the map.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    /// Its name.
    pub name: &'a str,
    /// Kilometres east of the service.
    pub east: f64,
    /// Kilometres north of it.
    pub north: f64,
}

const WIDTH: i32 = 288;
const HEIGHT: i32 = 224;
/// Room at the sides, and for the scale below.
const MARGIN: i32 = 28;
const FOOT: i32 = 36;
/// Width of a letter and height of a line in pixels, on the generous side.
const LETTER: i32 = 8;
const LINE: i32 = 18;
/// How long a mile is.
pub const KM_PER_MILE: f64 = 1.609_344;

/// Pixels from the left and from the top, then width and height.
#[derive(Clone, Copy)]
struct Frame(i32, i32, i32, i32);

impl Frame {
    fn meets(self, other: Frame) -> bool {
        let apart = |a: i32, of_a: i32, b: i32, of_b: i32| a + of_a <= b || b + of_b <= a;
        !apart(self.0, self.2, other.0, other.2) && !apart(self.1, self.3, other.1, other.3)
    }

    fn is_inside(self) -> bool {
        self.0 >= 0 && self.1 >= 0 && self.0 + self.2 <= WIDTH && self.1 + self.3 <= HEIGHT - FOOT
    }
}

/// Draws places around a service that stands at nought east and nought north. A name that finds no
/// room is left out; `words` say everything.
pub fn locator(title: &str, words: &str, spots: &[Spot]) -> String {
    let view = View::of(spots);
    let mut svg = format!(
        "<svg class=\"map\" role=\"img\" aria-labelledby=\"map-t\" aria-describedby=\"map-d\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-size=\"15\" \
         fill=\"currentColor\"><title id=\"map-t\">{}</title><desc id=\"map-d\">{}</desc>",
        escape(title),
        escape(words)
    );
    let (x, y) = view.place(0.0, 0.0);
    let _ = write!(
        svg,
        "<circle class=\"chart-rail\" cx=\"{x}\" cy=\"{y}\" r=\"11\" fill=\"none\"/>\
         <circle class=\"chart-dot\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"
    );
    let mut taken = vec![Frame(x - 12, y - 12, 24, 24)];
    let places: Vec<(i32, i32)> =
        spots.iter().map(|spot| view.place(spot.east, spot.north)).collect();
    taken.extend(places.iter().map(|(x, y)| Frame(x - 5, y - 5, 10, 10)));
    for ((x, y), spot) in places.into_iter().zip(spots) {
        let _ = write!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
        if let Some(frame) = room(spot.name, (x, y), &taken) {
            let (left, base) = (frame.0, frame.1 + LINE - 5);
            let _ = write!(svg, "<text x=\"{left}\" y=\"{base}\">{}</text>", escape(spot.name));
            taken.push(frame);
        }
    }
    view.scale(&mut svg);
    svg.push_str("</svg>");
    svg
}

/// A free frame for a name beside, above or below its place.
fn room(name: &str, (x, y): (i32, i32), taken: &[Frame]) -> Option<Frame> {
    let width = i32::try_from(name.chars().count()).ok()? * LETTER;
    let beside = y - LINE / 2;
    let centred = (x - width / 2).clamp(0, (WIDTH - width).max(0));
    let ways = [
        Frame(x + 8, beside, width, LINE),
        Frame(x - 8 - width, beside, width, LINE),
        Frame(centred, y - 7 - LINE, width, LINE),
        Frame(centred, y + 7, width, LINE),
    ];
    ways.into_iter().find(|way| way.is_inside() && !taken.iter().any(|other| way.meets(*other)))
}

/// How kilometres become pixels.
struct View {
    west: f64,
    north: f64,
    pixels_per_km: f64,
    /// What is left over, half on each side.
    left: i32,
    top: i32,
}

impl View {
    /// Everything in view, and not less than two kilometres each way.
    fn of(spots: &[Spot]) -> View {
        let easts = || spots.iter().map(|spot| spot.east);
        let norths = || spots.iter().map(|spot| spot.north);
        let (west, east) = (easts().fold(-1.0, f64::min), easts().fold(1.0, f64::max));
        let (south, north) = (norths().fold(-1.0, f64::min), norths().fold(1.0, f64::max));
        let (wide, high) = (WIDTH - 2 * MARGIN, HEIGHT - FOOT - 2 * MARGIN);
        let by_width = f64::from(wide) / (east - west);
        let by_height = f64::from(high) / (north - south);
        let pixels_per_km = by_width.min(by_height);
        let over = |room: i32, km: f64| (room - (km * pixels_per_km).round() as i32) / 2;
        View {
            west,
            north,
            pixels_per_km,
            left: MARGIN + over(wide, east - west),
            top: MARGIN + over(high, north - south),
        }
    }

    fn place(&self, east: f64, north: f64) -> (i32, i32) {
        let pixels = |km: f64| (km * self.pixels_per_km).round() as i32;
        (self.left + pixels(east - self.west), self.top + pixels(self.north - north))
    }

    /// A line of so many miles, below the map.
    fn scale(&self, svg: &mut String) {
        let pixels =
            |miles: u32| (f64::from(miles) * KM_PER_MILE * self.pixels_per_km).round() as i32;
        let miles = [200, 100, 50, 20, 10, 5, 2].into_iter().find(|miles| pixels(*miles) <= 120);
        let miles = miles.unwrap_or(1);
        let (end, y) = (2 + pixels(miles), HEIGHT - 10);
        let unit = if miles == 1 { "mile" } else { "miles" };
        let _ = write!(
            svg,
            "<path class=\"chart-axis\" d=\"M2 {top}V{y}H{end}V{top}\" fill=\"none\"/>\
             <text x=\"{words}\" y=\"{y}\">{miles} {unit}</text>",
            top = y - 6,
            words = end + 8,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, east: f64, north: f64) -> Spot<'_> {
        Spot { name, east, north }
    }

    #[test]
    fn places_lie_as_on_a_map_and_names_are_text() {
        let svg = locator("T", "<w>", &[spot("East & more", 10.0, 0.0), spot("South", 0.0, -10.0)]);
        assert!(svg.contains(">East &amp; more</text>") && svg.contains("&lt;w&gt;"), "{svg}");
        let view = View::of(&[spot("a", 10.0, 0.0), spot("b", 0.0, -10.0)]);
        let (here, east, south) = (view.place(0., 0.), view.place(10., 0.), view.place(0., -10.));
        assert!(east.0 > here.0 && east.1 == here.1 && south.1 > here.1 && south.0 == here.0);
    }

    #[test]
    fn names_never_run_over_each_other_or_the_edge() {
        let crowd: Vec<Spot> =
            (0..5).map(|n| spot("Long Name of a Town", f64::from(n), 0.5)).collect();
        let svg = locator("T", "w", &crowd);
        assert!(svg.matches("<text").count() < 6, "{svg}");
        for part in svg.split("<text x=\"").skip(1) {
            let x: i32 = part.split('"').next().unwrap().parse().unwrap();
            assert!((0..WIDTH).contains(&x), "{part}");
        }
    }

    #[test]
    fn a_lone_place_still_has_a_scale() {
        assert!(locator("T", "w", &[spot("Here", 0.1, 0.1)]).contains(" mile</text>"));
    }
}
