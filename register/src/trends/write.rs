//! Trends as people read them.

use engine::machine::Machine;
use engine::model::{FieldKind, Party, Trend};
use engine::time::spoken;

use crate::trends::{Signalled, Trends, Watched};

/// As people read them: each trend with its rule and who is told, then its signals, the latest
/// first.
#[must_use]
pub fn as_text(it: &Trends) -> String {
    let machine = &it.loaded.machine;
    let protocol = &machine.protocol;
    let at = spoken(&protocol.zone, it.at);
    let mut text =
        format!("trends of {}, version {}, as of {at}\n", it.loaded.id, it.loaded.version);
    if it.trends.is_empty() {
        text.push_str("\nthe protocol watches for none\n");
    }
    for watched in &it.trends {
        if let Some(trend) = protocol.trends.get(watched.id.index()) {
            of_trend(machine, trend, watched, &mut text);
        }
    }
    text
}

fn of_trend(machine: &Machine, trend: &Trend, watched: &Watched, text: &mut String) {
    let protocol = &machine.protocol;
    let rule = protocol.rule(trend.rule);
    let fields = trend.group_by.iter().filter_map(|id| protocol.fields.get(id.index()));
    let fields: Vec<&str> = fields.map(|it| it.name.as_str()).collect();
    let tells: Vec<&str> =
        trend.tells.iter().map(|it| protocol.party_name(Party::Role(*it))).collect();
    let count = usize::try_from(trend.count).unwrap_or(usize::MAX);
    let after = trend.after.and_then(|id| protocol.events.get(id.index()));
    let after = after.map_or_else(String::new, |it| format!(", opened after `{}`", it.name));
    text.push_str(&format!("\n{}: {}\n", trend.name, trend.title));
    let mut line = |word: &str, says: String| text.push_str(&format!("  {word:<8}{says}\n"));
    line("limit", format!("{} within {}{after}", counted(trend, count), trend.within));
    line("alike", fields.join(", "));
    line("tells", tells.join(", "));
    let unverified = if rule.unverified { ", unverified" } else { "" };
    let source = rule.source.as_deref().unwrap_or("none stated");
    line("source", format!("{source}{unverified} ({})", rule.place));
    match watched.signals_total {
        0 => line("stands", "nothing".to_owned()),
        1 => line("stands", "1 signal".to_owned()),
        n => line("stands", format!("{n} signals, the latest first")),
    }
    for signal in &watched.signals {
        of_signal(machine, trend, signal, text);
    }
    let n_left = watched.signals_total.saturating_sub(watched.signals.len());
    if n_left > 0 {
        text.push_str(&format!("\n    and {n_left} earlier\n"));
    }
}

fn of_signal(machine: &Machine, trend: &Trend, signal: &Signalled, text: &mut String) {
    let protocol = &machine.protocol;
    let instant = |at| spoken(&protocol.zone, at);
    let common = signal.common.iter().map(|it| {
        let field = protocol.field(&it.field).and_then(|id| protocol.fields.get(id.index()));
        let currency = match field.map(|it| &it.kind) {
            Some(FieldKind::Money(currency)) => format!(" {currency}"),
            _ => String::new(),
        };
        let value = it.value.as_ref().map(|it| harmless(&it.plain()) + currency.as_str());
        format!("{} {}", it.field, value.as_deref().unwrap_or("(confidential)"))
    });
    let common: Vec<String> = common.collect();
    let cases = signal.cases.iter().map(|it| it.ticket.clone().unwrap_or(it.stream.to_string()));
    let cases: Vec<String> = cases.collect();
    let lines = [
        format!("    since {}: {}", instant(signal.since), common.join(", ")),
        format!("      cases   {}", cases.join(", ")),
        format!("      opened  {} to {}", instant(signal.from), instant(signal.since)),
        format!(
            "      so far  at most {} within {}, the latest opened {}",
            counted(trend, signal.most),
            trend.within,
            instant(signal.last)
        ),
    ];
    text.push('\n');
    lines.iter().for_each(|it| text.push_str(&format!("{it}\n")));
}

/// A text of a case on one line, with nothing in it that a terminal would obey.
fn harmless(text: &str) -> String {
    let plain = |it: char| if it.is_control() { ' ' } else { it };
    text.chars().map(plain).collect()
}

/// "3 cases", "1 complainant".
fn counted(trend: &Trend, count: usize) -> String {
    let what = if trend.distinct { "complainant" } else { "case" };
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
