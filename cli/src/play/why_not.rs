//! `why not`: what stands against an event now, or what would follow.

use engine::model::EventId;
use engine::runtime::{self, Context, NoDecision, RefusalKind, Stance};

use crate::play::report::Reported;
use crate::play::session::{Session, unusable};
use crate::render::{self, WhyNot, harmless};

/// The reason given for an event that needs one: that of the person who asks is not known.
const REASON: &str = "asked with `why not`";

impl Session<'_, '_, '_, '_> {
    /// The whole answer. Where nothing is said of what the event brings, it is asked of every
    /// value it might bring.
    pub(super) fn why_not_text(
        &self,
        event: EventId,
        mut said: Reported,
    ) -> anyhow::Result<String> {
        let declared = &self.machine.protocol.events[event.index()];
        if declared.reason && said.told.reason.is_none() {
            said.told.reason = Some(REASON.to_owned());
        }
        let asked = self.play.asked(event, said.when(), &said.told).map_err(unusable)?;
        let (event, strings) = asked;
        let context = Context::new(&strings);
        let case = self.play.case();
        let explanation = runtime::explain(self.machine, case, &event, &context);
        if let Err(NoDecision::Refused(refusal)) = &explanation.outcome
            && matches!(refusal.kind, RefusalKind::Missing(_))
        {
            let all = runtime::possible(self.machine, case, event.at, &context);
            let found = all.iter().find(|it| it.event == event.kind);
            let may =
                found.and_then(|it| it.parties.iter().find(|it| it.party == event.actor.party));
            if let Some(may) = may {
                return Ok(self.whatever_it_brings(&event, &may.stance));
            }
        }
        let (scenario, _) = self.play.story(&self.title_or_default());
        let step = scenario.steps.last().map_or(0, |it| it.number);
        Ok(render::why_not_text(&WhyNot {
            machine: self.machine,
            sources: self.sources,
            strings: &strings,
            scenario: &scenario,
            step,
            case,
            event: &event,
            explanation: &explanation,
        }))
    }

    fn whatever_it_brings(&self, event: &runtime::Event, stance: &Stance) -> String {
        let declared = &self.machine.protocol.events[event.kind.index()];
        let by = self.machine.protocol.party_name(event.actor.party);
        let who = format!("`{}` by {by}", declared.name);
        let needs = render::needs(self.machine, declared).join(", ");
        match stance {
            Stance::Allowed => format!("{who} would be accepted if it brings {needs}\n"),
            Stance::Depends(_) => format!(
                "{who} may be accepted or refused: it depends on what it brings.\n  \
                 ask again with {needs}\n"
            ),
            Stance::Faulted(fault) => {
                let why = fault.kind.sentence(&self.machine.protocol);
                format!("{who} cannot be decided, whatever it brings: {why}\n")
            }
            Stance::Refused(refusal) => {
                let mut text = format!("{who} would be refused, whatever it brings:\n");
                for sentence in refusal.sentences(self.machine) {
                    text.push_str(&format!("    {}\n", harmless(&sentence)));
                }
                text.push_str(&render::cited(self.machine, refusal.rule));
                text
            }
        }
    }
}
