//! The events of the language, and as what a case is taken in.

use engine::model::{BuiltIn, Doer, EventId, Intake, Party, Point};
use engine::runtime::Event;
use engine::script::Value;
use engine::time::Start;

use crate::reference::work::{No, Work};

impl Work<'_> {
    pub(crate) fn built_in(&self, event: &Event) -> Option<BuiltIn> {
        self.protocol.events[event.kind.index()].built_in
    }

    /// Whether the stage need not name the event.
    pub(crate) fn is_unnamed(&self, event: &Event) -> bool {
        match self.built_in(event) {
            Some(BuiltIn::Merged | BuiltIn::Split) => !self.in_end_stage(),
            Some(BuiltIn::Linked | BuiltIn::LetterFailed | BuiltIn::Corrected) => true,
            Some(BuiltIn::Converted) | None => false,
        }
    }

    pub(crate) fn intake(&self) -> Option<&Intake> {
        self.protocol.intake.get(usize::from(self.case.intake))
    }

    /// What the case is taken in as, and from when it counts once it is a complaint.
    pub(crate) fn take_in(&mut self, event: &Event) {
        self.case.complainant = event.complainant;
        let at = self.at;
        self.case.receipt = Some(Start { at, date_only: event.date_only, receipt: true });
        if let Some(name) = self.intake().map(|it| it.name.clone()) {
            self.say(format!("taken in as {name}"));
        }
    }

    /// Whether nothing is missing that the intake asks for. The fields have their values already.
    pub(crate) fn lacks_nothing(&self, intake: &Intake, event: &Event) -> Result<(), No> {
        let has = |field: &engine::model::FieldId| {
            let declared = &self.protocol.fields[field.index()];
            self.value_of(*field) != Value::Unset || declared.default.is_some()
        };
        let who = event.complainant.or(self.case.complainant);
        match intake.required.iter().all(has) && (who.is_some() || !intake.complainant) {
            true => Ok(()),
            false => Err("data".to_owned()),
        }
    }

    /// What a built-in event does before the case moves.
    pub(crate) fn begin_built_in(&mut self, event: &Event) -> Result<(), No> {
        let Some(built_in) = self.built_in(event) else { return Ok(()) };
        if built_in == BuiltIn::Converted {
            return self.convert(event);
        }
        if built_in == BuiltIn::LetterFailed {
            let letter = event.letter.ok_or("data")?;
            let name = self.protocol.letters[letter.index()].name.clone();
            if !self.case.sent.contains(&name) {
                return Err("letter".to_owned());
            }
            self.say(format!("failed {name}"));
            return Ok(());
        }
        let case = self.strings.get(event.case.ok_or("data")?).to_owned();
        self.say(match built_in {
            BuiltIn::Merged => format!("merged into {case}"),
            BuiltIn::Split => format!("split off {case}"),
            _ => format!("linked with {case}"),
        });
        if built_in == BuiltIn::Merged {
            if !self.in_end_stage() {
                self.say("closed");
            }
            self.case.merged = true;
            self.case.timers.clear();
            self.closes = true;
        }
        Ok(())
    }

    pub(crate) fn end_built_in(&mut self, event: &Event) {
        if self.built_in(event) == Some(BuiltIn::LetterFailed) {
            self.tell_one(Doer::Party(Party::Role(self.protocol.accountable)));
        }
    }

    fn convert(&mut self, event: &Event) -> Result<(), No> {
        let becomes = self.intake().and_then(|it| it.becomes).ok_or("intake")?;
        let intake = self.protocol.intake[becomes.index()].clone();
        self.lacks_nothing(&intake, event)?;
        self.case.complainant = event.complainant.or(self.case.complainant);
        self.case.intake = becomes.0;
        self.say(format!("now {}", intake.name));
        if intake.becomes.is_none() {
            self.points.insert(0, (Point::Event(EventId::OPENED), None));
        }
        Ok(())
    }
}
