//! In which stages of both a case can be at the same time.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::complies::duty::counterparts;
use crate::inspect::complies::held::Held;
use crate::inspect::complies::way::entries::{
    branches, ends_at, events, is_end, is_of_both, stage, to,
};
use crate::inspect::rules;
use crate::syntax::{Citation, Script, Stage, Transition};

/// The most pairs of stages that are looked at: far more than protocols have that people read.
const PAIRS_MAX: usize = 10_000;

/// Stages of the statute with those of the protocol in which a case is meanwhile: those that stand for
/// each other, and the protocol's own that a case goes through on its way.
#[derive(Default)]
pub(crate) struct Pairs {
    list: Vec<(String, String)>,
    by_house: BTreeMap<String, BTreeSet<String>>,
}

impl Pairs {
    fn add(&mut self, statute: &str, house: &str) {
        let of_house = self.by_house.entry(house.to_owned()).or_default();
        if of_house.insert(statute.to_owned()) {
            self.list.push((statute.to_owned(), house.to_owned()));
        }
    }

    /// The stages of the statute in which a case may be that is in this one here.
    pub(crate) fn of(&self, house: &str) -> BTreeSet<String> {
        self.by_house.get(house).cloned().unwrap_or_default()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(statute, house)| (statute.as_str(), house.as_str()))
    }
}

/// Walks through both protocols at once.
pub(crate) fn walk(held: &mut Held<'_>) -> Pairs {
    let mut pairs = Pairs::default();
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.stages {
        let name = held.name("stages", &theirs.name.value).to_owned();
        if stage(house, &name).is_some() {
            pairs.add(&theirs.name.value, &name);
        }
    }
    begin(held, &mut pairs);
    let mut next = 0;
    while let Some((one, other)) = pairs.list.get(next).cloned() {
        next = next.saturating_add(1);
        if pairs.list.len() > PAIRS_MAX {
            let whole = held.absent((held.named_at, &Citation::default()));
            held.say(rules::duty_weaker("too many stages to compare stand for each other", &whole));
            break;
        }
        let (Some(theirs), Some(own)) = (stage(statute, &one), stage(house, &other)) else {
            continue;
        };
        follow(held, theirs, own, &mut pairs);
    }
    pairs
}

/// The stages in which cases begin.
fn begin(held: &Held<'_>, pairs: &mut Pairs) {
    let (house, statute) = (held.house, held.statute);
    let starts = |it: &&Stage| it.start.as_ref().is_some_and(|it| it.value);
    let Some(theirs) = statute.written.stages.iter().find(starts) else { return };
    if let Some(own) = house.written.stages.iter().find(starts) {
        pairs.add(&theirs.name.value, &own.name.value);
    }
    for kind in &house.written.intake {
        let same = statute.written.intake.iter().find(|it| it.name.value == kind.name.value);
        let wanted = same.and_then(|it| it.start.as_ref()).unwrap_or(&theirs.name);
        if let Some(own) = &kind.start {
            pairs.add(&wanted.value, &own.value);
        }
    }
}

/// Adds where a case may be next that is in these two.
fn follow(held: &Held<'_>, theirs: &Stage, own: &Stage, pairs: &mut Pairs) {
    let (house, statute) = (held.house, held.statute);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for event in events(statute, theirs) {
        let name = held.name("events", &event.value).to_owned();
        let wanted = branches(statute, theirs, &event.value);
        let ours = branches(house, own, &name);
        known.insert(name);
        let whens: Vec<Option<&Script>> = ours.iter().map(|it| it.when.as_ref()).collect();
        let limits: Vec<Option<&Script>> = wanted.iter().map(|it| it.when.as_ref()).collect();
        for (place, one) in ours.iter().enumerate() {
            for other in counterparts(held, &whens, place, &limits) {
                let Some(other) = wanted.get(other) else { continue };
                together(held, (theirs, other), (own, one), pairs);
            }
        }
    }
    if is_end(theirs) || is_end(own) {
        return;
    }
    let mut of_house: Vec<&Transition> = Vec::new();
    for event in events(house, own).iter().filter(|it| !known.contains(&it.value)) {
        of_house.extend(branches(house, own, &event.value));
    }
    of_house.extend(own.after.iter().map(|it| &it.transition));
    for way in of_house {
        if let Some(to) = to(way).filter(|it| !ends_at(house, &it.value)) {
            pairs.add(&theirs.name.value, &to.value);
        }
    }
    for deadline in &house.written.deadlines {
        let outcome = deadline.breach.as_ref().or(deadline.lapse.as_ref());
        let to = outcome.and_then(|it| it.to.as_ref()).filter(|it| it.value != "@same");
        if let Some(to) = to.filter(|it| !is_of_both(held, &it.value) && !ends_at(house, &it.value))
        {
            pairs.add(&theirs.name.value, &to.value);
        }
    }
}

/// Adds where both lead by the same event.
fn together(
    held: &Held<'_>,
    theirs: (&Stage, &Transition),
    own: (&Stage, &Transition),
    pairs: &mut Pairs,
) {
    let climbs = own.1.escalate.is_some() || theirs.1.escalate.is_some();
    let (one, other) = (to(theirs.1), to(own.1));
    if climbs && (one.is_none() || other.is_none()) {
        return;
    }
    let statute = one.map_or(theirs.0.name.value.as_str(), |it| it.value.as_str());
    let house = other.map_or(own.0.name.value.as_str(), |it| it.value.as_str());
    // A stage that stands for another one is reported where the event is compared.
    if !is_of_both(held, house) || (other.is_none() && house == own.0.name.value) {
        pairs.add(statute, house);
    }
}
