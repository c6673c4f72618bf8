//! The parts of a workbook, which is a zip archive of XML files; read whole, within bounds.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::Refused;

/// Parts are read up to this size, all together. A sheet of 50,000 rows takes some 15 MB; an
/// archive of a few MB that holds more was made to harm.
const UNPACKED_CAP_BYTES: u64 = 96 * 1024 * 1024;

/// An opened archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left_bytes: u64,
    read: BTreeSet<String>,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Refused> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            // Locked workbooks are wrapped in the format of the old ones.
            let locked: Vec<u8> =
                "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_locked = bytes.windows(locked.len()).any(|window| window == locked);
            return Err(if is_locked { Refused::Locked } else { Refused::OldFormat });
        }
        if !bytes.starts_with(b"PK") {
            return Err(Refused::NoWorkbook);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Damaged)?;
        Ok(Package { archive, left_bytes: UNPACKED_CAP_BYTES, read: BTreeSet::new() })
    }

    /// Whether a part is there.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// Parts with words or values that have not been read, in order.
    pub(super) fn unread(&self) -> Vec<String> {
        let is_of_looks = |name: &str| name.contains("/theme/") || name.ends_with("styles.xml");
        let mut names: Vec<String> = self
            .archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .filter(|name| name.ends_with(".xml") && !is_of_looks(name))
            .filter(|name| !self.read.contains(name) && name != "[Content_Types].xml")
            .collect();
        names.sort();
        names
    }

    /// The text of a part, if it is there.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, Refused> {
        let Some(index) = self.archive.index_for_name(path) else {
            return Ok(None);
        };
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(zip::result::ZipError::UnsupportedArchive(
                zip::result::ZipError::PASSWORD_REQUIRED,
            )) => return Err(Refused::Locked),
            Err(_) => return Err(Refused::Damaged),
        };
        let mut bytes = Vec::new();
        // What the archive says of its sizes is not believed.
        let read = file.take(self.left_bytes + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left_bytes {
            return Err(Refused::TooLarge);
        }
        // The checksum of the part is compared when its end is read.
        read.map_err(|_| Refused::Damaged)?;
        self.left_bytes -= bytes.len() as u64;
        self.read.insert(path.to_owned());
        let text = String::from_utf8(bytes).map_err(|_| Refused::Damaged)?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }
}
