import { once } from "node:events"
import { createServer } from "node:net"
import { createInterface } from "node:readline"
import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import { describe, expect, it, onTestFinished } from "vitest"
import { readConfig } from "./config.ts"
import { createMailer } from "./mail.ts"

interface Received {
  from: string
  to: string[]
  raw: string
  secure: boolean
}
async function startSink(options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          secure: session.secure,
        })
        done()
      })
    },
    ...options,
  })
  server.on("error", () => undefined)
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const address = server.server.address()
  return { received, port: typeof address === "object" && address ? address.port : 0 }
}
const mailer = (environment: Record<string, string>) => {
  const send = createMailer(readConfig(environment))
  if (!send) throw new Error("no mailer was made")
  return send
}
const mail = {
  to: "ana@example.com",
  subject: "Neues Passwort für Ana",
  text: "Hallo Ana,\n\n.\nüber alles\n",
}

describe("the mailer", () => {
  it("is there only where a server is set", () => {
    expect(createMailer(readConfig({}))).toBeUndefined()
  })
  it("sends one mail, marked as a machine's", async () => {
    const { received, port } = await startSink()
    await mailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Regulars <crm@example.com>" })(mail)
    expect(received).toMatchObject([{ from: "crm@example.com", to: ["ana@example.com"] }])
    expect(received[0]?.raw).toMatch(/^From: Regulars <crm@example\.com>\r$/m)
    expect(received[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(received[0]?.raw).toMatch(/^Subject: =\?UTF-8\?/m)
  })
  it("sends from an address of its own when none is set", async () => {
    const { received, port } = await startSink()
    await mailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, PUBLIC_URL: "https://crm.example.com" })(mail)
    expect(received[0]?.from).toBe("regulars@crm.example.com")
  })
  it.each([
    ["subject", { ...mail, subject: "Hello\r\nBcc: victim@example.com\r\n\r\nBody" }],
    ["address", { ...mail, to: "ana@example.com\r\nBcc: victim@example.com" }],
    ["list of addresses", { ...mail, to: "ana@example.com, victim@example.com" }],
    [
      "text",
      { ...mail, text: "Hello\r\n.\r\nMAIL FROM:<x@example.com>\r\nRCPT TO:<victim@example.com>\r\n" },
    ],
    ["text with lone line feeds", { ...mail, text: "Hello\n.\nMAIL FROM:<x@example.com>\n.\r\n" }],
  ])("makes no second recipient, header or mail of a %s", async (_, forged) => {
    const { received, port } = await startSink()
    await mailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "crm@example.com" })(forged).catch(
      () => undefined,
    )
    expect(received.length).toBeLessThanOrEqual(1)
    for (const { to, raw } of received) {
      expect(to).toHaveLength(1)
      expect(to).not.toContain("victim@example.com")
      expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^bcc:/im)
    }
  })
  it("says nothing in clear to a server that must be encrypted from the start", async () => {
    const said: string[] = []
    const server = createServer((socket) => {
      socket.on("error", () => undefined).write("220 plain.example ESMTP\r\n")
      socket.on("data", (chunk) => said.push(chunk.toString("latin1")))
    }).listen(0, "127.0.0.1")
    await once(server, "listening")
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    await expect(
      mailer({ SMTP_URL: `smtps://user:secret@127.0.0.1:${port}`, MAIL_FROM: "crm@example.com" })(mail),
    ).rejects.toThrow()
    expect(said.join("")).not.toMatch(/EHLO|MAIL FROM|AUTH/)
  })
  it("sends nothing where encryption was taken out on the way", async () => {
    const said: string[] = []
    const server = createServer((socket) => {
      socket.on("error", () => undefined).write("220 plain.example ESMTP\r\n")
      createInterface(socket).on("line", (line) => {
        said.push(line)
        socket.write(line.startsWith("EHLO") ? "250-plain.example\r\n250 AUTH PLAIN\r\n" : "502 no\r\n")
      })
    }).listen(0, "0.0.0.0")
    await once(server, "listening")
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    // 127.0.0.2 stands for another machine.
    const send = mailer({ SMTP_URL: `smtp://user:secret@127.0.0.2:${port}`, MAIL_FROM: "crm@example.com" })
    await expect(send(mail)).rejects.toThrow()
    expect(said.filter((line) => /AUTH|MAIL FROM/.test(line))).toEqual([])
  })
  it("fails when the server refuses the mail", async () => {
    const { port } = await startSink({
      onRcptTo: (_, __, done) => done(Object.assign(new Error("no such box"), { responseCode: 550 })),
    })
    const send = mailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "crm@example.com" })
    await expect(send(mail)).rejects.toThrow(/550|no such box/)
  })
})
