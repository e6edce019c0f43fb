import {
  IconAlertTriangle,
  IconCheck,
  IconCrown,
  IconHeart,
  IconMoon,
  IconStar,
  IconX,
} from "@tabler/icons-react"
import { registerChoiceLooks } from "../ui/fields/choice-look.ts"

/** Choices whose meaning shows at a glance; the word always stands beside the colour. */
export function registerLooks(): void {
  registerChoiceLooks("lifecycleStage", {
    lead: { meaning: "info" },
    qualified: { meaning: "info" },
    customer: { meaning: "good" },
    regular: { meaning: "good", icon: IconHeart },
    lapsed: { meaning: "soon", icon: IconMoon },
    lost: { meaning: "late", icon: IconX },
  })
  registerChoiceLooks("keyCustomer", {
    vip: { meaning: "accent", icon: IconCrown },
    high: { meaning: "accent", icon: IconStar },
  })
  registerChoiceLooks("status", {
    done: { meaning: "good", icon: IconCheck },
    won: { meaning: "good", icon: IconCheck },
    lost: { meaning: "late", icon: IconX },
  })
  registerChoiceLooks("priority", { high: { meaning: "late", icon: IconAlertTriangle } })
  registerChoiceLooks("consents.status", {
    given: { meaning: "good", icon: IconCheck },
    refused: { meaning: "late", icon: IconX },
    withdrawn: { meaning: "late", icon: IconX },
  })
}
