//! Opening hours of one day.

use chrono::Weekday;

/// Minutes in a civil day without a change of the clocks.
const DAY_MINUTES: u16 = 1_440;
/// A window over midnight that is longer is taken for one with its ends exchanged.
const OVERNIGHT_MINUTES_MAX: u16 = 12 * 60;

/// A stretch of opening hours. It belongs to the day it starts on, over midnight too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// Civil minute of the day at which it opens: 0 to 1439. That minute is inside.
    pub open_minute: u16,
    /// Civil minute at which it closes, from `open_minute + 1` to 2880; after 1440 it closes on
    /// the next day. That minute is outside.
    pub close_minute: u16,
}

/// `09:00-17:00`; a close on the next day is written as on a clock: `22:00-06:00`.
impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let close = match self.close_minute {
            minute if minute > DAY_MINUTES => minute.saturating_sub(DAY_MINUTES),
            minute => minute,
        };
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}-{}", clock(self.open_minute), clock(close))
    }
}

/// What is wrong with a window. `Display` is the message, [`WindowFault::help`] what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowFault {
    /// It closes when it opens.
    Empty {
        /// As written.
        text: String,
    },
    /// It closes before it opens and would last more than half a day over midnight.
    Reversed {
        /// As written.
        text: String,
        /// The same with its ends exchanged.
        exchanged: Window,
    },
    /// It ends at 00:00, which is the start of a day; the end is 24:00.
    EndsAtZero {
        /// As meant.
        meant: Window,
    },
    /// It ends at 23:59 and loses a minute each day.
    AlmostMidnight {
        /// As meant.
        meant: Window,
    },
    /// It is not two times with a hyphen.
    Malformed {
        /// As written.
        text: String,
    },
}

impl std::fmt::Display for WindowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty { text } => write!(f, "window `{text}` closes when it opens"),
            Self::Reversed { text, .. } => write!(f, "window `{text}` closes before it opens"),
            Self::EndsAtZero { .. } => f.write_str("a window cannot end at 00:00"),
            Self::AlmostMidnight { .. } => {
                f.write_str("a window that ends at 23:59 loses the last minute of the day")
            }
            Self::Malformed { text } => write!(f, "`{text}` is not a window"),
        }
    }
}

impl WindowFault {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty { .. } => {
                "leave the day out if it is closed; all day is `00:00-24:00`".to_owned()
            }
            Self::Reversed { exchanged, .. } => format!(
                "write `{exchanged}`; a window over midnight lasts at most 12 hours, \
                 a longer one is two: `17:00-24:00`, and `00:00-09:00` on the next day"
            ),
            Self::EndsAtZero { meant } | Self::AlmostMidnight { meant } => {
                format!("write `{meant}`")
            }
            Self::Malformed { .. } => "write two times of day, such as `09:00-17:00`".to_owned(),
        }
    }
}

/// Reads a window: `09:00-17:00`, `22:00-06:00` (over midnight), `00:00-24:00`.
///
/// # Errors
/// What keeps the text from being a window.
pub fn parse_window(text: &str) -> Result<Window, WindowFault> {
    let malformed = || WindowFault::Malformed { text: text.to_owned() };
    let (open, close) = text.split_once(['-', '–']).ok_or_else(malformed)?;
    let open_minute = parse_time(open).filter(|m| *m < DAY_MINUTES).ok_or_else(malformed)?;
    let close_minute = parse_time(close).ok_or_else(malformed)?;
    if close_minute == DAY_MINUTES.saturating_sub(1) {
        let meant = Window { open_minute, close_minute: DAY_MINUTES };
        return Err(WindowFault::AlmostMidnight { meant });
    }
    if close_minute == open_minute {
        return Err(WindowFault::Empty { text: text.to_owned() });
    }
    if close_minute == 0 {
        let meant = Window { open_minute, close_minute: DAY_MINUTES };
        return Err(WindowFault::EndsAtZero { meant });
    }
    if close_minute > open_minute {
        return Ok(Window { open_minute, close_minute });
    }
    let over_midnight = close_minute.saturating_add(DAY_MINUTES);
    if over_midnight.saturating_sub(open_minute) > OVERNIGHT_MINUTES_MAX {
        let exchanged = Window { open_minute: close_minute, close_minute: open_minute };
        return Err(WindowFault::Reversed { text: text.to_owned(), exchanged });
    }
    Ok(Window { open_minute, close_minute: over_midnight })
}

/// The first two windows of one day that share a minute, in order of opening.
#[must_use]
pub fn overlap(windows: &[Window]) -> Option<(Window, Window)> {
    let mut sorted = windows.to_vec();
    sorted.sort_unstable();
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    pairs.map(|(a, b)| (*a, *b)).find(|(a, b)| b.open_minute < a.close_minute)
}

/// The first window over midnight that runs into a window of the next day, Monday first.
#[must_use]
pub fn week_overlap(week: &[Vec<Window>; 7]) -> Option<(Weekday, Window, Window)> {
    let next_days = week.iter().cycle().skip(1);
    let days = crate::time::calendar::WEEKDAYS.into_iter().zip(week.iter().zip(next_days));
    for (weekday, (today, tomorrow)) in days {
        for late in today {
            let tail = late.close_minute.saturating_sub(DAY_MINUTES);
            if let Some(early) = tomorrow.iter().find(|early| early.open_minute < tail) {
                return Some((weekday, *late, *early));
            }
        }
    }
    None
}

/// Minutes of a time of day `HH:MM`, up to 24:00.
fn parse_time(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && minutes <= DAY_MINUTES).then_some(minutes)
}
