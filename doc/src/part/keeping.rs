//! What is watched for across cases, and how long data is kept.

use engine::model::Point;

use crate::page::{Line, Section, joined, line, listed};
use crate::say::{Say, capital, field_title, phrase};

pub(crate) fn keeping(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("afterwards", p.afterwards);
    section.list(trends(say).into_iter().chain(retention(say)).collect());
    section
}

fn trends(say: &Say<'_>) -> Vec<Line> {
    let p = say.phrases;
    let one = |trend: &engine::model::Trend| {
        let fields = trend.group_by.iter().map(|it| Line::from(say.field(*it)));
        let told = trend.tells.iter().map(|it| Line::from(say.role(*it))).collect();
        let mut said = line(
            p.trend,
            &[
                ("title", Line::strong(capital(&phrase(&trend.title)))),
                ("count", trend.count.to_string().into()),
                ("fields", joined(fields, ", ")),
                ("term", say.term(trend.within).into()),
                ("who", listed(told, p.and)),
            ],
        );
        if let Some(event) = trend.after {
            said = said.and(line(p.trend_after, &[("point", say.point(Point::Event(event)))]));
        }
        if let Some(when) = &trend.when {
            said = said.and(line(p.only_if, &[("cond", say.condition(when))]));
        }
        said.and(say.cited(trend.rule))
    };
    say.machine.protocol.trends.iter().map(one).collect()
}

fn retention(say: &Say<'_>) -> Vec<Line> {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let one = |rule: &engine::model::Retention| {
        let of_case = rule.what.iter().map(|it| say.field(*it));
        let of_entries = rule.of_entries.iter().filter_map(|(record, place)| {
            let own = protocol.records.get(record.index())?;
            let field = own.fields.get(usize::from(*place))?;
            Some(format!("{}: {}", say.record(*record), field_title(&field.field)))
        });
        let what = joined(of_case.chain(of_entries).map(Line::from), ", ");
        let mut said = line(
            p.kept_for,
            &[
                ("what", what),
                ("term", say.term(rule.keep).into()),
                ("point", say.point(rule.after)),
            ],
        );
        if let Some(hold) = &rule.hold_while {
            said = said.and(line(p.held_while, &[("cond", say.condition(hold))]));
        }
        said.and(say.cited(rule.rule))
    };
    protocol.retention.iter().map(one).collect()
}
