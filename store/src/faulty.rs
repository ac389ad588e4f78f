//! A place for cases that fails when it is told to: for tests of whoever uses a place.
//!
//! It stands around a real one. Every call that changes something is a *write point*, counted from
//! one. At some of them it fails as a database can: it is away and nothing is written; the
//! connection is lost while it commits, whether or not the disk has it; it takes its time. Reads
//! are passed on as they are.

use crate::cases::{
    Access, Ahead, Amendments, Answer, Asked, Attempt, Audited, Batch, Cases, Copied, CopiedRow,
    Duty, Erasure, Failure, Feed, FeedCursor, Find, Form, Glance, Hash, Kept, KeptAmendment, Key,
    Listed, Message, MessageState, OnPage, Others, Outbox, Page, People, Place, ProtocolText,
    Protocols, Reached, Room, Sealed, Standing, Stray, StreamId, Taken, Tenant, Timer, Token,
    TokenId, Webhook, WebhookId, Worklist, Writer,
};
use engine::time::Instant;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a slow write point takes.
const SLOW: Duration = Duration::from_millis(20);

/// What goes wrong at a write point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// [`Failure::Unavailable`]; nothing was written.
    Away,
    /// [`Failure::Unknown`]; it was written all the same.
    LostAfter,
    /// [`Failure::Unknown`]; nothing was written.
    LostBefore,
    /// It is written, 20 milliseconds late.
    Slow,
}

/// At which write points something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faults {
    /// At one of them, counted from 1.
    At(u64, Fault),
    /// At one in so many on average, which ones and how follows from a seed alone.
    Seeded {
        /// The seed: the same seed gives the same faults at the same write points.
        seed: u64,
        /// One in so many; at least 1.
        one_in: u64,
    },
    /// At one call of a kind.
    In {
        /// The name of the call: one of [`WRITES`].
        call: &'static str,
        /// Which of them, counted from 1.
        nth: u64,
        /// What goes wrong.
        fault: Fault,
    },
}

impl Faults {
    /// What goes wrong at a write point that is the n-th call of a name.
    fn in_call(self, point: u64, name: &str, n: u64) -> Option<Fault> {
        match self {
            Self::In { call, nth, fault } => (call == name && nth == n).then_some(fault),
            _ => self.at(point),
        }
    }

    /// What goes wrong at a write point, whichever call it is.
    #[must_use]
    pub const fn at(self, point: u64) -> Option<Fault> {
        match self {
            Self::At(chosen, fault) if chosen == point => Some(fault),
            Self::At(..) | Self::In { .. } => None,
            Self::Seeded { seed, one_in } => {
                let chance = mixed(seed ^ mixed(point));
                if !(chance >> 2).is_multiple_of(if one_in == 0 { 1 } else { one_in }) {
                    return None;
                }
                Some(match chance & 3 {
                    0 => Fault::Away,
                    1 => Fault::LostAfter,
                    2 => Fault::LostBefore,
                    _ => Fault::Slow,
                })
            }
        }
    }
}

/// The finisher of SplitMix64: every bit of the answer hangs on every bit of the number.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A place around another one.
pub struct Faulty<P> {
    inner: P,
    faults: Faults,
    points: AtomicU64,
    calls: Mutex<BTreeMap<&'static str, Calls>>,
}

/// The calls of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many there were.
    pub made: u64,
    /// In how many of them something went wrong.
    pub failed: u64,
}

impl<P: Place> Faulty<P> {
    /// A place that fails at some write points, and keeps what it keeps in another one.
    pub const fn new(inner: P, faults: Faults) -> Self {
        let calls = Mutex::new(BTreeMap::new());
        Self { inner, faults, points: AtomicU64::new(0), calls }
    }

    /// How many write points there were.
    pub fn points(&self) -> u64 {
        self.points.load(Ordering::SeqCst)
    }

    /// The calls that change something, by their names.
    pub fn calls(&self) -> BTreeMap<&'static str, Calls> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The place that keeps it all, without faults.
    pub const fn inner(&self) -> &P {
        &self.inner
    }

    fn change<T>(
        &self,
        name: &'static str,
        write: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let point = self.points.fetch_add(1, Ordering::SeqCst) + 1;
        let fault = {
            let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
            let of_name = calls.entry(name).or_default();
            of_name.made += 1;
            let fault = self.faults.in_call(point, name, of_name.made);
            of_name.failed += u64::from(fault.is_some());
            fault
        };
        let why = || format!("a fault at write point {point}");
        match fault {
            None => write(),
            Some(Fault::Away) => Err(Failure::Unavailable(why())),
            Some(Fault::LostBefore) => Err(Failure::Unknown(why())),
            Some(Fault::LostAfter) => write().and_then(|_| Err(Failure::Unknown(why()))),
            Some(Fault::Slow) => {
                thread::sleep(SLOW);
                write()
            }
        }
    }
}

/// Passes calls on, each as a read or a change.
macro_rules! pass {
    ($($kind:ident $name:ident($($value:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(
            fn $name(&self, $($value: $type),*) -> Result<$answer, Failure> {
                pass!(@$kind self $name || self.inner.$name($($value),*))
            }
        )*
    };
    (@change $self:ident $name:ident $call:expr) => { $self.change(stringify!($name), $call) };
    (@read $self:ident $name:ident $call:expr) => { ($call)() };
}

/// The names of the calls that change something: every one of them is a write point.
pub const WRITES: [&str; 22] = [
    "take_writer",
    "tenant",
    "writable",
    "write",
    "take_numbers",
    "forget_answers",
    "keep_key",
    "destroy_key",
    "delete_sealed",
    "erase",
    "add_token",
    "revoke",
    "add_webhook",
    "set_active",
    "take",
    "take_digest",
    "tried",
    "resend",
    "add_protocol",
    "activate",
    "add_amendment",
    "set_reached",
];

impl<P: Place> Place for Faulty<P> {
    pass! {
        change take_writer() -> Writer;
        read others() -> Option<Others>;
        change tenant(name: &str) -> Tenant;
        read tenants() -> Vec<(Tenant, String)>;
        change writable() -> ();
    }
}

impl<P: Place> Cases for Faulty<P> {
    pass! {
        change write(batch: &Batch) -> ();
        read load(tenant: Tenant, streams: &[StreamId]) -> Vec<Option<Kept>>;
        read standing(tenant: Tenant, stream: StreamId) -> Option<Standing>;
        read by_ticket(tenant: Tenant, ticket: &str) -> Option<Standing>;
        read of_person(tenant: Tenant, protocol_id: &str, complainant: &str) -> Vec<StreamId>;
        read stops_on(tenant: Tenant, case: StreamId) -> Vec<StreamId>;
        read list(tenant: Tenant, find: &Find) -> Listed;
        read worklist(
            tenant: Tenant,
            parties: &[String],
            after: Option<(Option<Instant>, StreamId, String, u16)>,
            limit: u32
        ) -> Worklist;
        read timers(until: Instant, limit: u32) -> Vec<Timer>;
        read first_timer() -> Option<Instant>;
        change take_numbers(tenant: Tenant, counter: &str, n: u32) -> u32;
        read answer(tenant: Tenant, key: &str) -> Option<Answer>;
        change forget_answers(now: Instant) -> u64;
        read feed(tenant: Tenant, after: &FeedCursor, limit: u32) -> Feed;
        read pages(tenant: Tenant) -> Vec<Page>;
        read last_page(tenant: Tenant, writer: Writer) -> Option<Page>;
        read streams(tenant: Tenant, after: Option<StreamId>, limit: u32) -> Vec<StreamId>;
    }
}

impl<P: Place> Ahead for Faulty<P> {
    pass! {
        read glance(tenant: Tenant, asked: &Asked) -> Glance;
    }
}

impl<P: Place> People for Faulty<P> {
    pass! {
        read key(tenant: Tenant, person: &str) -> Option<Key>;
        change keep_key(tenant: Tenant, key: &Key) -> Key;
        change destroy_key(tenant: Tenant, person: &str, at: Instant) -> ();
        read sealed(tenant: Tenant, stream: StreamId) -> Vec<Sealed>;
        change delete_sealed(tenant: Tenant, stream: StreamId, slots: &[String]) -> u64;
        change erase(tenant: Tenant, erasure: &Erasure) -> u64;
    }
}

impl<P: Place> Access for Faulty<P> {
    pass! {
        change add_token(token: &Token) -> ();
        read token(hash: Hash) -> Option<Token>;
        read tokens(tenant: Tenant) -> Vec<Token>;
        change revoke(tenant: Tenant, id: &TokenId, at: Instant) -> bool;
    }
}

impl<P: Place> Outbox for Faulty<P> {
    pass! {
        change add_webhook(webhook: &Webhook) -> WebhookId;
        read webhooks(tenant: Tenant) -> Vec<Webhook>;
        change set_active(tenant: Tenant, id: WebhookId, active: bool) -> bool;
        change take(now: Instant, lease: Duration, room: &Room) -> Vec<Taken>;
        change take_digest(
            now: Instant,
            lease: Duration,
            room: &Room
        ) -> Vec<Taken>;
        change tried(tenant: Tenant, message: &Message, now: Instant, attempt: &Attempt) -> ();
        read messages(tenant: Tenant, state: MessageState, limit: u32) -> Vec<Taken>;
        change resend(tenant: Tenant, webhook: WebhookId, now: Instant) -> u64;
        read depth() -> u64;
        read oldest_waiting() -> Option<Instant>;
        read next_send() -> Option<Instant>;
    }
}

impl<P: Place> Protocols for Faulty<P> {
    pass! {
        change add_protocol(tenant: Tenant, protocol: &ProtocolText) -> ();
        read protocol(tenant: Tenant, hash: Hash) -> Option<ProtocolText>;
        read protocols(tenant: Tenant) -> Vec<ProtocolText>;
        change activate(tenant: Tenant, hash: Hash, from: Instant) -> bool;
    }
}

impl<P: Place> Amendments for Faulty<P> {
    pass! {
        change add_amendment(tenant: Tenant, amendment: &KeptAmendment) -> ();
        read amendments(tenant: Tenant) -> Vec<KeptAmendment>;
        change set_reached(tenant: Tenant, number: u32, reached: Reached) -> ();
        read open_streams(tenant: Tenant, after: Option<StreamId>, limit: u32) -> Vec<StreamId>;
    }
}

impl<P: Place> Copied for Faulty<P> {
    fn copy_out(
        &self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.inner.copy_out(take)
    }

    fn copy_in(
        &self,
        next: &mut dyn FnMut() -> Result<Option<CopiedRow>, Failure>,
    ) -> Result<(), Failure> {
        self.change("copy_in", || self.inner.copy_in(next))
    }
}

impl<P: Place> Audited for Faulty<P> {
    pass! {
        read nameless() -> Vec<Tenant>;
        read writers(tenant: Tenant) -> Vec<Writer>;
        read journal(
            tenant: Tenant,
            writer: Writer,
            after: u64,
            limit: u32
        ) -> Vec<(Page, Vec<OnPage>)>;
        read owed(tenant: Tenant, stream: StreamId) -> Vec<Duty>;
        read strays(tenant: Tenant, limit: u32) -> Vec<Stray>;
        read faults() -> Vec<String>;
        read form() -> Form;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Sqlite;
    use crate::test_folder::Folder;

    #[track_caller]
    fn check(fault: Fault, answer: &Result<(), Failure>, written: bool) {
        let folder = Folder::new(&format!("faulty-{fault:?}"), &[]);
        let inner = Sqlite::open(&folder.0.join("cases.sqlite")).unwrap();
        let place = Faulty::new(inner, Faults::At(2, fault));
        assert_eq!(place.tenant("one"), Ok(Tenant(1)));
        let second = place.tenant("two").map(|_| ());
        assert_eq!(&second, answer);
        assert_eq!(place.tenants().unwrap().len(), if written { 2 } else { 1 });
        assert_eq!(place.tenant("two").map(|_| ()), Ok(()));
        assert_eq!(place.points(), 3);
    }

    #[test]
    fn each_fault_does_what_it_says() {
        let why = || "a fault at write point 2".to_owned();
        check(Fault::Away, &Err(Failure::Unavailable(why())), false);
        check(Fault::LostAfter, &Err(Failure::Unknown(why())), true);
        check(Fault::LostBefore, &Err(Failure::Unknown(why())), false);
        check(Fault::Slow, &Ok(()), true);
    }

    #[test]
    fn every_call_that_changes_something_is_named_and_no_other() {
        let text = include_str!("faulty.rs");
        let named = text.lines().filter_map(|it| it.trim_start().strip_prefix("change "));
        let named: Vec<&str> = named.filter_map(|it| it.split('(').next()).collect();
        assert_eq!(named, WRITES);
    }

    #[test]
    fn a_call_is_chosen_by_its_name() {
        let folder = Folder::new("faulty-call", &[]);
        let inner = Sqlite::open(&folder.0.join("cases.sqlite")).unwrap();
        let faults = Faults::In { call: "writable", nth: 2, fault: Fault::Away };
        let place = Faulty::new(inner, faults);
        place.tenant("one").unwrap();
        assert!(place.writable().is_ok() && place.writable().is_err() && place.writable().is_ok());
        assert_eq!(place.calls()["writable"], Calls { made: 3, failed: 1 });
        assert_eq!(place.calls()["tenant"], Calls { made: 1, failed: 0 });
    }

    #[test]
    fn a_seed_gives_the_same_faults_and_each_kind() {
        let faults = Faults::Seeded { seed: 7, one_in: 10 };
        let all: Vec<_> = (1..=10_000).map(|point| faults.at(point)).collect();
        assert_eq!(all, (1..=10_000).map(|point| faults.at(point)).collect::<Vec<_>>());
        let other = Faults::Seeded { seed: 8, one_in: 10 };
        assert_ne!(all, (1..=10_000).map(|point| other.at(point)).collect::<Vec<_>>());
        for fault in [Fault::Away, Fault::LostAfter, Fault::LostBefore, Fault::Slow] {
            let times = all.iter().filter(|it| **it == Some(fault)).count();
            assert!((200..300).contains(&times), "{fault:?} {times} times");
        }
    }
}
