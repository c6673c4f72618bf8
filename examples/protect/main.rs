//! Protects a generic instance, so that anyone can audit the result with an attacker of their own:
//! `cargo run --release --example protect -- INSTANCE_DIR OUT.csv`.
//!
//! `OUT.csv` has the columns `table`, the dimensions in the order of `structure.json`, and `value`.
//! It holds the tables and quotients that are not frozen; those that are stand in `frozen.csv`.
//!
//! Nothing is written if anything is wrong. Exit codes: 0 written, 1 the instance contradicts
//! itself or cannot be protected, 2 wrong use or a file that cannot be read or written. Messages
//! name tables, measures and codes, and never a value.

mod reader;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use placewise::evidence::disclosure::protection::{self, Protection};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        eprintln!("usage: protect INSTANCE_DIR OUT.csv");
        return ExitCode::from(2);
    };
    match run(Path::new(folder), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault::Instance(reasons)) => {
            for reason in reasons {
                eprintln!("error: {reason}");
            }
            eprintln!("nothing was written");
            ExitCode::from(1)
        }
        Err(Fault::Machine(reason)) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

/// Why nothing was written.
pub(crate) enum Fault {
    /// The instance is wrong or cannot be protected.
    Instance(Vec<String>),
    /// A file cannot be read or written.
    Machine(String),
}

fn run(folder: &Path, out: &Path) -> Result<(), Fault> {
    let instance = reader::instance(folder)?;
    let begun = Instant::now();
    let protection = protection::protect(&instance)
        .map_err(|refusal| Fault::Instance(refusal.reasons().to_vec()))?;
    summarise(&protection, begun);
    if !protection.open.is_empty() {
        let open = protection.open.iter();
        return Err(Fault::Instance(
            open.map(|key| format!("cannot be protected, whatever is withheld: {key}")).collect(),
        ));
    }
    let text = reader::written(&instance, &protection.rows).map_err(Fault::Machine)?;
    std::fs::write(out, text).map_err(|error| Fault::Machine(format!("{}: {error}", out.display())))
}

fn summarise(protection: &Protection, begun: Instant) {
    let Protection { cells, sensitive, withheld_primary, withheld_secondary, .. } = protection;
    eprintln!("{cells} cells, {sensitive} sensitive, {} figures", protection.rows.len());
    eprintln!(
        "withheld: {withheld_primary} for what they are, {withheld_secondary} to protect them"
    );
    eprintln!("open: {}, lost: {}", protection.open.len(), protection.lost.len());
    eprintln!("decided by true values, not by classes or texts: {}", protection.by_true_values);
    for key in &protection.lost {
        eprintln!("too narrow by earlier releases alone: {key}");
    }
    eprintln!("time: {:.3} s", begun.elapsed().as_secs_f64());
}
