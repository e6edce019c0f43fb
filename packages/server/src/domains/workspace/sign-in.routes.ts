import { signInEndpoints } from "@regulars/contract/domains/sign-in.endpoints.ts"
import { implement } from "../../kernel/http/handlers.ts"
import { takeFactorOff } from "./factor-help.ts"
import { changeSignInRules, readSignInRules } from "./sign-in-rules.ts"

export const signInHandlers = implement(signInEndpoints, {
  "GET /sign-in-rules": async (ctx) => ({ data: await readSignInRules(ctx) }),
  "PATCH /sign-in-rules": async (ctx, { body }, exchange) => ({
    data: await changeSignInRules(ctx, body, exchange),
  }),
  "DELETE /members/:id/second-step": async (ctx, { params }, exchange) =>
    void (await takeFactorOff(ctx, params.id, exchange)),
})
