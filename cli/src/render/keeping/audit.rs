//! What an audit found.

use std::path::Path;

use serde::Serialize;
use store::audit::{Anchor, Audit, Finding, Where};

use crate::render::palette::{BAD, DOUBT, GOOD, paint};
use crate::render::{count, one_line};

/// What is said where nothing was compared with.
const NO_ANCHOR: &str = "a tail that was cut off does not show without an anchor: whoever may write to the database\n\
    can take the newest decisions away, or put an older copy in its place, and what is left is whole.\n\
    `protocol audit anchor -o FILE` writes one. Keep it where those who run the store cannot write,\n\
    and check against it with `--anchor FILE`.\n";

/// What an audit found, and against what.
pub(crate) struct Verified<'a> {
    pub store: &'a str,
    pub anchors: &'a [Anchor],
    pub audited: &'a Audit,
    pub findings: &'a [Finding],
}

/// The sentences for people.
pub(crate) fn verified_text(it: &Verified<'_>) -> String {
    let mut text = findings_text(it.findings, it.audited.n_findings);
    match it.audited.n_findings {
        0 => {
            let fine = paint(GOOD, "nothing was changed");
            text.push_str(&format!("{fine} in {}: {}\n", it.store, read(it.audited)));
        }
        _ => text.push_str(&format!("in {}, of {}\n", it.store, read(it.audited))),
    }
    for anchor in it.anchors {
        let n: u64 = anchor.tenants.iter().map(|it| it.n_decisions).sum();
        let n = count(small(n), "decision", "decisions");
        text.push_str(&format!("checked against the anchor of {}, with {n}\n", anchor.made_at));
    }
    if it.anchors.is_empty() {
        text.push_str(&format!("{} {NO_ANCHOR}", paint(DOUBT, "note:")));
    }
    text
}

/// A line for each finding, and how many there are.
pub(crate) fn findings_text(findings: &[Finding], n: u64) -> String {
    let mut text = String::new();
    for finding in findings {
        let of = match finding.tenant.as_str() {
            "" | "main" => String::new(),
            tenant => format!("{}: ", one_line(tenant)),
        };
        let said = one_line(&finding.to_string());
        text.push_str(&format!("{} {of}{said}\n", paint(BAD, "wrong:")));
    }
    let n_more = small(n).saturating_sub(findings.len());
    if n_more > 0 {
        text.push_str(&format!("and {n_more} more\n"));
    }
    if n > 0 {
        let (one, many) = ("place is", "places are");
        text.push_str(&format!("{} not what was written\n", count(small(n), one, many)));
    }
    text
}

/// How much was read.
pub(super) fn read(audited: &Audit) -> String {
    let sum = |of: fn(&store::audit::OfTenant) -> u64| audited.tenants.iter().map(of).sum::<u64>();
    let n_journals = audited.tenants.iter().map(|it| it.journals.len()).sum();
    format!(
        "{}, {}, {} in {}, {}",
        count(small(audited.n_read.1), "case or stop", "cases and stops"),
        count(small(sum(|it| it.n_decisions)), "decision", "decisions"),
        count(small(audited.n_read.0), "page", "pages"),
        count(n_journals, "journal", "journals"),
        count(small(audited.n_protocols), "version of a protocol", "versions of protocols"),
    )
}

/// What is said where an anchor was written.
pub(crate) fn anchored_text(file: &Path, anchor: &Anchor) -> String {
    let n: u64 = anchor.tenants.iter().map(|it| it.n_decisions).sum();
    format!(
        "{} holds the heads of all journals as of {}, with {}\n\
         keep it where those who run the store cannot write; its last line is its hash\n",
        file.display(),
        anchor.made_at,
        count(small(n), "decision", "decisions")
    )
}

pub(super) fn small(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[derive(Serialize)]
struct Written<'a> {
    schema_version: u32,
    store: &'a str,
    unchanged: bool,
    /// Without an anchor a tail that was cut off does not show.
    anchors: Vec<String>,
    streams: u64,
    pages: u64,
    tenants: Vec<OfTenant<'a>>,
    findings: Vec<Found<'a>>,
    findings_total: u64,
}

#[derive(Serialize)]
struct OfTenant<'a> {
    tenant: &'a str,
    streams: u64,
    decisions: u64,
    journals: Vec<Head>,
}

#[derive(Serialize)]
struct Head {
    writer: i32,
    pages: u64,
    hash: String,
}

#[derive(Serialize)]
struct Found<'a> {
    tenant: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    writer: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u64>,
    what: String,
}

/// One JSON object.
pub(crate) fn verified_json(it: &Verified<'_>) -> anyhow::Result<String> {
    let tenants = it.audited.tenants.iter().map(|it| OfTenant {
        tenant: &it.name,
        streams: it.n_streams,
        decisions: it.n_decisions,
        journals: it
            .journals
            .iter()
            .map(|it| Head { writer: it.writer.0, pages: it.pages, hash: it.hash.to_string() })
            .collect(),
    });
    let written = Written {
        schema_version: 1,
        store: it.store,
        unchanged: it.audited.n_findings == 0,
        anchors: it.anchors.iter().map(|it| it.made_at.to_string()).collect(),
        streams: it.audited.n_read.1,
        pages: it.audited.n_read.0,
        tenants: tenants.collect(),
        findings: it.findings.iter().map(found).collect(),
        findings_total: it.audited.n_findings,
    };
    Ok(serde_json::to_string_pretty(&written)? + "\n")
}

fn found(finding: &Finding) -> Found<'_> {
    let mut found = Found {
        tenant: &finding.tenant,
        stream: None,
        ticket: None,
        decision: None,
        protocol: None,
        writer: None,
        page: None,
        what: finding.to_string(),
    };
    match &finding.at {
        Where::Store => {}
        Where::Protocol(_, hash) => found.protocol = Some(hash.to_string()),
        Where::Stream { stream, ticket, version } => {
            found.stream = Some(stream.to_string());
            found.ticket = ticket.as_deref();
            found.decision = *version;
        }
        Where::Journal { writer, page } => {
            found.writer = Some(writer.0);
            found.page = *page;
        }
    }
    found
}
