//! The register over HTTP.

mod routes;
