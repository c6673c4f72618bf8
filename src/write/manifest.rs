//! The list of files we published, kept in the site so that the next build knows its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Name of the manifest at the top of a published site.
pub const MANIFEST_NAME: &str = ".placewise-manifest.json";

const SCHEMA: u32 = 1;

/// What the manifest says of one file.
#[derive(Clone, Copy)]
pub(super) struct Print {
    length: u64,
    hash: blake3::Hash,
}

impl Print {
    /// The print of a file's bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, hash: blake3::hash(bytes) }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    length: u64,
    blake3: &'a str,
}

#[derive(Deserialize)]
struct Schema {
    schema: u32,
}

#[derive(Deserialize)]
struct Listing {
    files: Vec<Listed>,
}

/// Length and hash are written for people and other tools; the writer itself compares bytes, so
/// it only reads the paths.
#[derive(Deserialize)]
struct Listed {
    path: String,
}

/// The manifest of a site: one line a file, sorted, with nothing of the clock or the machine in
/// it, so that equal sites have equal manifests.
pub(super) fn write<'a>(files: impl Iterator<Item = (&'a str, Print)>) -> String {
    let sorted: BTreeMap<&str, Print> = files.collect();
    let mut text = format!("{{\"schema\":{SCHEMA},\"files\":[");
    for (index, (path, print)) in sorted.iter().enumerate() {
        let hash = print.hash.to_hex();
        let line = Line { path, length: print.length, blake3: hash.as_str() };
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&line).expect("a line holds only text and numbers"));
    }
    text.push_str("\n]}\n");
    text
}

/// The paths a manifest lists, or what is wrong with it.
pub(super) fn read(text: &[u8]) -> Result<BTreeSet<String>, String> {
    let unreadable = |error: serde_json::Error| format!("cannot be read ({error})");
    // The schema first: a later one may list its files in another shape.
    let Schema { schema } = serde_json::from_slice(text).map_err(unreadable)?;
    if schema != SCHEMA {
        return Err(format!("has schema {schema}, and this Placewise knows only {SCHEMA}"));
    }
    let listing: Listing = serde_json::from_slice(text).map_err(unreadable)?;
    Ok(listing.files.into_iter().map(|file| file.path).collect())
}
