//! What was found on one calendar.

use crate::Course;

/// What was found for every goal, in the order in which they were asked.
#[derive(Clone, Debug)]
pub struct Found {
    /// One for each goal.
    pub goals: Vec<OfGoal>,
    /// How many situations there were.
    pub situations: usize,
    /// Whether these were all.
    pub extent: Extent,
}

/// How much of all that can happen at the looks was gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything: every course has come to an end.
    Whole,
    /// Everything within the days that were asked for.
    Days,
    /// Not even that: there were more situations than were asked for.
    Budget,
}

/// What was found for one goal.
#[derive(Clone, Debug, Default)]
pub struct OfGoal {
    /// The course on which it is broken first.
    pub broken: Option<Course>,
    /// How many calendar days it took at most until it was kept or broken, and the first course
    /// on which it took that long.
    pub worst: Option<Course>,
}

impl OfGoal {
    /// How many calendar days it took at most; `None` where it never began.
    #[must_use]
    pub fn most_days(&self) -> Option<u32> {
        self.worst.as_ref().and_then(|it| it.days)
    }
}
