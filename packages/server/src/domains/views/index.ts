export { viewsHandlers } from "./views.routes.ts"
