//! Connections that are kept open.

use crate::cases::Failure;
use crate::postgres::link::connection::{Connection, Use};
use crate::postgres::link::failure::Broken;
use crate::postgres::link::options::Options;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio_postgres::Config;

/// How often a transaction is tried that another one keeps from going through.
const TRIES_MAX: u32 = 10;
/// How long is waited after the first time; each time twice as long.
const PAUSE: Duration = Duration::from_millis(1);

/// Connections of one use.
pub(in crate::postgres) struct Pool {
    config: Config,
    options: Options,
    what: Use,
    connections_max: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    /// Those that are idle and those that are used.
    n_open: usize,
}

impl Pool {
    pub(in crate::postgres) fn new(config: Config, options: Options, what: Use) -> Self {
        let connections_max = match what {
            Use::Write => options.writers_max,
            Use::Read => options.readers_max,
        };
        let state = Mutex::new(State::default());
        let connections_max = connections_max.max(1);
        Self { config, options, what, connections_max, state, freed: Condvar::new() }
    }

    /// Does something on a connection: again on a new one where the old one was lost before
    /// anything was committed, and again some times where another transaction was in the way.
    pub(in crate::postgres) fn with<T>(
        &self,
        mut work: impl FnMut(&mut Connection) -> Result<T, Broken>,
    ) -> Result<T, Failure> {
        let mut has_lost = false;
        for tried in 0..TRIES_MAX {
            let mut used = self.take()?;
            let done = work(&mut used);
            self.give_back(used);
            match done {
                Ok(done) => return Ok(done),
                Err(Broken::Lost(_)) if !has_lost => {
                    has_lost = true;
                    // The others were opened before as well.
                    self.close_idle();
                }
                Err(Broken::Again(_)) if tried + 1 < TRIES_MAX => {
                    std::thread::sleep(PAUSE * 2_u32.pow(tried));
                }
                Err(broken) => return Err(broken.failure()),
            }
        }
        Err(Failure::Unavailable("other transactions are in the way".to_owned()))
    }

    fn take(&self) -> Result<Connection, Failure> {
        let started = Instant::now();
        let mut state = self.state();
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(connection);
            }
            if state.n_open < self.connections_max {
                state.n_open += 1;
                drop(state);
                let opened = Connection::open(&self.config, &self.options, self.what);
                if opened.is_err() {
                    self.forget(1);
                }
                return opened;
            }
            let Some(left) = self.options.wait.checked_sub(started.elapsed()) else {
                let all = self.connections_max;
                return Err(Failure::Unavailable(format!("all {all} connections are in use")));
            };
            let waited = self.freed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn give_back(&self, connection: Connection) {
        if connection.is_usable() {
            self.state().idle.push(connection);
            self.freed.notify_one();
        } else {
            self.forget(1);
        }
    }

    fn close_idle(&self) {
        let idle = std::mem::take(&mut self.state().idle);
        self.forget(idle.len());
    }

    fn forget(&self, n_closed: usize) {
        let mut state = self.state();
        state.n_open = state.n_open.saturating_sub(n_closed);
        self.freed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
