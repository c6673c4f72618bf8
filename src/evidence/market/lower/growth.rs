//! `growth` of `analysis.yaml`: three ids of assumptions, one for each scenario.

use crate::diagnostics::Code;
use crate::load::yaml::Text;

use super::super::growth::{Growth, YearlyGrowth};
use super::super::parameters::{Assumption, Parameters};
use super::super::record::site::{RawAnalysis, RawGrowth};
use super::check::Check;

/// The unit that an assumption of growth must have.
const UNIT: &str = "percent a year";

/// Sets the growth of need if the file states one.
pub(super) fn read_into(
    parameters: &mut Parameters,
    check: &mut Check,
    raw: &RawAnalysis,
    assumptions: &[Assumption],
) {
    if let Some(growth) = &raw.growth {
        parameters.growth = read(check, growth, assumptions);
        parameters.stated.insert("growth");
    }
}

fn read(check: &mut Check, raw: &RawGrowth, assumptions: &[Assumption]) -> Growth {
    let low = yearly(check, &raw.low, assumptions);
    let central = yearly(check, &raw.central, assumptions);
    let high = yearly(check, &raw.high, assumptions);
    for (below, above, text) in [(&low, &central, &raw.central), (&central, &high, &raw.high)] {
        if let (Some(below), Some(above)) = (below, above)
            && below.millionths > above.millionths
        {
            let message = format!("{} is lower than the scenario before it", check.quote(text));
            let help = "growth must not fall from low to central and from central to high";
            check.fault(Code::ImpossibleNumber, text, message, help);
        }
    }
    Growth {
        low: low.unwrap_or_default(),
        central: central.unwrap_or_default(),
        high: high.unwrap_or_default(),
    }
}

fn yearly(check: &mut Check, text: &Text, assumptions: &[Assumption]) -> Option<YearlyGrowth> {
    let known = assumptions.iter().map(|assumption| assumption.id.as_str());
    let id = check.reference("assumption", text, known, "data/assumptions.yaml")?;
    let assumption = assumptions.iter().find(|assumption| assumption.id == id)?;
    let millionths = match assumption.unit.trim() == UNIT {
        true => percent_as_millionths(&assumption.value),
        false => None,
    };
    if millionths.is_none() {
        let message = format!("{} is not a growth in {UNIT}", check.quote(text));
        let help = "cite an assumption with the unit `percent a year` and a value between -50 and \
                    50 with at most four decimals, such as 0.5";
        check.fault(Code::ImpossibleNumber, text, message, help);
    }
    Some(YearlyGrowth { millionths: millionths?, assumption: Some(id.to_owned()) })
}

/// A per cent with at most four decimals, such as `-0.25`, exactly.
fn percent_as_millionths(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 4 || !plain(whole) || !plain(decimals) {
        return None;
    }
    let whole: i32 = whole.parse().ok().filter(|whole| *whole <= 50)?;
    let decimals: i32 = format!("{decimals:0<4}").parse().ok()?;
    let millionths = whole * 10_000 + decimals;
    (millionths <= 500_000).then_some(sign * millionths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_are_read_exactly() {
        let check = |text, expect| assert_eq!(percent_as_millionths(text), expect, "{text}");
        check("0.5", Some(5_000));
        check("-0.25", Some(-2_500));
        check("12", Some(120_000));
        check("0.0001", Some(1));
        for bad in ["", "-", "+1", "1%", "1.00001", "51", "50.1", "1e1", ".5", "1,5"] {
            check(bad, None);
        }
    }
}
