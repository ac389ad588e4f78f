//! `protocol store`: the store itself, whatever the cases are.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use engine::time::Instant;
use store::audit::{Audit as Audited, Finding, values};
use store::cases::Failure;
use store::copy::{backup, fill, verify};

use crate::Exit;
use crate::args::{Store, StoreBackup, StoreCheck, StoreCommand, StoreMigrate, StoreRestore};
use crate::command::audit::checked;
use crate::kept::{Choice, Config, There};
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;

/// Does what is asked of the store.
pub(crate) fn store(args: &Store, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        StoreCommand::Migrate(args) => migrate(args, output),
        StoreCommand::Check(args) => check(args, output),
        StoreCommand::Backup(args) => write(args, output),
        StoreCommand::Restore(args) => restore(args, output),
    }
}

/// Opening brings the tables to the version of this program, and refuses a later one.
fn migrate(args: &StoreMigrate, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let form = there.place.form()?;
    output.data(&format!(
        "{} has version {} of the tables, which is that of this program\n",
        there.shown, form.kept
    ))?;
    Ok(Exit::Fine)
}

fn check(args: &StoreCheck, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let faults = there.place.faults()?;
    let (audited, mut findings) = checked(&there, &[])?;
    let mut n_findings = audited.n_findings;
    let mut opened = None;
    if let Some(key) = there.key()? {
        let mut keep = |finding: &Finding| {
            n_findings = n_findings.saturating_add(1);
            findings.push(finding.clone());
        };
        opened = Some(values(there.place.as_ref(), &key, &mut keep)?);
    }
    let said = render::Checked {
        store: &there.shown,
        form: there.place.form()?,
        faults: &faults,
        audited: &audited,
        findings: &findings,
        n_findings,
        key_file: there.key_file.as_deref(),
        opened,
    };
    output.data(&render::checked_text(&said))?;
    let is_fine = faults.is_empty() && n_findings == 0 && opened.is_some();
    Ok(if is_fine { Exit::Fine } else { Exit::Wrong })
}

fn write(args: &StoreBackup, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let now = output.place().now.unwrap_or_else(|| Instant::from_utc(store::clock::now()));
    let file = args.file.as_path();
    if file.exists() && !args.replace {
        return Err(Unusable::new(format!("`{}` is there already", file.display()))
            .help("name another file, or say `--replace`")
            .into());
    }
    let folder = beside(file)?;
    let whole = folder.path().join("backup");
    let made = backup(there.place.as_ref(), &whole, now)?;
    let (audited, findings) = tried(&whole, &folder.path().join("tried.db"))?;
    let shown = file.display();
    std::fs::rename(&whole, file).with_context(|| format!("cannot write {shown}"))?;
    flush(file)?;
    let said = render::BackedUp {
        file,
        made: &made,
        audited: &audited,
        findings: &findings,
        key_file: there.key_file.as_deref(),
    };
    output.data(&render::backed_up_text(&said))?;
    Ok(if audited.n_findings == 0 { Exit::Fine } else { Exit::Wrong })
}

fn restore(args: &StoreRestore, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let choice = Config::of(&args.store)?.choice(&args.store);
    let file = args.file.as_path();
    let folder = tempfile::tempdir().context("no folder for temporary files")?;
    verify(file).map_err(|why| refused(file, &why))?;
    let (audited, findings) = tried(file, &folder.path().join("tried.db"))?;
    if audited.n_findings > 0 {
        output.note(&render::findings_text(&findings, audited.n_findings))?;
        output.note("nothing was restored: what the backup holds is not what was written\n")?;
        return Ok(Exit::Wrong);
    }
    let there = There::at(&choice)?;
    let restored = match fill(there.place.as_ref(), file) {
        Err(Failure::Overtaken) => return Err(not_empty(&choice, &there)),
        other => other?,
    };
    let has_key = there.key()?.is_some();
    let key_file = there.key_file.as_deref().map(|it| (it, has_key));
    output.data(&render::restored_text(&there.shown, &restored, &audited, key_file))?;
    Ok(Exit::Fine)
}

/// Fills a store that is thrown away from a backup, and what the audit finds in it.
fn tried(file: &Path, path: &Path) -> anyhow::Result<(Audited, Vec<Finding>)> {
    let store = format!("sqlite:{}", path.display());
    let there = There::at(&Choice { store, key: None })?;
    fill(there.place.as_ref(), file)?;
    checked(&there, &[])
}

/// A folder beside a file, so that what is made in it can be put in its place at once.
fn beside(file: &Path) -> anyhow::Result<tempfile::TempDir> {
    let folder = folder_of(file);
    let made = tempfile::Builder::new().prefix(".backup-").tempdir_in(&folder);
    made.with_context(|| format!("cannot write in {}", folder.display()))
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// The name of a file is on the disk only once its folder is.
fn flush(file: &Path) -> anyhow::Result<()> {
    let folder = folder_of(file);
    let flushed = std::fs::File::open(&folder).and_then(|it| it.sync_all());
    flushed.with_context(|| format!("cannot write in {}", folder.display()))
}

fn refused(file: &Path, why: &store::copy::Unread) -> anyhow::Error {
    Unusable::new(format!("the backup `{}` cannot be used: {why}", file.display()))
        .help("nothing was changed: take another backup")
        .into()
}

fn not_empty(choice: &Choice, there: &There) -> anyhow::Error {
    let help = match choice.store.starts_with("sqlite:") {
        true => "restore into a file that is not there yet, and name it with `--store`",
        false => "restore into an empty database",
    };
    Unusable::new(format!("{} is not empty: nothing was restored", there.shown)).help(help).into()
}
