import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { expect } from "vitest"
import {
  type Answer,
  type Client,
  startTestApp,
  type TestApp,
  type TestOptions,
  type TestWorkspace,
} from "../../../../testing/app.ts"

interface UploadOptions {
  name?: string
  entity?: string
  /** What the rows are is said after the file instead of before it. */
  entityLast?: boolean
}
/** A multipart request with a file, as a browser sends one. */
export async function upload(
  client: Client,
  content: string | Buffer,
  { name = "file.csv", entity, entityLast = false }: UploadOptions = {},
): Promise<Answer> {
  const boundary = "----boundary"
  const field = entity
    ? `--${boundary}\r\ncontent-disposition: form-data; name="entity"\r\n\r\n${entity}\r\n`
    : ""
  const [before, after] = entityLast ? ["", field] : [field, ""]
  const head = `${before}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return client.call({
    method: "POST",
    url: "/api/v1/imports",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(head),
      Buffer.from(content),
      Buffer.from(`\r\n${after}--${boundary}--\r\n`),
    ]),
  })
}
interface ImportOptions {
  name?: string
  entity?: string
  /** Said before the check. */
  patch?: object
}
export interface Imported {
  id: string
  checked: Import
  result: Import
}
export interface TransferApp extends TestApp {
  /** Uploads, maps, checks and runs a file as the workspace's owner. */
  importFile(workspace: TestWorkspace, content: string | Buffer, options?: ImportOptions): Promise<Imported>
  /** The living records of an entity, by name. */
  records(workspace: TestWorkspace, entity: string): Promise<Record<string, never>[]>
}
export async function startTransferApp(options: TestOptions = {}): Promise<TransferApp> {
  const app = await startTestApp(options)
  const answer = (given: Answer, status: number): Import => {
    expect(given.status, given.text).toBe(status)
    return given.body.data
  }
  return Object.assign(app, {
    async importFile(workspace: TestWorkspace, content: string | Buffer, options: ImportOptions = {}) {
      const { owner } = workspace
      const { id } = answer(await upload(owner, content, options), 201)
      if (options.patch) answer(await owner.patch(`/imports/${id}`, options.patch), 200)
      answer(await owner.post(`/imports/${id}/check`), 202)
      await app.drain()
      const checked = answer(await owner.get(`/imports/${id}`), 200)
      expect(checked.status, checked.error ?? "").toBe("checked")
      answer(await owner.post(`/imports/${id}/run`), 202)
      await app.drain()
      const result = answer(await owner.get(`/imports/${id}`), 200)
      expect(result.status, result.error ?? "").toBe("done")
      return { id, checked, result }
    },
    async records(workspace: TestWorkspace, entity: string) {
      const found: Record<string, never>[] = []
      let cursor: string | undefined
      do {
        const page = await workspace.owner.post(`/${entity}/query`, { limit: 200, ...(cursor && { cursor }) })
        expect(page.status, page.text).toBe(200)
        found.push(...page.body.data)
        cursor = page.body.page.next ?? undefined
      } while (cursor)
      return found
    },
  })
}
