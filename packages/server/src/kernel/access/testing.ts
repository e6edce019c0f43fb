import { type Reach, type Rights, recordActions } from "@regulars/contract/domains/rights.ts"
import type { Client } from "../../../testing/app.ts"

let made = 0
/** Makes a role like a manager's that reaches so far with every entity; answers its id. */
export async function roleFor(
  owner: Client,
  reach: Reach,
  change?: (rights: Rights) => void,
): Promise<string> {
  const { data } = (await owner.get("/roles")).body
  const { rights } = structuredClone(data.find(({ id }: { id: string }) => id === "manager")) as {
    rights: Rights
  }
  for (const entity of Object.values(rights.entities))
    for (const action of recordActions) entity[action] = reach
  // An import compares with everything there is.
  rights.areas.imports = false
  rights.actions["imports:create"] = false
  change?.(rights)
  const answer = await owner.post("/roles", { name: `Reach ${++made}`, copyOf: "manager", rights })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.data.id
}
