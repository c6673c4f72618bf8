//! Diagnostics for programs: one JSON object on each line.

use serde_json::{Value, json};

use super::mask::scrub;
use super::{Diagnostic, Severity};
use crate::sources::{SourceSet, Span};

/// Renders each diagnostic as one line of JSON.
///
/// Keys: `code`, `severity` (`error` or `warning`), `message`, `file`, `line`, `column`, `label`,
/// `related` (file, line, column, label) and `help` (a list). Places in a workbook have `sheet` and
/// `cell` too; `line` and `column` are then the numbers of row and column.
/// No value that must not be told appears.
pub fn to_json_lines(sources: &SourceSet, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{}\n", one(sources, diagnostic))).collect()
}

fn one(sources: &SourceSet, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut object = json!({
        "code": diagnostic.code.id(),
        "severity": severity,
        "message": scrub(&diagnostic.message),
        "label": scrub(&diagnostic.label),
        "help": diagnostic.help.iter().map(|help| scrub(help)).collect::<Vec<_>>(),
    });
    if let Some(span) = diagnostic.span {
        place(sources, span, &mut object);
    }
    let related: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let mut entry = json!({ "label": scrub(&label.text) });
            place(sources, label.span, &mut entry);
            entry
        })
        .collect();
    if !related.is_empty() {
        object["related"] = Value::Array(related);
    }
    object
}

fn place(sources: &SourceSet, span: Span, object: &mut Value) {
    let at = sources.position(span);
    object["file"] = json!(sources.get(span.source).shown_path());
    object["line"] = json!(at.line);
    object["column"] = json!(at.column);
    if let Some((sheet, cell)) = sources.cell(span) {
        object["sheet"] = json!(sheet);
        object["cell"] = json!(cell);
    }
}
