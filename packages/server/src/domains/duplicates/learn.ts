import { randomBytes } from "node:crypto"
import { randomPairs } from "@regulars/insight/matching/match-all.ts"
import type { MatchParameters } from "@regulars/insight/matching/model.ts"
import type { Context } from "../../kernel/context.ts"
import { loadPrepared, takingTurns } from "./comparables.ts"
import { countRecords, readModel, sampledPairs, sampleIds, saveModel } from "./scan.queries.ts"
import { type Scorer, type Subject, termKeys } from "./subjects.ts"

/** Up to so many records all of them teach; of more, as many drawn at random, and the candidates of some of these. */
const mostRecords = 10_000
const mostWithCandidates = 800
const randomPairCount = 200_000

/** Learns from the workspace's own records what agreement is worth, and keeps it. */
export async function learn(ctx: Context, subject: Subject): Promise<void> {
  const { entity } = subject
  const records = await countRecords(ctx, entity)
  const sample = await sampleIds(ctx, entity, mostRecords)
  const isAll = sample.length < mostRecords
  const ones = isAll ? sample : sample.slice(0, mostWithCandidates)
  const pairs = await sampledPairs(ctx, subject, ones)
  const prepared = await loadPrepared(ctx, subject, [...new Set([...sample, ...pairs.map(({ id }) => id)])])
  const known = sample.map((id) => prepared.get(id)).filter((record) => record !== undefined)
  const pairCount = (records * (records - 1)) / 2
  const salt = randomBytes(16).toString("base64url")
  const parameters = await inTurns(
    subject.train({
      records: known,
      randomPairs: randomPairs(known, Math.min(randomPairCount, pairCount)),
      blockedPairs: pairs.flatMap(({ id, at, rules }) => {
        const one = prepared.get(ones[at - 1] as string)
        const other = prepared.get(id)
        return one && other ? { one, other, rules } : []
      }),
      blockedShare: isAll ? 1 : mostWithCandidates / records,
      pairs: pairCount,
      termKey: termKeys(salt),
    }),
  )
  saveModel(ctx, entity, { parameters, salt, records })
}
async function inTurns(steps: ReturnType<Subject["train"]>): Promise<MatchParameters> {
  const rest = takingTurns()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await rest()
  }
}

/** The workspace's matcher; before its first scan the one that is declared. */
export async function scorerOf(ctx: Context, subject: Subject): Promise<Scorer> {
  const model = await readModel(ctx, subject.entity)
  if (model) return subject.scorer(model.parameters, model.salt)
  return subject.scorer(subject.untrained(await countRecords(ctx, subject.entity)), "")
}
