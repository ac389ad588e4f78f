//! Calendars that were amended after the protocol was written: a day of mourning is proclaimed, a
//! holiday is moved. The protocol stays what it is; each amendment adds a state of its calendars,
//! and a case says how many of them hold for it.

use std::sync::Arc;

use crate::machine::Machine;
use crate::model::{AmendmentId, CalendarId};
use crate::time::{Calendar, CalendarPlan, Holiday, NaiveDate, Observed, On, OpenDay};

/// The most dates that one amendment adds and removes.
pub const AMENDED_DATES_MAX: usize = 400;

/// What was amended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// What records call it: unique among all amendments that a machine ever sees.
    pub id: String,
    /// The set of holidays it changes; or the protocol and its calendar, with a slash between.
    pub calendar: String,
    /// The dates that are closed from now on, on which the calendar was open.
    pub closed: Vec<NaiveDate>,
    /// The dates that are no holiday any more: they have the hours of their weekday.
    pub open: Vec<NaiveDate>,
    /// What those days are called, for people.
    pub name: String,
}

/// The calendars of a machine after an amendment, and all before it.
#[derive(Clone, Debug)]
pub(in crate::machine) struct Amended {
    amendment: Amendment,
    calendars: Vec<Arc<Calendar>>,
}

impl Machine {
    /// Adds an amendment after those it has; whether it is about any of its calendars. One that is
    /// not is not added.
    pub fn amend(&mut self, amendment: &Amendment) -> bool {
        if !self.is_amended_by(&amendment.calendar) {
            return false;
        }
        for stop in &mut self.stops {
            stop.push(amendment);
        }
        self.push(amendment);
        true
    }

    /// Whether an amendment of what is called so is about any of its calendars.
    #[must_use]
    pub fn is_amended_by(&self, name: &str) -> bool {
        self.protocol.calendars.iter().any(|it| is_about(name, &self.protocol.id, it))
    }

    fn push(&mut self, amendment: &Amendment) {
        let all = (0..self.protocol.calendars.len()).map(CalendarId::at);
        let held = self.amendments.len();
        let amended = |id: CalendarId| {
            let calendar = self.calendar(held, id)?;
            let is_about = is_about(&amendment.calendar, &self.protocol.id, calendar);
            let before = || self.amendments.last()?.calendars.get(id.index()).map(Arc::clone);
            Some(match is_about {
                true => Arc::new(Calendar::build(plan(calendar, amendment))),
                false => before().unwrap_or_else(|| Arc::new(calendar.clone())),
            })
        };
        let calendars = all.filter_map(amended).collect();
        self.amendments.push(Amended { amendment: amendment.clone(), calendars });
    }

    /// A calendar as it is after so many amendments; `None` for one of another protocol.
    #[must_use]
    pub fn calendar(&self, n_amendments: usize, id: CalendarId) -> Option<&Calendar> {
        let last = n_amendments.min(self.amendments.len()).checked_sub(1);
        match last.and_then(|it| self.amendments.get(it)) {
            Some(amended) => amended.calendars.get(id.index()).map(Arc::as_ref),
            None => self.protocol.calendars.get(id.index()),
        }
    }

    /// How many amendments it knows.
    #[must_use]
    pub const fn n_amendments(&self) -> usize {
        self.amendments.len()
    }

    /// What records call an amendment.
    #[must_use]
    pub fn amendment_name(&self, id: AmendmentId) -> &str {
        self.amendments.get(id.index()).map_or("", |it| it.amendment.id.as_str())
    }

    /// An amendment by what records call it.
    #[must_use]
    pub fn amendment_named(&self, name: &str) -> Option<AmendmentId> {
        let found = self.amendments.iter().position(|it| it.amendment.id == name);
        found.map(AmendmentId::at)
    }

    /// What was amended; `None` for an amendment of another machine.
    #[must_use]
    pub fn amendment(&self, id: AmendmentId) -> Option<&Amendment> {
        self.amendments.get(id.index()).map(|it| &it.amendment)
    }
}

fn is_about(name: &str, protocol: &str, calendar: &Calendar) -> bool {
    let own = name.strip_prefix(protocol).and_then(|it| it.strip_prefix('/'));
    own == Some(calendar.id()) || calendar.plan().sets.iter().any(|set| set.id == name)
}

/// What a calendar is made from after an amendment. What is said later is stronger: a date that
/// one amendment closed and a later one opens is open.
fn plan(calendar: &Calendar, amendment: &Amendment) -> CalendarPlan {
    let mut plan = calendar.plan().clone();
    plan.open.retain(|it| !amendment.closed.contains(&it.on));
    let on_date = |it: &Holiday| match it.on {
        On::Date(date) => Some(date),
        _ => None,
    };
    plan.closed.retain(|it| on_date(it).is_none_or(|date| !amendment.open.contains(&date)));
    plan.closed.extend(amendment.closed.iter().map(|date| Holiday {
        name: amendment.name.clone(),
        on: On::Date(*date),
        observed: Observed::AsIs,
        from: None,
        to: None,
        every: None,
        except: Vec::new(),
        hours: None,
        source: None,
        unverified: false,
    }));
    let opened = amendment.open.iter().filter(|date| calendar.closed_why(**date).is_some());
    plan.open.extend(opened.map(|date| OpenDay {
        on: *date,
        name: amendment.name.clone(),
        hours: None,
    }));
    plan
}
