//! Instances on which an earlier state of the product fell, each a folder of `cases`.

use std::fs;
use std::path::Path;

use super::audit::attack;
use super::folder::{read, records};
use super::model::{Instance, publish};

#[test]
fn what_fell_once_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/protection/cases");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|f| f.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 5, "{}", folders.len());
    for folder in folders {
        let name = folder.display();
        let instance = read(&folder);
        let published = publish(&instance);
        assert!(published.open.is_empty(), "{name}: {:?}", published.open);
        let verdict = attack(&instance, &published.rows);
        assert!(verdict.found.is_empty(), "{name}: {:#?}", verdict.found);
        // Another truth of the same classes.
        if let Ok(text) = fs::read_to_string(folder.join("other.csv")) {
            let other = Instance { truth: records(&text), ..instance };
            assert!(published.rows == publish(&other).rows, "{name}: the pattern tells");
        }
    }
}
