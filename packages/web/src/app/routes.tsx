import type { PageArea } from "@regulars/locales/areas.ts"
import type { ComponentType } from "react"
import { withTexts } from "../lib/i18n.tsx"
import { type LazyPart, lazyPart } from "../lib/lazy-part.tsx"

/** Parameters of the path, as strings: `/people/:id` gives `{ id }`. */
export interface PageProps {
  params: Record<string, string | undefined>
}
export interface PageRoute {
  path: string
  page: LazyPart<PageProps>
  /** Open to guests and shown without the shell. */
  guest?: true
  /** Whoever lacks it sees a friendly refusal instead of the page. */
  permission?: string
}

/**
 * Loads a page when it is first opened, and the texts only it needs: those of `pageAreas` in
 * `packages/locales/src/areas.ts`. `page(() => import("…"), "ImportPage", "import", "bulk")`.
 */
function page<N extends string>(
  load: () => Promise<Record<N, ComponentType<PageProps>>>,
  name: N,
  ...texts: PageArea[]
): LazyPart<PageProps> {
  return lazyPart(() => withTexts(load, ...texts), name)
}

/** Every page of the app. A new page is one line here; the first path that fits wins. */
export const routes: readonly PageRoute[] = [
  { path: "/", page: page(() => import("../domains/today/today-page.tsx"), "TodayPage", "today") },
  {
    path: "/people",
    page: page(() => import("../domains/people/people-page.tsx"), "PeoplePage"),
    permission: "people:read",
  },
  {
    path: "/people/merge",
    page: page(() => import("../domains/records/merge/merge-page.tsx"), "PeopleMergePage", "merge"),
    permission: "people:merge",
  },
  {
    path: "/people/:id",
    page: page(() => import("../domains/people/person-page.tsx"), "PersonPage", "events"),
    permission: "people:read",
  },
  {
    path: "/companies",
    page: page(() => import("../domains/companies/companies-page.tsx"), "CompaniesPage"),
    permission: "companies:read",
  },
  {
    path: "/companies/merge",
    page: page(() => import("../domains/records/merge/merge-page.tsx"), "CompaniesMergePage", "merge"),
    permission: "companies:merge",
  },
  {
    path: "/companies/:id",
    page: page(() => import("../domains/companies/company-page.tsx"), "CompanyPage", "events"),
    permission: "companies:read",
  },
  {
    path: "/deals",
    page: page(() => import("../domains/deals/deals-page.tsx"), "DealsPage"),
    permission: "deals:read",
  },
  {
    path: "/deals/:id",
    page: page(() => import("../domains/deals/deal-page.tsx"), "DealPage", "events", "sell"),
    permission: "deals:read",
  },
  {
    path: "/orders",
    page: page(() => import("../domains/orders/order-pages.tsx"), "OrdersPage"),
    permission: "orders:read",
  },
  {
    path: "/orders/:id",
    page: page(() => import("../domains/orders/order-pages.tsx"), "OrderPage", "events"),
    permission: "orders:read",
  },
  {
    path: "/products",
    page: page(() => import("../domains/products/product-pages.tsx"), "ProductsPage"),
    permission: "products:read",
  },
  {
    path: "/products/:id",
    page: page(() => import("../domains/products/product-pages.tsx"), "ProductPage", "events"),
    permission: "products:read",
  },
  {
    path: "/objects/:object",
    page: page(() => import("../domains/objects/object-pages.tsx"), "ObjectListPage"),
    permission: "objects:read",
  },
  {
    path: "/objects/:object/:id",
    page: page(() => import("../domains/objects/object-pages.tsx"), "ObjectPage", "events"),
    permission: "objects:read",
  },
  {
    path: "/tasks",
    page: page(() => import("../domains/tasks/tasks-page.tsx"), "TasksPage"),
    permission: "tasks:read",
  },
  {
    path: "/duplicates",
    page: page(() => import("../domains/duplicates/duplicates-page.tsx"), "DuplicatesPage", "duplicates"),
    permission: "duplicates:read",
  },
  {
    path: "/import",
    page: page(() => import("../domains/transfer/import-list-page.tsx"), "ImportListPage", "import"),
    permission: "imports:read",
  },
  {
    path: "/import/:id",
    page: page(() => import("../domains/transfer/import-page.tsx"), "ImportPage", "import", "bulk"),
    permission: "imports:read",
  },
  {
    path: "/notifications",
    page: page(() => import("../domains/notifications/notifications-page.tsx"), "NotificationsPage", "today"),
    permission: "notifications:read",
  },
  { path: "/bin", page: page(() => import("../domains/records/bin/bin-page.tsx"), "BinPage", "bin", "bulk") },
  {
    path: "/settings",
    page: page(
      () => import("../domains/workspace/settings-page.tsx"),
      "SettingsPage",
      "settings",
      "sell",
      "auth",
      "bulk",
      "events",
    ),
  },
  {
    path: "/settings/:topic",
    page: page(
      () => import("../domains/workspace/settings-page.tsx"),
      "SettingsPage",
      "settings",
      "sell",
      "auth",
      "bulk",
      "events",
    ),
  },
  { path: "/help", page: page(() => import("./help-page.tsx"), "HelpPage") },
  { path: "/help/:page", page: page(() => import("./guide-page.tsx"), "GuidePage") },
  { path: "/dev/kit", page: page(() => import("./kit/kit-page.tsx"), "KitPage", "sell"), guest: true },
  {
    path: "/sign-in",
    page: page(() => import("../domains/workspace/sign-in-page.tsx"), "SignInPage", "auth"),
    guest: true,
  },
  {
    path: "/forgot",
    page: page(() => import("../domains/workspace/forgot-page.tsx"), "ForgotPage", "auth"),
    guest: true,
  },
  {
    path: "/reset",
    page: page(() => import("../domains/workspace/reset-page.tsx"), "ResetPage", "auth"),
    guest: true,
  },
  {
    path: "/invitation",
    page: page(
      () => import("../domains/workspace/invitation-page.tsx"),
      "InvitationPage",
      "auth",
      "settings",
    ),
    guest: true,
  },
  {
    path: "/set-up",
    page: page(() => import("../domains/workspace/set-up-page.tsx"), "SetUpPage", "auth"),
    guest: true,
  },
]

/** In place of every page, where a second step has to be set up first. */
export const FactorNeeded = page(
  () => import("../domains/workspace/factor-needed-page.tsx"),
  "FactorNeededPage",
  "settings",
  "auth",
)

/** Begins to fetch the page of a path, before it is known whether it will be shown. */
export function fetchPageAhead(path: string): void {
  const parts = path.split("/")
  const fits = (route: PageRoute) => {
    const pattern = route.path.split("/")
    return (
      pattern.length === parts.length && pattern.every((part, at) => part[0] === ":" || part === parts[at])
    )
  }
  routes.find(fits)?.page.fetchAhead()
}
