export { choicesHandlers } from "./choices.routes.ts"
export { idFrom, livingChoice, moveRecords, namer, placed, writeList } from "./choices.service.ts"
