//! Reads the folder of an instance and writes its tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use placewise::evidence::disclosure::protection::instance::{Instance, Record, Row, Structure};

use crate::Fault;

/// One line of a table, by column, with its number in the file.
type Line = (u64, BTreeMap<String, String>);

/// Reads `structure.json`, `truth.csv` and, if it is there, `frozen.csv`.
pub(crate) fn instance(folder: &Path) -> Result<Instance, Fault> {
    let text = read(&folder.join("structure.json"))?;
    let structure: Structure = serde_json::from_str(&text).map_err(|error| misfit(&error))?;
    let dims: BTreeSet<&str> = structure.dims.keys().map(String::as_str).collect();
    let mut reasons = Vec::new();
    let mut keep = |lines: Result<Vec<Line>, Vec<String>>| {
        lines.unwrap_or_else(|found| {
            reasons.extend(found);
            Vec::new()
        })
    };
    let text = read(&folder.join("truth.csv"))?;
    let columns = Columns { dims: &dims, needed: &["measure", "value"], allowed: &["holder"] };
    let records = keep(columns.lines("truth.csv", &text));
    let path = folder.join("frozen.csv");
    let text = if path.exists() { read(&path)? } else { String::new() };
    let columns = Columns { dims: &dims, needed: &["table", "value"], allowed: &[] };
    let frozen = if path.exists() { keep(columns.lines("frozen.csv", &text)) } else { Vec::new() };
    let mut truth = Vec::new();
    for (number, mut line) in records {
        // The value itself is never repeated.
        match line.remove("value").unwrap_or_default().parse::<i64>() {
            Ok(value) if value >= 0 => truth.push(Record {
                measure: line.remove("measure").unwrap_or_default(),
                holder: line.remove("holder").unwrap_or_default(),
                value,
                coordinates: codes(line),
            }),
            _ => reasons.push(format!(
                "truth.csv line {number}: the value is no whole number of nought or more"
            )),
        }
    }
    let row = |(_, mut line): Line| Row {
        table: line.remove("table").unwrap_or_default(),
        value: line.remove("value").unwrap_or_default(),
        coordinates: codes(line),
    };
    let frozen = frozen.into_iter().map(row).collect();
    match reasons.is_empty() {
        true => Ok(Instance { structure, truth, frozen }),
        false => Err(Fault::Instance(reasons)),
    }
}

/// Published figures as text, with a column for each dimension.
pub(crate) fn written(instance: &Instance, rows: &[Row]) -> Result<Vec<u8>, String> {
    let dims: Vec<&String> = instance.structure.dims.keys().collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["table"].into_iter().chain(dims.iter().map(|name| name.as_str()));
    writer.write_record(head.chain(["value"])).map_err(|error| error.to_string())?;
    for row in rows {
        let code = |name: &&String| row.coordinates.get(*name).map_or("", String::as_str);
        let line = [row.table.as_str()].into_iter().chain(dims.iter().map(code));
        let line = line.chain([row.value.as_str()]);
        writer.write_record(line).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// A file as text, without the mark that some programs put in front.
fn read(path: &Path) -> Result<String, Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes =
        fs::read(path).map_err(|error| Fault::Machine(format!("{}: {error}", path.display())))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Fault::Instance(vec![format!("{name}: it is not UTF-8")]))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// What is wrong with the structure: names only, for its values may be those of sensitive cells.
fn misfit(error: &serde_json::Error) -> Fault {
    let said = error.to_string();
    let is_name = ["unknown field", "unknown variant", "missing field", "duplicate"];
    let what = match is_name.iter().any(|begin| said.starts_with(begin)) {
        true => said.split(" at line ").next().unwrap_or_default(),
        false if error.is_syntax() || error.is_eof() => "it is not JSON",
        false => "a value of another kind is needed here",
    };
    let (line, column) = (error.line(), error.column());
    Fault::Instance(vec![format!("structure.json line {line}, column {column}: {what}")])
}

/// The columns that a table may have.
struct Columns<'a> {
    dims: &'a BTreeSet<&'a str>,
    needed: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl Columns<'_> {
    fn lines(&self, name: &str, text: &str) -> Result<Vec<Line>, Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let head = reader.headers().map_err(|_| vec![format!("{name}: it has no heading")])?;
        let head: Vec<String> = head.iter().map(str::to_owned).collect();
        let known: BTreeSet<&str> = head.iter().map(String::as_str).collect();
        let mut reasons = Vec::new();
        for column in self.needed.iter().chain(self.dims) {
            if !known.contains(column) {
                reasons.push(format!("{name}: there is no column `{column}`"));
            }
        }
        for column in &known {
            let is_known = self.dims.contains(column)
                || self.needed.contains(column)
                || self.allowed.contains(column);
            if !is_known {
                reasons.push(format!("{name}: column `{column}` is no dimension"));
            }
        }
        if known.len() < head.len() {
            reasons.push(format!("{name}: a column stands twice"));
        }
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let mut lines = Vec::new();
        for (at, line) in reader.records().enumerate() {
            let Ok(line) = line else {
                reasons.push(format!("{name}: record {} has too many or few columns", at + 1));
                continue;
            };
            let number = line.position().map_or(0, csv::Position::line);
            let cells = head.iter().cloned().zip(line.iter().map(str::to_owned));
            lines.push((number, cells.collect()));
        }
        if reasons.is_empty() { Ok(lines) } else { Err(reasons) }
    }
}

/// The codes of a line; an empty one stands for the total.
fn codes(line: BTreeMap<String, String>) -> BTreeMap<String, String> {
    line.into_iter().filter(|(_, code)| !code.is_empty()).collect()
}
