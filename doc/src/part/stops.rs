//! When to stop going higher, and how.

use engine::model::{Covers, Doer, Party, RoleId, Stop, StopRefuses, WordsFor};

use crate::page::{Line, Section, line, listed};
use crate::say::{Say, capital, phrase};

pub(crate) fn stops(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("when-to-stop", p.when_to_stop);
    let all = say.machine.protocol.stops.iter().enumerate();
    section.parts = all.map(|(at, it)| stop(say, at, it)).collect();
    if !section.parts.is_empty() {
        section.paragraph(p.stops_intro);
    }
    section
}

fn stop(say: &Say<'_>, at: usize, stop: &Stop) -> Section {
    let p = say.phrases;
    let mut part = Section::new(format!("stop-{}", stop.name), capital(&phrase(&stop.title)));
    let covers = match stop.covers {
        Covers::Complainant => p.covers_person,
        Covers::Case => p.covers_case,
    };
    let mut proposed: Vec<Line> = Vec::new();
    if !stop.proposed_by.is_empty() {
        proposed.push(say.doers(&stop.proposed_by, p.or));
    }
    if let Some(when) = &stop.proposed_when {
        proposed.push(line(p.proposed_when, &[("cond", say.condition(when))]));
    }
    let mut decided = vec![say.doers(&stop.decided_by, p.or)];
    decided.push(p.not_who_proposed.into());
    decided.extend(say.barred(&stop.not_by));
    if let Some(within) = stop.decide_within {
        decided.push(line(p.decide_within, &[("term", say.term(within).into())]));
    }
    let letter = |id| crate::part::stages::letter_link(say, id);
    let warning = stop.warning.map(|it| {
        let parts = [("letter", letter(it.letter)), ("term", say.term(it.wait).into())];
        line(p.warned_first, &parts).and(say.cited(it.rule))
    });
    let role = |role: RoleId| Line::from(say.doer(Doer::Party(Party::Role(role))));
    let review = line(
        p.looked_at_again,
        &[("term", say.term(stop.review.every).into()), ("who", role(stop.review.by))],
    );
    let appeal = line(
        p.appeal_to,
        &[
            ("who", role(stop.appeal.to)),
            ("within", say.term(stop.appeal.within).into()),
            ("answer", say.term(stop.appeal.answer).into()),
        ],
    );
    let after = |id: Option<_>| id.map(|it| line(p.letter_goes, &[("letter", letter(it))]));
    let lasts = stop.lasts.map(|it| line(p.ends_by_itself, &[("term", say.term(it).into())]));
    part.facts(vec![
        (p.label_covers, vec![covers.into()]),
        (p.label_refuses, refuses(say, at, &stop.refuses)),
        (p.label_proposed, proposed),
        (p.label_decided, decided),
        (p.label_warning, warning.into_iter().collect()),
        (p.label_notice, vec![letter(stop.notice)]),
        (p.label_lasts, lasts.into_iter().collect()),
        (
            p.label_review,
            std::iter::once(review)
                .chain(after(stop.review.letter))
                .chain([say.cited(stop.review.rule)])
                .collect(),
        ),
        (
            p.label_appeal,
            std::iter::once(appeal)
                .chain(after(stop.appeal.letter))
                .chain([say.cited(stop.appeal.rule)])
                .collect(),
        ),
        (p.label_source, vec![say.source(stop.rule)]),
    ]);
    part
}

fn refuses(say: &Say<'_>, at: usize, list: &[StopRefuses]) -> Vec<Line> {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let mut lines = Vec::new();
    for it in list {
        let events = it.events.iter().map(|it| Line::from(say.event(*it))).collect();
        let mut said = line(p.refuses_events, &[("events", listed(events, p.or))]);
        if let Some(unless) = &it.unless {
            said = said.and(line(p.unless, &[("cond", say.condition(unless))]));
        }
        lines.push(said.and(say.cited(it.rule)));
    }
    let says = engine::letter::word(protocol, WordsFor::Stops, at, say.language);
    let says = says.or_else(|| list.first().map(|it| it.says.clone()));
    lines.extend(says.map(|it| line(p.stop_says, &[("says", it.into())])));
    lines
}
