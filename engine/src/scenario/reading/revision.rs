//! What a step says of an earlier report: `of`, `happened_at`, `struck`.

use crate::diagnostic::{Diagnostics, nearest_or_listed};
use crate::model::{EventId, Protocol};
use crate::runtime::{CaseKey, ReportedAt, Revision};
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{Act, Movement, Step};
use crate::syntax::Table;
use crate::text::Spanned;
use crate::time::{Instant, Zone, spoken};

/// The keys that say something of an earlier report.
pub(crate) const KEYS: [&str; 3] = ["of", "happened_at", "struck"];

/// Reads them; nothing where a step has none. `event` is what the step reports, `with` whether it
/// brings fields.
pub(crate) fn read(
    protocol: &Protocol,
    event: Option<EventId>,
    with: bool,
    table: &mut Table<'_, '_>,
) -> Option<Spanned<Revision>> {
    let of = table.name("of");
    let happened_at = table.moment("happened_at");
    let happened_at = happened_at.and_then(|it| value::moment(protocol, &it, table.out));
    let has_struck = table.entry("struck").is_some();
    let struck = table.flag("struck");
    let corrects = event.is_some() && event == protocol.corrected();
    let says_more = happened_at.is_some() || has_struck;
    let problem = match (&of, corrects) {
        (None, true) => {
            Some(("`corrected` names no earlier report", "add `of`, such as `of = \"step-1\"`"))
        }
        (Some(_), false) => Some((
            "a step says which report it corrects, and reports something else",
            "write `event = \"corrected\"`, or leave `of` out",
        )),
        (None, false) if says_more => Some((
            "a step corrects something, and names no earlier report",
            "add `event = \"corrected\"` and `of`",
        )),
        (Some(_), true) if !(with || says_more) => Some((
            "`corrected` says nothing of the earlier report",
            "say what was different in `with`, when it was in `happened_at`, or `struck = true`",
        )),
        (Some(_), true) if struck && (with || happened_at.is_some()) => Some((
            "what never happened has neither fields nor an instant",
            "keep `struck`, or what was different",
        )),
        _ => None,
    };
    if let Some((problem, help)) = problem {
        table.out.push(rules::scenario_step_unclear(problem, table.span, help));
        return None;
    }
    let of = of?;
    Some(Spanned::new(Revision { of: of.value, happened_at, struck }, of.span))
}

/// Reports every correction of a report that no earlier step makes.
pub(crate) fn report_unknown(
    steps: &[Step],
    places: &[(u32, Spanned<Revision>)],
    out: &mut Diagnostics,
) {
    for (number, revision) in places {
        let earlier = steps.iter().filter(|it| it.number < *number);
        let ids = earlier.flat_map(|it| &it.acts).map(|act| act.id.as_str());
        if !ids.clone().any(|id| id == revision.value.of) {
            let help = nearest_or_listed(&revision.value.of, "report", ids);
            out.push(rules::scenario_unknown_report(&revision.value.of, revision.span, help));
        }
    }
}

/// Reports every step that happened before an earlier one and gives no reason.
pub(crate) fn report_no_reason(zone: &Zone, steps: &[Step], out: &mut Diagnostics) {
    let first = |at: ReportedAt| match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => zone.day_start(date),
    };
    let mut latest: Vec<(CaseKey, Instant)> = Vec::new();
    for step in steps.iter().filter(|it| !it.acts.is_empty() && it.expect.refused.is_none()) {
        let (happens, comes_late) = match step.movement {
            Movement::At(at) => (first(at), false),
            Movement::RecordedAt(at, _) => (first(at), matches!(at, ReportedAt::Instant(_))),
            _ => continue,
        };
        let of_case = |(case, at): &(CaseKey, Instant)| *case == step.case && happens < *at;
        let is_late = comes_late && latest.iter().any(of_case);
        let lacks = |act: &Act| act.reason.is_none() && act.revision.is_none();
        if is_late && step.acts.iter().any(lacks) {
            out.push(rules::scenario_late_without_reason(step.span));
        }
        latest.push((step.case, happens));
    }
}

/// Reports every step that reads the case at an instant which the clock has not reached then.
pub(crate) fn report_ahead(zone: &Zone, steps: &[Step], out: &mut Diagnostics) {
    for step in steps {
        let (Movement::At(ReportedAt::Instant(clock)) | Movement::RecordedAt(_, clock)) =
            step.movement
        else {
            continue;
        };
        let pasts = [("known_at", &step.expect.known_at), ("true_at", &step.expect.true_at)];
        for (key, past) in pasts {
            if let Some(past) = past.as_ref().filter(|it| it.at.value > clock) {
                let shown = spoken(zone, clock);
                out.push(rules::scenario_reads_ahead(key, &shown, past.at.span));
            }
        }
    }
}
