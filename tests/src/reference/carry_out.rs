//! What a way on does: fields, severity, placement, rung, stage, letters, clocks, tellings.

use engine::model::{
    Branch, Doer, Escalate, LetterId, Party, Point, RungId, SetTo, Setting, StageId, To,
};
use engine::script::value;

use crate::reference::event::lengthen::Granted;
use crate::reference::work::{FAULT, No, Work};

impl Work<'_> {
    pub(crate) fn not_on_the_last_rung(&self, branch: &Branch) -> Result<(), No> {
        let last = self.protocol.ladder.len().saturating_sub(1);
        let on_last = self.case.rung.is_none_or(|it| it.index() >= last);
        match branch.escalate {
            Some(Escalate::Up) if on_last => Err("last-rung".to_owned()),
            _ => Ok(()),
        }
    }

    /// An event that takes a branch, or none, and lengthens clocks, or none.
    pub(crate) fn carry_out(
        &mut self,
        branch: Option<&Branch>,
        extensions: &[Granted],
    ) -> Result<(), No> {
        if let Some(branch) = branch {
            self.set(&branch.set)?;
            self.letters.extend(&branch.sends);
            self.tells.extend(&branch.tells);
        }
        for it in extensions {
            let deadline = &self.protocol.deadlines[it.deadline.index()];
            let extension = &deadline.extend[usize::from(it.place)];
            self.letters.extend(&extension.sends);
            self.tells.extend(&extension.tells);
        }
        self.severity()?;
        self.placement()?;
        if let Some(branch) = branch {
            self.move_on(branch.to, branch.escalate)?;
        }
        self.send();
        self.clocks(extensions)?;
        self.tell();
        Ok(())
    }

    /// What running out of time does besides being recorded.
    pub(crate) fn carry_out_expiry(
        &mut self,
        to: To,
        escalate: Option<Escalate>,
        sends: &[LetterId],
        tells: &[Doer],
    ) -> Result<(), No> {
        self.letters.extend(sends);
        self.tells.extend(tells);
        self.move_on(to, escalate)?;
        self.send();
        self.clocks(&[])?;
        self.tell();
        Ok(())
    }

    pub(crate) fn carry_out_opening(&mut self) -> Result<(), No> {
        self.severity()?;
        self.placement()?;
        let start = self.intake().map_or(self.protocol.start, |it| it.start);
        self.enter(start)?;
        self.clocks(&[])?;
        self.tell();
        Ok(())
    }

    fn set(&mut self, settings: &[Setting]) -> Result<(), No> {
        for setting in settings {
            let new = match &setting.to {
                SetTo::Preset(preset) => self.value_of_preset(preset),
                SetTo::Computed(expr) => {
                    value(expr, &self.sight()).map_err(|_| FAULT.to_owned())?
                }
            };
            self.put(setting.field, new);
            self.say_field(setting.field, new);
        }
        Ok(())
    }

    /// Up the ladder, then into a stage: that of `to`, else that of the rung, else none.
    fn move_on(&mut self, to: To, escalate: Option<Escalate>) -> Result<(), No> {
        let rises = self.rise(escalate);
        let stage = match (to, rises) {
            (To::Stage(stage), _) => Some(stage),
            (To::Unsaid, Some(rung)) => self.protocol.ladder[rung.index()].enter_at,
            (To::Unsaid, None) | (To::Same, _) => None,
        };
        stage.map_or(Ok(()), |stage| self.enter(stage))
    }

    fn rise(&mut self, escalate: Option<Escalate>) -> Option<RungId> {
        let rung = self.case.rung?;
        let above = RungId(rung.0 + 1);
        let target = match escalate? {
            Escalate::To(target) => (target > rung).then_some(target)?,
            Escalate::Up if above.index() < self.protocol.ladder.len() => above,
            Escalate::Up => {
                self.say("escalation exhausted");
                self.tell_one(Doer::Party(Party::Role(self.protocol.accountable)));
                return None;
            }
        };
        self.case.rung = Some(target);
        self.case.escalated = true;
        self.say(format!("escalated {}", self.protocol.ladder[target.index()].name));
        self.points.push((Point::Escalated, None));
        self.points.push((Point::Rung(target), None));
        Some(target)
    }

    fn enter(&mut self, stage: StageId) -> Result<(), No> {
        let protocol = self.protocol;
        let was_closed = self.in_end_stage();
        let entered = &protocol.stages[stage.index()];
        let start = self.start_now();
        self.enters |= self.case.stage.is_none_or(|(before, _)| before != stage);
        self.case.stage = Some((stage, start));
        self.say(format!("entered {}", entered.name));
        self.points.push((Point::Stage(stage), None));
        if was_closed && !entered.end {
            self.say("reopened");
            self.points.push((Point::Reopened, None));
        }
        if entered.end && !was_closed {
            self.say("closed");
        }
        self.closes |= entered.end;
        self.case.timers = (0u16..).zip(&entered.after).map(|(place, _)| place).collect();
        Ok(())
    }

    fn send(&mut self) {
        for letter in std::mem::take(&mut self.letters) {
            let name = self.protocol.letters[letter.index()].name.clone();
            self.say(format!("letter {name}"));
            self.case.sent.insert(name);
            self.points.push((Point::Letter(letter), None));
        }
    }
}
