// The part of it that tests use; the package comes without types.
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http"

  export interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
  export interface OidcContext {
    body: unknown
    oidc: {
      route?: string
      session: { accountId: string }
      client: { clientId: string }
      provider: { Grant: new (of: { accountId: string; clientId: string }) => Grant }
    }
  }
  export default class Provider {
    constructor(issuer: string, configuration: object)
    use(layer: (ctx: OidcContext, next: () => Promise<void>) => Promise<void>): void
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  }
}
