//! Whether an archive may be unpacked: before anything of it is kept in memory.

use std::io::{Cursor, Read as _};

use anyhow::{Context as _, bail};
use quick_xml::events::Event;
use zip::ZipArchive;

/// The most bytes that a workbook may have when it is unpacked.
pub const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// The most files in it.
const FILES_MAX: usize = 5_000;

/// Unpacks everything once and counts, because an archive may lie about its sizes, and looks at the
/// number of shared texts that it promises, for which memory would be taken.
pub(super) fn check(bytes: &[u8]) -> anyhow::Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("it is no workbook")?;
    if archive.len() > FILES_MAX {
        bail!("it holds more than {FILES_MAX} files");
    }
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let file = archive.by_index(place).context("it is damaged")?;
        let is_texts = file
            .name()
            .context("it is damaged")?
            .to_ascii_lowercase()
            .ends_with("sharedstrings.xml");
        let mut limited = file.take(left.saturating_add(1));
        let n_bytes = match is_texts {
            true => {
                let mut counted = Counted { from: &mut limited, n_bytes: 0 };
                promised(&mut counted)?;
                std::io::copy(&mut counted, &mut std::io::sink()).context("it is damaged")?;
                counted.n_bytes
            }
            false => std::io::copy(&mut limited, &mut std::io::sink()).context("it is damaged")?,
        };
        left = match left.checked_sub(n_bytes) {
            Some(left) => left,
            None => bail!("unpacked it has more than {UNPACKED_BYTES_MAX} bytes"),
        };
    }
    Ok(())
}

/// The most shared texts that are believed before they are there.
const TEXTS_MAX: u64 = 5_000_000;

fn promised(from: &mut impl std::io::Read) -> anyhow::Result<()> {
    let mut reader = quick_xml::Reader::from_reader(std::io::BufReader::with_capacity(4_096, from));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).context("its texts are damaged")? {
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes().flatten() {
                    let is_count = attribute.key.as_ref().to_ascii_lowercase().ends_with("count");
                    let text = attribute.value.as_ref().trim();
                    if is_count && text.parse::<u64>().is_ok_and(|it| it > TEXTS_MAX) {
                        bail!("it promises more than {TEXTS_MAX} texts");
                    }
                }
                return Ok(());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

struct Counted<R> {
    from: R,
    n_bytes: u64,
}

impl<R: std::io::Read> std::io::Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let n_bytes = self.from.read(to)?;
        self.n_bytes = self.n_bytes.saturating_add(u64::try_from(n_bytes).unwrap_or(u64::MAX));
        Ok(n_bytes)
    }
}
