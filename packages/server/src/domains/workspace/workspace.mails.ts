import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Services } from "../../kernel/context.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import { isLocalHost } from "../../kernel/http/security.ts"

/**
 * Whether links can be mailed to people who ask without being signed in. Without PUBLIC_URL the address in the link
 * would be whatever host the request names, so that a stranger could have our mail lead to a site of theirs.
 */
export function canMailLinks({ services, request }: Pick<Caller, "services" | "request">): boolean {
  return services.sendMail !== undefined && (services.config.publicUrl !== undefined || isLocalHost(request))
}

interface LinkMail {
  to: string
  /** Of the person who gets it. */
  language: string
  url: string
}
export async function sendResetLink(services: Services, mail: LinkMail & { name: string }): Promise<void> {
  const t = translatorFor(chooseLanguage([mail.language]))
  await services.sendMail?.({
    to: mail.to,
    subject: t("mail.reset.subject"),
    text: t("mail.reset.text", { name: mail.name, url: mail.url }),
  })
}
/** What the owner of an account is told of by mail, as it may have been somebody else. */
export type FactorChange =
  | "second_factor_added"
  | "second_factor_removed"
  | "second_factor_taken_off"
  | "recovery_codes_renewed"
  | "recovery_code_used"
  | "passkey_added"
  | "passkey_removed"
  | "identity_connected"
  | "identity_disconnected"
export async function sendFactorNotice(
  services: Services,
  { to, name, language, change }: Omit<LinkMail, "url"> & { name: string; change: FactorChange },
): Promise<void> {
  const t = translatorFor(chooseLanguage([language]))
  const what = t(`mail.factor.${change}`)
  await services.sendMail?.({
    to,
    subject: t("mail.factor.subject"),
    text: t("mail.factor.text", { name, what }),
  })
}
export async function sendInvitation(
  services: Services,
  mail: LinkMail & { workspace: string; inviter: string },
): Promise<void> {
  const { workspace, inviter, url } = mail
  const t = translatorFor(chooseLanguage([mail.language]))
  await services.sendMail?.({
    to: mail.to,
    subject: t("mail.invitation.subject", { workspace, inviter }),
    text: t("mail.invitation.text", { workspace, inviter, url }),
  })
}
