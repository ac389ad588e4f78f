//! Zones, windows, holidays, and the working days they make.

mod holiday;
mod ics;
mod shipped;
mod window;
mod working_days;
mod zone;
