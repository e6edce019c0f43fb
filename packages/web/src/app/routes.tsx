import type { MessageId } from "@regulars/locales/runtime.ts"
import { type ComponentType, type LazyExoticComponent, lazy } from "react"

/** Parameters of the path, as strings: `/people/:id` gives `{ id }`. */
export interface PageProps {
  params: Record<string, string | undefined>
}
export interface PageRoute {
  path: string
  page: LazyExoticComponent<ComponentType<PageProps>>
  /** Open to guests and shown without the shell. */
  guest?: true
  /** Whoever lacks it sees a friendly refusal instead of the page. */
  permission?: string
}

const coming = (title: MessageId) =>
  lazy(async () => {
    const { ComingPage } = await import("./coming-page.tsx")
    return { default: () => <ComingPage title={title} /> }
  })

/** Loads a page when it is first opened: `page(() => import("…"), "PeopleList")`. */
function page<N extends string>(
  load: () => Promise<Record<N, ComponentType<PageProps>>>,
  name: N,
): LazyExoticComponent<ComponentType<PageProps>> {
  return lazy(async () => ({ default: (await load())[name] }))
}

/** Every page of the app. A new page is one line here; the first path that fits wins. */
export const routes: readonly PageRoute[] = [
  { path: "/", page: coming("shell.today") },
  {
    path: "/people",
    page: page(() => import("../domains/people/people-page.tsx"), "PeoplePage"),
    permission: "people:read",
  },
  { path: "/people/:id", page: coming("shell.people"), permission: "people:read" },
  {
    path: "/companies",
    page: page(() => import("../domains/companies/companies-page.tsx"), "CompaniesPage"),
    permission: "companies:read",
  },
  { path: "/companies/:id", page: coming("shell.companies"), permission: "companies:read" },
  { path: "/tasks", page: coming("shell.tasks"), permission: "tasks:read" },
  { path: "/import", page: coming("shell.import"), permission: "imports:read" },
  { path: "/import/:id", page: coming("shell.import"), permission: "imports:read" },
  { path: "/bin", page: coming("shell.bin") },
  { path: "/settings", page: page(() => import("../domains/workspace/settings-page.tsx"), "SettingsPage") },
  {
    path: "/settings/:topic",
    page: page(() => import("../domains/workspace/settings-page.tsx"), "SettingsPage"),
  },
  { path: "/help", page: page(() => import("./help-page.tsx"), "HelpPage") },
  { path: "/dev/kit", page: page(() => import("./kit/kit-page.tsx"), "KitPage"), guest: true },
  {
    path: "/sign-in",
    page: page(() => import("../domains/workspace/sign-in-page.tsx"), "SignInPage"),
    guest: true,
  },
  {
    path: "/forgot",
    page: page(() => import("../domains/workspace/forgot-page.tsx"), "ForgotPage"),
    guest: true,
  },
  {
    path: "/reset",
    page: page(() => import("../domains/workspace/reset-page.tsx"), "ResetPage"),
    guest: true,
  },
  {
    path: "/invitation",
    page: page(() => import("../domains/workspace/invitation-page.tsx"), "InvitationPage"),
    guest: true,
  },
  {
    path: "/set-up",
    page: page(() => import("../domains/workspace/set-up-page.tsx"), "SetUpPage"),
    guest: true,
  },
]
