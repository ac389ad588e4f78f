//! The numbers that people use for cases.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use engine::machine::Machine;
use engine::time::Instant;

use crate::cases::{Failure, Place, Tenant};

/// The letters that check a number: a number and its letter differ from every other one by more
/// than one wrong digit or two swapped ones. None looks like a digit.
const CHECK_LETTERS: [char; 23] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U',
    'V', 'W', 'X', 'Y',
];

/// The numbers that a writer has taken and not given out.
#[derive(Debug, Default)]
pub(crate) struct Tickets {
    taken: BTreeMap<(Tenant, String), (u32, u32)>,
}

impl Tickets {
    /// The ticket of a case that was received at an instant. Where no number is left, as many are
    /// taken as may be needed now.
    pub(crate) fn next(
        &mut self,
        place: &dyn Place,
        tenant: Tenant,
        (machine, received): (&Machine, Instant),
        needed: u32,
    ) -> Result<String, Failure> {
        let protocol = &machine.protocol;
        let year = protocol.zone.civil(received).date().year();
        let write = |number: u32| match &protocol.ticket {
            Some(scheme) => scheme.ticket(year, number),
            None => checked(year, number),
        };
        // Two protocols whose tickets look alike share their numbers, whatever leading zeros.
        let counter = write(u32::MAX);
        let key = (tenant, counter);
        let (next, end) = match self.taken.get(&key) {
            Some((next, end)) if next < end => (*next, *end),
            _ => {
                let first = place.take_numbers(tenant, &key.1, needed.max(1))?;
                (first, first.saturating_add(needed.max(1)))
            }
        };
        self.taken.insert(key, (next.saturating_add(1), end));
        Ok(write(next))
    }
}

/// A ticket where the protocol says nothing of them: `C-2026-004417-K`.
fn checked(year: i32, number: u32) -> String {
    let all = i64::from(year).saturating_mul(1_000_000_000_000).saturating_add(i64::from(number));
    let letter = usize::try_from(all.rem_euclid(23)).ok().and_then(|it| CHECK_LETTERS.get(it));
    format!("C-{year}-{number:06}-{}", letter.unwrap_or(&'A'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_with_one_wrong_digit_or_two_swapped_is_none() {
        let letter = |year: i32, number: u32| checked(year, number).pop().unwrap();
        assert_eq!(checked(2026, 4417), format!("C-2026-004417-{}", letter(2026, 4417)));
        for number in [1u32, 4_417, 123_456, 999_999] {
            let digits: Vec<char> = format!("{number:06}").chars().collect();
            for place in 0..6 {
                for digit in '0'..='9' {
                    let mut other = digits.clone();
                    other[place] = digit;
                    let is_same = other == digits;
                    let other: String = other.into_iter().collect();
                    let alike = letter(2026, other.parse().unwrap()) == letter(2026, number);
                    assert_eq!(alike, is_same, "{number} {other}");
                }
                let mut other = digits.clone();
                other.swap(place, (place + 1) % 6);
                let is_same = other == digits;
                let other: String = other.into_iter().collect();
                let alike = letter(2026, other.parse().unwrap()) == letter(2026, number);
                assert!(is_same || !alike, "{number} {other}");
            }
            assert_ne!(letter(2026, number), letter(2027, number));
        }
    }
}
