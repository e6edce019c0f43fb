import type { RecordReference, RichText } from "@regulars/contract/kernel/fields.ts"
import type { ReactNode } from "react"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { Later } from "../later.tsx"
import { Bone } from "../skeleton.tsx"
import { FilesInput } from "./file-input.tsx"
import { LinksInput } from "./link-input.tsx"
import { ListInput } from "./list-input.tsx"
import type { Item } from "./list-items.ts"
import { MapInput } from "./map-input.tsx"
import { type FieldInputProps, SimpleInput } from "./simple-input.tsx"
import { TagsInput } from "./tags-input.tsx"

export { useProblemText } from "./simple-input.tsx"

const RichTextInput = lazyPart(() => import("../rich-text/rich-text-input.tsx"), "RichTextInput")

/** The input that fits a declared field's type. It holds no state of its own beyond what is being typed. */
export function FieldInput(props: FieldInputProps): ReactNode {
  const { field, value, onChange, ariaLabel, autoFocus } = props
  switch (field.type) {
    case "links":
      return (
        <LinksInput
          targets={field.targets}
          value={(value ?? []) as RecordReference[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
        />
      )
    case "tags":
      return (
        <TagsInput
          value={(value ?? []) as string[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
        />
      )
    case "map":
      return (
        <MapInput
          value={(value ?? {}) as Record<string, string>}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
        />
      )
    case "list":
      return (
        <ListInput
          entity={props.entity}
          fieldKey={props.fieldKey}
          field={field}
          value={(value ?? []) as Item[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          autoFocus={autoFocus}
        />
      )
    case "file":
      return (
        <FilesInput
          value={value ? [String(value)] : []}
          max={1}
          onChange={(ids) => onChange(ids[0] ?? null)}
          ariaLabel={ariaLabel}
        />
      )
    case "files":
      return (
        <FilesInput
          value={(value ?? []) as string[]}
          max={field.max}
          onChange={onChange}
          ariaLabel={ariaLabel}
        />
      )
    case "richText":
      return (
        <Later fallback={<Bone height={96} />}>
          <RichTextInput
            value={(value ?? null) as RichText | null}
            onChange={onChange}
            ariaLabel={ariaLabel}
            autoFocus={autoFocus}
          />
        </Later>
      )
    default:
      return <SimpleInput {...props} />
  }
}
