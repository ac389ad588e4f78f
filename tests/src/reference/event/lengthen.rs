//! Whether an event may lengthen clocks, and by which entry.

use engine::model::{DeadlineId, Extension, Lengthen};
use engine::runtime::Event;
use engine::script::Value;
use engine::time::NaiveDate;

use crate::reference::case::RefClock;
use crate::reference::clock::count::{due_at, due_with};
use crate::reference::work::{No, Work};

/// An extension that is going to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Granted {
    pub(crate) deadline: DeadlineId,
    pub(crate) place: u16,
    pub(crate) until: Option<NaiveDate>,
}

impl Work<'_> {
    /// What the event lengthens: of each open clock the first entry that can. If a clock has
    /// entries for the event and none can, the event is refused by the deadline's name.
    pub(crate) fn may_extend(&self, event: &Event) -> Result<Vec<Granted>, No> {
        let mut granted = Vec::new();
        for (place, deadline) in self.protocol.deadlines.iter().enumerate() {
            let id = DeadlineId::at(place);
            let Some(open) = self.case.open(id) else { continue };
            let clock = &self.case.clocks[open];
            let mut possible = None;
            let mut asked = false;
            for (extension, number) in deadline.extend.iter().zip(0u16..) {
                if extension.on != event.kind || possible.is_some() {
                    continue;
                }
                asked = true;
                possible = self.possible(clock, extension, number)?;
            }
            match possible {
                Some(it) => granted.push(it),
                None if asked => return Err(deadline.name.clone()),
                None => {}
            }
        }
        Ok(granted)
    }

    fn possible(
        &self,
        clock: &RefClock,
        extension: &Extension,
        place: u16,
    ) -> Result<Option<Granted>, No> {
        let made = clock.extensions.iter().filter(|(it, _)| *it == place).count();
        let used_up = extension.times.is_some_and(|times| made >= usize::try_from(times).unwrap());
        if clock.breached && !extension.late
            || used_up
            || !self.holds_if_any(extension.when.as_ref())?
        {
            return Ok(None);
        }
        let until = match extension.lengthen {
            Lengthen::Until { field, .. } => match self.value_of(field) {
                Value::Date(date) => Some(date),
                _ => return Ok(None),
            },
            _ => None,
        };
        let granted = Granted { deadline: clock.deadline, place, until };
        Ok(self.is_later(clock, extension, granted)?.then_some(granted))
    }

    /// Whether the clock would be due later, and not later than the most. A clock that stands
    /// still is looked at as if it ran again now.
    fn is_later(
        &self,
        clock: &RefClock,
        extension: &Extension,
        granted: Granted,
    ) -> Result<bool, No> {
        let mut running = clock.clone();
        running.resumed(self.at);
        let mut longer = running.clone();
        longer.extensions.push((granted.place, granted.until));
        let (old, new) = (due_at(self.protocol, &running)?, due_at(self.protocol, &longer)?);
        let most = match extension.lengthen {
            Lengthen::Until { up_to: Some(most), .. } => {
                due_with(self.protocol, &running, &[most])?
            }
            _ => None,
        };
        let later = old.zip(new).is_none_or(|(old, new)| new > old);
        let not_too_far = most.zip(new).is_none_or(|(most, new)| new <= most);
        Ok(later && not_too_far)
    }
}
