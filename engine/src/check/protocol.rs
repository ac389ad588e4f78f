//! The whole protocol: every construct in turn, then the parts together.

use std::sync::Arc;

use crate::check::calendar;
use crate::check::counts;
use crate::check::counts::Counting;
use crate::check::from_syntax;
use crate::check::from_syntax::organisation::{help, intake, letter, retention, role};
use crate::check::from_syntax::procedure::record;
use crate::check::from_syntax::procedure::{condition, deadline, stop};
use crate::check::letter_texts;
use crate::check::letter_texts::LetterTexts;
use crate::check::library;
use crate::check::log::Log;
use crate::check::look_over::look_over;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::Names;
use crate::check::look_up::term;
use crate::check::rules;
use crate::check::scope;
use crate::check::sense;
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::model::{CalendarId, Field, FieldKind, Protocol, StageId};
use crate::script::Sandbox;
use crate::script::Scope;
use crate::syntax;
use crate::syntax::{Moment, Written};
use crate::text::{SourceSet, Spanned};
use crate::time::{NaiveDate, Zone};

/// Finds out what a written protocol means. Every fault that can be found without the graph of
/// stages is added to `out`; with any error there is no protocol.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "what was written is used up here")]
pub fn check(written: Written, sources: &SourceSet, out: &mut Diagnostics) -> Option<Protocol> {
    let header = written.protocol.as_ref()?;
    if let Some(fault) = rules::too_many_ways(&written) {
        out.push(fault);
        return None;
    }
    let mut log = Log::new(header.citation.clone(), sources, out);
    let names = Names::of(&written);
    let (known, functions, questions) = declare(&written, names, sources, &mut log);
    rules::shared_names(&written, &mut log);
    let zone = zone(header, &mut log);
    let library = library::library(&written, &functions, &known.scope, &mut log);
    let parts = parts(header, questions, &known, &mut log);
    let calendars =
        zone.clone().map(|zone| calendar::all(parts.default_calendar, zone, &known, &mut log));
    let confidential = from_syntax::organisation::confidential::confidential(
        &parts.events,
        &parts.stages,
        &known,
        &mut log,
    );
    let rules = std::mem::take(&mut log.rules);
    if out.has_errors() {
        return None;
    }
    look_over(&written, out);
    let Known { scope, variables, sets, .. } = known;
    let library = library?;
    let own = Own { rules, scope, variables, sets, functions, library, confidential };
    let protocol = assemble(&written, parts, calendars?, zone?, own)?;
    sense::look(&written, &protocol, out);
    (!out.has_errors()).then_some(protocol)
}

/// What conditions may read: fields, functions and everything that is built in.
fn declare<'w>(
    written: &'w Written,
    names: Names<'w>,
    sources: &'w SourceSet,
    log: &mut Log<'_>,
) -> (Known<'w>, Vec<model::Function>, Vec<model::Question>) {
    let mut scope = Scope::default();
    let sets = scope::add_sets(&names, written.severity.is_some(), &mut scope);
    let roles = names.roles.to_vec();
    let kinds = written.fields.iter();
    let kinds: Vec<Option<FieldKind>> = kinds
        .map(|it| from_syntax::organisation::field::kind(it, &roles, &mut scope, log))
        .collect();
    let entry_fields = record::kinds(&written.records, &roles, &mut scope, log);
    let personal = written.fields.iter().map(|it| it.personal);
    let with_personal: Vec<_> = kinds.iter().cloned().zip(personal).collect();
    scope::add_records(&written.records, &entry_fields, &with_personal, &mut scope);
    let deadlines = &written.deadlines;
    let mut variables = scope::add_variables(&names, &with_personal, deadlines, &sets, &mut scope);
    let questions =
        from_syntax::across::history::add_questions(written, &names, &mut scope, &mut variables);
    let functions = written.functions.iter();
    let functions = functions
        .filter_map(|it| {
            from_syntax::organisation::function::function(it, &names.fields, &mut scope, log)
        })
        .collect();
    let sandbox = Sandbox::new();
    let known = Known {
        sources,
        written,
        names,
        fields: kinds,
        entry_fields,
        scope,
        variables,
        sets,
        sandbox,
    };
    (known, functions, questions)
}

/// The constructs, with holes where something was wrong.
struct Parts {
    accountable: Option<model::RoleId>,
    ticket: Option<model::TicketScheme>,
    default_calendar: Option<CalendarId>,
    counts: crate::time::Rules,
    backdate: Option<crate::time::Term>,
    effective: (Option<NaiveDate>, Option<NaiveDate>),
    roles: Vec<model::Role>,
    fields: Vec<Field>,
    records: Vec<model::Record>,
    intake: Vec<model::Intake>,
    help: Vec<model::Help>,
    retention: Vec<model::Retention>,
    severity: Option<model::Severity>,
    ladder: Vec<model::Rung>,
    events: Vec<model::Event>,
    conditions: Vec<model::Condition>,
    stages: Vec<model::Stage>,
    start: Option<StageId>,
    deadlines: Vec<model::Deadline>,
    letters: Vec<model::Letter>,
    stops: Vec<model::Stop>,
    letter_texts: LetterTexts,
    history: model::History,
    trends: Vec<model::Trend>,
}

fn parts(
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
        severity: severity
            .and_then(|it| from_syntax::procedure::severity::severity(it, known, log)),
        ladder: each(&written.ladder, |it| from_syntax::procedure::ladder::rung(it, known, log)),
        events,
        conditions: each(&written.conditions, |it| condition::condition(it, known, log)),
        stages: stages(&records, known, &mut counting, log),
        help: each(&written.help, |it| help::help(it, log)),
        retention: each(&written.retention, |it| retention::retention(it, known, log)),
        intake: each(&written.intake, |it| intake::intake(it, start, known, log)),
        start,
        deadlines: each(&written.deadlines, |it| deadline::deadline(it, &mut counting, known, log)),
        letters: each(&written.letters, |it| Some(letter::letter(it, known, log))),
        stops: each(&written.stops, |it| stop::stop(it, &mut counting, known, log)),
        letter_texts: letter_texts::read(known, log),
        history: from_syntax::across::history::history(questions, known, log),
        trends: each(&written.trends, |it| from_syntax::across::trend::trend(it, known, log)),
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
    let read = fields.filter_map(|(it, kind)| {
        from_syntax::organisation::field::field(it, kind.as_ref(), &known.scope, log)
    });
    read.collect()
}

/// The event that opens a case, then those that are declared.
fn events(
    fields: &[Field],
    header: &syntax::Protocol,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<model::Event> {
    let mut events = vec![from_syntax::procedure::event::opened(fields, header.span, known, log)];
    for written in &known.written.events {
        events.push(from_syntax::procedure::event::event(written, known, log));
    }
    events
}

fn accountable_role(
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<model::RoleId> {
    let role = find::role("`accountable` names", written, known, log)?;
    if known.written.roles.get(role.index()).is_some_and(|it| it.external) {
        log.say(rules::accountable_external(written));
    }
    Some(role)
}

fn ticket(written: &Spanned<String>, log: &mut Log<'_>) -> Option<model::TicketScheme> {
    let scheme = model::TicketScheme::read(&written.value);
    scheme.map_err(|fault| log.say(rules::bad_ticket(written, &fault))).ok()
}

fn stages(
    records: &[record::Meant],
    known: &Known<'_>,
    counting: &mut Counting,
    log: &mut Log<'_>,
) -> Vec<model::Stage> {
    let written = known.written;
    let anywhere = written.anywhere.iter();
    let anywhere: Vec<_> =
        anywhere.filter_map(|it| from_syntax::procedure::stage::anywhere(it, known, log)).collect();
    let mut found = Vec::new();
    for (place, stage) in written.stages.iter().enumerate() {
        let id = StageId::at(place);
        let mut meant = from_syntax::procedure::stage::stage(stage, id, &anywhere, known, log);
        record::add_to_stage(&mut meant.on, id, records);
        for (after, written) in meant.after.iter().zip(&stage.after) {
            let user = format!("the timed transition of stage `{}`", meant.name);
            counts::of_stage_term(after.term, &user, written.term.span, counting, log);
        }
        found.push(meant);
    }
    found
}

fn zone(header: &syntax::Protocol, log: &mut Log<'_>) -> Option<Zone> {
    let name = header.zone.as_ref()?;
    let zone = Zone::find(&name.value);
    if zone.is_none() {
        log.say(rules::unknown_zone(name, crate::time::zone_names()));
    }
    zone
}

fn backdate(
    written: &Written,
    header: &syntax::Protocol,
    log: &mut Log<'_>,
) -> Option<crate::time::Term> {
    let said = written.time.as_ref().and_then(|time| time.backdate.as_ref());
    if said.is_none() {
        let span = written.time.as_ref().map_or(header.span, |time| time.span);
        log.say(rules::backdate_missing(span));
    }
    term::term(said?, log)
}

fn effective(
    written: Option<&syntax::Effective>,
    log: &mut Log<'_>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let mut date = |moment: Option<&Spanned<Moment>>| match moment.map(|it| (it.value, it.span)) {
        None => None,
        Some((Moment::Date(date), _)) => Some(date),
        Some((_, span)) => {
            log.say(rules::effective_with_time(span));
            None
        }
    };
    let from = written.and_then(|it| it.from.as_ref());
    let to = written.and_then(|it| it.to.as_ref());
    let (from_date, to_date) = (date(from), date(to));
    if let (Some(from_date), Some(to_date), Some(to)) = (from_date, to_date, to)
        && to_date < from_date
    {
        log.say(rules::effective_reversed(from_date, to_date, to.span));
    }
    (from_date, to_date)
}

struct Own {
    rules: Vec<model::Rule>,
    scope: Scope,
    variables: Vec<model::Variable>,
    sets: model::Sets,
    functions: Vec<model::Function>,
    library: crate::script::Library,
    confidential: model::Confidential,
}

fn assemble(
    written: &Written,
    parts: Parts,
    calendars: Vec<crate::time::Calendar>,
    zone: Zone,
    own: Own,
) -> Option<Protocol> {
    let header = written.protocol.as_ref()?;
    let text = |it: &Option<Spanned<String>>| it.as_ref().map(|it| it.value.clone());
    let texts = written.texts.iter();
    let texts = texts.filter_map(|it| Some((it.name.value.clone(), text(&it.says)?))).collect();
    Some(Protocol {
        id: text(&header.id)?,
        title: text(&header.title)?,
        version: text(&header.version)?,
        language: text(&header.language)?,
        zone,
        effective_from: parts.effective.0,
        effective_to: parts.effective.1,
        accountable: parts.accountable?,
        ticket: parts.ticket,
        calendars,
        counts: parts.counts,
        backdate: parts.backdate,
        roles: parts.roles,
        channels: written.channels.iter().map(role::channel).collect(),
        fields: parts.fields,
        records: parts.records,
        intake: parts.intake,
        confidential: own.confidential,
        help: parts.help,
        retention: parts.retention,
        texts,
        severity: parts.severity,
        ladder: parts.ladder,
        events: parts.events,
        conditions: parts.conditions,
        stages: parts.stages,
        start: parts.start?,
        deadlines: parts.deadlines,
        letters: parts.letters,
        history: parts.history,
        trends: parts.trends,
        stops: parts.stops,
        languages: parts.letter_texts.languages,
        letter_texts: parts.letter_texts.texts,
        words: parts.letter_texts.words,
        functions: own.functions,
        library: Arc::new(own.library),
        variables: own.variables,
        scope: own.scope,
        sets: own.sets,
        rules: Arc::new(own.rules),
    })
}
