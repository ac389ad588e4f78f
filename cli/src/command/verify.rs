//! `protocol verify`: what is guaranteed by protocols, whatever anybody does or fails to do.

use std::path::Path;
use std::time::Instant;

use store::file::{self, Existing};

use crate::Exit;
use crate::args::{Verify, VerifyFormat};
use crate::load;
use crate::output::Output;
use crate::render;
use crate::verified::{Answered, Asking, Found, VerifiedProtocol};
use crate::verified::{answers, only_named, save};

/// Looks at the guarantees of protocols.
pub(crate) fn verify(args: &Verify, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let begun = Instant::now();
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
    let mut verified = answers(asking, args.budget)?;
    let saved = match &args.save {
        Some(folder) => save_all(&mut verified, folder, args.force, output)?,
        None => Exit::Fine,
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
    Ok(worst.max(saved).max(if unusable.is_empty() { Exit::Fine } else { Exit::Wrong }))
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
