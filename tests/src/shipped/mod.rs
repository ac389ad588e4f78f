//! What ships, against what it promises: holidays against tables of others, and the practices of
//! the small business.

mod calendars;

mod practices;
