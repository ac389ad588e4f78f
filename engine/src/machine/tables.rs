//! The compiled machine.

use std::sync::Arc;

use crate::machine::Edge;
use crate::machine::Graph;
use crate::machine::Move;
use crate::machine::PointIndex;
use crate::machine::Reaction;
use crate::machine::Watched;
use crate::machine::Why;
use crate::machine::amended::Amended;
use crate::machine::compile;
use crate::machine::graph;
use crate::model::{
    Branch, CalendarId, DeadlineId, EventId, LevelId, Point, Protocol, RuleId, StageId, StopId,
};
use crate::script::Value;
use crate::script::VariableId;
use crate::text::Strings;

/// What has to be looked at in a decision whatever happened in it, each in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LookedAfter {
    /// Deadlines that exist only while their `when` holds.
    pub(crate) conditional: Box<[DeadlineId]>,
    /// Deadlines whose term, or agreed date, may become another.
    pub(crate) variable: Box<[DeadlineId]>,
    /// Whether any stage makes a clock stand still.
    pub(crate) pauses: bool,
}

/// A protocol compiled into tables. Immutable; shared by all cases of the protocol.
#[derive(Debug)]
pub struct Machine {
    /// What is meant.
    pub protocol: Protocol,
    pub(crate) strings: Arc<Strings>,
    pub(crate) events: Vec<Vec<Box<[Move]>>>,
    pub(crate) afters: Vec<Box<[Move]>>,
    pub(crate) expiries: Vec<Move>,
    pub(crate) points: PointIndex,
    pub(crate) reactions: Vec<Box<[Reaction]>>,
    /// The guarantees that a point concerns, by its number; empty where there are none.
    pub(crate) watched: Vec<Box<[Watched]>>,
    pub(crate) extensions: Vec<Box<[(DeadlineId, u16)]>>,
    pub(crate) pausing: Vec<Box<[(DeadlineId, u16)]>>,
    pub(crate) looked_after: LookedAfter,
    pub(crate) defaults: Vec<Value>,
    /// What an entry holds that brings nothing, by record; a value for each field.
    pub(crate) entry_defaults: Vec<Vec<Value>>,
    pub(crate) severity_reads: Vec<VariableId>,
    pub(crate) placement_reads: Vec<VariableId>,
    pub(crate) ranks: Vec<u32>,
    pub(crate) keeps_actors: bool,
    pub(in crate::machine) calendar_versions: Vec<String>,
    pub(in crate::machine) graph: Graph,
    pub(in crate::machine) stops: Vec<Self>,
    pub(in crate::machine) amendments: Vec<Amended>,
}

impl Machine {
    /// Compiles a protocol. Cannot fail: the checker did the work.
    #[must_use]
    pub fn from_model(protocol: Protocol) -> Self {
        let graph = graph::reachable(&protocol);
        compile::machine(protocol, graph)
    }

    /// The machine that a stop goes through; its rules, roles, channels and letters have the
    /// numbers they have here.
    #[must_use]
    pub fn stop(&self, stop: StopId) -> Option<&Self> {
        self.stops.get(stop.index())
    }

    /// The protocol from which the machine of a stop is made.
    #[must_use]
    pub fn stop_protocol(&self, stop: StopId) -> Option<Protocol> {
        let stop = self.protocol.stops.get(stop.index())?;
        Some(crate::machine::stop::protocol(&self.protocol, stop))
    }

    /// The reachable pairs of stage and rung.
    #[must_use]
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// A table of strings that knows the texts of the protocol. Every case of this machine needs
    /// one made here; it may be shared by as many cases as the shell likes. The texts of the
    /// protocol are kept once for all of them.
    #[must_use]
    pub fn strings(&self) -> Strings {
        Strings::on(Arc::clone(&self.strings))
    }

    /// The moves that an event may make in a stage, in file order. Empty where the event is not
    /// allowed.
    #[must_use]
    pub fn moves(&self, stage: StageId, event: EventId) -> &[Move] {
        self.events
            .get(stage.index())
            .and_then(|events| events.get(event.index()))
            .map_or(&[], |moves| moves)
    }

    /// The timed transitions of a stage, in file order.
    #[must_use]
    pub fn afters(&self, stage: StageId) -> &[Move] {
        self.afters.get(stage.index()).map_or(&[], |moves| moves)
    }

    /// What the running out of a deadline does.
    ///
    /// # Panics
    /// Never for a deadline of this protocol.
    #[must_use]
    pub fn expiry(&self, deadline: DeadlineId) -> &Move {
        &self.expiries[deadline.index()]
    }

    /// What clocks do on a point, by phase, then file order.
    #[must_use]
    pub fn reactions(&self, point: Point) -> &[Reaction] {
        self.reactions.get(self.points.of(point)).map_or(&[], |reactions| reactions)
    }

    /// The guarantees that a point concerns, in file order.
    #[must_use]
    pub fn watched(&self, point: Point) -> &[Watched] {
        self.watched.get(self.points.of(point)).map_or(&[], |watched| watched)
    }

    /// The extensions that an event may make: deadline and place in its `extend`, in file order.
    #[must_use]
    pub fn extensions(&self, event: EventId) -> &[(DeadlineId, u16)] {
        self.extensions.get(event.index()).map_or(&[], |extensions| extensions)
    }

    /// The clocks that stand still in a stage: deadline and place in its `pauses`.
    #[must_use]
    pub fn pausing(&self, stage: StageId) -> &[(DeadlineId, u16)] {
        self.pausing.get(stage.index()).map_or(&[], |pausing| pausing)
    }

    /// The place of a rule in the reading order of the files: ties between acts at one instant
    /// are settled by it.
    #[must_use]
    pub fn rank(&self, rule: RuleId) -> u32 {
        self.ranks.get(rule.index()).copied().unwrap_or(u32::MAX)
    }

    /// What a due instant was derived with: the name of a calendar and the hash of its content.
    #[must_use]
    pub fn calendar_version(&self, calendar: CalendarId) -> &str {
        self.calendar_versions.get(calendar.index()).map_or("", String::as_str)
    }

    /// The branch that an edge takes, where it is one of an event or of time.
    pub(crate) fn branch_of(&self, edge: &Edge) -> Option<&Branch> {
        let stage = self.protocol.stages.get(edge.from.stage.index())?;
        match edge.why {
            Why::Event(event, place) => {
                let transitions = stage.on.iter().find(|it| it.event == event)?;
                transitions.branches.get(usize::from(place))
            }
            Why::After(place) => stage.after.get(usize::from(place)).map(|it| &it.branch),
            Why::Expiry(_) | Why::Placed => None,
        }
    }

    /// The name of a level of severity.
    #[must_use]
    pub fn level_name(&self, level: LevelId) -> &str {
        let set = self.protocol.sets.levels.and_then(|set| self.protocol.scope.set(set));
        set.and_then(|set| set.names.get(level.index())).map_or("", String::as_str)
    }
}
