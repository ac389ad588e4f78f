//! Questions about the entries of a record.

use crate::script::EntryValue;
use crate::script::Env;
use crate::script::Expr;
use crate::script::FaultKind;
use crate::script::RecordId;
use crate::script::ScriptFault;
use crate::script::Sink;
use crate::script::Value;
use crate::script::Which;
use crate::script::eval::condition::truth_in;
use crate::script::eval::within::Within;

/// A record, which closure it is, its condition, and how many parts that has.
type Asked<'e> = (RecordId, Which, &'e Expr, u32);

/// How many entries there are.
pub(super) fn count<E: Env, S: Sink>(record: RecordId, env: &Within<'_, E>, sink: &mut S) -> u16 {
    let count = env.env.entries(record);
    sink.entries(record, count);
    count
}

/// Whether the condition has this outcome for one of the entries; the first such entry ends it.
pub(super) fn some<E: Env, S: Sink>(
    asked: Asked<'_>,
    wanted: bool,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    for entry in 0..count(asked.0, env, sink) {
        if holds(asked, entry, env, sink)? == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// For how many entries the condition holds.
pub(super) fn how_many<E: Env, S: Sink>(
    asked: Asked<'_>,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<u16, ScriptFault> {
    let mut found: u16 = 0;
    for entry in 0..count(asked.0, env, sink) {
        found = found.saturating_add(holds(asked, entry, env, sink)?.into());
    }
    Ok(found)
}

fn holds<E: Env, S: Sink>(
    (record, which, condition, parts): Asked<'_>,
    entry: u16,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<bool, ScriptFault> {
    env.take(parts, record).map_err(|fault| fault.or_at(condition.span))?;
    truth_in(condition, &env.about(which, entry), sink)
}

/// Whether the entry exists and has a value for the field.
pub(super) fn is_set<E: Env, S: Sink>(
    value: EntryValue,
    env: &Within<'_, E>,
    sink: &mut S,
) -> bool {
    find(value, env, sink).is_some_and(|it| it != Value::Unset)
}

/// The value of a field of an entry.
pub(super) fn field<E: Env, S: Sink>(
    expr: &Expr,
    value: EntryValue,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Result<Value, ScriptFault> {
    let EntryValue { record, field, .. } = value;
    match find(value, env, sink) {
        Some(Value::Unset) => {
            Err(ScriptFault::at(expr.span, FaultKind::EntryUnset { record, field }))
        }
        Some(found) => Ok(found),
        None => Err(ScriptFault::at(expr.span, FaultKind::NoEntry { record })),
    }
}

fn find<E: Env, S: Sink>(
    EntryValue { record, entry, field }: EntryValue,
    env: &Within<'_, E>,
    sink: &mut S,
) -> Option<Value> {
    if entry == Which::Last {
        count(record, env, sink);
    }
    let place = env.entry(record, entry)?;
    Some(env.env.entry_value(record, place, field))
}
