//! What ships, against what it promises: holidays against tables of others, and the practices of
//! the small business, and what is proved of their guarantees.

mod calendars;

mod effective;

mod practices;

mod promises;
