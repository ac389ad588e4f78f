//! What an event brings, and what fields hold.

use engine::model::{FieldId, FieldKind, Point, Preset};
use engine::runtime::Event;
use engine::script::Value;

use crate::reference::work::{No, Work};

impl Work<'_> {
    /// Whether everything is there that must be, and nothing else.
    pub(crate) fn complete(&self, event: &Event) -> Result<(), No> {
        let kind = &self.protocol.events[event.kind.index()];
        if let Some(of) = kind.of {
            self.entry_is_right(event, of)?;
        }
        let missing = kind.carries.iter().any(|it| it.required && event.brings(it.field).is_none());
        let unexpected =
            event.data.iter().any(|(id, _)| kind.carries.iter().all(|it| it.field != *id));
        if missing || unexpected {
            return Err("data".to_owned());
        }
        let written = event.channel.is_some_and(|it| self.protocol.channels[it.index()].written);
        if kind.written && !written {
            return Err("channel".to_owned());
        }
        if kind.reason && event.reason.is_none() {
            return Err("reason".to_owned());
        }
        Ok(())
    }

    /// Fields that nobody filled in at opening hold what the protocol says.
    pub(crate) fn defaults(&mut self, event: &Event) {
        let protocol = self.protocol;
        for (place, field) in protocol.fields.iter().enumerate() {
            let id = FieldId::at(place);
            if let (Some(default), None) = (&field.default, event.brings(id)) {
                let value = self.value_of_preset(default);
                self.put(id, value);
                self.say_field(id, value);
            }
        }
    }

    pub(crate) fn value_of_preset(&self, preset: &Preset) -> Value {
        match preset {
            Preset::Value(value) => *value,
            Preset::Text(text) => self.strings.find(text).map_or(Value::Unset, Value::Text),
        }
    }

    /// A field has a value; a date that is set is a point.
    pub(crate) fn say_field(&mut self, field: FieldId, value: Value) {
        let declared = &self.protocol.fields[field.index()];
        let line = format!("field {} = {}", declared.name, self.shown(field, value));
        self.say(line);
        if let (FieldKind::Date, Value::Date(date)) = (&declared.kind, value) {
            self.points.push((Point::Date(field), Some(date)));
        }
    }

    fn shown(&self, field: FieldId, value: Value) -> String {
        self.shown_as(&self.protocol.fields[field.index()].kind, value)
    }

    pub(crate) fn shown_as(&self, kind: &FieldKind, value: Value) -> String {
        match (value, kind) {
            (Value::Unset, _) => "nothing".to_owned(),
            (Value::Flag(flag), _) => flag.to_string(),
            (Value::Number(number), _) => number.normalize().to_string(),
            (Value::Date(date), _) => date.to_string(),
            (Value::Text(text) | Value::Slot(text), _) => self.strings.get(text).to_owned(),
            (Value::Choice(place), FieldKind::Choice(set) | FieldKind::Role(set)) => {
                let set = self.protocol.scope.set(*set);
                set.and_then(|set| set.name(place)).unwrap_or("?").to_owned()
            }
            (Value::Choice(place), _) => place.to_string(),
        }
    }
}
