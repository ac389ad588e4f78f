//! A queue with an end, between many who order and one who works.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Why something was not taken, and what it was.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotTaken<T> {
    /// As much waits as may.
    Full(T),
    /// Nothing is taken any more.
    Closed(T),
}

/// A queue with an end.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Condvar,
    max: usize,
}

#[derive(Debug)]
struct Waiting<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

impl<T> Queue<T> {
    /// An empty queue in which at most so many wait.
    pub(crate) fn new(max: usize) -> Self {
        let waiting = Waiting { items: VecDeque::new(), is_closed: false };
        Self { waiting: Mutex::new(waiting), changed: Condvar::new(), max }
    }

    /// Puts something at the end. Never waits.
    pub(crate) fn put(&self, item: T) -> Result<(), NotTaken<T>> {
        let mut waiting = self.lock();
        if waiting.is_closed {
            return Err(NotTaken::Closed(item));
        }
        if waiting.items.len() >= self.max {
            return Err(NotTaken::Full(item));
        }
        waiting.items.push_back(item);
        drop(waiting);
        self.changed.notify_one();
        Ok(())
    }

    /// Puts something at the end that was taken before, however much waits and also after the end.
    pub(crate) fn pass_on(&self, item: T) {
        self.lock().items.push_back(item);
        self.changed.notify_one();
    }

    /// Waits until something is there, and takes at most so much of it. Nothing once the queue is
    /// closed and empty.
    pub(crate) fn take(&self, max: usize) -> Option<Vec<T>> {
        let mut waiting = self.lock();
        loop {
            if !waiting.items.is_empty() {
                let n = waiting.items.len().min(max.max(1));
                return Some(waiting.items.drain(..n).collect());
            }
            if waiting.is_closed {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes what is there, at most so much, without waiting.
    pub(crate) fn take_more(&self, max: usize) -> Vec<T> {
        let mut waiting = self.lock();
        let n = waiting.items.len().min(max);
        waiting.items.drain(..n).collect()
    }

    /// Takes nothing more. What waits is still handed out.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// How much waits.
    pub(crate) fn len(&self) -> usize {
        self.lock().items.len()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_has_an_end_and_gives_out_what_waits_in_order() {
        let queue = Queue::new(2);
        assert_eq!((queue.put(1), queue.put(2)), (Ok(()), Ok(())));
        assert_eq!(queue.put(3), Err(NotTaken::Full(3)));
        assert_eq!(queue.len(), 2);
        assert_eq!(queue.take(1), Some(vec![1]));
        queue.close();
        assert_eq!(queue.put(3), Err(NotTaken::Closed(3)));
        queue.pass_on(4);
        assert_eq!((queue.take(9), queue.take(9)), (Some(vec![2, 4]), None));
    }

    #[test]
    fn whoever_waits_is_woken() {
        let queue = Queue::new(1);
        std::thread::scope(|scope| {
            let taken = scope.spawn(|| (queue.take(5), queue.take(5)));
            queue.put(7).unwrap();
            while queue.len() > 0 {
                std::thread::yield_now();
            }
            queue.close();
            assert_eq!(taken.join().unwrap(), (Some(vec![7]), None));
        });
    }
}
