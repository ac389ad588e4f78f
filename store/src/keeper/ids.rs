//! Ids and secrets from random bytes.

use std::sync::{Mutex, PoisonError};

use engine::time::Instant;
use uuid::Builder;

use crate::cases::{Failure, StreamId};
use crate::keeper::Ids;

/// Ids and secrets from the random bytes of the machine.
#[derive(Debug, Default)]
pub struct RandomIds {
    last: Mutex<u128>,
}

impl Ids for RandomIds {
    fn stream(&self, now: Instant) -> Result<StreamId, Failure> {
        let ms = u64::try_from(now.ms()).unwrap_or(0);
        let made = Builder::from_unix_timestamp_millis(ms, &random()?).into_uuid().as_u128();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // Of one millisecond, and where the clock was set back, the next after the last: the
        // lowest bits are random ones, so that version and variant stay as they are.
        *last = if made > *last { made } else { last.saturating_add(1) };
        Ok(StreamId(last.to_be_bytes()))
    }

    fn secret(&self) -> Result<String, Failure> {
        let bytes: [u8; 16] = random()?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| Failure::Unavailable(format!("no random bytes: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_rise_whatever_the_clock_does() {
        let ids = RandomIds::default();
        let mut last = StreamId([0; 16]);
        for ms in [1_772_406_000_000, 1_772_406_000_000, 5, -5, 1_772_406_000_001] {
            for _ in 0..1_000 {
                let made = ids.stream(Instant::from_ms(ms)).unwrap();
                assert!(made > last, "{made} after {last}");
                let uuid = uuid::Uuid::from_bytes(made.0);
                assert_eq!(
                    (uuid.get_version_num(), uuid.get_variant()),
                    (7, uuid::Variant::RFC4122)
                );
                last = made;
            }
        }
        let (one, other) = (ids.secret().unwrap(), ids.secret().unwrap());
        assert!(one.len() == 32 && one != other, "{one} {other}");
    }
}
