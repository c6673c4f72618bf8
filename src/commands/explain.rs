//! `placewise explain CODE`: what a code means and how to mend it.

use super::Ending;
use super::terminal::Terminal;
use crate::diagnostics::{ALL_CODES, Code, Failure, did_you_mean, explain};

pub(super) fn run(code: &str, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(code) = Code::parse(code) else {
        let near = did_you_mean(code, ALL_CODES.iter().map(|code| code.id()));
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("codes go from {} upwards", ALL_CODES[0].id()),
        };
        return Err(Failure::new(format!("there is no code `{code}`"), hint));
    };
    terminal.result(&format!("{}\n\n{}", code.id(), explain(code)))?;
    Ok(Ending::Done)
}
