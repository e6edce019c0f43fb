import { Combobox, useCombobox } from "@mantine/core"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { type ComponentProps, type SyntheticEvent, useDeferredValue, useEffect, useState } from "react"
import { keys } from "../../lib/query.ts"
import type { GridLine } from "./line-rows.ts"
import styles from "./lines.module.css"

/** A product to choose, with what it brings into a line. */
export interface ProductChoice {
  id: string
  name: string
  /** Beside the name: number and price, as people read them. */
  description?: string
  line: Pick<GridLine, "unit" | "unitPrice" | "taxRate" | "unitCost">
}
export type FindProducts = (typed: string, signal: AbortSignal) => Promise<readonly ProductChoice[]>

interface NameCellProps {
  input: ComponentProps<"input"> & { value: string }
  onType: (text: string) => void
  onLeave: () => void
}
interface ProductCellProps extends NameCellProps {
  findProducts: FindProducts
  onChoose: (changes: Partial<GridLine>) => void
}
/** What is sold, in any words. */
export function NameCell({ input, onType, onLeave }: NameCellProps) {
  return (
    <input
      {...input}
      maxLength={300}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onType(event.currentTarget.value)}
      onBlur={onLeave}
    />
  )
}
/** What is sold: one of the products, or any words. */
export function ProductCell({ input, findProducts, onType, onLeave, onChoose }: ProductCellProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  // The list of one cell is there at a time, and before it opens, so that an entry can be marked at once.
  const [isFocused, setFocused] = useState(false)
  const typed = useDeferredValue(input.value.trim())
  const { data: products = [] } = useQuery({
    queryKey: [...keys.lists("products"), "lines", typed],
    queryFn: ({ signal }) => findProducts(typed, signal),
    placeholderData: keepPreviousData,
    enabled: combobox.dropdownOpened,
  })
  const [first] = products
  const isBegun = typed !== "" && first !== undefined && fold(first.name).startsWith(fold(typed))
  // Enter takes a product whose name begins so; any other words stay as they are typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is found moves the marked entry
  useEffect(() => {
    if (!combobox.dropdownOpened) return
    if (isBegun) combobox.selectFirstOption()
    else combobox.resetSelectedOption()
  }, [isBegun, products, combobox.dropdownOpened])
  function choose(id: string) {
    const product = products.find((one) => one.id === id)
    combobox.closeDropdown()
    if (product) onChoose({ productId: product.id, name: product.name, variant: null, ...product.line })
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width="max-content" position="bottom-start">
      <Combobox.Target withExpandedAttribute>
        <input
          {...input}
          role="combobox"
          aria-expanded={combobox.dropdownOpened}
          aria-autocomplete="list"
          maxLength={300}
          onFocus={(event) => {
            event.currentTarget.select()
            setFocused(true)
          }}
          onChange={(event) => {
            onType(event.currentTarget.value)
            combobox.openDropdown()
          }}
          onBlur={() => {
            combobox.closeDropdown()
            setFocused(false)
            onLeave()
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || !combobox.dropdownOpened) return
            event.stopPropagation()
            combobox.closeDropdown()
          }}
        />
      </Combobox.Target>
      {isFocused && (
        <Combobox.Dropdown hidden={products.length === 0} onMouseDown={stayInside} onTouchStart={stayInside}>
          <Combobox.Options className={styles.options} aria-label={input["aria-label"]}>
            {products.map(({ id, name, description }) => (
              <Combobox.Option key={id} value={id}>
                <span className={styles.product}>
                  <span>{name}</span>
                  {description && <span className={styles.description}>{description}</span>}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      )}
    </Combobox>
  )
}
/** The options lie on the page itself: choosing one is no click beside the window that holds the field. */
const stayInside = (event: SyntheticEvent) => event.stopPropagation()
