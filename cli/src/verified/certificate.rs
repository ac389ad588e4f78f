//! What proofs rest on, written into a file and checked from one.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use analysis::bases::Window;
use analysis::certificate::{
    Certificate, Checked, Flaw, Misread, Proof, Uncertified, VERSION, certified, check,
    is_certifiable, read,
};
use analysis::{Asked, Options, Outcome, Proved, Verdict};
use engine::machine::Machine;
use engine::text::{SourceSet, folder_bytes, sha256};
use store::file;

use crate::render::{one_line, short};
use crate::unusable::Unusable;
use crate::verified::{Answered, Found, VerifiedProtocol, id_of, in_parallel};

/// The largest file that is read.
const CERTIFICATE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The certificate of what was proved, and the ids of what was proved and is not in it.
///
/// # Errors
/// Nothing that was proved can be certified.
pub(crate) fn certificate_of(
    protocol: &VerifiedProtocol,
    n_threads: usize,
) -> anyhow::Result<(Certificate, Vec<String>)> {
    let machine = &protocol.machine;
    let proved = protocol.list.iter().filter(|it| it.found() == Found::Proved);
    let (within, without): (Vec<&Answered>, Vec<&Answered>) =
        proved.partition(|it| is_certifiable(machine, it.verdict.asked));
    let (from, to) = protocol.window;
    let of_one = |it: &Answered| match it.verdict.asked {
        Asked::Own(id) => {
            let situations = it.situations_max;
            certified(machine, &Options { from, to, situations, ..Options::new(machine) }, id)
        }
        Asked::BuiltIn(_) => Err(Uncertified::AsksForWays),
    };
    let proofs =
        in_parallel(within.len(), n_threads, |place| within.get(place).map(|it| of_one(it)));
    let id = |it: &&Answered| id_of(machine, it.verdict.asked);
    let mut without: Vec<String> = without.iter().map(id).collect();
    let mut written: Vec<Proof> = Vec::new();
    for (of, proof) in within.iter().zip(proofs.into_iter().flatten()) {
        match proof {
            Ok(proof) => written.push(proof),
            // What the order of things alone proves may be too much to look at with instants.
            Err(Uncertified::AsksForWays | Uncertified::NotProved) => without.push(id(of)),
        }
    }
    if written.is_empty() {
        let what = "no certificate is written: nothing was proved that one can be written for";
        return Err(Unusable::new(what).into());
    }
    let certificate = Certificate {
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: machine.protocol.id.clone(),
        folder: folder_of(&protocol.sources),
        window: Window { from, to },
        proofs: written,
    };
    Ok((certificate, without))
}

fn folder_of(sources: &SourceSet) -> String {
    sha256(&folder_bytes(sources))
}

/// Reads a certificate that must be one of this protocol as it is now.
///
/// # Errors
/// It cannot be read, is no certificate, or is one of something else.
pub(crate) fn read_certificate(
    path: &Path,
    machine: &Machine,
    sources: &SourceSet,
) -> anyhow::Result<Certificate> {
    let shown = one_line(short(&path.to_string_lossy()));
    let mut bytes = Vec::new();
    file::open(path)?.take(CERTIFICATE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CERTIFICATE_BYTES_MAX {
        let mib = CERTIFICATE_BYTES_MAX / 1024 / 1024;
        return Err(Unusable::new(format!("`{shown}` has more than {mib} MiB")).into());
    }
    let text = String::from_utf8(bytes).map_err(|_| misread(&shown, &Misread::NotOne))?;
    let found = read(&text).map_err(|it| misread(&shown, &it))?;
    let (id, folder) = (&machine.protocol.id, folder_of(sources));
    let again = "`protocol verify --certificate` writes one of the protocol as it is";
    let what = if found.protocol != *id {
        let other = one_line(&found.protocol);
        format!("`{shown}` is a certificate of the protocol `{other}`, not of `{id}`")
    } else if found.folder != folder {
        format!("`{shown}` is a certificate of other files of `{id}` than are there now")
    } else if found.proofs.is_empty() {
        format!("`{shown}` certifies nothing")
    } else {
        return Ok(found);
    };
    Err(Unusable::new(what).help(again).into())
}

fn misread(shown: &str, misread: &Misread) -> Unusable {
    let what = match misread {
        Misread::NotOne => format!("`{shown}` is no certificate"),
        Misread::Version(other) => format!(
            "`{shown}` is a certificate of version `{}`; this program reads version {VERSION}",
            one_line(other)
        ),
        Misread::Line(number) => {
            format!("line {number} of `{shown}` is not what stands there in a certificate")
        }
        Misread::CutOff => format!("`{shown}` is cut off: only a part of a certificate"),
    };
    Unusable::new(what).help("`protocol verify --certificate FILE` writes one")
}

/// A protocol and what was found of the proofs of a certificate.
pub(crate) struct Checking {
    /// The protocol, with what its certificate proves.
    pub protocol: VerifiedProtocol,
    /// The version of the engine that the certificate was written with.
    pub engine: String,
    /// What was looked at for each proof of the protocol, in the same order.
    pub checked: Vec<Checked>,
    /// The names in the certificate of what is not proved by it, and why.
    pub flaws: Vec<(String, Flaw)>,
    /// The ids of the guarantees that are not in it.
    pub missing: Vec<String>,
}

/// Checks the proofs of a certificate.
pub(crate) fn checked(
    folder: PathBuf,
    (machine, sources): (Machine, SourceSet),
    certificate: Certificate,
    n_threads: usize,
) -> Checking {
    let Certificate { engine, window, proofs, .. } = certificate;
    let results = in_parallel(proofs.len(), n_threads, |place| {
        let proof = proofs.get(place)?;
        Some((proof.guarantee.clone(), check(&machine, window, proof)))
    });
    let (mut checked, mut flaws, mut list) = (Vec::new(), Vec::new(), Vec::new());
    for (name, result) in results.into_iter().flatten() {
        match result {
            Ok(it) => {
                list.push(proved(&machine, &it));
                checked.push(it);
            }
            Err(flaw) => flaws.push((name, flaw)),
        }
    }
    let is_in = |id: &String| proofs.iter().any(|it| it.guarantee == *id);
    let own = machine.protocol.guarantees.iter().map(|it| it.id.clone());
    let missing = own.filter(|id| !is_in(id)).collect();
    let window = (window.from, window.to);
    let protocol = VerifiedProtocol { folder, machine, sources, window, list };
    Checking { protocol, engine, checked, flaws, missing }
}

fn proved(machine: &Machine, it: &Checked) -> Answered {
    let assumed = machine.protocol.guarantees.get(it.guarantee.index());
    let proved = Proved { vacuous: it.vacuous, most_days: it.most_days, worst: None };
    let verdict = Verdict {
        asked: Asked::Own(it.guarantee),
        outcome: Outcome::Proved(proved),
        assumed: assumed.map_or_else(Vec::new, |it| it.assume.clone()),
        situations: it.n_situations,
    };
    Answered { verdict, situations_max: 0, retold: None, saved: None }
}
