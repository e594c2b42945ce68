//! Headings as exports have them, in seven languages.

use super::*;

/// Per entity, headings that tell it, apart by commas.
const HEADERS: &[(&str, &str)] = &[
    (
        FIRST_NAME,
        "first_name, firstname, FirstName, firstName, fst_nm, fname, FNAME, first, given_name, GivenName, forename, customer_first_name, cust_first_nm, contactFirstName, billing_first_name, shipping-first-name, First Name, first.name, prenom, Prénom, prenom_client, client_prenom, PRENOM_USUEL, Vorname, vorname_kunde, kunde_vorname, nombre, Nombre, primer_nombre, nombre_de_pila, nome, Nome, primeiro_nome, voornaam, Voornaam, klant_voornaam, roepnaam, middle_name, middleName, nickname, emp_first_name, patient_fname",
    ),
    (
        LAST_NAME,
        "last_name, lastname, LastName, lst_nm, lname, LNAME, surname, Surname, family_name, FamilyName, customer_last_name, cust_last_nm, billing_lastname, Last Name, maiden_name, nom, NOM, nom_de_famille, nom_famille, nom_client, nom_de_naissance, Nachname, Familienname, nachname_kunde, Geburtsname, apellido, apellidos, primer_apellido, segundo_apellido, cognome, Cognome, sobrenome, apelido, achternaam, Achternaam, familienaam, user_last_name, employeeLastName, patient_surname",
    ),
    (
        FULL_NAME,
        "full_name, fullname, FullName, name, Name, customer_name, cust_nm, CUST_NAME, customerName, contact_name, ContactName, employee_name, emp_nm, patient_name, cardholder, card_holder_name, cardholder_name, account_holder, account_holder_name, recipient_name, sender_name, shipping_name, billing_name, nom_complet, nom_et_prenom, Kundenname, Ansprechpartner, Kontoinhaber, nombre_completo, nombre_y_apellidos, nome_completo, nome_cognome, Titolare, naam, klantnaam, volledige_naam, display_name, emergency_contact_name, driver_name, passenger_name, name_first_last",
    ),
    (
        EMAIL,
        "email, Email, EMAIL, e_mail, e-mail, E-Mail, mail, email_address, emailAddress, EmailAddr, user_email, customer_email, cust_eml, contact_email, work_email, personal_email, billing.email, email1, primary_email, adresse_email, adresse_mail, courriel, mail_client, E-Mail-Adresse, EmailAdresse, Mailadresse, correo, correo_electronico, correo electrónico, indirizzo_email, email_fatturazione, endereco_email, emailadres, e-mailadres, reply_to_email, from_email",
    ),
    (
        PHONE,
        "phone, Phone, phone_number, phoneNumber, PhoneNo, phone_no, tel, tel_no, TEL, telephone, home_phone, work_phone, mobile, mobile_no, mobile_phone, mobileNumber, cell, cell_phone, cellphone, fax, fax_no, fax_number, customer_phone, cust_tel_no, contact_phone, emergency_contact_phone, contact_number, msisdn, telephone_portable, numero_telephone, numero_de_telephone, n_tel, tel_portable, Telefon, Telefonnummer, Handy, Handynummer, Mobilnummer, Rufnummer, telefon_privat, Telefax, telefono, teléfono, telefono_movil, movil, celular, numero_de_telefono, cellulare, telefono_cellulare, telefone, telemovel, telemóvel, telefoon, telefoonnummer, mobiel, mobiel_nummer, phone1, phone_2, whatsapp",
    ),
    (
        STREET,
        "street, Street, street_name, street_address, StreetAddress, address, Address, addr, addr1, addr_2, address1, address_line_1, AddressLine2, addr_ln_1, home_address, billing_address, shipping_address1, customer_address, mailing_address, adresse, Adresse, adresse_1, adresse_postale, adresse_client, rue, nom_rue, Strasse, Straße, strasse, anschrift, Postadresse, calle, direccion, dirección, domicilio, indirizzo, via, rua, endereco, endereço, morada, straat, straatnaam, adres, billing.address.street, po_box",
    ),
    (
        BUILDING_NUMBER,
        "building_number, house_number, house_no, HouseNumber, street_number, street_no, Hausnummer, hausnr, huisnummer, numero_civico, apt, apartment, flat_no, numero_rue",
    ),
    (
        CITY,
        "city, City, town, city_name, billing_city, shippingCity, home_city, birth_place, place_of_birth, ville, ville_client, commune, lieu_naissance, lieu_de_naissance, Stadt, Ort, Wohnort, Geburtsort, ciudad, localidad, municipio, lugar_nacimiento, citta, città, comune, luogo_di_nascita, cidade, stad, plaats, woonplaats, geboorteplaats",
    ),
    (
        REGION,
        "state, State, region, province, county, state_code, stateProvince, billing_state, Bundesland, Kanton, departement, département, provincia, estado, regione, provincie, address_state",
    ),
    (
        POSTCODE,
        "postcode, post_code, postal_code, PostalCode, zip, ZIP, zip_code, zipcode, ZipCode, billing_zip, shipping_postcode, code_postal, codepostal, cp, PLZ, plz, Postleitzahl, codigo_postal, código_postal, cap, CAP, cep, CEP, postcode_klant",
    ),
    (
        COUNTRY,
        "country, Country, country_code, CountryCode, ctry, country_name, billing_country, country_of_birth, pays, pays_residence, Land, pais, país, paese, land, country_iso_code, residence_country",
    ),
    (
        DATE_OF_BIRTH,
        "dob, DOB, date_of_birth, dateOfBirth, birth_date, birthDate, birthdate, birthday, bday, cust_dob, patient_dob, born, born, year_of_birth, birth_year, yob, date_naissance, date_de_naissance, Date de naissance, naissance, Geburtsdatum, geburtstag, geb_datum, gebdat, fecha_nacimiento, fecha_de_nacimiento, fec_nac, data_nascita, data_di_nascita, data_nascimento, data de nascimento, dt_nasc, geboortedatum, geboorte_datum",
    ),
    (AGE, "age, Age, customer_age, age_years, alter, edad, età, idade, leeftijd, patient_age"),
    (
        GENDER,
        "gender, Gender, sex, SEX, gndr, customer_gender, sexe, Geschlecht, sexo, sesso, genere, género, geslacht, Anrede, civilite, salutation",
    ),
    (
        NATIONALITY,
        "nationality, citizenship, nationalité, Staatsangehörigkeit, nacionalidad, nacionalidade, cittadinanza, nationaliteit",
    ),
    (RELIGION, "religion, Konfession, religione, religião, godsdienst, patient_religion"),
    (ETHNICITY, "ethnicity, race, ethnic_group, ethnie, etnia, raza"),
    (
        HEALTH,
        "diagnosis, diagnosis_code, blood_type, blood_group, allergies, Diagnose, Blutgruppe, diagnostico, groupe_sanguin, medication, disability, icd10, medical_history",
    ),
    (MARITAL_STATUS, "marital_status, maritalStatus, Familienstand, estado_civil, stato_civile, burgerlijke_staat"),
    (
        NATIONAL_ID,
        "national_id, nationalId, ssn, SSN, social_security_number, nino, national_insurance_number, insee, nir, numero_securite_sociale, Sozialversicherungsnummer, Personalausweis, ausweisnummer, dni, DNI, nie, curp, cpf, bsn, BSN, burgerservicenummer, id_card_number, identity_number, ssn_last4",
    ),
    (
        TAX_ID,
        "tax_id, TaxId, tax_number, vat_number, vat_no, tin, nif, NIF, cif, codice_fiscale, CodiceFiscale, partita_iva, numero_fiscal, Steuernummer, steuer_id, ust_id, btw_nummer, numero_tva, rfc",
    ),
    (
        PASSPORT,
        "passport, passport_no, passport_number, PassportNumber, passeport, numero_passeport, Reisepass, Reisepassnummer, pasaporte, passaporto, passaporte, paspoort, paspoortnummer",
    ),
    (
        DRIVING_LICENCE,
        "driving_licence, driver_license, drivers_license_no, driving_license_number, permis_de_conduire, Führerschein, Führerscheinnummer, rijbewijs, patente_guida, permiso_conducir",
    ),
    (IBAN, "iban, IBAN, iban_number, customer_iban, iban_no, IBAN_CODE"),
    (
        ACCOUNT_NUMBER,
        "account_number, account_no, acct_no, acctNbr, bank_account, bank_account_number, BankAccountNo, sort_code, routing_number, bic, swift_code, Kontonummer, Bankleitzahl, blz, rib, numero_compte, numero_cuenta, numero_conto, rekeningnummer",
    ),
    (
        CARD_NUMBER,
        "card_number, cardNumber, card_no, cc_num, cc_number, credit_card, credit_card_number, creditCardNo, pan, Kreditkartennummer, kartennummer, numero_carte, carte_bancaire, tarjeta_credito, numero_tarjeta, carta_credito, numero_cartao, kaartnummer",
    ),
    (CARD_CVV, "cvv, CVV, card_cvv, cvc, cvv2, card_security_code, cc_cvv, cvc2"),
    (
        CARD_EXPIRY,
        "card_expiry, card_expiry_date, card_exp_month, card_expiration, cc_exp, credit_card_expiry, cc_exp_date, cardExpirationDate",
    ),
    (
        IP_ADDRESS,
        "ip, IP, ip_address, ipAddress, IPAddress, ip_addr, client_ip, remote_addr, last_login_ip, user_ip, server_ip, ipv4, adresse_ip, IP-Adresse, direccion_ip, indirizzo_ip, endereco_ip, ip_adres, x_forwarded_ip",
    ),
    (MAC_ADDRESS, "mac, mac_address, MACAddress, macAddr, device_mac, adresse_mac, wifi_mac_address"),
    (IMEI, "imei, IMEI, imsi, iccid, imei_number, device_id"),
    (
        USER_NAME,
        "username, user_name, userName, login, login_name, screen_name, Benutzername, nom_utilisateur, nombre_usuario, nome_utente, gebruikersnaam, twitter_handle, handle",
    ),
    (
        PASSWORD,
        "password, passwd, pwd, user_password, password_hash, hashed_password, passwordHash, Passwort, Kennwort, mot_de_passe, mdp, contraseña, senha, wachtwoord, encrypted_password, pw_hash",
    ),
    (
        SECRET,
        "secret, api_key, apiKey, access_token, refresh_token, auth_token, session_id, sessionToken, client_secret, reset_password_token, security_answer, secret_answer, pin, pin_code, otp_secret, private_key, token",
    ),
    (URL, "url, website, homepage, web_site, profile_url, linkedin_url, site_web, Webseite, callback_url"),
    (
        COMPANY,
        "company, company_name, companyName, employer, organisation, organization_name, entreprise, société, nom_entreprise, Firma, Firmenname, Unternehmen, Arbeitgeber, empresa, nombre_empresa, razon_social, azienda, bedrijf, bedrijfsnaam",
    ),
    (
        JOB,
        "job, job_title, jobTitle, occupation, profession, position, Beruf, Berufsbezeichnung, metier, métier, profesión, professione, profissão, beroep, functie, cargo",
    ),
    (
        SALARY,
        "salary, annual_salary, base_salary, income, wage, Gehalt, salaire, salario, sueldo, stipendio, salário, salaris, inkomen, salary_amount",
    ),
    (
        LICENCE_PLATE,
        "licence_plate, license_plate, plate_number, LicensePlateNo, Kennzeichen, immatriculation, matricula_vehiculo, targa, kenteken, vehicle_registration_number",
    ),
    (VIN, "vin, VIN, vin_number, chassis_no, Fahrgestellnummer, numero_telaio, vehicle_vin"),
    (LATITUDE, "lat, latitude, geo_lat, Latitude, latitud, home_latitude"),
    (LONGITUDE, "lon, lng, longitude, geo_lng, longitud, home_longitude"),
    (COORDINATES, "coordinates, gps, latlng, geo_location, coordenadas, gps_coords"),
    (
        NOTES,
        "notes, note, Notes, customer_notes, remarks, Bemerkung, Bemerkungen, remarques, observaciones, observações, opmerkingen, free_text, case_notes, internal_note",
    ),
    (
        COMMENT,
        "comment, comments, Comment, user_comment, Kommentar, commentaire, comentario, comentarios, commento, feedback, message, msg_text, review_text, nachricht",
    ),
    (SIGNATURE, "signature, signature_image, Unterschrift, assinatura, handtekening"),
    (PHOTO, "photo, photo_url, avatar, avatar_url, profile_picture, profile_pic, Foto, headshot"),
    (BIOMETRIC, "fingerprint, biometric_template, Fingerabdruck, iris_scan, voiceprint"),
    (
        PERSON_ID,
        "customer_id, customerId, cust_id, custno, customer_no, client_id, user_id, userId, UserID, usr_id, uid, employee_id, employee_no, emp_no, empno, patient_id, member_id, student_id, person_id, Kundennummer, kunden_nr, kunden_id, Personalnummer, Mitarbeiternummer, numero_client, id_client, matricule, id_cliente, numero_cliente, klantnummer, klant_id, mrn, owner_id, author_id",
    ),
];

/// Headings of columns about no person, or not about what the words in them name.
const OTHERS: &str = "product_name, productName, prod_nm, file_name, filename, fileName, host_name, hostname, event_name, eventName, table_name, column_name, ip_count, phone_count, email_sent, email_sent_at, is_email_verified, email_verified_at, emailVerified, address_id, addressId, birth_rate, id, ID, uuid, order_id, order_no, order_number, product_id, sku, price, amount, total, quantity, qty, status, created_at, updated_at, created_date, order_date, event_date, currency, category_name, brand_name, department_name, project_name, campaign_name, template_name, role_name, server_name, database_name, class_name, field_name, bucket_name, path_name, phone_verified, phone_type, has_phone, email_type, email_opt_in, email_count, emails_sent_count, email_status, email_domain, last_login, last_login_at, last_updated, last_seen, first_seen, first_order_date, last_order_date, first_purchase_at, login_count, password_changed_at, password_updated_at, password_expired, is_password_expired, address_type, address_count, city_id, country_id, region_id, state_id, user_count, customer_count, user_type, customer_type, customer_status, age_group, age_range, name_length, has_children, gender_id, card_type, card_brand, card_status, account_type, account_status, payment_method, iban_valid, is_active, is_deleted, version, url_count, page_name, queue_name, topic_name, device_name, device_type, model_name, plan_name, team_name, produkt_name, Produktname, Artikelnummer, Bestellnummer, Anzahl, Menge, Preis, nom_produit, nom_fichier, nombre_producto, nombre_archivo, nome_prodotto, nome_produto, productnaam, bestandsnaam, taux_naissance, nb_clients, type_adresse, date_commande, prix, precio, prezzo, bestelling_datum, tax_rate, tax_amount, comment_count, notes_count, message_id, message_count, session_count, token_type, token_count, photo_count, salary_band, job_id, job_status, company_id, company_size, store_name, shop_name, school_name, item_name, unit_name, metric_name, environment_name, latency_ms, score, rating";

fn headers(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

#[test]
fn headings_tell_what_their_columns_hold() {
    let mut count = headers(OTHERS).count();
    let mut wrong = Vec::new();
    for (entity, list) in HEADERS {
        for header in headers(list) {
            count += 1;
            let hint = classify(header).map(|hint| hint.entity);
            if hint != Some(entity) {
                wrong.push(format!("{header}: {hint:?}, not {entity}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 700, "{count}");
}

#[test]
fn headings_of_other_things_tell_nothing() {
    let wrong: Vec<_> = headers(OTHERS).filter_map(|header| Some((header, classify(header)?.entity))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_may_be_something_else_is_weak() {
    let strong = "first_name, customer_name, email, phone_no, date_naissance, ssn, iban, card_number, Kundennummer";
    for header in headers(strong) {
        assert_eq!(classify(header).unwrap().confidence, Strength::Strong, "{header}");
    }
    for header in headers("name, nome, nombre, state, notes, comment, token, email_xyzzy, host_ip, company_phone") {
        assert_eq!(classify(header).unwrap().confidence, Strength::Weak, "{header}");
    }
}

#[test]
fn headings_are_split_into_words() {
    let cases: &[(&str, &[&str])] = &[
        ("custFstNm", &["cust", "fst", "nm"]),
        ("IPAddress", &["ip", "address"]),
        ("DateOfBirth", &["date", "of", "birth"]),
        ("ADDR_LINE1", &["addr", "line", "1"]),
        ("Straße.Nr", &["strasse", "nr"]),
        ("billing-zip 2", &["billing", "zip", "2"]),
        ("userID", &["user", "id"]),
        ("", &[]),
        ("__", &[]),
    ];
    for (header, words) in cases {
        assert_eq!(split(header), *words, "{header}");
    }
}

#[test]
fn every_entity_is_told_by_some_phrase_and_tested() {
    for entity in ENTITIES {
        assert!(PHRASES.iter().any(|phrase| phrase.entity == *entity), "{entity}");
        assert!(HEADERS.iter().any(|(tested, _)| tested == entity), "{entity}");
    }
}
