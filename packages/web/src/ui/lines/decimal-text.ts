import { canonicalDecimal, isDecimal } from "@regulars/contract/kernel/decimal.ts"
import type { Formats } from "@regulars/locales/formats.ts"

/** The sign before fractions, as the reader writes it. */
function decimalSign({ number }: Pick<Formats, "number">): "," | "." {
  return number(1.5).includes(",") ? "," : "."
}

/** A decimal as the reader writes it, without marks between thousands; with `places` behind the sign at least. */
export function showDecimal(value: string, formats: Pick<Formats, "number">, places = 0): string {
  const [whole = "", fraction = ""] = value.split(".")
  const shown = fraction.padEnd(places, "0")
  return shown === "" ? whole : whole + decimalSign(formats) + shown
}

/**
 * What was typed as a decimal; undefined for what is none. Both signs are taken, whatever is the reader's: the last
 * of the two is the decimal one. A single one before three digits separates thousands where the reader writes so.
 */
export function readDecimal(typed: string, formats: Pick<Formats, "number">): string | undefined {
  const plain = typed.replace(/[\s'’]/g, "").replace("−", "-")
  const sign = decimalSign(formats)
  const last = plain.lastIndexOf(",") > plain.lastIndexOf(".") ? "," : "."
  const [count, others] = [plain.split(last).length - 1, plain.includes(last === "," ? "." : ",")]
  const isGrouped = count > 1 || (!others && last !== sign && /^[+-]?\d{1,3}[.,]\d{3}$/.test(plain))
  const text = isGrouped
    ? plain.replace(/[.,]/g, "")
    : plain.replaceAll(last === "," ? "." : ",", "").replace(last, ".")
  const whole = text.replace(/^([+-]?)\./, "$10.").replace(/\.$/, "")
  return isDecimal(whole) ? canonicalDecimal(whole) : undefined
}
