//! Severity and placement on the ladder.

use engine::model::{LevelId, Policy, RungId, Variable};
use engine::script::{Expr, reads};

use crate::reference::work::{No, Work};

impl Work<'_> {
    /// Worked out again whenever a field that the table reads has another value.
    pub(crate) fn severity(&mut self) -> Result<(), No> {
        let protocol = self.protocol;
        let Some(table) = &protocol.severity else { return Ok(()) };
        let touched = table.rules.iter().any(|it| self.reads_changed(&it.when));
        if self.case.severity.is_some() && !touched {
            return Ok(());
        }
        let mut level: Option<LevelId> = None;
        for rule in &table.rules {
            if table.policy != Policy::Highest && level.is_some() {
                break;
            }
            if self.holds(&rule.when)? {
                level = level.max(Some(rule.is));
            }
        }
        let mut level = level.unwrap_or(table.otherwise);
        if let (Some(old), false) = (self.case.severity, table.may_fall) {
            level = level.max(old);
        }
        if self.case.severity != Some(level) {
            self.case.severity = Some(level);
            let name = protocol.scope.set(table.levels).and_then(|set| set.name(level.0));
            self.say(format!("severity {}", name.unwrap_or("?")));
        }
        Ok(())
    }

    fn reads_changed(&self, expr: &Expr) -> bool {
        reads(expr).into_iter().any(|variable| {
            match self.protocol.variables[usize::from(variable.0)] {
                Variable::Field(field) => self.changed.contains(&field),
                _ => false,
            }
        })
    }

    /// Until the first escalation the case stands on the highest rung whose condition holds, and
    /// never lower than it stood.
    pub(crate) fn placement(&mut self) -> Result<(), No> {
        let protocol = self.protocol;
        if protocol.ladder.is_empty() || self.case.escalated {
            return Ok(());
        }
        let mut rung = RungId(0);
        for (place, it) in protocol.ladder.iter().enumerate() {
            if let Some(start_when) = &it.start_when
                && self.holds(start_when)?
            {
                rung = RungId::at(place);
            }
        }
        let rung = self.case.rung.map_or(rung, |old| old.max(rung));
        if self.case.rung.replace(rung) != Some(rung) {
            self.say(format!("placed {}", protocol.ladder[rung.index()].name));
        }
        Ok(())
    }
}
