import { createTransport } from "nodemailer"
import type { Config } from "./config.ts"
import type { Services } from "./context.ts"

/** How long a mail server may take to answer before the mail counts as failed, in milliseconds. */
const patience = 15_000
const thisMachine = ["localhost", "127.0.0.1", "[::1]"]

/**
 * The product's own mail (reset links, invitations) through the server in SMTP_URL; undefined where none is set.
 * `smtps://` is encrypted from the start and `smtp://` by STARTTLS; without that nothing is sent. Only a server on
 * this machine may do without encryption. What the function returns rejects when the server refuses the mail.
 */
export function createMailer(config: Config): Services["sendMail"] | undefined {
  if (!config.smtpUrl) return undefined
  const url = new URL(config.smtpUrl)
  const transport = createTransport(
    {
      url: config.smtpUrl,
      requireTLS: url.protocol === "smtp:" && !thisMachine.includes(url.hostname),
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: 2 * patience,
      // A text that names a file or an address is text.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    // No automatic answer (holiday notes) to what a machine has sent.
    { from: config.mailFrom ?? defaultSender(config, url), headers: { "Auto-Submitted": "auto-generated" } },
  )
  return async ({ to, subject, text }) => {
    await transport.sendMail({
      // As an object it is one address, whatever commas and brackets stand in it.
      to: { name: "", address: to },
      subject,
      text,
    })
  }
}
function defaultSender(config: Config, url: URL): string {
  const user = decodeURIComponent(url.username)
  if (user.includes("@")) return user
  const host = config.publicUrl ? new URL(config.publicUrl).hostname : url.hostname
  return `regulars@${host}`
}
