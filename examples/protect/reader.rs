//! Reads the folder of an instance and writes its tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use placewise::evidence::disclosure::protection::instance::{Instance, Record, Row, Structure};

/// Reads `structure.json`, `truth.csv` and, if it is there, `frozen.csv`.
pub(crate) fn instance(folder: &Path) -> Result<Instance, String> {
    let text = read(&folder.join("structure.json"))?;
    let structure: Structure =
        serde_json::from_str(&text).map_err(|error| format!("structure.json: {error}"))?;
    let mut truth = Vec::new();
    for mut line in table(&read(&folder.join("truth.csv"))?, "truth.csv")? {
        let value = line.remove("value").unwrap_or_default();
        truth.push(Record {
            measure: line.remove("measure").unwrap_or_default(),
            holder: line.remove("holder").unwrap_or_default(),
            value: value.parse().map_err(|_| "truth.csv: a value is no whole number".to_owned())?,
            coordinates: line,
        });
    }
    let path = folder.join("frozen.csv");
    let frozen = if path.exists() { rows(&read(&path)?)? } else { Vec::new() };
    Ok(Instance { structure, truth, frozen })
}

/// Reads published figures.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, String> {
    let row = |mut line: BTreeMap<String, String>| Row {
        table: line.remove("table").unwrap_or_default(),
        value: line.remove("value").unwrap_or_default(),
        coordinates: line.into_iter().filter(|(_, code)| !code.is_empty()).collect(),
    };
    Ok(table(text, "published figures")?.into_iter().map(row).collect())
}

/// Published figures as text, with a column for each dimension.
pub(crate) fn written(instance: &Instance, rows: &[Row]) -> Result<Vec<u8>, String> {
    let dims: BTreeSet<&String> = instance.structure.dims.keys().collect();
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

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn table(text: &str, name: &str) -> Result<Vec<BTreeMap<String, String>>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.deserialize().collect::<Result<_, csv::Error>>();
    lines.map_err(|error| format!("{name}: {error}"))
}
