import { isAtLeast } from "../../kernel/access/roles.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError } from "../../kernel/errors.ts"
import { compareRoles } from "./workspace.queries.ts"

/**
 * What opens an account opens it in every workspace it belongs to: it takes an administrator in each of them, nowhere
 * below the person.
 * @throws AppError forbidden
 */
export async function requireReach(tx: Tx, userId: string, callerId: string): Promise<void> {
  const roles = await compareRoles(tx, userId, callerId)
  const reaches = roles.every(
    ({ role, otherRole }) => otherRole && isAtLeast(otherRole, "administrator") && isAtLeast(otherRole, role),
  )
  if (!reaches)
    throw new AppError("forbidden", {
      detail: "This account reaches further than yours. Whoever runs this installation can help its owner.",
    })
}
