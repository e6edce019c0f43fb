import { Checkbox } from "@mantine/core"
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { IconButton } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { usePins } from "./use-pins.ts"
import { inSidebar, isInSidebar, type View } from "./view-state.ts"
import styles from "./views.module.css"

interface SidebarDialogProps {
  /** All views of one entity. */
  views: readonly View[]
  onClose: () => void
}
/** Which views of a list stand in the member's own sidebar, and in which order; kept at once. */
export function SidebarDialog({ views, onClose }: SidebarDialogProps) {
  const t = useT()
  const pins = usePins()
  const shown = inSidebar(views)
  const rest = views.filter((view) => !isInSidebar(view))
  return (
    <Dialog opened onClose={onClose} title={t("view.sidebar")} width={440}>
      <p className={styles.explained}>{t("view.sidebar.text")}</p>
      <ul className={styles.binned}>
        {[...shown, ...rest].map((view, place) => (
          <li key={view.id}>
            <PinTick view={view} onTurn={pins.turn} />
            {isInSidebar(view) && (
              <>
                <IconButton
                  icon={IconChevronUp}
                  label={t("view.sidebar.up", { name: view.name })}
                  disabled={place === 0}
                  onClick={() => void pins.move(shown, place, place - 1)}
                />
                <IconButton
                  icon={IconChevronDown}
                  label={t("view.sidebar.down", { name: view.name })}
                  disabled={place === shown.length - 1}
                  onClick={() => void pins.move(shown, place, place + 1)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Its tick shows in the same turn, before what is known of the view has changed. */
function PinTick({ view, onTurn }: { view: View; onTurn: (view: View) => Promise<void> }) {
  const [turned, setTurned] = useState<boolean>()
  return (
    <Checkbox
      className={styles.binnedName}
      label={view.name}
      checked={turned ?? isInSidebar(view)}
      onChange={(event) => {
        setTurned(event.currentTarget.checked)
        void onTurn(view).finally(() => setTurned(undefined))
      }}
    />
  )
}
