import { describe, expect, it } from "vitest"
import { pathAfterSignIn, signInPath } from "./sign-in-path.ts"

describe("the way to the sign-in and back", () => {
  it("leads back to the page with its filter", () => {
    const path = signInPath({ pathname: "/people", search: "?q=a%26b" }, true)
    expect(path).toBe("/sign-in?next=%2Fpeople%3Fq%3Da%2526b&expired=1")
    expect(pathAfterSignIn(path.slice("/sign-in".length))).toBe("/people?q=a%26b")
  })
  it("is short from the first page", () => {
    expect(signInPath({ pathname: "/", search: "" })).toBe("/sign-in")
    expect(pathAfterSignIn("")).toBe("/")
  })
  it("never leads to another site or in a circle", () => {
    for (const next of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "/sign-in?next=/",
    ])
      expect(pathAfterSignIn(`?next=${encodeURIComponent(next)}`)).toBe("/")
  })
})
