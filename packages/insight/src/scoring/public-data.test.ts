import { expect, test } from "vitest"
import { bankMarketing, type Examples, telcoChurn } from "../../testing/public-data.ts"
import { fitScore } from "./fit.ts"
import { scoreOf } from "./model.ts"
import { qualityOf } from "./quality.ts"
import { trainScore } from "./train.ts"

/** Learns from four fifths and judges the fifth whose row number is divisible by 5. */
function judge({ features, examples }: Examples) {
  const model = fitScore(
    features,
    examples.filter((_, row) => row % 5 !== 0),
  )
  const judged = examples.filter((_, row) => row % 5 === 0)
  return qualityOf(
    judged.map((example) => scoreOf(model, example).likelihood),
    judged.map(({ outcome }) => outcome),
  )
}
const without = ({ features, examples }: Examples, key: string) => ({
  features: features.filter((feature) => feature.key !== key),
  examples,
})

test.for([
  {
    title: "bank-marketing, without the length of the call",
    read: () => {
      const bank = bankMarketing()
      return bank && without(bank, "duration")
    },
    floor: { auc: 0.77, brier: 0.077, half: 0.77 },
  },
  { title: "telco-churn", read: telcoChurn, floor: { auc: 0.836, brier: 0.14, half: 0.84 } },
])("Public data: $title, AUC of at least $floor.auc", ({ title, read, floor }, { skip }) => {
  const data = read()
  if (!data) {
    console.log(`skipped: ${title} needs ../shared/data beside the repository`)
    return skip(`${title} needs ../shared/data beside the repository`)
  }
  const { auc, brier, top, calibrationError } = judge(data)
  const half = top.find(({ share }) => share === 0.5)?.captured as number
  const figures = [auc.value, brier, half, calibrationError].map((figure) => figure.toFixed(4))
  console.log(
    `${title}: AUC ${figures[0]}, Brier ${figures[1]}, best half ${figures[2]}, calibration ${figures[3]}`,
  )
  expect(auc.value).toBeGreaterThanOrEqual(floor.auc)
  expect(brier).toBeLessThanOrEqual(floor.brier)
  expect(half).toBeGreaterThanOrEqual(floor.half)
  expect(calibrationError).toBeLessThan(0.03)
})

test("Public data: the length of a call is known only after it, and is asked about", ({ skip }) => {
  const bank = bankMarketing()
  if (!bank) {
    console.log("skipped: the length of calls needs ../shared/data beside the repository")
    return skip("the length of calls needs ../shared/data beside the repository")
  }
  const careful = trainScore(bank.features, bank.examples)
  expect(careful.leftOut).toMatchObject([{ why: "tooTelling", feature: "duration" }])
  expect(careful.trained && careful.model.effects.map(({ key }) => key)).not.toContain("duration")

  const believing = trainScore(bank.features, bank.examples, { trusted: ["duration"] })
  expect(believing.leftOut).toEqual([])
  expect(believing.quality?.auc.value).toBeGreaterThan(0.9)
})
