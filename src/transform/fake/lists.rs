//! More lists of our own, of places, titles, states, countries and occupations. A list that changes, changes the fakes
//! made of it.

use super::list::List;

pub(super) const CY_CITIES: List = &[
    "Aberaeron", "Aberdâr", "Abergele", "Abertawe", "Aberteifi", "Aberystwyth", "Amlwch", "Bangor", "Caerdydd", "Caerfyrddin",
    "Caergybi", "Caernarfon", "Casnewydd", "Castell-nedd", "Conwy", "Cricieth", "Dinbych", "Dinbych-y-pysgod", "Dolgellau",
    "Fflint", "Harlech", "Hwlffordd", "Llandeilo", "Llandudno", "Llanelli", "Llangefni", "Llangollen", "Machynlleth",
    "Merthyr Tudful", "Penarth", "Pontypridd", "Porthmadog", "Pwllheli", "Rhuthun", "Tregaron", "Treffynnon", "Tyddewi",
    "Wrecsam", "Y Bala", "Y Barri", "Y Drenewydd", "Y Rhyl", "Yr Wyddgrug", "Ystradgynlais",
];
pub(super) const IT_CITIES: List = &[
    "Agrigento", "Alessandria", "Ancona", "Aosta", "Arezzo", "Asti", "Avellino", "Bari", "Belluno", "Benevento", "Bergamo",
    "Biella", "Bologna", "Bolzano", "Brescia", "Brindisi", "Cagliari", "Caserta", "Catania", "Catanzaro", "Chieti", "Como",
    "Cosenza", "Cremona", "Crotone", "Cuneo", "Enna", "Ferrara", "Firenze", "Foggia", "Forlì", "Frosinone", "Genova",
    "Gorizia", "Grosseto", "Imperia", "Isernia", "L'Aquila", "La Spezia", "Latina", "Lecce", "Lecco", "Livorno", "Lucca",
    "Macerata", "Mantova", "Matera", "Messina", "Milano", "Modena", "Monza", "Napoli", "Novara", "Nuoro", "Oristano",
    "Padova", "Palermo", "Parma", "Pavia", "Perugia", "Pesaro", "Pescara", "Piacenza", "Pisa", "Pistoia", "Pordenone",
    "Potenza", "Prato", "Ragusa", "Ravenna", "Reggio Emilia", "Rieti", "Rimini", "Roma", "Rovigo", "Salerno", "Sassari",
    "Savona", "Siena", "Siracusa", "Sondrio", "Taranto", "Teramo", "Terni", "Torino", "Trapani", "Trento", "Treviso",
    "Trieste", "Udine", "Varese", "Venezia", "Verbania", "Vercelli", "Verona", "Vicenza", "Viterbo",
];
pub(super) const NL_CITIES: List = &[
    "Alkmaar", "Almelo", "Almere", "Alphen aan den Rijn", "Amersfoort", "Amstelveen", "Amsterdam", "Apeldoorn", "Arnhem",
    "Assen", "Bergen op Zoom", "Breda", "Delft", "Den Helder", "Deventer", "Doetinchem", "Dordrecht", "Ede", "Eindhoven",
    "Emmen", "Enschede", "Gouda", "Groningen", "Haarlem", "Harderwijk", "Heerenveen", "Heerlen", "Helmond", "Hengelo",
    "Hilversum", "Hoofddorp", "Hoorn", "Kampen", "Leeuwarden", "Leiden", "Lelystad", "Maastricht", "Meppel", "Middelburg",
    "Nijmegen", "Oss", "Purmerend", "Roermond", "Roosendaal", "Rotterdam", "Schiedam", "Sittard", "Sneek", "Spijkenisse",
    "Terneuzen", "Tiel", "Tilburg", "Utrecht", "Veenendaal", "Venlo", "Vlaardingen", "Vlissingen", "Wageningen", "Weert",
    "Zaandam", "Zeist", "Zoetermeer", "Zutphen", "Zwolle",
];
pub(super) const PT_CITIES: List = &[
    "Abrantes", "Águeda", "Albufeira", "Alcobaça", "Almada", "Amadora", "Amarante", "Angra do Heroísmo", "Aveiro",
    "Barcelos", "Barreiro", "Beja", "Braga", "Bragança", "Caldas da Rainha", "Castelo Branco", "Chaves", "Coimbra",
    "Covilhã", "Elvas", "Espinho", "Estremoz", "Évora", "Fafe", "Faro", "Fátima", "Figueira da Foz", "Funchal", "Gondomar",
    "Guarda", "Guimarães", "Horta", "Lagos", "Lamego", "Leiria", "Lisboa", "Loulé", "Maia", "Marinha Grande", "Matosinhos",
    "Mirandela", "Odivelas", "Olhão", "Ovar", "Penafiel", "Peniche", "Pombal", "Ponta Delgada", "Portalegre", "Portimão",
    "Porto", "Póvoa de Varzim", "Santarém", "Setúbal", "Silves", "Sines", "Tavira", "Tomar", "Torres Vedras", "Viana do Castelo",
    "Vila do Conde", "Vila Real", "Viseu",
];
pub(super) const BR_CITIES: List = &[
    "Anápolis", "Aracaju", "Bauru", "Belém", "Belo Horizonte", "Blumenau", "Boa Vista", "Brasília", "Campina Grande",
    "Campinas", "Campo Grande", "Caruaru", "Cascavel", "Caxias do Sul", "Chapecó", "Contagem", "Criciúma", "Cuiabá",
    "Curitiba", "Feira de Santana", "Florianópolis", "Fortaleza", "Foz do Iguaçu", "Goiânia", "Guarulhos", "Ilhéus",
    "Imperatriz", "Itajaí", "Jaboatão dos Guararapes", "João Pessoa", "Joinville", "Juazeiro do Norte", "Juiz de Fora",
    "Londrina", "Macapá", "Maceió", "Manaus", "Marabá", "Maringá", "Montes Claros", "Mossoró", "Natal", "Niterói", "Olinda",
    "Osasco", "Palmas", "Pelotas", "Petrolina", "Petrópolis", "Piracicaba", "Porto Alegre", "Porto Velho", "Recife",
    "Ribeirão Preto", "Rio Branco", "Rio de Janeiro", "Salvador", "Santa Maria", "Santos", "São Luís", "São Paulo",
    "Sorocaba", "Teresina", "Uberaba", "Uberlândia", "Vitória", "Volta Redonda",
];
pub(super) const TR_CITIES: List = &[
    "Adana", "Adıyaman", "Afyonkarahisar", "Ağrı", "Aksaray", "Amasya", "Ankara", "Antalya", "Artvin", "Aydın", "Balıkesir",
    "Bartın", "Batman", "Bilecik", "Bingöl", "Bolu", "Burdur", "Bursa", "Çanakkale", "Çankırı", "Çorum", "Denizli",
    "Diyarbakır", "Düzce", "Edirne", "Elazığ", "Erzincan", "Erzurum", "Eskişehir", "Gaziantep", "Giresun", "Isparta",
    "İstanbul", "İzmir", "Kahramanmaraş", "Karabük", "Karaman", "Kars", "Kastamonu", "Kayseri", "Kırıkkale", "Kırklareli",
    "Kırşehir", "Kilis", "Konya", "Kütahya", "Malatya", "Manisa", "Mardin", "Mersin", "Muğla", "Nevşehir", "Niğde", "Ordu",
    "Rize", "Samsun", "Siirt", "Sinop", "Sivas", "Şanlıurfa", "Tekirdağ", "Tokat", "Trabzon", "Tunceli", "Uşak", "Van",
    "Yalova", "Yozgat", "Zonguldak",
];
pub(super) const JP_CITIES: List = &[
    "札幌市", "函館市", "旭川市", "青森市", "盛岡市", "仙台市", "秋田市", "山形市", "福島市", "水戸市", "宇都宮市", "前橋市",
    "さいたま市", "千葉市", "横浜市", "川崎市", "新潟市", "富山市", "金沢市", "福井市", "甲府市", "長野市", "松本市", "岐阜市",
    "静岡市", "浜松市", "名古屋市", "豊橋市", "津市", "大津市", "京都市", "大阪市", "堺市", "神戸市", "姫路市", "奈良市",
    "和歌山市", "鳥取市", "松江市", "岡山市", "倉敷市", "広島市", "山口市", "下関市", "徳島市", "高松市", "松山市", "高知市",
    "福岡市", "北九州市", "佐賀市", "長崎市", "熊本市", "大分市", "宮崎市", "鹿児島市", "那覇市",
];
pub(super) const CN_CITIES: List = &[
    "北京", "上海", "天津", "重庆", "广州", "深圳", "珠海", "佛山", "东莞", "南京", "苏州", "无锡", "常州", "扬州", "杭州", "宁波",
    "温州", "绍兴", "合肥", "芜湖", "福州", "厦门", "泉州", "南昌", "九江", "济南", "青岛", "烟台", "潍坊", "郑州", "洛阳", "开封",
    "武汉", "宜昌", "长沙", "株洲", "南宁", "桂林", "海口", "三亚", "成都", "绵阳", "贵阳", "遵义", "昆明", "大理", "拉萨", "西安",
    "咸阳", "兰州", "西宁", "银川", "乌鲁木齐", "呼和浩特", "包头", "太原", "大同", "石家庄", "唐山", "保定", "沈阳", "大连", "长春",
    "吉林", "哈尔滨", "大庆",
];
pub(super) const TW_CITIES: List = &[
    "臺北市", "新北市", "桃園市", "臺中市", "臺南市", "高雄市", "基隆市", "新竹市", "嘉義市", "竹北市", "苗栗市", "彰化市",
    "員林市", "南投市", "斗六市", "太保市", "朴子市", "屏東市", "宜蘭市", "花蓮市", "臺東市", "馬公市",
];
pub(super) const SA_CITIES: List = &[
    "الرياض", "جدة", "مكة المكرمة", "المدينة المنورة", "الدمام", "الخبر", "الظهران", "الطائف", "تبوك", "بريدة", "خميس مشيط",
    "أبها", "حائل", "نجران", "جازان", "ينبع", "الجبيل", "الهفوف", "القطيف", "عرعر", "سكاكا", "الباحة", "عنيزة", "الخرج", "بيشة",
];
pub(super) const IR_CITIES: List = &[
    "تهران", "مشهد", "اصفهان", "کرج", "شیراز", "تبریز", "قم", "اهواز", "کرمانشاه", "ارومیه", "رشت", "زاهدان", "همدان", "کرمان",
    "یزد", "اردبیل", "بندرعباس", "اراک", "زنجان", "سنندج", "قزوین", "خرم‌آباد", "گرگان", "ساری", "بجنورد", "بوشهر", "بیرجند",
    "ایلام", "شهرکرد", "سمنان", "یاسوج", "کاشان", "نیشابور", "سبزوار", "بابل", "آمل",
];

pub(super) const GB_REGIONS: List = &[
    "Aberdeenshire", "Anglesey", "Angus", "Argyll and Bute", "Bedfordshire", "Berkshire", "Buckinghamshire",
    "Cambridgeshire", "Carmarthenshire", "Ceredigion", "Cheshire", "Cornwall", "County Antrim", "County Armagh",
    "County Down", "County Fermanagh", "County Londonderry", "County Tyrone", "Cumbria", "Derbyshire", "Devon", "Dorset",
    "Durham", "East Sussex", "Essex", "Fife", "Flintshire", "Gloucestershire", "Greater London", "Greater Manchester",
    "Gwynedd", "Hampshire", "Herefordshire", "Hertfordshire", "Highland", "Isle of Wight", "Kent", "Lancashire",
    "Leicestershire", "Lincolnshire", "Merseyside", "Monmouthshire", "Moray", "Norfolk", "North Yorkshire",
    "Northamptonshire", "Northumberland", "Nottinghamshire", "Oxfordshire", "Pembrokeshire", "Perth and Kinross", "Powys",
    "Rutland", "Scottish Borders", "Shropshire", "Somerset", "South Yorkshire", "Staffordshire", "Suffolk", "Surrey",
    "Tyne and Wear", "Warwickshire", "West Midlands", "West Sussex", "West Yorkshire", "Wiltshire", "Worcestershire",
];
pub(super) const CY_REGIONS: List = &[
    "Abertawe", "Blaenau Gwent", "Bro Morgannwg", "Caerdydd", "Caerffili", "Casnewydd", "Castell-nedd Port Talbot",
    "Ceredigion", "Conwy", "Gwynedd", "Merthyr Tudful", "Pen-y-bont ar Ogwr", "Powys", "Rhondda Cynon Taf", "Sir Benfro",
    "Sir Ddinbych", "Sir Fynwy", "Sir Gaerfyrddin", "Sir y Fflint", "Torfaen", "Wrecsam", "Ynys Môn",
];
pub(super) const FR_REGIONS: List = &[
    "Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse", "Grand Est", "Guadeloupe",
    "Guyane", "Hauts-de-France", "Île-de-France", "La Réunion", "Martinique", "Mayotte", "Normandie", "Nouvelle-Aquitaine",
    "Occitanie", "Pays de la Loire", "Provence-Alpes-Côte d'Azur",
];
pub(super) const IT_REGIONS: List = &[
    "Abruzzo", "Basilicata", "Calabria", "Campania", "Emilia-Romagna", "Friuli-Venezia Giulia", "Lazio", "Liguria",
    "Lombardia", "Marche", "Molise", "Piemonte", "Puglia", "Sardegna", "Sicilia", "Toscana", "Trentino-Alto Adige", "Umbria",
    "Valle d'Aosta", "Veneto",
];
pub(super) const JP_REGIONS: List = &[
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都",
    "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府",
    "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県",
    "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
];
pub(super) const CN_REGIONS: List = &[
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省",
    "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省", "重庆市", "四川省", "贵州省",
    "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区",
];
pub(super) const TW_REGIONS: List = &[
    "臺北市", "新北市", "桃園市", "臺中市", "臺南市", "高雄市", "基隆市", "新竹市", "嘉義市", "新竹縣", "苗栗縣", "彰化縣", "南投縣",
    "雲林縣", "嘉義縣", "屏東縣", "宜蘭縣", "花蓮縣", "臺東縣", "澎湖縣", "金門縣", "連江縣",
];
pub(super) const SA_REGIONS: List = &[
    "الرياض", "مكة المكرمة", "المدينة المنورة", "القصيم", "الشرقية", "عسير", "تبوك", "حائل", "الحدود الشمالية", "جازان", "نجران",
    "الباحة", "الجوف",
];

pub(super) const DE_COUNTRIES: List = &[
    "Ägypten", "Albanien", "Algerien", "Argentinien", "Armenien", "Äthiopien", "Australien", "Bangladesch", "Belgien",
    "Bolivien", "Bosnien und Herzegowina", "Brasilien", "Bulgarien", "Chile", "China", "Costa Rica", "Dänemark",
    "Deutschland", "Ecuador", "Estland", "Finnland", "Frankreich", "Georgien", "Ghana", "Griechenland", "Indien",
    "Indonesien", "Irak", "Iran", "Irland", "Island", "Israel", "Italien", "Japan", "Jordanien", "Kamerun", "Kanada",
    "Kasachstan", "Kenia", "Kolumbien", "Kroatien", "Kuba", "Lettland", "Libanon", "Litauen", "Luxemburg", "Malaysia", "Malta",
    "Marokko", "Mexiko", "Mongolei", "Montenegro", "Namibia", "Nepal", "Neuseeland", "Niederlande", "Nigeria",
    "Nordmazedonien", "Norwegen", "Österreich", "Pakistan", "Panama", "Paraguay", "Peru", "Philippinen", "Polen", "Portugal",
    "Rumänien", "Schweden", "Schweiz", "Senegal", "Serbien", "Singapur", "Slowakei", "Slowenien", "Spanien", "Sri Lanka",
    "Südafrika", "Südkorea", "Tansania", "Thailand", "Tschechien", "Tunesien", "Türkei", "Uganda", "Ukraine", "Ungarn",
    "Uruguay", "Usbekistan", "Venezuela", "Vereinigte Staaten", "Vereinigtes Königreich", "Vietnam", "Zypern",
];
pub(super) const BR_COUNTRIES: List = &[
    "África do Sul", "Alemanha", "Angola", "Arábia Saudita", "Argélia", "Argentina", "Austrália", "Áustria", "Bélgica",
    "Bolívia", "Brasil", "Bulgária", "Cabo Verde", "Canadá", "Chile", "China", "Colômbia", "Coreia do Sul", "Costa Rica",
    "Croácia", "Cuba", "Dinamarca", "Egito", "Equador", "Eslováquia", "Eslovênia", "Espanha", "Estados Unidos", "Estônia",
    "Filipinas", "Finlândia", "França", "Grécia", "Guatemala", "Haiti", "Holanda", "Hungria", "Índia", "Indonésia", "Irlanda",
    "Islândia", "Israel", "Itália", "Jamaica", "Japão", "Letônia", "Líbano", "Lituânia", "Marrocos", "México", "Moçambique",
    "Nigéria", "Noruega", "Nova Zelândia", "Panamá", "Paraguai", "Peru", "Polônia", "Portugal", "Quênia", "Reino Unido",
    "Romênia", "Rússia", "Senegal", "Sérvia", "Suécia", "Suíça", "Tailândia", "Timor-Leste", "Tunísia", "Turquia", "Ucrânia",
    "Uruguai", "Venezuela", "Vietnã",
];
pub(super) const JP_COUNTRIES: List = &[
    "アイスランド", "アイルランド", "アメリカ合衆国", "アルゼンチン", "イギリス", "イタリア", "インド", "インドネシア", "ウクライナ",
    "ウルグアイ", "エクアドル", "エジプト", "エストニア", "オーストラリア", "オーストリア", "オランダ", "カナダ", "カンボジア",
    "キューバ", "ギリシャ", "クロアチア", "ケニア", "コロンビア", "シンガポール", "スイス", "スウェーデン", "スペイン", "スリランカ",
    "スロバキア", "スロベニア", "タイ", "チェコ", "チリ", "デンマーク", "ドイツ", "トルコ", "ナイジェリア", "ニュージーランド", "ネパール",
    "ノルウェー", "パキスタン", "ハンガリー", "フィリピン", "フィンランド", "ブラジル", "フランス", "ブルガリア", "ベトナム", "ベルギー",
    "ペルー", "ポーランド", "ポルトガル", "マレーシア", "メキシコ", "モロッコ", "モンゴル", "ラトビア", "リトアニア", "ルーマニア", "中国",
    "南アフリカ", "日本", "韓国",
];
pub(super) const TW_COUNTRIES: List = &[
    "美國", "加拿大", "墨西哥", "巴西", "阿根廷", "智利", "秘魯", "哥倫比亞", "英國", "愛爾蘭", "法國", "德國", "荷蘭", "比利時", "瑞士",
    "奧地利", "義大利", "西班牙", "葡萄牙", "希臘", "丹麥", "挪威", "瑞典", "芬蘭", "冰島", "波蘭", "捷克", "匈牙利", "土耳其", "日本",
    "韓國", "蒙古", "菲律賓", "越南", "泰國", "馬來西亞", "新加坡", "印尼", "印度", "尼泊爾", "澳洲", "紐西蘭", "埃及", "南非", "肯亞",
    "摩洛哥", "臺灣",
];
pub(super) const SA_COUNTRIES: List = &[
    "المملكة العربية السعودية", "الإمارات العربية المتحدة", "الكويت", "قطر", "البحرين", "عمان", "اليمن", "العراق", "سوريا",
    "لبنان", "الأردن", "فلسطين", "مصر", "السودان", "ليبيا", "تونس", "الجزائر", "المغرب", "موريتانيا", "الصومال", "تركيا", "الهند",
    "باكستان", "إندونيسيا", "ماليزيا", "الصين", "اليابان", "كوريا الجنوبية", "فرنسا", "ألمانيا", "إسبانيا", "إيطاليا", "البرتغال",
    "اليونان", "هولندا", "بلجيكا", "سويسرا", "السويد", "النرويج", "كندا", "البرازيل", "الأرجنتين", "المكسيك", "كينيا", "نيجيريا",
];

pub(super) const BR_TITLES: List = &["Sr.", "Sra.", "Srta.", "Dr.", "Dra.", "Prof.", "Profa."];
pub(super) const JP_TITLES: List = &["様", "さん", "氏", "先生"];
pub(super) const SA_TITLES: List = &["السيد", "السيدة", "الآنسة", "الدكتور", "الدكتورة", "الأستاذ", "الأستاذة", "المهندس"];

pub(super) const FR_JOBS: List = &[
    "Acheteur", "Administrateur réseau", "Agent d'accueil", "Aide-soignant", "Analyste financier", "Architecte", "Assistant de direction",
    "Assistant social", "Avocat", "Bibliothécaire", "Boulanger", "Caissier", "Chargé de communication", "Charpentier",
    "Chauffeur routier", "Chef de projet", "Coiffeur", "Comptable", "Conducteur de travaux", "Conseiller clientèle",
    "Contrôleur de gestion", "Cuisinier", "Dentiste", "Développeur", "Directeur commercial", "Documentaliste", "Éducateur",
    "Électricien", "Enseignant", "Facteur", "Fleuriste", "Géomètre", "Graphiste", "Horticulteur", "Infirmier", "Ingénieur",
    "Jardinier", "Journaliste", "Juriste", "Kinésithérapeute", "Logisticien", "Maçon", "Mécanicien", "Médecin", "Menuisier",
    "Notaire", "Opticien", "Paysagiste", "Peintre en bâtiment", "Pharmacien", "Plombier", "Professeur", "Psychologue",
    "Réceptionniste", "Secrétaire", "Serveur", "Soudeur", "Technicien de maintenance", "Traducteur", "Vétérinaire",
];
pub(super) const DE_JOBS: List = &[
    "Altenpfleger", "Anlagenmechaniker", "Architekt", "Arzt", "Bäcker", "Bankkaufmann", "Bauingenieur", "Berufskraftfahrer",
    "Bibliothekar", "Briefträger", "Buchhalter", "Bürokaufmann", "Chemielaborant", "Controller", "Dachdecker",
    "Datenschutzbeauftragter", "Dolmetscher", "Einkäufer", "Elektriker", "Erzieher", "Fachinformatiker", "Feuerwehrmann",
    "Florist", "Friseur", "Gärtner", "Geschäftsführer", "Grafiker", "Hausmeister", "Hebamme", "Hotelfachmann",
    "Immobilienkaufmann", "Industriemechaniker", "Ingenieur", "Journalist", "Kassierer", "Kellner", "Koch", "Krankenpfleger",
    "Lagerist", "Landwirt", "Lehrer", "Maler", "Maurer", "Mechatroniker", "Metzger", "Notar", "Optiker", "Personalreferent",
    "Physiotherapeut", "Polizist", "Projektleiter", "Rechtsanwalt", "Redakteur", "Sachbearbeiter", "Schreiner",
    "Softwareentwickler", "Sozialarbeiter", "Steuerberater", "Tierarzt", "Vertriebsleiter",
];
pub(super) const BR_JOBS: List = &[
    "Administrador", "Advogado", "Agrônomo", "Analista de sistemas", "Analista financeiro", "Arquiteto", "Assistente social",
    "Atendente", "Auxiliar administrativo", "Bibliotecário", "Cabeleireiro", "Caixa", "Carpinteiro", "Chefe de cozinha",
    "Comprador", "Consultor", "Contador", "Coordenador de projetos", "Corretor de imóveis", "Dentista", "Desenvolvedor",
    "Diretor comercial", "Economista", "Eletricista", "Enfermeiro", "Engenheiro civil", "Estatístico", "Farmacêutico",
    "Fisioterapeuta", "Fotógrafo", "Garçom", "Gerente de vendas", "Jardineiro", "Jornalista", "Marceneiro", "Mecânico", "Médico",
    "Motorista", "Nutricionista", "Padeiro", "Pedreiro", "Pintor", "Professor", "Psicólogo", "Recepcionista", "Secretário",
    "Soldador", "Técnico em informática", "Tradutor", "Vendedor", "Veterinário",
];
pub(super) const TW_JOBS: List = &[
    "工程師", "會計師", "律師", "醫師", "護理師", "藥師", "教師", "教授", "建築師", "設計師", "業務專員", "行銷經理", "專案經理",
    "人資專員", "行政助理", "總經理", "秘書", "記者", "編輯", "翻譯", "廚師", "司機", "電工", "木工", "店長", "收銀員", "客服專員",
    "採購專員", "品管工程師", "研究員", "社工師", "消防員", "警察", "農夫", "園藝師", "攝影師",
];
pub(super) const SA_JOBS: List = &[
    "مهندس", "محاسب", "محام", "طبيب", "ممرض", "صيدلي", "معلم", "أستاذ جامعي", "مهندس معماري", "مصمم", "مندوب مبيعات", "مدير تسويق",
    "مدير مشروع", "مدير عام", "سكرتير", "صحفي", "محرر", "مترجم", "طباخ", "سائق", "كهربائي", "نجار", "سباك", "أمين صندوق", "مبرمج",
    "محلل مالي", "باحث", "مصور", "مزارع", "حارس أمن", "موظف استقبال", "خباز", "ميكانيكي", "طيار", "أمين مكتبة",
];

pub(super) const CY_COMPANY_FORMS: List = &["Cyf", "CCC", "a'i Feibion", "a'i Ferched"];
pub(super) const TR_COMPANY_FORMS: List = &["A.Ş.", "Ltd. Şti.", "Ticaret A.Ş.", "Sanayi Ltd. Şti.", "ve Ortakları"];
pub(super) const TW_COMPANY_FORMS: List = &["有限公司", "股份有限公司", "企業社", "工作室"];
