//! Trap H4: a tail that was cut off, by somebody who hashed anew what is left.

use crate::audit::tests::database::{Behind, File, Server};
use crate::audit::{Anchor, Audit, audit};
use engine::time::Instant;

/// What the audit says with these anchors.
fn said(behind: &dyn Behind, anchors: &[Anchor]) -> (Audit, Vec<String>) {
    let mut said = Vec::new();
    let done =
        audit(&behind.open().unwrap(), anchors, &mut |it| said.push(it.to_string())).unwrap();
    assert_eq!(done.n_findings, said.len() as u64);
    (done, said)
}

#[track_caller]
fn h4(behind: &dyn Behind, decision: &str) {
    let (whole, found) = said(behind, &[]);
    assert_eq!(found, [""; 0]);
    let anchor = Anchor { made_at: Instant::from_ms(0), tenants: whole.tenants.clone() };
    let anchor = Anchor::read(&anchor.text()).unwrap();
    assert_eq!(said(behind, std::slice::from_ref(&anchor)).1, [""; 0]);
    let writers: Vec<_> = whole.tenants[0].journals.iter().map(|it| it.writer.0).collect();
    let (first, last) = (writers[0], writers[writers.len() - 1]);
    assert_ne!(first, last);

    // The last page of the first journal, with its decisions: the streams say it without an anchor.
    let head = format!("(SELECT max(sequence) FROM page WHERE writer = {first})");
    let of_page = if decision == "decided" { "page" } else { "sequence" };
    assert!(behind.run(&format!(
        "DELETE FROM {decision} WHERE writer = {first} AND {of_page} = {head}; \
         DELETE FROM page WHERE writer = {first} AND sequence = {head}"
    )));
    let (_, found) = said(behind, &[]);
    assert!(
        found
            .iter()
            .any(|it| it.contains("is cut off after decision") || it.contains("is missing")),
        "{found:?}"
    );
    let (_, found) = said(behind, std::slice::from_ref(&anchor));
    let pages = whole.tenants[0].journals[0].pages;
    let wanted = format!(
        "the journal of writer {first} is cut off after page {}: the anchor says that it had \
         {pages} pages",
        pages - 1
    );
    assert!(found.contains(&wanted), "{found:?}");
    behind.mend();

    // The store as it was before the last writer began: whole, and only the anchor knows better.
    behind.back();
    assert_eq!(said(behind, &[]).1, [""; 0], "nothing in the store tells of what is gone");
    let (_, found) = said(behind, std::slice::from_ref(&anchor));
    let wanted = format!("the journal of writer {last} is gone as a whole");
    assert!(found.len() == 1 && found[0].starts_with(&wanted), "{found:?}");
    behind.mend();

    // Everything of the tenant, and the tenant.
    let all = behind.tables();
    let all = all
        .iter()
        .filter(|it| it.name != "migration")
        .map(|it| format!("DELETE FROM {};", it.name));
    assert!(behind.run(&all.collect::<String>()));
    assert_eq!(said(behind, &[]).1, [""; 0], "an empty store is sound");
    let (_, found) = said(behind, std::slice::from_ref(&anchor));
    assert_eq!(found, ["the store has no such tenant any more: the anchor says that it had cases"]);
    behind.mend();

    // Pages hashed anew: the anchor differs.
    let mut other = anchor.clone();
    other.tenants[0].journals[0].hash.0[0] ^= 1;
    let (_, found) = said(behind, &[other]);
    let wanted = format!(
        "page {pages} of the journal of writer {first} is another one than the anchor says"
    );
    assert!(found.len() == 1 && found[0].starts_with(&wanted), "{found:?}");
}

#[test]
fn trap_h4_a_cut_off_tail_shows_with_an_anchor() {
    h4(&File::new("h4"), "decision");
}

#[test]
fn trap_h4_a_cut_off_tail_shows_with_an_anchor_in_postgresql() {
    let Some(server) = Server::new("h4") else { return };
    h4(&server, "decided");
}
