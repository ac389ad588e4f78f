//! The scenario that somebody names, and where what is made of it may go.

use std::path::Path;

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::scenario::{Outcome, Scenario};

use crate::load::{self, ReadScenario};
use crate::unusable::Unusable;

/// Refuses to write what is made where a protocol has its own text.
pub(super) fn spares_protocols(file: &Path) -> Result<(), Unusable> {
    if store::folder::part(file).is_none() {
        return Ok(());
    }
    let what = format!("`{}` is, or would be, a part of a protocol", file.display());
    Err(Unusable::new(what).help("write it to a file that no protocol reads"))
}

/// The scenario that somebody names: by its path, by its path inside the protocol, or by its name
/// alone.
pub(super) fn find(folder: &Path, wanted: &Path, machine: &Machine) -> anyhow::Result<Scenario> {
    let inner = wanted.strip_prefix(folder).unwrap_or(wanted);
    let parts: Vec<_> = inner.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    let inner = parts.join("/");
    let list = load::scenarios(folder, machine)?.list;
    let is_it = |it: &ReadScenario| it.path == inner || name_of(&it.path) == inner;
    let shown = wanted.display();
    let Some(at) = list.iter().position(is_it) else {
        let names = list.iter().map(|it| name_of(&it.path));
        let what = format!("`{shown}` is no scenario of this protocol");
        let help = nearest_or_listed(&inner, "scenario", names.collect::<Vec<_>>());
        return Err(Unusable::new(what).maybe_help(help).into());
    };
    let found = list.into_iter().nth(at).and_then(|it| it.scenario);
    found.ok_or_else(|| {
        let help = format!("`protocol check {}` shows them", folder.display());
        Unusable::new(format!("`{shown}` has errors")).help(help).into()
    })
}

/// `scenarios/a-late-answer.toml` is called `a-late-answer`.
fn name_of(path: &str) -> &str {
    let name = path.strip_prefix("scenarios/").unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Why nothing can be made of a scenario.
pub(super) fn failed(folder: &Path, scenario: &Scenario, outcome: &Outcome) -> String {
    let first = outcome.failures().next().map(|it| {
        let subject = it.subject.as_ref().map(|it| format!(" of {it}")).unwrap_or_default();
        let (expected, was) = (&it.expected, &it.was);
        format!(": step {}, {}{subject} should be {expected}, but is {was}", it.step, it.aspect)
    });
    let what = format!("scenario `{}` fails{}", scenario.path, first.unwrap_or_default());
    let help = format!("`protocol test {}` shows all of it", folder.display());
    crate::render::failure(&Unusable::new(what).help(help).into())
}
