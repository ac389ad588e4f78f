//! When something that did not arrive is tried again.

use engine::time::Instant;
use std::fmt;
use std::time::Duration;

/// By how much a wait is made shorter or longer at random, in thousandths, so that what failed
/// together does not come back together.
const JITTER_THOUSANDTHS: u64 = 100;

/// The longest wait that a receiver may ask for.
pub(super) const ASKED_MAX: Duration = Duration::from_secs(12 * 3_600);

/// The waits between tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The waits after the first try, the second and so on; the last one is repeated.
    pub waits: Vec<Duration>,
    /// For how long it is tried, from the first try to the last.
    pub try_for: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        let waits = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR];
        Self {
            waits: waits.map(Duration::from_secs).to_vec(),
            try_for: Duration::from_secs(72 * HOUR),
        }
    }
}

impl Schedule {
    /// When to try again what was tried `attempts` times before now and failed now; nothing where
    /// it is to be given up. The last try is at the end of the time for trying. `asked` is how long
    /// the receiver wants to be left alone, which makes the wait longer, never shorter.
    #[must_use]
    pub fn next(
        &self,
        attempts: u32,
        first_tried: Option<Instant>,
        now: Instant,
        asked: Option<Duration>,
        random: u64,
    ) -> Option<Instant> {
        let end = after(first_tried.unwrap_or(now), self.try_for);
        if now >= end {
            return None;
        }
        let place = usize::try_from(attempts).unwrap_or(usize::MAX);
        let wait = self.waits.get(place).or(self.waits.last()).copied().unwrap_or_default();
        let wait = jittered(wait, random).max(asked.unwrap_or_default().min(ASKED_MAX));
        Some(after(now, wait.max(Duration::from_millis(1))).min(end))
    }
}

fn jittered(wait: Duration, random: u64) -> Duration {
    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    let factor = 1_000 - JITTER_THOUSANDTHS + random % (2 * JITTER_THOUSANDTHS + 1);
    Duration::from_millis((wait_ms / 1_000) * factor + (wait_ms % 1_000) * factor / 1_000)
}

/// An instant and a stretch of time, held at the end of time.
pub(super) fn after(at: Instant, stretch: Duration) -> Instant {
    let ms = i64::try_from(stretch.as_millis()).unwrap_or(i64::MAX);
    at.plus_ms(ms).unwrap_or(Instant::MAX)
}

/// An instant less a stretch of time, held at the beginning of time.
pub(super) fn before(at: Instant, stretch: Duration) -> Instant {
    let ms = i64::try_from(stretch.as_millis()).unwrap_or(i64::MAX);
    at.minus_ms(ms).unwrap_or(Instant::MIN)
}

impl fmt::Display for Schedule {
    /// As `docs/WEBHOOKS.md` says it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for wait in &self.waits {
            write!(out, "{}, ", said(*wait))?;
        }
        let last = self.waits.last().copied().unwrap_or_default();
        write!(out, "then every {} until {} after the first try", said(last), said(self.try_for))
    }
}

fn said(stretch: Duration) -> String {
    match stretch.as_secs() {
        s if s > 0 && s % 86_400 == 0 => format!("{} d", s / 86_400),
        s if s > 0 && s % 3_600 == 0 => format!("{} h", s / 3_600),
        s if s > 0 && s % 60 == 0 => format!("{} min", s / 60),
        s => format!("{s} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR_MS: i64 = 3_600_000;

    /// The instants of all tries, where each fails at once.
    fn tries(start: Instant, randoms: &[u64], asked: &[Option<u64>]) -> Vec<Instant> {
        let schedule = Schedule::default();
        let mut tries = vec![start];
        for (random, asked) in randoms.iter().zip(asked) {
            let now = *tries.last().unwrap();
            let attempts = u32::try_from(tries.len() - 1).unwrap();
            let first = (attempts > 0).then_some(start);
            let asked = asked.map(Duration::from_secs);
            match schedule.next(attempts, first, now, asked, *random) {
                Some(at) => tries.push(at),
                None => return tries,
            }
        }
        panic!("it is tried without end: {tries:?}");
    }

    proptest! {
        #[test]
        fn always_tries_keep_to_the_waits_and_end_after_three_days(
            start in -4_000_000_000_000_i64..4_000_000_000_000,
            randoms in prop::collection::vec(any::<u64>(), 40),
            asked in prop::collection::vec(prop::option::of(any::<u64>()), 40),
        ) {
            let start = Instant::from_ms(start);
            let tries = tries(start, &randoms, &asked);
            prop_assert_eq!(tries.last().unwrap().ms_since(start), 72 * HOUR_MS);
            prop_assert!((7..=14).contains(&tries.len()), "{} tries", tries.len());
            let waits = [5_000, 300_000, HOUR_MS / 2, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS];
            for (place, pair) in tries.windows(2).enumerate() {
                let wait = pair[1].ms_since(pair[0]);
                let planned = waits[place.min(5)];
                let wanted = asked[place].map_or(0, |s| s.min(43_200).cast_signed() * 1_000);
                let is_last = place + 2 == tries.len();
                prop_assert!(is_last || wait >= (planned * 9 / 10).max(wanted), "{place}: {wait}");
                prop_assert!(wait <= (planned * 11 / 10).max(wanted), "{place}: {wait}");
            }
        }

        #[test]
        fn always_the_next_try_is_later_whatever_the_clock_does(
            attempts in any::<u32>(),
            first in prop::option::of(any::<i64>()),
            now in any::<i64>(),
            asked in prop::option::of(any::<u64>()),
            random in any::<u64>(),
        ) {
            let (first, now) = (first.map(Instant::from_ms), Instant::from_ms(now));
            let asked = asked.map(Duration::from_secs);
            if let Some(at) = Schedule::default().next(attempts, first, now, asked, random) {
                prop_assert!(at > now);
            }
        }
    }

    #[test]
    fn without_luck_and_wishes_the_waits_are_those_of_the_page() {
        let start = Instant::from_ms(0);
        let tries = tries(start, &[100; 40], &[None; 40]);
        let waits_s: Vec<i64> = tries.windows(2).map(|it| it[1].ms_since(it[0]) / 1_000).collect();
        assert_eq!(waits_s[..7], [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]);
        assert_eq!(tries.len(), 13);
    }

    #[test]
    fn the_page_says_what_is_done() {
        let page = include_str!("../../../docs/WEBHOOKS.md");
        let said = Schedule::default().to_string();
        assert!(page.contains(&said), "no `{said}` in docs/WEBHOOKS.md");
    }
}
