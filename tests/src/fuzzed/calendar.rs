//! Days, windows and iCalendar files: they are read or refused, and what is read makes a calendar.

use engine::time::{
    Calendar, CalendarPlan, Holiday, Instant, NaiveDate, Observed, Window, Zone, overlap,
    parse_observed, parse_on, parse_window, read_ics,
};

const DAY_MS: i64 = 24 * 3_600_000;
/// 2026-01-01T00:00Z.
const NEW_YEAR: i64 = 1_767_225_600_000;

/// Reads the bytes as an iCalendar file, and each line as a day, a window and a way to observe a
/// holiday; with all of them a calendar is built.
///
/// # Panics
/// When the engine breaks its word.
pub fn calendar(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut closed = match read_ics(&text) {
        Ok(holidays) => holidays,
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            Vec::new()
        }
    };
    let mut windows: Vec<Window> = Vec::new();
    let mut observed = Observed::AsIs;
    for line in text.lines() {
        match parse_window(line) {
            Ok(window) if windows.iter().all(|it| overlap(&[*it, window]).is_none()) => {
                windows.push(window);
            }
            Ok(_) => {}
            Err(fault) => assert!(!fault.to_string().is_empty()),
        }
        observed = parse_observed(line).unwrap_or(observed);
        match parse_on(line) {
            Ok(on) => closed.push(holiday(on, observed)),
            Err(fault) => assert!(!fault.to_string().is_empty()),
        }
    }
    built(&windows, closed);
}

fn holiday(on: engine::time::On, observed: Observed) -> Holiday {
    Holiday {
        name: "closed".to_owned(),
        on,
        observed,
        from: None,
        to: None,
        every: None,
        except: Vec::new(),
        hours: None,
        source: None,
        unverified: false,
    }
}

fn built(windows: &[Window], closed: Vec<Holiday>) {
    let Some(zone) = Zone::find("Europe/London") else { return };
    let week = std::array::from_fn(|day| if day < 5 { windows.to_vec() } else { Vec::new() });
    let opens = !windows.is_empty();
    let plan = CalendarPlan {
        id: "made".to_owned(),
        zone,
        week,
        sets: Vec::new(),
        closed,
        open: Vec::new(),
    };
    let calendar = Calendar::build(plan);
    assert!(opens || !calendar.ever_opens());
    assert!(!calendar.describe().is_empty());
    for n_days in 0..40 {
        let at = Instant::from_ms(NEW_YEAR + n_days * DAY_MS);
        let day: NaiveDate = calendar.zone().civil(at).date();
        let is_open = !calendar.windows(day).is_empty();
        assert_eq!(calendar.is_working_day(day), is_open, "{day}");
    }
}
