//! A return as text, CSV and JSON.

use engine::time::{Instant, Zone};
use serde_json::{Map, Value, json};

use crate::cell::Cell;
use crate::out::harmless;
use crate::returns::{DEFINITIONS, Figure, Return};

fn instant(zone: &Zone, at: Instant) -> String {
    Cell::moment(zone, Some(at)).plain()
}

fn heading(it: &Return, zone: &Zone) -> Vec<(&'static str, String)> {
    let from = it.period.from.map_or_else(|| "the beginning".to_owned(), |it| it.to_string());
    let mut lines = vec![
        ("return of", it.protocol_id.clone()),
        ("as known at", instant(zone, it.period.as_of)),
        ("from", from),
        ("to", it.period.to.to_string()),
        ("zone", zone.name().to_owned()),
    ];
    lines.extend(it.period.only.as_ref().map(|(by, value)| ("only", format!("{by} = {value}"))));
    lines
}

/// The definitions of the figures that are in a return, in their order.
fn definitions(it: &Return) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_used = |name: &str| it.figures.iter().any(|it| it.name == name);
    DEFINITIONS.into_iter().filter(move |(name, _)| is_used(name))
}

fn shown(n: Option<u64>) -> String {
    n.map_or_else(|| "-".to_owned(), |it| it.to_string())
}

/// As people read it.
#[must_use]
pub fn as_text(it: &Return, zone: &Zone) -> String {
    let mut text = String::new();
    for (word, said) in heading(it, zone) {
        text.push_str(&format!("{word:<12} {said}\n"));
    }
    let width = it.figures.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    let mut last: Option<(&str, &str)> = None;
    for figure in &it.figures {
        let Figure { name, by, value, n } = figure;
        if last != Some((by.as_str(), value.as_str())) {
            let title =
                if by.is_empty() { "all cases".to_owned() } else { format!("{by}: {value}") };
            text.push_str(&format!("\n{title}\n"));
            last = Some((by, value));
        }
        text.push_str(&format!("  {name:<width$}  {:>8}\n", shown(*n)));
    }
    text.push_str("\nwhat they count\n");
    for (name, says) in definitions(it) {
        text.push_str(&format!("  {name}: {says}\n"));
    }
    text
}

/// As comma-separated values, as [`crate::out`] writes them: a line for each figure, what it is of and
/// what it counts with it.
///
/// # Errors
/// None: it is written to memory.
pub fn as_csv(it: &Return, zone: &Zone) -> anyhow::Result<String> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([
        "return_of",
        "as_known_at",
        "from",
        "to",
        "by",
        "value",
        "figure",
        "n",
        "counts",
    ])?;
    for figure in &it.figures {
        let says = DEFINITIONS.iter().find(|(name, _)| *name == figure.name).map_or("", |it| it.1);
        let from = it.period.from.map_or_else(String::new, |it| it.to_string());
        let n = figure.n.map_or_else(String::new, |it| it.to_string());
        writer.write_record([
            harmless(&it.protocol_id).as_ref(),
            &instant(zone, it.period.as_of),
            &from,
            &it.period.to.to_string(),
            harmless(&figure.by).as_ref(),
            harmless(&figure.value).as_ref(),
            figure.name,
            &n,
            says,
        ])?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes)?))
}

/// As one JSON object.
#[must_use]
pub fn as_json(it: &Return, zone: &Zone) -> String {
    let figure =
        |it: &Figure| json!({ "figure": it.name, "by": it.by, "value": it.value, "n": it.n });
    let counts = definitions(it).map(|(name, says)| (name.to_owned(), json!(says)));
    let only = it.period.only.as_ref().map(|(by, value)| json!({ "by": by, "value": value }));
    let whole = json!({
        "return_of": it.protocol_id,
        "as_known_at": instant(zone, it.period.as_of),
        "from": it.period.from.map(|it| it.to_string()),
        "to": it.period.to.to_string(),
        "zone": zone.name(),
        "only": only,
        "figures": it.figures.iter().map(figure).collect::<Vec<_>>(),
        "counts": counts.collect::<Map<String, Value>>(),
    });
    // A value that was just made can always be written.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}
