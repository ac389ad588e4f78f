//! `[retention]`.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::{find, point, script, term};
use crate::check::rules;
use crate::model::{FieldId, RecordId, Retention};
use crate::syntax;
use crate::text::Spanned;
use crate::time::Unit;

/// The word for all personal fields.
const PERSONAL: &str = "personal";
/// Before the name of a record whose personal fields are meant.
const RECORD: &str = "record:";

/// One entry of `[retention]`.
pub(crate) fn retention(
    written: &syntax::Retention,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Retention> {
    let name = &written.name.value;
    let rule = log.rule(format!("retention.{name}"), written.span, &written.citation);
    let keep = written.keep.as_ref().and_then(|it| {
        let keep = term::term(it, log)?;
        let is_civil = matches!(keep.unit, Unit::CalendarDays) || keep.unit.is_civil();
        if !is_civil {
            log.say(rules::retention_in_hours(name, it));
        }
        Some(keep)
    });
    let after = written.after.as_ref();
    let after = after.and_then(|it| point::point("`after` names", it, known, log));
    let hold_while = written.hold_while.as_ref();
    let read_while = ReadWhile::Case("when personal values are to be erased");
    let (what, of_entries) = what(written, known, log);
    Some(Retention {
        name: name.clone(),
        what,
        of_entries,
        hold_while: hold_while.and_then(|it| script::condition(it, read_while, known, log)),
        keep: keep?,
        after: after?,
        rule,
    })
}

/// The personal fields of the case and those of entries.
type What = (Vec<FieldId>, Vec<(RecordId, u16)>);

fn what(written: &syntax::Retention, known: &Known<'_>, log: &mut Log<'_>) -> What {
    let is_personal =
        |id: &FieldId| known.written.fields.get(id.index()).is_some_and(|field| field.personal);
    if written.what.iter().any(|it| it.value == PERSONAL) {
        if let Some(more) = written.what.iter().find(|it| it.value != PERSONAL) {
            let why = "`personal` is every personal field already, of records as well";
            log.say(rules::key_without_effect(&more.value, more.span, why));
        }
        let fields = (0..known.written.fields.len()).map(FieldId::at).filter(is_personal);
        let records = (0..known.written.records.len()).map(RecordId::at);
        return (fields.collect(), records.flat_map(|it| of_entries(it, known)).collect());
    }
    let (mut fields, mut entries) = (Vec::new(), Vec::new());
    find::each(&written.what, log, |name, log| {
        if let Some(record) = name.value.strip_prefix(RECORD) {
            let record = Spanned::new(record.to_owned(), name.span);
            let id = find::record("`what` names", &record, known, log)?;
            let of_it = of_entries(id, known);
            if of_it.is_empty() {
                log.say(rules::retention_of_plain_record(&record));
            }
            entries.extend(of_it);
            return Some(());
        }
        let field = find::field("`what` names", name, known, log)?;
        if !is_personal(&field) {
            log.say(rules::retention_of_plain_field(name));
        }
        fields.push(field);
        Some(())
    });
    fields.sort_unstable();
    entries.sort_unstable();
    (fields, entries)
}

/// The personal fields that the entries of a record have.
fn of_entries(record: RecordId, known: &Known<'_>) -> Vec<(RecordId, u16)> {
    let written = known.written.records.get(record.index());
    let fields = written.into_iter().flat_map(|it| &it.fields);
    let personal = (0..).zip(fields).filter(|(_, it)| it.field.personal);
    personal.map(|(place, _)| (record, place)).collect()
}
