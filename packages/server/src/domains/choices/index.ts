export { choicesHandlers } from "./choices.routes.ts"
export {
  idFrom,
  livingChoice,
  moveRecords,
  namer,
  placed,
  requireUnheld,
  writeList,
} from "./choices.service.ts"
