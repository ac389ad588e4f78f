//! Whom a case is about, from its first decision.

use engine::runtime::FactKind;

use crate::keeper::Loaded;
use crate::record::decode;

/// The person complained about, of a case whose first decision is this body.
///
/// Nobody as well where the decision cannot be read: nothing is made up then, and an audit says
/// what is wrong with it.
pub(crate) fn respondent(loaded: &Loaded, body: &[u8]) -> Option<String> {
    let mut strings = loaded.machine.strings();
    let read = decode(body, &loaded.dictionary, None, &mut strings).ok()?;
    let opened = read.decision.facts.iter().find_map(|it| match it.kind {
        FactKind::Opened { respondent, .. } => respondent,
        _ => None,
    })?;
    Some(strings.get(opened).to_owned())
}
