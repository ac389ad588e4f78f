//! What clocks begin and end on, as clauses: "the complaint comes in".

use engine::model::Point;

use crate::page::{Line, line, listed};
use crate::say::Say;

impl Say<'_> {
    pub(crate) fn point(&self, point: Point) -> Line {
        let p = self.phrases;
        let named = |phrase: &str, name: String| line(phrase, &[("what", Line::from(name))]);
        match point {
            Point::Event(id) if id.index() == 0 => p.opened.into(),
            Point::Event(id) => named(p.point_event, self.event(id)),
            Point::Letter(id) => named(p.point_letter, self.letter(id)),
            Point::Stage(id) => named(p.point_stage, self.stage(id)),
            Point::Rung(id) => named(p.point_rung, self.rung(id)),
            Point::Escalated => p.point_escalated.into(),
            Point::Reopened => p.point_reopened.into(),
            Point::Met(id) => named(p.point_met, self.deadline(id)),
            Point::Breach(id) => named(p.point_breach, self.deadline(id)),
            Point::Lapse(id) => named(p.point_lapse, self.deadline(id)),
            Point::Extended(id) => named(p.point_extended, self.deadline(id)),
            Point::Date(id) => named(p.point_date, self.field(id)),
        }
    }

    pub(crate) fn points(&self, points: &[Point]) -> Line {
        listed(points.iter().map(|it| self.point(*it)).collect(), self.phrases.or)
    }
}
