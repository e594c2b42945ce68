//! Countries and the states of the United States, by name and by code.

use std::sync::LazyLock;

use fake::locales::{Data, EN, FR_FR, IT_IT, NL_NL, PT_BR, PT_PT, TR_TR};

use crate::detect::fold::Lexicon;

/// Names of countries beside the English ones that the `fake` crate has: short forms, then German, French, Spanish,
/// Italian, Portuguese and Dutch ones of the countries that come most often.
const NAMES: &str = "united states,usa,u.s.a.,united states of america,uk,great britain,england,scotland,wales,northern ireland,\
    russia,south korea,north korea,vietnam,viet nam,iran,syria,czechia,czech republic,slovakia,the netherlands,holland,north macedonia,\
    moldova,bolivia,tanzania,laos,brunei,turkiye,ivory coast,cape verde,eswatini,myanmar,burma,kosovo,palestine,taiwan,hong kong,macau,\
    deutschland,osterreich,oesterreich,schweiz,frankreich,italien,spanien,niederlande,belgien,polen,tschechien,ungarn,griechenland,\
    turkei,tuerkei,russland,schweden,norwegen,danemark,daenemark,finnland,vereinigtes konigreich,grossbritannien,irland,rumanien,bulgarien,\
    kroatien,slowenien,slowakei,vereinigte staaten,kanada,brasilien,mexiko,australien,neuseeland,indien,japan,agypten,sudafrika,\
    allemagne,autriche,suisse,france,italie,espagne,pays-bas,belgique,pologne,hongrie,grece,turquie,russie,suede,norvege,danemark,\
    finlande,royaume-uni,irlande,roumanie,bulgarie,croatie,etats-unis,bresil,mexique,australie,nouvelle-zelande,inde,japon,chine,\
    egypte,maroc,algerie,tunisie,senegal,cote d'ivoire,cameroun,\
    alemania,austria,suiza,francia,italia,espana,paises bajos,belgica,polonia,hungria,grecia,turquia,rusia,suecia,noruega,dinamarca,\
    finlandia,reino unido,irlanda,rumania,croacia,estados unidos,brasil,mexico,nueva zelanda,corea del sur,egipto,marruecos,sudafrica,\
    germania,svizzera,spagna,paesi bassi,belgio,ungheria,turchia,svezia,norvegia,danimarca,regno unito,stati uniti,brasile,messico,\
    giappone,cina,egitto,marocco,\
    alemanha,suica,franca,espanha,paises baixos,holanda,suecia,russia,japao,marrocos,africa do sul,\
    duitsland,oostenrijk,zwitserland,frankrijk,spanje,nederland,belgie,hongarije,griekenland,turkije,zweden,noorwegen,denemarken,\
    verenigd koninkrijk,ierland,roemenie,verenigde staten,marokko,\
    polska,cesko,slovensko,magyarorszag,sverige,norge,danmark,suomi,romania,hrvatska,slovenija,srbija,ellada,rossiya,ukraina";

/// ISO 3166-1 codes of three letters.
const CODES: &str = "abw afg ago aia ala alb and are arg arm asm ata atf atg aus aut aze bdi bel ben bes bfa bgd bgr bhr bhs bih blm \
    blr blz bmu bol bra brb brn btn bvt bwa caf can cck che chl chn civ cmr cod cog cok col com cpv cri cub cuw cxr cym cyp cze deu \
    dji dma dnk dom dza ecu egy eri esh esp est eth fin fji flk fra fro fsm gab gbr geo ggy gha gib gin glp gmb gnb gnq grc grd grl \
    gtm guf gum guy hkg hmd hnd hrv hti hun idn imn ind iot irl irn irq isl isr ita jam jey jor jpn kaz ken kgz khm kir kna kor kwt \
    lao lbn lbr lby lca lie lka lso ltu lux lva mac maf mar mco mda mdg mdv mex mhl mkd mli mlt mmr mne mng mnp moz mrt msr mtq mus \
    mwi mys myt nam ncl ner nfk nga nic niu nld nor npl nru nzl omn pak pan pcn per phl plw png pol pri prk prt pry pse pyf qat reu \
    rou rus rwa sau sdn sen sgp sgs shn sjm slb sle slv smr som spm srb ssd stp sur svk svn swe swz sxm syc syr tca tcd tgo tha tjk \
    tkl tkm tls ton tto tun tur tuv twn tza uga ukr umi ury usa uzb vat vct ven vgb vir vnm vut wlf wsm yem zaf zmb zwe";

static COUNTRIES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let lists = [
        EN::ADDRESS_COUNTRY,
        FR_FR::ADDRESS_COUNTRY,
        IT_IT::ADDRESS_COUNTRY,
        NL_NL::ADDRESS_COUNTRY,
        PT_PT::ADDRESS_COUNTRY,
        PT_BR::ADDRESS_COUNTRY,
        TR_TR::ADDRESS_COUNTRY,
    ];
    let theirs = lists.into_iter().flatten().copied();
    Lexicon::new(theirs.chain(NAMES.split(',')).map(|name| (name, ())), |(), ()| ())
});

static STATES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let names = EN::ADDRESS_STATE.iter().copied().chain(["District of Columbia", "Puerto Rico"]);
    Lexicon::new(names.map(|name| (name, ())), |(), ()| ())
});

/// Whether the whole of `text` is a country's name in English or in one of the languages round it, in any case.
pub fn country(text: &str) -> bool {
    COUNTRIES.get(text.trim()).is_some()
}

/// Whether `text` is an ISO 3166-1 code of two or three letters, all of them capitals or all of them small.
pub fn country_code(text: &str) -> bool {
    let text = text.trim();
    let one_case =
        text.bytes().all(|byte| byte.is_ascii_uppercase()) || text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is = |code: &str| code.eq_ignore_ascii_case(text);
    one_case
        && match text.len() {
            2 => EN::ADDRESS_COUNTRY_CODE.iter().any(|code| is(code)),
            3 => CODES.split_ascii_whitespace().any(is),
            _ => false,
        }
}

/// Whether `text` is a state of the United States, by its name in any case or by its code in capitals.
pub fn us_state(text: &str) -> bool {
    let text = text.trim();
    EN::ADDRESS_STATE_ABBR.contains(&text) || matches!(text, "DC" | "PR") || STATES.get(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_states_are_known() {
        for name in [
            "France",
            "GERMANY",
            "Deutschland",
            "España",
            "Côte d'Ivoire",
            "United States",
            "Türkiye",
            "België",
            "Nederland",
        ] {
            assert!(country(name), "{name}");
        }
        for code in ["DE", "de", "USA", "gbr"] {
            assert!(country_code(code), "{code}");
        }
        for state in ["California", "new york", "CA", "DC"] {
            assert!(us_state(state), "{state}");
        }
        for text in ["", "Street", "Atlantis", "xx", "De", "XXX", "ca", "Bavaria"] {
            assert!(!country(text) && !country_code(text) && !us_state(text) || text == "ca", "{text}");
        }
        assert!(!us_state("ca"));
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        assert_eq!(CODES.split_ascii_whitespace().count(), 249);
    }
}
