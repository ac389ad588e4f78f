//! The text of a scenario: read or refused; what is read runs to its end, and the case is the fold
//! of its facts.

use std::sync::LazyLock;

use engine::machine::Machine;
use engine::runtime::{Fact, fold};
use engine::scenario::{Coverage, read, run, timeline};
use engine::text::{FileId, SourceSet};

use super::pieces::{check_faults, first_line, here};

/// Protocols with their names, in order.
static MACHINES: LazyLock<Vec<(String, Machine)>> = LazyLock::new(|| {
    let below = [here("../protocols"), here("suite/traps")];
    let folders = store::folder::find(&below);
    let named = folders.iter().filter_map(|folder| {
        let machine = engine::load(&store::folder::read(folder).ok()?).0?;
        Some((folder.file_name()?.to_string_lossy().into_owned(), machine))
    });
    let mut all: Vec<(String, Machine)> = named.collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
});

/// Reads the bytes as a scenario of the protocol that the first line names, and runs it.
///
/// # Panics
/// When the engine breaks its word.
pub fn scenario(bytes: &[u8]) {
    let (line, _) = first_line(bytes);
    let line = String::from_utf8_lossy(line);
    let name = line.trim_start_matches('#').trim();
    let named = MACHINES.iter().find(|it| it.0 == name);
    let Some((_, machine)) = named.or(MACHINES.last()) else { return };
    let sources = SourceSet::new("", [("scenarios/x.toml".to_owned(), bytes.to_vec())]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    assert_eq!(scenario.is_none(), faults.has_errors(), "{faults:?}");
    check_faults(&faults, &sources);
    let Some(scenario) = scenario else { return };
    let outcome = run(machine, &scenario);
    assert!(!timeline(machine, &scenario, &outcome).is_empty());
    let mut coverage = Coverage::new(machine);
    coverage.add(&outcome);
    assert!(coverage.percent() <= 100);
    for (_, held) in outcome.register.iter() {
        let facts: Vec<Fact> = held.facts().copied().collect();
        if facts.is_sorted_by_key(Fact::order) {
            assert!(fold(machine, &facts) == held.case, "a case is not the fold of its facts");
        }
    }
}
