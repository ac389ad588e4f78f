//! What is owed on a stream, as it is repeated in the row of the stream, and what differs.
//!
//! Each duty is: length and bytes of the deadline, the occurrence, length and bytes of the party,
//! 1 where it was missed and 2 where it is due at an instant, and that instant. Lengths are 4 bytes,
//! all numbers have their lowest byte first.

use crate::cases::{Duty, Failure};
use engine::time::Instant;

const MISSED: u8 = 1;
const DUE: u8 = 2;

/// What is owed, in a fixed order and each once.
pub(in crate::sqlite) fn sorted(duties: &[Duty]) -> Vec<&Duty> {
    let mut sorted: Vec<&Duty> = duties.iter().collect();
    sorted.sort_by_key(|duty| (&duty.deadline, duty.occurrence));
    sorted.dedup();
    sorted
}

/// The bytes of what is owed.
pub(in crate::sqlite) fn written(duties: &[&Duty]) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::with_capacity(48 * duties.len());
    for duty in duties {
        text(&mut bytes, &duty.deadline)?;
        bytes.extend(duty.occurrence.to_le_bytes());
        text(&mut bytes, &duty.party)?;
        let missed = if duty.missed { MISSED } else { 0 };
        bytes.push(missed | if duty.due.is_some() { DUE } else { 0 });
        if let Some(due) = duty.due {
            bytes.extend(due.ms().to_le_bytes());
        }
    }
    Ok(bytes)
}

fn text(bytes: &mut Vec<u8>, text: &str) -> Result<(), Failure> {
    let length = u32::try_from(text.len())
        .map_err(|_| Failure::Unavailable("a name is longer than SQLite keeps".to_owned()))?;
    bytes.extend(length.to_le_bytes());
    bytes.extend(text.as_bytes());
    Ok(())
}

/// What is owed, from its bytes.
pub(in crate::sqlite) fn read(bytes: &[u8]) -> Result<Vec<Duty>, Failure> {
    let mut rest = bytes;
    let mut duties = Vec::new();
    while !rest.is_empty() {
        let duty = duty(&mut rest);
        duties.push(duty.ok_or_else(|| Failure::Damaged("what is owed is cut off".to_owned()))?);
    }
    Ok(duties)
}

fn duty(rest: &mut &[u8]) -> Option<Duty> {
    let deadline = read_text(rest)?;
    let occurrence = u16::from_le_bytes(*rest.split_off(..2)?.as_array()?);
    let party = read_text(rest)?;
    let flags = *rest.split_off_first()?;
    let due = if flags & DUE == 0 {
        None
    } else {
        Some(Instant::from_ms(i64::from_le_bytes(*rest.split_off(..8)?.as_array()?)))
    };
    Some(Duty { deadline, occurrence, party, due, missed: flags & MISSED != 0 })
}

fn read_text(rest: &mut &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(*rest.split_off(..4)?.as_array()?);
    let bytes = rest.split_off(..usize::try_from(length).ok()?)?;
    String::from_utf8(bytes.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty(deadline: &str, due: Option<i64>, missed: bool) -> Duty {
        Duty {
            deadline: deadline.to_owned(),
            occurrence: 7,
            party: "héndler\0".to_owned(),
            due: due.map(Instant::from_ms),
            missed,
        }
    }

    #[test]
    fn what_is_owed_reads_back() {
        let duties =
            [duty("a", Some(i64::MAX), true), duty("", None, false), duty("c", Some(-1), false)];
        let bytes = written(&duties.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(read(&bytes).unwrap(), duties);
    }

    #[test]
    fn what_is_cut_off_is_damage() {
        let bytes = written(&[&duty("final", Some(9), true)]).unwrap();
        for end in 1..bytes.len() {
            assert!(matches!(read(&bytes[..end]), Err(Failure::Damaged(_))), "{end}");
        }
    }
}
