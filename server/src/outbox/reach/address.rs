//! Which addresses are spoken to.
//!
//! Whoever may add a receiver chooses a name, and could have us speak to what only we can reach: a
//! database beside us, the metadata of a cloud. What counts is the address that a name led to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Who can be reached under an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Somebody on the internet.
    Public,
    /// Somebody near: this machine, a network of one's own, that of a carrier.
    Private,
    /// Nobody who could be a receiver: link-local (where clouds keep their metadata), multicast,
    /// documentation, reserved.
    Nobody,
}

/// The address of a cloud's own services on its machines, which looks like any public one.
const AZURE_HOST: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

/// The metadata of a cloud, in a range that is otherwise private.
const METADATA_V4: [Ipv4Addr; 2] = [AZURE_HOST, Ipv4Addr::new(100, 100, 100, 200)];
const METADATA_V6: [Ipv6Addr; 2] = [
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
];

/// Who is reached under an address.
pub(super) fn reach(ip: IpAddr) -> Reach {
    match ip {
        IpAddr::V4(ip) => reach_v4(ip),
        IpAddr::V6(ip) => reach_v6(ip),
    }
}

fn reach_v4(ip: Ipv4Addr) -> Reach {
    if METADATA_V4.contains(&ip) {
        return Reach::Nobody;
    }
    match ip.octets() {
        [10 | 127, ..] | [192, 168, ..] => Reach::Private,
        [172, 16..=31, ..] | [100, 64..=127, ..] => Reach::Private,
        // This network, link-local, multicast, reserved and broadcast.
        [0 | 224..=255, ..] | [169, 254, ..] => Reach::Nobody,
        // Protocol assignments, documentation, the old way from 6 to 4, benchmarks.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] => Reach::Nobody,
        [198, 51, 100, _] | [203, 0, 113, _] => Reach::Nobody,
        _ => Reach::Public,
    }
}

fn reach_v6(ip: Ipv6Addr) -> Reach {
    if METADATA_V6.contains(&ip) {
        return Reach::Nobody;
    }
    let octets = ip.octets();
    let inner = |from: usize| match octets.get(from..from + 4) {
        Some(&[a, b, c, d]) => reach_v4(Ipv4Addr::new(a, b, c, d)),
        _ => Reach::Nobody,
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private,
        // Addresses of version 4 in another dress: mapped, and translated by NAT64.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => inner(12),
        // 6to4 has the address of version 4 after its prefix.
        [0x2002, ..] => inner(2),
        // Unique local.
        [0xfc00..=0xfdff, ..] => Reach::Private,
        // Protocol assignments (Teredo among them), documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Reach::Nobody,
        // Global unicast.
        [0x2000..=0x3fff, ..] => Reach::Public,
        _ => Reach::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: Reach, addresses: &[&str]) {
        for text in addresses {
            assert_eq!(reach(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn hosts_on_the_internet_are_public() {
        check(
            Reach::Public,
            &[
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::",
                "2001:4860::8",
                "::ffff:1.1.1.1",
                "64:ff9b::1.1.1.1",
                "2002:101:101::",
            ],
        );
    }

    #[test]
    fn what_is_near_is_private() {
        check(
            Reach::Private,
            &[
                "127.0.0.1",
                "127.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "::1",
                "fc00::",
                "fdff::1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.2.3",
                "64:ff9b::192.168.1.1",
                "2002:a00:1::",
            ],
        );
    }

    #[test]
    fn nobody_is_spoken_to_where_nobody_can_be() {
        check(
            Reach::Nobody,
            &[
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.0",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "100.100.100.200",
                "::",
                "::1.2.3.4",
                "::ffff:169.254.169.254",
                "::ffff:0.0.0.0",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2001:1ff::",
                "3fff:fff::1",
                "4000::",
                "100::1",
                "5f00::1",
                "64:ff9b:1::1",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::",
                "fd00:ec2::254",
                "fd20:ce::254",
            ],
        );
    }
}
