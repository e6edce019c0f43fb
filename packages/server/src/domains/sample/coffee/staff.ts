import { businesses, jobTitles } from "./businesses.ts"
import { address, cast, type NameSupply, plain } from "./characters.ts"
import type { Character, Workshop } from "./shop.ts"
import { officeSource } from "./words.ts"

/** The companies, and two or three people at each. */
export function makeStaff(workshop: Workshop, names: NameSupply): Character[] {
  const { random, shop, options, moment, dayAgo, sourceIds } = workshop
  const companyIds = new Map<string, string>()
  return businesses.flatMap((business, index) => {
    const id = options.newId()
    companyIds.set(business.name, id)
    const stage =
      business.trade === "supplier"
        ? null
        : random.weighted([
            ["customer", 5],
            ["regular", 4],
            ["qualified", 3],
          ])
    shop.companies.push({
      id,
      createdAt: moment(random.between(735, 750)),
      values: {
        name: business.name,
        domains: [{ domain: business.domain }],
        phones: [{ number: `+4420794604${String(index).padStart(2, "0")}`, label: "office" }],
        addresses: [address(workshop, "WX3")],
        industry: business.industry,
        size: business.size,
        tags: business.tags,
        description: business.description,
        lifecycleStage: stage,
        parentId: business.parent ? companyIds.get(business.parent) : null,
        ...(business.tags.includes("contract") &&
          stage && { keyCustomer: "high", ownerId: options.memberId }),
      },
    })
    const company = { id, name: business.name }
    return Array.from({ length: index % 5 < 2 ? 3 : 2 }, (_, position) => {
      const character = cast(workshop, names, { role: business.trade, stage, company })
      const title = jobTitles[business.trade][position]!
      const emails = [
        { address: `${plain(character.first)}@${business.domain}`, label: "work", preferred: true },
      ]
      Object.assign(character.record.values, {
        emails,
        companyId: id,
        jobTitle: title,
        employments: [{ companyId: id, title, from: dayAgo(random.between(800, 2500)), current: true }],
        sourceId: sourceIds[officeSource],
        preferredChannel: random.pick(["email", "phone"]),
        formOfAddress: random.pick(["formal", "informal"]),
        tags: business.tags.slice(0, 1),
        ...(business.name === "Kestrel Insurance" && position === 0 && { keyCustomer: "vip" }),
      })
      return character
    })
  })
}
