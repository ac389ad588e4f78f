//! A report that was read, taken by its case: decided, collected, answered.

use std::sync::Arc;

use engine::runtime::Event;
use engine::time::Instant;

use crate::cases::{Answer, Failure, Hash, StreamId};
use crate::chain;
use crate::keeper::set::{Held, Stream, WorkingSet};
use crate::keeper::writing::collect::{Own, collect};
use crate::keeper::writing::decide::{Desk, Ready, Spot, drop_unopened, lost};
use crate::keeper::writing::personal::WithKey;
use crate::keeper::writing::render::{not_opened, rendered};
use crate::keeper::writing::report::brought;
use crate::keeper::{Act, Mode, Order, Reply};

impl Desk<'_, '_> {
    /// Takes a report, collects what follows and makes the answer.
    pub(super) fn take(
        &mut self,
        order: &Order,
        set: &mut WorkingSet,
        spot: Spot,
        mut ready: Ready,
        recorded_at: Instant,
    ) -> Result<Reply, Failure> {
        let opens = matches!(order.act, Act::Open { .. });
        let Some(part) = set.parts.get_mut(spot.part) else { return Err(lost()) };
        let (machine, strings) = (&part.loaded.machine, &mut part.strings);
        let taken = part.register.take(machine, spot.key, &mut ready.event, strings, &[]);
        let is_accepted = taken.why.outcome.is_ok();
        if opens && !is_accepted {
            let reply = not_opened(order, part, &taken);
            drop_unopened(set, spot);
            return Ok(reply);
        }
        let secret = if opens { self.begin(order, set, spot, &ready.event)? } else { None };
        let before = self.hand.changes_mut().len();
        if order.mode == Mode::Keep {
            let Some(part) = set.parts.get(spot.part) else { return Err(lost()) };
            let report = brought(&part.loaded.machine, ready.report, &ready.event);
            let own = Own { event: &ready.event, report: &report };
            collect(self.hand, set, spot.part, Some(&own), self.now)?;
        }
        let Some(part) = set.parts.get(spot.part) else { return Err(lost()) };
        let written = self.hand.changes().get(before..).unwrap_or_default();
        let told = (&taken, secret.as_deref());
        let reply = rendered(order, part, spot, told, (recorded_at, written))?;
        if order.mode == Mode::Keep {
            let about = taken.stop.and_then(|key| part.stream(Held::Stop(key))).map(|it| it.id);
            let about = about.unwrap_or(spot.id);
            let sealed = if is_accepted { ready.sealed } else { None };
            self.answer(order, before, about, (&reply, sealed));
        }
        Ok(reply)
    }

    /// Opens the stream of a new case. What a complainant must know besides the ticket.
    fn begin(
        &mut self,
        order: &Order,
        set: &mut WorkingSet,
        spot: Spot,
        event: &Event,
    ) -> Result<Option<String>, Failure> {
        let tenant = Arc::clone(&set.tenant);
        let Some(part) = set.parts.get_mut(spot.part) else { return Err(lost()) };
        let (mut ticket, mut secret) = (None, None);
        if order.mode == Mode::Keep {
            let received = (&part.loaded.machine, event.at);
            let place = self.hand.place();
            ticket = Some(self.tickets.next(place, order.tenant, received, self.openings)?);
            secret = Some(self.hand.shared.options.ids.secret()?);
        }
        let mut stream = Stream {
            id: spot.id,
            held: Held::Case(spot.key),
            version: 0,
            hash: Hash([0; 32]),
            ticket,
            secret: secret.as_ref().map(|it| chain::hash(it.as_bytes())),
            on: None,
            stop: None,
        };
        stream.hash = chain::genesis(&stream.origin(&tenant, &part.loaded));
        part.streams.push(stream);
        Ok(secret)
    }

    /// Keeps the answer and the personal values with the last decision about a stream, if the
    /// order has made one.
    fn answer(
        &mut self,
        order: &Order,
        before: usize,
        about: StreamId,
        (reply, sealed): (&Reply, WithKey),
    ) {
        let answers_ms = self.hand.shared.options.answers_ms;
        let expires = self.now.plus_ms(answers_ms).unwrap_or(Instant::MAX);
        let (sealed, with) = sealed.map(|it| (it.values, (it.key, it.is_new))).unzip();
        let made = self.hand.changes_mut().get_mut(before..).unwrap_or_default();
        let Some(change) = made.iter_mut().rev().find(|it| it.decided.stream == about) else {
            return;
        };
        change.sealed = sealed.unwrap_or_default();
        change.answer = order.key.as_ref().map(|key| Answer {
            key: key.text.clone(),
            request: key.request,
            status: reply.status,
            body: reply.body.clone(),
            expires,
        });
        if let Some((key, is_new)) = with {
            self.hand.sealed_with(order.tenant, key, is_new);
        }
    }
}
