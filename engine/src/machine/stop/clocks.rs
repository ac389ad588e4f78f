//! The clocks of a stop: the next review, the window for an appeal, its answer.

use crate::model::{
    Alternative, CalendarId, Choose, Deadline, Doer, Every, MetBy, Outcome, Party, Period, Point,
    Protocol, RuleId, Stop, StopClock, StopEvent, StopStage, To,
};
use crate::time::{Allowance, Rules, Term, Twice};

/// The clocks of a stop, by their number.
pub(super) fn deadlines(of: &Protocol, stop: &Stop) -> Vec<Deadline> {
    let role = |role| Doer::Party(Party::Role(role));
    let imposed = Point::Stage(StopStage::Standing.id());
    let appealed = Point::Event(StopEvent::Appealed.id());
    let (review, appeal) = (stop.review, stop.appeal);
    let answerable = answerable(of, stop);
    let review = Deadline {
        who: Some(role(review.by)),
        restarts: vec![imposed],
        every: Some(Every { per: Period::Meeting, until: Vec::new() }),
        ..clock(StopClock::Review, imposed, StopEvent::Reviewed, review.every, review.rule, of)
    };
    let window = Deadline {
        who: Some(Doer::Party(Party::Complainant)),
        restarts: vec![imposed],
        window: true,
        // A civil time that occurs twice is the later for a right.
        counts: Rules { twice: Twice::Later, ..of.counts },
        ..clock(StopClock::Appeal, imposed, StopEvent::Appealed, appeal.within, appeal.rule, of)
    };
    let answer = Deadline {
        who: Some(role(appeal.to)),
        ..clock(
            StopClock::Answer,
            appealed,
            StopEvent::AppealDecided,
            appeal.answer,
            appeal.rule,
            of,
        )
    };
    let told = |clock: Deadline| Deadline {
        outcome: Outcome { tells: answerable.clone(), ..clock.outcome.clone() },
        ..clock
    };
    vec![told(review), window, told(answer)]
}

/// Who learns that a review or an answer was missed: whoever stands above the decision, and
/// whoever answers for the protocol.
fn answerable(of: &Protocol, stop: &Stop) -> Vec<Doer> {
    let mut roles = vec![stop.appeal.to, of.accountable];
    roles.dedup();
    roles.into_iter().map(|role| Doer::Party(Party::Role(role))).collect()
}

fn clock(
    which: StopClock,
    starts: Point,
    met_by: StopEvent,
    term: Term,
    rule: RuleId,
    of: &Protocol,
) -> Deadline {
    Deadline {
        name: which.name().to_owned(),
        title: which.name().replace('_', " "),
        for_each: None,
        who: None,
        window: false,
        starts: vec![starts],
        restarts: Vec::new(),
        alternatives: vec![Alternative { allowance: Allowance::Term(term), rule }],
        choose: Choose::Only,
        due: None,
        every: None,
        when: None,
        met_by: vec![MetBy { on: Point::Event(met_by.id()), when: None }],
        cancelled_by: Vec::new(),
        after_close: false,
        counts: of.counts,
        calendar: CalendarId(0),
        pausable: false,
        extend: Vec::new(),
        warn: Vec::new(),
        outcome: Outcome {
            tells: Vec::new(),
            sends: Vec::new(),
            to: To::Unsaid,
            escalate: None,
            rule,
        },
        rule,
    }
}
