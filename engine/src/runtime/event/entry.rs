//! What a report says of an entry of a record, read against the protocol.

use crate::diagnostic::nearest_or_listed;
use crate::model::{OfRecord, Protocol, RecordId};
use crate::runtime::event::read::misread;
use crate::runtime::{Given, Misread, Report, read_value};
use crate::script::Value;
use crate::text::{Strings, Symbol};

/// How evidence is named: by the hash of its content.
const HASH: &str = "sha256:";
const HASH_DIGITS: usize = 64;

/// The longest id of an entry, in bytes.
const ID_BYTES_MAX: usize = 255;

/// Whether a text names evidence: `sha256:` and 64 lower-case hexadecimal digits.
#[must_use]
pub fn is_evidence(text: &str) -> bool {
    let digits = text.strip_prefix(HASH).unwrap_or_default();
    digits.len() == HASH_DIGITS && digits.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// The id of the entry. An event of a record needs one; no other event takes one.
pub(super) fn id(
    report: &Report,
    is_known: bool,
    of: Option<OfRecord>,
    strings: &mut Strings,
    faults: &mut Vec<Misread>,
) -> Option<Symbol> {
    let id = report.entry.as_deref();
    let problem = match (of, id) {
        (Some(_), Some(id)) if id.trim().is_empty() => "the entry has no id".to_owned(),
        (Some(_), Some(id)) if id.len() > ID_BYTES_MAX => {
            format!("the id of the entry has more than {ID_BYTES_MAX} bytes")
        }
        (Some(_), Some(id)) if id.chars().any(char::is_control) => {
            "the id of the entry holds a line break or another control character".to_owned()
        }
        (Some(_), Some(id)) => return Some(strings.intern(id)),
        (Some(_), None) => format!("`{}` says nothing of which entry it is", report.event),
        (None, Some(_)) if is_known => format!("`{}` is of no entry", report.event),
        (None, _) => return None,
    };
    faults.push(misread("/entry", problem));
    None
}

/// One field of an entry.
pub(super) fn field(
    protocol: &Protocol,
    record: RecordId,
    name: &str,
    given: &Given,
    strings: &mut Strings,
    faults: &mut Vec<Misread>,
) -> Option<(u16, Value)> {
    let pointer = format!("/data/{name}");
    let record = protocol.records.get(record.index())?;
    let place = record.field(name);
    let Some((place, field)) = place.and_then(|at| Some((at, record.fields.get(usize::from(at))?)))
    else {
        let names = record.fields.iter().map(|it| it.field.name.as_str());
        let help = nearest_or_listed(name, "field", names);
        let problem = format!("`{name}` is no field of `{}`", record.name);
        faults.push(Misread { pointer, problem, help });
        return None;
    };
    match read_value(protocol, &field.field, given, strings) {
        Ok(value) => Some((place, value)),
        Err(problem) => {
            faults.push(misread(pointer, problem));
            None
        }
    }
}
