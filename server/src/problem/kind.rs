//! The kinds of problem: a closed list. The name of a kind is the end of its `type`, and its page.

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name; `type` is `/problems/` and this.
    pub name: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What it is, as one sentence.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $constant:ident $status:literal $name:literal $title:literal;)+) => {
        impl Kind {
            $($(#[doc = $doc])+ pub const $constant: Self = Self { name: $name, status: $status, title: $title };)+

            /// Every kind, by status.
            pub const ALL: &'static [Self] = &[$(Self::$constant),+];

            /// The page of the kind.
            pub(super) fn text(self) -> &'static str {
                match self.name {
                    $($name => include_str!(concat!("../../../docs/problems/", $name, ".md")),)+
                    _ => "",
                }
            }
        }
    };
}

kinds! {
    /// The body is no JSON, or not in the form that JSON has here.
    UNREADABLE 400 "unreadable" "The body cannot be read.";
    /// A part of the address or a header means nothing.
    BAD_PARAMETER 400 "bad-parameter" "A part of the address or a header means nothing here.";
    /// A request that changes something came without an idempotency key.
    KEY_MISSING 400 "key-missing" "The request has no idempotency key.";
    /// No token, or one that does not work.
    NO_TOKEN 401 "no-token" "The request has no token that works.";
    /// The token does not let its holder do this.
    FORBIDDEN 403 "forbidden" "The token does not allow this.";
    /// There is nothing at this address for this token.
    NOT_FOUND 404 "not-found" "There is nothing here.";
    /// The address takes other methods.
    WRONG_METHOD 405 "wrong-method" "The address does not take this method.";
    /// The request did not arrive in time.
    TOO_SLOW 408 "too-slow" "The request did not arrive in time.";
    /// The protocol does not allow the event now.
    REFUSED 409 "refused" "The protocol does not allow this now.";
    /// A condition of the protocol broke on this case.
    FAULTED 409 "faulted" "The protocol cannot decide this case.";
    /// A request with the same idempotency key has not been answered yet.
    IN_PROGRESS 409 "in-progress" "A request with this idempotency key is being answered.";
    /// The protocol that is uploaded has errors.
    UNUSABLE_PROTOCOL 409 "unusable-protocol" "The protocol has errors.";
    /// The case has changed since it was read.
    STALE 412 "stale" "The case has changed since it was read.";
    /// The request is larger than allowed.
    TOO_LARGE 413 "too-large" "The request is too large.";
    /// The body is not JSON.
    WRONG_MEDIA_TYPE 415 "wrong-media-type" "The body is not JSON.";
    /// The body can be read and is not what is expected.
    INVALID 422 "invalid" "The body is not what is expected here.";
    /// The idempotency key was used for another request.
    KEY_REUSED 422 "key-reused" "The idempotency key was used for another request.";
    /// The token made more requests than it may.
    TOO_MANY 429 "too-many" "There were too many requests.";
    /// Something broke that should not.
    BROKEN 500 "broken" "Something broke.";
    /// More requests wait than can be answered soon.
    BUSY 503 "busy" "The server has too much to do.";
    /// The store cannot be reached.
    AWAY 503 "away" "The store cannot be reached.";
}

impl Kind {
    /// The kind with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.name == name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_kind_has_a_page_and_every_page_a_kind() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/problems");
        let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
        let pages: BTreeSet<String> = names
            .map(|it| it.to_string_lossy().into_owned())
            .filter(|it| it != "README.md")
            .map(|it| it.trim_end_matches(".md").to_owned())
            .collect();
        let kinds: BTreeSet<String> = Kind::ALL.iter().map(|it| it.name.to_owned()).collect();
        assert_eq!(pages, kinds);
        assert_eq!(kinds.len(), Kind::ALL.len(), "two kinds have one name");
        for kind in Kind::ALL {
            let head = format!("# {}\n\nStatus {}. {}\n", kind.name, kind.status, kind.title);
            assert!(kind.text().starts_with(&head), "the page of {} begins otherwise", kind.name);
        }
        let table = include_str!("../../../docs/problems/README.md");
        for kind in Kind::ALL {
            let row = format!("| {} | [{}]({}.md) |", kind.status, kind.name, kind.name);
            assert!(table.contains(&row), "the table lacks {row}");
        }
    }

    #[test]
    fn the_list_is_in_order_of_status() {
        assert!(Kind::ALL.is_sorted_by_key(|it| it.status));
    }
}
