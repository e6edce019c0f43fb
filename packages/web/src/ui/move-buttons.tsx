import { IconArrowDown, IconArrowUp } from "@tabler/icons-react"
import { useLayoutEffect, useRef } from "react"
import { IconButton, type IconButtonProps } from "./button.tsx"

interface MoveButtonsProps extends Pick<IconButtonProps, "size"> {
  /** Names of the two arrows, with what they move. */
  up: string
  down: string
  isFirst: boolean
  isLast: boolean
  onMove: (step: 1 | -1) => void
}
/** Arrows that put a line of a list one place up or down. */
export function MoveButtons({ up, down, isFirst, isLast, size, onMove }: MoveButtonsProps) {
  const upwards = useRef<HTMLButtonElement>(null)
  const downwards = useRef<HTMLButtonElement>(null)
  const pressed = useRef<1 | -1>(undefined)
  // At an end of the list the pressed arrow can't keep the focus, which would be nowhere then.
  useLayoutEffect(() => {
    const left = document.activeElement
    if (left !== document.body && left !== upwards.current && left !== downwards.current) return
    if (isFirst && pressed.current === -1) downwards.current?.focus()
    if (isLast && pressed.current === 1) upwards.current?.focus()
  }, [isFirst, isLast])
  const move = (step: 1 | -1) => {
    pressed.current = step
    onMove(step)
  }
  return (
    <>
      <IconButton
        ref={upwards}
        icon={IconArrowUp}
        label={up}
        size={size}
        disabled={isFirst}
        onClick={() => move(-1)}
      />
      <IconButton
        ref={downwards}
        icon={IconArrowDown}
        label={down}
        size={size}
        disabled={isLast}
        onClick={() => move(1)}
      />
    </>
  )
}
