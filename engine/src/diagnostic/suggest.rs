//! "Did you mean": near names of the right kind, or the names there are.

const LISTED_MAX: usize = 8;
const NEAR_ENOUGH: f64 = 0.85;

/// How many letters may be wrong, missing, too many or exchanged in a name that is still surely
/// meant.
const SLIPS_MAX: usize = 2;

/// How many names are compared. With more of one kind a guess is worth less than the wait, for
/// a file may hold thousands of wrong names. All time zones, some 600, must fit.
const COMPARED_MAX: usize = 700;

/// The name closest to what was written, if one is close enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let meant = Meant::new(written);
    let others = names.into_iter().filter(|name| *name != written).take(COMPARED_MAX);
    others.filter_map(|name| meant.distance(name).map(|it| (it, name))).min().map(|(_, name)| name)
}

/// What was written, ready to be compared with many names.
struct Meant<'w> {
    written: &'w str,
    n_chars: usize,
    /// How often each character occurs, several characters in one place.
    counts: [u8; PLACES],
    /// The largest distance of a name that may be meant.
    reach: usize,
}

const PLACES: usize = 64;

fn place(character: char) -> usize {
    usize::try_from(u32::from(character)).unwrap_or(0) % PLACES
}

impl<'w> Meant<'w> {
    fn new(written: &'w str) -> Self {
        let mut counts = [0u8; PLACES];
        for character in written.chars() {
            let count = &mut counts[place(character)];
            *count = count.saturating_add(1);
        }
        let n_chars = written.chars().count();
        Self { written, n_chars, counts, reach: (n_chars / 3).max(1) }
    }

    /// The distance to a name that is close enough. The two slow comparisons are made only where
    /// the characters that both have leave them a chance.
    fn distance(&self, name: &str) -> Option<usize> {
        let (n_chars, n_shared) = self.shared(name);
        let distance = || strsim::osa_distance(self.written, name);
        // Each character that only one of them has costs a step.
        if self.n_chars.max(n_chars).saturating_sub(n_shared) <= self.reach {
            let distance = distance();
            if distance <= self.reach {
                return Some(distance);
            }
        }
        let is_near = self.may_be_near(n_chars, n_shared)
            && strsim::jaro_winkler(self.written, name) >= NEAR_ENOUGH;
        is_near.then(distance)
    }

    /// How many characters a name has, and how many of them at most the written one has as well.
    fn shared(&self, name: &str) -> (usize, usize) {
        let mut left = self.counts;
        let (mut n_chars, mut n_shared) = (0, 0);
        for character in name.chars() {
            n_chars += 1;
            let count = &mut left[place(character)];
            n_shared += usize::from(*count > 0);
            *count = count.saturating_sub(1);
        }
        (n_chars, n_shared)
    }

    /// Whether the similarity of Jaro and Winkler can be large enough: three parts, two of them
    /// shares of matching characters, and four tenths of what is missing for a common beginning.
    fn may_be_near(&self, n_chars: usize, n_shared: usize) -> bool {
        // (s/a + s/b + 1) / 3 >= 3/4 is s * (a + b) * 4 >= 5 * a * b; 3/4 with the bonus is 0.85.
        4 * n_shared * (self.n_chars + n_chars) >= 5 * self.n_chars * n_chars
    }
}

/// The name that must be meant: a slip or two away from what was written, where no other name is
/// nearly as close. Sure enough to be written without asking.
#[must_use]
pub fn only_near<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let slips_max = (written.chars().count() / 3).clamp(1, SLIPS_MAX);
    let others = names.into_iter().filter(|name| *name != written).take(COMPARED_MAX);
    let mut best: Option<(usize, &'a str)> = None;
    let mut next = usize::MAX;
    for name in others {
        let distance = strsim::damerau_levenshtein(written, name);
        match best {
            Some((least, _)) if distance >= least => next = next.min(distance),
            _ => {
                next = best.map_or(next, |(least, _)| least);
                best = Some((distance, name));
            }
        }
    }
    let (distance, name) = best?;
    (distance <= slips_max && next > distance.saturating_add(1)).then_some(name)
}

/// A few names in backticks, joined by commas.
#[must_use]
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// The help for a name that does not exist: the near one, else all there are if they are few.
#[must_use]
pub fn nearest_or_listed<'a>(
    written: &str,
    kind: &str,
    names: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(near) = nearest(written, names.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match names.clone().into_iter().count() {
        0 => Some(format!("no {kind} is declared yet")),
        1..=LISTED_MAX => Some(format!("declared: {}", listed(names))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name that is found by comparing all of them the slow way.
    fn compared<'a>(written: &str, names: &[&'a str]) -> Option<&'a str> {
        let reach = (written.chars().count() / 3).max(1);
        let near = names.iter().filter(|name| **name != written).filter_map(|name| {
            let distance = strsim::osa_distance(written, name);
            let is_near = strsim::jaro_winkler(written, name) >= NEAR_ENOUGH;
            (distance <= reach || is_near).then_some((distance, *name))
        });
        near.min().map(|(_, name)| name)
    }

    proptest::proptest! {
        #[test]
        fn what_is_not_compared_is_not_near(
            written in "[a-e_é]{0,12}",
            names in proptest::collection::vec("[a-e_é]{0,12}", 0..12),
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let found = nearest(&written, names.iter().copied());
            proptest::prop_assert_eq!(found, compared(&written, &names));
        }
    }

    #[test]
    fn only_a_name_without_a_rival_is_surely_meant() {
        assert_eq!(only_near("investigatng", ["closed", "investigating"]), Some("investigating"));
        assert_eq!(
            only_near("Europe/Londn", ["Europe/Lisbon", "Europe/London"]).unwrap(),
            "Europe/London"
        );
        assert_eq!(only_near("respons1", ["response1", "response2"]), None);
        assert_eq!(only_near("closing", ["close"]), None);
        assert_eq!(only_near("to", ["at"]), None);
    }

    #[test]
    fn a_slip_is_mended_and_another_word_is_not() {
        assert_eq!(nearest("investigatng", ["closed", "investigating"]), Some("investigating"));
        assert_eq!(nearest("note", ["vulnerable"]), None);
        assert_eq!(
            nearest_or_listed("x", "stage", ["received", "closed"]).as_deref(),
            Some("declared: `received`, `closed`")
        );
    }
}
