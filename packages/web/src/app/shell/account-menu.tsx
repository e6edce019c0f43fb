import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import type { ReactElement } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { expectLiveEnd } from "../../lib/live.ts"
import { keys } from "../../lib/query.ts"
import { rememberSignedIn, useSession, useTakeSession } from "../../lib/session.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { Menu } from "../../ui/menu.tsx"
import type { MenuGroup } from "../../ui/menu-entries.ts"
import { type ThemeChoice, useTheme } from "../../ui/theme/theme-provider.tsx"
import { useErrorToast } from "../../ui/toast.tsx"

const themeIcons = { light: IconSun, dark: IconMoon, system: IconDeviceDesktop } as const

/** What a member does about themselves: profile, light or dark, signing out. */
export function AccountMenu({ children }: { children: ReactElement }) {
  return <Menu target={children} position="top-start" groups={useAccountGroups()} />
}

export function useAccountGroups(): MenuGroup[] {
  const t = useT()
  const [, navigate] = useLocation()
  const { choice, chooseTheme } = useChooseTheme()
  const signOut = useSignOut()
  return [
    {
      entries: [
        {
          id: "profile",
          label: t("shell.profile"),
          icon: IconUser,
          run: () => navigate("/settings/profile"),
        },
      ],
    },
    {
      heading: t("shell.theme"),
      entries: (["light", "dark", "system"] as const).map((theme) => ({
        id: theme,
        label: t(`shell.theme.${theme}`),
        icon: themeIcons[theme],
        checked: theme === choice,
        run: () => chooseTheme(theme),
      })),
    },
    { entries: [{ id: "signOut", label: t("shell.signOut"), icon: IconLogout, run: signOut }] },
  ]
}

/** Changes light or dark here at once, and for the member everywhere. */
function useChooseTheme() {
  const client = useQueryClient()
  const { choice, choose } = useTheme()
  const showError = useErrorToast()
  const chooseTheme = (theme: ThemeChoice) => {
    choose(theme)
    call("PATCH /members/me", { body: { theme } }).then(
      () => client.invalidateQueries({ queryKey: keys.session }),
      showError,
    )
  }
  return { choice, chooseTheme }
}

export function useSignOut() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const showError = useErrorToast()
  return () => {
    expectLiveEnd(true)
    call("POST /auth/sign-out").then(
      () => {
        rememberSignedIn(false)
        client.clear()
        navigate("/sign-in")
      },
      (error) => {
        expectLiveEnd(false)
        showError(error)
      },
    )
  }
}

interface WorkspaceMenuProps {
  className?: string
  nameClassName?: string
  narrow?: boolean
}
/** The workspace's name; a menu where the user works in several. */
export function WorkspaceMenu({ className, nameClassName, narrow }: WorkspaceMenuProps) {
  const t = useT()
  const [, navigate] = useLocation()
  const { workspace, workspaces, moreWorkspaces } = useSession()
  const client = useQueryClient()
  const takeSession = useTakeSession()
  const showError = useErrorToast()
  const name = workspace?.name ?? t("shell.product")
  const switchTo = (id: string) => {
    call("POST /session/workspace", { body: { id } }).then(({ data }) => {
      takeSession(data)
      navigate("/")
    }, showError)
  }
  // A provider vouched for whoever is here in this workspace only: the others show after a proof.
  const showMore = () => {
    call("GET /auth/proof").then(() => client.invalidateQueries({ queryKey: keys.session }), showError)
  }
  const groups: MenuGroup[] = [
    {
      heading: t("shell.switch"),
      entries: workspaces.map((other) => ({
        id: other.id,
        label: other.name,
        icon: other.id === workspace?.id ? IconCheck : undefined,
        checked: other.id === workspace?.id,
        run: () => switchTo(other.id),
      })),
    },
    ...(moreWorkspaces ? [{ entries: [{ id: "more", label: t("shell.switch.more"), run: showMore }] }] : []),
  ]
  const isMenu = workspaces.length > 1 || moreWorkspaces
  const button = (
    <button
      type="button"
      className={className}
      aria-label={narrow ? name : undefined}
      onClick={isMenu ? undefined : () => navigate("/settings/workspace")}
    >
      <Avatar name={name} size={28} square />
      {!narrow && <span className={nameClassName}>{name}</span>}
    </button>
  )
  return isMenu ? <Menu target={button} position="bottom-start" groups={groups} /> : button
}
