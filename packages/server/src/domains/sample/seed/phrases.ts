/** Parts from which the texts of a large workspace are put together; every combination reads as a sentence. */
export const openings = [
  "Talked about",
  "Asked about",
  "Sent details of",
  "Agreed on",
  "Complained about",
  "Was happy with",
  "Needs another look at",
  "Wants an offer for",
  "Confirmed",
  "Moved the date of",
  "Reminded of",
  "Explained",
] as const
export const subjects =
  `the spring order,the open invoice,the delivery on Friday,two colours of the new range,the garden
chairs,the workshop in autumn,a gift card,the repair of the grinder,the annual contract,an oak table,the price per metre,
the colour samples,the standing order,the late parcel,the discount for members,the opening hours,the fitting on Tuesday,
a trial week,the winter catalogue,the broken handle,the training for beginners,a table for twelve,the birthday cake,the
bicycle service,the organic wool,the returned shoes,the insurance papers,the window frames,the catering for forty,the
renewal in March`
    .replaceAll("\n", " ")
    .split(",")
    .map((part) => part.trim())
export const endings = [
  "",
  "Will call back.",
  "Answer by the end of the week.",
  "All settled.",
  "Prefers mail.",
  "Decides with the partner.",
  "Very friendly.",
  "Needs it before the holidays.",
  "Budget is about 2,000.",
  "Asked for the manager.",
] as const
export const outcomes = ["Reached", "No answer", "Left a message", "Order taken", "Offer to follow"] as const

export const trades = [
  ["Bäckerei", "Bakery"],
  ["Elektro", "Electrical"],
  ["Gartenbau", "Gardening"],
  ["Consulting", "Consulting"],
  ["Software", "Software"],
  ["Hotel", "Hospitality"],
  ["Apotheke", "Pharmacy"],
  ["Autohaus", "Car sales"],
  ["Studio", "Design"],
  ["Logistik", "Transport"],
  ["Físio", "Health"],
  ["Menuiserie", "Carpentry"],
] as const
export const legalForms = ["GmbH", "Ltd", "& Söhne", "S.L.", "AG", "SARL", "e.K.", "& Partner"] as const

export const tags =
  `newsletter,wholesale,member,trade fair,referral,local,school,club,press,gift card,first order,online
shop,pick-up,invoice,cash,seasonal,garden,kitchen,premium,student,family,pensioner,neighbour,partner,event,long term,new
building,renovation,export,test group`
    .replaceAll("\n", " ")
    .split(",")
    .map((part) => part.trim())
export const streetNames =
  `Hauptstraße,Station Road,Calle Mayor,Rue de l’Église,Gartenweg,Church Lane,Bahnhofstraße,High
Street,Plaza Nueva,Lindenallee,Mill Lane,Schillerstraße,Park Avenue,Am Markt,Ulica Długa,Rosenweg,Victoria Road,Mühlweg`
    .replaceAll("\n", " ")
    .split(",")
