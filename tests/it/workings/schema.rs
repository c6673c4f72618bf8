//! Checks a value against the part of JSON Schema that `examples/workings.schema.json` uses.

use serde_json::Value;

/// Words of a schema that say nothing about the value.
const SILENT: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

/// Complaints about a value, each with its place.
pub(super) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.check(schema, value, "");
    checker.faults
}

struct Checker<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl Checker<'_> {
    fn complain(&mut self, place: &str, fault: String) {
        self.faults.push(format!("{place}: {fault}"));
    }

    fn check(&mut self, schema: &Value, value: &Value, place: &str) {
        for (word, says) in schema.as_object().unwrap() {
            match word.as_str() {
                word if SILENT.contains(&word) => {}
                "$ref" => {
                    let pointer = says.as_str().unwrap().strip_prefix('#').unwrap();
                    let target = self.root.pointer(pointer);
                    let target = target.unwrap_or_else(|| panic!("no {pointer} in the schema"));
                    self.check(target, value, place);
                }
                "type" => {
                    let wanted = says.as_array().cloned().unwrap_or_else(|| vec![says.clone()]);
                    if !wanted.iter().any(|kind| is_a(value, kind.as_str().unwrap())) {
                        self.complain(place, format!("is no {says}"));
                    }
                }
                "const" if value != says => self.complain(place, format!("is not {says}")),
                "enum" if !says.as_array().unwrap().contains(value) => {
                    self.complain(place, format!("is none of {says}"));
                }
                "minimum" if value.as_f64().is_some_and(|n| n < says.as_f64().unwrap()) => {
                    self.complain(place, format!("is below {says}"));
                }
                "const" | "enum" | "minimum" => {}
                "minItems" | "maxItems" => self.count(word, says, value, place),
                "properties" | "required" | "additionalProperties" => {
                    self.record(schema, word, value, place);
                }
                "items" => {
                    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(says, item, &format!("{place}/{at}"));
                    }
                }
                word => panic!("the checker does not know `{word}`"),
            }
        }
    }

    fn count(&mut self, word: &str, says: &Value, value: &Value, place: &str) {
        let (limit, length) = (says.as_u64().unwrap(), value.as_array().map_or(0, Vec::len) as u64);
        if value.is_array() && (word == "minItems" && length < limit || length > limit) {
            self.complain(place, format!("has {length} items"));
        }
    }

    fn record(&mut self, schema: &Value, word: &str, value: &Value, place: &str) {
        let Some(record) = value.as_object() else {
            return;
        };
        let known = schema["properties"].as_object();
        match word {
            "required" => {
                for name in schema["required"].as_array().unwrap() {
                    if !record.contains_key(name.as_str().unwrap()) {
                        self.complain(place, format!("lacks {name}"));
                    }
                }
            }
            "properties" => {
                for (name, says) in known.unwrap() {
                    if let Some(value) = record.get(name) {
                        self.check(says, value, &format!("{place}/{name}"));
                    }
                }
            }
            _ => {
                for (name, value) in record {
                    if known.is_some_and(|known| known.contains_key(name)) {
                        continue;
                    }
                    match &schema["additionalProperties"] {
                        Value::Bool(false) => self.complain(place, format!("has `{name}`")),
                        says => self.check(says, value, &format!("{place}/{name}")),
                    }
                }
            }
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        kind => panic!("the checker does not know the type `{kind}`"),
    }
}

#[test]
fn faults_are_found() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a"],
        "additionalProperties": false,
        "properties": {
            "a": {"$ref": "#/$defs/count"},
            "b": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"enum": ["x", "y"]}},
            "c": {"type": ["string", "null"], "const": null},
        },
        "$defs": {"count": {"type": "integer", "minimum": 0}},
    });
    let check = |value: Value, expect: &[&str]| assert_eq!(faults(&schema, &value), expect);
    check(serde_json::json!({"a": 1, "b": ["x", "y"], "c": null}), &[]);
    check(serde_json::json!({"b": ["x"]}), &["/b: has 1 items", ": lacks \"a\""]);
    check(serde_json::json!({"a": -1, "d": 1}), &[": has `d`", "/a: is below 0"]);
    check(
        serde_json::json!({"a": 1.5, "b": ["x", "z"]}),
        &["/a: is no \"integer\"", "/b/1: is none of [\"x\",\"y\"]"],
    );
    check(serde_json::json!({"a": 1, "c": "x"}), &["/c: is not null"]);
    check(serde_json::json!([]), &[": is no \"object\""]);
}
