import type { MatchPerson } from "../src/matching/person.ts"
import { randomNumbers } from "../src/matching/random.ts"

/** A person with the number of who it really is. */
export interface Known<Id = number> {
  who: Id
  person: MatchPerson
}

const givenNames =
  "Anna Maria Julia Sofía Emma Laura Lena Lucía Carmen Sarah Elisabeth Katharina Susanne Emily Olivia Charlotte Isabel Marta Petra Ursula Mónica Grace Claire Hannah Thomas Michael Andreas Peter José Juan Carlos Robert William James David Daniel Christian Stefan Jürgen Wolfgang Antonio Francisco Javier Manuel Luis Alejandro Oliver George Henry Jack Matthew Benjamin Samuel Joseph Edward Alexander Maximilian Félix Martín Björn Søren".split(
    " ",
  )
const pets: Record<string, string> = {
  Elisabeth: "Lisa",
  Katharina: "Kathi",
  Susanne: "Susi",
  Robert: "Bob",
  William: "Bill",
  Thomas: "Tom",
  Michael: "Mike",
  José: "Pepe",
  Francisco: "Paco",
  Wolfgang: "Wolf",
  Edward: "Ted",
  Alexander: "Alex",
  Benjamin: "Ben",
}
const familyNames =
  "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Hoffmann Schäfer García Fernández González Rodríguez López Martínez Sánchez Pérez Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright".split(
    " ",
  )
const beginnings =
  "Bar Hol Stein Kirch Gold Wind Ros Ald Mor Cas Vill Torr Hart Brad Win Ash Lang Reich".split(" ")
const middles = "en er el in on ar es ing os al".split(" ")
const endings = "berg mann feld bach hofer ero ado ález ton ley ford wood worth well stadt meier huber".split(
  " ",
)
const streets =
  "Hauptstraße|Bahnhofstraße|Gartenweg|Lindenallee|Schulstraße|Calle Mayor|Calle del Sol|Avenida de la Paz|High Street|Church Road|Mill Lane|Station Road|Park Avenue|Bergstraße|Rosenweg".split(
    "|",
  )
const towns = ["Freiburg", "Emmendingen", "Lörrach", "Granada", "Motril", "Leeds", "Bradford", "Offenburg"]
const firms = ["Holzbau", "Consulting", "Logistik", "Textiles", "Optik", "Foods", "Media", "Systems"]
const providers = ["gmail.com", "gmx.de", "web.de", "hotmail.com", "outlook.es", "btinternet.com"]

/**
 * Invented customers: couples of one surname, telephone and address, colleagues at one number, namesakes, and beside
 * `originals` people `twins` second entries of some of them with slips and gaps. The same arguments, the same people.
 */
export function inventPeople(originals: number, twins: number, seed: number): Known[] {
  const random = randomNumbers(seed)
  const dice = diceOf(random)
  const known: Known[] = []
  while (known.length < originals) {
    const person = invent(dice)
    known.push({ who: known.length, person })
    if (dice.chance(0.25) && known.length < originals)
      known.push({ who: known.length, person: partnerOf(person, dice) })
  }
  for (let twin = 0; twin < twins; twin++) {
    const { who, person } = known[dice.below(originals)] as Known
    known.push({ who, person: spoil(person, dice) })
  }
  return known
}

function diceOf(random: () => number) {
  const taken = new Set<string>()
  const below = (count: number) => Math.floor(random() * count)
  return {
    below,
    chance: (share: number) => random() < share,
    /** Early ones are more common, as names are. */
    pick: <T>(list: readonly T[]) => list[Math.floor(random() ** 1.2 * list.length)] as T,
    /** Whether nobody has had this address yet. */
    isNew: (address: string) => {
      const isNew = !taken.has(address)
      taken.add(address)
      return isNew
    },
    digits: (count: number) => Array.from({ length: count }, () => below(10)).join(""),
  }
}
type Dice = ReturnType<typeof diceOf>

function invent(dice: Dice): MatchPerson {
  const givenName = dice.pick(givenNames)
  const familyName = dice.chance(0.4)
    ? dice.pick(familyNames)
    : dice.pick(beginnings) + dice.pick(middles) + dice.pick(endings)
  const town = dice.below(towns.length)
  const firm = dice.below(400)
  const company = dice.chance(0.2) ? `${familyNames[firm % 28]} ${firms[firm % 8]} GmbH` : null
  return {
    givenName,
    familyName,
    emails: dice.chance(0.6) ? [emailOf(givenName, familyName, dice)] : [],
    phones: dice.chance(0.6) ? [company ? `+4976155${1000 + firm}` : `+49${dice.digits(10)}`] : [],
    addresses: dice.chance(0.5)
      ? [
          {
            street: `${dice.pick(streets)} ${1 + dice.below(120)}`,
            city: towns[town] as string,
            postalCode: String(79100 + town * 40 + dice.below(12)),
          },
        ]
      : [],
    birthday: dice.chance(0.4) ? birthdayOf(dice) : null,
    company,
  }
}
function birthdayOf(dice: Dice): string {
  const day = `${String(1 + dice.below(12)).padStart(2, "0")}-${String(1 + dice.below(28)).padStart(2, "0")}`
  return dice.chance(0.3) ? `--${day}` : `${1935 + dice.below(70)}-${day}`
}
function emailOf(givenName: string, familyName: string, dice: Dice): string {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .replace(/[^a-z]/gi, "")
      .toLowerCase()
  const [given, family] = [plain(givenName), plain(familyName)]
  const local = [`${given}.${family}`, `${given}${family}`, `${given[0]}${family}`][dice.below(3)]
  const provider = dice.pick(providers)
  const address = `${local}${dice.chance(0.7) ? 1 + dice.below(99) : ""}@${provider}`
  return dice.isNew(address.replaceAll(".", "")) ? address : `${local}${dice.digits(5)}@${provider}`
}

/** Shares surname, address and usually the telephone; sometimes even the mailbox. */
function partnerOf(person: MatchPerson, dice: Dice): MatchPerson {
  const other = invent(dice)
  if (other.givenName === person.givenName) return partnerOf(person, dice)
  return {
    ...other,
    familyName: person.familyName,
    addresses: person.addresses,
    phones: dice.chance(0.7) ? person.phones : other.phones,
    emails: dice.chance(0.05) ? person.emails : other.emails,
  }
}

/** The same person entered again: some things left out, some with a slip. */
function spoil(person: MatchPerson, dice: Dice): MatchPerson {
  const twin: MatchPerson = { ...person }
  const slips: (() => void)[] = [
    () => Object.assign(twin, { givenName: slip(twin.givenName ?? "", dice) }),
    () => Object.assign(twin, { familyName: slip(twin.familyName ?? "", dice) }),
    () => Object.assign(twin, { givenName: person.familyName, familyName: person.givenName }),
    () => Object.assign(twin, { givenName: pets[person.givenName ?? ""] ?? person.givenName }),
    () => Object.assign(twin, { givenName: `${person.givenName?.[0]}.` }),
    () => Object.assign(twin, { emails: person.emails?.map((email) => slip(email, dice)) }),
    () => Object.assign(twin, { emails: person.emails?.map((email) => email.replace("@", "+shop@")) }),
    () => Object.assign(twin, { phones: person.phones?.map((phone) => phone.replace("+49", "0")) }),
    () => Object.assign(twin, { birthday: person.birthday && slip(person.birthday, dice, "0123456789") }),
    () => Object.assign(twin, { addresses: invent(dice).addresses }),
    () => Object.assign(twin, { emails: [] }),
    () => Object.assign(twin, { phones: [] }),
    () => Object.assign(twin, { birthday: null, company: null }),
    () =>
      Object.assign(twin, {
        addresses: person.addresses?.map((address) => ({
          ...address,
          street: slip(address.street ?? "", dice),
        })),
      }),
  ]
  for (let made = 1 + dice.below(3); made > 0; made--) (slips[dice.below(slips.length)] as () => void)()
  return twin
}

function slip(text: string, dice: Dice, alphabet = "abcdefghijklmnopqrstuvwxyz"): string {
  const at = dice.below(text.length)
  const letter = alphabet[dice.below(alphabet.length)] as string
  switch (dice.below(alphabet.length > 10 ? 4 : 1)) {
    case 0:
      return text.slice(0, at) + letter + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + letter + text.slice(at)
    default:
      return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2)
  }
}
