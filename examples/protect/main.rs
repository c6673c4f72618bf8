//! Protects a generic instance, so that anyone can audit the result with an attacker of their own:
//! `cargo run --release --example protect -- INSTANCE_DIR OUT.csv`.
//!
//! The last line on the terminal says how many figures are withheld. If a sensitive cell stays too
//! narrow whatever is withheld, its name (never a value) is printed and the exit code is 2; the
//! tables are written all the same, for this is a door for auditors and not a site.

mod reader;

use std::path::Path;
use std::process::ExitCode;

use placewise::evidence::disclosure::protection;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        eprintln!("usage: protect INSTANCE_DIR OUT.csv");
        return ExitCode::from(64);
    };
    match run(Path::new(folder), Path::new(out)) {
        Ok(open) if open.is_empty() => ExitCode::SUCCESS,
        Ok(open) => {
            for key in open {
                eprintln!("cannot be protected: {key}");
            }
            ExitCode::from(2)
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path, out: &Path) -> Result<Vec<String>, String> {
    let instance = reader::instance(folder)?;
    let protection = protection::protect(&instance).map_err(|refusal| refusal.to_string())?;
    let text = reader::written(&instance, &protection.rows)?;
    std::fs::write(out, text).map_err(|error| format!("{}: {error}", out.display()))?;
    println!(
        "{} figures, {} withheld as sensitive, {} to protect others",
        protection.rows.len(),
        protection.withheld_primary,
        protection.withheld_secondary
    );
    for key in &protection.lost {
        println!("too narrow by earlier releases alone: {key}");
    }
    Ok(protection.open)
}
