//! The JSON Schema that `protocol schema` writes, in the hands of a validator that is not ours:
//! it takes what the reader takes, and refuses what the reader refuses for its form.

mod agree;
mod files;
mod validator;
