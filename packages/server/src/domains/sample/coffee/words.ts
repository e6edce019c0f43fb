/** Names and places of the sample shop's town, Wexbridge, which is on no map. */
export const givenNames =
  `Maya Oliver Amelia Noah Priya Jack Grace Samuel Chloe Hassan Ella Daniel Freya Marcus Isla
Tomasz Leila Edward Zoë Callum Ruth Kwame Hannah Felix Aisha Patrick Naomi Benedict Imogen Rafael Alice Dmitri Beatrix
Owen Fatima George Lucía Henry Mei Arthur Saoirse Victor Nadia Leo Yusuf Clara Ivan Rosie Elliot Anjali Frank Josephine
Theo Wanjiru Martin Harriet Luca Dorothy Sanjay Nell Gareth Ingrid Jamal Penelope Søren Abigail Rohan Bethany Miguel
Florence Kofi Iris Stefan Matilda Łukasz Eve Aaron Sienna Duncan Valentina Hugo Meera Alastair Cora Emeka Phoebe Adrian
Yuki Rory Esther Nico Thandi Julian Maeve Bruno Lydia Ahmed Orla Conrad Simone Vikram Hazel Angus René Tessa Mateo Gwen
Ibrahim Ottilie Peter Sabine Kieran Amara Douglas Petra Finlay Noor`
    .split(/\s+/)
    .filter(Boolean)

export const familyNames =
  `Ashdown Patel Whitlock Okafor Brennan Fairweather Nowak Hollis Marchetti Draper Ahmed
Penrose Kowalczyk Thorne Blackwood Sharma Underhill Mensah Caldwell Ferreira Langley Singh Hartnell Moreau Osborne Bielski
Redfern Castellanos Quigley Haddad Winslow Petrov Tremaine Chaudhry Stokes Lindqvist Barlow Adeyemi Merrick Hoang Selby
Costa Wainwright Nakamura Pemberton Rahman Loxley Varga Kendrick O’Shea Thackeray Iyer Goodwin Schreiber Marlow Achterberg
Finch Delacroix Rowntree Mbeki Halloran Sato Whitmore Bianchi Cartwright Aziz Stroud Novák Fielding Ramírez Ellwood Chan
Prescott Yılmaz Greaves Dubois Hathaway Mukherjee Colley Andersen Birch Farouk Tolliver Jørgensen Keane Ludlow Santos
Abernathy Walczak Crane Desai Fenwick Boateng Hargreaves Müller Ives Kaur Larkin Nwosu Oakley Pires Rutherford Sinclair
Tanaka Usher Verma Wardle York Zielińska Atherton Bloom Copeland Dunmore Egerton Frost Gilmour Hyde`
    .split(/\s+/)
    .filter(Boolean)

export const streets =
  `Mill Lane,Harbour Street,Station Road,Weir Street,Bakehouse Row,Orchard Way,Cooper’s Yard,Bridge
Street,Chapel Hill,Lantern Court,Quay Street,Foundry Road,Linden Avenue,Market Square,North Parade,Tannery Lane,Swan
Walk,Almond Close,Priory Gardens,Canal Row,Fernbank Road,Clocktower Street,Willow Crescent,Ropemakers Lane,Meadow
Rise,Vicarage Lane,Saltmarsh Road,Viaduct Street`
    .replaceAll("\n", " ")
    .split(",")

export const shops = [
  { name: "Northside", street: "14 North Parade", postalCode: "WX1 2NP", phone: "+442079460101" },
  { name: "Riverside", street: "3 Weir Street", postalCode: "WX2 5RS", phone: "+442079460102" },
  { name: "Station", street: "Unit 2, Station Road", postalCode: "WX1 9ST", phone: "+442079460103" },
] as const

export const sourceNames = [
  "Walked in",
  "Recommended by a friend",
  "Instagram",
  "Our website",
  "Farmers’ market stall",
  "Wexbridge Food Festival",
  "Through their office",
  "Barista evening",
] as const

/** Source of those whom the shop knows through the company they work for. */
export const officeSource = sourceNames.indexOf("Through their office")

export const drinks =
  `flat white,cappuccino,double espresso,latte,cortado,long black,pour-over,mocha,chai latte,filter
coffee,macchiato,cold brew,hot chocolate,Earl Grey,iced latte`
    .replaceAll("\n", " ")
    .split(",")
export const foods =
  `almond croissant,cinnamon bun,banana bread,cheese scone,sourdough toast,lemon drizzle slice,pain au
chocolat,carrot cake,sausage roll,porridge with berries,apricot Danish,oat cookie`
    .replaceAll("\n", " ")
    .split(",")
export const beans =
  `Northside House Blend,Riverside Dark,Station Espresso,Huila single origin,Sidamo natural,Decaf
Mountain Water,Winter Blend,Antigua washed`
    .replaceAll("\n", " ")
    .split(",")
export const milks = ["oat", "semi-skimmed", "whole", "soy", "almond", "no milk"] as const
export const seats = [
  "the window table",
  "the long bench",
  "the corner by the bookshelf",
  "a table outside",
  "a stool at the bar",
  "the sofa upstairs",
] as const
export const interests = [
  "latte art",
  "home brewing",
  "live music nights",
  "book club",
  "cycling",
  "local history",
  "pottery",
  "crosswords",
  "running",
] as const
