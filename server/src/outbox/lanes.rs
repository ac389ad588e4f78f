//! How many requests are under way to whom.
//!
//! One receiver that hangs must not keep others waiting: each has only so much room, and one that
//! failed last has room for a single request until something arrives.

use crate::outbox::deliver::Ended;
use std::collections::{BTreeMap, BTreeSet};
use store::cases::{Room, Tenant, WebhookId};

/// The most requests for one receiver at which it is given more.
const EACH_MAX: u32 = 8;

/// A receiver.
pub(super) type Key = (Tenant, WebhookId);

#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    in_flight: u32,
    is_failing: bool,
}

/// The requests that are under way, by receiver.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    lanes: BTreeMap<Key, Lane>,
    in_flight: u32,
}

impl Lanes {
    /// What may be taken, where at most so many requests are under way at the same time.
    pub(super) fn room(&self, in_flight_max: usize) -> Room {
        let most = u32::try_from(in_flight_max).unwrap_or(u32::MAX);
        let is_full = |lane: &Lane| match lane.is_failing {
            true => lane.in_flight > 0,
            false => lane.in_flight >= EACH_MAX,
        };
        let full: BTreeSet<Key> =
            self.lanes.iter().filter(|(_, lane)| is_full(lane)).map(|(key, _)| *key).collect();
        Room { each: EACH_MAX, full, ..Room::of(most.saturating_sub(self.in_flight)) }
    }

    pub(super) fn started(&mut self, key: Key) {
        self.in_flight += 1;
        self.lanes.entry(key).or_default().in_flight += 1;
    }

    /// A request ended; nothing is known of one that broke off.
    pub(super) fn ended(&mut self, key: Key, ended: Option<Ended>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let lane = self.lanes.entry(key).or_default();
        lane.in_flight = lane.in_flight.saturating_sub(1);
        match ended {
            Some(Ended::Arrived) => lane.is_failing = false,
            Some(Ended::Failed) => lane.is_failing = true,
            Some(Ended::Left) | None => {}
        }
        if lane.in_flight == 0 && !lane.is_failing {
            self.lanes.remove(&key);
        }
    }

    pub(super) const fn in_flight(&self) -> u32 {
        self.in_flight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Key = (Tenant(1), WebhookId(1));
    const OTHER: Key = (Tenant(1), WebhookId(2));

    #[track_caller]
    fn check(lanes: &Lanes, limit: u32, full: &[Key]) {
        let full = full.iter().copied().collect();
        assert_eq!(lanes.room(20), Room { each: EACH_MAX, full, ..Room::of(limit) });
    }

    #[test]
    fn one_receiver_has_only_so_much_room() {
        let mut lanes = Lanes::default();
        (0..8).for_each(|_| lanes.started(ONE));
        lanes.started(OTHER);
        check(&lanes, 11, &[ONE]);
        lanes.ended(ONE, Some(Ended::Arrived));
        check(&lanes, 12, &[]);
        (0..30).for_each(|_| lanes.started(ONE));
        check(&lanes, 0, &[ONE]);
    }

    #[test]
    fn who_failed_last_has_room_for_one() {
        let mut lanes = Lanes::default();
        lanes.started(ONE);
        lanes.started(ONE);
        lanes.ended(ONE, Some(Ended::Failed));
        check(&lanes, 19, &[ONE]);
        lanes.ended(ONE, Some(Ended::Left));
        check(&lanes, 20, &[]);
        lanes.started(ONE);
        check(&lanes, 19, &[ONE]);
        lanes.started(ONE);
        lanes.ended(ONE, Some(Ended::Arrived));
        check(&lanes, 19, &[]);
        lanes.ended(ONE, None);
        check(&lanes, 20, &[]);
        assert!(lanes.lanes.is_empty());
    }
}
