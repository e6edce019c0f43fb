import { IconCopy, IconRefresh } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { isApiError } from "../lib/api-error.ts"
import { useT } from "../lib/i18n.tsx"
import { isMissingCode } from "../lib/newer-version.ts"
import { useWhenBack } from "../lib/use-when-back.ts"
import { Button } from "./button.tsx"
import { useCopy } from "./copy-on-click.tsx"
import { Drawing, type DrawingName } from "./drawings.tsx"
import styles from "./states.module.css"

/** What belongs here, in one sentence, and the one action which fills it. */
export function EmptyState({
  drawing = "inbox",
  title,
  children,
  action,
}: {
  drawing?: DrawingName
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles.state}>
      <div className={styles.drawing}>
        <Drawing name={drawing} />
      </div>
      <h2>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  )
}

/** What happened and what to do next, in the words of the catalogues. */
export function useErrorText(): (error: unknown) => { what: string; next: string } {
  const t = useT()
  return (error) => {
    const code = isApiError(error) ? error.code : isMissingCode(error) ? "missing" : "unknown"
    return {
      what: t.find(`error.${code}`) ?? t("error.unknown"),
      next: t.find(`error.${code}.next`) ?? t("error.unknown.next"),
    }
  }
}
/** Everything a helper may want to know about an error, as text to paste. */
function detailsOf(error: unknown): string {
  const lines = [`${new Date().toISOString()} ${window.location.pathname}`]
  if (isApiError(error))
    lines.push(`${error.status} ${error.code}`, `request ${error.requestId ?? "-"}`, error.message)
  else if (error instanceof Error) lines.push(error.message, error.stack ?? "")
  else lines.push(String(error))
  return lines.join("\n")
}

/** Fills a page or panel that could not be loaded: what, why, retry, copy details. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT()
  const { what, next } = useErrorText()(error)
  const { copied, copy } = useCopy()
  if (isApiError(error, "forbidden")) return <NoPermission />
  return (
    <div role="alert">
      <EmptyState
        drawing={isApiError(error, "not_found") ? "search" : "broken"}
        title={what}
        action={
          <>
            {retry && (
              <Button icon={IconRefresh} onClick={retry}>
                {t("action.retry")}
              </Button>
            )}
            <Button kind="subtle" icon={IconCopy} onClick={() => copy(detailsOf(error))}>
              {copied ? t("action.copied") : t("error.copyDetails")}
            </Button>
          </>
        }
      >
        {next}
      </EmptyState>
    </div>
  )
}

/** Fills a page that could not be shown at all: a fault of its own, or its code is not to be had. */
export function PageFault({ error, retry }: { error: unknown; retry: () => void }) {
  return isMissingCode(error) ? <MissingPage retry={retry} /> : <ErrorState error={error} retry={retry} />
}
/**
 * Fills a page whose code can't be fetched: there is no connection, and it tries again by itself when that is back;
 * or the server has a newer version, which a reload brings.
 */
function MissingPage({ retry }: { retry: () => void }) {
  const t = useT()
  useWhenBack(retry)
  return (
    <div role="alert">
      <EmptyState
        drawing="broken"
        title={t("error.page.title")}
        action={
          <>
            <Button kind="primary" icon={IconRefresh} onClick={retry}>
              {t("action.retry")}
            </Button>
            <Button kind="subtle" onClick={() => window.location.reload()}>
              {t("action.reload")}
            </Button>
          </>
        }
      >
        {t("error.missing.next")}
      </EmptyState>
    </div>
  )
}

/** An error beside a form or within a page that otherwise works; `text` where more is known than its code says. */
export function ErrorLine({
  error,
  text,
  retry,
}: {
  error: unknown
  text?: string | undefined
  retry?: () => void
}) {
  const t = useT()
  const { what, next } = useErrorText()(error)
  return (
    <div role="alert" className={styles.inline}>
      <span className={styles.inlineText}>{text ?? `${what} ${next}`}</span>
      {retry && (
        <Button kind="subtle" onClick={retry}>
          {t("action.retry")}
        </Button>
      )}
    </div>
  )
}

export function NoPermission() {
  const t = useT()
  return (
    <EmptyState drawing="lock" title={t("state.noPermission.title")}>
      {t("state.noPermission.text")}
    </EmptyState>
  )
}
