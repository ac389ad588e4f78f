//! The register over HTTP.

mod routes;
mod trends;
