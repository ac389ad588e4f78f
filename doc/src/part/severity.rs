//! How serious a complaint is, and as what it comes in.

use engine::model::Policy;

use crate::page::{Line, Section, Table, line};
use crate::say::{Say, capital};

pub(crate) fn severity(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("how-serious", p.how_serious);
    let Some(severity) = &say.machine.protocol.severity else { return section };
    section.paragraph(match severity.policy {
        Policy::First => p.policy_first,
        Policy::Unique => p.policy_unique,
        Policy::Highest => p.policy_highest,
    });
    let mut rows: Vec<_> = severity
        .rules
        .iter()
        .map(|rule| {
            let mut reason = vec![say.condition(&rule.when)];
            reason.extend(rule.why.as_ref().map(Line::aside));
            let source = say.cited(rule.rule);
            reason.extend((!source.is_empty()).then_some(source));
            vec![vec![Line::strong(capital(&say.level(rule.is)))], reason]
        })
        .collect();
    if severity.otherwise_said {
        let otherwise = Line::strong(capital(&say.level(severity.otherwise)));
        rows.push(vec![vec![otherwise], vec![p.otherwise.into()]]);
    }
    section.table(Table::new(&[p.severity_head, p.if_head], rows));
    let may_fall = if severity.may_fall { p.may_fall } else { p.may_not_fall };
    section.paragraph(line("{said}", &[("said", may_fall.into())]));
    section
}
