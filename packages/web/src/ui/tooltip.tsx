import { type PointerEvent, type ReactNode, Suspense, useState } from "react"
import { lazyPart } from "../lib/lazy-part.tsx"
import type { TooltipWindowProps } from "./tooltip-window.tsx"

const TooltipWindow = lazyPart(() => import("./tooltip-window.tsx"), "TooltipWindow", "soon")

/** A few words for the mouse that rests on something: give it `onPointerEnter`, and draw `tooltip` beside it. */
export function useTooltip(label: ReactNode, position?: TooltipWindowProps["position"]) {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  return {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => setTarget(event.currentTarget),
    tooltip: target && (
      <Suspense fallback={null}>
        <TooltipWindow target={target} label={label} position={position} />
      </Suspense>
    ),
  }
}
