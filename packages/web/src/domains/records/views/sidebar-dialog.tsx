import { Checkbox } from "@mantine/core"
import { useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { MoveButtons } from "../../../ui/move-buttons.tsx"
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
              <MoveButtons
                up={t("view.sidebar.up", { name: view.name })}
                down={t("view.sidebar.down", { name: view.name })}
                isFirst={place === 0}
                isLast={place === shown.length - 1}
                onMove={(step) => void pins.move(shown, place, place + step)}
              />
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
