//! The European Union.

use super::{
    Alphabet, Kind, NationalNumber, at, be, bg, cy, cz, de, dk, ee, es, fi, fr, gb, gr, hr, hu, ie, it, lt, lu, lv, mt,
    nl, pl, pt, ro, se, si, sk,
};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "EU",
    name: "eu_vat",
    title: "VAT number of the European Union with its country",
    kind: Kind::Company,
    lengths: &[8, 9, 10, 11, 12, 13, 14],
    alphabet: Alphabet::Alphanumeric,
    shapes: &[
        "AA999999",
        "AA9999999",
        "AA99999999",
        "AA999999999",
        "AA9999999999",
        "AA99999999999",
        "AA999999999999",
        "AAA99999999",
        "AA99999999A",
        "AAA9999999A",
        "AA9999999A",
        "AA9999999AA",
        "AA999999999A99",
    ],
    check: vat,
    odds: 1.3e-8,
    odds_in_shape: 0.00031,
    separated: &[
        "AA 999999999",
        "AA 99999999",
        "AA 999 999 999",
        "AA 9999.999.999",
        "AA 999999999A99",
        "AA 99 999999999",
    ],
    words: &["vat", "vat number", "vat id", "ust-id", "ustid", "tva", "iva", "btw", "moms", "nip", "uid"],
}];

/// VAT number with its country before it, as in the directive 2006/112/EC, article 215; XI is Northern Ireland.
fn vat(number: &[u8]) -> bool {
    let Some((country, rest)) = number.split_first_chunk::<2>() else { return false };
    match country {
        b"AT" => at::uid(rest),
        b"BE" => be::vat(rest),
        b"BG" => bg::vat(rest),
        b"CY" => cy::tic(rest),
        b"CZ" => cz::dic(rest),
        b"DE" => de::vat(rest),
        b"DK" => dk::cvr(rest),
        b"EE" => ee::kmkr(rest),
        b"EL" | b"GR" => gr::afm(rest),
        b"ES" => es::nif(rest),
        b"FI" => fi::ytunnus(rest),
        b"FR" => fr::tva(rest),
        b"HR" => hr::oib(rest),
        b"HU" => hu::anum(rest),
        b"IE" => ie::vat(rest),
        b"IT" => it::iva(rest),
        b"LT" => lt::pvm(rest),
        b"LU" => lu::tva(rest),
        b"LV" => lv::pvn(rest),
        b"MT" => mt::vat(rest),
        b"NL" => nl::btw(rest),
        b"PL" => pl::nip(rest),
        b"PT" => pt::nif(rest),
        b"RO" => ro::cui(rest),
        b"SE" => se::vat(rest),
        b"SI" => si::ddv(rest),
        b"SK" => sk::dph(rest),
        b"XI" => gb::vat(rest),
        _ => false,
    }
}
