//! AES-SIV (RFC 5297) with AES-256: deterministic authenticated encryption of texts of any length.

use aes_siv::KeyInit;
use aes_siv::siv::Aes256Siv;
use zeroize::Zeroizing;

use super::KEY_BYTES;

/// The length of the synthetic initialisation vector, which is the tag too, in bytes.
const TAG: usize = 16;

/// No associated data: what the texts belong to is in the key.
const NONE: [&[u8]; 0] = [];

/// A key of AES-SIV.
pub(crate) struct Siv(Zeroizing<[u8; 2 * KEY_BYTES]>);

/// AES-SIV at work on one thread.
pub(crate) struct SivAtWork(Aes256Siv);

impl Siv {
    /// Joins the key of the vector and that of the counter mode.
    pub(super) fn new(authenticate: &[u8; KEY_BYTES], encrypt: &[u8; KEY_BYTES]) -> Self {
        let mut key = Zeroizing::new([0; 2 * KEY_BYTES]);
        key[..KEY_BYTES].copy_from_slice(authenticate);
        key[KEY_BYTES..].copy_from_slice(encrypt);
        Self(key)
    }

    /// Puts the key to work.
    pub(crate) fn start(&self) -> SivAtWork {
        SivAtWork(Aes256Siv::new((&*self.0).into()))
    }
}

impl SivAtWork {
    /// Writes the vector and the encrypted text into `sealed`. It fails only beyond what memory can hold.
    #[must_use]
    pub(crate) fn seal(&mut self, text: &[u8], sealed: &mut Vec<u8>) -> bool {
        sealed.clear();
        sealed.resize(TAG, 0);
        sealed.extend_from_slice(text);
        let (head, body) = sealed.split_at_mut(TAG);
        let tag = self.0.encrypt_inout_detached(NONE, body.into());
        tag.map(|tag| head.copy_from_slice(&tag)).is_ok()
    }

    /// Gives back what was sealed; nothing, if it was not sealed with this key or is not what it was.
    pub(crate) fn open<'s>(&mut self, sealed: &'s mut [u8]) -> Option<&'s [u8]> {
        let (head, body) = sealed.split_at_mut_checked(TAG)?;
        let tag = <[u8; TAG]>::try_from(&*head).ok()?.into();
        self.0.decrypt_inout_detached(NONE, (&mut *body).into(), &tag).ok()?;
        Some(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_is_what_was_sealed_and_nothing_else_opens() {
        let siv = Siv::new(&[1; 32], &[2; 32]);
        let mut sealed = Vec::new();
        for length in [0, 1, 15, 16, 17, 500] {
            let text: Vec<u8> = (0..length).map(|place| place as u8).collect();
            assert!(siv.start().seal(&text, &mut sealed));
            assert_eq!(sealed.len(), TAG + text.len());
            for place in [0, TAG - 1, sealed.len() - 1] {
                let mut forged = sealed.clone();
                forged[place] ^= 1;
                assert_eq!(siv.start().open(&mut forged), None);
            }
            assert_eq!(Siv::new(&[3; 32], &[2; 32]).start().open(&mut sealed.clone()), None);
            assert_eq!(siv.start().open(&mut sealed), Some(&text[..]));
        }
        assert_eq!(siv.start().open(&mut [0; TAG - 1]), None);
    }

    /// SIV put together from its parts by RFC 5297: S2V of one string of at least 16 bytes without associated data is
    /// CMAC of the string with its end xored with CMAC of zero.
    #[test]
    fn the_vector_and_the_key_stream_are_those_of_the_rfc() {
        use aes::cipher::{Array, BlockCipherEncrypt};

        let text = *b"exactly two whole blocks of text";
        let (mac, encrypt) = ([1; 32], [2; 32]);
        let cipher = |key: [u8; 32], block: u128| {
            let mut block = Array::from(block.to_be_bytes());
            aes::Aes256::new(&Array::from(key)).encrypt_block(&mut block);
            u128::from_be_bytes(block.into())
        };
        let double = |value: u128| value << 1 ^ if value >> 127 == 1 { 0x87 } else { 0 };
        let first = double(cipher(mac, 0));
        let of_zero = cipher(mac, first);
        let (blocks, _) = text.as_chunks::<16>();
        let [a, b] = [u128::from_be_bytes(blocks[0]), u128::from_be_bytes(blocks[1])];
        let vector = cipher(mac, cipher(mac, a) ^ b ^ of_zero ^ first);
        let counter = vector & !(1 << 63 | 1 << 31);
        let sealed = [vector, cipher(encrypt, counter) ^ a, cipher(encrypt, counter + 1) ^ b];

        let mut ours = Vec::new();
        assert!(Siv::new(&mac, &encrypt).start().seal(&text, &mut ours));
        assert_eq!(ours, sealed.map(u128::to_be_bytes).concat());
    }
}
