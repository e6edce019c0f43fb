import { pages } from "virtual:guide"
import { useQuery } from "@tanstack/react-query"
import type { MouseEvent } from "react"
import { useLocation } from "wouter"
import { keys } from "../lib/query.ts"
import { PageHeader } from "../ui/page-header.tsx"
import { FormSkeleton } from "../ui/skeleton.tsx"
import { ErrorState } from "../ui/states.tsx"
import styles from "./guide.module.css"
import { GuideContents } from "./guide-contents.tsx"
import { NotFoundPage } from "./not-found-page.tsx"

/** One page of the user guide beside its contents. */
export function GuidePage({ params }: { params: Record<string, string | undefined> }) {
  const found = pages.find(({ page }) => page === params.page)
  return found ? <Chapter key={found.page} {...found} /> : <NotFoundPage />
}

function Chapter({ page, title, load }: (typeof pages)[number]) {
  const [, navigate] = useLocation()
  const { data, error, refetch } = useQuery({
    queryKey: keys.guide(page),
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
  })
  // The text's links are plain ones: those to other pages of the guide stay in the app.
  const follow = (event: MouseEvent<HTMLElement>) => {
    const href = (event.target as Element).closest("a")?.getAttribute("href")
    if (!href?.startsWith("/help/") || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <>
      <PageHeader title={title} />
      <div className={styles.page}>
        <GuideContents current={page} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only the links inside take the click */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link followed by the keyboard is clicked, too */}
        <div onClick={follow}>
          {data ? (
            // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, rendered when the app was built
            <article lang="en" className={styles.text} dangerouslySetInnerHTML={{ __html: data.html }} />
          ) : error ? (
            <ErrorState error={error} retry={() => refetch()} />
          ) : (
            <FormSkeleton />
          )}
        </div>
      </div>
    </>
  )
}
