import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { Icon } from "../../../lib/commands.ts"
import { Button } from "../../../ui/button.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { RunningWork } from "./running-work.tsx"
import styles from "./settings.module.css"
import type { useWork } from "./use-backups.ts"

interface WorkToStartProps {
  work: ReturnType<typeof useWork<void>>
  icon: Icon
  /** What the button says, what is said while it runs, and where the last one failed. */
  texts: { start: string; running: string; failed: string }
  /** The last one, where it failed and nothing has settled that since. */
  failed: Operation | null
}
/** A button that has the server do something long, how far that is, and why it did not succeed. */
export function WorkToStart({ work: { running, start, cancel }, icon, texts, failed }: WorkToStartProps) {
  return (
    <>
      {running ? (
        <RunningWork label={texts.running} done={running.done} total={running.total} cancel={cancel} />
      ) : (
        <div>
          <Button kind="primary" icon={icon} loading={start.isPending} onClick={() => start.mutate()}>
            {texts.start}
          </Button>
        </div>
      )}
      {start.error && <ErrorLine error={start.error} />}
      {failed && (
        <div role="alert">
          <p>{texts.failed}</p>
          {failed.error && <p className={styles.note}>{failed.error}</p>}
        </div>
      )}
    </>
  )
}
