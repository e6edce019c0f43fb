import type { ObjectIcon } from "@regulars/contract/kernel/object-icons.ts"
import {
  IconBike,
  IconBox,
  IconCalendar,
  IconCar,
  IconContract,
  IconDevices,
  IconHome,
  IconKey,
  IconPaw,
  IconPlant2,
  IconStar,
  IconTool,
} from "@tabler/icons-react"
import type { Icon } from "../../lib/commands.ts"

const icons: Record<ObjectIcon, Icon> = {
  box: IconBox,
  bike: IconBike,
  car: IconCar,
  tool: IconTool,
  paw: IconPaw,
  plant: IconPlant2,
  home: IconHome,
  key: IconKey,
  device: IconDevices,
  contract: IconContract,
  calendar: IconCalendar,
  star: IconStar,
}
/** What an own object is shown by. */
export function ObjectMark({ name, size }: { name: ObjectIcon; size: number }) {
  const Mark = icons[name]
  return <Mark size={size} stroke={1.5} />
}
