//! Words for stages, lots and bands of value.

use std::collections::BTreeSet;

use super::words::{self, joined};
use super::{Material, cards, gap_words};
use crate::evidence::disclosure::{Lot, LotStatus, NeedId, Stage, ValueBand};

/// How far a purchase has come, with the notice that says so.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Pipeline => "Pipeline (UK1)",
        Stage::Engagement => "Early talks with the market (UK2)",
        Stage::Planned => "Planned procurement (UK3)",
        Stage::Tender => "Out to tender (UK4)",
        Stage::Transparency => "Direct award announced (UK5)",
        Stage::RegimeIntention => "Approach announced (Provider Selection Regime)",
        Stage::RegimeOffers => "Offers invited (Provider Selection Regime)",
        Stage::RegimeStandstill => "Standstill (Provider Selection Regime)",
        Stage::RegimeAward => "Award confirmed (Provider Selection Regime)",
    }
}

/// What the stage means for a provider.
pub fn stage_about(stage: Stage) -> &'static str {
    match stage {
        Stage::Pipeline => "It is expected, and nothing can be bid for yet.",
        Stage::Engagement => {
            "Commissioners ask providers what is possible. Taking part is not needed to bid later."
        }
        Stage::Planned => "It is decided that this will be bought. A tender notice will follow.",
        Stage::Tender => "Bids can be made until the date given below.",
        Stage::Transparency => {
            "Commissioners intend to award this without a competition, and say why in the notice."
        }
        Stage::RegimeIntention => {
            "Commissioners have said which approach of the regime they intend to follow."
        }
        Stage::RegimeOffers => "Providers can make an offer until the date given below.",
        Stage::RegimeStandstill => {
            "A provider is chosen. Other providers can ask for a review until the standstill ends."
        }
        Stage::RegimeAward => "The award is confirmed.",
    }
}

/// How far a lot has come.
pub fn lot_status(status: LotStatus) -> &'static str {
    match status {
        LotStatus::Planned => "Planned",
        LotStatus::Open => "Open for bids",
        LotStatus::Evaluating => "Bids are being evaluated",
        LotStatus::Awarded => "Awarded",
        LotStatus::NoBids => "Not filled: no bid could be accepted",
        LotStatus::Withdrawn => "Withdrawn",
    }
}

/// What a lot is worth.
pub fn value_band(band: ValueBand) -> &'static str {
    match band {
        ValueBand::Under100k => "Under £100,000",
        ValueBand::From100k => "£100,000 to £500,000",
        ValueBand::From500k => "£500,000 to £1 million",
        ValueBand::From1m => "£1 million to £5 million",
        ValueBand::From5m => "£5 million to £10 million",
        ValueBand::From10m => "£10 million or more",
    }
}

/// `14 places`, `10 to 14 places`.
pub fn places((low, high): (u32, u32)) -> String {
    match low == high {
        true => words::counted(low as usize, "place", "places"),
        false => format!("{low} to {high} places"),
    }
}

/// `3 lots: 1 open for bids, 1 awarded, 1 not filled`, or `2 lots, all planned`.
pub fn lots(lots: &[Lot]) -> Option<String> {
    let kinds = [
        (LotStatus::Open, "open for bids"),
        (LotStatus::Evaluating, "being evaluated"),
        (LotStatus::Planned, "planned"),
        (LotStatus::Awarded, "awarded"),
        (LotStatus::NoBids, "not filled"),
        (LotStatus::Withdrawn, "withdrawn"),
    ];
    let found: Vec<(usize, &str)> = kinds
        .into_iter()
        .map(|(status, words)| (lots.iter().filter(|l| l.status == Some(status)).count(), words))
        .filter(|(count, _)| *count > 0)
        .collect();
    let all = words::counted(lots.len(), "lot", "lots");
    Some(match found.as_slice() {
        [] if lots.is_empty() => return None,
        [] => all,
        [(1, words)] if lots.len() == 1 => format!("{all}, {words}"),
        [(count, words)] if *count == lots.len() => format!("{all}, all {words}"),
        found => {
            let told: Vec<String> =
                found.iter().map(|(count, words)| format!("{count} {words}")).collect();
            format!("{all}: {}", told.join(", "))
        }
    })
}

/// What remains when lots are not filled: lots stand for themselves (domain §3, S2).
pub fn unfilled(lots: &[Lot]) -> Option<String> {
    let title = |lot: &Lot| format!("“{}”", lot.title);
    let (open, others): (Vec<&Lot>, Vec<&Lot>) =
        lots.iter().partition(|lot| lot.status == Some(LotStatus::NoBids));
    if open.is_empty() {
        return None;
    }
    let titles: Vec<String> = open.iter().map(|lot| title(lot)).collect();
    let is_one = titles.len() == 1;
    let (are, they) = if is_one { ("is", "It is") } else { ("are", "They are") };
    let mut text = format!("{} {are} not filled. {they} still wanted", joined(&titles, "and"));
    let sizes: Option<Vec<(u32, u32)>> = open.iter().map(|lot| lot.places).collect();
    if let Some(sizes) = sizes {
        let low = sizes.iter().map(|(low, _)| low).sum();
        let high = sizes.iter().map(|(_, high)| high).sum();
        text.push_str(&format!(": {}", places((low, high))));
    }
    text.push('.');
    let going_on: Vec<String> = others
        .iter()
        .filter(|lot| lot.status != Some(LotStatus::Withdrawn))
        .map(|lot| title(lot))
        .collect();
    if !going_on.is_empty() {
        let goes = if going_on.len() == 1 { "goes" } else { "go" };
        text.push_str(&format!(" {} {goes} on without.", joined(&going_on, "and")));
    }
    Some(text)
}

/// The needs of a gap that an opportunity does not name.
pub fn unnamed(material: Material, needs: &BTreeSet<NeedId>) -> Option<String> {
    let names = cards::needs(material, needs.iter().map(NeedId::as_str));
    let names = gap_words::in_sentence(names);
    (!names.is_empty()).then(|| format!("It does not name {}.", joined(&names, "or")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(title: &str, status: LotStatus, places: Option<(u32, u32)>) -> Lot {
        Lot {
            id: title.to_lowercase(),
            title: title.to_owned(),
            about: None,
            places,
            is_for_several: None,
            status: Some(status),
            value_band: None,
        }
    }

    /// The discharge pathway of S2: the unit gets no bids, the framework and the therapy go on.
    #[test]
    fn a_lot_that_is_not_filled_says_what_remains() {
        let pathway = [
            lot("Unit", LotStatus::NoBids, Some((14, 14))),
            lot("Framework", LotStatus::Awarded, None),
            lot("Therapy", LotStatus::Open, None),
        ];
        assert_eq!(
            unfilled(&pathway).as_deref(),
            Some(
                "“Unit” is not filled. It is still wanted: 14 places. “Framework” and “Therapy” \
                 go on without."
            )
        );
        assert_eq!(
            lots(&pathway).as_deref(),
            Some("3 lots: 1 open for bids, 1 awarded, 1 not filled")
        );
        assert_eq!(unfilled(&pathway[1..]), None);
        assert_eq!(lots(&pathway[..1]).as_deref(), Some("1 lot, not filled"));
        let planned = [0, 1].map(|_| lot("Home", LotStatus::Planned, None));
        assert_eq!(lots(&planned).as_deref(), Some("2 lots, all planned"));
        assert_eq!(lots(&[]), None);
        assert_eq!(places((10, 14)), "10 to 14 places");
    }
}
