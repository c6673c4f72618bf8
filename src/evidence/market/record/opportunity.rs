//! Shape of `data/opportunities/*.yaml`.

use serde::Deserialize;

use super::site::{RawContact, record};
use crate::load::yaml::{Located, Text};

record! {
    /// `data/opportunities/*.yaml`: something that is going to be bought.
    RawOpportunity {
        id: Text,
        title: Text,
        about: Option<Text>,
        stage: Text,
        lots: Option<Vec<Located<RawLot>>>,
        dates: Option<Vec<RawDate>>,
        events: Option<Vec<RawEvent>>,
        notices: Option<Vec<RawNotice>>,
        contact: Option<RawContact>,
        answers: Option<Vec<RawAnswer>>,
        previous_attempts: Option<Vec<RawAttempt>>,
    }
    /// A part that can be bid for by itself.
    RawLot {
        id: Text,
        title: Text,
        about: Option<Text>,
        size: Option<Text>,
        providers: Option<Text>,
        status: Option<Text>,
        value_band: Option<Text>,
    }
    /// A day in the course of a purchase.
    RawDate { date: Text, what: Text, }
    /// An event for providers.
    RawEvent { date: Text, title: Text, place: Option<Text>, url: Option<Text>, }
    /// A published notice.
    RawNotice { title: Text, url: Text, date: Option<Text>, }
    /// The need that a purchase is to meet.
    RawAnswer { area: Text, level: Text, needs: Option<Vec<Text>>, }
    /// An earlier try.
    RawAttempt { date: Option<Text>, outcome: Text, learned: Option<Text>, }
}
