//! The bases of a protocol.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use engine::machine::Machine;
use engine::time::{Instant, TimeError};

use crate::bases::begin::Asked;
use crate::bases::marks::{self, Found};
use crate::bases::place::{Days, between_marks, stretches};
use crate::bases::starts::{Dues, Piece};
use crate::bases::table::{Edges, Ends, Table};
use crate::bases::takes::Takes;
use crate::bases::window::WINDOW_DAYS_MAX;
use crate::bases::{Base, BaseId, Counting, Length, Place, Unit, Window};
use crate::zone::UNBOUNDED;

/// How many possibilities are told apart where nobody says otherwise.
const CLASSES_MAX: usize = 40;

/// Why there are no bases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBases {
    /// The window ends before it begins, is longer than [`WINDOW_DAYS_MAX`], or lies where
    /// calendars know no dates.
    Window(Window),
    /// A date outside what calendars know.
    Time(TimeError),
}

impl fmt::Display for NoBases {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Window(Window { from, to }) => write!(
                out,
                "{from} to {to} is no window: it has a first and a last date from 1970 on, at most \
                 {WINDOW_DAYS_MAX} days apart"
            ),
            Self::Time(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for NoBases {}

/// The bases in which the terms of a protocol are counted, over a window of dates and the time
/// that a case may take after it.
///
/// Everything is the same for every order of questions: what is remembered is only answers.
pub struct Bases<'m> {
    pub(super) machine: &'m Machine,
    window: Window,
    days: Arc<[Days]>,
    /// The base of each unit.
    pub(super) units: Vec<(Unit, BaseId)>,
    /// The first instant that is looked at, and the last.
    pub(super) from: Instant,
    pub(super) until: Instant,
    pub(super) pieces: Arc<[Piece]>,
    /// By base that is given, base that is told, and place.
    edges: Arc<[OnceLock<Edges>]>,
    /// By base that is given, base that is told, and the places of both instants.
    tables: Arc<[OnceLock<Table>]>,
    /// The most days in a row that are no working days by some calendar.
    pub(super) closed: Arc<OnceLock<i32>>,
    /// More possibilities than what begins together is told apart in.
    pub(super) classes_max: usize,
    /// Whether guarantees never end.
    pub(super) endless: bool,
    pub(super) owns: Arc<Memo<Counting, Option<BaseId>>>,
    pub(super) dues: Arc<Memo<(Counting, bool), [Dues]>>,
    /// By what is counted, whether it counts from a receipt, and whether guarantees never end.
    pub(super) takes: Arc<Memo<(Counting, bool, bool), Takes>>,
    pub(super) asked: Memo<Asked, [Vec<Length>]>,
}

/// What was asked before.
pub(super) type Memo<K, V> = Mutex<BTreeMap<K, Arc<V>>>;

/// The answer to a question, worked out once.
pub(super) fn once<K: Ord + Clone, V: ?Sized>(
    memo: &Memo<K, V>,
    key: &K,
    answer: impl FnOnce() -> Arc<V>,
) -> Arc<V> {
    let held = || memo.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = held().get(key) {
        return Arc::clone(known);
    }
    let found = answer();
    held().insert(key.clone(), Arc::clone(&found));
    found
}

impl<'m> Bases<'m> {
    /// The bases that the terms of a protocol need, for cases received in a window of dates.
    ///
    /// # Errors
    /// Nothing can be counted in the window.
    pub fn of(machine: &'m Machine, window: Window) -> Result<Self, NoBases> {
        Self::counting(machine, window, &Counting::all(machine))
    }

    /// The bases that these need. What is not among them is counted in midnights, and less is known
    /// of it.
    ///
    /// # Errors
    /// Nothing can be counted in the window.
    pub fn counting(
        machine: &'m Machine,
        window: Window,
        wanted: &[Counting],
    ) -> Result<Self, NoBases> {
        let length = window.to.to_epoch_days().saturating_sub(window.from.to_epoch_days());
        if !(0..=WINDOW_DAYS_MAX).contains(&length) {
            return Err(NoBases::Window(window));
        }
        let Found { days, units, from, until, pieces } = marks::find(machine, window, wanted)?;
        let n = days.len();
        let slots = n * n * Place::COUNT * Place::COUNT;
        Ok(Self {
            machine,
            window,
            units,
            from,
            until,
            pieces: pieces.into(),
            edges: (0..n * n * Place::COUNT).map(|_| OnceLock::new()).collect(),
            tables: (0..slots).map(|_| OnceLock::new()).collect(),
            days: days.into(),
            closed: Arc::default(),
            classes_max: CLASSES_MAX,
            endless: false,
            owns: Arc::default(),
            dues: Arc::default(),
            takes: Arc::default(),
            asked: Memo::default(),
        })
    }

    /// The same, where what begins together is held as one possibility: there is much less to look
    /// at, and less is known of how lengths go together. What is worked out of either serves both.
    #[must_use]
    pub fn roughly(&self) -> Self {
        Self {
            machine: self.machine,
            window: self.window,
            days: Arc::clone(&self.days),
            units: self.units.clone(),
            from: self.from,
            until: self.until,
            pieces: Arc::clone(&self.pieces),
            edges: Arc::clone(&self.edges),
            tables: Arc::clone(&self.tables),
            closed: Arc::clone(&self.closed),
            classes_max: 1,
            endless: self.endless,
            owns: Arc::clone(&self.owns),
            dues: Arc::clone(&self.dues),
            takes: Arc::clone(&self.takes),
            asked: Memo::default(),
        }
    }

    /// The same, where guarantees never end: how long they take until they are kept is asked.
    #[must_use]
    pub fn without_end(self) -> Self {
        Self { endless: true, ..self }
    }

    /// The machine whose terms are counted.
    #[must_use]
    pub const fn machine(&self) -> &'m Machine {
        self.machine
    }

    /// The dates of receipt for which the bases stand.
    #[must_use]
    pub const fn window(&self) -> Window {
        self.window
    }

    /// The last date that is looked at.
    pub(super) fn last_date(&self) -> engine::time::NaiveDate {
        self.machine.protocol.zone.civil(self.until).date()
    }

    /// How many there are, one at least.
    #[must_use]
    pub fn count(&self) -> usize {
        self.days.len()
    }

    /// All of them, in order.
    pub fn each(&self) -> impl Iterator<Item = BaseId> + use<> {
        (0..self.days.len()).map(BaseId::at)
    }

    /// A base; that of midnights for a number of other bases.
    ///
    /// # Panics
    /// Never: there is always a base of midnights.
    #[must_use]
    pub fn base(&self, id: BaseId) -> &Base {
        &self.days.get(id.index()).unwrap_or(&self.days[0]).base
    }

    /// The base that counts a unit.
    pub(super) fn unit(&self, unit: Unit) -> Option<BaseId> {
        self.units.iter().find(|(it, _)| *it == marks::plain(unit)).map(|(_, base)| *base)
    }

    /// How far an instant is from another in a base at most, where in another base they are `given`
    /// apart at most. `first` and `second` say what is known of the two instants; a negative
    /// number means that the second is the earlier.
    pub(crate) fn most(
        &self,
        (given, told): (BaseId, BaseId),
        (first, second): (Place, Place),
        at_most: i32,
    ) -> i32 {
        if at_most >= UNBOUNDED {
            return UNBOUNDED;
        }
        if self.base(given).has_marks() {
            let ends = self.ends((given, told), (first, second));
            return self.table((given, told), (first, second)).most(ends, at_most);
        }
        if self.base(told).has_marks() {
            let ends = self.ends((told, given), (second, first));
            return self.table((told, given), (second, first)).given_at_most(ends, at_most);
        }
        UNBOUNDED
    }

    fn ends(&self, pair: (BaseId, BaseId), (first, second): (Place, Place)) -> Ends<'_> {
        let [first, second, any] = [first, second, Place::Any].map(|it| self.edges(pair, it));
        Ends { first, second, any }
    }

    fn table(&self, pair: (BaseId, BaseId), (first, second): (Place, Place)) -> &Table {
        let slot = (self.slot(pair) * Place::COUNT + first.index()) * Place::COUNT + second.index();
        self.tables[slot].get_or_init(|| Table::of(self.edges(pair, Place::Any)))
    }

    fn slot(&self, (given, told): (BaseId, BaseId)) -> usize {
        given.index() * self.days.len() + told.index()
    }

    /// What a base reads at the first and last instants of a place between two marks of another.
    fn edges(&self, (given, told): (BaseId, BaseId), place: Place) -> &Edges {
        let slot = self.slot((given, told)) * Place::COUNT + place.index();
        self.edges[slot].get_or_init(|| {
            let stretches = stretches(&self.days, place, self.from, self.until);
            let marks = self.base(given).marks();
            let between = between_marks(marks, &stretches, self.from, self.until);
            let told = self.base(told);
            let read =
                |(first, last): (Instant, Instant)| (told.reading(first), told.reading(last));
            Edges::of(between.into_iter().map(|it| it.map(read)))
        })
    }
}

impl fmt::Debug for Bases<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.days.iter().map(|it| it.base.unit());
        out.debug_struct("Bases")
            .field("window", &self.window)
            .field("units", &units.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
