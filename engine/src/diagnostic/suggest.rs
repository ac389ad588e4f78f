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
    let reach = (written.chars().count() / 3).max(1);
    let close = |name: &'a str| {
        let distance = strsim::damerau_levenshtein(written, name);
        let is_close = distance <= reach || strsim::jaro_winkler(written, name) >= NEAR_ENOUGH;
        is_close.then_some((distance, name))
    };
    let others = names.into_iter().filter(|name| *name != written).take(COMPARED_MAX);
    others.filter_map(close).min().map(|(_, name)| name)
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
