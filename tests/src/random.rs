//! Random choices that a seed repeats, or that given bytes make.

/// A small generator: the same seed always gives the same choices, as do the same bytes.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    /// The bytes that are left, the next of them last.
    given: Option<Vec<u8>>,
}

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed, given: None }
    }

    /// Takes every choice from these bytes. When none are left, every choice is the first one.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self { state: 0, given: Some(bytes.iter().rev().copied().collect()) }
    }

    /// Whether there were bytes and none are left.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.given.as_ref().is_some_and(Vec::is_empty)
    }

    /// The next 64 bits (the mixing steps of splitmix64, by Vigna, public domain).
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        let drawn = match &mut self.given {
            None => self.bits(),
            Some(left) => taken(left, limit),
        };
        usize::try_from(drawn % limit).unwrap_or(0)
    }

    /// One of some things.
    pub fn one_of<T: Copy>(&mut self, things: &[T]) -> Option<T> {
        things.get(self.below(things.len())).copied()
    }

    /// True in one of `n` draws.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A number from as few bytes as are needed to reach the limit.
fn taken(left: &mut Vec<u8>, limit: u64) -> u64 {
    let mut number = 0u64;
    let mut reach = 1u64;
    while reach < limit {
        number = (number << 8) | u64::from(left.pop().unwrap_or(0));
        reach = reach.saturating_mul(256);
    }
    number
}

/// The seed a test uses: the one in the environment variable, else a fixed one. Printed by the
/// test, so that a failure can be repeated.
#[must_use]
pub fn seed_from(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}
