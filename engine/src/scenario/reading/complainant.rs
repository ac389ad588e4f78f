//! `[complainant]`: what the person of the first case has left behind.

use crate::model::Protocol;
use crate::runtime::ReportedAt;
use crate::scenario::reading::given;
use crate::scenario::reading::stops;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{Remembered, Step, StopBefore};
use crate::syntax::Table;
use crate::text::Span;
use crate::time::Instant;

/// What `[complainant]` says.
#[derive(Debug)]
pub(crate) struct Complainant {
    /// The earlier cases, each with its place.
    pub(crate) history: Vec<(Remembered, Span)>,
    /// The stops imposed before.
    pub(crate) stops: Vec<StopBefore>,
    span: Span,
}

/// Reads `[complainant]`.
pub(crate) fn read(protocol: &Protocol, table: &mut Table<'_, '_>) -> Complainant {
    let span = table.span;
    let rows = table.rows("history", |it| Some((remembered(protocol, it)?, it.span)));
    let stops = stops::before(protocol, table);
    Complainant { history: rows.into_iter().flatten().collect(), stops, span }
}

/// One earlier case: when it was opened, and its fields.
fn remembered(protocol: &Protocol, table: &mut Table<'_, '_>) -> Option<Remembered> {
    table.requires(&["opened"]);
    let opened = table.moment("opened").and_then(|it| value::moment(protocol, &it, table.out));
    let fields = given::data(protocol, None, table);
    let opened = match opened? {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(on) => protocol.zone.day_start(on),
    };
    let id = |name: &str| protocol.field(name);
    let fields = fields.into_iter().filter_map(|(name, given)| Some((id(&name)?, given)));
    Some(Remembered { opened, fields: fields.collect() })
}

impl Complainant {
    /// The earlier cases. Reports what cannot be: nobody to whom they belong, or cases that are
    /// not earlier.
    pub(crate) fn checked(
        self,
        first: Option<&Step>,
        begins: Instant,
        table: &mut Table<'_, '_>,
    ) -> Vec<Remembered> {
        let named = first.and_then(|it| it.acts.first()).map(|it| it.complainant.is_some());
        let only_stops = self.history.is_empty() && !self.stops.is_empty();
        if named == Some(false) && !only_stops {
            table.out.push(rules::scenario_nobody_named(self.span));
        }
        for (remembered, span) in &self.history {
            if remembered.opened >= begins && begins != Instant::MIN {
                let help = "a case that opens later, or at the same time, is a `[[case]]`";
                let problem = "this earlier case was not opened before the one of `[opened]`";
                table.out.push(rules::scenario_bad_value(problem, *span, help));
            }
        }
        self.history.into_iter().map(|(remembered, _)| remembered).collect()
    }
}
