//! `[records]`: their fields, their events, and where there may be entries.

use crate::check::from_syntax::organisation::field;
use crate::check::from_syntax::organisation::role::{text, title};
use crate::check::from_syntax::procedure::event::NO_STEPS;
use crate::check::log::Log;
use crate::check::look_up::also::{also, is_end};
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::readable;
use crate::check::rules;
use crate::model::{
    Branch, EntryAct, EntryField, Event, EventId, Field, FieldKind, OfRecord, Record, RecordId,
    RuleId, StageId, To, Transitions,
};
use crate::script::Scope;
use crate::syntax;
use crate::syntax::Citation;

/// What each field of a record holds, by place; `None` has been reported.
pub(crate) type Kinds = Vec<Option<FieldKind>>;

/// What the fields of each record hold. `roles` are the names of all roles.
pub(crate) fn kinds(
    records: &[syntax::Record],
    roles: &[String],
    scope: &mut Scope,
    log: &mut Log<'_>,
) -> Vec<Kinds> {
    let mut kinds = Vec::new();
    for record in records {
        readable::name("record", &record.name, log);
        let fields = record.fields.iter();
        let of_fields = fields.map(|it| {
            readable::name_in_entry(&it.field.name, log);
            field::kind_of(&it.field, roles, scope, log)
        });
        kinds.push(of_fields.collect());
    }
    kinds
}

/// A record as it is meant, with its events.
pub(crate) struct Meant {
    pub(crate) record: Record,
    pub(crate) events: Vec<Event>,
    /// The stages in which there may be entries, by place.
    stages: Vec<bool>,
}

/// All records. The events are numbered after those that are declared.
pub(crate) fn records(known: &Known<'_>, log: &mut Log<'_>) -> Vec<Meant> {
    let mut next = known.written.events.len().saturating_add(1);
    let mut found = Vec::new();
    for (place, written) in known.written.records.iter().enumerate() {
        let record = record(written, RecordId::at(place), next, known, log);
        next = next.saturating_add(record.events.len());
        found.push(record);
    }
    rules::record_event_names(known.written, &NO_STEPS, log);
    found
}

fn record(
    written: &syntax::Record,
    id: RecordId,
    first: usize,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Meant {
    let path = format!("records.{}", written.name.value);
    let rule = log.rule(path.clone(), written.span, &written.citation);
    let mut events = vec![added(written, id, rule, known, log)];
    let mut later = |there: bool, act: EntryAct, log: &mut Log<'_>| {
        let added = events.first().filter(|_| there)?;
        let rule = log.rule(format!("{path}.{}", suffix(act)), written.span, &written.citation);
        let event = follows(written, added, id, act, rule);
        let number = first.saturating_add(events.len());
        events.push(event);
        Some(EventId::at(number))
    };
    let changed = later(written.has_changes(), EntryAct::Changed, log);
    let done = later(written.done, EntryAct::Done, log);
    let kinds = known.entry_fields.get(id.index());
    let kinds = kinds.map_or(&[][..], Vec::as_slice);
    let fields = written.fields.iter().zip(kinds);
    let fields =
        fields.filter_map(|(it, kind)| entry_field(written, it, kind.as_ref(), known, log));
    let fields = fields.collect();
    let record = Record {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        fields,
        added: EventId::at(first),
        changed,
        done,
        rule,
    };
    Meant { record, events, stages: stages(written, known, log) }
}

/// The event by which an entry is added.
fn added(
    written: &syntax::Record,
    record: RecordId,
    rule: RuleId,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Event {
    Event {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        by: party::doers("`by` names", &written.by, known, log),
        entered_by: party::doers("`entered_by` names", &written.entered_by, known, log),
        guide: text(written.guide.as_ref()),
        built_in: None,
        of: Some(OfRecord { record, act: EntryAct::Added }),
        carries: Vec::new(),
        reason: false,
        written: false,
        requires: find::each(&written.requires, log, |name, log| {
            find::condition("`requires` names", name, known, log)
        }),
        not_by: party::barred(&written.not_by, known, log),
        rule,
    }
}

/// An event of an entry that was added before, by the same people.
fn follows(
    written: &syntax::Record,
    added: &Event,
    record: RecordId,
    act: EntryAct,
    rule: RuleId,
) -> Event {
    let name = match act {
        EntryAct::Added => &written.name.value,
        EntryAct::Changed => &written.changed_event,
        EntryAct::Done => &written.done_event,
    };
    Event {
        name: name.clone(),
        title: format!("{}, {}", added.title, suffix(act)),
        of: Some(OfRecord { record, act }),
        rule,
        ..added.clone()
    }
}

const fn suffix(act: EntryAct) -> &'static str {
    match act {
        EntryAct::Added => "added",
        EntryAct::Changed => "changed",
        EntryAct::Done => "done",
    }
}

fn entry_field(
    record: &syntax::Record,
    written: &syntax::EntryField,
    kind: Option<&FieldKind>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<EntryField> {
    let name = &written.field.name;
    let path = format!("records.{}.fields.{}", record.name.value, name.value);
    let rule = log.rule(path, written.field.span, &Citation::default());
    let kind = kind?;
    let optional = written.optional.as_ref().filter(|it| it.value);
    if let (Some(optional), Some(_)) = (optional, &written.field.default) {
        let why = "an entry that comes without this field has its default";
        log.say(rules::key_without_effect("optional", optional.span, why));
    }
    let is_file = *kind == FieldKind::File;
    if let (Some(default), true) = (&written.field.default, is_file) {
        log.say(rules::file_default(&name.value, default.span));
        return None;
    }
    if let (Some(changes), true) = (written.changes.as_ref().filter(|it| it.value), is_file) {
        log.say(rules::file_changes(&record.name.value, name, changes.span));
    }
    let default = field::default(&written.field, kind, &known.scope, log);
    Some(EntryField {
        changes: written.may_change(),
        field: Field {
            name: name.value.clone(),
            title: title(written.field.title.as_ref(), name),
            required: optional.is_none() && written.field.default.is_none(),
            kind: kind.clone(),
            default,
            personal: written.field.personal,
            rule,
        },
    })
}

fn stages(written: &syntax::Record, known: &Known<'_>, log: &mut Log<'_>) -> Vec<bool> {
    let all = &known.written.stages;
    let named =
        find::each(&written.stages, log, |name, log| find::stage("`in` names", name, known, log));
    let mut found: Vec<bool> = match written.stages.is_empty() {
        true => all.iter().map(|it| !is_end(it)).collect(),
        false => (0..all.len()).map(|at| named.contains(&StageId::at(at))).collect(),
    };
    if let (Some(also), false) = (written.also.first(), written.stages.is_empty()) {
        let why = "`in` names all the stages, and may name end stages";
        log.say(rules::key_without_effect("also", also.span, why));
        return found;
    }
    for stage in also(&written.also, rules::also_no_end_of_record, known, log) {
        if let Some(slot) = found.get_mut(stage.index()) {
            *slot = true;
        }
    }
    found
}

/// What the events of the records do in a stage that does not name them: the entry is kept, and
/// the case stays where it is.
pub(crate) fn add_to_stage(on: &mut Vec<Transitions>, stage: StageId, records: &[Meant]) {
    for meant in records {
        if !meant.stages.get(stage.index()).copied().unwrap_or_default() {
            continue;
        }
        let record = &meant.record;
        let ids = [Some(record.added), record.changed, record.done].into_iter().flatten();
        for (event, declared) in ids.zip(&meant.events) {
            if on.iter().any(|it| it.event == event) {
                continue;
            }
            let branches = vec![Branch {
                when: None,
                requires: Vec::new(),
                to: To::Unsaid,
                escalate: None,
                set: Vec::new(),
                sends: Vec::new(),
                tells: Vec::new(),
                rule: declared.rule,
            }];
            on.push(Transitions { event, anywhere: true, branches });
        }
    }
}
