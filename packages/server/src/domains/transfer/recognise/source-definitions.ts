export type SourceId =
  | "hubspot"
  | "salesforce"
  | "zoho"
  | "pipedrive"
  | "google"
  | "outlook"
  | "shopify"
  | "mailchimp"

export interface SourceDefinition {
  id: SourceId
  /** Headers that occur in this product's exports and hardly elsewhere, in lower case, "_" as blank. */
  signature: readonly string[]
  /** So many of them make the product certain. */
  needed: number
  /** Two headers of such a form are enough. */
  patterns?: readonly RegExp[]
  /** A value of such a form is enough. */
  values?: RegExp
  /** What its headers mean where that can't be told from the words: target id, and a label after a colon. */
  targets: Readonly<Record<string, string>>
}

const list = (headers: string): string[] => headers.split(", ")
const all = (target: string, headers: string) =>
  Object.fromEntries(list(headers).map((header) => [header, target]))

/** The products whose exports are recognised, with what is peculiar to each; everything else is read as any file. */
export const SOURCE_DEFINITIONS: readonly SourceDefinition[] = [
  {
    id: "hubspot",
    signature: list(
      "record id, contact owner, company owner, lifecycle stage, lead status, marketing contact status, original source, associated company, create date, last activity date, company domain name, lifecyclestage, createdate, jobtitle, mobilephone, numberofemployees, annualrevenue, hs object id, hs lead status, hubspot owner id, associated contact, unsubscribed from all email, record id - contact, record id - company, hs email optout, number of pageviews",
    ),
    needed: 4,
    patterns: [/^(?:hs|hubspot)_/],
    targets: {
      ...all(
        "ignore",
        "hs lastmodifieddate, lastmodifieddate, last modified date, hs all owner ids, hs created by user id, hubspot owner id",
      ),
      ...all(
        "preferences",
        "marketing contact status, hs lead status, lead status, number of pageviews, last activity date, notes last updated",
      ),
      "hs object id": "externalId",
      "record id": "externalId",
      "record id - contact": "externalId",
      "record id - company": "externalId",
      "hs analytics source": "source",
      "hs email optout": "consent.optOut",
      "hs language": "language",
      "associated company": "companyName",
      "associated company ids": "companyName.externalId",
      twitterhandle: "social:twitter",
      address: "addresses.street",
      zip: "addresses.postalCode",
    },
  },
  {
    id: "salesforce",
    signature: list(
      "account id, contact id, lead id, isdeleted, masterrecordid, ownerid, systemmodstamp, createdbyid, lastmodifiedbyid, ownerid, mailing street, mailing city, mailing zip/postal code, mailing state/province, zip/postal code, state/province, company / account, billing state/province, billing zip/postal code, account owner, account name, lead source, lead owner, mailingstreet, mailingcity, mailingpostalcode, billingstreet, billingcity, billingpostalcode, shippingstreet, numberofemployees, tickersymbol, hasoptedoutofemail, donotcall, parentid, accountid, leadsource, accountnumber",
    ),
    needed: 4,
    patterns: [/__c$/i],
    values: /^(?:001|003|00Q)[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/,
    targets: {
      ...all(
        "ignore",
        "isdeleted, masterrecordid, ownerid, systemmodstamp, createdbyid, lastmodifiedbyid, lastmodifieddate, lastvieweddate, reportstoid, lastreferenceddate, isemailbounced, jigsaw, jigsawcontactid, cleanstatus, individualid, recordtypeid, last modified date, photourl",
      ),
      ...all(
        "preferences",
        "lastactivitydate, last activity, rating, ownership, site, sic, tickersymbol, accountnumber, account number",
      ),
      id: "externalId",
      "contact id": "externalId",
      "lead id": "externalId",
      accountid: "companyName.externalId",
      parentid: "parentName.externalId",
      createddate: "createdAt",
      leadsource: "source",
      hasoptedoutofemail: "consent.optOut",
      donotcall: "consent.optOut",
    },
  },
  {
    id: "zoho",
    signature: list(
      "lead id, contact owner, lead owner, account owner, created time, modified time, secondary email, skype id, billing code, shipping code, mailing zip, other zip, no. of employees, account site, email opt out, last activity time, tag, asst phone, parent account, unsubscribed mode",
    ),
    needed: 4,
    patterns: [/^[A-Z][\w ]+\.id$/],
    values: /^zcrm_\d+$/,
    targets: {
      ...all(
        "ignore",
        "contact owner.id, lead owner.id, account owner.id, created by.id, modified by.id, created by, modified by, modified time, locked",
      ),
      ...all(
        "preferences",
        "last activity time, skype id, rating, account number, account site, vendor name, vendor name.id, asst phone",
      ),
      "record id": "externalId",
      "account name.id": "companyName.externalId",
      "parent account.id": "parentName.externalId",
      tag: "tags",
    },
  },
  {
    id: "pipedrive",
    signature: list(
      "label, organization, phone - work, phone - mobile, email - work, email - home, closed deals, open deals, next activity date",
    ),
    needed: 4,
    patterns: [/^(?:Person|Organi[sz]ation) [-–] /],
    targets: {
      ...all(
        "ignore",
        "person - update time, organization - update time, person - profile picture, organization - profile picture",
      ),
      ...all(
        "preferences",
        "organization - people, person - email messages count, organization - email messages count, person - organization created",
      ),
      "person - id": "externalId",
      "organization - id": "externalId",
      "person - label": "tags",
      "person - labels": "tags",
      "organization - label": "tags",
      "organization - labels": "tags",
      label: "tags",
      "person - organization": "companyName",
      "person - organization id": "companyName.externalId",
      "organization - address": "addresses.whole",
      "person - postal address": "addresses.whole",
      "organization - apartment/suite no of address": "addresses.street2",
    },
  },
  {
    id: "google",
    signature: list(
      "given name, family name, group membership, additional name, organization name, organization title, phonetic first name, file as, labels, yomi name",
    ),
    needed: 4,
    patterns: [/^(?:E-mail|Phone|Address|Website|Organization) \d+ - /i],
    targets: {
      ...all("ignore", "directory server, mileage, sensitivity, priority"),
      ...all(
        "preferences",
        "yomi name, given name yomi, family name yomi, additional name yomi, phonetic first name, phonetic middle name, phonetic last name, file as, short name, maiden name, billing information, subject, initials, organization 1 - yomi name, organization 1 - symbol, organization 1 - type, organization 1 - location, organization 1 - job description, location",
      ),
      "organization 1 - name": "companyName",
      "organization 1 - title": "jobTitle",
      "organization 1 - department": "department",
      "group membership": "tags",
      labels: "tags",
    },
  },
  {
    id: "outlook",
    signature: list(
      "business street, business city, home street, other street, business phone, home phone 2, business fax, e-mail display name, sensitivity, internet free busy, directory server, e-mail 2 address, tty/tdd phone, web page, business postal code, straße geschäftlich, ort geschäftlich, postleitzahl geschäftlich, telefon geschäftlich, weitere vornamen, e-mail: angezeigter name, abrechnungsinformation, haupttelefon, straße privat, reisekilometer, calle del trabajo, ciudad de trabajo, teléfono del trabajo, fax del trabajo, código postal del trabajo, segundo nombre, nombre de pantalla de correo electrónico, tipo de correo electrónico",
    ),
    needed: 4,
    targets: {
      ...all(
        "ignore",
        "e-mail type, e-mail 2 type, e-mail 3 type, e-mail display name, e-mail 2 display name, e-mail 3 display name, priority, private, sensitivity, internet free busy, directory server, e-mail-typ, e-mail 2: typ, e-mail 3: typ, e-mail: angezeigter name, e-mail 2: angezeigter name, e-mail 3: angezeigter name, priorität, privat, vertraulichkeit, verzeichnisserver, internet-frei/gebucht, reisekilometer, prioridad, privado, confidencialidad, tipo de correo electrónico, nombre de pantalla de correo electrónico, mileage",
      ),
      ...all(
        "preferences",
        "account, konto, cuenta, location, ubicación, office location, büro, billing information, callback, rückmeldung, user 1, user 2, ort",
      ),
      title: "salutation",
      título: "salutation",
      particular: "phones.number:home",
      "other fax": "phones.number:fax",
      categories: "tags",
      "company main phone": "phones.number:work",
    },
  },
  {
    id: "shopify",
    signature: list(
      "accepts email marketing, accepts sms marketing, default address city, default address zip, default address phone, default address address1, total spent, total orders, tax exempt",
    ),
    needed: 4,
    targets: {
      "default address address1": "addresses.street",
      "default address address2": "addresses.street2",
      "default address company": "companyName",
    },
  },
  {
    id: "mailchimp",
    signature: list(
      "member rating, optin time, optin ip, confirm time, confirm ip, leid, euid, last changed, gmtoff, dstoff",
    ),
    needed: 3,
    targets: {
      ...all(
        "ignore",
        "optin ip, confirm ip, latitude, longitude, gmtoff, dstoff, timezone, region, last changed, leid, euid, confirm time",
      ),
      ...all("preferences", "member rating"),
      "optin time": "consent.optInDate",
      cc: "addresses.country",
      address: "addresses.whole",
    },
  },
]
