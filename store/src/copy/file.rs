//! The file: rows, how many there are, and a hash over all of it.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use engine::time::Instant;
use sha2::{Digest as _, Sha256};

use crate::cases::{Cell, CopiedRow, Hash, TABLES};

/// The first line: the version of the form.
const FIRST: &str = "redress-backup 1\n";
/// The longest second line, in bytes.
const LINE_BYTES_MAX: u64 = 64;
/// The largest value, in bytes. A folder of a protocol is the largest there is.
const CELL_BYTES_MAX: u32 = 1 << 30;
/// What stands where no row follows: no table has this number.
const END: u8 = 0;
/// The bytes of the hash at the end.
const HASH_BYTES: u64 = 32;

/// Why a file cannot be used as a backup.
#[derive(Debug)]
pub enum Unread {
    /// It cannot be read.
    Io(io::Error),
    /// It is something else, was cut off or changed.
    Other(&'static str),
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(out),
            Self::Other(why) => out.write_str(why),
        }
    }
}

impl std::error::Error for Unread {}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Other("it is cut off"),
            _ => Self::Io(error),
        }
    }
}

/// What a backup says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// When it was taken.
    pub made_at: Instant,
    /// How many rows it holds.
    pub n_rows: u64,
    /// The hash over all of it.
    pub hash: Hash,
}

/// Writes a backup, row by row.
pub(super) struct Writing {
    file: BufWriter<File>,
    hasher: Sha256,
    made_at: Instant,
    n_rows: u64,
}

impl Writing {
    pub(super) fn begin(file: File, made_at: Instant) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, file);
        let mut this = Self { file, hasher: Sha256::new(), made_at, n_rows: 0 };
        this.put(FIRST.as_bytes())?;
        this.put(format!("made {made_at}\n").as_bytes())?;
        Ok(this)
    }

    pub(super) fn row(&mut self, row: &CopiedRow) -> io::Result<()> {
        let table = u8::try_from(row.table.saturating_add(1)).map_err(io::Error::other)?;
        self.put(&[table])?;
        for cell in &row.cells {
            match cell {
                Cell::Null => self.put(&[0])?,
                Cell::Int(number) => {
                    self.put(&[1])?;
                    self.put(&number.to_be_bytes())?;
                }
                Cell::Text(text) => self.long(2, text.as_bytes())?,
                Cell::Bytes(bytes) => self.long(3, bytes)?,
            }
        }
        self.n_rows = self.n_rows.saturating_add(1);
        Ok(())
    }

    /// Writes the end, and waits until all of it is on the disk.
    pub(super) fn end(mut self) -> io::Result<Backup> {
        self.put(&[END])?;
        let (made_at, n_rows) = (self.made_at, self.n_rows);
        self.put(&n_rows.to_be_bytes())?;
        let hash = Hash(self.hasher.finalize().into());
        self.file.write_all(&hash.0)?;
        self.file.into_inner().map_err(io::Error::other)?.sync_all()?;
        Ok(Backup { made_at, n_rows, hash })
    }

    fn long(&mut self, kind: u8, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).ok().filter(|it| *it <= CELL_BYTES_MAX);
        let length = length.ok_or_else(|| io::Error::other("a value is too long for a backup"))?;
        self.put(&[kind])?;
        self.put(&length.to_be_bytes())?;
        self.put(bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }
}

/// Reads the whole file and says what it is, if it is what was written.
///
/// # Errors
/// It is no backup, was cut off or changed, or cannot be read.
pub fn verify(path: &Path) -> Result<Backup, Unread> {
    let mut reading = Reading::open(path)?;
    let length = reading.file.get_ref().metadata()?.len();
    let rest = length.checked_sub(HASH_BYTES).ok_or(Unread::Other("it is cut off"))?;
    let hashed = {
        let file = File::open(path)?;
        let mut body = BufReader::with_capacity(1 << 16, file).take(rest);
        let (mut hasher, mut some) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let n = body.read(&mut some)?;
            match some.get(..n) {
                Some([]) | None => break,
                Some(read) => hasher.update(read),
            }
        }
        Hash(hasher.finalize().into())
    };
    let mut said = [0; 32];
    {
        use std::io::Seek as _;
        let mut file = File::open(path)?;
        file.seek(io::SeekFrom::Start(rest))?;
        file.read_exact(&mut said)?;
    }
    if said != hashed.0 {
        return Err(Unread::Other("it is not what was written: it was cut off or changed"));
    }
    while reading.next()?.is_some() {}
    Ok(Backup { made_at: reading.made_at, n_rows: reading.n_rows, hash: hashed })
}

/// Reads a backup, row by row.
pub(super) struct Reading {
    file: BufReader<File>,
    pub(super) made_at: Instant,
    n_rows: u64,
}

impl Reading {
    pub(super) fn open(path: &Path) -> Result<Self, Unread> {
        let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
        let mut first = [0; FIRST.len()];
        match file.read_exact(&mut first) {
            Ok(()) if first == FIRST.as_bytes() => {}
            Ok(()) => return Err(Unread::Other("it is no backup of Redress, or of a later form")),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(Unread::Other("it is no backup of Redress"));
            }
            Err(error) => return Err(error.into()),
        }
        let mut line = Vec::new();
        io::BufRead::read_until(&mut (&mut file).take(LINE_BYTES_MAX), b'\n', &mut line)?;
        let made = std::str::from_utf8(&line).ok().and_then(|it| it.strip_prefix("made "));
        let made = made.and_then(|it| it.trim_end().parse().ok());
        let made = made.ok_or(Unread::Other("it does not say when it was taken"))?;
        Ok(Self { file, made_at: Instant::from_utc(made), n_rows: 0 })
    }

    /// The next row; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<CopiedRow>, Unread> {
        let [number] = self.bytes()?;
        if number == END {
            let n_rows = u64::from_be_bytes(self.bytes()?);
            let wrong = Unread::Other("it does not hold as many rows as it says");
            return if n_rows == self.n_rows { Ok(None) } else { Err(wrong) };
        }
        let table = usize::from(number).saturating_sub(1);
        let of = TABLES.get(table).ok_or(Unread::Other("it has a table that nobody knows"))?;
        let mut cells = Vec::with_capacity(of.kinds.len());
        for kind in of.kinds.bytes() {
            cells.push(self.cell(kind)?);
        }
        self.n_rows = self.n_rows.saturating_add(1);
        Ok(Some(CopiedRow { table, cells }))
    }

    fn cell(&mut self, kind: u8) -> Result<Cell, Unread> {
        let [written] = self.bytes()?;
        match (written, kind) {
            (0, _) => Ok(Cell::Null),
            (1, b'i') => Ok(Cell::Int(i64::from_be_bytes(self.bytes()?))),
            (2, b't') => match String::from_utf8(self.long()?) {
                Ok(text) => Ok(Cell::Text(text)),
                Err(_) => Err(Unread::Other("a text in it is not in UTF-8")),
            },
            (3, b'b') => self.long().map(Cell::Bytes),
            _ => Err(Unread::Other("a value in it is of another kind than its column")),
        }
    }

    fn long(&mut self) -> Result<Vec<u8>, Unread> {
        let length = u32::from_be_bytes(self.bytes()?);
        if length > CELL_BYTES_MAX {
            return Err(Unread::Other("a value in it is too long"));
        }
        // It grows as it is read: what is said of a length is not believed before.
        let mut bytes = Vec::new();
        let n = (&mut self.file).take(u64::from(length)).read_to_end(&mut bytes)?;
        match u32::try_from(n) == Ok(length) {
            true => Ok(bytes),
            false => Err(Unread::Other("it is cut off")),
        }
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Unread> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
