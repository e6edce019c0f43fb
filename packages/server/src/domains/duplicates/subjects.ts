import { hash } from "node:crypto"
import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { comparedFields } from "@regulars/contract/domains/duplicates.ts"
import type { BlockingRule } from "@regulars/insight/matching/blocking.ts"
import { companyModel, companyRules, type MatchCompany } from "@regulars/insight/matching/company.ts"
import {
  type MatchModel,
  type MatchParameters,
  type Prepared,
  prepareRecord,
} from "@regulars/insight/matching/model.ts"
import type { InSteps } from "@regulars/insight/matching/patterns.ts"
import { type MatchPerson, personModel, personRules } from "@regulars/insight/matching/person.ts"
import { matcherOf, type PairScore, probabilityOf, scorePair } from "@regulars/insight/matching/score.ts"
import { type TrainingData, trainInSteps, untrainedParameters } from "@regulars/insight/matching/train.ts"
import type { Values } from "../../kernel/records/columns.ts"

/** What is compared of a record: its fields, and the name of its company where it has one. */
export interface Comparable {
  values: Values
  companyName: string | null
}
/** A matcher with a workspace's parameters. */
export interface Scorer {
  probability(one: Prepared, other: Prepared): number
  score(one: Prepared, other: Prepared): PairScore
}
/** How the records of one entity are matched; what their model looks like inside stays here. */
export interface Subject {
  entity: MatchedEntity
  /** Fields that are read. */
  fields: readonly string[]
  /** The most records a key of each rule may have; one with more tells nobody apart. */
  blockLimits: readonly number[]
  /** Keys under which twins are looked for, as signed 64-bit numbers whose lowest five bits are the rule's place. */
  keysOf(workspaceId: string, record: Comparable): string[]
  prepare(record: Comparable): Prepared
  train(data: Omit<TrainingData, "rules">): InSteps<MatchParameters>
  untrained(records: number): MatchParameters
  scorer(parameters: MatchParameters, salt: string): Scorer
}

const mostPerBlock = 100
/** Bits of a key that name its rule. */
const ruleBits = 31n

function subjectOf<R>(
  entity: MatchedEntity,
  model: MatchModel<R>,
  rules: readonly BlockingRule<R>[],
  read: (record: Comparable) => R,
): Subject {
  return {
    entity,
    fields: [...new Set(Object.values(comparedFields[entity])), "name"],
    blockLimits: rules.map(({ maxPerBlock }) => maxPerBlock ?? mostPerBlock),
    keysOf(workspaceId, record) {
      const values = read(record)
      const keys = rules.flatMap((rule, place) =>
        rule.keys(values).map((key) => keyOf(`${workspaceId}/${place}/${key}`, place)),
      )
      return [...new Set(keys)]
    },
    prepare: (record) => prepareRecord(model, read(record)),
    train: (data) => trainInSteps(model, { ...data, rules }),
    untrained: (records) => untrainedParameters(model, records),
    scorer(parameters, salt) {
      // After a release with other comparisons the old parameters no longer fit: until the next scan, what is declared.
      const fitting = parameters.model === model.name ? parameters : untrainedParameters(model, 1000)
      const matcher = matcherOf(model, fitting, termKeys(salt))
      return {
        probability: (one, other) => probabilityOf(matcher, one, other),
        score: (one, other) => scorePair(matcher, one, other),
      }
    },
  }
}
function keyOf(text: string, place: number): string {
  const number = (hash("sha1", text, "buffer") as Buffer).readBigInt64BE(0)
  return String((number & ~ruleBits) | BigInt(place))
}

const mostKept = 50_000
/** Names for values that don't show them: parameters outlive the records they were learned from by a night. */
export function termKeys(salt: string): (term: string) => string {
  const kept = new Map<string, string>()
  return (term) => {
    const known = kept.get(term)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const key = hash("sha1", `${salt}/${term}`, "base64url").slice(0, 16)
    kept.set(term, key)
    return key
  }
}

const list = (value: unknown) => (value ?? []) as Values[]
const text = (value: unknown) => value as string | null | undefined
const phonesOf = (values: Values) => list(values.phones).map(({ number, raw }) => String(number ?? raw ?? ""))

function dayOf(value: unknown): string | null {
  if (!value) return null
  const { year, month, day } = value as { year?: number | null; month: number; day: number }
  const two = (number: number) => String(number).padStart(2, "0")
  return `${year ? String(year).padStart(4, "0") : "-"}-${two(month)}-${two(day)}`
}

export const subjects: Record<MatchedEntity, Subject> = {
  people: subjectOf<MatchPerson>("people", personModel, personRules, ({ values, companyName }) => ({
    name: text(values.name),
    givenName: text(values.givenName),
    familyName: text(values.familyName),
    emails: list(values.emails).map(({ address }) => String(address)),
    phones: phonesOf(values),
    addresses: list(values.addresses),
    birthday: dayOf(values.birthday),
    company: companyName,
  })),
  companies: subjectOf<MatchCompany>("companies", companyModel, companyRules, ({ values }) => ({
    name: text(values.name),
    domains: list(values.domains).map(({ domain }) => String(domain)),
    phones: phonesOf(values),
    addresses: list(values.addresses),
  })),
}
