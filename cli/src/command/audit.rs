//! `protocol audit`: shows that nothing was changed.

use std::path::Path;

use anyhow::Context as _;
use engine::time::Instant;
use store::audit::{Anchor, Audit as Audited, Finding, audit as check};

use crate::Exit;
use crate::args::{AnswerFormat, Audit, AuditAnchor, AuditCommand, AuditVerify};
use crate::kept::{Config, There};
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;

/// How many findings are kept to be written; the others are counted.
const FINDINGS_MAX: usize = 100;

/// Checks, or writes an anchor.
pub(crate) fn audit(args: &Audit, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        AuditCommand::Verify(args) => verify(args, output),
        AuditCommand::Anchor(args) => anchor(args, output),
    }
}

fn verify(args: &AuditVerify, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let anchors: anyhow::Result<Vec<Anchor>> = args.anchor.iter().map(|it| read(it)).collect();
    let anchors = anchors?;
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let (audited, findings) = checked(&there, &anchors)?;
    let verified = render::Verified {
        store: &there.shown,
        anchors: &anchors,
        audited: &audited,
        findings: &findings,
    };
    let text = match args.format {
        AnswerFormat::Human => render::verified_text(&verified),
        AnswerFormat::Json => render::verified_json(&verified)?,
    };
    output.data(&text)?;
    Ok(if audited.n_findings == 0 { Exit::Fine } else { Exit::Wrong })
}

/// An anchor of a store in which something is wrong would say that it is right.
fn anchor(args: &AuditAnchor, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let there = There::open(&Config::of(&args.store)?.choice(&args.store))?;
    let (audited, findings) = checked(&there, &[])?;
    if audited.n_findings > 0 {
        output.note(&render::findings_text(&findings, audited.n_findings))?;
        output.note("no anchor was written: it would say that this is what was written\n")?;
        return Ok(Exit::Wrong);
    }
    let now = output.place().now.unwrap_or_else(|| Instant::from_utc(store::clock::now()));
    let anchor = Anchor { made_at: now, tenants: audited.tenants };
    match &args.output {
        None => output.data(&anchor.text())?,
        Some(file) => {
            write(file, &anchor.text())?;
            output.note(&render::anchored_text(file, &anchor))?;
        }
    }
    Ok(Exit::Fine)
}

/// What an audit finds, and how much that is.
pub(super) fn checked(
    there: &There,
    anchors: &[Anchor],
) -> anyhow::Result<(Audited, Vec<Finding>)> {
    let mut findings = Vec::new();
    let mut keep = |finding: &Finding| {
        if findings.len() < FINDINGS_MAX {
            findings.push(finding.clone());
        }
    };
    let audited = check(&there.place, anchors, &mut keep)?;
    Ok((audited, findings))
}

fn read(file: &Path) -> anyhow::Result<Anchor> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    Anchor::read(&text).map_err(|why| {
        Unusable::new(format!("`{shown}` is no anchor: {why}"))
            .help("take the file as `protocol audit anchor` wrote it")
            .into()
    })
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    let shown = file.display();
    let mut options = std::fs::File::options();
    let mut file = match options.write(true).create_new(true).open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Unusable::new(format!("`{shown}` is there already"))
                .help("anchors are kept, all of them: name another file")
                .into());
        }
        other => other.with_context(|| format!("cannot write {shown}"))?,
    };
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.with_context(|| format!("cannot write {shown}"))
}
