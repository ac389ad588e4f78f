//! Numbers and texts as bytes. Each has one form: a number has no needless bytes, and a text that
//! was written before is referred to.

use crate::cases::Failure;
use engine::time::Instant;
use std::collections::BTreeMap;

/// The bits of a byte of a number that are not the sign of another one to come.
const SEVEN: u32 = 7;

/// What is kept cannot be what was written.
pub(super) fn damaged(why: impl Into<String>) -> Failure {
    Failure::Damaged(why.into())
}

/// A bit, where something is so.
pub(super) const fn bit(is: bool, bit: u8) -> u8 {
    if is { bit } else { 0 }
}

/// What is being written.
#[derive(Debug, Default)]
pub(super) struct Out<'a> {
    pub(super) bytes: Vec<u8>,
    texts: BTreeMap<&'a str, u64>,
}

impl<'a> Out<'a> {
    /// One byte as it is.
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// A number from 0: seven bits a byte, the lowest first; all but the last have the top bit.
    pub(super) fn number(&mut self, number: impl Into<u64>) {
        self.wide(u128::from(number.into()));
    }

    /// As [`Self::number`], for the digits of decimal numbers.
    pub(super) fn wide(&mut self, mut number: u128) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= SEVEN;
            if number == 0 {
                return self.byte(low & 0x7f);
            }
            self.byte(low | 0x80);
        }
    }

    /// How many there are.
    pub(super) fn count(&mut self, n: usize) {
        self.wide(n as u128);
    }

    /// A number that may be negative: 0, -1, 1, -2 and so on become 0, 1, 2, 3.
    pub(super) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    /// An instant, as milliseconds after another.
    pub(super) fn since(&mut self, at: Instant, earlier: Instant) {
        // The difference may wrap, and wraps back when it is read.
        self.signed(at.ms().wrapping_sub(earlier.ms()));
    }

    /// A text: 0, its length and its bytes; or which of the texts before it is, from 1.
    pub(super) fn text(&mut self, text: &'a str) {
        if let Some(place) = self.texts.get(text) {
            return self.number(*place);
        }
        let place = self.texts.len() as u64 + 1;
        self.texts.insert(text, place);
        self.byte(0);
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// What is being read. Nothing is allocated for a length that is only claimed.
#[derive(Debug)]
pub(super) struct In<'b> {
    rest: &'b [u8],
    texts: Vec<&'b str>,
    known: BTreeMap<&'b str, ()>,
}

impl<'b> In<'b> {
    /// Reads some bytes from their start.
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, texts: Vec::new(), known: BTreeMap::new() }
    }

    /// Whether all was read.
    pub(super) fn end(&self) -> Result<(), Failure> {
        if self.rest.is_empty() { Ok(()) } else { Err(damaged("bytes follow after the end")) }
    }

    /// One byte.
    pub(super) fn byte(&mut self) -> Result<u8, Failure> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| damaged("bytes are missing"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// One byte of flags, of which only some are known.
    pub(super) fn flags(&mut self, known: u8) -> Result<u8, Failure> {
        let flags = self.byte()?;
        if flags & !known == 0 { Ok(flags) } else { Err(damaged("a flag is not known")) }
    }

    /// A number from 0.
    pub(super) fn number(&mut self) -> Result<u64, Failure> {
        u64::try_from(self.wide()?).map_err(|_| damaged("a number is too large"))
    }

    /// A number that is held in fewer bits.
    pub(super) fn small<N: TryFrom<u64>>(&mut self) -> Result<N, Failure> {
        N::try_from(self.number()?).map_err(|_| damaged("a number is too large"))
    }

    /// As [`Self::number`], for the digits of decimal numbers.
    pub(super) fn wide(&mut self) -> Result<u128, Failure> {
        let mut number = 0u128;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            let low = u128::from(byte & 0x7f);
            if shift > 0 && byte == 0 {
                return Err(damaged("a number has needless bytes"));
            }
            if shift >= u128::BITS - SEVEN {
                return Err(damaged("a number is too large"));
            }
            number |= low << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
            shift += SEVEN;
        }
    }

    /// A number that may be negative.
    pub(super) fn signed(&mut self) -> Result<i64, Failure> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// An instant, as milliseconds after another.
    pub(super) fn since(&mut self, earlier: Instant) -> Result<Instant, Failure> {
        let ms = earlier.ms().wrapping_add(self.signed()?);
        let at = Instant::from_ms(ms);
        if at.ms() == ms { Ok(at) } else { Err(damaged("an instant cannot be held")) }
    }

    /// A text.
    pub(super) fn text(&mut self) -> Result<&'b str, Failure> {
        let place = self.number()?;
        let Some(before) = place.checked_sub(1) else { return self.new_text() };
        let found = usize::try_from(before).ok().and_then(|it| self.texts.get(it));
        found.copied().ok_or_else(|| damaged("a text that was not written before is meant"))
    }

    fn new_text(&mut self) -> Result<&'b str, Failure> {
        let length: usize = self.small()?;
        let (text, rest) =
            self.rest.split_at_checked(length).ok_or_else(|| damaged("bytes are missing"))?;
        let text = std::str::from_utf8(text).map_err(|_| damaged("a text is not UTF-8"))?;
        if self.known.insert(text, ()).is_some() {
            return Err(damaged("a text is written twice"));
        }
        self.rest = rest;
        self.texts.push(text);
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: i64, bytes: &[u8]) {
        let mut out = Out::default();
        out.signed(number);
        assert_eq!(out.bytes, bytes);
        let mut read = In::new(bytes);
        assert_eq!(read.signed(), Ok(number));
        read.end().unwrap();
    }

    #[test]
    fn numbers_near_zero_are_short_whatever_their_sign() {
        check(0, &[0]);
        check(-1, &[1]);
        check(63, &[126]);
        check(-64, &[127]);
        check(64, &[128, 1]);
        check(i64::MAX, &[254, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
        check(i64::MIN, &[255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    }

    #[test]
    fn what_has_no_end_or_is_longer_than_need_be_is_no_number() {
        for bytes in [
            &[][..],
            &[128],
            &[128, 0],
            &[255; 30],
            &[255, 255, 255, 255, 255, 255, 255, 255, 255, 2],
        ] {
            let read = In::new(bytes).number();
            assert!(matches!(read, Err(Failure::Damaged(_))), "{bytes:?}: {read:?}");
        }
    }

    #[test]
    fn a_text_is_written_once() {
        let mut out = Out::default();
        for text in ["ab", "", "ab", ""] {
            out.text(text);
        }
        assert_eq!(out.bytes, [0, 2, b'a', b'b', 0, 0, 1, 2]);
        let mut read = In::new(&out.bytes);
        let texts: Vec<&str> = (0..4).map(|_| read.text().unwrap()).collect();
        assert_eq!(texts, ["ab", "", "ab", ""]);
        for wrong in
            [&[0, 1, b'a', 0, 1, b'a'][..], &[1], &[0, 255, 255, 255, 255, 15, 1], &[0, 1, 0xff]]
        {
            let mut read = In::new(wrong);
            assert!((0..2).any(|_| read.text().is_err()), "{wrong:?}");
        }
    }

    #[test]
    fn instants_wrap_there_and_back() {
        for (one, other) in [(Instant::MIN, Instant::MAX), (Instant::MAX, Instant::MIN)] {
            let mut out = Out::default();
            out.since(one, other);
            assert_eq!(In::new(&out.bytes).since(other), Ok(one));
        }
        let mut out = Out::default();
        out.signed(i64::MIN);
        assert!(In::new(&out.bytes).since(Instant::from_ms(0)).is_err());
    }
}
