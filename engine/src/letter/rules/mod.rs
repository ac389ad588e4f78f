//! One file a code: its name, and the only functions that build its diagnostics.

mod confidential_in_letter;
mod letter_form_incomplete;
mod letter_leaves_out;
mod letter_may_lack;
mod letter_not_written;
mod letter_printed_raw;
mod letter_says_avoided;
mod letter_syntax;
mod letter_tells_personal;
mod letter_too_rich;
mod letter_unknown_filter;
mod letter_unknown_name;
mod word_missing;

pub(crate) use confidential_in_letter::confidential_in_letter;
pub(crate) use letter_form_incomplete::letter_form_incomplete;
pub(crate) use letter_leaves_out::letter_leaves_out;
pub(crate) use letter_may_lack::letter_may_lack;
pub(crate) use letter_not_written::letter_not_written;
pub(crate) use letter_printed_raw::letter_printed_raw;
pub(crate) use letter_says_avoided::letter_says_avoided;
pub(crate) use letter_syntax::letter_syntax;
pub(crate) use letter_tells_personal::letter_tells_personal;
pub(crate) use letter_too_rich::{
    block_of_entries, empty_block, filter_with_arguments, list_in_a_list, no_entries, no_such_tag,
    no_such_value, no_yes_or_no, not_a_question, not_a_value, not_an_entry_name,
    taken_name_of_entry, too_much,
};
pub(crate) use letter_unknown_filter::letter_unknown_filter;
pub(crate) use letter_unknown_name::{letter_unknown_name, unknown_of_entry};
pub(crate) use word_missing::word_missing;
