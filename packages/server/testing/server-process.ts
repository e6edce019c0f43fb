import { onTestFinished } from "vitest"
import { openProduct, type ServerProcess } from "./product.ts"

/** The product as its own process, gone when the test is over. */
export async function makeServerProcess(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await openProduct(environment)
  onTestFinished(() => server.close())
  return server
}
