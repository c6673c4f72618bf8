//! `placewise check --stale`: what to chase, by provider.

use super::Ending;
use super::build::compiled;
use super::terminal::Terminal;
use crate::cli::{Format, Shared};
use crate::diagnostics::Failure;
use crate::site::{Errand, Traced};
use crate::view::words::counted;

/// Prints what is out of date; that something is old is no fault, so the command ends well.
pub(super) fn run(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(compiled) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    let errands = compiled.site.errands();
    terminal.result(&match shared.format {
        Format::Json => format!("{}\n", serde_json::json!({ "version": 1, "chase": errands })),
        Format::Text | Format::Csv => {
            format!("{}\n\n{}", compiled.site.masthead(), text(&errands))
        }
    })?;
    Ok(Ending::Done)
}

fn text(errands: &[Errand]) -> String {
    let records: usize = errands.iter().map(|errand| errand.records.len()).sum();
    if records == 0 {
        return "Nothing is out of date.\n".to_owned();
    }
    let mut text = String::new();
    for errand in errands {
        let parts = [&errand.ask.role, &errand.ask.email, &errand.ask.phone];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let ask = if parts.is_empty() { "contact not stated".to_owned() } else { parts.join(", ") };
        text.push_str(&format!("{}\n  Ask: {ask}\n", errand.name));
        for record in &errand.records {
            text.push_str(&format!("  {}\n    {}:{}\n", said(record), record.file, record.line));
        }
        text.push('\n');
    }
    let all = counted(records, "record is", "records are");
    let asked = counted(errands.len(), "contact to ask", "contacts to ask");
    text.push_str(&format!("{all} out of date or bear no date; {asked}.\n"));
    text
}

fn said(record: &Traced) -> String {
    let old = &record.old;
    match (&old.day, old.days_over) {
        (Some(day), Some(over)) => {
            let over = counted(over as usize, "day", "days");
            format!("{}: {day}, {over} over", old.what)
        }
        (None, Some(over)) => {
            format!("{}: {} over", old.what, counted(over as usize, "day", "days"))
        }
        _ => format!("{}: no date", old.what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_nothing_old_there_is_nothing_to_chase() {
        assert_eq!(text(&[]), "Nothing is out of date.\n");
    }
}
