import type { EntityName } from "@regulars/contract/entities.ts"
import { type ReactNode, useState } from "react"
import { withTexts } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { declarationOf } from "../../lib/records.ts"
import { Later } from "../../ui/later.tsx"
import type { Asked } from "./asked-dialog.tsx"
import { lackingFields } from "./lacking-fields.ts"
import type { ChangeWithUndo } from "./use-patch-with-undo.ts"

const AskedDialog = lazyPart(() => withTexts(() => import("./asked-dialog.tsx"), "sell"), "AskedDialog")

type Send = (change: ChangeWithUndo) => Promise<unknown>
/**
 * Makes changes of records. What a record lacks for one, a reason for a deal that is lost, is asked for in the
 * `dialog` and sent along. `change` answers whether the change was made, and rejects where asking does not help.
 */
export function useAsked(entity: EntityName) {
  const [asked, setAsked] = useState<(Asked & { end: (isMade: boolean) => void }) | null>(null)
  async function change(given: ChangeWithUndo, name: string, send: Send): Promise<boolean> {
    try {
      await send(given)
      return true
    } catch (error) {
      const keys = lackingFields(error, declarationOf(entity), given.changes)
      if (keys.length === 0) throw error
      return new Promise((end) => setAsked({ given, name, keys, send, end }))
    }
  }
  function close(isMade: boolean) {
    asked?.end(isMade)
    setAsked(null)
  }
  const dialog: ReactNode = asked && (
    <Later onClose={() => close(false)}>
      <AskedDialog entity={entity} asked={asked} onClose={close} />
    </Later>
  )
  return { change, dialog }
}
