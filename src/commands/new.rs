//! `placewise new DIR`: the smallest folder from which a site can be built.

use std::collections::BTreeMap;
use std::path::Path;

use super::Ending;
use super::terminal::Terminal;
use crate::diagnostics::Failure;
use crate::import::cqc::starter_files;
use crate::load::disk;
use crate::write;

const AREAS: &str = "\
# The areas of your market: a region, the integrated care boards in it, and their places.
- {id: my-region, name: My region, kind: region}
- {id: my-icb, name: My integrated care board, kind: icb, parent: my-region}
- {id: my-place, name: My place, kind: place, parent: my-icb}
";

const PROVIDER: &str = "\
# One provider in each file. The file name is the id. Leave out what you do not know.
id: my-provider
name: My provider
services:
  - id: my-service
    name: My service
    area: my-place
";

/// What belongs in no repository that others may see.
const GITIGNORE: &str = "\
# The site as it was built, and what is left of a build that was stopped.
/public
/.public.placewise-*
/import-report.csv
# Files about people, prices and plans. Keep them where only those can read them who may.
/data/placements/
/data/resident_lists/
/data/changes.yaml
/data/spend/
/data/budget.yaml
/data/discounts.yaml
/data/pathway.csv
/data/returns.csv
/data/outcomes.yaml
# Exact figures and private reports; they belong outside the folder of the site.
*workings*.json
*disclosure*.md
# data/editions is not here on purpose: commit what was published.
";

pub(super) fn run(dir: &Path, terminal: &Terminal) -> Result<Ending, Failure> {
    if !disk::is_vacant(dir) {
        return Err(Failure::new(
            format!("`{}` is not empty", dir.display()),
            "name a folder that does not exist yet",
        ));
    }
    let mut files: BTreeMap<String, String> = starter_files();
    files.insert(".gitignore".to_owned(), GITIGNORE.to_owned());
    files.insert("data/areas.yaml".to_owned(), AREAS.to_owned());
    files.insert("data/providers/my-provider.yaml".to_owned(), PROVIDER.to_owned());
    write::put_inputs(dir, &files).map_err(|(path, error)| {
        let message = format!("cannot write `{}`: {error}", path.display());
        Failure::new(message, "check the folder and the room on the disk")
    })?;
    let dir = dir.display();
    terminal.progress(&format!(
        "Made {} files in `{dir}`. Fill in data/site.yaml, then: placewise serve --open \
         --site {dir}",
        files.len()
    ));
    Ok(Ending::Done)
}
