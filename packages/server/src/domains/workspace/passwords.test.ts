import { describe, expect, it } from "vitest"
import { hashPassword, isPassword, refuseWeakPassword } from "./passwords.ts"

const refused = (password: string, email = "ana.ruiz@example.com") => {
  try {
    refuseWeakPassword("password", password, email)
    return undefined
  } catch (error) {
    return (error as { info: { errors: { code: string; path: string }[] } }).info.errors[0]
  }
}

describe("a stored password", () => {
  it("is an argon2id hash at the stated cost, different each time", async () => {
    const [one, other] = await Promise.all([
      hashPassword("once upon a time"),
      hashPassword("once upon a time"),
    ])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
    expect(await isPassword(one, "once upon a time")).toBe(true)
    expect(await isPassword(one, "once upon a Time")).toBe(false)
  })
  it("is the same whichever way a keyboard writes its letters", async () => {
    const hash = await hashPassword("sch\u00f6n wie die Nacht")
    expect(await isPassword(hash, "scho\u0308n wie die Nacht")).toBe(true)
  })
  it("is nobody's where there is no account or no password", async () => {
    expect(await isPassword(undefined, "")).toBe(false)
    expect(await isPassword(null, "once upon a time")).toBe(false)
  })
})

describe("a new password", () => {
  it.each([
    "1234567890",
    "0987654321",
    "password123",
    "P4ssw0rd!!",
    "!!Passwort2024!!",
    "Contraseña1",
    "qwertyuiop",
    "Qwertz123456",
    "1q2w3e4r5t",
    "aaaaaaaaaa",
    "abcabcabcabc",
    "iloveyou<3",
    "Sommer2026!",
    "hallohallohallo",
    "----------",
  ])("is refused when it is among the first that are tried: %s", (password) => {
    expect(refused(password)).toMatchObject({ path: "password", code: "common_password" })
  })
  it.each(["ana.ruiz@example.com", "ANA.Ruiz@Example.com", "ana.ruiz2026", "!ana.ruiz!"])(
    "is refused when it is the e-mail address: %s",
    (password) => {
      expect(refused(password)).toMatchObject({ code: "email_password" })
    },
  )
  it.each([
    "correct horse battery",
    "mein Hund heißt Otto",
    "x7#kQp2!vb",
    "ana liebt Brot",
    "5839201847 und du",
  ])("is accepted when it takes more to guess: %s", (password) => {
    expect(refused(password)).toBeUndefined()
  })
})
