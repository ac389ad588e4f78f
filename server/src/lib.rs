//! Cases over HTTP.
