//! An amendment is looked at and recorded.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use engine::machine::{AMENDED_DATES_MAX, Machine};
use engine::model::CalendarId;
use engine::time::{CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR, Instant, NaiveDate};

use crate::amendments::{AMENDMENT_TEXT_MAX, Amended, link, origin};
use crate::cases::{Failure, KeptAmendment, Reached, Tenant};
use crate::keeper::{Keeper, Loaded};

/// How often an amendment is numbered anew because somebody else recorded one first.
const TRIES_MAX: usize = 16;

/// What is to be amended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAmendment {
    /// The set of holidays; or the id of a protocol and its calendar, with a slash between.
    pub calendar: String,
    /// The dates that are closed from now on.
    pub closed: Vec<NaiveDate>,
    /// The dates that are no holiday any more.
    pub open: Vec<NaiveDate>,
    /// Why: what those days are.
    pub reason: String,
    /// Where that is written.
    pub source: String,
    /// Who records it: a role, or `admin`.
    pub by: String,
    /// Which person, as an opaque id, where it is known.
    pub person: Option<String>,
}

/// Why nothing was amended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAmended {
    /// No version of a protocol counts by it. These are the names that there are.
    NoCalendar(Vec<String>),
    /// What is asked for cannot be meant: which part of it, and what is wrong with it.
    Misread(&'static str, String),
    /// The place failed.
    Failed(Failure),
}

impl From<Failure> for NotAmended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl fmt::Display for NotAmended {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCalendar(names) => write!(
                out,
                "no protocol counts by a calendar of this name; there are {}",
                names.join(", ")
            ),
            Self::Misread(what, why) => write!(out, "{what}: {why}"),
            Self::Failed(failure) => failure.fmt(out),
        }
    }
}

impl Keeper {
    /// Records an amendment of calendars. From now on new cases count by the calendars as amended;
    /// every open case is counted again, at this instant, before anything else happens to it.
    ///
    /// # Errors
    /// There is no such calendar, a date changes nothing, or the place fails. Nothing is recorded.
    pub fn amend_calendar(
        &self,
        tenant: Tenant,
        new: &NewAmendment,
    ) -> Result<(Amended, KeptAmendment), NotAmended> {
        for _ in 0..TRIES_MAX {
            self.shared().shelf.forget_amendments(tenant);
            self.check(tenant, new)?;
            let before = self.place().amendments(tenant)?;
            let recorded_at = match before.last() {
                Some(last) => self.now().max(Amended::read(&last.body)?.recorded_at),
                None => self.now(),
            };
            let hash = match before.last() {
                Some(last) => last.hash,
                None => origin(&self.tenant_name(tenant)?),
            };
            let amended = amended(new, recorded_at);
            let body = amended.bytes();
            let number = u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(1);
            let hash = link(hash, number, &body);
            let kept = KeptAmendment { number, body, hash, reached: Reached::UpTo(None) };
            match self.place().add_amendment(tenant, &kept) {
                Ok(()) => {
                    self.shared().shelf.forget_amendments(tenant);
                    self.shared().rounds.look();
                    self.look_at_timers();
                    return Ok((amended, kept));
                }
                Err(Failure::Overtaken) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(NotAmended::Failed(Failure::Overtaken))
    }

    /// All amendments of a tenant, in order, checked against their hashes.
    ///
    /// # Errors
    /// The place fails, or what it keeps is not what was written.
    pub fn amendments(&self, tenant: Tenant) -> Result<Vec<(Amended, KeptAmendment)>, Failure> {
        let kept = self.place().amendments(tenant)?;
        crate::amendments::check(&self.tenant_name(tenant)?, &kept)?;
        kept.into_iter().map(|it| Ok((Amended::read(&it.body)?, it))).collect()
    }

    /// The roles that may record an amendment: those that answer for a protocol, by its id, for each
    /// protocol that is changed. Empty where there is no such calendar.
    ///
    /// # Errors
    /// The place fails, or what it keeps cannot be loaded.
    pub fn amended_by(
        &self,
        tenant: Tenant,
        calendar: &str,
    ) -> Result<BTreeSet<(String, String)>, Failure> {
        let mut answer = BTreeSet::new();
        for version in self.place().protocols(tenant)? {
            let Some(loaded) = self.protocol(tenant, version.hash)? else { continue };
            let protocol = &loaded.machine.protocol;
            if let Some(role) = protocol.roles.get(protocol.accountable.index())
                && loaded.machine.is_amended_by(calendar)
            {
                answer.insert((loaded.id.clone(), role.name.clone()));
            }
        }
        Ok(answer)
    }

    fn check(&self, tenant: Tenant, new: &NewAmendment) -> Result<(), NotAmended> {
        check_texts(new)?;
        check_dates(new)?;
        let versions = self.place().protocols(tenant)?;
        let all: Result<Vec<Option<Arc<Loaded>>>, Failure> =
            versions.iter().map(|it| self.protocol(tenant, it.hash)).collect();
        let all: Vec<Arc<Loaded>> = all?.into_iter().flatten().collect();
        let about: Vec<&Machine> =
            all.iter().map(|it| &it.machine).filter(|it| it.is_amended_by(&new.calendar)).collect();
        if about.is_empty() {
            let names: BTreeSet<String> = all.iter().flat_map(|it| names(&it.machine)).collect();
            return Err(NotAmended::NoCalendar(names.into_iter().collect()));
        }
        // A date that is closed already, or open, would be recorded as a change and be none.
        let is_closed = |date: &NaiveDate| {
            let calendars = about.iter().flat_map(|it| calendars(it, &new.calendar));
            calendars
                .map(|it| (it.is_working_day(*date), it.closed_why(*date).is_some()))
                .fold((false, false), |(open, closed), (is_open, is_closed)| {
                    (open || is_open, closed || is_closed)
                })
        };
        for date in &new.closed {
            let (is_open, _) = is_closed(date);
            if !is_open {
                return Err(misread("add", format!("{date} is closed already")));
            }
        }
        for date in &new.open {
            let (_, is_closed) = is_closed(date);
            if !is_closed {
                return Err(misread("remove", format!("{date} is open already")));
            }
        }
        Ok(())
    }
}

fn amended(new: &NewAmendment, recorded_at: Instant) -> Amended {
    let sorted = |dates: &[NaiveDate]| {
        let dates: BTreeSet<NaiveDate> = dates.iter().copied().collect();
        dates.into_iter().collect()
    };
    Amended {
        recorded_at,
        calendar: new.calendar.clone(),
        closed: sorted(&new.closed),
        open: sorted(&new.open),
        reason: new.reason.clone(),
        source: new.source.clone(),
        by: new.by.clone(),
        person: new.person.clone(),
    }
}

fn misread(what: &'static str, why: impl Into<String>) -> NotAmended {
    NotAmended::Misread(what, why.into())
}

fn check_texts(new: &NewAmendment) -> Result<(), NotAmended> {
    let texts = [("calendar", &new.calendar), ("reason", &new.reason), ("source", &new.source)];
    for (what, text) in texts {
        if text.trim().is_empty() {
            return Err(misread(what, "is empty"));
        }
        if text.len() > AMENDMENT_TEXT_MAX {
            return Err(misread(what, format!("is longer than {AMENDMENT_TEXT_MAX} bytes")));
        }
        if text.chars().any(char::is_control) {
            return Err(misread(what, "holds a character that cannot be seen"));
        }
    }
    Ok(())
}

fn check_dates(new: &NewAmendment) -> Result<(), NotAmended> {
    use chrono::Datelike as _;
    let all = || new.closed.iter().chain(&new.open);
    if all().next().is_none() {
        return Err(misread("add", "no date is added, and none removed"));
    }
    if all().count() > AMENDED_DATES_MAX {
        return Err(misread("add", format!("more than {AMENDED_DATES_MAX} dates at once")));
    }
    if let Some(date) = new.closed.iter().find(|it| new.open.contains(it)) {
        return Err(misread("remove", format!("{date} is added as well")));
    }
    let years = CALENDAR_FIRST_YEAR..=CALENDAR_LAST_YEAR;
    if let Some(date) = all().find(|it| !years.contains(&it.year())) {
        return Err(misread("add", format!("{date} is outside what calendars know")));
    }
    Ok(())
}

/// The calendars of a machine that an amendment changes, as they are now.
fn calendars<'m>(
    machine: &'m Machine,
    name: &'m str,
) -> impl Iterator<Item = &'m engine::time::Calendar> {
    let own = move |id: &str| {
        name.strip_prefix(machine.protocol.id.as_str()).and_then(|it| it.strip_prefix('/'))
            == Some(id)
    };
    let all = (0..machine.protocol.calendars.len()).map(CalendarId::at);
    all.filter_map(|it| machine.calendar(machine.n_amendments(), it))
        .filter(move |it| own(it.id()) || it.plan().sets.iter().any(|set| set.id == name))
}

/// What the calendars of a machine may be called by an amendment.
fn names(machine: &Machine) -> impl Iterator<Item = String> {
    machine.protocol.calendars.iter().flat_map(|it| {
        let own = format!("{}/{}", machine.protocol.id, it.id());
        it.plan().sets.iter().map(|set| set.id.clone()).chain([own])
    })
}
