//! Calendars, times and runs of a clock, written as short text.

use crate::time::*;

/// A week from Monday to Friday with these windows.
pub(crate) fn weekdays(windows: &[&str]) -> [Vec<Window>; 7] {
    let open: Vec<Window> = windows.iter().map(|text| parse_window(text).unwrap()).collect();
    std::array::from_fn(|day| if day < 5 { open.clone() } else { Vec::new() })
}

/// The same windows on all seven days.
pub(crate) fn daily(windows: &[&str]) -> [Vec<Window>; 7] {
    std::array::from_fn(|_| windows.iter().map(|text| parse_window(text).unwrap()).collect())
}

pub(crate) fn plan(zone: &str, week: [Vec<Window>; 7]) -> CalendarPlan {
    let zone = Zone::find(zone).unwrap();
    let (sets, closed, open) = (Vec::new(), Vec::new(), Vec::new());
    CalendarPlan { id: "test".to_owned(), zone, week, sets, closed, open }
}

/// A holiday that is kept each year and never moved.
pub(crate) fn holiday(name: &str, on: On) -> Holiday {
    Holiday {
        name: name.to_owned(),
        on,
        observed: Observed::AsIs,
        from: None,
        to: None,
        every: None,
        except: Vec::new(),
        hours: None,
        source: None,
        unverified: false,
    }
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// "2026-06-01 17:00" in the zone of the calendar; the earlier of two.
pub(crate) fn at(calendar: &Calendar, text: &str) -> Instant {
    let civil = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.3f"))
        .unwrap();
    calendar.zone().instant(civil, Twice::Earlier).at
}

/// "Mon 2026-06-01 17:00", with seconds where there are some.
pub(crate) fn shown(calendar: &Calendar, at: Instant) -> String {
    let civil = calendar.zone().civil(at);
    let shape =
        if at.ms() % 60_000 == 0 { "%a %Y-%m-%d %H:%M" } else { "%a %Y-%m-%d %H:%M:%S%.3f" };
    civil.format(shape).to_string()
}

/// Next day, exact, no roll, as it is, earlier.
pub(crate) const RULES: Rules = Rules {
    first_day: FirstDay::Next,
    ends: Ends::Exact,
    roll: Roll::None,
    outside_hours: OutsideHours::AsIs,
    twice: Twice::Earlier,
};

pub(crate) const CLOSE: Rules = Rules { ends: Ends::Close, ..RULES };

pub(crate) const MIDNIGHT: Rules = Rules { ends: Ends::Midnight, ..RULES };

/// One run of a clock, written as text.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) rules: Rules,
    pub(crate) start: &'a str,
    pub(crate) within: &'a str,
    pub(crate) additions: &'a [&'a str],
    /// Pairs of times; an empty end is an open pause.
    pub(crate) pauses: &'a [(&'a str, &'a str)],
}

impl<'a> Case<'a> {
    pub(crate) const fn new(rules: Rules, start: &'a str, within: &'a str) -> Self {
        Self { rules, start, within, additions: &[], pauses: &[] }
    }

    pub(crate) fn run<S: LedgerSink>(
        &self,
        calendar: &Calendar,
        sink: &mut S,
    ) -> Result<Due, TimeError> {
        let additions: Vec<Term> =
            self.additions.iter().map(|text| parse_term(text).unwrap()).collect();
        let pauses: Vec<Pause> = self
            .pauses
            .iter()
            .map(|(from, to)| Pause {
                from: at(calendar, from),
                to: (!to.is_empty()).then(|| at(calendar, to)),
            })
            .collect();
        let allowance = parse_allowance(self.within).unwrap();
        let date_only = !self.start.contains(' ');
        let at = if date_only {
            calendar.zone().day_start(date(self.start))
        } else {
            at(calendar, self.start)
        };
        let course = Course {
            start: Start { at, date_only, receipt: true },
            base: Base::Allowance(&allowance),
            additions: &additions,
            pauses: &pauses,
        };
        due_with(calendar, self.rules, &course, sink)
    }

    /// The due instant with weekday, in the calendar's zone; `paused` without one. Both ways of
    /// counting must agree.
    #[track_caller]
    pub(crate) fn due(&self, calendar: &Calendar) -> String {
        let silent = self.run(calendar, &mut Silent);
        let told = self.run(calendar, &mut Ledger::default());
        assert_eq!(silent, told, "with and without a ledger");
        match silent {
            Err(error) => format!("{error:?}"),
            Ok(Due { at: None, left, .. }) => format!("paused, {left:?}"),
            Ok(Due { at: Some(at), .. }) => shown(calendar, at),
        }
    }

    pub(crate) fn ledger(&self, calendar: &Calendar) -> Ledger {
        let mut ledger = Ledger::default();
        self.run(calendar, &mut ledger).unwrap();
        ledger
    }
}
