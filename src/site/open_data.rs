//! The files of open data, made when they are asked for: the larger ones hold millions of bytes.

use rayon::prelude::*;

use super::Site;
use crate::export;
use crate::view::Material;
use crate::view::address::Address;
use crate::view::data_sets::{DataSet, DownloadFile, FileKind};
use crate::view::downloads::{self, Record};
use crate::view::gap_lines;
use crate::view::opportunity_rows;

/// Every data set of a site in every kind of file.
pub(super) fn all(site: &Site) -> Vec<(DataSet, FileKind)> {
    let has_opportunities = !site.publication.opportunities().is_empty();
    DataSet::ALL
        .into_iter()
        .filter(|set| *set != DataSet::Opportunities || has_opportunities)
        .flat_map(|set| FileKind::ALL.into_iter().map(move |kind| (set, kind)))
        .collect()
}

/// Where a file stands.
pub(super) fn address(set: DataSet, kind: FileKind) -> Address {
    let ending = kind.name().to_lowercase();
    Address::new(format!("/data/{}.{ending}", set.title().to_lowercase()))
}

/// Makes a file.
pub(super) fn bytes(site: &Site, set: DataSet, kind: FileKind) -> Vec<u8> {
    let material = site.material();
    match set {
        DataSet::Figures => file(material, set, kind, &downloads::figures(material)),
        DataSet::Gaps => file(material, set, kind, &gap_lines::lines(material)),
        DataSet::Measures => file(material, set, kind, &downloads::measures()),
        DataSet::Services => file(material, set, kind, &downloads::services(material)),
        DataSet::Providers => file(material, set, kind, &downloads::providers(material)),
        DataSet::Opportunities => {
            file(material, set, kind, &opportunity_rows::opportunities(material))
        }
    }
}

fn file<R: Record>(material: Material, set: DataSet, kind: FileKind, rows: &[R]) -> Vec<u8> {
    match kind {
        FileKind::Csv => export::csv(rows),
        FileKind::Json => {
            let words = (set == DataSet::Gaps).then(|| gap_lines::words(material));
            export::json(material, set.title(), rows, words)
        }
    }
}

/// All files with their sizes, for the page that offers them.
pub(super) fn list(site: &Site) -> Vec<DownloadFile> {
    all(site)
        .into_par_iter()
        .map(|(set, kind)| DownloadFile {
            set,
            kind,
            address: address(set, kind),
            bytes: bytes(site, set, kind).len(),
        })
        .collect()
}
