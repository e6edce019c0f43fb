import { useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useEffect } from "react"
import { PaletteHost } from "../../domains/search/palette-host.tsx"
import { ProofDialog } from "../../domains/workspace/proof-dialog.tsx"
import { useT } from "../../lib/i18n.tsx"
import { startLive } from "../../lib/live.ts"
import { useSession } from "../../lib/session.tsx"
import { type ThemeChoice, useTheme } from "../../ui/theme/theme-provider.tsx"
import { PartBoundary } from "../part-boundary.tsx"
import { Banners } from "./banners.tsx"
import { BottomBar } from "./bottom-bar.tsx"
import { KeysDialog } from "./keys-dialog.tsx"
import styles from "./shell.module.css"
import { ShellCommands } from "./shell-commands.tsx"
import { Sidebar } from "./sidebar.tsx"
import { useRouteFocus } from "./use-route-focus.ts"

/** The frame around every page: navigation, connection, keyboard. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const main = useRouteFocus()
  useLiveUpdates()
  useMemberTheme()
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("shell.skip")}
      </a>
      <Banners />
      <PartBoundary>
        <Sidebar />
      </PartBoundary>
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <PartBoundary>
        <BottomBar />
      </PartBoundary>
      <ShellCommands />
      <PartBoundary>
        <PaletteHost />
      </PartBoundary>
      <PartBoundary>
        <KeysDialog />
      </PartBoundary>
      <PartBoundary>
        <ProofDialog />
      </PartBoundary>
    </div>
  )
}

function useLiveUpdates() {
  const client = useQueryClient()
  const workspace = useSession().workspace?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another workspace has another stream
  useEffect(() => startLive(client), [client, workspace])
}
/** A member's choice of light or dark follows them to every device. */
function useMemberTheme() {
  const { choose } = useTheme()
  const theme: ThemeChoice | undefined = useSession().member?.theme
  useEffect(() => {
    if (theme) choose(theme)
  }, [theme, choose])
}
