//! What is said of the store itself.

use std::path::Path;

use store::audit::{Audit, Finding};
use store::cases::Form;
use store::copy::Backup;

use crate::render::keeping::audit::{findings_text, read, small};
use crate::render::palette::{BAD, DOUBT, GOOD, paint};
use crate::render::{count, one_line};

/// What a check found.
pub(crate) struct Checked<'a> {
    pub store: &'a str,
    pub form: Form,
    pub faults: &'a [String],
    pub audited: &'a Audit,
    pub findings: &'a [Finding],
    pub n_findings: u64,
    pub key_file: Option<&'a Path>,
    /// How many values were opened, where there is a key.
    pub opened: Option<u64>,
}

/// The sentences for people.
pub(crate) fn checked_text(it: &Checked<'_>) -> String {
    let mut text = String::new();
    for fault in it.faults {
        text.push_str(&format!("{} the database: {}\n", paint(BAD, "wrong:"), one_line(fault)));
    }
    text.push_str(&findings_text(it.findings, it.n_findings));
    let fine = it.faults.is_empty() && it.n_findings == 0;
    let word = match (fine, it.opened) {
        (true, Some(_)) => paint(GOOD, "sound"),
        (true, None) => format!("{}, but its key was not tried", paint(DOUBT, "sound")),
        (false, _) => paint(BAD, "not sound"),
    };
    text.push_str(&format!("{} is {word}\n", it.store));
    text.push_str(&format!("  tables: version {}\n", it.form.kept));
    text.push_str(&format!("  read:   {}\n", read(it.audited)));
    let key = match (it.key_file, it.opened) {
        (Some(file), Some(n)) => {
            let n = count(small(n), "personal value", "personal values");
            format!("{} was tried on {n}", file.display())
        }
        (Some(file), None) => format!(
            "{}: there is no file `{}`, and without it nobody reads personal values",
            paint(BAD, "missing"),
            file.display()
        ),
        (None, _) => format!(
            "{}: write `key = \"FILE\"` into the file of `--config` to have it tried",
            paint(DOUBT, "not named")
        ),
    };
    text.push_str(&format!("  key:    {key}\n"));
    text
}

/// A backup that was taken.
pub(crate) struct BackedUp<'a> {
    pub file: &'a Path,
    pub made: &'a Backup,
    pub audited: &'a Audit,
    pub findings: &'a [Finding],
    pub key_file: Option<&'a Path>,
}

/// The sentences for people.
pub(crate) fn backed_up_text(it: &BackedUp<'_>) -> String {
    let mut text = findings_text(it.findings, it.audited.n_findings);
    let tried = match it.audited.n_findings {
        0 => "a store was filled from it and is sound".to_owned(),
        _ => format!("{}: the store is not what was written", paint(BAD, "it cannot be restored")),
    };
    let key = match it.key_file {
        Some(file) => format!("`{}`", file.display()),
        None => "the file that the servers have as `key`".to_owned(),
    };
    text.push_str(&format!(
        "{} holds the store as of {}: {}\n\
         {tried}\n\
         {} the key is not in it: keep {key} as well, somewhere else. Whoever has both reads\n\
         everything; whoever lost the key reads no personal value\n",
        it.file.display(),
        it.made.made_at,
        read(it.audited),
        paint(DOUBT, "note:"),
    ));
    text
}

/// What is said of a store that was filled. The key is the file where it is looked for, and whether
/// it is there.
pub(crate) fn restored_text(
    store: &str,
    made: &Backup,
    audited: &Audit,
    key: Option<(&Path, bool)>,
) -> String {
    let key = match key {
        Some((file, true)) => {
            format!("the key in `{}` is used: `protocol store check` tries it\n", file.display())
        }
        Some((file, false)) => format!(
            "{} put the key of the old store into `{}` before anything is started: a server makes\n\
             a new one where there is none, and that opens nothing\n",
            paint(DOUBT, "note:"),
            file.display()
        ),
        None => format!("{} name the key of the old store as `key`\n", paint(DOUBT, "note:")),
    };
    format!(
        "{store} holds what was kept at {}: {}\n{key}\
         what was still to be sent is sent by whoever serves it: serve the old store no more\n",
        made.made_at,
        read(audited)
    )
}
