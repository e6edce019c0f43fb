import type { Synonyms } from "./synonyms.ts"

/** What columns are called in English. How the entries are read is described in `synonyms.ts`. */
export const english: Synonyms = {
  meanings: {
    fullName:
      "name, full name, contact name, customer name, client name, display name, person, person name, first and last name, member name, member, guest name, patient name, student, ~attendee, ~guest, ~patient, ~contact, ~customer, ~client, ~who, ~lead name, ~card name, ~recipient, ~contact person, ~buyer, ~participant, ~subscriber name",
    givenName:
      "first name, given name, forename, fname, christian name, given names, first, firstn, first nm, ~called",
    familyName: "last name, family name, surname, lname, ~second name, last, lastn, sur name, last nm, ~name",
    middleName: "middle name, middle names, additional name, additional names, middle initial, mname, middle",
    salutation:
      "salutation, name prefix, prefix, honorific, mr mrs, courtesy title, form of title, ~title, ~greeting",
    email: "email, email address, emailid, email id, eml, inbox, ~contact address",
    phone:
      "phone, phone number, mobile, mobile phone, mobile number, cell, cell phone, cell number, landline, switchboard, fax, fax number, contact number, telephone number, work phone, home phone, main line, direct line, direct dial, car phone, whatsapp, whatsapp number, pager, daytime phone, evening phone, ~line, ~call back",
    street:
      "street, street address, address line 1, address 1, street 1, address line, road, street and number, street name, line 1, ~address, ~postal address",
    houseNumber: "house number, building number, street number, house no, door number",
    street2:
      "address line 2, address 2, street 2, apartment, apt, suite, unit, flat, building, floor, extended address, po box, address line 3, street 3, line 2, unit number, address continued",
    city: "city, town, suburb, locality, place, municipality, village, post town, ~area",
    region:
      "state, province, region, county, state province, state region, state code, province code, prefecture, territory, ~district",
    postalCode:
      "postal code, zip, zip code, postcode, zipcode, post code, pcode, pin code, zip postal code, ~code",
    country: "country, nation, country code, country region, country name, ~nationality, ~cc",
    wholeAddress:
      "address, full address, complete address, formatted address, postal address, mailing address, home address, address formatted, combined address, full combined address, ~location",
    organisation:
      "company, company name, organization, organization name, employer, business name, account name, firm, company account, trading name, customer company, affiliation, workplace, ~account, ~brand, ~org, ~associated company, primary company",
    organisationId:
      "company id, account id, organization id, associated company ids, account name id, company record id, primary associated company id",
    jobTitle:
      "job title, position, role, job, occupation, profession, function, designation, organization title, person title, job role, pos, works as, title at company, ~title",
    department: "department, dept, division, team, business unit, ~section",
    lifecycleStage:
      "lifecycle stage, lifecycle, stage, customer stage, customer status, lead status, contact status, client status, funnel stage, status, relationship stage, pipeline stage, account type, contact type, customer type, membership status, ~type, ~relationship, ~category",
    source:
      "source, lead source, original source, acquisition source, referral source, how did you hear about us, heard about us, how they heard, how found, found us, channel of acquisition, utm source, came from, traffic source, marketing channel, acquisition channel, ~referred by, ~referrer, ~campaign, ~origin, ~referral",
    owner:
      "owner, account owner, contact owner, company owner, lead owner, assigned to, account manager, sales rep, salesperson, salesman, sales person, representative, responsible, handled by, looked after by, rep, assignee, relationship manager, customer manager, sales agent, advisor, ~agent, ~manager, ~served by, ~stylist",
    tags: "tags, tag, labels, label, categories, category, groups, group, group membership, segments, segment, lists, keywords, customer group, ~type, ~segmentation, ~customer type, ~class",
    birthday: "birthday, b day, date of birth, birth date, dob, bday, born, born on, birth day, d o b",
    birthDay: "birth day, day of birth, birthday day",
    birthMonth: "birth month, month of birth, birthday month",
    birthYear: "birth year, year of birth, birthday year, year born",
    anniversary: "anniversary, wedding anniversary, wedding date, event, name day",
    language:
      "language, preferred language, lang, locale, spoken language, language preference, mother tongue, languages, speaks, correspondence language",
    channel:
      "preferred channel, preferred contact method, contact preference, preferred communication, contact method, best way to reach, communication preference, preferred way of contact, contact by, reach by, reminder by, preferred contact, how to contact",
    formOfAddress: "form of address, formality, formal or informal, ~greeting style",
    styleNote: "style, communication style, tone, style note, tone of voice, writing style, how to talk",
    keyCustomer:
      "key customer, vip, key account, priority, importance, customer class, abc class, abc, is vip, vip customer, account tier, customer rank, ~tier, ~rating, ~classification, ~class, ~level, ~grade, ~loyalty tier",
    location:
      "branch, store, location, shop, site, home store, preferred store, outlet, salon, studio, venue, branch office, home branch, preferred location",
    website:
      "website, web site, web, url, homepage, web page, web address, website url, internet, company website, profile url, ~link, ~site",
    social:
      "linkedin, twitter, facebook, instagram, xing, tiktok, youtube, linkedin url, linkedin profile, twitter handle, twitter username, facebook page, instagram handle, social media, social profile, x handle, linkedin bio, insta",
    domain: "domain, company domain, domain name, company domain name, email domain, web domain",
    photo:
      "photo, picture, avatar, image, photo url, profile picture, image url, headshot, profile photo, portrait, pic, avatar url",
    description:
      "description, about, bio, biography, summary, profile, about us, ~background, ~details, ~info, ~intro",
    note: "notes, note, comments, comment, remarks, remark, memo, internal notes, special requests, observations, private note, additional information, ~info, ~details, ~misc, ~message, ~anything else",
    optIn:
      "opt in, email opt in, newsletter, marketing opt in, accepts marketing, accepts email marketing, accepts sms marketing, email marketing, marketing consent, email consent, consent, subscribed, marketing, newsletter subscription, subscription status, email subscription status, gdpr consent, ok to email, ok to text, ok to call, ok to contact, mailing list, wants newsletter, marketing status, email status, permission, may we email you, can email, allow email, allow sms, marketing allowed, email permission, ~subscription, ~mailing, ~promotions",
    optOut:
      "opt out, email opt out, has opted out of email, unsubscribed, do not email, do not call, do not contact, do not mail, unsubscribed from all email, no marketing, no contact, opted out, no email, no calls, fax opt out, has opted out of fax, email blocked, do not disturb, sms opt out",
    optInDate:
      "opt in time, opt in date, consent date, subscribed on, subscription date, consent given on, subscribed at, newsletter since, confirm time, date of consent, optin time, consent timestamp, signup date",
    optOutDate:
      "opt out date, opt out time, unsubscribed on, unsubscribe date, unsubscribed time, unsubscribed at, unsub time",
    createdAt:
      "create date, created, created date, date entered, creation date, created at, created on, created time, date created, date added, added on, customer since, member since, joined, joined on, join date, registered, registration date, person created, organization created, date joined, client since, first seen, since, signed up, entry date, added, ~first visit, ~date, ~first order, ~start date, ~first purchase",
    externalId:
      "id, record id, customer id, customer number, account number, member number, client id, contact id, person id, lead id, external id, reference, reference id, uuid, identifier, user id, membership number, customer code, client number, member id, unique id, rec id, legacy id, cust no, ref, ~acct, ~number, ~code, ~key, ~no",
    industry:
      "industry, sector, industry sector, trade, line of business, business type, branch of industry, vertical, market segment",
    size: "number of employees, employees, employee count, company size, head count, headcount, staff, staff count, size, workforce, team size, no of employees, employees total, employee range",
    parent:
      "parent company, parent account, parent, subsidiary of, parent organization, holding, belongs to, part of, group of companies, owned by company, parent name, ultimate parent",
    parentId: "parent id, parent account id, parent company id",
    attribute:
      "gender, sex, area code, annual revenue, revenue, turnover, total spent, total orders, orders, order count, orders count, lifetime value, ltv, spend, balance, last order, last visit, last purchase, last activity, last activity date, last contacted, last contact, next activity date, next appointment, vat number, vat id, tax id, tax exempt, tax number, iban, bic, bank account, payment terms, payment method, credit limit, discount, currency, nickname, nick name, preferred name, suffix, name suffix, initials, maiden name, phonetic first name, phonetic last name, phonetic middle name, file as, yomi name, spouse, partner, children, hobby, hobbies, interests, allergies, dietary requirements, size shirt, shoe size, shirt size, favourite, favorite, fav, age, income, marital status, education, year established, founded, founded year, year founded, ownership, ticker symbol, sic, sic code, naics, account site, rating, lead score, score, closed deals, open deals, won deals, lost deals, deals, number of pageviews, visits, number of visits, loyalty points, points, membership type, membership, plan, subscription plan, skype, skype id, messenger, assistant name, assistants name, assistant, manager name, reports to, emergency contact, emergency contact name, emergency contact phone, social security number, social security, national id, government id number, passport, licence plate, vehicle, profession group, time zone, tax rate, contract end, contract, last invoice, pet, pet name, referral code, ~total, ~amount, ~type, ~last, ~next",
    technical:
      "is deleted, master record id, system modstamp, last modified date, last modified, modified time, modified date, modified by, last modified by id, created by id, created by, update time, updated at, last changed, last update, last updated, row number, email type, email display name, priority outlook, sensitivity, directory server, mileage, internet free busy, isdn, telex, leid, euid, optin ip, confirm ip, ip address, latitude, longitude, gmtoff, dstoff, last viewed date, last referenced date, jigsaw, clean status, photo id, change log time, locked, record type id, export date, sync status, hash, tty tdd phone, radio phone, organizational id number, lat, lng, session id, exchange rate",
  },
  aliases: {
    number: "no num nbr numbers nos",
    phone: "tel telephone ph phones fone phon telno",
    email: "mail emails mails",
    address: "addr adr addresses ads addrs",
    date: "dt dates",
    name: "names nm nam",
    customer: "customers cust client clients patient buyer consumer guest",
    company: "companies co organisation organization organizations org corp corporate firm",
    contact: "contacts",
    mobile: "mob cell cellphone cellular mobiles",
    fax: "facsimile",
    work: "business office wk bus",
    home: "residential hm personal",
    other: "alternative alt secondary additional alternate second",
    main: "primary default principal prim",
    billing: "bill invoice invoicing",
    shipping: "ship delivery deliver",
    mailing: "correspondence",
    street: "st str",
    code: "cd",
    account: "acct acc acnt",
    website: "www",
    state: "st",
    department: "dept",
    employees: "employee emp staff",
    created: "creation crtd",
    newsletter: "newsletters",
    birth: "bth",
    hq: "headquarters headoffice",
    identifier: "identification",
    source: "src",
    vip: "vips",
  },
  noise:
    "the a of for and or your our my is it in at on to us hs custom field fields value valu values please enter data col column your this item default list current full if any new record dd mm yy yyyy",
  unhelpful: "column f field c col unnamed value var header untitled data",
  labelWords: "type label kind",
}
