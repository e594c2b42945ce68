//! Words of further languages: Polish, Czech and Slovak, Hungarian, Romanian, Croatian, Serbian and Slovene, Turkish,
//! Swedish, Danish, Norwegian, Finnish, Estonian, Russian, Ukrainian, Bulgarian, Greek, Indonesian and Malay,
//! Vietnamese, Chinese, Japanese and Korean. They are folded when the list is made.

/// English first, then the words that mean it.
pub(super) const FURTHER: &[(&str, &str)] = &[
    // Names.
    ("first name", "imie imiona krestni krestne meno keresztnev utonev prenume ime rufnamen onisim onad"),
    ("first name", "fornamn fornavn tilltalsnamn etunimi etunimet eesnimi имя имена onoma"),
    ("first name", "namadepan 名 名字 名前 이름 firstnames vname voornm prenm givennames"),
    ("last name", "nazwisko prijmeni priezvisko vezeteknev csaladnev soyad soyadi soyisim prezime priimek"),
    ("last name", "efternamn etternavn efternavn slektsnavn sukunimi perekonnanimi фамилия фамилии прізвище фамилно"),
    ("last name", "eponymo eponimo επωνυμο namabelakang 姓 姓氏 苗字 성 familynm surnm lastnames secondname"),
    ("middle name", "отчество побатькові patronymic mellomnavn mellannamn"),
    ("maiden name", "panienskie rodna leanykori kizlik"),
    ("name", "navn nimi nazwa nazov nazev nev isim adi nama nimetus"),
    ("nom", "nume"),
    ("nome", "jmeno"),
    ("full", "tam pelne cele teljes lengkap puno polno fullstandigt"),
    ("full name", "adsoyad adisoyadi isimsoyisim фио піб onomateponymo ονοματεπωνυμο namalengkap hoten hovaten"),
    ("full name", "姓名 氏名 お名前 客户姓名 성명 고객명 fulde fullesnavn nominativo koko koconimi"),
    ("nick name", "przezwisko prezdivka becenev takma smeknamn lempinimi прозвище псевдоним"),
    ("user name", "kullaniciadi uzytkownika uzivatelskejmeno felhasznalonev numeutilizator anvandarnamn brukernavn"),
    ("user name", "brugernavn kayttajatunnus kayttajanimi kasutajanimi korisnickoime tendangnhap"),
    ("user name", "namapengguna 用户名 账号 用户账号 ユーザー名 아이디 사용자명 uzytkownik acctnm usernm"),
    ("user", "kullanici uzivatel felhasznalo utilizator anvandare bruker kayttaja kasutaja korisnik uporabnik"),
    ("user", "пользователь користувач χρηστης pengguna 用户 ユーザー 사용자"),
    ("login", "loginid zalogowany prihlaseni 로그인"),
    ("salutation", "hitap oslovenie osloveni megszolitas"),
    // Ways to reach somebody.
    (
        "email",
        "eposta epostasi epost epostadresse sahkoposti sahkopostiosoite почта пошта имейл poczta elpost epostadress",
    ),
    ("email", "emailcim surel mejl meil 邮箱 电子邮件 电子邮箱 メール メールアドレス emlid emailadr"),
    ("phone", "telefonu telefonszam telefoni puhelin puhelinnumero telefonnr τηλεφωνο telepon"),
    (
        "phone",
        "dienthoai sdt 电话 电话号码 電話番号 联系电话 전화 전화번호 연락처 tfn tlfnr tfnr telefonnumer telefoninumber",
    ),
    ("phone", "telefonbr nohp notelp telefonicislo contactphone fonenumber"),
    ("mobile", "ceptel ceptelefonu komorka komorkowy matkapuhelin mobilni mobilszam мобильный мобільний κινητο"),
    ("mobile", "手机 手机号 手机号码 携帯 携帯電話 携帯番号 휴대폰 휴대전화 핸드폰 mobiltel mobitel gsmno"),
    // Places.
    ("address", "adresi adresa adress lakcim cim osoite aadress naslov διευθυνση alamat diachi"),
    ("address", "地址 住所 詳細地址 주소 adrese adresas bostadsadress hjemmeadresse kotiosoite"),
    ("street", "ulica ulice utca sokak cadde gata gatuadress vej vejnavn gade katu katuosoite lahiosoite tanav"),
    ("street", "улица вулиця οδος jalan duong strada 街道 番地 ulicy"),
    ("building number", "evszam hazszam cislodomu domu husnummer husnr talonumero bina номердома"),
    ("city", "miasto miejscowosc mesto obec varos telepules oras localitate sehir ilce stadnamn ortnamn postort"),
    ("city", "kaupunki paikkakunta город місто град πολη kota thanhpho 城市 市区町村 도시 citynm"),
    ("region", "wojewodztwo okres megye judet fylke maakunta maakond область регион provinsi tinh"),
    ("region", "省 省份 都道府県 시도"),
    ("postcode", "kodpocztowy kodpoczt psc iranyitoszam postakodu postnr postinumero sihtnumber postanskibroj"),
    ("postcode", "индекс индекспочты kodepos 邮编 邮政编码 郵便番号 우편번호"),
    (
        "country",
        "kraj panstwo zeme krajina orszag ulke maa riik drzava страна країна χωρα negara quocgia 国家 国籍地 国 국가",
    ),
    // Birth and body.
    (
        "birth date",
        "dataurodzenia urodzenia urodzony narozeni datumnarozeni narodenia szuletesi szuletett szuletesidatum",
    ),
    ("birth date", "datanasterii nasterii dogumtarihi dogum fodelsedatum fodelsedag fodselsdato fodt syntymaaika"),
    (
        "birth date",
        "syntymapaiva sunniaeg datumrodenja rodenja рождения датарождения народження γεννησης tanggallahir lahir",
    ),
    ("birth date", "tgllahir ngaysinh 生日 出生日期 生年月日 誕生日 생년월일"),
    ("birth", "rodne"),
    ("gender", "plec pohlavi pohlavie neme cinsiyet kjonn sukupuoli sugu spol стать φυλο kelamin gioitinh 性别 성별"),
    ("age", "wiek vek varsta yas alder ika vanus возраст вік ηλικια umur usia tuoi 年龄 나이"),
    (
        "nationality",
        "obywatelstwo obcanstvi allampolgarsag cetatenie uyruk medborgarskap kansalaisuus гражданство 国籍 국적",
    ),
    // Papers.
    ("national id", "rodnecislo personnummer personnr samordningsnummer fodselsnummer fodselsnr cprnr cprnummer hetu"),
    (
        "national id",
        "henkilotunnus sotu isikukood kennitala egn emso jmbg szemelyiszam tajszam tckn tckimlik tckimlikno",
    ),
    ("national id", "kimlikno kimliknumarasi снилс amka nik ktp nric mykad hkid cccd cmnd adhaar aadhar"),
    (
        "national id",
        "身份证 身份证号 身份证号码 证件号码 マイナンバー 個人番号 주민등록번호 주민번호 nationalno nationalnumber",
    ),
    ("national id", "identitynumber personcode personalcode asmenskodas personaskods nationalidno cuil"),
    ("id number", "kimlik"),
    ("tax id", "nip adoszam adoazonosito vergino vkn инн oib afm αφμ npwp momsnr ytunnus tinno"),
    (
        "passport",
        "paszport utlevel pasaport passinr passi паспорт διαβατηριο paspor hochieu 护照 护照号 パスポート 여권번호",
    ),
    (
        "driving licence",
        "prawojazdy ridicsky jogositvany ehliyet korkort forerkort ajokortti 驾照 驾驶证 運転免許証 운전면허",
    ),
    (
        "licence plate",
        "plaka plakano rejestracja rejestracyjny rejestracyjna nrrej spz ecv rendszam inmatriculare immat",
    ),
    (
        "licence plate",
        "registreringsnummer regnr nummerskylt nummerplade kjennemerke rekisterinumero rekisteritunnus tablice",
    ),
    (
        "licence plate",
        "госномер госзнак numberplates vrm vrn πινακιδα polisi platnomor nopol bienso placas 车牌 车牌号 ナンバー 차량번호",
    ),
    ("licence plate", "licplate platenumber plateno platenbr plateid kfz kfznr kennz platanr"),
    ("vin", "ramenummer runkonumero alvazszam saseno"),
    // Money, secrets.
    (
        "account number",
        "nrkonta numerkonta ciselouctu bankszamla szamlaszam hesapno tilinumero rekeningno 银行账号 口座番号 계좌번호",
    ),
    (
        "card number",
        "nrkarty cislokarty kartyaszam kartno korttinumero kortnummer kortnr номеркарты 卡号 银行卡号 カード番号 카드번호",
    ),
    (
        "password",
        "haslo heslo jelszo sifre losenord passord adgangskode kodeord salasana lozinka пароль matkhau katasandi",
    ),
    ("password", "密码 パスワード 비밀번호"),
    ("salary", "wynagrodzenie pensja mzda fizetes salariu maas lonn palkka зарплата gaji luong 工资 給与 급여"),
    // Persons.
    ("customer", "klient zakaznik ugyfel vevo musteri kund asiakas klijent клієнт πελατης pelanggan khachhang"),
    ("customer", "客户 顧客 고객"),
    (
        "employee",
        "pracownik zamestnanec dolgozo angajat calisan personel anstalld ansatt medarbejder tyontekija zaposlenik",
    ),
    ("employee", "сотрудник karyawan nhanvien 员工 社員 従業員 직원"),
    ("patient", "pacjent pacient beteg potilas пациент pasien 患者 환자"),
    ("student", "ogrenci hallgato opiskelija студент mahasiswa siswa 学生 학생"),
    ("contact", "kontaktni iletisim yhteyshenkilo 联系人 担当者 담당자"),
    ("owner", "wlasciciel majitel tulajdonos proprietar sahibi agare ejer eier omistaja vlasnik владелец pemilik"),
    ("driver", "kierowca ridic sofor sofer forare kuljettaja vozac водитель sopir"),
    // Numbers.
    ("number", "numara numarasi cislo szam numar broj номер αριθμος nomor 番号 号码 번호"),
];
