export { rightsHandlers } from "./rights.routes.ts"
