//! The constructs of a protocol, each by what it means.

use crate::check::counts;
use crate::check::counts::Counting;
use crate::check::from_syntax::across::{history, trend};
use crate::check::from_syntax::organisation::{field, help, intake, letter, retention, role};
use crate::check::from_syntax::procedure::{
    condition, deadline, event, guarantee, ladder, record, severity, stage, stop,
};
use crate::check::letter_texts;
use crate::check::letter_texts::LetterTexts;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::protocol::header::{accountable_role, backdate, effective, ticket};
use crate::check::rules;
use crate::model;
use crate::model::{CalendarId, Field, StageId};
use crate::syntax;
use crate::time::{NaiveDate, Rules, Term};

/// The constructs, with holes where something was wrong.
pub(crate) struct Parts {
    pub(crate) accountable: Option<model::RoleId>,
    pub(crate) ticket: Option<model::TicketScheme>,
    pub(crate) default_calendar: Option<CalendarId>,
    pub(crate) counts: Rules,
    pub(crate) backdate: Option<Term>,
    pub(crate) effective: (Option<NaiveDate>, Option<NaiveDate>),
    pub(crate) roles: Vec<model::Role>,
    pub(crate) fields: Vec<Field>,
    pub(crate) records: Vec<model::Record>,
    pub(crate) intake: Vec<model::Intake>,
    pub(crate) help: Vec<model::Help>,
    pub(crate) retention: Vec<model::Retention>,
    pub(crate) severity: Option<model::Severity>,
    pub(crate) ladder: Vec<model::Rung>,
    pub(crate) events: Vec<model::Event>,
    pub(crate) conditions: Vec<model::Condition>,
    pub(crate) stages: Vec<model::Stage>,
    pub(crate) start: Option<StageId>,
    pub(crate) deadlines: Vec<model::Deadline>,
    pub(crate) letters: Vec<model::Letter>,
    pub(crate) stops: Vec<model::Stop>,
    pub(crate) letter_texts: LetterTexts,
    pub(crate) history: model::History,
    pub(crate) guarantees: Vec<model::Guarantee>,
    pub(crate) trends: Vec<model::Trend>,
}

/// Every construct in turn. What is wrong has been reported.
pub(crate) fn parts(
    header: &syntax::Protocol,
    questions: Vec<model::Question>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Parts {
    let written = known.written;
    let accountable = header.accountable.as_ref();
    let named = header.calendar.as_ref();
    let default_calendar = named.and_then(|it| find::calendar("`calendar` names", it, known, log));
    let mut counting =
        counts::of_protocol(written.time.as_ref(), default_calendar, header.span, log);
    if named.is_some() {
        counting.calendar_is_said();
    }
    let fields = fields(known, log);
    let severity = written.severity.as_ref();
    let mut events = events(&fields, header, known, log);
    let records = record::records(known, log);
    events.extend(records.iter().flat_map(|it| it.events.iter().cloned()));
    let start = rules::start_stage(&written.stages, header.span, log).map(StageId::at);
    Parts {
        accountable: accountable.and_then(|it| accountable_role(it, known, log)),
        ticket: header.ticket.as_ref().and_then(|it| ticket(it, log)),
        default_calendar,
        effective: effective(header.effective.as_ref(), log),
        roles: each(&written.roles, |it| Some(role::role(it, &counting, known, log))),
        severity: severity.and_then(|it| severity::severity(it, known, log)),
        ladder: each(&written.ladder, |it| ladder::rung(it, known, log)),
        events,
        conditions: each(&written.conditions, |it| condition::condition(it, known, log)),
        stages: stages(&records, known, &mut counting, log),
        help: each(&written.help, |it| help::help(it, log)),
        retention: each(&written.retention, |it| retention::retention(it, known, log)),
        intake: each(&written.intake, |it| intake::intake(it, start, known, log)),
        start,
        deadlines: each(&written.deadlines, |it| deadline::deadline(it, &mut counting, known, log)),
        guarantees: guarantees(known, &mut counting, log),
        letters: each(&written.letters, |it| Some(letter::letter(it, known, log))),
        stops: each(&written.stops, |it| stop::stop(it, &mut counting, known, log)),
        letter_texts: letter_texts::read(known, log),
        history: history::history(questions, known, log),
        trends: each(&written.trends, |it| trend::trend(it, known, log)),
        backdate: backdate(written, header, log),
        counts: counting.rules(),
        records: records.into_iter().map(|it| it.record).collect(),
        fields,
    }
}

/// What is meant by each entry; those that mean nothing have been reported.
fn each<W, M>(written: &[W], mean: impl FnMut(&W) -> Option<M>) -> Vec<M> {
    written.iter().filter_map(mean).collect()
}

fn fields(known: &Known<'_>, log: &mut Log<'_>) -> Vec<Field> {
    let fields = known.written.fields.iter().zip(&known.fields);
    let read = fields.filter_map(|(it, kind)| field::field(it, kind.as_ref(), &known.scope, log));
    read.collect()
}

/// The event that opens a case, then those that are declared.
fn events(
    fields: &[Field],
    header: &syntax::Protocol,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<model::Event> {
    let mut events = vec![event::opened(fields, header.span, known, log)];
    for written in &known.written.events {
        events.push(event::event(written, known, log));
    }
    events
}

fn guarantees(
    known: &Known<'_>,
    counting: &mut Counting,
    log: &mut Log<'_>,
) -> Vec<model::Guarantee> {
    each(&known.written.guarantees, |it| guarantee::guarantee(it, counting, known, log))
}

fn stages(
    records: &[record::Meant],
    known: &Known<'_>,
    counting: &mut Counting,
    log: &mut Log<'_>,
) -> Vec<model::Stage> {
    let written = known.written;
    let anywhere = written.anywhere.iter();
    let anywhere: Vec<_> = anywhere.filter_map(|it| stage::anywhere(it, known, log)).collect();
    let mut found = Vec::new();
    for (place, stage) in written.stages.iter().enumerate() {
        let id = StageId::at(place);
        let mut meant = stage::stage(stage, id, &anywhere, known, log);
        record::add_to_stage(&mut meant.on, id, records);
        for (after, written) in meant.after.iter().zip(&stage.after) {
            let user = format!("the timed transition of stage `{}`", meant.name);
            counts::of_terms(&[after.term], false, &user, written.term.span, counting, log);
        }
        found.push(meant);
    }
    found
}
