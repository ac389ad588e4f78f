//! Where a receiver is, read from its address.

use hyper::Uri;
use std::net::Ipv6Addr;

/// The longest address, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_048;

/// The longest name of a file, in bytes.
const NAME_BYTES_MAX: usize = 100;

/// Where a receiver is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A host that speaks HTTP.
    Web {
        /// Whether it is spoken to over TLS.
        secure: bool,
        /// Its name or address, without brackets.
        host: String,
        /// Its port.
        port: u16,
        /// What stands in `Host`.
        authority: String,
        /// The path and the query.
        path: String,
    },
    /// A file in the folder of the sink, by its name.
    File(String),
}

impl Target {
    /// Reads the address of a receiver: `https://…`, `http://…` or `file:NAME`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(address: &str) -> Result<Self, &'static str> {
        if address.len() > ADDRESS_BYTES_MAX {
            return Err("the address is too long");
        }
        if let Some(name) = address.strip_prefix("file:") {
            let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
            let fits = (1..=NAME_BYTES_MAX).contains(&name.len()) && !name.starts_with('.');
            return match fits && name.bytes().all(is_plain) {
                true => Ok(Self::File(name.to_owned())),
                false => Err("the name of a file has letters, digits, `-`, `_` and `.` alone"),
            };
        }
        let uri: Uri = address.parse().map_err(|_| "the address cannot be read")?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("an address begins with `https://`"),
        };
        let authority = uri.authority().ok_or("an address names a host")?;
        if authority.as_str().contains('@') {
            return Err("an address names nobody before its host");
        }
        let host = authority.host();
        let bare =
            bare(host).ok_or("the name of the host has letters, digits, `-`, `_` and `.`")?;
        let port = match authority.port() {
            Some(port) => port.as_str().parse().map_err(|_| "the port is no number")?,
            None if authority.as_str().len() > host.len() => return Err("the port is no number"),
            None if secure => 443,
            None => 80,
        };
        let path = uri.path_and_query().map_or("/", |it| it.as_str());
        Ok(Self::Web {
            secure,
            host: bare.to_owned(),
            port,
            authority: authority.as_str().to_owned(),
            path: if path.starts_with('/') { path.to_owned() } else { format!("/{path}") },
        })
    }
}

/// A host without brackets: a name, or an address. The reader of addresses lets more through.
fn bare(host: &str) -> Option<&str> {
    if let Some(inside) = host.strip_prefix('[') {
        let inside = inside.strip_suffix(']')?;
        return inside.parse::<Ipv6Addr>().is_ok().then_some(inside);
    }
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    (!host.is_empty() && host.bytes().all(is_plain)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(address: &str, expected: (bool, &str, u16, &str, &str)) {
        let (secure, host, port, authority, path) = expected;
        let (host, authority, path) = (host.to_owned(), authority.to_owned(), path.to_owned());
        let expected = Target::Web { secure, host, port, authority, path };
        assert_eq!(Target::read(address), Ok(expected));
    }

    #[test]
    fn an_address_is_a_host_or_a_plain_file() {
        check("https://a.example", (true, "a.example", 443, "a.example", "/"));
        check(
            "https://a.example:8443/x?y=1#z",
            (true, "a.example", 8443, "a.example:8443", "/x?y=1"),
        );
        check("http://127.0.0.1:9?q", (false, "127.0.0.1", 9, "127.0.0.1:9", "/?q"));
        check("http://[::1]:80/", (false, "::1", 80, "[::1]:80", "/"));
        assert_eq!(Target::read("file:facts.jsonl"), Ok(Target::File("facts.jsonl".to_owned())));
    }

    #[test]
    fn other_addresses_are_refused() {
        let long = format!("https://a.example/{}", "x".repeat(3_000));
        let long_name = format!("file:{}", "x".repeat(101));
        for address in [
            "",
            "a.example",
            "/x",
            "https://",
            "https:///x",
            "ftp://a.example",
            "file:",
            "file:..",
            "file:.x",
            "file:a/b",
            "file:a\\b",
            "file:///etc/passwd",
            "file:a\0b",
            "https://u:p@a.example",
            "https://a b",
            "https://a.example\n",
            "https://a:99999",
            "https://a:",
            "https://a:x",
            "https://[::1",
            "https://a[]",
            "https://[::1]x",
            "https://[127.0.0.1]",
            "https://a%2eb",
            "https://a,b",
            "javascript:x",
            "https://ü.example",
            &long,
            &long_name,
        ] {
            assert!(Target::read(address).is_err(), "{address}");
        }
    }

    proptest! {
        #[test]
        fn always_an_address_is_read_or_refused(address in "\\PC{0,40}", host in "[a-z0-9.:@/\\[\\]%\\\\?#-]{0,30}") {
            let _ = Target::read(&address);
            if let Ok(Target::Web { host, authority, path, .. }) = Target::read(&format!("https://{host}")) {
                prop_assert!(!host.is_empty() && !host.contains(['/', '@', '[']));
                prop_assert!(!authority.contains(['/', '@', '?', '#', '\r', '\n']));
                prop_assert!(path.starts_with('/'));
            }
        }
    }
}
