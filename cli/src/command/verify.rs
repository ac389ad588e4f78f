//! `protocol verify`: what is guaranteed by protocols, whatever anybody does or fails to do.

use std::path::{Path, PathBuf};
use std::time::Instant;

use analysis::certificate;
use store::file::{self, Existing};

use crate::Exit;
use crate::args::{Verify, VerifyFormat};
use crate::load;
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;
use crate::verified::{Answered, Asking, Found, VerifiedProtocol};
use crate::verified::{
    answers, certificate_of, checked, n_threads, only_named, read_certificate, save,
};

/// Looks at the guarantees of protocols.
pub(crate) fn verify(args: &Verify, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let begun = Instant::now();
    if let Some(path) = &args.check_certificate {
        return check_certificate(path, &only_folder(args)?, begun, output);
    }
    if args.certificate.is_some() {
        only_folder(args)?;
    }
    let mut unusable: Vec<String> = Vec::new();
    let mut asking: Vec<Asking> = Vec::new();
    for folder in load::folders(&args.paths)? {
        let mut loaded = load::load(&folder)?;
        let Some(machine) = loaded.machine.take() else {
            output.note(&render::failure(&load::has_errors(&loaded)))?;
            unusable.push(folder.to_string_lossy().into_owned());
            continue;
        };
        asking.push(Asking::new(folder, machine, loaded.sources, args)?);
    }
    only_named(&args.guarantees, &mut asking)?;
    let mut verified = answers(asking, args.budget, n_threads(output.place()))?;
    let saved = match &args.save {
        Some(folder) => save_all(&mut verified, folder, args.force, output)?,
        None => Exit::Fine,
    };
    let certified = match (&args.certificate, verified.as_slice()) {
        (Some(path), [protocol]) => certify(protocol, path, args.force, output)?,
        _ => Exit::Fine,
    };
    let text = match args.format {
        VerifyFormat::Human => {
            render::verify_text(&verified, unusable.len(), args.explain, begun.elapsed())
        }
        VerifyFormat::Json => render::verify_json(&verified, &unusable)?,
        VerifyFormat::Sarif => render::verify_sarif(&verified, unusable.is_empty())?,
        VerifyFormat::Junit => render::verify_junit(&verified, &unusable)?,
    };
    output.data(&text)?;
    let of_one = |it: &Answered| match it.found() {
        Found::Proved => Exit::Fine,
        Found::Undecided => Exit::Undecided,
        Found::Refuted => Exit::Wrong,
    };
    let worst = verified.iter().flat_map(|it| &it.list).map(of_one).max().unwrap_or(Exit::Fine);
    Ok(worst.max(saved).max(certified).max(if unusable.is_empty() {
        Exit::Fine
    } else {
        Exit::Wrong
    }))
}

/// The folder of the protocol that a certificate is about.
fn only_folder(args: &Verify) -> anyhow::Result<PathBuf> {
    let folders = load::folders(&args.paths)?;
    match folders.as_slice() {
        [folder] => Ok(folder.clone()),
        several => {
            let n = several.len();
            let what = format!("a certificate is about one protocol, and here are {n}");
            Err(Unusable::new(what).help("name the folder of one").into())
        }
    }
}

/// Writes what the proofs of a protocol rest on. What cannot be written is said.
fn certify(
    protocol: &VerifiedProtocol,
    path: &Path,
    is_forced: bool,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Exit> {
    let existing = if is_forced { Existing::Replace } else { Existing::Keep };
    let written =
        certificate_of(protocol, n_threads(output.place())).and_then(|(certificate, without)| {
            let text = certificate::write(&certificate);
            let is_there = std::fs::read_to_string(path).is_ok_and(|it| it == text);
            if !is_there {
                file::write_whole(path, &text, existing)?;
            }
            Ok(render::certified_text(path, &certificate, &without))
        });
    match written {
        Ok(note) => {
            output.note(&(note + "\n"))?;
            Ok(Exit::Fine)
        }
        Err(error) => {
            output.note(&render::failure(&error))?;
            Ok(Exit::CouldNotRun)
        }
    }
}

/// Checks the proofs in a file.
fn check_certificate(
    path: &Path,
    folder: &Path,
    begun: Instant,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Exit> {
    let (machine, sources) = load::usable(folder)?;
    let certificate = read_certificate(path, &machine, &sources)?;
    let n_threads = n_threads(output.place());
    let checking = checked(folder.to_path_buf(), (machine, sources), certificate, n_threads);
    output.data(&render::certificate_text(&checking, begun.elapsed()))?;
    Ok(if checking.flaws.is_empty() { Exit::Fine } else { Exit::Wrong })
}

/// Writes the courses that were found as scenarios. What cannot be written is said, and the rest
/// is written.
fn save_all(
    verified: &mut [VerifiedProtocol],
    folder: &Path,
    is_forced: bool,
    output: &mut Output<'_, '_>,
) -> anyhow::Result<Exit> {
    file::ensure_folder(folder)?;
    let mut exit = Exit::Fine;
    let existing = if is_forced { Existing::Replace } else { Existing::Keep };
    for protocol in verified {
        for it in &mut protocol.list {
            match save(&protocol.machine, it, folder, existing) {
                Ok(saved) => it.saved = saved,
                Err(error) => {
                    output.note(&render::failure(&error))?;
                    exit = Exit::CouldNotRun;
                }
            }
        }
    }
    Ok(exit)
}
