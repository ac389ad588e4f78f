//! Lists of cases, and of what is owed on them.

use engine::time::{Instant, Zone, spoken, spoken_date};
use server::wire::{CaseList, CaseRow, Worklist, WorklistRow, instant};
use store::keeper::Loaded;

use crate::render::palette::{BAD, FAINT, STRONG, paint};
use crate::render::{count, one_line};

/// The version of the protocol of a case.
pub(crate) type Version<'a> = &'a dyn Fn(&CaseRow) -> anyhow::Result<std::sync::Arc<Loaded>>;

/// A line for each case, and how to read on.
///
/// # Errors
/// The version of a case is not found.
pub(crate) fn list_text(list: &CaseList, version: Version<'_>) -> anyhow::Result<String> {
    let mut rows = Vec::new();
    for row in &list.cases {
        let loaded = version(row)?;
        let zone = &loaded.machine.protocol.zone;
        let state = match row.closed {
            true if row.stage != "closed" => format!("{} (closed)", row.stage),
            _ => row.stage.clone(),
        };
        let due = instant_in(zone, row.due_at.as_deref());
        let opened = instant(&row.opened_at).map(|at| spoken_date(zone.civil(at).date()));
        rows.push([
            name(row),
            state,
            row.rung.clone().unwrap_or_default(),
            row.severity.clone().unwrap_or_default(),
            opened.unwrap_or_default(),
            due.unwrap_or_else(|| "-".to_owned()),
            if row.breached { "a deadline was missed".to_owned() } else { String::new() },
        ]);
    }
    let names = ["case", "stage", "rung", "severity", "received", "next due", ""];
    Ok(format!(
        "{}{}",
        table(names, &rows),
        ending(list.cases.len(), ("case", "cases"), list.next.as_deref())
    ))
}

/// A line for each thing that is owed, and how to read on.
///
/// # Errors
/// As [`list_text`].
pub(crate) fn worklist_text(
    list: &Worklist,
    now: Instant,
    version: Version<'_>,
) -> anyhow::Result<String> {
    let mut rows = Vec::new();
    for row in &list.duties {
        let loaded = version(&row.case)?;
        let protocol = &loaded.machine.protocol;
        let deadline = protocol.deadlines.iter().find(|it| it.name == row.deadline);
        let title = deadline.map_or_else(|| row.deadline.clone(), |it| it.title.clone());
        rows.push([
            due_words(&protocol.zone, row, now),
            row.party.clone(),
            name(&row.case),
            row.case.stage.clone(),
            title,
        ]);
    }
    let names = ["due", "by", "case", "stage", "what"];
    Ok(format!(
        "{}{}",
        table(names, &rows),
        ending(list.duties.len(), ("thing to do", "things to do"), list.next.as_deref())
    ))
}

/// When it is due. What is past due was missed, also where time has not acted on the case yet.
fn due_words(zone: &Zone, row: &WorklistRow, now: Instant) -> String {
    match row.due.as_deref().and_then(instant) {
        None => "no date is counted".to_owned(),
        Some(due) if row.missed || due < now => format!("MISSED {}", spoken(zone, due)),
        Some(due) => spoken(zone, due),
    }
}

fn instant_in(zone: &Zone, text: Option<&str>) -> Option<String> {
    Some(spoken(zone, instant(text?)?))
}

fn name(row: &CaseRow) -> String {
    row.ticket.clone().unwrap_or_else(|| row.id.clone())
}

/// Rows in columns, each as wide as it must be; a column of which no row has anything is left out.
fn table<const N: usize>(names: [&str; N], rows: &[[String; N]]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let rows: Vec<[String; N]> =
        rows.iter().map(|row| row.each_ref().map(|it| one_line(it))).collect();
    let is_used = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|it| !it.is_empty()));
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|it| it.chars().count());
        let name = names.get(at).map_or(0, |it| it.chars().count());
        cells.max().unwrap_or(0).max(name)
    };
    let line = |cells: &[String; N]| {
        let used = cells.iter().enumerate().filter(|(at, _)| is_used(*at));
        let padded = used.map(|(at, it)| format!("{it:<width$}", width = width(at)));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut text = format!("{}\n", paint(FAINT, &line(&names.map(str::to_owned))));
    for row in &rows {
        let line = line(row);
        let is_missed = row.first().is_some_and(|it| it.starts_with("MISSED "));
        text.push_str(&if is_missed { paint(BAD, &line) } else { line });
        text.push('\n');
    }
    text
}

fn ending(n: usize, (one, many): (&str, &str), next: Option<&str>) -> String {
    let mut text = format!("{}\n", paint(STRONG, &count(n, one, many)));
    if let Some(next) = next {
        text.push_str(&format!("there are more: add `--cursor {}`\n", one_line(next)));
    }
    text
}
