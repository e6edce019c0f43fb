import { entities } from "@regulars/contract/entities.ts"
import { describe, expect, it } from "vitest"
import { columnsOf, defaultColumns, includesOf, moveColumn } from "./columns.ts"

const keys = (chosen: string[] | null) => columnsOf(entities.people, chosen, {}).map(({ key }) => key)

describe("columns", () => {
  it("begin with the name, whatever was chosen", () => {
    expect(keys(["tags", "name"])[0]).toBe("name")
    expect(defaultColumns(entities.people)[0]).toBe("name")
  })
  it("leave out what an old link names and nobody knows", () => {
    expect(keys(["nonsense", "tags", "tags", "createdAt"])).toEqual(["name", "tags", "createdAt"])
  })
  it("take the widths somebody drew", () => {
    expect(columnsOf(entities.people, ["tags"], { tags: 300 })[1]?.width).toBe(300)
  })
  it("ask for the names of linked records, but not of members, who are known", () => {
    expect(includesOf(columnsOf(entities.people, ["companyId", "ownerId", "tags"], {}))).toEqual([
      "companyId",
    ])
  })
  it("change places, never with the name", () => {
    expect(moveColumn(["name", "a", "b"], "b", -1)).toEqual(["name", "b", "a"])
    expect(moveColumn(["name", "a", "b"], "a", -1)).toEqual(["name", "a", "b"])
  })
})
