import { createFormats } from "@regulars/locales/formats.ts"
import { expect, it } from "vitest"
import { formatPhone } from "./phone.ts"

const shopIn = (country: string) => createFormats({ language: "en", country })

it("shows numbers as typed at first, then as people of the country write them", async () => {
  const berlin = { number: "+493012345678", raw: "+493012345678" }
  expect(formatPhone(berlin, shopIn("DE"))).toBe("+493012345678")
  await expect.poll(() => formatPhone(berlin, shopIn("DE"))).toBe("030 12345678")
  expect(formatPhone(berlin, shopIn("ES"))).toBe("+49 30 12345678")
  expect(formatPhone({ number: "+442079460123", raw: "02079460123" }, shopIn("GB"))).toBe("020 7946 0123")
  expect(formatPhone({ number: "+34612345678" }, shopIn("ES"))).toBe("612 34 56 78")
  expect(formatPhone({ number: "+12125550123" }, shopIn("US"))).toBe("(212) 555-0123")
})
it("leaves alone what is no number or carries words", () => {
  expect(formatPhone({ number: null, raw: "ask for Bo" }, shopIn("DE"))).toBe("ask for Bo")
  expect(formatPhone({ number: "+493012345678", raw: "030 12345678 ext. 5" }, shopIn("DE"))).toBe(
    "030 12345678 ext. 5",
  )
  expect(formatPhone({}, shopIn("DE"))).toBe("")
})
