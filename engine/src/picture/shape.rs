//! What a picture consists of.

/// A protocol as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name of the protocol.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The rungs, lowest first; none where there is no ladder.
    pub bands: Vec<Band>,
    /// The places, by band, then file order of the stages.
    pub places: Vec<Place>,
    /// What leads from one place to another; one arrow between the same two places.
    pub arrows: Vec<Arrow>,
    /// What holds in so many places that nobody would draw an arrow for each.
    pub notes: Vec<Note>,
    /// The title of the scenario whose path is marked.
    pub path: Option<String>,
}

/// A rung of the ladder, with the places on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The name of the role that handles cases on it.
    pub handler: String,
    /// When a case is placed on it at once, as it is written.
    pub start_when: Option<String>,
}

/// A stage, on one rung where there is a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the stage in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The place of its rung in `bands`; 0 where there is no ladder.
    pub band: usize,
    /// The name of the role that has the case here.
    pub owner: Option<String>,
    /// Whether cases begin here.
    pub start: bool,
    /// Whether the case is closed here.
    pub end: bool,
    /// Whether it is only shown because an arrow of the wanted rung ends here.
    pub outside: bool,
    /// The clocks that stand still here, by name.
    pub pauses: Vec<String>,
    /// What may happen here without leading elsewhere.
    pub stays: Vec<Way>,
    /// Whether the marked path comes through here.
    pub taken: bool,
}

/// What leads from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// From where, as a place in [`Picture::places`].
    pub from: usize,
    /// To where.
    pub to: usize,
    /// By what, in file order; never empty.
    pub ways: Vec<Way>,
}

/// One thing that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What kind of thing.
    pub kind: Kind,
    /// The name of the event or deadline, or the term after which time acts.
    pub on: String,
    /// Its name for people.
    pub title: String,
    /// When it is chosen: a condition as it is written, `otherwise`, or nothing.
    pub when: Option<String>,
    /// The names of the conditions that must hold besides.
    pub requires: Vec<String>,
    /// Who may do it, or who answers for the deadline, by name.
    pub who: Vec<String>,
    /// Within which terms: the deadlines that it meets, or the one that runs out.
    pub within: Vec<Within>,
    /// What else follows, as fragments: `sends answer`, `tells officer`.
    pub follows: Vec<String>,
    /// The entry of the protocol: `stages.screening.on.screened[1]`.
    pub rule: String,
    /// The steps of the marked path that take it, from 1.
    pub taken: Vec<u32>,
}

/// What kind of thing leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody reports an event.
    Event,
    /// An event lengthens a deadline.
    Extension,
    /// Time alone, after a term in the stage.
    After,
    /// A deadline is missed.
    Missed,
    /// A window ends unused.
    Lapsed,
    /// The case is placed on a higher rung because of what became known.
    Placed,
}

/// A deadline and its term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The name of the deadline.
    pub deadline: String,
    /// Its term on this rung, with the exceptions: `10 working days (high 5, emergency 2)`.
    pub term: String,
    /// Whether it is met by the stage that is reached, whatever led there.
    pub by_stage: bool,
}

/// Something that holds in many places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where: `every open stage`, or the names of stages.
    pub from: String,
    /// What.
    pub way: Way,
    /// Where it leads: the name of a stage, `the same stage on management`, or nothing.
    pub to: Option<String>,
}

impl Way {
    /// What happens, in few words: `answer_sent`, `after 20 working days`, `answer missed`.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.kind {
            Kind::Event | Kind::Extension => self.on.clone(),
            Kind::After => format!("after {}", self.on),
            Kind::Missed => format!("{} missed", self.on),
            Kind::Lapsed => format!("{} lapsed", self.on),
            Kind::Placed => "placed".to_owned(),
        }
    }

    /// The condition and what is required besides, as one fragment; empty where there is none.
    #[must_use]
    pub fn condition(&self) -> String {
        let mut parts = Vec::new();
        match self.when.as_deref() {
            None => {}
            Some("otherwise") => parts.push("otherwise".to_owned()),
            Some(when) if self.kind == Kind::Extension => parts.push(when.to_owned()),
            Some(when) => parts.push(format!("if {when}")),
        }
        if !self.requires.is_empty() {
            parts.push(format!("requires {}", self.requires.join(", ")));
        }
        parts.join("; ")
    }
}

impl Picture {
    /// The name of a place, with its rung where the stage is on several: `closed (mediation)`.
    #[must_use]
    pub fn name_of(&self, place: usize) -> String {
        let Some(it) = self.places.get(place) else { return String::new() };
        let n_alike = self.places.iter().filter(|other| other.name == it.name).count();
        match self.bands.get(it.band) {
            Some(band) if n_alike > 1 => format!("{} ({})", it.name, band.name),
            _ => it.name.clone(),
        }
    }

    /// Whether a path is marked.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        self.path.is_some()
    }
}
