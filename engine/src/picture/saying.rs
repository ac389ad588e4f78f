//! Edges and people in words.

use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{Branch, ConditionId, Deadline, DeadlineId, Doer, LetterId, Point, RuleId};
use crate::picture::reach::Reach;
use crate::picture::{Kind, Way, Within, running, terms};
use crate::scenario::reach as known;
use crate::script::Expr;
use crate::text::{SourceSet, Strings};

/// The longest part of a condition that is shown, in characters.
const CONDITION_CHARS_MAX: usize = 160;

/// Whatever is needed to say things.
pub(crate) struct Sayer<'a> {
    pub machine: &'a Machine,
    pub sources: &'a SourceSet,
    pub strings: Strings,
}

impl Sayer<'_> {
    /// A condition as it is written, on one line.
    pub(crate) fn condition(&self, expr: &Expr) -> String {
        let text = self.sources.get(expr.span.file).map_or("", |it| it.readable());
        let text = text.get(expr.span.range()).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(CONDITION_CHARS_MAX) {
            None => line,
            Some((at, _)) => format!("{} …", line.get(..at).unwrap_or_default()),
        }
    }

    /// The name of whoever is meant at a pair.
    pub(crate) fn doer(&self, doer: Doer, node: Node) -> String {
        let protocol = &self.machine.protocol;
        let handler = || {
            let rung = protocol.ladder.get(node.rung.index());
            let role = rung.and_then(|it| protocol.roles.get(it.handled_by.index()));
            role.map_or("the handler", |it| it.name.as_str()).to_owned()
        };
        match doer {
            Doer::Party(party) => protocol.party_name(party).to_owned(),
            Doer::Handler => handler(),
            Doer::Owner => match protocol.stages.get(node.stage.index()).and_then(|it| it.owner) {
                Some(Doer::Party(party)) => protocol.party_name(party).to_owned(),
                Some(Doer::Handler) => handler(),
                Some(Doer::Owner) | None => "the owner".to_owned(),
            },
        }
    }

    pub(crate) fn doers(&self, doers: &[Doer], node: Node) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in doers.iter().map(|it| self.doer(*it, node)) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// An edge as a way on.
    pub(crate) fn way(&self, reach: &Reach, edge: &Edge) -> Way {
        let protocol = &self.machine.protocol;
        let mut way = blank(protocol.rule(edge.rule).path.clone());
        match edge.why {
            Why::Event(event, _) => {
                let event = &protocol.events[event.index()];
                (way.on, way.title) = (event.name.clone(), event.title.clone());
                way.who = self.doers(&event.by, edge.from);
                way.requires = self.conditions(event.requires.iter().copied());
                way.within = self.met(reach, edge);
            }
            Why::After(place) => {
                way.kind = Kind::After;
                let stage = &protocol.stages[edge.from.stage.index()];
                way.on = stage.after[usize::from(place)].term.to_string();
                way.title.clone_from(&way.on);
                way.within = self.met(reach, edge);
            }
            Why::Expiry(id) => return self.missed(id, edge.from),
            Why::Placed => {
                way.kind = Kind::Placed;
                let rung = &protocol.ladder[edge.to.rung.index()];
                (way.on, way.title) = (rung.name.clone(), rung.title.clone());
                way.when = rung.start_when.as_ref().map(|it| self.condition(it));
            }
        }
        if let Some(branch) = self.machine.branch_of(edge) {
            way.when = self.chosen_when(edge, branch);
            way.requires.extend(self.open_conditions(edge.from, &branch.requires));
            way.follows = self.follows(&branch.sends, &branch.tells, edge.from);
        }
        way
    }

    /// A deadline that runs out, or a window that ends.
    pub(crate) fn missed(&self, id: DeadlineId, at: Node) -> Way {
        let protocol = &self.machine.protocol;
        let deadline = &protocol.deadlines[id.index()];
        let mut way = blank(protocol.rule(deadline.outcome.rule).path.clone());
        way.kind = if deadline.window { Kind::Lapsed } else { Kind::Missed };
        (way.on, way.title) = (deadline.name.clone(), deadline.title.clone());
        way.who = deadline.who.iter().map(|it| self.doer(*it, at)).collect();
        way.within = vec![self.within(deadline, at, false)];
        way.follows = self.follows(&deadline.outcome.sends, &deadline.outcome.tells, at);
        way
    }

    /// An event that lengthens a deadline.
    pub(crate) fn extension(&self, id: DeadlineId, place: usize, at: Node) -> Way {
        let protocol = &self.machine.protocol;
        let deadline = &protocol.deadlines[id.index()];
        let extension = &deadline.extend[place];
        let event = &protocol.events[extension.on.index()];
        let mut way = blank(protocol.rule(extension.rule).path.clone());
        way.kind = Kind::Extension;
        (way.on, way.title) = (event.name.clone(), event.title.clone());
        way.who = self.doers(&event.by, at);
        let also = extension.when.as_ref().map(|it| format!(", if {}", self.condition(it)));
        way.when = Some(format!("while {} runs{}", deadline.name, also.unwrap_or_default()));
        way.requires = self.conditions(event.requires.iter().copied());
        way.follows = vec![format!("lengthens {}", deadline.name)];
        way.follows.extend(self.follows(&extension.sends, &extension.tells, at));
        way
    }

    /// When a branch is chosen at a pair, unless the pair alone decides it.
    fn chosen_when(&self, edge: &Edge, branch: &Branch) -> Option<String> {
        let Why::Event(event, place) = edge.why else {
            return branch.when.as_ref().map(|it| self.condition(it));
        };
        let all = self.machine.moves(edge.from.stage, event);
        let choices = known::moves(self.machine, edge.from, all, &self.strings);
        let is_first = choices.first().is_some_and(|(at, _)| *at == place);
        match &branch.when {
            Some(when)
                if known::known(self.machine, edge.from, when, &self.strings) != Some(true) =>
            {
                Some(self.condition(when))
            }
            _ if is_first => None,
            _ => Some("otherwise".to_owned()),
        }
    }

    fn conditions(&self, ids: impl Iterator<Item = ConditionId>) -> Vec<String> {
        let conditions = &self.machine.protocol.conditions;
        ids.filter_map(|id| conditions.get(id.index()).map(|it| it.name.clone())).collect()
    }

    /// The conditions that stage and rung alone do not fulfil.
    fn open_conditions(&self, at: Node, ids: &[ConditionId]) -> Vec<String> {
        let conditions = &self.machine.protocol.conditions;
        let is_open = |id: &&ConditionId| {
            let known = |is: &Expr| known::known(self.machine, at, is, &self.strings);
            conditions.get(id.index()).is_some_and(|it| known(&it.is) != Some(true))
        };
        self.conditions(ids.iter().filter(is_open).copied())
    }

    /// The deadlines that an edge meets, if they can run there.
    fn met(&self, reach: &Reach, edge: &Edge) -> Vec<Within> {
        let points = running::points(self.machine, edge);
        let deadlines = self.machine.protocol.deadlines.iter().enumerate();
        let met = deadlines.filter_map(|(at, deadline)| {
            let is_run = reach.running.runs(DeadlineId::at(at), edge.from);
            let on = || deadline.met_by.iter().map(|it| it.on).filter(|it| points.contains(it));
            let by_stage = on().all(|it| matches!(it, Point::Stage(_)));
            (is_run && on().next().is_some()).then(|| self.within(deadline, edge.from, by_stage))
        });
        met.collect()
    }

    fn within(&self, deadline: &Deadline, at: Node, by_stage: bool) -> Within {
        let term = terms::term(self, deadline, at.rung);
        Within { deadline: deadline.name.clone(), term, by_stage }
    }

    fn follows(&self, sends: &[LetterId], tells: &[Doer], at: Node) -> Vec<String> {
        let letters = &self.machine.protocol.letters;
        let sends = sends.iter().filter_map(|it| letters.get(it.index()));
        let mut found: Vec<String> = sends.map(|it| format!("sends {}", it.name)).collect();
        found.extend(self.doers(tells, at).iter().map(|it| format!("tells {it}")));
        found
    }

    /// The path of an entry.
    pub(crate) fn rule(&self, rule: RuleId) -> &str {
        &self.machine.protocol.rule(rule).path
    }
}

const fn blank(rule: String) -> Way {
    Way {
        kind: Kind::Event,
        on: String::new(),
        title: String::new(),
        when: None,
        requires: Vec::new(),
        who: Vec::new(),
        within: Vec::new(),
        follows: Vec::new(),
        rule,
        taken: Vec::new(),
    }
}
