//! Servers, those who use them, those who are told, and what must be true of the store afterwards.

mod audit;
mod client;
mod load;
mod node;
mod random;
mod receiver;
mod settings;
mod site;

pub(crate) use audit::{Audit, Seen, audit};
pub(crate) use client::{Answer, Client, Request};
pub(crate) use load::{Load, Open, User, instant};
pub(crate) use node::{Node, between};
pub(crate) use random::Random;
pub(crate) use receiver::{Answering, Arrived, Receiver, arrived_in, check_arrived};
pub(crate) use settings::{Figures, Settings};
pub(crate) use site::{Site, Store};
