//! What a rule rests on.

use engine::model::RuleId;

use crate::page::{Inline, Line};
use crate::say::Say;

impl Say<'_> {
    /// The source of an entry, marked where nobody has read it; empty where nobody stated any.
    pub(crate) fn source(&self, rule: RuleId) -> Line {
        let rule = self.machine.protocol.rule(rule);
        let Some(source) = &rule.source else { return Line::default() };
        let mut said = Line::from(source);
        if rule.inherited {
            said = said.and(Line::aside(self.phrases.inherited));
        }
        if rule.unverified {
            said = said.then(" ");
            said.parts.push(Inline::Mark(self.phrases.unverified.to_owned()));
        }
        said
    }

    /// The source in brackets behind a sentence; nothing where it is only that of the protocol.
    pub(crate) fn cited(&self, rule: RuleId) -> Line {
        let own = !self.machine.protocol.rule(rule).inherited;
        let source = if own { self.source(rule) } else { Line::default() };
        if source.is_empty() {
            return source;
        }
        let mut cited = Line::aside("(").then(source).then(Line::aside(")"));
        for part in &mut cited.parts {
            if let Inline::Text(text) = part {
                *part = Inline::Aside(std::mem::take(text));
            }
        }
        cited
    }
}
