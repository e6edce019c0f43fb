import { type PointerEvent, type ReactNode, Suspense, useState } from "react"
import { lazyPart } from "../lib/lazy-part.tsx"
import { useWhenBack } from "../lib/use-when-back.ts"
import { ErrorBoundary } from "./error-boundary.tsx"
import type { TooltipWindowProps } from "./tooltip-window.tsx"

const TooltipWindow = lazyPart(() => import("./tooltip-window.tsx"), "TooltipWindow", "soon")

/** A few words for the mouse that rests on something: give it `onPointerEnter`, and draw `tooltip` beside it. */
export function useTooltip(label: ReactNode, position?: TooltipWindowProps["position"]) {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  return {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => setTarget(event.currentTarget),
    tooltip: target && (
      <ErrorBoundary fallback={(_, retry) => <Absent retry={retry} />}>
        <Suspense fallback={null}>
          <TooltipWindow target={target} label={label} position={position} />
        </Suspense>
      </ErrorBoundary>
    ),
  }
}

/** In place of words whose code can't be fetched: they are an extra, and stay away until the connection is back. */
function Absent({ retry }: { retry: () => void }) {
  useWhenBack(retry)
  return null
}
