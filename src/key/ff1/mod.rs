//! FF1 of NIST SP 800-38G, with the domain limits of revision 1, under AES-256.
//!
//! Two machines of the same cipher. [`BinaryFf1`] works on bit strings of up to 128 bits, for permutations of ranges of
//! numbers; [`Ff1`] works on numeral strings of any radix, for texts over an alphabet. Both keep the encrypted P of each
//! key and length, so that a round is one call of AES, and take several values at once, because one AES call waits for
//! the one before it and eight do not. Neither asks for memory per value.

mod binary;
mod radix;

pub(super) use binary::BinaryFf1;
pub(crate) use radix::{Ff1, Halves};

const ROUNDS: u8 = 10;
const LANES: usize = 8;
