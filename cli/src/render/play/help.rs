//! The commands of a play, on one screen.

/// What can be typed.
pub(crate) const fn help_text() -> &'static str {
    "\
look   state                       where the case is, and its fields
       may                         what may happen now, by whom, and what is due
       due                         what is due, whose it is, and what time does by itself
       timeline                    the story so far
       explain DEADLINE            how a due date is counted, day by day
       why not EVENT [by ROLE]     why an event would be refused, or what would follow
do     open [by complainant] [NAME=VALUE …]         opens the case
       EVENT [by ROLE] [NAME=VALUE …]               reports an event
       try EVENT …                                  the same; a script goes on if it is refused
       after an event may stand, in any order:
         by ROLE or ROLE:PERSON    whose act it is      entered by ROLE    who entered it
         via CHANNEL               how it came          because \"REASON\"   why
         at TIME, recorded TIME    when it happened; earlier than now is entered late, now
         entry ID                  which entry of a record; one is made up or picked without it
         for PERSON, against PERSON   with `open`: who complains, about whom
         as KIND                   with `open`: as what it is taken in
         case ID, letter LETTER    with an event that names another case, or a letter that failed
time   wait 3 working days         lets time pass
       until TIME                  up to 2026-04-14T10:00, 2026-04-14, or 16:20 of the same day
       next                        to where time itself does something next
keep   undo                        takes the last step back
       title \"TEXT\"                what the case shows
       save FILE.toml              writes it as a scenario, for `protocol test`
       quit

Words may be cut short as long as one thing begins like that: `ans` for `answer_sent`.
A text with blanks stands in quotes: cause=\"late parcel\".
"
}
