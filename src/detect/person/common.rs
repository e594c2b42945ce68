//! Names that are common words, places or months as well.

/// Lists by what they are beside names, each apart by blanks.
pub(super) const COMMON: &[&str] = &[
    // Months, days, seasons.
    "april may june august summer autumn winter january dawn noel avril mai juin sunday friday monday sommer",
    // Places.
    "paris london chelsea brooklyn sydney austin dallas houston jackson madison lincoln washington virginia georgia \
     carolina dakota savannah florence vienna sofia milan india china asia africa america israel jordan chad kenya \
     ireland england france holland york kent devon essex berlin hamburg bergen cologne geneva verona roma siena \
     catalina santiago cordoba leon valencia toledo medina salvador cuba victoria adelaide perth regina alexandria \
     camden kingston charlotte phoenix cheyenne denver memphis orlando trenton boston lancaster burlington windsor \
     roman roma romano napoli genova costa texas troy odessa petra lourdes trinidad guadalupe montana nevada indiana",
    // English words.
    "will mark bill grant rose grace hope faith joy art bob drew frank gene grant guy jack lance max \
     nick pat pearl penny pierce ray rich rod rusty sandy skip stone sue ty wade ward amber angel autumn basil bell \
     berry bishop black blue bond book booth bridge brook brooks brown buck bud bush butler carpenter case cash chance \
     chase chip christian church clay cliff cloud coach coal cole colt cook cooper cotton crystal curry daisy dale dean \
     destiny diamond dick dill dollar don earl early ebony eden english ever farmer field finch fish fisher flower ford \
     forest fox freeman french gardener gardner garnet gay german glass gold golden good goodman gray green grey grove \
     hall harmony harper hart hazel heath heather heaven hill holly holt home honey hood house hunt hunter hyman iris \
     ivory ivy jade jasmine jewel jet judge justice king kitty knight lake lamb land lane large law leaf lee lily linen \
     little logan long lord love low lucky major marina marine marsh marshall mason maximum melody mercy merry mill miller \
     miles mills mint mister monk moon moor moore mountain myrtle nettle new night noble north norm oak ocean olive opal \
     page paige park parks parker parsons patience peace perry pine piper plumb pointer police poole poppy porter potter \
     powers precious presley price pride prince princess purple queen quick rain randy raven reason red reed reid rice \
     ridge rivers river robin rock rocky rod rowan royal ruby sage sawyer scarlet sharp shepherd short silver simple \
     singer skinner sky small smart snow sparks spring star steel sterling stewart storm story street strong summers \
     swan sweet swift taylor temple thorn tiger timber tower town trinity true turner vance violet walker wall \
     walls waters wave weaver weed welcome well wells west wheat wheeler white wild willow wills winner wise wolf wood \
     woods worth wright young zen baby brain christ dot general gentle hero legend lex lexi mina nova prime pro reba \
     santa silver sonny sunny tad than treasure unique viva wood world ten so do the son day today an or as if my ha oh",
    // French, German, Spanish, Italian, Portuguese and Dutch words.
    "petit grand legrand blanc noir brun roux roy fleur aime ange constant lange kurz klein gross \
     schwarz braun weiss jung koch bauer fischer richter kaiser konig wolf vogel horn stein berg bach ernst engel fromm \
     sommer herbst post markt cruz luz sol rosa rosario mercedes pilar angeles dolores remedios soledad consuelo concepcion \
     paz blanco rubio moreno delgado bravo calvo leal gallo campos flores torres iglesias reyes reis santos cortes mora vega \
     rio rios fuentes castillo soto prado rosso bianco bianchi rossi gatto gallo leone monti conti testa villa fiore \
     guerra serra costa silva rocha campo pinto lobo melo neto dias mar nova bela vos bos boer dijk kok haas groot jong \
     meer dam visser bakker sala gentile amato longo bruno basile fontana fontaine marchand mercier can deniz gul ates \
     kara sari polat arslan demir gunes bulut long hai son nam an min wan song sun he you she wei han sea ping hong kong \
     bang gang pan tang li ho lo le do vu to ten mai kim yen ban mori mina kana arata nino bambang joko data van sen ali",
    // What headings, companies and software say.
    "story test sample demo admin guest client server main branch master model mobile case page core delta alpha beta \
     omega sigma atlas apollo mercury mars venus jupiter saturn luna stella ada java ruby crystal pascal perl \
     basic kafka oracle linux ubuntu ford tesla mercedes porsche ferrari chanel armani prada gucci dior philips \
     siemens bosch benz boss hilton marriott harley kellogg nestle dell hewlett packard morgan stanley wells fargo",
];
