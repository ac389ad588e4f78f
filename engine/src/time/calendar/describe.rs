//! A calendar as canonical text, for fingerprints and for people who compare two of them.

use crate::time::calendar::days::Calendar;
use crate::time::calendar::days::WEEKDAYS;
use crate::time::holiday::Holiday;
use crate::time::window::Window;
use crate::time::zone::zone_data_version;
use std::fmt::Write;

impl Calendar {
    /// Everything that decides a date, one item a line, always in the same order. Two calendars
    /// with the same text give the same due instants.
    #[must_use]
    pub fn describe(&self) -> String {
        let plan = self.plan();
        let mut text = String::new();
        // Writing to a String cannot fail.
        let mut line = |shown: String| {
            let _ = writeln!(text, "{shown}");
        };
        line(format!("calendar {:?}", plan.id));
        line(format!("zone {} {}", plan.zone.name(), zone_data_version()));
        for (weekday, windows) in WEEKDAYS.iter().zip(&plan.week) {
            line(format!("{weekday} {}", shown_windows(windows)));
        }
        for set in &plan.sets {
            line(format!(
                "set {:?} {:?} {:?} {} {}",
                set.id,
                set.title,
                set.source,
                shown(set.valid_from),
                shown(set.valid_to)
            ));
            line(format!("enumerated {}", set.enumerated));
            set.holidays.iter().for_each(|holiday| line(shown_holiday(holiday)));
        }
        line("own".to_owned());
        plan.closed.iter().for_each(|holiday| line(shown_holiday(holiday)));
        for open in &plan.open {
            let hours = open.hours.as_deref().map_or_else(|| "-".to_owned(), shown_windows);
            line(format!("open {} {:?} {hours}", open.on, open.name));
        }
        text
    }
}

fn shown_holiday(holiday: &Holiday) -> String {
    let hours = holiday.hours.as_deref().map_or_else(|| "-".to_owned(), shown_windows);
    let every = holiday.every.map_or_else(|| "-".to_owned(), |(n, from)| format!("{n}/{from}"));
    format!(
        "holiday {:?} {:?} {:?} {} {} {every} {:?} {hours}",
        holiday.name,
        holiday.on,
        holiday.observed,
        shown(holiday.from),
        shown(holiday.to),
        holiday.except,
    )
}

fn shown_windows(windows: &[Window]) -> String {
    let each: Vec<String> = windows.iter().map(ToString::to_string).collect();
    format!("[{}]", each.join(" "))
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}
