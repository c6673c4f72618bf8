//! `placewise figures`: every name that a text can quote, with what it would say.

use super::Ending;
use super::build::compiled;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::diagnostics::Failure;
use crate::view::figure::FigureView;

pub(super) fn run(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(compiled) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    let mut text = String::new();
    for published in compiled.site.publication().figures() {
        let key = published.key();
        let mut settings = vec![format!("of=\"{}\"", key.measure.id())];
        let part = |name: &str, id: Option<String>| id.map(|id| format!("{name}=\"{id}\""));
        settings.extend(part("area", key.area.as_ref().map(ToString::to_string)));
        settings.extend(part("level", key.level.as_ref().map(ToString::to_string)));
        settings.extend(part("need", key.need.as_ref().map(ToString::to_string)));
        let phrase = FigureView::from(published).phrase;
        text.push_str(&format!("{{{{ figure({}) }}}}\t{phrase}\n", settings.join(", ")));
    }
    terminal.result(&text)?;
    Ok(Ending::Done)
}
