//! From when a step expects personal values to be erasable, held against what the case says.

use crate::runtime::{self, Context, Fact, Retained};
use crate::scenario::Failure;
use crate::scenario::running::expect::compare::Compared;

impl Compared<'_> {
    /// From when personal values may be erased.
    pub(crate) fn retention(&self, failures: &mut Vec<Failure>) {
        if self.step.expect.erasable.is_empty() {
            return;
        }
        let running = self.running;
        let machine = running.machine;
        let held = &running.register[running.key];
        let facts: Vec<Fact> = held.facts().copied().collect();
        let context = Context::new(&running.strings);
        let stands = runtime::retention(machine, &held.case, &facts, &context);
        for (id, expected) in &self.step.expect.erasable {
            let was = match &stands {
                Ok(stands) => stands.get(id.index()).copied(),
                Err(fault) => {
                    let was = fault.kind.sentence(&machine.protocol);
                    failures.push(self.differs("erasable", expected.span, "a date".into(), was));
                    return;
                }
            };
            let first = match was {
                Some(Retained::Until(last)) => last.succ_opt(),
                _ => None,
            };
            if first != expected.value {
                let wanted = expected.value.map_or("no".to_owned(), |it| it.to_string());
                let was = was.map_or_else(String::new, |it| it.sentence(machine));
                let mut failure = self.differs("erasable", expected.span, wanted, was);
                failure.subject =
                    machine.protocol.retention.get(id.index()).map(|it| it.name.clone());
                failures.push(failure);
            }
        }
    }
}
