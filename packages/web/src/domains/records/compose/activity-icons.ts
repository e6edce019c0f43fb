import type { activityKinds } from "@regulars/contract/domains/activities.ts"
import { IconMapPin, IconMessage, IconPhone, IconUsers } from "@tabler/icons-react"
import type { Icon } from "../../../lib/commands.ts"

export const activityIcons: Record<(typeof activityKinds)[number], Icon> = {
  call: IconPhone,
  meeting: IconUsers,
  visit: IconMapPin,
  message: IconMessage,
}
