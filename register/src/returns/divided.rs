//! By what a return can be divided, so that nobody asks for the return of an entity that there is not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::model::{FieldId, FieldKind, Readable};
use store::keeper::Loaded;

use crate::returns::count::UNSAID;

/// By what the cases of these versions of a protocol are divided, each with the values that there may
/// be: the choice fields that everybody reads, `severity`, `channel`, `intake` and `version`.
#[must_use]
pub fn divided_by(versions: &[Arc<Loaded>]) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |by: &str, values: &mut dyn Iterator<Item = String>| {
        all.entry(by.to_owned()).or_default().extend(values);
    };
    let unsaid = || std::iter::once(UNSAID.to_owned());
    for loaded in versions {
        let protocol = &loaded.machine.protocol;
        add("version", &mut std::iter::once(loaded.version.clone()));
        let channels = protocol.channels.iter().map(|it| it.name.clone());
        add("channel", &mut channels.chain(unsaid()));
        if !protocol.intake.is_empty() {
            add("intake", &mut protocol.intake.iter().map(|it| it.name.clone()));
        }
        let names = |set| protocol.scope.set(set).into_iter().flat_map(|it| it.names.clone());
        if let Some(severity) = &protocol.severity {
            add("severity", &mut names(severity.levels).chain(unsaid()));
        }
        for (id, field) in (0u16..).map(FieldId).zip(&protocol.fields) {
            let FieldKind::Choice(set) = &field.kind else { continue };
            let is_open = protocol.confidential.readers(Readable::Field(id)).is_none();
            if is_open && !field.personal {
                add(&field.name, &mut names(*set).chain(unsaid()));
            }
        }
    }
    all
}
