//! Which facts say that a point happened.

use crate::model::Point;
use crate::runtime::FactKind;

impl FactKind {
    /// Whether it says that the point happened. The opening happened whatever the case was taken
    /// in as.
    #[must_use]
    pub fn makes(&self, point: Point) -> bool {
        match (self, point) {
            (Self::Reported { event, .. }, Point::Event(id)) => *event == id,
            (Self::LetterDue { letter }, Point::Letter(id)) => *letter == id,
            (Self::StageEntered { stage }, Point::Stage(id)) => *stage == id,
            (Self::Escalated { rung }, Point::Rung(id)) => *rung == id,
            (Self::Escalated { .. }, Point::Escalated) | (Self::Reopened, Point::Reopened) => true,
            (Self::Met { clock, .. }, Point::Met(id))
            | (Self::Breached { clock }, Point::Breach(id))
            | (Self::Lapsed { clock }, Point::Lapse(id))
            | (Self::Extended { clock, .. }, Point::Extended(id)) => clock.deadline == id,
            (Self::FieldSet { field, .. }, Point::Date(id)) => *field == id,
            _ => false,
        }
    }
}
