//! What is read again and has not changed is not sent again.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// How many bytes of the hash of a body stand in its `ETag`.
const HASH_BYTES: usize = 8;

/// Names what is read by its `ETag`: the version of the case, where it is one, and a hash of the
/// body, because what is left of a term changes while nothing is recorded. Whoever sends it back as
/// `If-None-Match` is answered 304 as long as the body is the same.
pub async fn unchanged(request: Request, next: Next) -> Response {
    let is_read = request.method() == Method::GET;
    let known = request.headers().get_all(IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    let response = next.run(request).await;
    let is_json = |headers: &HeaderMap| {
        headers.get(CONTENT_TYPE).is_some_and(|it| it.as_bytes() == b"application/json")
    };
    let headers = response.headers();
    let is_kept = !headers.contains_key(CACHE_CONTROL);
    if !is_read || response.status() != StatusCode::OK || !is_json(headers) || !is_kept {
        return response;
    }
    let (mut head, body) = response.into_parts();
    // The body is in memory already, and as large as the route made it.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let version = head.headers.get(ETAG).and_then(|it| it.to_str().ok());
    let tag = tag(version, &bytes);
    let is_same = known.iter().filter_map(|it| it.to_str().ok()).any(|it| names(it, &tag));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        head.headers.insert(ETAG, value);
    }
    // What was read belongs to the holder of the token, and is asked for again each time.
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    match is_same {
        false => Response::from_parts(head, Body::from(bytes)),
        true => {
            head.status = StatusCode::NOT_MODIFIED;
            head.headers.remove(CONTENT_TYPE);
            Response::from_parts(head, Body::empty())
        }
    }
}

/// The tag of a body: `"17-6f1c…"` for a case of version 17, else the hash alone.
fn tag(version: Option<&str>, body: &[u8]) -> String {
    let mut tag = "\"".to_owned();
    if let Some(version) = version {
        tag.push_str(version.trim_matches('"'));
        tag.push('-');
    }
    for byte in Sha256::digest(body).iter().take(HASH_BYTES) {
        // Writing to a text cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Whether a list of tags names this one. Whether one is called weak makes no difference here.
fn names(list: &str, tag: &str) -> bool {
    let mut each = list.split(',').map(str::trim);
    each.any(|it| it == "*" || it.strip_prefix("W/").unwrap_or(it) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_of_the_version_and_of_the_body() {
        let one = tag(Some("\"17\""), b"{}");
        assert!(one.starts_with("\"17-") && one.len() == 21, "{one}");
        assert_ne!(one, tag(Some("\"17\""), b"{ }"));
        assert_ne!(one, tag(Some("\"18\""), b"{}"));
        assert_eq!(tag(None, b"{}").len(), 18);
    }

    #[test]
    fn a_list_names_a_tag_alone_among_others_weak_or_not() {
        let own = tag(None, b"{}");
        for list in [own.clone(), format!("\"x\", {own}"), format!("W/{own}"), "*".to_owned()] {
            assert!(names(&list, &own), "{list}");
        }
        for list in ["", "\"x\"", own.trim_matches('"')] {
            assert!(!names(list, &own), "{list}");
        }
    }
}
