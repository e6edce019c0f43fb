import { useMemo } from "react"
import { countryCodes, currencyCodes, languageCodes, zoneLabel, zoneNames } from "../../lib/codes.ts"
import { useFormats } from "../../lib/i18n.tsx"
import { Picker, type PickerOption, type PickerProps } from "./picker.tsx"

type CodeInputProps = Omit<PickerProps, "options">

function useSorted(make: () => PickerOption[]): PickerOption[] {
  const { locale } = useFormats()
  // biome-ignore lint/correctness/useExhaustiveDependencies: names change only with the language
  return useMemo(() => {
    const order = new Intl.Collator(locale)
    return make().sort((one, other) => order.compare(one.label, other.label))
  }, [locale])
}

export function CountryInput(props: CodeInputProps) {
  const formats = useFormats()
  const options = useSorted(() =>
    countryCodes.map((code) => ({ value: code, label: formats.nameOf("region", code), description: code })),
  )
  return <Picker {...props} options={options} />
}
export function LanguageInput(props: CodeInputProps) {
  const formats = useFormats()
  const options = useSorted(() =>
    languageCodes.map((code) => ({
      value: code,
      label: formats.nameOf("language", code),
      description: code,
    })),
  )
  return (
    <Picker {...props} options={options} shown={props.value ? formats.nameOf("language", props.value) : ""} />
  )
}
export function CurrencyInput(props: CodeInputProps) {
  const formats = useFormats()
  const options = useSorted(() =>
    currencyCodes().map((code) => ({
      value: code,
      label: formats.nameOf("currency", code),
      description: code,
    })),
  )
  return <Picker {...props} options={options} />
}
export function ZoneInput(props: CodeInputProps) {
  const options = useMemo(() => zoneNames().map((zone) => ({ value: zone, label: zoneLabel(zone) })), [])
  return <Picker {...props} options={options} shown={props.value ? zoneLabel(props.value) : ""} />
}
