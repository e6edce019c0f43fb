import type { Synonyms } from "./synonyms.ts"

/** What columns are called in German. How the entries are read is described in `synonyms.ts`. */
export const german: Synonyms = {
  meanings: {
    fullName:
      "Name, Kundenname, Vor- und Nachname, Vorname Nachname, vollständiger Name, Anzeigename, ganzer Name, Ansprechpartner, Ansprechpartnerin, Kontaktperson, Kunde Name, Mitglied, Gast, Patient, Teilnehmer, ~Kunde, ~Kundin, ~Kontakt, ~Person, ~Empfänger, ~Auftraggeber, ~Interessent",
    givenName: "Vorname, Vornamen, Rufname, Vorn, VName, Taufname",
    familyName: "Nachname, Familienname, Zuname, Nachn, NName, Hausname, ~Name",
    middleName: "weitere Vornamen, zweiter Vorname, Mittelname, 2. Vorname, Zweitname",
    salutation:
      "Anrede, akademischer Titel, Namenspräfix, Namenszusatz vorne, Anredeform, Titel und Anrede, ~Titel",
    email: "E-Mail, E-Mail-Adresse, Mailadresse, Mail, E-Post, elektronische Post, Mailkontakt",
    phone:
      "Telefon, Telefonnummer, Rufnummer, Handy, Handynummer, Mobil, Mobiltelefon, Mobilnummer, Festnetz, Festnetznummer, Fax, Telefax, Faxnummer, Durchwahl, Zentrale, Rückrufnummer, Haupttelefon, Autotelefon, Funk, Fon, Natel, Privatnummer, Rufnr, Telefonkontakt",
    street:
      "Straße, Straße und Hausnummer, Straße Nr, Anschrift Straße, Adresszeile 1, Adresse 1, Straßenname, Gasse, Str, Adressezeile, ~Adresse, ~Anschrift",
    houseNumber: "Hausnummer, Haus-Nr, Hausnr, HNr, Straßennummer",
    street2:
      "Adresszusatz, Adresszeile 2, Zusatz, Straße 2, Adresse 2, Anschriftenzusatz, Postfach, Stockwerk, Etage, Hinterhaus, Straße 3, Wohnung, Gebäude",
    city: "Ort, Stadt, Wohnort, Ortschaft, Gemeinde, Ortsname, Sitz, Firmensitz, Wohnsitz, Stadtteil",
    region: "Bundesland, Region, Kanton, Provinz, Bundesland Kanton, Landkreis, Bezirk, Kreis",
    postalCode: "PLZ, Postleitzahl, Postleitz, ZIP",
    country:
      "Land, Staat, Land Region, Ländercode, Länderkennzeichen, Landkürzel, Nation, LKZ, Landkennung, ~Herkunftsland",
    wholeAddress:
      "Adresse, Anschrift, vollständige Adresse, Postanschrift, Postadresse, komplette Adresse, Privatadresse, Wohnadresse, Lieferadresse, Rechnungsadresse, PLZ Ort, Adresse komplett, Anschrift komplett",
    organisation:
      "Firma, Firmenname, Unternehmen, Organisation, Betrieb, Arbeitgeber, Unternehmensname, Institution, Praxis, Verein, Firmenbezeichnung, Kundenfirma, ~Konto, ~Account, ~Kanzlei",
    organisationId: "Firmen-ID, Unternehmens-ID, Organisations-ID, Firmennummer",
    jobTitle:
      "Position, Funktion, Beruf, Berufsbezeichnung, Stellung, Stellenbezeichnung, Tätigkeit, Arbeitstitel, Rolle, Jobtitel, Amt, Aufgabe",
    department: "Abteilung, Abt, Bereich, Fachbereich, Referat",
    lifecycleStage:
      "Lebenszyklus, Lebenszyklusphase, Kundenstatus, Status, Phase, Kundenphase, Leadstatus, Kontaktstatus, Stufe, Beziehung, Kundentyp, ~Typ, ~Art, ~Kundenart, ~Kategorie",
    source:
      "Quelle, Leadquelle, Herkunft, wie gefunden, wie aufmerksam geworden, aufmerksam durch, gefunden über, geworben durch, Kontaktquelle, Akquise, Kundenherkunft, wie kennengelernt, Akquisekanal, ~Empfohlen von, ~Empfehlung, ~Werbeträger, ~Kampagne",
    owner:
      "Betreuer, Kundenbetreuer, Betreuerin, zuständig, verantwortlich, Bearbeiter, Sachbearbeiter, Verkäufer, Vertreter, Besitzer, Inhaber Datensatz, zugewiesen an, Zuständiger, Verantwortlicher, Berater, betreut von, Außendienst, Vertriebler, Ansprechpartner intern, Account Manager, ~Mitarbeiter, ~Stylistin, ~Behandler, ~Therapeut",
    tags: "Tags, Schlagworte, Schlagwörter, Stichwörter, Kategorien, Kategorie, Gruppe, Gruppen, Kundengruppe, Merkmale, Etiketten, Kennzeichen, Markierungen, Segment, Verteiler, Kundensegment, ~Listen, ~Art, ~Kundenart",
    birthday:
      "Geburtstag, Geburtsdatum, geboren, geboren am, geb, geb am, GebDat, Geb-Datum, Geburtsdat, Gebtag",
    birthDay: "Geburtstag Tag, Tag der Geburt",
    birthMonth: "Geburtsmonat, Geburtstag Monat",
    birthYear: "Geburtsjahr, Jahrgang, Geburtstag Jahr",
    anniversary: "Jahrestag, Hochzeitstag, Jubiläum, Namenstag, Hochzeitsdatum",
    language: "Sprache, bevorzugte Sprache, Korrespondenzsprache, Muttersprache, Sprachen, spricht",
    channel:
      "bevorzugter Kanal, Kontaktweg, bevorzugter Kontaktweg, Kontaktart, Kommunikationsweg, Kontakt am liebsten per, Wunschkanal, Erinnerung per, erreichbar per, Terminerinnerung per, Kontakt per, bevorzugte Kontaktart, Kontaktkanal, Kommunikationskanal, am liebsten per",
    formOfAddress:
      "Du Sie, Ansprache, Anredeform Du Sie, Duzen Siezen, Duzen, per Du, Sie oder Du, Du oder Sie",
    styleNote: "Stil, Tonfall, Kommunikationsstil, Schreibstil, Umgangston",
    keyCustomer:
      "Schlüsselkunde, VIP, VIP-Kunde, Wichtigkeit, Priorität Kunde, ABC-Kunde, ABC-Klasse, Kundenklasse, Topkunde, Großkunde, Key Account, ABC-Analyse, ABC, Prio, Rang, ~Klassifizierung, ~Bewertung, ~Klasse, ~Einstufung",
    location:
      "Filiale, Standort, Niederlassung, Zweigstelle, Laden, Geschäftsstelle, Stammfiliale, Studio, Salon, Stammgeschäft",
    website:
      "Webseite, Website, Homepage, Internet, Web, Internetseite, URL, Internetadresse, Webadresse, Netzseite, Web-Seite",
    social:
      "LinkedIn-Profil, Xing-Profil, Facebook-Seite, Instagram-Profil, soziale Medien, Social-Media-Profil",
    domain: "Domain, Domäne, Internetdomäne",
    photo: "Foto, Bild, Profilbild, Bild-URL, Foto-URL, Lichtbild",
    description: "Beschreibung, über, Über uns, Kurzbeschreibung, Profil, Steckbrief, ~Hintergrund, ~Details",
    note: "Notiz, Notizen, Bemerkung, Bemerkungen, Anmerkung, Anmerkungen, Kommentar, Kommentare, Hinweis, Hinweise, Memo, Besonderheiten, interne Notiz, Sonstiges, Info, Freitext, Vermerk, Bem, ~Zusatzinfo, ~Wünsche",
    optIn:
      "Newsletter, Einwilligung, Einwilligung Newsletter, Werbung erlaubt, Werbeeinwilligung, Mailing erlaubt, Newsletter ja nein, DSGVO, DSGVO Einwilligung, Zustimmung, Marketing erlaubt, Newsletter abonniert, Werbeerlaubnis, Kontakt erlaubt, Werbung, Mail erlaubt, Datenschutz, ~Mailings, Rundbrief, SMS erlaubt, Anruf erlaubt, Einverständnis, Werbung ok, Newsletter gewünscht, Newsletter Anmeldung",
    optOut:
      "Werbesperre, keine Werbung, abgemeldet, Newsletter abgemeldet, Kontaktsperre, keine E-Mails, keine Anrufe, Mailsperre, Widerspruch, Sperrvermerk, Werbewiderspruch, nicht anrufen",
    optInDate:
      "Einwilligung am, Anmeldedatum Newsletter, Newsletter seit, Einwilligungsdatum, Zustimmung am, eingewilligt am, DSGVO Datum, Einwilligung Datum, Newsletter angemeldet am",
    optOutDate: "abgemeldet am, Abmeldedatum, Widerruf am, Widerrufsdatum",
    createdAt:
      "angelegt am, erstellt am, erstellt, Anlagedatum, Erfassungsdatum, erfasst am, Kunde seit, Kundin seit, Stammkunde seit, Mitglied seit, Eintrittsdatum, Aufnahmedatum, Erstelldatum, Datum Anlage, Kundenbeginn, Neuanlage, seit, angelegt, Eingetragen am, Eintragsdatum, Registriert am, Registrierungsdatum, Beitrittsdatum, Kunde angelegt, ~Datum, ~Erstkontakt, ~Erster Besuch, ~Beginn",
    externalId:
      "Kundennummer, Kunden-Nr, KdNr, Kd-Nr, Kunden-ID, Mitgliedsnummer, Debitorennummer, Debitor, Kundennr, Datensatz-ID, Referenz, Personennummer, Patientennummer, lfd Nr, laufende Nummer, Kontonummer Debitor, Matchcode, Kennung, Adressnummer, Kontaktnummer, Schlüssel, Kontakt-ID, Mandantennummer, ~Nummer, ~Nr",
    industry:
      "Branche, Gewerbe, Wirtschaftszweig, Geschäftsfeld, Tätigkeitsfeld, Industrie, Sparte, Gewerbezweig",
    size: "Mitarbeiterzahl, Anzahl Mitarbeiter, Mitarbeiteranzahl, MA-Anzahl, Mitarbeiter, Unternehmensgröße, Firmengröße, Beschäftigte, Anzahl MA, Belegschaft, Beschäftigtenzahl, Anzahl Beschäftigte, Betriebsgröße, MA",
    parent:
      "Muttergesellschaft, Mutterfirma, Konzern, Mutterunternehmen, Dachgesellschaft, gehört zu, Tochter von, Stammhaus, Holding, Konzernmutter, übergeordnete Firma",
    parentId: "Konzern-ID, Mutter-ID",
    attribute:
      "Geschlecht, Vorwahl, Umsatz, Jahresumsatz, Umsatz gesamt, Gesamtumsatz, Umsatz Vorjahr, letzte Bestellung, letzter Besuch, letzter Kontakt, letzter Auftrag, letzter Termin, nächster Termin, letzter Einkauf, letzte Rechnung, Anzahl Bestellungen, Bestellungen, Bestellwert, USt-IdNr, USt-ID, Umsatzsteuer-ID, Steuernummer, St-Nr, UID, IBAN, BIC, Bank, Bankverbindung, Kontonummer, BLZ, Zahlungsziel, Zahlungsbedingung, Zahlungsart, Zahlungsbedingungen, Kreditlimit, Rabatt, Skonto, Preisliste, Währung, Spitzname, Suffix, Namenszusatz, Initialen, Geburtsname, Geburtsort, Ehepartner, Partner, Partnerin, Kinder, Hobby, Hobbys, Interessen, Allergie, Allergien, Unverträglichkeiten, Konfession, Familienstand, Staatsangehörigkeit, Alter, Haarfarbe, Schuhgröße, Kleidergröße, Größe, Gewicht, Lieblingsprodukt, Lieblings, Gründungsjahr, gegründet, Handelsregister, Handelsregisternummer, HRB, Rechtsform, Treuepunkte, Punkte, Tarif, Vertrag, Vertragsende, Vertragsbeginn, Heizungstyp, Fahrzeug, Kennzeichen Fahrzeug, Fahrgestellnummer, Haustier, Tier, Assistent, Name Assistent, Vorgesetzter, Name des Vorgesetzten, Benutzer, Abrechnungsinformation, Regierungsnummer, Rückmeldung, Kontostand, Mahnstufe, Steuer, Krankenkasse, Versicherung, Versicherungsnummer, Notfallkontakt, Skype, ~letzter, ~letzte, ~nächster, ~Typ, ~Anzahl, ~Summe, ~Betrag",
    technical:
      "geändert am, geändert von, Änderungsdatum, letzte Änderung, zuletzt geändert, erstellt von, E-Mail-Typ, E-Mail Angezeigter Name, Vertraulichkeit, Verzeichnisserver, Reisekilometer, Internet Frei Gebucht, ISDN, Telex, Telefon für Hörbehinderte, Zeilennummer, gelöscht, Löschkennzeichen, Breitengrad, Längengrad, IP-Adresse, Zeitstempel, Exportdatum, Priorität",
  },
  aliases: {
    number: "nr nummer nummern num",
    phone: "telefon fon telefone fernsprecher rufnummer",
    email: "mail mailadresse",
    address: "adresse anschrift adr adressen adress anschriften",
    date: "datum dat",
    name: "namen",
    customer: "kunde kunden kundin kundinnen kd kdn kund auftraggeber",
    company: "firma firmen unternehmen unternehmens organisation betrieb betriebs fa",
    contact: "kontakt kontakte ansprechpartner ansprechpartnerin ap kontaktdaten",
    mobile: "mobil handy mobiltelefon mobilfunk handynummer mobilnummer natel mobiltel",
    fax: "telefax faxnummer",
    work: "geschaftlich geschaft dienstlich geschafts dienst arbeit buro beruflich dienstl geschaftl",
    home: "privat zuhause wohn priv private privater",
    other: "weitere weiterer weiteres sonstige andere alternativ sekundare sekundar zweite zweit",
    main: "haupt primare primar standard zentral",
    billing: "rechnung rechnungs fakturierung faktura",
    shipping: "liefer lieferung versand",
    street: "strasse str strassen",
    birth: "geburt geburts geb",
    code: "kode kurzel",
    website: "webseite homepage internetseite netzseite",
    employees: "mitarbeiter ma beschaftigte angestellte",
    created: "angelegt erstellt erfasst anlage erfassung",
    last: "letzter letzte letztes letzten",
    next: "nachster nachste nachstes",
    identifier: "kennung",
    year: "jahr",
    day: "tag",
    month: "monat",
    object: "objekt einsatzort",
    count: "anzahl",
    favourite: "lieblings lieblingsprodukt",
    deleted: "geloscht",
  },
  noise:
    "der die das des dem den und oder von vom zu zum zur am im in an fur mit ja nein bitte ihr ihre unser unsere eigene feld wert angabe daten eigenes tt jj jjjj",
  unhelpful: "spalte feld wert unbenannt",
  labelWords: "typ bezeichnung art",
}
