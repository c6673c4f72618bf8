//! What the regulator, the provider and reviewers say of the quality of a service.

use super::super::record::provider::{RawQuality, RawRating, RawReview, RawService};
use super::super::service::{Quality, Rating, RegulatorRating};
use super::check::Check;
use super::words::Words;

pub(super) fn read(check: &mut Check, raw: &RawService, words: &Words) -> Quality {
    let register = raw.register.as_ref().and_then(|register| register.rating.as_ref());
    let own = raw.quality.as_ref();
    let rating = own.and_then(|quality| quality.regulator.as_ref()).or(register);
    let highest = words.vocabulary.quality.keys().last().map_or(4, |score| u32::from(*score));
    let mut score = |review: Option<&RawReview>| {
        let review = review?;
        let score = check.count_in("score", Some(&review.score), 0..=highest)?;
        Some((score as u8, check.date(review.date.as_ref())))
    };
    let own_score = score(own.and_then(|quality: &RawQuality| quality.own.as_ref()));
    let reviewer = score(own.and_then(|quality| quality.reviewer.as_ref()));
    let publish = own
        .and_then(|quality| quality.reviewer.as_ref())
        .and_then(|review| review.publish.as_ref());
    let answers = [("yes", true), ("no", false), ("true", true), ("false", false)];
    Quality {
        regulator: rating.and_then(|rating| regulator(check, rating)),
        own: own_score,
        reviewer,
        reviewer_published: check.word("answer", publish, &answers).unwrap_or(false),
    }
}

fn regulator(check: &mut Check, raw: &RawRating) -> Option<RegulatorRating> {
    let ratings = [
        ("outstanding", Some(Rating::Outstanding)),
        ("good", Some(Rating::Good)),
        ("requires-improvement", Some(Rating::RequiresImprovement)),
        ("inadequate", Some(Rating::Inadequate)),
        ("not-rated", None),
    ];
    let rating = check.word("rating", Some(&raw.rating), &ratings)?;
    let inherited = raw.inherited.unwrap_or(false);
    Some(RegulatorRating { rating, date: check.date(raw.date.as_ref()), inherited })
}
