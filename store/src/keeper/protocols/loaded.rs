//! A version of a protocol that can be run.

use engine::diagnostic::Diagnostics;
use engine::machine::{Amendment, Machine};
use engine::text::{SourceSet, folder_bytes, folder_files};
use engine::time::Instant;

use crate::cases::{Failure, Hash, ProtocolText};
use crate::chain;
use crate::record::{Dictionary, Names};

/// A version of a protocol that can be run.
#[derive(Debug)]
pub struct Loaded {
    /// The SHA-256 of its folder.
    pub hash: Hash,
    /// Its id, the same in all versions.
    pub id: String,
    /// Its version, as it says itself.
    pub version: String,
    /// The machine.
    pub machine: Machine,
    /// When each amendment that the machine knows was recorded, by its number there.
    pub(crate) amended_at: Vec<Instant>,
    /// The files of its folder, and what they include of what ships.
    pub sources: SourceSet,
    /// The hash of the table of names that its decisions refer to.
    pub(crate) names: Hash,
    /// What decisions are written and read with.
    pub(crate) dictionary: Dictionary,
}

impl Loaded {
    /// Reads a version as it is kept.
    pub(crate) fn read(
        text: &ProtocolText,
        amended: &[(Instant, Amendment)],
    ) -> Result<Self, Failure> {
        let damaged = |what: &str| {
            Failure::Damaged(format!("the protocol `{}` {}: {what}", text.id, text.hash))
        };
        if chain::hash(&text.folder) != text.hash {
            return Err(damaged("its folder is another one"));
        }
        let files =
            folder_files(&text.folder).ok_or_else(|| damaged("its folder is unreadable"))?;
        let sources = SourceSet::new(&text.id, files);
        let (machine, faults) = engine::load(&sources);
        let Some(mut machine) = machine else {
            let first = faults.iter().next().map_or("", |it| it.message.as_str());
            return Err(damaged(first));
        };
        let known = amended.iter().filter(|(_, it)| machine.amend(it));
        let amended_at = known.map(|(at, _)| *at).collect();
        let table = Names::read(&text.names)?;
        Ok(Self {
            hash: text.hash,
            id: text.id.clone(),
            version: text.version.clone(),
            names: chain::hash(&text.names),
            dictionary: Dictionary::new(table, &machine),
            machine,
            amended_at,
            sources,
        })
    }
}

/// A folder as a version is kept; nothing where it has an error, and always everything that is to
/// be said of it.
pub(crate) fn text(sources: &SourceSet) -> (Option<ProtocolText>, Diagnostics) {
    let (machine, faults) = engine::load(sources);
    let made = machine.map(|machine| {
        let folder = folder_bytes(sources);
        ProtocolText {
            hash: chain::hash(&folder),
            id: machine.protocol.id.clone(),
            version: machine.protocol.version.clone(),
            names: Names::of(&machine).bytes(),
            folder,
            active_from: None,
        }
    });
    (made, faults)
}
